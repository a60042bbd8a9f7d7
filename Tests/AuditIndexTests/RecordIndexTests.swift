// The index gives what reading the whole log gives, however it was brought there, and it is never
// believed: a wrong one is made anew, and `verify` does not look at it.

import Audit
import AuditIndex
import AuditReading
import Foundation
import Testing

/// Whether libsqlite3 is here; it is loaded when it is needed.
private let hasSQLite: Bool = {
    let folders = [
        "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib", "/usr/lib64",
    ]
    return folders.contains { FileManager.default.fileExists(atPath: "\($0)/libsqlite3.so.0") }
}()

@Suite(.enabled(if: hasSQLite, "libsqlite3 is not here")) struct RecordIndexTests {
    /// A chain in a directory that a test removes.
    struct Chain {
        let folder: String
        var log: AuditLog { AuditLog(directory: folder, durability: .kernel) }
        var index: RecordIndex { RecordIndex(directory: folder) }
        var indexFile: URL { URL(fileURLWithPath: "\(folder)/\(RecordIndex.name)") }

        init() throws {
            var template = Array((NSTemporaryDirectory() + "/index-test-XXXXXX\0").utf8CString)
            folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }

        func append(_ count: Int, from start: Int = 0) throws {
            for number in start..<start + count {
                var record = try DecisionRecord(
                    action: "shell.exec", tool: ["npm", "pip", "cargo"][number % 3],
                    operation: "install", command: "npm install p\(number)",
                    argv: [.text("npm"), .text("install"), .text("p\(number)@1.0")],
                    effect: number % 4 == 0 ? "deny" : "allow")
                record.rule = number % 4 == 0 ? "deny[x]*" : nil
                record.agent = .init(name: "agent \(number % 2)", task: "t", source: "asserted")
                try log.append(record)
            }
        }

        func indexed(_ query: RecordQuery, last: Int? = nil) throws -> [String] {
            var lines: [String] = []
            try index.lines(query, last: last) {
                lines.append(String(decoding: $0, as: UTF8.self))
                return true
            }
            return lines
        }

        func read(_ query: RecordQuery) throws -> [String] {
            let filter = RecordFilter(query)
            var lines: [String] = []
            try LogLines.read(.directory(folder)) { line in
                if filter.record(in: line.bytes) != nil {
                    lines.append(String(decoding: line.bytes, as: UTF8.self))
                }
                return true
            }
            return lines
        }
    }

    static let queries: [[String]] = [
        [], ["effect=deny"], ["tool=npm", "tool=pip"], ["tool=c*", "effect=allow"],
        ["rule=deny[x]*"], ["rule=deny[x]?"], ["rule=deny"], ["agent=agent 1"], ["agent=agent ?"],
        ["package=p7"], ["package=p1?"], ["package=p"], ["type=chain.open"], ["not-found"],
        ["since=2000-01-01"], ["until=2000-01-01"], ["task=' OR 1; --"],
    ]

    @Test func `the index gives what the whole log gives`() throws {
        let chain = try Chain()
        defer { chain.remove() }
        try chain.append(12)
        _ = try chain.log.rotate()
        try chain.append(12, from: 12)
        for words in RecordIndexTests.queries {
            let query = try #require(RecordQuery(words: words))
            #expect(RecordQuery(words: query.words)?.words == query.words)
            let found = try chain.read(query)
            #expect(try chain.indexed(query) == found, "\(words)")
            #expect(try chain.indexed(query, last: 3) == Array(found.suffix(3)), "\(words)")
        }
        #expect(try chain.read(#require(RecordQuery(words: ["effect=deny"]))).count == 6)
        #expect(RecordQuery(words: ["colour=red"]) == nil)
    }

    @Test func `it follows appends, rotations and torn lines`() throws {
        let chain = try Chain()
        defer { chain.remove() }
        for round in 0..<4 {
            try chain.append(3, from: round * 3)
            if round == 1 { _ = try chain.log.rotate() }
            if round == 2 {
                let file = try FileHandle(
                    forWritingTo: URL(fileURLWithPath: "\(chain.folder)/\(AuditLog.logName)"))
                try file.seekToEnd()
                try file.write(contentsOf: Data("{\"v\":1,\"seq\":".utf8))
                try file.close()
            }
            #expect(try chain.indexed(RecordQuery()) == chain.read(RecordQuery()), "\(round)")
        }
        let kept = try chain.index.update()
        #expect(try chain.index.update(anew: true) == kept)
    }

    @Test func `an index that is wrong is made anew`() throws {
        let chain = try Chain()
        defer { chain.remove() }
        try chain.append(5)
        let lines = try chain.indexed(RecordQuery())
        let good = try Data(contentsOf: chain.indexFile)
        for bytes in [
            Data("no database at all, but long enough to look".utf8), Data(), good.prefix(900),
        ] {
            try bytes.write(to: chain.indexFile)
            #expect(try chain.indexed(RecordQuery()) == lines)
        }
        // Another chain in the same place, and the same index.
        try FileManager.default.removeItem(atPath: "\(chain.folder)/\(AuditLog.logName)")
        try FileManager.default.removeItem(atPath: "\(chain.folder)/\(AuditLog.lockName)")
        try chain.append(2)
        #expect(try chain.indexed(RecordQuery()) == chain.read(RecordQuery()))
        // A changed line is not shown as what was indexed.
        let log = URL(fileURLWithPath: "\(chain.folder)/\(AuditLog.logName)")
        let text = try String(contentsOf: log, encoding: .utf8)
        try Data(text.replacing("\"effect\":\"allow\"", with: "\"effect\":\"okays\"").utf8).write(
            to: log)
        let query = try #require(RecordQuery(words: ["effect=allow"]))
        #expect(try chain.indexed(query) == [])
    }

    @Test func `verify does not look at it, and it is ours alone`() throws {
        let chain = try Chain()
        defer { chain.remove() }
        try chain.append(3)
        let before = Verifier.verify(directory: chain.folder).summary
        try chain.index.update()
        let mode = try FileManager.default.attributesOfItem(atPath: chain.indexFile.path)[
            .posixPermissions]
        #expect(mode as? Int == 0o600)
        try Data("wrong".utf8).write(to: chain.indexFile)
        #expect(Verifier.verify(directory: chain.folder).summary == before)
        try FileManager.default.removeItem(at: chain.indexFile)
        try FileManager.default.createSymbolicLink(
            atPath: chain.indexFile.path, withDestinationPath: "/tmp/elsewhere.sqlite")
        #expect(throws: IndexError.self) { try chain.index.update() }
    }
}
