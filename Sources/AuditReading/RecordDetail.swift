// One record for people: every member on a line of its own, in the record's order, and what later
// records say of it. Members of an object are named by their path. All of it is strangers' text, so
// it is escaped for the terminal here.

internal import GateCore
internal import StrictJSON

/// A record in full.
public enum RecordDetail {
    /// Lines of `name  value`, without an LF at the end of the last one.
    public static func text(_ record: LogRecord) -> String {
        var rows: [(name: String, value: String)] = []
        for member in record.json.object ?? [] {
            add(member.value, named: member.name, to: &rows)
        }
        let width = rows.map(\.name.utf8.count).max() ?? 0
        return rows.map { row in
            let gap = String(repeating: " ", count: max(0, width - row.name.utf8.count))
            return "\(displayed(row.name))\(gap)  \(displayed(row.value))"
        }.joined(separator: "\n")
    }

    private static func add(
        _ json: JSON, named name: String, to rows: inout [(name: String, value: String)]
    ) {
        switch json.value {
        case .null: rows.append((name, "null"))
        case .bool(let flag): rows.append((name, flag ? "yes" : "no"))
        case .number(let text): rows.append((name, text))
        case .string(let text): rows.append((name, text))
        case .array(let elements):
            if elements.allSatisfy({ $0.string != nil }) {
                rows.append((name, quoted(elements.map { Word($0.string ?? "") })))
                return
            }
            for (place, element) in elements.enumerated() {
                add(element, named: "\(name)[\(place)]", to: &rows)
            }
        case .object(let members):
            for member in members { add(member.value, named: "\(name).\(member.name)", to: &rows) }
        }
    }
}

/// Finds a record, and the records that point back to it.
public struct RecordSearch: Sendable {
    private let number: Int?
    private let id: String
    /// The lines found, the record's own first.
    public private(set) var lines: [[UInt8]] = []
    private var foundID: String?

    /// Takes a record's `seq` or `id`.
    public init(_ name: String) {
        number = Int(name)
        id = name
    }

    /// Looks at the next line of the log.
    public mutating func take(_ line: LogLine) {
        guard let head = RecordHead(line.bytes) else { return }
        if lines.isEmpty {
            if let number {
                guard head.number == number else { return }
            } else if !mentions(line.bytes, id) {
                return
            }
            guard let record = LogRecord(line.copy), number != nil || record.has("id", id) else {
                return
            }
            foundID = record.text("id")
            lines.append(line.copy)
        } else if let foundID, mentions(line.bytes, foundID),
            let record = LogRecord(line.copy), record.has("ref", foundID)
        {
            lines.append(line.copy)
        }
    }

    private func mentions(_ line: UnsafeRawBufferPointer, _ text: String) -> Bool {
        RecordFilter.holds(line, Array(text.utf8))
    }
}
