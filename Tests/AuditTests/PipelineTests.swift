// The verdict does not depend on how many threads find it, nor on how lines lie in blocks.

import Foundation
import Testing

@testable import Audit
@testable import Platform

@Suite struct PipelineTests {
    /// All that a walk found out.
    private func findings(_ walk: ChainWalk) -> String {
        let tear = walk.openBreak.map {
            "\($0.file):\($0.line) \($0.flaw) \($0.bytes) \($0.isOpen)"
        }
        let foreign = walk.foreign.map { "\($0.file):\($0.line) \($0.flaw)" }
        return [
            "\(walk.number) \(walk.hash.hexadecimal) \(walk.lines) \(walk.tornGaps)",
            "\(walk.frontier.root.hexadecimal) \(tear ?? "-") \(foreign ?? "-")",
            "\(walk.firstNumber) \(walk.ledger.missingOutcomes)",
        ].joined(separator: " ")
    }

    private func walk(_ paths: [String], threads: Int) throws -> String {
        let last = try Descriptor.open(try #require(paths.last), .reading)
        let size = try last.status().size
        return findings(
            try VerifyPipeline.run(
                ChainWalk(),
                over: ChainSource(paths: Array(paths.dropLast()), last: last, size: size),
                threads: threads))
    }

    /// The same as the writer reads it: one line after the other.
    private func walkPlainly(_ paths: [String]) throws -> String {
        var walk = ChainWalk()
        for path in paths {
            let file = try Descriptor.open(path, .reading)
            walk.startFile()
            _ = try RawLines.read(file, from: 0, to: file.status().size, into: &walk)
        }
        return findings(walk)
    }

    private func expectAgreement(_ paths: [String], _ name: String) throws {
        let plain = try walkPlainly(paths)
        for threads in [1, 2, 4] {
            #expect(try walk(paths, threads: threads) == plain, "\(name), \(threads) threads")
        }
    }

    static let block = 256 * 1_024
    static let insertions: [(name: String, text: String)] = [
        ("nothing", ""), ("a short line", "x\n"),
        ("blank lines", String(repeating: "\n", count: 9)),
        ("a line of a block", String(repeating: "x", count: block - 1) + "\n"),
        ("a line of a block and its LF", String(repeating: "x", count: block) + "\n"),
        ("a line of a block and more", String(repeating: "x", count: block + 1) + "\n"),
        ("a line of three blocks", String(repeating: "x", count: 3 * block) + "\n"),
        ("very many lines", String(repeating: "ab\n", count: 3 * 1_280)),
    ]

    @Test(arguments: insertions.indices)
    func `blocks and threads change nothing`(index: Int) throws {
        let (name, text) = PipelineTests.insertions[index]
        let folder = try Scratch()
        defer { folder.remove() }
        for step in 0..<900 {
            if step == 500 { try folder.smuggle(text) }
            try folder.log.append(sample())
        }
        try expectAgreement([folder.logFile], name)
        try folder.smuggle(text)
        try expectAgreement([folder.logFile], "\(name), at the end")
        try folder.smuggle("no line end")
        try expectAgreement([folder.logFile], "\(name), and a tail")
        try folder.write(Array(text.utf8) + folder.bytes(folder.logFile), folder.logFile)
        try expectAgreement([folder.logFile], "\(name), at the start")
    }

    @Test func `segments are read in turn`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        var log = folder.log
        log.segmentLimit = 40_000
        for _ in 0..<300 { try log.append(sample()) }
        #expect(folder.segments.count > 3)
        try expectAgreement(folder.segments, "segments")
        try expectAgreement(Array(folder.segments.dropFirst(2)), "later segments")
        try expectAgreement(Array(folder.segments.reversed()), "segments backwards")
        try folder.write([], folder.segments[1])
        try expectAgreement(folder.segments, "an empty segment")
    }
}
