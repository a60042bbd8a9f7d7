// The values of a policy file with their places, for `policy show`: what is in force, and where each
// of it is written.

public import GateCore
internal import StrictJSON

/// One value of a policy file.
public struct PolicyEntry: Sendable, Equatable {
    /// The keys that lead to it; entries of a list that are objects count from 1.
    public let keys: [String]
    /// The value as JSON on one line; a list without objects is one value.
    public let value: String
    /// Where the value starts.
    public let place: Place

    /// The entry without its first keys.
    public func below(_ count: Int) -> PolicyEntry {
        PolicyEntry(keys: Array(keys.dropFirst(count)), value: value, place: place)
    }
}

extension PolicyFile {
    /// All values of a file in its order.
    ///
    /// - Throws: `PolicyErrors` where it does not load.
    public static func outline(
        bytes: [UInt8], path: String
    ) throws(PolicyErrors) -> [PolicyEntry] {
        _ = try load(bytes: bytes, path: path)
        guard let document = try? JSON.parse(bytes, deepest: deepest) else { return [] }
        var source = SourceText(bytes)
        var entries: [PolicyEntry] = []
        outline(document, [], &source, &entries)
        return entries
    }

    private static func outline(
        _ value: JSON, _ keys: [String], _ source: inout SourceText,
        _ entries: inout [PolicyEntry]
    ) {
        if let members = value.object {
            for member in members {
                outline(member.value, keys + [member.name], &source, &entries)
            }
            return
        }
        let elements = value.array ?? []
        if elements.contains(where: { $0.object != nil }) {
            for (index, element) in elements.enumerated() {
                outline(element, keys + [String(index + 1)], &source, &entries)
            }
            return
        }
        var text = JSONText()
        write(value, into: &text)
        entries.append(
            PolicyEntry(keys: keys, value: text.text, place: source.place(of: value.offset)))
    }

    private static func write(_ value: JSON, into text: inout JSONText) {
        switch value.value {
        case .null: text.raw("null")
        case .bool(let flag): text.raw(flag ? "true" : "false")
        case .number(let digits): text.raw(digits)
        case .string(let string): text.string(string)
        case .array(let elements):
            text.raw("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { text.raw(", ") }
                write(element, into: &text)
            }
            text.raw("]")
        case .object: text.raw("{}")
        }
    }
}
