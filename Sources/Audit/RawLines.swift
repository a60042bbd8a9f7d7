// The lines of a file, read in blocks with constant memory.
// A line that does not fit a block comes in pieces, however long a stranger made it, so neither the
// writer nor the verifier can be made to swallow it whole.

internal import Glibc
internal import Platform

/// What reads lines.
protocol LineTaker {
    /// A whole line without its LF; `isEnded` is false for a tail that has none.
    mutating func take(line: UnsafeRawBufferPointer, isEnded: Bool)
    /// A piece of a line that is longer than a block.
    mutating func take(piece: UnsafeRawBufferPointer)
    /// The end of such a line.
    mutating func endPieces(isEnded: Bool)
}

enum RawLines {
    /// Bytes read at a time; a line that does not fit comes in pieces.
    static let block = 256 * 1_024

    /// Feeds the bytes from `start` to `end` to `taker`.
    ///
    /// - Returns: where the reading ended; before `end` where the file is shorter than it was.
    static func read<Taker: LineTaker>(
        _ file: borrowing Descriptor, from start: Int, to end: Int, into taker: inout Taker
    ) throws(SystemError) -> Int {
        // One more than there is to read, so that only a line longer than a block fills it.
        let capacity = min(RawLines.block, max(0, end - start) + 1)
        let base = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
        defer { base.deallocate() }
        let block = UnsafeMutableRawBufferPointer(start: base, count: capacity)
        var offset = start
        var held = 0
        var isInPieces = false
        while offset < end {
            let room = UnsafeMutableRawBufferPointer(
                rebasing: block[held..<min(block.count, held + end - offset)])
            let count = try file.read(into: room, at: offset)
            if count == 0 { break }
            offset += count
            let filled = held + count
            var lineStart = 0
            // Sound: every slice lies within the filled part of the block.
            while let ending = newline(base, from: max(lineStart, held), to: filled) {
                let line = UnsafeRawBufferPointer(rebasing: block[lineStart..<ending])
                if isInPieces {
                    taker.take(piece: line)
                    taker.endPieces(isEnded: true)
                    isInPieces = false
                } else {
                    taker.take(line: line, isEnded: true)
                }
                lineStart = ending + 1
                held = 0
            }
            held = filled - lineStart
            if held == block.count || isInPieces {
                taker.take(
                    piece: UnsafeRawBufferPointer(rebasing: block[lineStart..<filled]))
                isInPieces = true
                held = 0
            } else if held > 0, lineStart > 0 {
                base.copyMemory(from: base + lineStart, byteCount: held)
            }
        }
        if isInPieces {
            taker.endPieces(isEnded: false)
        } else if held > 0 {
            taker.take(line: UnsafeRawBufferPointer(rebasing: block[..<held]), isEnded: false)
        }
        return offset
    }

    private static func newline(_ base: UnsafeMutableRawPointer, from: Int, to: Int) -> Int? {
        // Sound: memchr looks at bytes `from` up to `to`, which the block holds.
        guard let found = memchr(base + from, 0x0A, to - from) else { return nil }
        return found - base
    }
}
