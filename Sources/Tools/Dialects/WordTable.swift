// A table of names as text: `name=payload` entries between blanks. Building one copies a few
// kilobytes and nothing else, so a table of hundreds of names costs start-up next to nothing; a
// search is one pass over the bytes. Names and payloads hold no blank, and names no `=`.

public import GateCore

/// Names with payloads, searched by byte.
public struct WordTable: Sendable {
    /// One entry.
    public struct Entry: Sendable, Equatable {
        public let name: Word
        public let payload: Word
    }

    private let bytes: [UInt8]

    /// Keeps the text; nothing is split before it is searched.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The payload of exactly this name, or nil where the table has none.
    public func payload(of name: Word) -> Word? { payloads(of: name, atMost: 1).first }

    /// Every payload of exactly this name, in the table's order.
    public func payloads(of name: Word, atMost limit: Int = .max) -> [Word] {
        var found: [Word] = []
        var place = 0
        let query = name.text.utf8.span
        while let entry = next(from: &place, startingWith: query) {
            guard entry.name.count == query.count else { continue }
            found.append(word(entry.payload))
            if found.count == limit { break }
        }
        return found
    }

    /// Every entry whose name starts with `prefix`, in the table's order.
    public func entries(startingWith prefix: Word) -> [Entry] {
        var found: [Entry] = []
        var place = 0
        while let entry = next(from: &place, startingWith: prefix.text.utf8.span) {
            found.append(Entry(name: word(entry.name), payload: word(entry.payload)))
        }
        return found
    }

    /// The places of the next entry at or after `place` whose name starts with `prefix`.
    private func next(
        from place: inout Int, startingWith prefix: Span<UInt8>
    ) -> (name: Range<Int>, payload: Range<Int>)? {
        let bytes = bytes.span
        while place < bytes.count {
            if bytes[place] <= 0x20 {
                place += 1
                continue
            }
            let start = place
            var offset = 0
            while offset < prefix.count, start + offset < bytes.count,
                bytes[start + offset] == prefix[offset]
            {
                offset += 1
            }
            place = start + offset
            guard offset == prefix.count else {
                // Not this one: on to the blank that ends it.
                while place < bytes.count, bytes[place] > 0x20 { place += 1 }
                continue
            }
            while place < bytes.count, bytes[place] != UInt8(ascii: "=") { place += 1 }
            let name = start..<place
            place = min(place + 1, bytes.count)
            let payload = place
            while place < bytes.count, bytes[place] > 0x20 { place += 1 }
            return (name, payload..<place)
        }
        return nil
    }

    private func word(_ range: Range<Int>) -> Word {
        Word(String(decoding: bytes[range], as: UTF8.self))
    }
}
