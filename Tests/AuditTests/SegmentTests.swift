// Segments: numbers and hashes run on, nobody sees a half rotation, and a writer that dies in the
// middle of one leaves something that the next writer completes.

import Foundation
import Testing

@testable import Audit

@Suite struct SegmentTests {
    @Test func `a rotation seals one file and opens the next`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<3 { try folder.log.append(sample()) }
        #expect(try folder.log.rotate() == 2)
        #expect(try folder.log.append(sample()).number == 7)
        #expect(
            folder.segments.map { ($0 as NSString).lastPathComponent } == [
                "audit.000001.jsonl", "audit.jsonl",
            ])
        let sealed = String(decoding: try folder.bytes(folder.segments[0]), as: UTF8.self)
        #expect(sealed.split(separator: "\n").last?.contains("\"type\":\"chain.seal\"") == true)
        let opening = try #require(try folder.lines().first)
        #expect(opening.contains("\"seq\":6,\"type\":\"chain.open\""))
        #expect(opening.contains("\"segment\":2,\"lines\":5,\"tree\":\""))
        let found = folder.verifyAll()
        #expect(found.summary == "intact, unanchored")
        #expect(found.records == 7)
    }

    @Test func `rotating what has not begun only begins it`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        #expect(try folder.log.rotate() == 1)
        #expect(try folder.log.rotate() == 2)
        #expect(folder.verifyAll().records == 3)
    }

    @Test func `a long log is rotated by the next append`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        var log = folder.log
        log.segmentLimit = 4_096
        var last: UInt64 = 0
        for _ in 0..<60 { last = try log.append(sample()).number }
        #expect(folder.segments.count > 5)
        for path in folder.segments { #expect(try folder.bytes(path).count < 6_000) }
        let found = folder.verifyAll()
        #expect(found.summary == "intact, unanchored")
        #expect(found.lastNumber == last)
    }

    @Test func `a later segment alone stands on what it says of those before`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<5 { try folder.log.append(sample()) }
        try folder.log.rotate()
        try folder.log.append(sample())
        let whole = folder.verifyAll()
        let alone = Verifier.verify(folder.logFile)
        #expect(alone.summary == "intact, unanchored")
        #expect(alone.records == 2)
        #expect(alone.lastHash == whole.lastHash)
        #expect(
            alone.claims.contains { $0.standing == .conditional && $0.statement.contains("segm") })
    }

    @Test func `a rotation that ends at any byte and step is completed`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<2 { try folder.log.append(sample()) }
        let log = try folder.bytes(folder.logFile)
        let page = try folder.bytes(folder.lockFile)
        try folder.log.rotate()
        let sealed = try folder.bytes(folder.file("audit.000001.jsonl"))
        let opened = try folder.bytes(folder.logFile)
        guard case .head(let first) = Head.read(page) else {
            Issue.record("no head")
            return
        }
        func play(_ name: String, _ files: [String: ArraySlice<UInt8>], _ page: [UInt8]) throws {
            for path in folder.segments { try FileManager.default.removeItem(atPath: path) }
            for (file, bytes) in files { try folder.write(bytes, folder.file(file)) }
            try folder.write(page, folder.lockFile)
            try folder.log.append(sample("npm view third"))
            let found = folder.verifyAll()
            #expect(found.exitCode() == 3, "\(name): \(found.summary)")
            #expect(!found.hasTornTail, "\(name)")
            let text = try folder.segments.map {
                String(decoding: try folder.bytes($0), as: UTF8.self)
            }
            .joined()
            #expect(text.contains("npm view third"), "\(name)")
            #expect(!text.contains("\"foreign\""), "\(name)")
        }
        for length in stride(from: log.count, through: sealed.count, by: 3) {
            try play("seal cut at \(length)", ["audit.jsonl": sealed[..<length]], page)
        }
        try play("sealed, old head", ["audit.jsonl": sealed[...]], page)
        let told = try sealedPage(first, page, sealed)
        try play("sealed, new head", ["audit.jsonl": sealed[...]], told)
        try play("renamed", ["audit.000001.jsonl": sealed[...]], told)
        let moved = try movedPage(told)
        for length in stride(from: 0, through: opened.count, by: 3) {
            for head in length == 0 ? [told, moved] : [moved] {
                try play(
                    "opening cut at \(length)",
                    ["audit.000001.jsonl": sealed[...], "audit.jsonl": opened[..<length]], head)
            }
        }
        try play("no opening", ["audit.000001.jsonl": sealed[...]], moved)
    }

    /// The head page as the writer of the seal leaves it.
    private func sealedPage(_ head: Head, _ page: [UInt8], _ log: [UInt8]) throws -> [UInt8] {
        var walk = ChainWalk(from: head)
        let lines = log[head.size...].split(separator: 0x0A)
        for line in lines { line.withUnsafeBytes { walk.take(line: $0, isEnded: true) } }
        #expect(walk.isSealed)
        var sealed = head
        sealed.number = walk.number
        sealed.hash = walk.hash
        sealed.size = walk.size
        sealed.frontier = walk.frontier
        sealed.isSealed = true
        return replacing(page, with: &sealed)
    }

    private func movedPage(_ page: [UInt8]) throws -> [UInt8] {
        guard case .head(var head) = Head.read(page) else { throw CocoaError(.fileReadCorruptFile) }
        head.segment += 1
        head.size = 0
        head.isSealed = false
        return replacing(page, with: &head)
    }

    private func replacing(_ page: [UInt8], with head: inout Head) -> [UInt8] {
        let slot = head.next()
        var changed = page
        changed.replaceSubrange(slot.offset..<slot.offset + slot.bytes.count, with: slot.bytes)
        return changed
    }

    @Test func `strangers' lines behind a seal are committed to before the file is closed`() throws
    {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<2 { try folder.log.append(sample()) }
        let page = try folder.bytes(folder.lockFile)
        try folder.log.rotate()
        let sealed = try folder.bytes(folder.file("audit.000001.jsonl"))
        try FileManager.default.removeItem(atPath: folder.logFile)
        try FileManager.default.moveItem(
            atPath: folder.file("audit.000001.jsonl"), toPath: folder.logFile)
        try folder.write(page, folder.lockFile)
        try folder.smuggle("stranger\n")
        try folder.log.append(sample())
        try folder.log.rotate()
        let found = folder.verifyAll()
        guard case .tampered(.foreign(let line, _)) = found.verdict else {
            Issue.record("\(found.summary)")
            return
        }
        #expect(line == UInt64(sealed.split(separator: 0x0A).count) + 1)
    }

    enum Loss: CaseIterable { case first, middle, log, swap, seal, tail }

    @Test(arguments: Loss.allCases)
    func `a segment that is missing, moved or cut shows`(loss: Loss) throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<3 {
            try folder.log.append(sample())
            try folder.log.rotate()
        }
        let files = FileManager.default
        let paths = folder.segments
        #expect(paths.count == 4)
        switch loss {
        case .first: try files.removeItem(atPath: paths[0])
        case .middle: try files.removeItem(atPath: paths[1])
        case .log: try files.removeItem(atPath: paths[3])
        case .swap:
            let first = try folder.bytes(paths[1])
            try folder.write(folder.bytes(paths[2]), paths[1])
            try folder.write(first, paths[2])
        case .seal:
            let lines = try folder.bytes(paths[1]).split(separator: 0x0A).dropLast()
            try folder.write(lines.joined(separator: [0x0A]) + [0x0A], paths[1])
        case .tail: try folder.write(folder.bytes(paths[1]) + Array("more\n".utf8), paths[1])
        }
        let found = folder.verifyAll()
        if loss == .first {
            // The first segments can be pruned, so this alone is not a forgery; nor is it whole.
            #expect(found.exitCode() == 3)
            #expect(
                found.claims.contains {
                    $0.standing == .conditional && $0.statement.contains("segments before")
                })
        } else {
            #expect(found.exitCode(acceptingUnanchored: true) == 1, "\(found.summary)")
        }
    }

    @Test func `verify finds no fault while writers append and rotate`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        let script = """
            for i in $(seq 8); do "$1" "$2" 150 kernel 60000 8192 & done; wait
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh", writer, folder.path]
        let output = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try start(process)
        var verdicts: Set<String> = []
        while process.isRunning { verdicts.insert(folder.verifyAll().summary) }
        #expect(verdicts.subtracting(["intact, unanchored"]) == [])
        let found = folder.verifyAll()
        #expect(folder.segments.count > 20)
        // The decisions, the first opening and decision, and a seal and an opening at each change.
        #expect(found.records == UInt64(1_200 + 2 + 2 * (folder.segments.count - 1)))
    }
}
