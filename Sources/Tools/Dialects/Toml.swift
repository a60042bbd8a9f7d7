// A TOML 1.0 reader for the few files that decide what a command line means (`.cargo/config.toml`,
// `pyproject.toml`). Keys and strings are exact; numbers, booleans and dates are kept as text,
// because nothing here decides by them.
//
// Whatever is not understood ends in nil, never in a guess: the caller then calls the line
// ambiguous. Rules: https://toml.io/en/v1.0.0

internal import GateCore

/// A TOML value.
enum TomlValue: Sendable, Equatable {
    case string(Word)
    case list([TomlValue])
    case table(TomlTable)
    /// A number, a boolean or a date, as written.
    case scalar(Word)

    /// The text of a string, or nil for any other value.
    var string: Word? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The elements of a list of strings, or nil where it is no list or holds anything else.
    var strings: [Word]? {
        guard case .list(let values) = self else { return nil }
        var found: [Word] = []
        for value in values {
            guard let text = value.string else { return nil }
            found.append(text)
        }
        return found
    }
}

/// A TOML table: keys in the order of the file.
struct TomlTable: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var key: Word
        var value: TomlValue
    }

    private(set) var entries: [Entry] = []

    /// Reads a document; nil where it is not TOML.
    init?(_ text: String) {
        var reader = TomlReader(text)
        guard let root = reader.document() else { return nil }
        self = root
    }

    init() {}

    /// The value at a path of keys, or nil where there is none.
    subscript(path: [Word]) -> TomlValue? {
        var value = TomlValue.table(self)
        for key in path {
            guard case .table(let table) = value, let inner = table.value(of: key) else {
                return nil
            }
            value = inner
        }
        return value
    }

    /// The value of a key of this table.
    func value(of key: Word) -> TomlValue? {
        for entry in entries where entry.key == key { return entry.value }
        return nil
    }

    /// Puts a value at a path of keys; false where something else is already there. A list on
    /// the way stands for its last element, as `[[table]]` headers mean it.
    mutating func insert(_ value: TomlValue, at path: ArraySlice<Word>) -> Bool {
        guard let key = path.first else { return false }
        let rest = path.dropFirst()
        guard let place = entries.firstIndex(where: { $0.key == key }) else {
            if rest.isEmpty {
                entries.append(Entry(key: key, value: value))
                return true
            }
            var inner = TomlTable()
            guard inner.insert(value, at: rest) else { return false }
            entries.append(Entry(key: key, value: .table(inner)))
            return true
        }
        if rest.isEmpty { return merge(value, at: place) }
        switch entries[place].value {
        case .table(var inner):
            guard inner.insert(value, at: rest) else { return false }
            entries[place].value = .table(inner)
            return true
        case .list(var values):
            guard case .table(var inner)? = values.popLast(), inner.insert(value, at: rest) else {
                return false
            }
            entries[place].value = .list(values + [.table(inner)])
            return true
        case .string, .scalar: return false
        }
    }

    /// A header may name a table that dotted keys have opened already; anything else is a
    /// duplicate.
    private mutating func merge(_ value: TomlValue, at place: Int) -> Bool {
        switch (entries[place].value, value) {
        case (.table, .table(let new)): return new.entries.isEmpty
        case (.list(let old), .list(let new)):
            // `[[name]]` again: `new` is one empty table.
            guard new == [.table(TomlTable())], case .table? = old.last else { return false }
            entries[place].value = .list(old + new)
            return true
        default: return false
        }
    }
}

/// One pass over the bytes of a document.
private struct TomlReader {
    private let bytes: [UInt8]
    private var place = 0
    private let deepest = 64

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func document() -> TomlTable? {
        var root = TomlTable()
        var current: [Word] = []
        while true {
            skipBlank(acrossLines: true)
            guard let byte = peek() else { return root }
            if byte == UInt8(ascii: "[") {
                guard let header = header(), root.insert(header.opens, at: header.path[...])
                else { return nil }
                current = header.path
            } else {
                guard let key = key(), take("="), let value = value(depth: 0),
                    root.insert(value, at: (current + key)[...])
                else { return nil }
            }
            guard endOfLine() else { return nil }
        }
    }

    /// `[a.b]` or `[[a.b]]`.
    private mutating func header() -> (path: [Word], opens: TomlValue)? {
        guard take("[") else { return nil }
        let isList = peek() == UInt8(ascii: "[") && take("[")
        guard let path = key(), take("]"), !isList || take("]") else { return nil }
        let empty = TomlValue.table(TomlTable())
        return (path, isList ? .list([empty]) : empty)
    }

    /// A dotted key.
    private mutating func key() -> [Word]? {
        var parts: [Word] = []
        repeat {
            skipBlank(acrossLines: false)
            guard let byte = peek() else { return nil }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                guard let part = string(), peek() != byte else { return nil }
                parts.append(part)
            } else {
                let start = place
                while let next = peek(), isBareKey(next) { place += 1 }
                guard place > start else { return nil }
                parts.append(word(from: start))
            }
            skipBlank(acrossLines: false)
        } while take(".")
        return parts
    }

    private mutating func value(depth: Int) -> TomlValue? {
        guard depth < deepest else { return nil }
        skipBlank(acrossLines: false)
        switch peek() {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return string().map { .string($0) }
        case UInt8(ascii: "["): return list(depth: depth)
        case UInt8(ascii: "{"): return inlineTable(depth: depth)
        default:
            let start = place
            while let next = peek(), !ends(next) { place += 1 }
            var end = place
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            guard end > start else { return nil }
            return .scalar(Word(String(decoding: bytes[start..<end], as: UTF8.self)))
        }
    }

    private mutating func list(depth: Int) -> TomlValue? {
        guard take("[") else { return nil }
        var values: [TomlValue] = []
        while true {
            skipBlank(acrossLines: true)
            if take("]") { return .list(values) }
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
            skipBlank(acrossLines: true)
            if take(",") { continue }
            return take("]") ? .list(values) : nil
        }
    }

    private mutating func inlineTable(depth: Int) -> TomlValue? {
        guard take("{") else { return nil }
        var table = TomlTable()
        skipBlank(acrossLines: true)
        if take("}") { return .table(table) }
        while true {
            skipBlank(acrossLines: true)
            guard let key = key(), take("="), let value = value(depth: depth + 1),
                table.insert(value, at: key[...])
            else { return nil }
            skipBlank(acrossLines: true)
            if take(",") { continue }
            return take("}") ? .table(table) : nil
        }
    }

    /// A basic or literal string, of one line or many.
    private mutating func string() -> Word? {
        guard let quote = peek() else { return nil }
        let isLong = bytes[place...].starts(with: [quote, quote, quote])
        place += isLong ? 3 : 1
        if isLong, peek() == 0x0D { place += 1 }
        if isLong, peek() == 0x0A { place += 1 }
        let isLiteral = quote == UInt8(ascii: "'")
        var out: [UInt8] = []
        while let byte = peek() {
            if byte == quote, isLong {
                var length = 0
                while length < 5, place + length < bytes.count, bytes[place + length] == quote {
                    length += 1
                }
                // Up to two quotes may stand before the closing three.
                if length >= 3 {
                    out += repeatElement(quote, count: length - 3)
                    place += length
                    return Word(String(decoding: out, as: UTF8.self))
                }
            } else if byte == quote {
                place += 1
                return Word(String(decoding: out, as: UTF8.self))
            } else if byte == 0x0A, !isLong {
                return nil
            }
            place += 1
            if byte != UInt8(ascii: "\\") || isLiteral {
                out.append(byte)
            } else if !escape(into: &out, isLong: isLong) {
                return nil
            }
        }
        return nil
    }

    private mutating func escape(into out: inout [UInt8], isLong: Bool) -> Bool {
        guard let byte = peek() else { return false }
        place += 1
        switch byte {
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "e"): out.append(0x1B)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(byte)
        case UInt8(ascii: "x"): return scalar(digits: 2, into: &out)
        case UInt8(ascii: "u"): return scalar(digits: 4, into: &out)
        case UInt8(ascii: "U"): return scalar(digits: 8, into: &out)
        default:
            // A backslash at the end of a line swallows the white space up to the next text.
            guard isLong, isBlank(byte) || byte == 0x0A || byte == 0x0D else { return false }
            place -= 1
            var crossesLine = false
            while let next = peek(), isBlank(next) || next == 0x0A || next == 0x0D {
                crossesLine = crossesLine || next == 0x0A
                place += 1
            }
            return crossesLine
        }
        return true
    }

    private mutating func scalar(digits: Int, into out: inout [UInt8]) -> Bool {
        guard place + digits <= bytes.count,
            let number = UInt32(
                String(decoding: bytes[place..<place + digits], as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(number)
        else { return false }
        place += digits
        out += Array(String(Character(scalar)).utf8)
        return true
    }

    /// Skips blanks and comments, and line ends where they do not matter.
    private mutating func skipBlank(acrossLines: Bool) {
        while let byte = peek() {
            if isBlank(byte) || (acrossLines && (byte == 0x0A || byte == 0x0D)) {
                place += 1
            } else if byte == UInt8(ascii: "#"), acrossLines {
                while let next = peek(), next != 0x0A { place += 1 }
            } else {
                return
            }
        }
    }

    /// Whether nothing but blanks and a comment follow on this line.
    private mutating func endOfLine() -> Bool {
        skipBlank(acrossLines: false)
        guard let byte = peek() else { return true }
        return byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "#")
    }

    private func peek() -> UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlank(acrossLines: false)
        guard peek() == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private func word(from start: Int) -> Word {
        Word(String(decoding: bytes[start..<place], as: UTF8.self))
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private func ends(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "#")
    }

    private func isBareKey(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
