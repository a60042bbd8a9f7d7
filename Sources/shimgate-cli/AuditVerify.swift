// `shimgate audit verify`: reads whole chains and says what is proved. It changes nothing.

import ArgumentParser
import Audit
import GateCore
import Launch
import Platform
import StrictJSON

/// A checkpoint to hold a log against.
struct CheckpointOption: ParsableArguments {
    @Option(help: "A signed checkpoint that was kept elsewhere.")
    var checkpoint: String?
    @Option(help: "The verification key, or a file that holds it.")
    var vkey: String?

    /// The checkpoint, its signature checked; nil where none is named.
    func signed() throws -> Checkpoint? {
        guard let checkpoint else { return nil }
        guard let vkey else {
            throw Failure("--checkpoint needs --vkey: whose signature is it?", exitCode: 2)
        }
        let note: [UInt8]
        do { note = try WholeFile(checkpoint, limit: 1 << 16).bytes } catch {
            throw Failure("\(checkpoint): \(error.reason)", exitCode: 2)
        }
        let text = (try? WholeFile(vkey, limit: 1 << 12))
            .map { String(decoding: $0.bytes, as: UTF8.self) }
        do {
            return try VerificationKey(text ?? vkey).checkpoint(in: note)
        } catch {
            throw Failure("\(checkpoint): \(error)", exitCode: 2)
        }
    }
}

extension AuditCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every line, link and number of a log; reads only.",
            discussion: """
                Exit code: 0 proven up to the checkpoint, 1 tampered, 2 cannot verify, 3 intact \
                but incomplete. "intact, unanchored" is the ordinary state between checkpoints: \
                nothing is broken, and no signed checkpoint proves that the end was not cut off \
                and rewritten.
                """)

        @Option(help: "The log; its segments in order, each with --file; else the installed one.")
        var file: [String] = []
        @OptionGroup var anchor: CheckpointOption
        @Option(help: "Accept a state as success: unanchored.")
        var accept: Acceptance?
        @Flag(help: "One JSON object.")
        var json = false

        enum Acceptance: String, ExpressibleByArgument, CaseIterable { case unanchored }

        func run() throws {
            do {
                let signed = try anchor.signed()
                let verification =
                    try file.isEmpty
                    ? Verifier.verify(directory: found().state, checkpoint: signed)
                    : Verifier.verify(file, checkpoint: signed)
                let code = verification.exitCode(acceptingUnanchored: accept == .unanchored)
                StandardStreams.write(
                    json ? verification.json(code) : verification.text, to: 1)
                if code != 0 { throw ExitCode(code) }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }
}

extension Verification {
    fileprivate var text: String {
        var text = "\(summary)\n"
        if let badFile { text += "  in:      \(displayed(badFile))\n" }
        for path in paths { text += "  log:     \(displayed(path))\n" }
        text += "  records: \(records)\n"
        if records > 0 {
            text += "  last:    seq \(lastNumber), hash \(lastHash.hexadecimal)\n"
        }
        for claim in claims { text += "  \(claim.standing.rawValue): \(claim.statement)\n" }
        return text
    }

    fileprivate func json(_ code: Int32) -> String {
        var json = JSONText()
        json.raw("{\"verdict\":")
        json.string(summary)
        json.raw(",\"exit\":\(code),\"records\":\(records),\"lastSeq\":\(lastNumber)")
        json.raw(",\"lastHash\":")
        json.string(lastHash.hexadecimal)
        json.raw(",\"recoveredGaps\":\(recoveredGaps),\"tornTail\":\(hasTornTail)")
        json.raw(",\"missingOutcomes\":\(missingOutcomes)")
        json.raw(",\"unanchored\":\(unanchored),\"kind\":")
        if case .tampered(let tampering) = verdict {
            json.string(tampering.kind)
        } else {
            json.raw("null")
        }
        json.raw(",\"claims\":[")
        for (index, claim) in claims.enumerated() {
            json.raw(index > 0 ? ",{\"standing\":" : "{\"standing\":")
            json.string(claim.standing.rawValue)
            json.raw(",\"statement\":")
            json.string(claim.statement)
            json.raw("}")
        }
        json.raw("]}\n")
        return json.text
    }
}
