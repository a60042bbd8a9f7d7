// Strict JSON (RFC 8259): what a careful parser reads and nothing more. Duplicate keys, comments,
// trailing commas, NaN, a byte order mark, lone surrogates and deep nesting are errors with a
// place. Numbers keep their text, because nothing here needs arithmetic on fractions.
//
// It is ours because the shim path links no Foundation, and because every value needs its place.

/// A JSON value and where it starts: a place on the tape of its document, so that reading a document
/// allocates two arrays and not one for each value.
public struct JSON: Sendable {
    private let tape: JSONTape
    private let index: Int

    /// What the value is.
    public enum Value: Sendable {
        /// `null`
        case null
        /// `true` or `false`
        case bool(Bool)
        /// The number's own text.
        case number(String)
        /// A string, escapes resolved.
        case string(String)
        /// The elements in the document's order.
        case array([JSON])
        /// The members in the document's order, no two of the same name.
        case object([Member])
    }

    /// A name and a value of an object, in the document's order.
    public struct Member: Sendable {
        fileprivate let tape: JSONTape
        /// The name's place on the tape, right before the value.
        fileprivate let index: Int

        /// What stands after the colon.
        public var value: JSON { JSON(tape, index + 1) }

        /// The name, escapes resolved.
        public var name: String { tape.text(of: index) }

        /// Byte offset of the name's opening quote.
        public var offset: Int { Int(tape.nodes[index].offset) }

        /// Whether this is the name, byte for byte; makes no `String` of it.
        public func isNamed(_ name: String) -> Bool { tape.isText(name, at: index) }
    }

    /// The value at a place of a tape.
    init(_ tape: JSONTape, _ index: Int) {
        self.tape = tape
        self.index = index
    }

    /// Byte offset of the value's first byte.
    public var offset: Int { Int(tape.nodes[index].offset) }

    /// Byte offsets at which the lines of the whole document start; the first is 0.
    public var lines: [Int] { tape.lines }
}

/// Why a text is not strict JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What does not fit.
    public enum Kind: Equatable, Sendable {
        /// `message` says what each of them means.
        case byteOrderMark, endBeforeValue, value, name, colon, commaOrBrace, commaOrBracket
        case textAfterEnd, size, depth(Int), openString, controlCharacter, encoding, escape,
            hexadecimal
        case surrogate, digit, leadingZero
        /// The name that an object has twice, as it is read.
        case duplicate(String)
    }

    /// The first byte that does not fit.
    public let offset: Int
    /// What does not fit there.
    public let kind: Kind

    /// An error at a byte of the document.
    public init(offset: Int, kind: Kind) {
        self.offset = offset
        self.kind = kind
    }

    /// One clause without a full stop; may hold text of the document, so escape it when shown.
    public var message: String {
        switch kind {
        case .byteOrderMark: "byte order mark before the document"
        case .endBeforeValue: "the document ends where a value should be"
        case .value: "expected a value"
        case .name: "expected a name in quotes"
        case .colon: "expected \":\" after a name"
        case .commaOrBrace: "expected \",\" or \"}\""
        case .commaOrBracket: "expected \",\" or \"]\""
        case .textAfterEnd: "text after the end of the document"
        case .size: "larger than 4 GiB"
        case .depth(let deepest): "nested deeper than \(deepest)"
        case .openString: "string without an end"
        case .controlCharacter: "control character in a string"
        case .encoding: "string is not valid UTF-8"
        case .escape: "unknown escape in a string"
        case .hexadecimal: "expected four hexadecimal digits after \\u"
        case .surrogate: "half of a surrogate pair"
        case .digit: "expected a digit"
        case .leadingZero: "number with a leading zero"
        case .duplicate(let name): "duplicate key \"\(name)\""
        }
    }
}

extension JSON {
    /// Reads one document.
    ///
    /// - Parameters:
    ///   - bytes: the whole document, UTF-8.
    ///   - deepest: the greatest nesting of arrays and objects that is accepted.
    /// - Throws: `JSONError` at the first byte that does not fit.
    public static func parse(_ bytes: [UInt8], deepest: Int = 32) throws(JSONError) -> JSON {
        var reader = JSONReader(bytes: bytes, deepest: deepest)
        return JSON(try reader.document(), 0)
    }

    /// Reads a document for messages about it: names that an object has twice are errors as in `parse`,
    /// and the reading goes on behind them.
    ///
    /// - Returns: the document where only names are wrong, in which the first of equal names counts;
    ///   and every error, in the order of the document.
    public static func examine(
        _ bytes: [UInt8], deepest: Int = 32
    ) -> (document: JSON?, errors: [JSONError]) {
        var reader = JSONReader(bytes: bytes, deepest: deepest, keepsDuplicates: true)
        do {
            let document = JSON(try reader.document(), 0)
            return (document, reader.duplicates)
        } catch {
            return (nil, reader.duplicates + [error])
        }
    }

    /// What it is, with everything inside it.
    public var value: Value {
        switch tape.nodes[index].kind {
        case .null: .null
        case .isFalse: .bool(false)
        case .isTrue: .bool(true)
        case .number: .number(tape.text(of: index))
        case .string: .string(tape.text(of: index))
        case .array: .array(array ?? [])
        case .object: .object(object ?? [])
        }
    }

    /// The member of that name, where this is an object that has one.
    public subscript(name: String) -> JSON? {
        for member in members where member.isNamed(name) { return member.value }
        return nil
    }

    /// The string, where this is one.
    public var string: String? { isString ? tape.text(of: index) : nil }

    /// The bytes of the string, where this is one; a part of the document where it has no escapes.
    public var stringBytes: ArraySlice<UInt8>? { isString ? tape.bytes(of: index) : nil }

    /// Whether this is a string of printable ASCII without escapes and not empty, or a list of such
    /// strings and nothing else. Most lists are, and then they are looked through without a value for
    /// each string.
    public var isPlainText: Bool { tape.plainTexts(of: index) { _, _ in } }

    /// Tells where in the document each of these strings begins and ends; nothing but a part of them
    /// where `isPlainText` is false.
    public func eachPlainText(_ body: (_ start: Int, _ end: Int) -> Void) {
        _ = tape.plainTexts(of: index, body)
    }

    /// The bytes of the whole document.
    public var document: [UInt8] { tape.bytes }

    /// Whether this is a string.
    public var isString: Bool { tape.nodes[index].kind == .string }

    /// Whether this is a string of these bytes; makes no `String` of it.
    public func isText(_ text: String) -> Bool { isString && tape.isText(text, at: index) }

    /// Which word of a list separated by single spaces this string is, from 0; nil where it is none of
    /// them. Neither the list is cut up for it nor the string taken out, because every run asks.
    public func wordNumber(in list: String) -> Int? {
        isString ? tape.wordNumber(of: index, in: list) : nil
    }

    /// Whether this is an array.
    public var isArray: Bool { tape.nodes[index].kind == .array }

    /// Whether this is an object.
    public var isObject: Bool { tape.nodes[index].kind == .object }

    /// Whether there is nothing inside; so of every value that is no array and no object.
    public var isEmpty: Bool { tape.nodes[index].next(after: index) == index + 1 }

    /// How many elements an array has; 0 for every other value.
    public var count: Int { isArray ? tape.count(of: index) : 0 }

    /// The elements in the document's order; none where this is not an array.
    public var elements: Elements { Elements(tape, isArray ? index : nil) }

    /// The members in the document's order; none where this is not an object.
    public var members: Members { Members(tape, isObject ? index : nil) }

    /// The elements, where this is an array.
    public var array: [JSON]? { isArray ? Array(elements) : nil }

    /// The members, where this is an object.
    public var object: [Member]? { isObject ? Array(members) : nil }

    /// The truth value, where this is one.
    public var bool: Bool? {
        switch tape.nodes[index].kind {
        case .isTrue: true
        case .isFalse: false
        case .null, .number, .string, .array, .object: nil
        }
    }

    /// The number, where this is one without fraction or exponent that fits.
    public var integer: Int? {
        tape.nodes[index].kind == .number ? Int(tape.text(of: index)) : nil
    }
}

extension JSON {
    /// The elements of an array, one at a time.
    public struct Elements: Sequence, IteratorProtocol, Sendable {
        private let tape: JSONTape
        private var place: Int
        private let end: Int

        fileprivate init(_ tape: JSONTape, _ index: Int?) {
            self.tape = tape
            place = index.map { $0 + 1 } ?? 0
            end = index.map { tape.nodes[$0].next(after: $0) } ?? 0
        }

        /// The element that follows.
        public mutating func next() -> JSON? {
            guard place < end else { return nil }
            defer { place = tape.nodes[place].next(after: place) }
            return JSON(tape, place)
        }
    }

    /// The members of an object, one at a time.
    public struct Members: Sequence, IteratorProtocol, Sendable {
        private let tape: JSONTape
        private var place: Int
        private let end: Int

        fileprivate init(_ tape: JSONTape, _ index: Int?) {
            self.tape = tape
            place = index.map { $0 + 1 } ?? 0
            end = index.map { tape.nodes[$0].next(after: $0) } ?? 0
        }

        /// The member that follows.
        public mutating func next() -> Member? {
            guard place < end else { return nil }
            let member = Member(tape: tape, index: place)
            place = tape.nodes[place + 1].next(after: place + 1)
            return member
        }
    }
}

/// Whether two texts have the same bytes. `String ==` is canonical equivalence, which takes the
/// Kelvin sign for a K; and this stands on the path of every run, so it goes over storage directly.
public func sameBytes(_ left: String, _ right: String) -> Bool {
    let left = left.utf8.span
    let right = right.utf8.span
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
}
