// One pass over a part of the bytes, shared by the syntaxes that are read here: where we are, what
// comes next, and strings in quotes with JSON's escapes.

internal import GateCore

/// A place in a text and what comes after it.
struct Scanner {
    /// The text.
    let text: SourceText
    /// Offset of the next byte.
    var offset: Int
    /// Where the part ends.
    let end: Int

    /// Starts at the beginning of a part.
    init(_ text: SourceText, _ range: Range<Int>) {
        self.text = text
        offset = range.lowerBound
        end = range.upperBound
    }

    /// The next byte; nil at the end.
    var peek: UInt8? { offset < end ? text.bytes[offset] : nil }

    /// The byte after the next one.
    var peekSecond: UInt8? { offset + 1 < end ? text.bytes[offset + 1] : nil }

    /// Where we are, for messages.
    var place: Place { text.place(offset) }

    /// An error where we are.
    func error(_ message: String) -> LockfileError { LockfileError(message, at: place) }

    /// Goes past a byte, if it is the next one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        offset += 1
        return true
    }

    /// Goes past a byte that has to be there.
    mutating func expect(_ character: Unicode.Scalar) throws(LockfileError) {
        guard take(UInt8(ascii: character)) else { throw error("expected \"\(character)\"") }
    }

    /// Goes past spaces.
    mutating func skipSpaces() { while peek == 0x20 { offset += 1 } }

    /// Goes past bytes of a kind and gives them as a text.
    mutating func take(while isPart: (UInt8) -> Bool) -> String {
        let start = offset
        while let byte = peek, isPart(byte) { offset += 1 }
        return text.text(start..<offset)
    }

    /// A string between double quotes on one line, with the escapes of JSON, TOML and YAML that
    /// writers use.
    mutating func doubleQuoted() throws(LockfileError) -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            case 0x0A, 0x0D: throw error("a string ends at the end of its line")
            default:
                bytes.append(byte)
                offset += 1
            }
        }
        throw error("a string without an end")
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(LockfileError) {
        let start = offset
        offset += 1
        guard let kind = peek else { throw error("a string without an end") }
        offset += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(kind)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "e"): bytes.append(0x1B)
        // A space that does not break, as js-yaml writes it (YAML 1.2.2, section 5.7).
        case UInt8(ascii: "_"): bytes += [0xC2, 0xA0]
        case UInt8(ascii: "x"): try scalar(digits: 2, from: start, into: &bytes)
        case UInt8(ascii: "u"): try scalar(digits: 4, from: start, into: &bytes)
        case UInt8(ascii: "U"): try scalar(digits: 8, from: start, into: &bytes)
        default: throw LockfileError("unknown escape in a string", at: text.place(start))
        }
    }

    private mutating func scalar(
        digits: Int, from start: Int, into bytes: inout [UInt8]
    ) throws(LockfileError) {
        var code: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = peek.flatMap(hexadecimalValue) else {
                throw error("expected \(digits) hexadecimal digits")
            }
            code = code << 4 | UInt32(digit)
            offset += 1
        }
        // A pair of surrogates, as JSON writes what is above U+FFFF.
        if code >> 10 == 0x36, digits == 4, peek == UInt8(ascii: "\\"),
            peekSecond == UInt8(ascii: "u")
        {
            offset += 2
            var low: UInt32 = 0
            for _ in 0..<4 {
                guard let digit = peek.flatMap(hexadecimalValue) else {
                    throw error("expected 4 hexadecimal digits")
                }
                low = low << 4 | UInt32(digit)
                offset += 1
            }
            guard low >> 10 == 0x37 else {
                throw LockfileError("half of a surrogate pair", at: text.place(start))
            }
            code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(code), let encoded = UTF8.encode(scalar) else {
            throw LockfileError("an escape that is no character", at: text.place(start))
        }
        bytes.append(contentsOf: encoded)
    }

    /// A string between single quotes on one line; YAML writes a quote inside as two, TOML has none.
    mutating func singleQuoted(doubling: Bool) throws(LockfileError) -> String {
        try expect("'")
        var bytes: [UInt8] = []
        while let byte = peek {
            offset += 1
            if byte == UInt8(ascii: "'") {
                guard doubling, peek == UInt8(ascii: "'") else {
                    return String(decoding: bytes, as: UTF8.self)
                }
                offset += 1
            } else if byte == 0x0A || byte == 0x0D {
                throw LockfileError(
                    "a string ends at the end of its line", at: text.place(offset - 1))
            }
            bytes.append(byte)
        }
        throw error("a string without an end")
    }
}
