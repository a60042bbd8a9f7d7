// The attacked logs of Vectors/chain and their verdicts, which a reference implementation of the
// contract gave. The table is read from the vectors' own README, so that the two cannot disagree.
// A log that no vector holds is made here by flipping and cutting.

import Foundation
import Testing

@testable import Audit

struct Vectors {
    static func path(_ name: String, filePath: String = #filePath) -> String {
        URL(fileURLWithPath: filePath).deletingLastPathComponent()
            .appendingPathComponent("Vectors/chain/\(name)").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    static func checkpoint(_ name: String) throws -> Checkpoint {
        let key = try VerificationKey(String(decoding: bytes("vkey.txt"), as: UTF8.self))
        return try key.checkpoint(in: bytes(name))
    }

    struct Row: Sendable, CustomStringConvertible {
        let file: String
        let alone: String
        let anchored: String
        var description: String { file }
    }

    /// The table of Vectors/chain/README.md.
    static let rows: [Row] = {
        let text = (try? String(contentsOfFile: path("README.md"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return Row(
                file: cells[0].trimmingCharacters(in: ["`"]), alone: cells[1], anchored: cells[2])
        }
    }()
}

@Suite struct VectorTests {
    @Test func `the table of verdicts is whole`() {
        #expect(Vectors.rows.count == 21)
    }

    @Test(arguments: Vectors.rows)
    func `a log gets its verdict without a checkpoint`(row: Vectors.Row) {
        #expect(Verifier.verify(Vectors.path(row.file)).summary == row.alone)
    }

    @Test(arguments: Vectors.rows)
    func `a log gets its verdict with a checkpoint`(row: Vectors.Row) throws {
        let checkpoint = try Vectors.checkpoint("checkpoint.5.note")
        let found = Verifier.verify(Vectors.path(row.file), checkpoint: checkpoint)
        #expect(found.summary == row.anchored)
    }

    @Test func `an older checkpoint leaves a tail unanchored`() throws {
        let checkpoint = try Vectors.checkpoint("checkpoint.3.note")
        let found = Verifier.verify(Vectors.path("good.jsonl"), checkpoint: checkpoint)
        #expect(found.summary == "intact, incomplete; unanchored tail 2")
        #expect(found.exitCode() == 3)
        #expect(found.exitCode(acceptingUnanchored: true) == 0)
    }

    @Test func `a checkpoint with another text under its signature is refused`() throws {
        #expect(throws: NoteError.wrongSignature) {
            try Vectors.checkpoint("checkpoint.bad-signature.note")
        }
    }

    @Test func `no byte of a checkpoint can be changed`() throws {
        let note = try Vectors.bytes("checkpoint.5.note")
        let key = try VerificationKey(String(decoding: Vectors.bytes("vkey.txt"), as: UTF8.self))
        for place in note.indices {
            var changed = note
            changed[place] ^= 0x01
            #expect(throws: NoteError.self, "byte \(place)") { try key.checkpoint(in: changed) }
        }
    }

    @Test(
        arguments: [
            ("truncate_all.jsonl", 2), ("good.jsonl", 3), ("edit_mid.jsonl", 1),
            ("torn_tail.jsonl", 3),
        ] as [(String, Int32)])
    func `the exit code follows the verdict`(file: String, code: Int32) {
        #expect(Verifier.verify(Vectors.path(file)).exitCode() == code)
    }

    @Test func `a log that is not there cannot be verified`() {
        #expect(Verifier.verify("/nonexistent/audit.jsonl").exitCode() == 2)
    }

    @Test func `flipped bits and cuts of a log under a checkpoint always show`() throws {
        let good = try Vectors.bytes("good.jsonl")
        let checkpoint = try Vectors.checkpoint("checkpoint.5.note")
        let folder = try Scratch()
        defer { folder.remove() }
        let path = folder.file("audit.jsonl")
        var missed: [String] = []
        func attack(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let found = Verifier.verify(path, checkpoint: checkpoint)
            if found.exitCode(acceptingUnanchored: true) != 1 {
                missed.append("\(name): \(found.summary)")
            }
        }
        for place in stride(from: 0, to: good.count, by: 3) {
            var flipped = good
            flipped[place] ^= UInt8(1 << (place % 8))
            try attack("flip \(place)", flipped)
            if place % 4 == 0 { try attack("cut \(place)", Array(good[..<place])) }
        }
        #expect(missed == [])
    }
}
