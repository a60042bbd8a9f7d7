// A table as one text: each row is words with single spaces, the last of them the value. Nothing
// is built when a program starts, and a look-up is one pass over bytes.

import GateCore

/// Rows of words; the last word of a row is its value, the words before are its key.
struct RowTable: Sendable {
    private let bytes: [UInt8]

    init(_ text: StaticString) { bytes = Array("\(text)".utf8) }

    /// The value of the row with exactly this key.
    func value(of key: Word) -> Word? {
        var row = 0
        while let found = nextRow(startingWith: key, from: &row) {
            let value = found.after..<found.end
            if bytes[value].contains(UInt8(ascii: " ")) { continue }
            return Word(String(decoding: bytes[value], as: UTF8.self))
        }
        return nil
    }

    /// Number of key words in the first row that begins with this word; nil where none does.
    func keyLength(startingWith word: Word) -> Int? {
        if word.contains(UInt8(ascii: " ")) { return nil }
        var row = 0
        guard let found = nextRow(startingWith: word, from: &row) else { return nil }
        let rest = bytes[(found.after - 1)..<found.end]
        return rest.count { $0 == UInt8(ascii: " ") }
    }

    /// The operation that the row of this key names.
    func operation(of key: Word) -> Operation? {
        value(of: key).flatMap { Operation(name: $0) }
    }

    /// The next row from `row` on that begins with these words and a space: where its further
    /// words begin, and where it ends.
    private func nextRow(
        startingWith key: Word, from row: inout Int
    ) -> (after: Int, end: Int)? {
        let (bytes, wanted) = (bytes.span, key.text.utf8.span)
        while row < bytes.count {
            var place = row
            while place - row < wanted.count, place < bytes.count,
                bytes[place] == wanted[place - row], bytes[place] != 0x0A
            {
                place += 1
            }
            let after = place + 1
            let isFound =
                place - row == wanted.count && place < bytes.count
                && bytes[place] == UInt8(ascii: " ")
            while place < bytes.count, bytes[place] != 0x0A { place += 1 }
            row = place + 1
            if isFound { return (after, place) }
        }
        return nil
    }
}
