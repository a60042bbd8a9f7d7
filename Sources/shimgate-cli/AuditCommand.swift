// `shimgate audit`: reading and checking the chain.

import ArgumentParser
import Audit
import AuditReading
import GateCore
import Launch
import Platform
import StrictJSON

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Read and check the audit chain.",
        subcommands: [
            Verify.self, Tail.self, List.self, Show.self, Index.self, Export.self, Sign.self,
            Rotate.self,
            Reopen.self, Prune.self, Begin.self, Report.self,
        ])
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
                let directory = try file == nil ? found().state : nil
                let path = file ?? "\(directory ?? "")/\(AuditLog.logName)"
                do {
                    var tail = try LogTail(path, last: count)
                    let last = try LastLines.read(&tail, count: count, directory: directory)
                    for line in last { show(line) }
                    while follow {
                        Clock.sleep(200_000_000)
                        for line in try tail.next() { show(line) }
                    }
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
