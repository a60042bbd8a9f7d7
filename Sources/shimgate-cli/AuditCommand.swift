// `shimgate audit`: reading and checking the chain.

import ArgumentParser
import Audit
import GateCore
import Launch
import Platform
import StrictJSON

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read and check the audit chain.",
        subcommands: [Verify.self, Tail.self, List.self, Show.self, Export.self])
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

        @Option(help: "The log; the installed one where none is named.")
        var file: String?
        @Option(help: "A signed checkpoint that was kept elsewhere.")
        var checkpoint: String?
        @Option(help: "The verification key, or a file that holds it.")
        var vkey: String?
        @Option(help: "Accept a state as success: unanchored.")
        var accept: Acceptance?
        @Flag(help: "One JSON object.")
        var json = false

        enum Acceptance: String, ExpressibleByArgument, CaseIterable { case unanchored }

        func run() throws {
            do {
                let (path, lockPath) = try log()
                let verification = Verifier.verify(
                    path, lockPath: lockPath, checkpoint: try signedCheckpoint())
                let code = verification.exitCode(acceptingUnanchored: accept == .unanchored)
                StandardStreams.write(
                    json ? verification.json(code) : verification.text(path), to: 1)
                if code != 0 { throw ExitCode(code) }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }

        private func log() throws -> (path: String, lockPath: String?) {
            if let file { return (file, nil) }
            let state = try found().state
            return (
                "\(state)/\(AuditLog.logName)", "\(state)/\(AuditLog.lockName)"
            )
        }

        private func signedCheckpoint() throws -> Checkpoint? {
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
}

extension AuditCommand {
    struct Tail: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the last records, and with -f what follows.",
            discussion: "Shows what is written, unchecked; audit verify says whether to believe it."
        )

        @Option(name: [.customShort("n"), .customLong("lines")], help: "How many records.")
        var count = 10
        @Flag(name: [.short, .long], help: "Go on with new records until interrupted.")
        var follow = false
        @Option(help: "The log; the installed one where none is named.")
        var file: String?
        @Flag(help: "The records' own JSON, a line each.")
        var json = false

        func validate() throws {
            if count < 0 { throw ValidationError("-n needs a number of records, 0 or more") }
        }

        func run() throws {
            do {
                let path = try file ?? "\(found().state)/\(AuditLog.logName)"
                do {
                    var tail = try LogTail(path, last: count)
                    repeat {
                        for line in try tail.next() { show(line) }
                        if follow { Clock.sleep(200_000_000) }
                    } while follow
                } catch {
                    throw Failure("\(path): \(error.reason)", exitCode: 74)
                }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }

        private func show(_ line: [UInt8]) {
            var text = String(decoding: line, as: UTF8.self)
            if !json {
                text =
                    RecordLine(line)?.text(
                        isColored: StandardStreams.isColoured(1), escaping: displayed)
                    ?? "(not a record) \(displayed(text))"
            }
            // Whoever reads along may have gone: `audit tail -f | head`.
            if !StandardStreams.write(text + "\n", to: 1) { Tail.exit() }
        }
    }
}

extension Verification {
    fileprivate func text(_ path: String) -> String {
        var text = "\(summary)\n  log:     \(displayed(path))\n  records: \(records)\n"
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
