// The lines of the trail that brought packages, each with what later records say came of it. Which
// packages a line asked for stands in its words; which ones came stands in the record of a staged
// install. Nothing is checked here; `audit verify` says whether to believe it.

internal import StrictJSON

/// An allowed install.
public struct RecordedInstall: Sendable {
    /// What came of it, as far as the trail says.
    public enum Result: Sendable {
        /// The tool was started in our place, so nobody saw its end; or it is still running.
        case unknown
        /// It ended well.
        case done
        /// It ended badly, was refused, or was killed.
        case failed
    }

    /// The decision.
    public let decision: LogRecord
    public private(set) var result = Result.unknown
    /// Whether the install was staged, so that `packages` holds all that came, went or changed.
    public private(set) var isStaged = false
    public private(set) var packages: [LogRecord.Package] = []

    init(_ decision: LogRecord) { self.decision = decision }

    mutating func take(_ record: LogRecord) {
        packages += record.packages
        guard record.isType("outcome") else { return }
        isStaged = isStaged || record.value("phases") != nil
        let isWell =
            record.integer("exit") == 0 && record.text("refused") == nil
            && record.text("drift") == nil
        result = isWell ? .done : .failed
    }
}

/// Collects installs from the lines of a log.
public struct InstallHistory: Sendable {
    /// In the order of the log.
    public private(set) var installs: [RecordedInstall] = []
    private var places: [String: Int] = [:]
    private let filter: RecordFilter

    /// Looks at the decisions that the filter takes, and at all that refers to them.
    public init(_ filter: RecordFilter) { self.filter = filter }

    /// Looks at the next line.
    public mutating func take(_ line: LogLine) {
        guard line.isEnded else { return }
        if RecordFilter.holds(line.bytes, Self.outcome) {
            guard let record = LogRecord(line.copy), let ref = record.text("ref"),
                let place = places[ref]
            else { return }
            installs[place].take(record)
        } else if RecordFilter.holds(line.bytes, Self.install),
            let record = filter.record(in: line.bytes), record.isType("decision"),
            record.has("operation", "install"), record.has("effect", "allow"),
            let id = record.text("id")
        {
            places[id] = installs.count
            installs.append(RecordedInstall(record))
        }
    }

    private static let outcome = Array("\"type\":\"outcome".utf8)
    private static let install = Array("\"operation\":\"install\"".utf8)
}
