// Whether a line is JSON as this log writes it: one object, no duplicate keys at any depth, no
// floats, no spaces, strings with known escapes, at most a few levels deep. The chain's hash says
// that a line is unchanged; this says that every reader of it sees the same thing.

/// A scanner over one line.
struct LineStructure {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    /// Where the keys of the open objects stand, and at which of them each object began.
    private var keys: [Range<Int>] = []
    private var hasDuplicate = false

    private static let deepest = 8

    /// The flaw of a line, or nil where it has none.
    static func flaw(of line: UnsafeRawBufferPointer) -> Flaw? {
        var scanner = LineStructure(bytes: line)
        guard scanner.value(depth: 0), scanner.place == line.count else { return .format }
        return scanner.hasDuplicate ? .duplicateKey : nil
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private var next: UInt8 { place < bytes.count ? bytes[place] : 0 }

    private mutating func value(depth: Int) -> Bool {
        switch next {
        case UInt8(ascii: "{"): depth < LineStructure.deepest && object(depth: depth + 1)
        case UInt8(ascii: "["): depth < LineStructure.deepest && array(depth: depth + 1)
        case UInt8(ascii: "\""): string() != nil
        case UInt8(ascii: "-"), 0x30...0x39: integer()
        case UInt8(ascii: "t"): literal("true")
        case UInt8(ascii: "f"): literal("false")
        case UInt8(ascii: "n"): literal("null")
        default: false
        }
    }

    private mutating func object(depth: Int) -> Bool {
        place += 1
        if take(UInt8(ascii: "}")) { return true }
        let first = keys.count
        while true {
            // A key with an escape could be a second spelling of another, and we write none.
            guard let key = string(), !hasEscape(key) else { return false }
            for other in first..<keys.count where isSame(keys[other], key) { hasDuplicate = true }
            keys.append(key)
            guard take(UInt8(ascii: ":")), value(depth: depth) else { return false }
            if take(UInt8(ascii: "}")) {
                keys.removeLast(keys.count - first)
                return true
            }
            guard take(UInt8(ascii: ",")) else { return false }
        }
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

    /// The inside of a string, or nil where it is none.
    private mutating func string() -> Range<Int>? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") {
                place += 1
                return start..<place - 1
            }
            guard byte >= 0x20, byte < 0x7F else { return nil }
            place += 1
            if byte == UInt8(ascii: "\\"), !escape() { return nil }
        }
        return nil
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

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        place += 1
        return true
    }

    private func hasEscape(_ range: Range<Int>) -> Bool {
        for index in range where bytes[index] == UInt8(ascii: "\\") { return true }
        return false
    }

    private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for step in 0..<left.count
        where bytes[left.lowerBound + step] != bytes[right.lowerBound + step] {
            return false
        }
        return true
    }
}
