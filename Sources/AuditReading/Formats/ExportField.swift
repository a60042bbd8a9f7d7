// What the formats' tables are made of: a field's name and where its value comes from. A format is
// such a table and a way of writing it; nothing else knows the format.

internal import GateCore
internal import StrictJSON

/// A field of a format.
struct ExportField: Sendable {
    enum Value {
        case text(String)
        case integer(Int)
        case flag(Bool)
        case texts([String])
        case json(JSON)
    }

    /// In JSON formats a dotted path; fields of one object stand together.
    let name: String
    let value: @Sendable (ExportedLine) -> Value?

    /// A field that is computed.
    init(_ name: String, _ value: @escaping @Sendable (ExportedLine) -> Value?) {
        self.name = name
        self.value = value
    }

    /// The same for all lines.
    static func constant(_ name: String, _ text: String) -> ExportField {
        ExportField(name) { _ in .text(text) }
    }

    static func constant(_ name: String, _ number: Int) -> ExportField {
        ExportField(name) { _ in .integer(number) }
    }

    /// The record's member at a path, if it is text.
    static func text(_ name: String, _ path: String) -> ExportField {
        ExportField(name) { $0.record?.text(path).map(Value.text) }
    }

    static func integer(_ name: String, _ path: String) -> ExportField {
        ExportField(name) { $0.record?.integer(path).map(Value.integer) }
    }

    static func texts(_ name: String, _ path: String) -> ExportField {
        ExportField(name) { $0.record?.texts(path).map(Value.texts) }
    }

    /// The member as it is.
    static func json(_ name: String, _ path: String) -> ExportField {
        ExportField(name) { $0.record?.value(path).map(Value.json) }
    }

    /// Text that depends on more than one member.
    static func text(
        _ name: String, _ text: @escaping @Sendable (ExportedLine) -> String?
    ) -> ExportField {
        ExportField(name) { text($0).map(Value.text) }
    }

    static func integer(
        _ name: String, _ number: @escaping @Sendable (ExportedLine) -> Int?
    ) -> ExportField {
        ExportField(name) { number($0).map(Value.integer) }
    }
}

extension ExportField.Value {
    /// One text, for formats without structure.
    var plain: String {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        case .texts(let texts): texts.joined(separator: " ")
        case .json(let json):
            {
                var text = JSONText()
                text.json(json)
                return text.text
            }()
        }
    }
}

/// Writes a table whose names are paths as one JSON object.
enum NestedJSON {
    /// The object and an LF. Fields without a value are left out, and so are objects without fields.
    static func line(_ fields: [ExportField], _ line: ExportedLine) -> [UInt8] {
        var json = JSONText(capacity: 2_048 + line.original.count)
        var open: [Substring] = []
        var isFirst = true
        json.raw("{")
        for field in fields {
            guard let value = field.value(line) else { continue }
            var path = field.name.split(separator: ".")
            let name = path.removeLast()
            var shared = 0
            while shared < min(open.count, path.count), Word(open[shared]) == Word(path[shared]) {
                shared += 1
            }
            for _ in shared..<open.count { json.raw("}") }
            if shared < open.count { isFirst = false }
            open.removeLast(open.count - shared)
            for part in path[shared...] {
                json.key(String(part), &isFirst)
                json.raw("{")
                isFirst = true
                open.append(part)
            }
            json.key(String(name), &isFirst)
            json.value(value)
        }
        for _ in open { json.raw("}") }
        json.raw("}\n")
        return json.bytes
    }
}

extension JSONText {
    fileprivate mutating func key(_ name: String, _ isFirst: inout Bool) {
        if !isFirst { raw(",") }
        isFirst = false
        string(name)
        raw(":")
    }

    fileprivate mutating func value(_ value: ExportField.Value) {
        switch value {
        case .text(let text): string(text)
        case .integer(let number): raw(String(number))
        case .flag(let flag): raw(flag ? "true" : "false")
        case .texts(let texts): strings(texts)
        case .json(let json): self.json(json)
        }
    }

    /// Appends a value as it was read.
    mutating func json(_ json: JSON) {
        switch json.value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .number(let text): raw(text)
        case .string(let text): string(text)
        case .array(let elements):
            raw("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { raw(",") }
                self.json(element)
            }
            raw("]")
        case .object(let members):
            raw("{")
            var isFirst = true
            for member in members {
                key(member.name, &isFirst)
                self.json(member.value)
            }
            raw("}")
        }
    }
}
