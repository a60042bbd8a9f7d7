// What a document was read into: its bytes, and one node for each value and each name, in the order
// of the document. A node knows where the next one outside of it stands, so a value is skipped in
// one step, and texts are made when somebody asks for them.

/// A document that was read; shared by all of its values.
final class JSONTape: Sendable {
    /// The document.
    let bytes: [UInt8]
    /// Values and names; the document itself is the first. Members are a name and then a value.
    let nodes: [JSONNode]
    /// Offsets at which lines start; strings hold no line feeds, so the reader meets all of them.
    let lines: [Int]
    /// Strings that have escapes, with the escapes resolved.
    private let decoded: [[UInt8]]

    /// A tape of a document that was found sound.
    init(bytes: [UInt8], nodes: [JSONNode], lines: [Int], decoded: [[UInt8]]) {
        self.bytes = bytes
        self.nodes = nodes
        self.lines = lines
        self.decoded = decoded
    }

    /// The text of a string, escapes resolved, or of a number.
    func text(of index: Int) -> String {
        let node = nodes[index]
        if node.hasEscapes { return String(decoding: decoded[node.decoded], as: UTF8.self) }
        return String(decoding: bytes[node.text], as: UTF8.self)
    }

    /// How many values an array holds.
    func count(of index: Int) -> Int {
        let end = nodes[index].next(after: index)
        var count = 0
        var place = index + 1
        while place < end {
            count += 1
            place = nodes[place].next(after: place)
        }
        return count
    }

    /// The bytes of a string, escapes resolved.
    func bytes(of index: Int) -> ArraySlice<UInt8> {
        let node = nodes[index]
        return node.hasEscapes ? decoded[node.decoded][...] : bytes[node.text]
    }

    /// Whether this is a plain string with something in it, or a list of such strings and nothing else;
    /// tells where each begins and ends.
    func plainTexts(of index: Int, _ body: (_ start: Int, _ end: Int) -> Void) -> Bool {
        let isList = nodes[index].kind == .array
        var place = isList ? index + 1 : index
        let end = nodes[index].next(after: index)
        while place < end {
            let node = nodes[place]
            let (first, last) = (Int(node.offset) + 1, Int(node.end) - 1)
            guard node.isPlain, first < last else { return false }
            body(first, last)
            place += 1
        }
        return true
    }

    /// Which word of a list a string is.
    func wordNumber(of index: Int, in list: String) -> Int? {
        let node = nodes[index]
        if node.hasEscapes { return JSONTape.wordNumber(decoded[node.decoded][...], in: list) }
        return JSONTape.wordNumber(bytes[node.text], in: list)
    }

    private static func wordNumber(_ wanted: ArraySlice<UInt8>, in list: String) -> Int? {
        let wanted = wanted.span
        let list = list.utf8.span
        if wanted.isEmpty { return nil }
        let first = wanted[0]
        var start = 0
        var number = 0
        while start + wanted.count <= list.count {
            let end = start + wanted.count
            if list[start] == first, end == list.count || list[end] == 0x20 {
                var place = 1
                while place < wanted.count, list[start + place] == wanted[place] { place += 1 }
                if place == wanted.count { return number }
            }
            while start < list.count, list[start] != 0x20 { start += 1 }
            start += 1
            number += 1
        }
        return nil
    }

    /// Whether a string has these bytes.
    func isText(_ text: String, at index: Int) -> Bool {
        let node = nodes[index]
        if node.hasEscapes { return decoded[node.decoded].elementsEqual(text.utf8) }
        // Lengths differ most of the time; then neither text is touched.
        guard Int(node.end - node.offset) == text.utf8.count + 2 else { return false }
        let wanted = text.utf8.span
        let start = Int(node.offset) + 1
        for place in wanted.indices where bytes[start + place] != wanted[place] { return false }
        return true
    }
}

/// One value or name. Small, because a start-up reads hundreds of them.
struct JSONNode {
    /// What it is.
    enum Kind: UInt8 {
        /// The kinds of RFC 8259, section 3.
        case null, isFalse, isTrue, number, string, array, object
    }

    /// What it is.
    let kind: Kind
    /// Whether it is a string whose bytes are printable ASCII and stand in the document as they are.
    var isPlain = false
    /// Offset of the first byte.
    let offset: UInt32
    /// Offset behind the last byte.
    var end: UInt32 = 0
    /// Of an array or object, the index of the first node behind it; of a string with escapes, the
    /// index of its resolved text plus one; else 0.
    var link: UInt32 = 0

    /// Starts at a byte.
    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = UInt32(truncatingIfNeeded: offset)
    }

    /// A string without escapes, read to its end.
    init(stringAt offset: Int, end: Int, isPlain: Bool) {
        kind = .string
        self.isPlain = isPlain
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    /// Whether there can be nodes inside it.
    var isContainer: Bool { kind == .array || kind == .object }

    /// Index of the first node behind this one, which stands at `index`.
    func next(after index: Int) -> Int { isContainer ? Int(link) : index + 1 }

    /// Whether it is a string whose text is not what stands in the document.
    var hasEscapes: Bool { kind == .string && link != 0 }

    /// Where the resolved text is.
    var decoded: Int { Int(link) - 1 }

    /// The bytes of a string without its quotes, or of a number.
    var text: Range<Int> {
        kind == .string ? Int(offset) + 1..<Int(end) - 1 : Int(offset)..<Int(end)
    }
}
