// Strict JSON (RFC 8259): what a careful parser reads and nothing more. Duplicate keys, comments,
// trailing commas, NaN, a byte order mark, lone surrogates and deep nesting are errors with a
// place. Numbers keep their text, because nothing here needs arithmetic on fractions.
//
// It is ours because the shim path links no Foundation, and because every value needs its place.

/// A JSON value and where it starts.
public struct JSON: Sendable {
    /// Byte offset of the value's first byte.
    public let offset: Int
    /// What it is.
    public let value: Value

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
        /// The name, escapes resolved.
        public let name: String
        /// Byte offset of the name's opening quote.
        public let offset: Int
        /// What stands after the colon.
        public let value: JSON
    }

    /// A value that starts at a byte of the document.
    init(_ value: Value, at offset: Int) {
        self.value = value
        self.offset = offset
    }
}

/// Why a text is not strict JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What does not fit.
    public enum Kind: Equatable, Sendable {
        /// `message` says what each of them means.
        case byteOrderMark, endBeforeValue, value, name, colon, commaOrBrace, commaOrBracket
        case textAfterEnd, depth(Int), openString, controlCharacter, encoding, escape, hexadecimal
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
        return try reader.document()
    }

    /// The member of that name, where this is an object that has one.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = value else { return nil }
        let length = name.utf8.count
        for index in members.indices where members[index].name.utf8.count == length {
            if sameBytes(members[index].name, name) { return members[index].value }
        }
        return nil
    }

    /// The string, where this is one.
    public var string: String? {
        if case .string(let text) = value { return text }
        return nil
    }

    /// The elements, where this is an array.
    public var array: [JSON]? {
        if case .array(let elements) = value { return elements }
        return nil
    }

    /// The members, where this is an object.
    public var object: [Member]? {
        if case .object(let members) = value { return members }
        return nil
    }

    /// The truth value, where this is one.
    public var bool: Bool? {
        if case .bool(let flag) = value { return flag }
        return nil
    }

    /// The number, where this is one without fraction or exponent that fits.
    public var integer: Int? {
        if case .number(let text) = value { return Int(text) }
        return nil
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
