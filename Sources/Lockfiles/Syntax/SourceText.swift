// The bytes of a lockfile, found to be UTF-8 without anything that no writer writes: a byte order
// mark, control characters, a carriage return without a line feed. Places are counted here.

internal import GateCore

/// A text and where its lines start.
struct SourceText: Sendable {
    /// The whole file.
    let bytes: [UInt8]
    /// Offset of each line's first byte.
    private let starts: [Int]
    /// How many bytes that only continue a character come before each 256th byte: a file may be one
    /// long line, and every value of it has a column.
    private let continued: [Int]

    /// Takes a file's bytes.
    init(_ bytes: [UInt8]) throws(LockfileError) {
        var starts = [0]
        var continued: [Int] = []
        var count = 0
        for (index, byte) in bytes.enumerated() {
            if index % 256 == 0 { continued.append(count) }
            if byte & 0xC0 == 0x80 { count += 1 }
            if byte == 0x0A { starts.append(index + 1) }
        }
        continued.append(count)
        self.bytes = bytes
        self.starts = starts
        self.continued = continued
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw LockfileError("byte order mark before the file", at: place(0))
        }
        guard bytes.count < 1 << 30 else {
            throw LockfileError("larger than 1 GiB", at: place(0))
        }
        for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x7F {
            let isLineEnd = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if byte != 0x0A, byte != 0x09, !isLineEnd {
                throw LockfileError("control character", at: place(index))
            }
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw LockfileError("not valid UTF-8", at: place(invalidOffset))
        }
    }

    /// Line and column of a byte.
    func place(_ offset: Int) -> Place {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        let (start, end) = (starts[low], min(offset, bytes.count))
        let column = end - start - (continuations(before: end) - continuations(before: start)) + 1
        return Place(line: low + 1, column: column)
    }

    private func continuations(before offset: Int) -> Int {
        var count = continued[offset / 256]
        for index in offset / 256 * 256..<offset where bytes[index] & 0xC0 == 0x80 { count += 1 }
        return count
    }

    /// A part as a string.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The lines without their ends, empty ones included.
    var lines: [Range<Int>] {
        var lines: [Range<Int>] = []
        lines.reserveCapacity(starts.count)
        for (index, start) in starts.enumerated() {
            var end = index + 1 < starts.count ? starts[index + 1] - 1 : bytes.count
            if end > start, bytes[end - 1] == 0x0D { end -= 1 }
            lines.append(start..<end)
        }
        return lines
    }

    /// The first byte of the first sequence that is no character.
    private var invalidOffset: Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput, .error: return offset
            }
        }
    }
}
