// The fixed head and tail of a line, read by place: `{"v":1,"seq":N,"type":"T"` at its start, and
// `,"prev":"…","hash":"…"}` in its last 149 bytes. No JSON is parsed for it, and nothing that
// stands between the two can move them.

internal import Glibc

/// What stands at the fixed places of a line.
struct Frame {
    let number: UInt64
    private let type: LineSpan

    /// Nil where the line has not the log's form.
    init?(_ line: UnsafeRawBufferPointer) {
        self.init(unread: line)
        if hash(line) == nil { return nil }
    }

    /// The same, but the hash may be any 64 bytes: for whoever compares it anyway.
    init?(unread line: UnsafeRawBufferPointer) {
        let end = line.count
        guard end <= Entry.longestLine, Frame.isPrintable(line),
            Frame.has("{\"v\":1,\"seq\":", in: line, at: 0)
        else { return nil }
        var place = 13
        var number: UInt64 = 0
        while place < end, 0x30...0x39 ~= line[place], place < 13 + 16 {
            number = number * 10 + UInt64(line[place] - 0x30)
            place += 1
        }
        guard place > 13, line[13] != 0x30, number <= Entry.greatestNumber,
            Frame.has(",\"type\":\"", in: line, at: place)
        else { return nil }
        let typeStart = place + 9
        place = typeStart
        while place < end, line[place] != UInt8(ascii: "\"") { place += 1 }
        let tail = end - Entry.tailLength
        guard place < tail, Frame.has(",\"prev\":\"", in: line, at: tail),
            Frame.has("\",\"hash\":\"", in: line, at: tail + 73),
            Frame.has("\"}", in: line, at: tail + 147)
        else { return nil }
        self.number = number
        type = LineSpan(typeStart..<place)
    }

    /// The hash of the record before, as the line names it; nil where that is no digest.
    func previous(_ line: UnsafeRawBufferPointer) -> Digest? {
        Digest(hexadecimal: Frame.previousDigits(line))
    }

    /// The same as it stands there, whatever it is: a reader of a long chain compares it with the
    /// digits of the record before and decodes neither.
    func previousDigits(_ line: UnsafeRawBufferPointer) -> DigestText {
        DigestText(Frame.previousDigits(line))
    }

    /// The line's own hash; nil where that is no digest.
    func hash(_ line: UnsafeRawBufferPointer) -> Digest? { hashDigits(line).digest }

    /// The same as it stands there.
    func hashDigits(_ line: UnsafeRawBufferPointer) -> DigestText {
        let end = line.count - 2
        return DigestText(.init(rebasing: line[end - 64..<end]))
    }

    private static func previousDigits(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let start = line.count - Entry.tailLength + 9
        return .init(rebasing: line[start..<start + 64])
    }

    /// Whether the line's own bytes before `,"hash":` have the hash that it names.
    func hasRightHash(_ line: UnsafeRawBufferPointer) -> Bool {
        // `,"hash":"`, 64 digits, `"}`
        let body = UnsafeRawBufferPointer(rebasing: line[..<(line.count - 75)])
        return DigestText(Hashing.digest(of: body)) == hashDigits(line)
    }

    /// Whether the record opens a chain or a segment.
    func isOpening(_ line: UnsafeRawBufferPointer) -> Bool { isType("chain.open", line) }

    /// Whether the record commits to bytes that are no records.
    func isGap(_ line: UnsafeRawBufferPointer) -> Bool { isType("chain.gap", line) }

    /// Whether the record ends a segment.
    func isSeal(_ line: UnsafeRawBufferPointer) -> Bool { isType("chain.seal", line) }

    /// Whether the record says how a supervised tool ended.
    func isOutcome(_ line: UnsafeRawBufferPointer) -> Bool { isType("outcome", line) }

    /// Whether the record says that segments were removed.
    func isPrune(_ line: UnsafeRawBufferPointer) -> Bool { isType("chain.prune", line) }

    /// The bytes before this record that it commits to.
    struct Claim {
        var isForeign: Bool
        var bytes: Int
        var digest: Digest
    }

    /// What a `chain.gap` or `chain.open` record says of the bytes before it: its last member before
    /// `prev`, `"torn":{"bytes":N,"sha256":"…"}` or the same under `foreign`.
    func claim(in line: UnsafeRawBufferPointer) -> Claim? {
        guard isGap(line) || isOpening(line) else { return nil }
        let end = line.count - Entry.tailLength
        let digits = end - 66
        guard digits > 40, Frame.has("\"}", in: line, at: end - 2),
            Frame.has(",\"sha256\":\"", in: line, at: digits - 11),
            let digest = Digest(hexadecimal: .init(rebasing: line[digits..<end - 2]))
        else { return nil }
        var place = digits - 11
        var bytes = 0
        var unit = 1
        while place > 0, 0x30...0x39 ~= line[place - 1], unit <= 1_000_000_000_000_000 {
            place -= 1
            bytes += Int(line[place] - 0x30) * unit
            unit *= 10
        }
        if place > 17, Frame.has(",\"torn\":{\"bytes\":", in: line, at: place - 17) {
            return Claim(isForeign: false, bytes: bytes, digest: digest)
        }
        if place > 20, Frame.has(",\"foreign\":{\"bytes\":", in: line, at: place - 20) {
            return Claim(isForeign: true, bytes: bytes, digest: digest)
        }
        return nil
    }

    /// Whether every byte is printable ASCII.
    static func isPrintable(_ line: UnsafeRawBufferPointer) -> Bool {
        guard let base = line.baseAddress else { return true }
        // Top bits tell: a byte of `low` that is below a space has none, one of `high` that is DEL
        // or beyond ASCII has it. Eight bytes at a time, in a loop that the compiler widens.
        var low: UInt64 = 0x8080_8080_8080_8080
        var high: UInt64 = 0
        let words = line.count / 8
        for index in 0..<words {
            // Sound: the eight bytes lie in the line.
            let word = (base + 8 &* index).loadUnaligned(as: UInt64.self)
            low &= word &+ 0x6060_6060_6060_6060
            high |= word | (word &+ 0x0101_0101_0101_0101)
        }
        var place = 8 * words
        while place < line.count {
            if line[place] &- 0x20 > 0x5E { return false }
            place += 1
        }
        return (low & ~high) & 0x8080_8080_8080_8080 == 0x8080_8080_8080_8080
    }

    private func isType(_ name: StaticString, _ line: UnsafeRawBufferPointer) -> Bool {
        type.count == name.utf8CodeUnitCount && Frame.has(name, in: line, at: type.start)
    }

    private static func has(
        _ text: StaticString, in line: UnsafeRawBufferPointer, at place: Int
    ) -> Bool {
        let count = text.utf8CodeUnitCount
        guard place >= 0, place + count <= line.count, let base = line.baseAddress else {
            return false
        }
        // Sound: both ranges lie within their buffers, by the check above.
        return memcmp(base + place, text.utf8Start, count) == 0
    }
}
