// What keeps a chain in order: rotating it by hand. Everything here writes under the same lock as the
// shims do.

import ArgumentParser
import Audit
import GateCore
import Launch
import Platform

extension AuditCommand {
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal the segment that is written to and start the next one.",
            discussion: """
                The sealed one is named audit.NNNNNN.jsonl. A log of 64 MiB is rotated by itself.
                """)

        func run() throws {
            do {
                let segment = try installedLog().rotate()
                StandardStreams.write("segment \(segment)\n", to: 1)
            } catch let failure as Failure {
                throw fail(failure)
            } catch let error as AuditError {
                throw fail(Failure("\(error.path): \(error)", exitCode: 74))
            }
        }
    }
}

/// The installed chain of this process's user.
func installedLog() throws -> AuditLog {
    let installation = try found()
    return AuditLog(directory: installation.state, known: installation.chain)
}
