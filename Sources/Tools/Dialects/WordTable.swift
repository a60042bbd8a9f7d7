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
    public func payload(of name: Word) -> Word? {
        var found: Word?
        let query = Array(name.text.utf8)
        scan(startingWith: query) { entry, payload in
            guard entry.count == query.count else { return true }
            found = word(payload)
            return false
        }
        return found
    }

    /// Every entry whose name starts with `prefix`, in the table's order.
    public func entries(startingWith prefix: Word) -> [Entry] {
        var found: [Entry] = []
        scan(startingWith: Array(prefix.text.utf8)) { entry, payload in
            found.append(Entry(name: word(entry), payload: word(payload)))
            return true
        }
        return found
    }

    /// Calls `visit` with the places of names that start with `prefix`, until it says false.
    private func scan(
        startingWith prefix: [UInt8], _ visit: (_ name: Range<Int>, _ payload: Range<Int>) -> Bool
    ) {
        var place = 0
        while place < bytes.count {
            if bytes[place] <= 0x20 {
                place += 1
                continue
            }
            let start = place
            var matches = true
            while place < bytes.count, bytes[place] != UInt8(ascii: "=") {
                let offset = place - start
                if offset < prefix.count, bytes[place] != prefix[offset] { matches = false }
                place += 1
            }
            let name = start..<place
            let payloadStart = min(place + 1, bytes.count)
            place = payloadStart
            while place < bytes.count, bytes[place] > 0x20 { place += 1 }
            guard matches, name.count >= prefix.count else { continue }
            if !visit(name, payloadStart..<place) { return }
        }
    }

    private func word(_ range: Range<Int>) -> Word {
        Word(String(decoding: bytes[range], as: UTF8.self))
    }
}
