// The parser behind `JSON.parse`: one pass over the bytes, no look-behind, one error. It stands on
// the path of every run, so loops are plain, names are compared only where their lengths agree, and
// an object with many members keeps a set of them, or a stranger's file could take minutes.

/// Reads one document; use it once.
struct JSONReader {
    private let bytes: [UInt8]
    private let deepest: Int
    private var place = 0
    private var depth = 0

    /// Members of an object from which on a set is faster than looking through them.
    private static let many = 24

    /// Starts before the first byte; `deepest` is the greatest nesting that is accepted.
    init(bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    /// The document, which has to be all there is.
    mutating func document() throws(JSONError) -> JSON {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw JSONError(offset: 0, kind: .byteOrderMark)
        }
        skipSpace()
        let value = try self.value()
        skipSpace()
        guard place == bytes.count else {
            throw fail(.textAfterEnd)
        }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        let start = place
        guard let first = peek else { throw fail(.endBeforeValue) }
        switch first {
        case UInt8(ascii: "{"): return JSON(.object(try object()), at: start)
        case UInt8(ascii: "["): return JSON(.array(try array()), at: start)
        case UInt8(ascii: "\""): return JSON(.string(try string()), at: start)
        case UInt8(ascii: "t"): return JSON(try literal("true", .bool(true)), at: start)
        case UInt8(ascii: "f"): return JSON(try literal("false", .bool(false)), at: start)
        case UInt8(ascii: "n"): return JSON(try literal("null", .null), at: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSON(.number(try number()), at: start)
        default: throw fail(.value)
        }
    }

    private mutating func object() throws(JSONError) -> [JSON.Member] {
        try descend()
        var members: [JSON.Member] = []
        members.reserveCapacity(6)
        var names: Set<[UInt8]> = []
        skipSpace()
        if take(UInt8(ascii: "}")) {
            depth -= 1
            return members
        }
        while true {
            skipSpace()
            let start = place
            guard peek == UInt8(ascii: "\"") else { throw fail(.name) }
            let name = try string()
            if JSONReader.has(name, members, &names) {
                throw JSONError(offset: start, kind: .duplicate(name))
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fail(.colon) }
            skipSpace()
            members.append(.init(name: name, offset: start, value: try value()))
            skipSpace()
            if take(UInt8(ascii: "}")) {
                depth -= 1
                return members
            }
            guard take(UInt8(ascii: ",")) else { throw fail(.commaOrBrace) }
        }
    }

    /// Whether the object has the name already. Bytes are compared, because `String ==` would take
    /// two ways to write an accented letter for one name.
    private static func has(
        _ name: String, _ members: [JSON.Member], _ names: inout Set<[UInt8]>
    ) -> Bool {
        if members.count < many {
            let length = name.utf8.count
            for index in members.indices where members[index].name.utf8.count == length {
                if sameBytes(members[index].name, name) { return true }
            }
            return false
        }
        if members.count == many {
            for member in members { names.insert([UInt8](member.name.utf8)) }
        }
        return !names.insert([UInt8](name.utf8)).inserted
    }

    private mutating func array() throws(JSONError) -> [JSON] {
        try descend()
        var elements: [JSON] = []
        skipSpace()
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return elements
        }
        while true {
            skipSpace()
            elements.append(try value())
            skipSpace()
            if take(UInt8(ascii: "]")) {
                depth -= 1
                return elements
            }
            guard take(UInt8(ascii: ",")) else { throw fail(.commaOrBracket) }
        }
    }

    private mutating func string() throws(JSONError) -> String {
        let opening = place
        place += 1
        let start = place
        var isASCII = true
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20
        {
            if byte >= 0x80 { isASCII = false }
            place += 1
        }
        // The common case: no escape, so one copy of the slice, and nothing to validate.
        if peek == UInt8(ascii: "\"") {
            let slice = bytes[start..<place]
            let text =
                isASCII ? String(decoding: slice, as: UTF8.self) : try decode(slice, from: start)
            place += 1
            return text
        }
        var decoded = Array(bytes[start..<place])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                let text = try decode(decoded[...], from: start)
                place += 1
                return text
            case UInt8(ascii: "\\"): try escape(into: &decoded)
            case 0..<0x20: throw fail(.controlCharacter)
            default:
                decoded.append(byte)
                place += 1
            }
        }
        throw JSONError(offset: opening, kind: .openString)
    }

    private func decode(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw JSONError(offset: start, kind: .encoding)
        }
        return text
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(JSONError) {
        let start = place
        place += 1
        guard let byte = peek else { throw fail(.openString) }
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                    throw JSONError(offset: start, kind: .surrogate)
                }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else {
                    throw JSONError(offset: start, kind: .surrogate)
                }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                throw JSONError(offset: start, kind: .surrogate)
            }
            decoded.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: throw JSONError(offset: start, kind: .escape)
        }
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            switch peek {
            case let digit? where digit >= 0x30 && digit <= 0x39:
                code = code << 4 | UInt32(digit - 0x30)
            case let digit? where digit | 0x20 >= 0x61 && digit | 0x20 <= 0x66:
                code = code << 4 | UInt32((digit | 0x20) - 0x57)
            default: throw fail(.hexadecimal)
            }
            place += 1
        }
        return code
    }

    private mutating func number() throws(JSONError) -> String {
        let start = place
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        if let byte = peek, byte >= 0x30 && byte <= 0x39 {
            throw fail(.leadingZero)
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        guard let byte = peek, byte >= 0x30 && byte <= 0x39 else { throw fail(.digit) }
        while let byte = peek, byte >= 0x30 && byte <= 0x39 { place += 1 }
    }

    private mutating func literal(
        _ text: String, _ value: JSON.Value
    ) throws(JSONError) -> JSON.Value {
        let start = place
        for byte in text.utf8 where !take(byte) {
            throw JSONError(offset: start, kind: .value)
        }
        return value
    }

    private mutating func descend() throws(JSONError) {
        depth += 1
        if depth > deepest { throw fail(.depth(deepest)) }
        place += 1
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            place += 1
        }
    }

    private func fail(_ kind: JSONError.Kind) -> JSONError {
        JSONError(offset: place, kind: kind)
    }
}
