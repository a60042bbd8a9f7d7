// Whether a line is JSON as this log writes it: one object, no duplicate keys at any depth, no
// floats, no spaces, strings with known escapes, at most a few levels deep. The chain's hash says
// that a line is unchanged; this says that every reader of it sees the same thing.
//
// Verifying a long log spends much of its time here, so strings are searched eight bytes at a time
// and the keys of open objects lie in one piece of memory that all lines of a thread share.

/// A scanner over one line.
struct LineStructure {
    /// What a reader of the whole chain keeps in mind of a line.
    struct Notes {
        /// The insides of the `id` and `ref` strings.
        var id: LineSpan?
        var ref: LineSpan?
        /// Whether a parent stays with the tool, which owes an outcome.
        var isSupervised = false
    }

    /// Room for the keys of the longest line there can be.
    struct Keys: ~Copyable {
        fileprivate let places: UnsafeMutablePointer<UInt32>
        /// A key and its value take at least five bytes: `"":0,`.
        static let most = Entry.longestLine / 5 + 1

        init() { places = .allocate(capacity: Keys.most) }
        deinit { places.deallocate() }
    }

    private let base: UnsafePointer<UInt8>
    private let end: Int
    private let tail: Int
    private var place = 0
    /// Whether the last string that was passed holds an escape.
    private var sawEscape = false
    /// Where the keys of the open objects stand: start, and length in the lower half.
    private let keys: UnsafeMutablePointer<UInt32>
    private var keyCount = 0
    private var hasDuplicate = false
    private var notes = Notes()

    private static let deepest = 8

    /// The flaw of a line, or nil where it has none.
    static func flaw(of line: UnsafeRawBufferPointer) -> Flaw? {
        let keys = Keys()
        guard Frame.isPrintable(line) else { return .format }
        return examine(line, keys, tail: -1).flaw
    }

    /// Examines a line of printable ASCII.
    ///
    /// - Parameter tail: where a frame's tail begins, of which the frame knows that it is in order;
    ///   -1 where the line has none.
    static func examine(
        _ line: UnsafeRawBufferPointer, _ keys: borrowing Keys, tail: Int
    ) -> (flaw: Flaw?, notes: Notes) {
        guard line.count <= Entry.longestLine, let start = line.baseAddress else {
            return (.format, Notes())
        }
        // Sound: the scanner stays below `line.count`, and there are at most `Keys.most` keys.
        var scanner = LineStructure(
            base: start.assumingMemoryBound(to: UInt8.self), end: line.count, tail: tail,
            keys: keys.places)
        guard scanner.value(depth: 0), scanner.place == line.count else {
            return (.format, Notes())
        }
        return (scanner.hasDuplicate ? .duplicateKey : nil, scanner.notes)
    }

    private init(
        base: UnsafePointer<UInt8>, end: Int, tail: Int, keys: UnsafeMutablePointer<UInt32>
    ) {
        self.base = base
        self.end = end
        self.tail = tail
        self.keys = keys
    }

    @inline(__always)
    private var next: UInt8 { place < end ? base[place] : 0 }

    private mutating func value(depth: Int) -> Bool {
        switch next {
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "-"), 0x30...0x39: integer()
        case UInt8(ascii: "{"): depth < LineStructure.deepest && object(depth: depth + 1)
        case UInt8(ascii: "["): depth < LineStructure.deepest && array(depth: depth + 1)
        case UInt8(ascii: "t"): literal("true")
        case UInt8(ascii: "f"): literal("false")
        case UInt8(ascii: "n"): literal("null")
        default: false
        }
    }

    private mutating func object(depth: Int) -> Bool {
        place += 1
        if take(UInt8(ascii: "}")) { return true }
        let first = keyCount
        // One bit for what keys look like; keys whose bits are free are new.
        var seen: UInt64 = 0
        while true {
            let keyStart = place + 1
            // A key with an escape could be a second spelling of another, and we write none.
            guard string(), !sawEscape else { return false }
            let length = place - 1 - keyStart
            let bit = looks(keyStart, length)
            if seen & bit != 0, isKnown(keyStart, length, from: first) { hasDuplicate = true }
            seen |= bit
            keys[keyCount] = UInt32(keyStart) << 16 | UInt32(length)
            keyCount += 1
            guard take(UInt8(ascii: ":")) else { return false }
            let valueStart = place
            guard value(depth: depth) else { return false }
            if depth == 1 {
                note(keyStart, length, valueStart)
                if place == tail { return passTail(seen, first) }
            }
            if take(UInt8(ascii: "}")) {
                keyCount = first
                return true
            }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    /// Passes `,"prev":"…","hash":"…"}`, which a frame has looked at.
    private mutating func passTail(_ seen: UInt64, _ first: Int) -> Bool {
        // `,"` before the first name, and `,"prev":"`, 64 digits and `","` before the second.
        for name in [tail + 2, tail + 76] where seen & looks(name, 4) != 0 {
            if isKnown(name, 4, from: first) { hasDuplicate = true }
        }
        place = end
        return true
    }

    private mutating func array(depth: Int) -> Bool {
        place += 1
        if take(UInt8(ascii: "]")) { return true }
        while true {
            guard value(depth: depth) else { return false }
            if take(UInt8(ascii: "]")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
        }
    }

    /// Passes a string.
    private mutating func string() -> Bool {
        guard next == UInt8(ascii: "\"") else { return false }
        var here = place + 1
        sawEscape = false
        while true {
            // A byte of `quotes` or `slashes` is zero where there is one; the lowest bit that this
            // finds is always a true one.
            while here + 8 <= end {
                // Sound: the eight bytes lie before `end`.
                let word = UInt64(
                    littleEndian: UnsafeRawPointer(base + here).loadUnaligned(as: UInt64.self))
                let quotes = word ^ 0x2222_2222_2222_2222
                let slashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
                let found =
                    ((quotes &- 0x0101_0101_0101_0101) & ~quotes
                        | (slashes &- 0x0101_0101_0101_0101) & ~slashes)
                    & 0x8080_8080_8080_8080
                if found != 0 {
                    here += found.trailingZeroBitCount >> 3
                    break
                }
                here += 8
            }
            guard here < end else { return false }
            let byte = base[here]
            here += 1
            if byte == UInt8(ascii: "\"") {
                place = here
                return true
            }
            guard byte == UInt8(ascii: "\\") else { continue }
            sawEscape = true
            place = here
            guard escape() else { return false }
            here = place
        }
    }

    private mutating func escape() -> Bool {
        let kind = next
        place += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            guard let unit = fourDigits() else { return false }
            if unit & 0xFC00 == 0xDC00 { return false }
            if unit & 0xFC00 != 0xD800 { return true }
            // The first half of a pair stands only before the second (RFC 8259 §7).
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")), let low = fourDigits() else {
                return false
            }
            return low & 0xFC00 == 0xDC00
        default: return false
        }
    }

    private mutating func fourDigits() -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            switch next {
            case 0x30...0x39: unit = unit << 4 | UInt32(next - 0x30)
            case 0x41...0x46, 0x61...0x66: unit = unit << 4 | UInt32((next | 0x20) - 0x57)
            default: return nil
            }
            place += 1
        }
        return unit
    }

    private mutating func integer() -> Bool {
        _ = take(UInt8(ascii: "-"))
        if take(0x30) { return !(0x30...0x39 ~= next) }
        let start = place
        while 0x30...0x39 ~= next { place += 1 }
        return place > start
    }

    private mutating func literal(_ word: StaticString) -> Bool {
        // Sound: a StaticString's UTF-8 lives for the whole run.
        for byte in UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        where !take(byte) {
            return false
        }
        return true
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    private func looks(_ start: Int, _ length: Int) -> UInt64 {
        if length == 0 { return 1 }
        let mix =
            UInt64(base[start]) &* 5 &+ UInt64(base[start + length - 1]) &* 3
            &+ UInt64(length) &* 11
        return 1 << (mix & 63)
    }

    private func isKnown(_ start: Int, _ length: Int, from first: Int) -> Bool {
        var index = first
        while index < keyCount {
            let key = keys[index]
            index += 1
            if Int(key & 0xFFFF) == length, isSame(start, Int(key >> 16), length) { return true }
        }
        return false
    }

    private func isSame(_ left: Int, _ right: Int, _ length: Int) -> Bool {
        for step in 0..<length where base[left + step] != base[right + step] { return false }
        return true
    }

    /// Takes down what the record says under one of its own keys; `place` is behind the value.
    private mutating func note(_ key: Int, _ length: Int, _ value: Int) {
        switch length {
        case 2 where isText("id", at: key): notes.id = inside(value)
        case 3 where isText("ref", at: key): notes.ref = inside(value)
        case 6 where isText("launch", at: key):
            notes.isSupervised = place - value == 11 && isText("\"supervise\"", at: value)
        default: break
        }
    }

    private func inside(_ value: Int) -> LineSpan? {
        base[value] == UInt8(ascii: "\"") ? LineSpan(value + 1..<place - 1) : nil
    }

    private func isText(_ text: StaticString, at start: Int) -> Bool {
        // Sound: the callers know that the text's length fits.
        for index in 0..<text.utf8CodeUnitCount
        where base[start + index] != text.utf8Start[index] {
            return false
        }
        return true
    }
}
