// Reading along: the last lines, new ones, and a log that is rotated meanwhile.
// Lines are compared with what the file holds.
// Nothing sleeps: a test writes, then asks for what is new.

import Foundation
import Testing

@testable import Audit

@Suite struct TailTests {
    @Test(arguments: [0, 1, 3, 6, 50])
    func `the last lines come first`(count: Int) throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for step in 0..<5 { try folder.log.append(sample("npm view x\(step)")) }
        var tail = try LogTail(folder.logFile, last: count)
        let lines = try tail.next().map { String(decoding: $0, as: UTF8.self) }
        #expect(lines == (try folder.lines()).suffix(count))
        #expect(try tail.next() == [])
        try folder.log.append(sample("npm view new"))
        #expect(try tail.next().count == 1)
    }

    @Test func `an unfinished line waits for its end`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        var tail = try LogTail(folder.logFile, last: 0)
        try folder.smuggle("begin")
        #expect(try tail.next() == [])
        try folder.smuggle("ning\n")
        #expect(try tail.next() == [Array("beginning".utf8)])
    }

    @Test func `a rotation loses no line`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        var tail = try LogTail(folder.logFile, last: 0)
        try folder.smuggle("last of the old\n")
        try FileManager.default.moveItem(atPath: folder.logFile, toPath: folder.file("old"))
        try Data("first of the new\n".utf8).write(to: URL(fileURLWithPath: folder.logFile))
        #expect(try tail.next() == [Array("last of the old".utf8)])
        #expect(try tail.next() == [Array("first of the new".utf8)])
    }

    @Test func `a record reads as one line`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        var record = try DecisionRecord(
            action: "shell.exec", tool: "npm", operation: "publish", command: "npm publish\u{1B}",
            argv: [.text("npm")], effect: "deny")
        record.rule = "deny-npm-publish"
        try folder.log.append(record)
        let lines = try folder.lines().map { try #require(RecordLine(Array($0.utf8))) }
        func safe(_ text: String) -> String { text.replacing("\u{1B}", with: "?") }
        #expect(lines[0].text(escaping: safe).contains("chain.open  chain "))
        #expect(
            lines[1].text(escaping: safe).hasSuffix(
                "  deny      npm     npm publish?  [rule deny-npm-publish]"))
        #expect(lines[1].text(isColored: true, escaping: safe).contains("\u{1B}[31mdeny"))
        #expect(RecordLine(Array("{\"seq\":1".utf8)) == nil)
    }
}
