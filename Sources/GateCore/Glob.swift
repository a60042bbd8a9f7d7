// Patterns of policies: `*` is any run of characters, `?` is one, and nothing else is special.
// A pattern is held against a whole text, byte for byte. There is one point to go back to, so the
// time is at most pattern times text and no pattern of a policy can hang a shim.

/// A pattern.
public struct Glob: Sendable, Equatable {
    /// The pattern's bytes as written: a part of its file, because a policy can have very many.
    public let pattern: ArraySlice<UInt8>

    /// Takes the pattern as it stands.
    public init(_ pattern: String) { self.pattern = [UInt8](pattern.utf8)[...] }

    /// Takes the bytes of a pattern as they stand.
    public init(pattern: ArraySlice<UInt8>) { self.pattern = pattern }

    /// The pattern as written.
    public var text: String { String(decoding: pattern, as: UTF8.self) }

    /// Whether the pattern covers the whole text.
    public func matches(_ text: String) -> Bool { matches([UInt8](text.utf8)) }

    /// Whether the pattern covers the whole text, given as UTF-8.
    public func matches(_ text: [UInt8]) -> Bool {
        let pattern = pattern.span
        return Glob.covers(pattern, 0, pattern.count, text.span)
    }

    /// Whether the pattern between two places covers the whole text.
    static func covers(
        _ pattern: Span<UInt8>, _ start: Int, _ end: Int, _ text: Span<UInt8>
    ) -> Bool {
        var place = start
        var read = 0
        var star = -1
        var resume = 0
        while read < text.count {
            if place < end, pattern[place] == UInt8(ascii: "*") {
                star = place
                resume = read
                place += 1
            } else if place < end, pattern[place] == UInt8(ascii: "?") {
                place += 1
                read = Glob.afterCharacter(text, read)
            } else if place < end, pattern[place] == text[read] {
                place += 1
                read += 1
            } else if star >= 0 {
                // The last `*` takes one byte more; earlier ones never need to be tried again.
                resume += 1
                read = resume
                place = star + 1
            } else {
                return false
            }
        }
        while place < end, pattern[place] == UInt8(ascii: "*") { place += 1 }
        return place == end
    }

    /// The index after the UTF-8 character that starts at `index`.
    private static func afterCharacter(_ text: Span<UInt8>, _ index: Int) -> Int {
        var next = index + 1
        while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }
}
