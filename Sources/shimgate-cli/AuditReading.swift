// `shimgate audit list`, `show` and `export`: the log as people and other systems read it. Nothing
// here is checked; `audit verify` says whether to believe it.

import ArgumentParser
import Audit
import AuditReading
import GateCore
import Launch
import Platform
import Shim

/// The log to read.
struct LogOption: ParsableArguments {
    @Option(help: "The log; its segments in order, each with --file; else the installed one.")
    var file: [String] = []

    func source() throws -> LogSource {
        if !file.isEmpty { return .files(file) }
        signDueCheckpoint()
        return .directory(try found().state)
    }

    /// Reads all lines.
    func read(_ body: (LogLine) -> Bool) throws {
        let source = try self.source()
        do { try LogLines.read(source, body) } catch {
            throw Failure("\(source.name): \(error.reason)", exitCode: 74)
        }
    }
}

/// Which records.
struct FilterOptions: ParsableArguments {
    @Option(help: "allow, deny or approval.")
    var effect: [String] = []
    @Option(help: "publish, install, query ...")
    var operation: [String] = []
    @Option(help: "npm, pip, cargo ...")
    var tool: [String] = []
    @Option(help: "The id of the policy rule that decided.")
    var rule: [String] = []
    @Option(help: "The agent's label.")
    var agent: [String] = []
    @Option(help: "The task's label.")
    var task: [String] = []
    @Option(help: "decision, outcome, chain.open ...")
    var type: [String] = []
    @Option(help: "A package that was asked for or installed.")
    var package: [String] = []
    @Flag(help: "Packages that no registry knew: names that were made up.")
    var notFound = false
    @Option(help: "From this moment on: 2026-02-13, 2026-02-13T15:40:33Z, or an age: 30m, 12h, 7d.")
    var since: String?
    @Option(help: "Before this moment; written like --since.")
    var until: String?

    func query() throws -> RecordQuery {
        var query = RecordQuery()
        let members = [
            ("effect", effect), ("operation", operation), ("tool", tool), ("rule", rule),
            ("agent", agent), ("task", task), ("type", type),
        ]
        for (name, patterns) in members where !patterns.isEmpty {
            query.members.append((name, patterns))
        }
        query.packages = package
        query.wantsNotFound = notFound
        query.since = try moment("--since", since)
        query.until = try moment("--until", until)
        return query
    }
}

/// The time that an option names; nil where it was not given.
func moment(_ option: String, _ text: String?) throws -> RecordTime? {
    guard let text else { return nil }
    let now = RecordTime(microseconds: Clock.realtime / 1_000)
    guard let time = RecordTime(text, now: now) else {
        throw Failure(
            "\(option) takes a date, a time in UTC or an age such as 12h, not \(text)",
            exitCode: 64)
    }
    return time
}

extension AuditCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the records that meet conditions.",
            discussion: """
                Conditions of different options all have to hold; an option that is given twice \
                takes either. * and ? stand for any characters and for one.

                  shimgate audit list --effect deny --since 7d
                  shimgate audit list --package left-pad
                """, aliases: ["query"])

        @OptionGroup var wanted: FilterOptions
        @Option(name: [.customShort("n"), .long], help: "Only the last so many.")
        var last: Int?
        @OptionGroup var log: LogOption
        @Flag(help: "The records' own JSON, a line each.")
        var json = false
        @Flag(help: "Ask the index, and bring it up to date first; needs libsqlite3.")
        var indexed = false

        func validate() throws {
            if let last, last < 0 { throw ValidationError("-n needs a number, 0 or more") }
            if indexed, !log.file.isEmpty {
                throw ValidationError("--indexed is for the installed log, not for --file")
            }
        }

        func run() throws {
            do {
                let query = try wanted.query()
                if indexed { try becomeIndex(query) }
                let filter = RecordFilter(query)
                var kept: [[UInt8]] = []
                try log.read { line in
                    guard line.isEnded, filter.record(in: line.bytes) != nil else { return true }
                    guard let last else { return show(line.copy) }
                    kept.append(line.copy)
                    // Twice as many are held, so that the front is moved seldom.
                    if kept.count > 2 * last + 64 { kept.removeFirst(kept.count - last) }
                    return true
                }
                for line in kept.suffix(last ?? 0) where !show(line) { break }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }

        private func becomeIndex(_ query: RecordQuery) throws {
            try becomeIndexer(
                ["list", found().state, json ? "json" : "lines", last.map(String.init) ?? "all"]
                    + query.words)
        }

        private func show(_ line: [UInt8]) -> Bool {
            if json { return StandardStreams.write(line + [0x0A], to: 1) }
            guard let record = RecordLine(line) else { return true }
            let text = record.text(
                isColored: StandardStreams.isColoured(1), escaping: displayed)
            return StandardStreams.write("\(record.number)  \(text)\n", to: 1)
        }
    }

    struct Index: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the index beside the log up to date, for list --indexed.",
            discussion: """
                The index is a SQLite file that can be deleted at any time. verify never reads it, \
                and list --indexed reads every line that it shows from the log.
                """)

        @Flag(help: "Make it anew.")
        var rebuild = false

        func run() throws {
            do {
                try becomeIndexer([rebuild ? "rebuild" : "update", found().state])
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one record in full, and the records that belong to it.")

        @Argument(help: "The record's seq or id.")
        var record: String
        @OptionGroup var log: LogOption
        @Flag(help: "The record's own line, as it is in the log.")
        var raw = false
        @Flag(help: "The same, with the lines of the records that belong to it.")
        var json = false

        func run() throws {
            do {
                var search = RecordSearch(record)
                try log.read { line in
                    search.take(line)
                    return !(raw && !search.lines.isEmpty)
                }
                if search.lines.isEmpty {
                    throw Failure("there is no record \(record)", exitCode: 1)
                }
                for (place, line) in search.lines.enumerated() {
                    if raw || json {
                        StandardStreams.write(line + [0x0A], to: 1)
                    } else if let record = LogRecord(line) {
                        StandardStreams.write(
                            (place > 0 ? "\n" : "") + RecordDetail.text(record) + "\n", to: 1)
                    }
                }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the log in another system's format to standard output.",
            discussion: """
                raw   the log's own lines
                csv   RFC 4180, the original line last
                ecs   Elastic Common Schema 8.17, original line in event.original
                cef   ArcSight Common Event Format, original line in rawEvent
                ocsf  Open Cybersecurity Schema Framework 1.8.0, class 1007, original line in raw_data

                Every format carries each line of the log as it is, so the chain can be checked \
                wherever the export goes.
                """)

        @Option(
            help: "raw, csv, ecs, cef or ocsf.",
            completion: .list(ExportFormat.allCases.map(\.rawValue)), transform: exportFormat)
        var format = ExportFormat.raw
        @Option(help: "The seq of the first record.")
        var from: UInt64?
        @Option(help: "The seq of the last record.")
        var to: UInt64?
        @OptionGroup var log: LogOption

        func run() throws {
            do {
                var export = LogExport(format, version: shimgateVersion)
                export.from = from
                export.to = to
                let source = try log.source()
                do {
                    try export.run(source) { StandardStreams.write($0, to: 1) }
                } catch {
                    throw Failure("\(source.name): \(error.reason)", exitCode: 74)
                }
            } catch let failure as Failure {
                throw fail(failure)
            }
        }
    }
}

/// Reads the name of a format. Names are ASCII, so they are compared as bytes.
@Sendable private func exportFormat(_ name: String) throws -> ExportFormat {
    guard let format = ExportFormat.allCases.first(where: { Word($0.rawValue) == Word(name) })
    else {
        throw ValidationError("the formats are raw, csv, ecs, cef and ocsf, not \(name)")
    }
    return format
}

/// Becomes the executable that knows SQLite.
private func becomeIndexer(_ words: [String]) throws -> Never {
    let path = try found().libexec + "/shimgate-index"
    _ = Launcher.become(path, words)
    throw Failure("\(path) could not be started", exitCode: 69)
}
