// A table of names as text: `name=payload` entries between blanks, in byte order of their names.
// Building one copies a few kilobytes and nothing else, so a table of hundreds of names costs
// start-up next to nothing; a search halves the text until it stands before the first entry that
// fits. Names and payloads hold no blank, and names no `=`; a test holds every table to its order.

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
        let query = name.text.utf8.span
        var place = start(of: query)
        while found.count < limit, let entry = entry(at: place, startingWith: query) {
            guard entry.name.count == query.count else { break }
            found.append(word(entry.payload))
            place = entry.payload.upperBound
        }
        return found
    }

    /// Every entry whose name starts with `prefix`, in byte order.
    public func entries(startingWith prefix: Word) -> [Entry] {
        var found: [Entry] = []
        let query = prefix.text.utf8.span
        var place = start(of: query)
        while let entry = entry(at: place, startingWith: query) {
            found.append(Entry(name: word(entry.name), payload: word(entry.payload)))
            place = entry.payload.upperBound
        }
        return found
    }

    /// Every entry, in the table's order.
    public var entries: [Entry] { entries(startingWith: "") }

    /// Where the first entry begins whose name is not before `query`.
    private func start(of query: Span<UInt8>) -> Int {
        let bytes = bytes.span
        var low = 0
        var high = bytes.count
        while low < high {
            // The entry around the middle; `low` and `high` stand between entries.
            var start = low + (high - low) / 2
            while start > low, bytes[start - 1] > 0x20 { start -= 1 }
            while start < high, bytes[start] <= 0x20 { start += 1 }
            if start == high {
                high = low + (high - low) / 2
                continue
            }
            if isEntry(at: start, before: query) {
                while start < high, bytes[start] > 0x20 { start += 1 }
                low = start
            } else {
                high = start
            }
        }
        return low
    }

    /// Whether the name at `start` comes before `query` in byte order.
    private func isEntry(at start: Int, before query: Span<UInt8>) -> Bool {
        let bytes = bytes.span
        var place = start
        for index in 0..<query.count {
            guard place < bytes.count, bytes[place] != UInt8(ascii: "="), bytes[place] > 0x20
            else { return true }
            if bytes[place] != query[index] { return bytes[place] < query[index] }
            place += 1
        }
        return false
    }

    /// The places of the entry at or after `place`, where its name starts with `prefix`.
    private func entry(
        at place: Int, startingWith prefix: Span<UInt8>
    ) -> (name: Range<Int>, payload: Range<Int>)? {
        let bytes = bytes.span
        var start = place
        while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
        var end = start
        for index in 0..<prefix.count {
            guard end < bytes.count, bytes[end] == prefix[index] else { return nil }
            end += 1
        }
        while end < bytes.count, bytes[end] != UInt8(ascii: "=") { end += 1 }
        guard end < bytes.count else { return nil }
        let payload = end + 1
        var stop = payload
        while stop < bytes.count, bytes[stop] > 0x20 { stop += 1 }
        return (start..<end, payload..<stop)
    }

    private func word(_ range: Range<Int>) -> Word {
        Word(String(decoding: bytes[range], as: UTF8.self))
    }
}
