// The fixed places of a line, read without parsing JSON: `{"v":1,"seq":N,"type":"T","time":"…"` at
// its start, and `,"prev":"…","hash":"…"}` in its last 149 bytes. A filter over a million records
// looks here first.

internal import Glibc

/// What stands at the fixed places of a line that has the form of a record.
struct RecordHead {
    let number: UInt64
    let type: UnsafeRawBufferPointer
    /// RFC 3339 in UTC with microseconds, so that byte order is time order; empty where it is missing.
    let time: UnsafeRawBufferPointer
    /// 64 hexadecimal digits each.
    let previous: UnsafeRawBufferPointer
    let hash: UnsafeRawBufferPointer

    /// `,"prev":"` 64 `","hash":"` 64 `"}`
    private static let tailLength = 149

    /// Nil where the line has not the form of a record.
    init?(_ line: UnsafeRawBufferPointer) {
        guard line.count <= 7_900, starts(line, at: 0, "{\"v\":1,\"seq\":") else { return nil }
        var place = 13
        var number: UInt64 = 0
        while place < line.count, 0x30...0x39 ~= line[place], place < 13 + 16 {
            number = number * 10 + UInt64(line[place] - 0x30)
            place += 1
        }
        guard place > 13, starts(line, at: place, ",\"type\":\"") else { return nil }
        let typeStart = place + 9
        guard let typeEnd = quote(line, from: typeStart) else { return nil }
        // A record without a time is one all the same; no question about time takes it.
        var times = typeEnd..<typeEnd
        if starts(line, at: typeEnd, "\",\"time\":\""),
            let timeEnd = quote(line, from: typeEnd + 10)
        {
            times = typeEnd + 10..<timeEnd
        }
        let tail = line.count - RecordHead.tailLength
        guard times.upperBound < tail, starts(line, at: tail, ",\"prev\":\""),
            starts(line, at: tail + 73, "\",\"hash\":\""), starts(line, at: tail + 147, "\"}")
        else { return nil }
        self.number = number
        type = UnsafeRawBufferPointer(rebasing: line[typeStart..<typeEnd])
        time = UnsafeRawBufferPointer(rebasing: line[times])
        previous = UnsafeRawBufferPointer(rebasing: line[tail + 9..<tail + 73])
        hash = UnsafeRawBufferPointer(rebasing: line[tail + 83..<tail + 147])
    }

    /// Whether the record begins a chain or a segment.
    var isOpening: Bool { type.count == 10 && starts(type, at: 0, "chain.open") }
}

/// Whether the text stands at that place.
private func starts(
    _ line: UnsafeRawBufferPointer, at place: Int, _ text: StaticString
) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place >= 0, place + count <= line.count, let base = line.baseAddress else { return false }
    // Sound: both ranges lie within their buffers, by the check above.
    return memcmp(base + place, text.utf8Start, count) == 0
}

/// The place of the next quote.
private func quote(_ line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < line.count, let base = line.baseAddress,
        // Sound: the bytes from `start` to the end belong to the line.
        let found = memchr(base + start, 0x22, line.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
}
