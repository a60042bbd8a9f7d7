// Appending on the real kernel: what a log looks like afterwards, and what is refused.
// Each attack is carried out, and the refusal expected; a crash is played by putting files back
// as they were in the middle of an append.

import Foundation
import GateCore
import Testing

@testable import Audit
@testable import Platform

@Suite struct AppendTests {
    @Test func `the first record opens a chain`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let first = try folder.log.append(sample())
        #expect(first.number == 2)
        let lines = try folder.lines()
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("{\"v\":1,\"seq\":1,\"type\":\"chain.open\",\"time\":\""))
        #expect(lines[1].contains("\"id\":\"\(first.id.text)\""))
        #expect(lines[1].hasSuffix("\"hash\":\"\(first.hash.hexadecimal)\"}"))
        #expect(folder.verify().summary == "intact, unanchored")
        let bits = try FileManager.default.attributesOfItem(atPath: folder.logFile)
        #expect(bits[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a missing state directory is made for us alone`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let log = AuditLog(directory: folder.file("state"))
        try log.append(sample())
        let bits = try FileManager.default.attributesOfItem(atPath: folder.file("state"))
        #expect(bits[.posixPermissions] as? Int == 0o700)
    }

    @Test func `beginning twice gives one chain`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let chain = try folder.log.begin()
        #expect(try folder.log.begin() == chain)
        #expect(ChainID(chain.text) == chain)
        #expect(try folder.lines().count == 1)
        try AuditLog(directory: folder.path, known: chain).append(sample())
        #expect(folder.verify().records == 2)
    }

    @Test func `a plan is released by its record`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let ready = try folder.log.record(Plan(program: "/bin/true", arguments: []), sample())
        #expect(ready.record.number == 2)
    }

    @Test func `an outcome points back to its decision`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let decision = try folder.log.append(sample())
        try folder.log.append(
            OutcomeRecord(ref: decision.id, ending: .exit(3), milliseconds: 1_500))
        let last = try #require(try folder.lines().last)
        #expect(last.contains("\"type\":\"outcome\""))
        #expect(last.contains("\"ref\":\"\(decision.id.text)\""))
        #expect(last.contains("\"exit\":3,\"dur_ms\":1500"))
        #expect(folder.verify().summary == "intact, unanchored")
    }

    static let fragments: [String] = [
        "{", "{\"v\":1,\"seq\":3,\"type\":\"dec", String(repeating: "x", count: 4_095),
        String(repeating: "y", count: 4_097), String(repeating: "z", count: 300_000),
        String(repeating: "w", count: 256 * 1_024),
    ]

    @Test(arguments: fragments)
    func `a torn tail of any length is closed and committed to`(fragment: String) throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        try folder.smuggle(fragment)
        #expect(folder.verify().summary == "intact, unanchored; torn tail")
        let next = try folder.log.append(sample())
        #expect(next.number == 4)
        let lines = try folder.lines()
        #expect(lines[2] == fragment)
        #expect(lines[3].contains("\"torn\":{\"bytes\":\(fragment.utf8.count),"))
        #expect(folder.verify().summary == "intact, unanchored; recovered gap")
        #expect(try folder.log.append(sample()).number == 5)
    }

    @Test func `a record that lost only its line end gets one`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let page = try Data(contentsOf: URL(fileURLWithPath: folder.lockFile))
        try folder.log.append(sample())
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.logFile))
        try whole.dropLast().write(to: URL(fileURLWithPath: folder.logFile))
        try page.write(to: URL(fileURLWithPath: folder.lockFile))
        try folder.log.append(sample())
        let found = folder.verify()
        #expect(found.summary == "intact, unanchored")
        #expect(found.records == 4)
    }

    @Test func `a head that is behind its log is brought forward`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let page = try Data(contentsOf: URL(fileURLWithPath: folder.lockFile))
        for _ in 0..<5 { try folder.log.append(sample()) }
        try page.write(to: URL(fileURLWithPath: folder.lockFile))
        #expect(try folder.log.append(sample()).number == 8)
        let found = folder.verify()
        #expect(found.summary == "intact, unanchored")
        #expect(found.records == 8)
    }

    @Test func `an opening that never got its head is taken in`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        // The page as it was before the first line: only the slot that was written first.
        var page = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.lockFile)))
        for place in 0..<2_048 { page[place] = 0 }
        try Data(page).write(to: URL(fileURLWithPath: folder.lockFile))
        #expect(try folder.log.append(sample()).number == 3)
        #expect(folder.verify().summary == "intact, unanchored")
    }

    @Test func `a torn head page leaves the one before`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<3 { try folder.log.append(sample()) }
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.lockFile)))
        for slot in [0, 2_048] {
            var page = whole
            page[slot + 60] ^= 0xFF
            try Data(page).write(to: URL(fileURLWithPath: folder.lockFile))
            try folder.log.append(sample())
            #expect(folder.verify().summary == "intact, unanchored")
        }
    }

    @Test func `foreign lines are committed to, and everything goes on`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        try folder.smuggle("hello\n\nworld\n")
        #expect(folder.verify().summary == "tampered FORMAT line 3")
        try folder.log.append(sample())
        #expect(folder.verify().summary == "tampered FORMAT line 3 (foreign, recorded)")
        #expect(folder.verify().exitCode(acceptingUnanchored: true) == 1)
        #expect(try folder.lines().filter { $0.contains("\"foreign\":{\"bytes\":12,") }.count == 1)
        try folder.log.append(sample())
        #expect(folder.verify().records == 5)
    }

    @Test(arguments: [
        "{\"v\":1,\"seq\":9223372036854775807,\"type\":\"decision\"",
        "{\"v\":1,\"seq\":99999999999999999999999,\"type\":\"decision\"",
        "{\"v\":1,\"seq\":3,\"type\":\"decision\"", "{\"v\":1,\"seq\":-1,\"type\":\"decision\"",
    ])
    func `a forged number moves nothing`(start: String) throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let before = try folder.log.append(sample())
        let zeros = String(repeating: "0", count: 64)
        try folder.smuggle(
            "\(start),\"prev\":\"\(before.hash.hexadecimal)\",\"hash\":\"\(zeros)\"}\n")
        #expect(try folder.log.append(sample()).number == 4)
        #expect(folder.verify().exitCode() == 1)
    }

    @Test func `the last number that stays exact is the end of the chain`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let page = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.lockFile)))
        guard case .head(var head) = Head.read(page) else {
            Issue.record("no head")
            return
        }
        head.number = Entry.greatestNumber - 1
        let slot = head.next()
        var forged = page
        forged.replaceSubrange(slot.offset..<slot.offset + slot.bytes.count, with: slot.bytes)
        try Data(forged).write(to: URL(fileURLWithPath: folder.lockFile))
        expect(.chainFull) { try folder.log.append(sample()) }
    }

    // MARK: Refusals

    @Test func `a cut, replaced or missing log is refused`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<3 { try folder.log.append(sample()) }
        let url = URL(fileURLWithPath: folder.logFile)
        let whole = try Data(contentsOf: url)
        let lines = try folder.lines()
        try Data((lines.dropLast().joined(separator: "\n") + "\n").utf8).write(to: url)
        expect(.logRegressed) { try folder.log.append(sample()) }
        #expect(folder.verify().summary == "tampered ROLLBACK have 3 head 4")
        try whole.dropLast(5).write(to: url)
        expect(.logRegressed) { try folder.log.append(sample()) }
        var changed = whole
        changed[changed.count - 10] ^= 1
        try changed.write(to: url)
        expect(.logRegressed) { try folder.log.append(sample()) }
        try Data().write(to: url)
        expect(.logRegressed) { try folder.log.append(sample()) }
        try FileManager.default.removeItem(at: url)
        expect(.logMissing) { try folder.log.append(sample()) }
        #expect(!FileManager.default.fileExists(atPath: folder.logFile))
    }

    @Test func `a log without its head is refused`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        try Data(repeating: 7, count: 4_096).write(to: URL(fileURLWithPath: folder.lockFile))
        expect(.headDamaged) { try folder.log.append(sample()) }
        try FileManager.default.removeItem(atPath: folder.lockFile)
        expect(.headMissing) { try folder.log.append(sample()) }
    }

    @Test func `a known chain does not start again`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let chain = try folder.log.begin()
        let known = AuditLog(directory: folder.path, known: chain)
        try known.append(sample())
        try FileManager.default.removeItem(atPath: folder.logFile)
        try FileManager.default.removeItem(atPath: folder.lockFile)
        expect(.headMissing) { try known.append(sample()) }
        try folder.log.append(sample())
        expect(.chainChanged) { try known.append(sample()) }
        folder.remove()
        expect(.directoryUnusable) { try known.append(sample()) }
    }

    enum Plant: CaseIterable { case fifo, link, danglingLink, hardLink, folder, groupWritable }

    @Test(arguments: Plant.allCases, [AuditLog.logName, AuditLog.lockName])
    func `what is not a plain file of ours is not written to`(plant: Plant, name: String) throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let path = folder.file(name)
        let files = FileManager.default
        let copy = folder.file("copy")
        try files.moveItem(atPath: path, toPath: copy)
        switch plant {
        case .fifo: #expect(mkfifo(path, 0o600) == 0)
        case .link: try files.createSymbolicLink(atPath: path, withDestinationPath: copy)
        case .danglingLink:
            try files.createSymbolicLink(
                atPath: path, withDestinationPath: folder.file("elsewhere"))
        case .hardLink: try files.linkItem(atPath: copy, toPath: path)
        case .folder: try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .groupWritable:
            try files.moveItem(atPath: copy, toPath: path)
            #expect(chmod(path, 0o620) == 0)
        }
        expect(name == AuditLog.logName ? .logUnusable : .lockUnusable) {
            try folder.log.append(sample())
        }
        #expect(!files.fileExists(atPath: folder.file("elsewhere")))
    }

    @Test func `a directory that others can write is refused`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        #expect(chmod(folder.path, 0o770) == 0)
        expect(.directoryUnusable) { try folder.log.append(sample()) }
        #expect(chmod(folder.path, 0o700) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link"), withDestinationPath: folder.path)
        expect(.directoryUnusable) {
            try AuditLog(directory: folder.file("link")).append(sample())
        }
    }

    @Test func `a lock that stays busy is not waited for for ever`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let holder = try Descriptor.open(folder.lockFile, .updating)
        #expect(try holder.lock(.exclusive, deadline: 0))
        var log = folder.log
        log.patience = 30_000_000
        expect(.lockTimeout) { try log.append(sample()) }
        holder.unlock()
        #expect(try log.append(sample()).number == 3)
    }

    @Test func `a lock file that was renamed under its holder guards nothing`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let holder = try Descriptor.open(folder.lockFile, .updating)
        #expect(try holder.lock(.exclusive, deadline: 0))
        try FileManager.default.moveItem(atPath: folder.lockFile, toPath: folder.file("moved"))
        expect(.headMissing) { try folder.log.append(sample()) }
        try FileManager.default.removeItem(atPath: folder.lockFile)
        try FileManager.default.copyItem(atPath: folder.file("moved"), toPath: folder.lockFile)
        #expect(try folder.log.append(sample()).number == 3)
    }
}

/// Expects an append to be refused for this reason.
func expect(
    _ code: AuditError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ append: () throws -> Void
) {
    do {
        try append()
        Issue.record("appended, expected \(code)", sourceLocation: sourceLocation)
    } catch let error as AuditError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
}

func expect(
    _ code: AuditError.Code, sourceLocation: SourceLocation = #_sourceLocation,
    _ append: () throws -> Appended
) {
    expect(code, sourceLocation: sourceLocation) { () throws -> Void in _ = try append() }
}
