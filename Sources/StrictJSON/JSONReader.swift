// The parser behind `JSON.parse`: one pass over the bytes, no look-behind, one error. It stands on
// the path of every run, so loops are plain, names are compared only where their lengths agree, and
// an object with many members keeps a set of them, or a stranger's file could take minutes.

/// Reads one document; use it once.
struct JSONReader {
    private let bytes: [UInt8]
    private let deepest: Int
    private var place = 0
    private var depth = 0
    private var nodes: [JSONNode] = []
    private var lines = [0]
    private var decoded: [[UInt8]] = []
    /// Names that an object has twice, where they do not end the reading.
    private(set) var duplicates: [JSONError] = []
    private let keepsDuplicates: Bool

    /// Members of an object from which on a set is faster than looking through them.
    private static let many = 24

    /// Starts before the first byte; `deepest` is the greatest nesting that is accepted.
    init(bytes: [UInt8], deepest: Int, keepsDuplicates: Bool = false) {
        self.bytes = bytes
        self.deepest = deepest
        self.keepsDuplicates = keepsDuplicates
        // Documents written by people have about one value or name in so many bytes.
        nodes.reserveCapacity(bytes.count / 8 + 4)
    }

    /// The document, which has to be all there is.
    mutating func document() throws(JSONError) -> JSONTape {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw JSONError(offset: 0, kind: .byteOrderMark)
        }
        // Places are kept in 32 bits; nothing that is read here is near that size.
        guard bytes.count < Int(UInt32.max) else { throw JSONError(offset: 0, kind: .size) }
        skipSpace()
        try value()
        skipSpace()
        guard place == bytes.count else {
            throw fail(.textAfterEnd)
        }
        return JSONTape(bytes: bytes, nodes: nodes, lines: lines, decoded: decoded)
    }

    private mutating func value() throws(JSONError) {
        guard let first = peek else { throw fail(.endBeforeValue) }
        switch first {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true", .isTrue)
        case UInt8(ascii: "f"): try literal("false", .isFalse)
        case UInt8(ascii: "n"): try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw fail(.value)
        }
    }

    private mutating func open(_ kind: JSONNode.Kind) -> Int { open(kind, at: place) }

    private mutating func open(_ kind: JSONNode.Kind, at start: Int) -> Int {
        nodes.append(JSONNode(kind, at: start))
        return nodes.count - 1
    }

    /// The value ends here, and so do all inside it.
    private mutating func close(_ index: Int) {
        nodes[index].end = UInt32(truncatingIfNeeded: place)
        if nodes[index].isContainer { nodes[index].link = UInt32(truncatingIfNeeded: nodes.count) }
    }

    private mutating func object() throws(JSONError) {
        let index = open(.object)
        try descend()
        var names = Names(first: index + 1)
        skipSpace()
        if take(UInt8(ascii: "}")) { return ascend(index) }
        while true {
            skipSpace()
            let start = place
            guard peek == UInt8(ascii: "\"") else { throw fail(.name) }
            let name = nodes.count
            try string()
            if hasSeen(name, &names) {
                let text = String(decoding: textBytes(of: nodes[name]), as: UTF8.self)
                let error = JSONError(offset: start, kind: .duplicate(text))
                guard keepsDuplicates else { throw error }
                duplicates.append(error)
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw fail(.colon) }
            skipSpace()
            try value()
            skipSpace()
            if take(UInt8(ascii: "}")) { return ascend(index) }
            guard take(UInt8(ascii: ",")) else { throw fail(.commaOrBrace) }
        }
    }

    /// The names of an object that were read so far.
    private struct Names {
        let first: Int
        var count = 0
        var set: Set<[UInt8]> = []

        init(first: Int) { self.first = first }
    }

    /// Whether the object has the name already; remembers it. Bytes are compared, because
    /// `String ==` would take two ways to write an accented letter for one name.
    private func hasSeen(_ name: Int, _ names: inout Names) -> Bool {
        names.count += 1
        if names.count <= JSONReader.many {
            var other = names.first
            while other < name {
                if isSameText(nodes[other], nodes[name]) { return true }
                other = nodes[other + 1].next(after: other + 1)
            }
            return false
        }
        if names.set.isEmpty {
            var other = names.first
            while other < name {
                names.set.insert([UInt8](textBytes(of: nodes[other])))
                other = nodes[other + 1].next(after: other + 1)
            }
        }
        return !names.set.insert([UInt8](textBytes(of: nodes[name]))).inserted
    }

    private func isSameText(_ left: JSONNode, _ right: JSONNode) -> Bool {
        if left.hasEscapes || right.hasEscapes {
            return textBytes(of: left).elementsEqual(textBytes(of: right))
        }
        guard left.end - left.offset == right.end - right.offset else { return false }
        var (here, there) = (Int(left.offset) + 1, Int(right.offset) + 1)
        let end = Int(left.end)
        while here < end {
            if bytes[here] != bytes[there] { return false }
            here += 1
            there += 1
        }
        return true
    }

    private func textBytes(of node: JSONNode) -> ArraySlice<UInt8> {
        node.hasEscapes ? decoded[node.decoded][...] : bytes[node.text]
    }

    private mutating func array() throws(JSONError) {
        let index = open(.array)
        try descend()
        skipSpace()
        if take(UInt8(ascii: "]")) { return ascend(index) }
        while true {
            skipSpace()
            try value()
            skipSpace()
            if take(UInt8(ascii: "]")) { return ascend(index) }
            guard take(UInt8(ascii: ",")) else { throw fail(.commaOrBracket) }
        }
    }

    private mutating func string() throws(JSONError) {
        let opening = place
        let start = opening + 1
        let (end, isPlain) = plainText(from: start)
        place = end
        // The common case: no escape, so nothing to copy, and mostly nothing to validate.
        if peek == UInt8(ascii: "\"") {
            if !isPlain { try validate(bytes[start..<end], from: start) }
            place += 1
            nodes.append(
                JSONNode(
                    stringAt: opening, end: place, isPlain: isPlain))
            return
        }
        let index = open(.string, at: opening)
        var resolved = Array(bytes[start..<end])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                try validate(resolved[...], from: start)
                place += 1
                decoded.append(resolved)
                nodes[index].link = UInt32(truncatingIfNeeded: decoded.count)
                return close(index)
            case UInt8(ascii: "\\"): try escape(into: &resolved)
            case 0..<0x20: throw fail(.controlCharacter)
            default:
                resolved.append(byte)
                place += 1
            }
        }
        throw JSONError(offset: opening, kind: .openString)
    }

    /// Where a text without escapes ends, and whether it has printable letters of ASCII only.
    private func plainText(from start: Int) -> (end: Int, isPlain: Bool) {
        let text = bytes.span
        var end = start
        var isPlain = true
        while end < text.count {
            let byte = text[end]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            // One comparison tells printable ASCII, 0x20 to 0x7E, from all else.
            if byte &- 0x20 > 0x5E {
                if byte < 0x20 { break }
                isPlain = false
            }
            end += 1
        }
        return (end, isPlain)
    }

    private func validate(_ slice: ArraySlice<UInt8>, from start: Int) throws(JSONError) {
        if String(validating: slice, as: UTF8.self) == nil {
            throw JSONError(offset: start, kind: .encoding)
        }
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

    private mutating func number() throws(JSONError) {
        let index = open(.number)
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
        close(index)
    }

    private mutating func digits() throws(JSONError) {
        guard let byte = peek, byte >= 0x30 && byte <= 0x39 else { throw fail(.digit) }
        while let byte = peek, byte >= 0x30 && byte <= 0x39 { place += 1 }
    }

    private mutating func literal(_ text: String, _ kind: JSONNode.Kind) throws(JSONError) {
        let index = open(kind)
        let start = place
        for byte in text.utf8 where !take(byte) {
            throw JSONError(offset: start, kind: .value)
        }
        close(index)
    }

    private mutating func descend() throws(JSONError) {
        depth += 1
        if depth > deepest { throw fail(.depth(deepest)) }
        place += 1
    }

    private mutating func ascend(_ index: Int) {
        depth -= 1
        close(index)
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
            if byte == 0x0A { lines.append(place) }
        }
    }

    private func fail(_ kind: JSONError.Kind) -> JSONError {
        JSONError(offset: place, kind: kind)
    }
}
