// Writing a record's JSON: ASCII only and one spelling for each character.
// The length is bounded field by field, so that no argument, path or message can push another out
// of the line. Every append runs through here, so it is plain loops over bytes.

/// A byte buffer that takes JSON.
struct LineText {
    var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func raw(_ part: StaticString) {
        // Sound: a StaticString's UTF-8 lives for the whole run.
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: part.utf8Start, count: part.utf8CodeUnitCount))
    }

    mutating func number(_ value: UInt64) {
        var digits: (UInt64, Int) = (value, 1)
        while digits.0 >= 10 {
            digits.0 /= 10
            digits.1 += 1
        }
        let start = bytes.count
        for _ in 0..<digits.1 { bytes.append(0x30) }
        var rest = value
        var place = start + digits.1 - 1
        while place >= start {
            bytes[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
    }

    mutating func number(_ value: Int) {
        if value < 0 { bytes.append(0x2D) }
        number(UInt64(value.magnitude))
    }

    /// Appends a string in quotes whose inside takes at most `limit` bytes.
    ///
    /// - Returns: false where its end had to be left out.
    @discardableResult
    mutating func string(_ text: String, limit: Int) -> Bool {
        bytes.append(0x22)
        if plain(text, limit: limit) {
            bytes.append(0x22)
            return true
        }
        let end = bytes.count + limit
        var isWhole = true
        var rest = 0
        var scalar: UInt32 = 0
        for byte in text.utf8 {
            // Swift strings are valid UTF-8, so lengths follow from the first byte of a character.
            if rest > 0 {
                scalar = scalar << 6 | UInt32(byte & 0x3F)
                rest -= 1
                if rest > 0 { continue }
            } else if byte < 0x80 {
                scalar = UInt32(byte)
            } else {
                rest = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1
                scalar = UInt32(byte) & (0x3F >> UInt32(rest))
                continue
            }
            if bytes.count + LineText.length(of: scalar) > end {
                isWhole = false
                break
            }
            character(scalar)
        }
        bytes.append(0x22)
        return isWhole
    }

    /// Appends an array of strings of which at most `limit` bytes are taken, commas and all.
    @discardableResult
    mutating func strings(_ texts: [String], limit: Int) -> Bool {
        bytes.append(0x5B)
        let end = bytes.count + limit
        var isWhole = true
        for place in 0..<texts.count {
            let room = end - bytes.count - 3
            if room < 1 {
                isWhole = false
                break
            }
            if place > 0 { bytes.append(0x2C) }
            if !string(texts[place], limit: room) {
                isWhole = false
                break
            }
        }
        bytes.append(0x5D)
        return isWhole
    }

    /// Appends base64 (RFC 4648 §4) in quotes; whole groups only, at most `limit` bytes.
    mutating func base64(_ data: [UInt8], limit: Int) -> Bool {
        bytes.append(0x22)
        let groups = min((data.count + 2) / 3, limit / 4)
        for group in 0..<groups {
            let place = group * 3
            let left = min(3, data.count - place)
            var value = UInt32(data[place]) << 16
            if left > 1 { value |= UInt32(data[place + 1]) << 8 }
            if left > 2 { value |= UInt32(data[place + 2]) }
            for sextet in 0..<4 {
                bytes.append(
                    sextet > left
                        ? 0x3D : LineText.base64Digit(UInt8(value >> UInt32(18 - 6 * sextet) & 63)))
            }
        }
        bytes.append(0x22)
        return groups * 3 >= data.count
    }

    /// Appends a string that stands for itself and fits, as most do; false where it does not.
    private mutating func plain(_ text: String, limit: Int) -> Bool {
        // Sound: the bytes are read within the call.
        text.utf8.withContiguousStorageIfAvailable { content in
            guard content.count <= limit else { return false }
            for byte in content where byte &- 0x20 > 0x5E || byte == 0x22 || byte == 0x5C {
                return false
            }
            bytes.append(contentsOf: content)
            return true
        } ?? false
    }

    private mutating func character(_ scalar: UInt32) {
        switch scalar {
        case 0x22, 0x5C:
            bytes.append(0x5C)
            bytes.append(UInt8(truncatingIfNeeded: scalar))
        case 0x20..<0x7F: bytes.append(UInt8(truncatingIfNeeded: scalar))
        case 0x0A: raw("\\n")
        case 0x09: raw("\\t")
        case 0x0D: raw("\\r")
        case 0..<0x10000: unit(scalar)
        default:
            unit(0xD800 + (scalar - 0x10000) >> 10)
            unit(0xDC00 + (scalar - 0x10000) & 0x3FF)
        }
    }

    private mutating func unit(_ value: UInt32) {
        raw("\\u")
        for shift: UInt32 in [12, 8, 4, 0] {
            bytes.append(Digest.digit(UInt8(truncatingIfNeeded: value >> shift & 0xF)))
        }
    }

    private static func length(of scalar: UInt32) -> Int {
        switch scalar {
        case 0x22, 0x5C, 0x0A, 0x09, 0x0D: 2
        case 0x20..<0x7F: 1
        case 0..<0x10000: 6
        default: 12
        }
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: 0x41 + value
        case 26..<52: 0x61 + value - 26
        case 52..<62: 0x30 + value - 52
        case 62: 0x2B
        default: 0x2F
        }
    }
}
