// What the report says, as values: one pass over the records, memory bounded however many distinct
// names an agent makes up (the rest is counted, not named).

internal import GateCore

/// Counts by a name, of at most so many names.
struct Tally {
    struct Row {
        var name: String
        /// What else identifies or explains it.
        var note: String
        /// What was said when it was first seen.
        var detail: String
        var count = 0
        var first: LogRecord.Mark
        var last: LogRecord.Mark
    }

    static let most = 5_000
    private var places: [Word: Int] = [:]
    private(set) var rows: [Row] = []
    /// Occurrences of names that came after the table was full.
    private(set) var others = 0

    mutating func count(
        _ name: String, _ note: String, _ mark: LogRecord.Mark, detail: String = ""
    ) {
        let key = Word("\(note)\u{0}\(name)")
        if let place = places[key] {
            rows[place].count += 1
            rows[place].last = mark
        } else if rows.count < Tally.most {
            places[key] = rows.count
            rows.append(
                Row(name: name, note: note, detail: detail, count: 1, first: mark, last: mark))
        } else {
            others += 1
        }
    }

    /// Most frequent first; of equals, the one seen first.
    var ranked: [Row] {
        rows.enumerated().sorted {
            ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
        }.map(\.element)
    }
}

extension LogRecord {
    /// Where something was seen.
    struct Mark {
        let number: Int
        let time: RecordTime
        let agent: String
        let task: String
    }

    /// `last` stands in where the record has no time of its own.
    func mark(after last: RecordTime) -> Mark {
        Mark(
            number: number, time: RecordTime(time) ?? last, agent: text("agent.name") ?? "",
            task: text("agent.task") ?? "")
    }
}

/// An approval from its request to its end.
struct ApprovalCourse {
    let command: String
    let asked: LogRecord.Mark
    /// `granted`, `denied`, `expired`; nil while it is open.
    var ending: String?
    var by = ""
    var ended: RecordTime?
    var isConsumed = false

    var seconds: Int? {
        ended.map { max(0, ($0.microseconds - asked.time.microseconds) / 1_000_000) }
    }
}

/// Everything that the report shows but the chain's health.
struct ReportSummary {
    /// A task of an agent.
    struct Lane {
        let agent: String
        let task: String
        var counts = EffectCounts()
    }

    static let mostLanes = 200

    private(set) var host: String?
    private(set) var chain: String?
    private(set) var first: RecordTime?
    private(set) var last: RecordTime?
    private(set) var records = 0
    private(set) var unreadable = 0
    private(set) var counts = EffectCounts()
    private(set) var buckets = TimeBuckets()
    private(set) var lanes: [Lane] = []
    private(set) var denials = Tally()
    private(set) var installs = Tally()
    private(set) var dependencies = Tally()
    private(set) var notFound = Tally()
    private(set) var overrides = Tally()
    private(set) var approvals: [ApprovalCourse] = []
    /// Seals, gaps, reopened chains and the like.
    private(set) var events: [(type: String, note: String, mark: LogRecord.Mark)] = []

    private var lanePlaces: [Word: Int] = [:]
    private var approvalPlaces: [Word: Int] = [:]
    /// Who asked for the packages of an outcome, by the decision's id; the newest ones.
    private var askers: [Word: LogRecord.Mark] = [:]

    /// Takes the next line.
    mutating func take(_ line: LogLine) {
        guard line.isEnded, let record = LogRecord(line.copy) else {
            unreadable += 1
            return
        }
        let mark = record.mark(after: last ?? RecordTime(microseconds: 0))
        records += 1
        if first == nil { first = mark.time }
        last = max(last ?? mark.time, mark.time)
        host = host ?? record.text("host.name") ?? record.text("host.id")
        chain = record.text("chain") ?? chain
        if record.isDecision {
            take(decision: record, mark)
        } else if record.isType("outcome.packages") {
            take(packages: record, mark)
        } else if record.type.hasPrefix("approval.") {
            take(approval: record, mark)
        } else if !record.isType("outcome") {
            take(event: record, mark)
        }
    }

    private mutating func take(decision record: LogRecord, _ mark: LogRecord.Mark) {
        guard let effect = ReportEffect(record) else { return }
        counts.add(effect)
        let lane = lane(of: mark)
        lanes[lane].counts.add(effect)
        buckets.add(effect, at: mark.time, lane: lane)
        let command = record.command ?? ""
        switch effect {
        case .deny:
            denials.count(command, record.text("rule") ?? record.text("reason") ?? "", mark)
        case .approval:
            if let id = record.text("id"), approvals.count < Tally.most {
                approvalPlaces[Word(id)] = approvals.count
                approvals.append(ApprovalCourse(command: command, asked: mark))
            }
        case .allow:
            if record.has("operation", "install") {
                installs.count(command, record.text("tool") ?? "", mark)
            }
            if let id = record.text("id"), record.has("launch", "supervise") {
                if askers.count > Tally.most { askers = [:] }
                askers[Word(id)] = mark
            }
        }
        for ignored in record.texts("ignored") ?? [] {
            overrides.count(ignored, command, mark)
        }
    }

    private mutating func take(packages record: LogRecord, _ mark: LogRecord.Mark) {
        let asker = record.text("ref").flatMap { askers[Word($0)] }
        let mark = LogRecord.Mark(
            number: record.number, time: mark.time, agent: asker?.agent ?? mark.agent,
            task: asker?.task ?? mark.task)
        for package in record.packages {
            if package.isNotFound {
                notFound.count(package.name, package.registry ?? "", mark)
            } else if !package.isRemoved {
                dependencies.count(
                    package.name, package.registry ?? "", mark, detail: package.resolved ?? "")
            }
        }
    }

    private mutating func take(approval record: LogRecord, _ mark: LogRecord.Mark) {
        guard let id = record.text("ref"), let place = approvalPlaces[Word(id)] else { return }
        if record.isType("approval.consumed") {
            approvals[place].isConsumed = true
            return
        }
        approvals[place].ending = String(record.type.dropFirst("approval.".count))
        approvals[place].by = record.text("approval.by") ?? ""
        approvals[place].ended = mark.time
    }

    private mutating func take(event record: LogRecord, _ mark: LogRecord.Mark) {
        if record.isType("checkpoint") || record.isType("chain.seal") { return }
        if record.isType("chain.open"), record.integer("segment") ?? 1 > 1 { return }
        if events.count >= 500 { events.removeFirst() }
        var note = record.text("reason") ?? record.text("chain") ?? ""
        for kind in ["torn", "foreign"] {
            if let bytes = record.integer("\(kind).bytes") { note = "\(bytes) \(kind) bytes" }
        }
        events.append((record.type, note, mark))
    }

    private mutating func lane(of mark: LogRecord.Mark) -> Int {
        let key = Word("\(mark.agent)\u{0}\(mark.task)")
        if let place = lanePlaces[key] { return place }
        if lanes.count == ReportSummary.mostLanes { return lanes.count - 1 }
        let isLast = lanes.count == ReportSummary.mostLanes - 1
        lanes.append(
            isLast ? Lane(agent: "all others", task: "") : Lane(agent: mark.agent, task: mark.task))
        lanePlaces[key] = buckets.addLane()
        return lanes.count - 1
    }
}
