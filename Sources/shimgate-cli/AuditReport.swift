// `shimgate audit report`: the log as one page for people.

import ArgumentParser
import Audit
import AuditReading
import GateCore
import Launch
import Platform
import Shim

extension AuditCommand {
    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Write one HTML page: chain health, timeline, denials, dependencies, approvals.",
            discussion: """
                The page needs nothing from outside and runs no script. It shows what agents wrote, \
                so it is for the same eyes as the log.
                """)

        @Option(help: "The page; it is replaced where it is there already.")
        var html: String
        @OptionGroup var log: LogOption
        @OptionGroup var anchor: CheckpointOption

        func run() throws {
            do {
                let signed = try anchor.signed()
                let source = try log.source()
                var page: ReportPage
                do {
                    page = try ReportPage(
                        source, verification: verification(of: source, under: signed),
                        written: RecordTime(microseconds: Clock.realtime / 1_000),
                        version: shimgateVersion)
                } catch {
                    throw Failure("\(source.name): \(error.reason)", exitCode: 74)
                }
                let text = String(decoding: page.html(), as: UTF8.self)
                do { try DirectoryEntry.replace(html, with: text, mode: 0o600) } catch {
                    throw Failure("\(html): \(error.reason)", exitCode: 74)
                }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }

        private func verification(
            of source: LogSource, under checkpoint: Checkpoint?
        ) -> Verification {
            switch source {
            case .files(let paths): Verifier.verify(paths, checkpoint: checkpoint)
            case .directory(let path): Verifier.verify(directory: path, checkpoint: checkpoint)
            }
        }
    }
}
