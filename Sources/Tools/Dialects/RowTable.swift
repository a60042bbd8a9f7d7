// A table as one text: each row is words with single spaces, the last of them the value. Nothing
// is built when a program starts, and a look-up is one pass over bytes.

import GateCore

/// Rows of words; the last word of a row is its value, the words before are its key.
struct RowTable: Sendable {
    private let bytes: [UInt8]

    init(_ text: StaticString) { bytes = Array("\(text)".utf8) }

    /// The value of the row with exactly this key.
    func value(of key: Word) -> Word? {
        let wanted = Array(key.text.utf8)
        var found: Word?
        forEachRow { row in
            guard row.count > wanted.count, row.starts(with: wanted),
                row[row.startIndex + wanted.count] == UInt8(ascii: " ")
            else { return true }
            let value = row.dropFirst(wanted.count + 1)
            guard !value.contains(UInt8(ascii: " ")) else { return true }
            found = Word(String(decoding: value, as: UTF8.self))
            return false
        }
        return found
    }

    /// Number of key words in the first row that begins with this word; nil where none does.
    func keyLength(startingWith word: Word) -> Int? {
        let wanted = Array(word.text.utf8)
        guard !wanted.contains(UInt8(ascii: " ")) else { return nil }
        var found: Int?
        forEachRow { row in
            guard row.count > wanted.count, row.starts(with: wanted),
                row[row.startIndex + wanted.count] == UInt8(ascii: " ")
            else { return true }
            found = row.reduce(0) { $1 == UInt8(ascii: " ") ? $0 + 1 : $0 }
            return false
        }
        return found
    }

    /// The operation that the row of this key names.
    func operation(of key: Word) -> Operation? {
        value(of: key).flatMap { Operation(name: $0) }
    }

    private func forEachRow(_ body: (ArraySlice<UInt8>) -> Bool) {
        var start = 0
        for index in bytes.indices where bytes[index] == 0x0A {
            if !body(bytes[start..<index]) { return }
            start = index + 1
        }
        _ = body(bytes[start...])
    }
}
