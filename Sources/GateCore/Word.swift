// A word of a command line. Every name that decides something is compared through this type,
// because `String ==` is canonical equivalence: U+212A KELVIN SIGN equals "K" there, and a real
// tool would see two different words.

/// A piece of text compared byte for byte.
public struct Word: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
    /// The same bytes as a `String`, for rendering.
    public let text: String

    /// Wraps `text` without changing a byte of it.
    public init(_ text: String) { self.text = text }

    /// Wraps the characters of a slice.
    public init(_ text: Substring) { self.text = String(text) }

    public init(stringLiteral value: String) { text = value }

    public static func == (left: Word, right: Word) -> Bool {
        // Lengths differ most of the time; then neither text is touched.
        let count = left.text.utf8.count
        guard right.text.utf8.count == count else { return false }
        let (leftBytes, rightBytes) = (left.text.utf8.span, right.text.utf8.span)
        for index in 0..<count where leftBytes[index] != rightBytes[index] { return false }
        return true
    }

    /// Byte order.
    public static func < (left: Word, right: Word) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        // Eight bytes at a time: each call costs as much as eight of them.
        var chunk: UInt64 = 0
        var count: UInt64 = 0
        for byte in text.utf8 {
            chunk = chunk << 8 | UInt64(byte)
            count += 1
            if count & 7 == 0 {
                hasher.combine(chunk)
                chunk = 0
            }
        }
        // The count tells bytes of 0 at the start of the last chunk from none.
        hasher.combine(chunk)
        hasher.combine(count)
    }
}

extension Word: CustomStringConvertible {
    public var description: String { text }
}

extension Word {
    /// Length in bytes.
    public var count: Int { text.utf8.count }

    /// Whether there is no byte at all.
    public var isEmpty: Bool { text.utf8.isEmpty }

    /// The first byte, or 0 where there is none.
    public var first: UInt8 { text.utf8.first ?? 0 }

    /// Whether every byte is below 0x80.
    public var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// Whether the word starts with these bytes.
    public func hasPrefix(_ prefix: Word) -> Bool {
        let length = prefix.text.utf8.count
        guard count >= length else { return false }
        let (bytes, wanted) = (text.utf8.span, prefix.text.utf8.span)
        for index in 0..<length where bytes[index] != wanted[index] { return false }
        return true
    }

    /// Whether the word ends with these bytes.
    public func hasSuffix(_ suffix: Word) -> Bool {
        let length = suffix.text.utf8.count
        let start = count - length
        guard start >= 0 else { return false }
        let (bytes, wanted) = (text.utf8.span, suffix.text.utf8.span)
        for index in 0..<length where bytes[start + index] != wanted[index] { return false }
        return true
    }

    /// Whether the word, read as a list of words with single spaces between, holds `word`.
    public func lists(_ word: Word) -> Bool {
        let (list, wanted) = (text.utf8.span, word.text.utf8.span)
        var start = 0
        for end in 0...list.count where end == list.count || list[end] == UInt8(ascii: " ") {
            if end - start == wanted.count, end > start {
                var place = 0
                while place < wanted.count, list[start + place] == wanted[place] { place += 1 }
                if place == wanted.count { return true }
            }
            start = end + 1
        }
        return false
    }

    /// Whether the byte occurs.
    public func contains(_ byte: UInt8) -> Bool { text.utf8.contains(byte) }

    /// The word without its first `length` bytes. A cut inside a character repairs that character,
    /// so callers cut after ASCII only.
    public func dropFirst(_ length: Int) -> Word {
        Word(String(Substring(text.utf8.dropFirst(length))))
    }

    /// The first `length` bytes; the same caution as `dropFirst`.
    public func prefix(_ length: Int) -> Word {
        Word(String(Substring(text.utf8.prefix(length))))
    }

    /// The parts before and after the first occurrence of an ASCII byte.
    public func split(at byte: UInt8) -> (head: Word, tail: Word)? {
        guard let place = text.utf8.firstIndex(of: byte) else { return nil }
        let after = text.utf8.index(after: place)
        return (Word(text[..<place]), Word(text[after...]))
    }

    /// The word with A to Z in lower case and every other byte kept.
    public var lowercasedASCII: Word {
        guard text.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for byte in text.utf8 { bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        return Word(String(decoding: bytes, as: UTF8.self))
    }
}
