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
        let end = Int(nodes[index].next)
        var count = 0
        var place = index + 1
        while place < end {
            count += 1
            place = Int(nodes[place].next)
        }
        return count
    }

    /// The bytes of a string, escapes resolved.
    func bytes(of index: Int) -> ArraySlice<UInt8> {
        let node = nodes[index]
        return node.hasEscapes ? decoded[node.decoded][...] : bytes[node.text]
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
    /// Offset of the first byte.
    let offset: UInt32
    /// Offset behind the last byte.
    var end: UInt32 = 0
    /// Index of the first node that is not part of this one.
    var next: UInt32 = 0
    /// Index of the resolved text plus one; 0 where the bytes are the text.
    var resolved: UInt32 = 0

    /// Starts at a byte.
    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = UInt32(truncatingIfNeeded: offset)
    }

    /// Whether the text is not what stands in the document.
    var hasEscapes: Bool { resolved != 0 }

    /// Where the resolved text is.
    var decoded: Int { Int(resolved) - 1 }

    /// The bytes of a string without its quotes, or of a number.
    var text: Range<Int> {
        kind == .string ? Int(offset) + 1..<Int(end) - 1 : Int(offset)..<Int(end)
    }
}
