// Writing JSON: ASCII only, so that a line of the audit chain and a line of `--json` output look
// the same on every terminal and survive every log shipper. Keys and order are the caller's; only
// strings are escaped here (RFC 8259, section 7).

/// Appends JSON to a byte buffer.
public struct JSONText: Sendable {
    /// What was written so far.
    public var bytes: [UInt8] = []

    /// An empty text with room for this many bytes.
    public init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    /// The text so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends punctuation or another part that is JSON already.
    public mutating func raw(_ part: String) { bytes.append(contentsOf: part.utf8) }

    /// Appends a string in quotes; everything outside printable ASCII becomes an escape.
    public mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C:
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0x20..<0x7F: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0x0A: raw("\\n")
            case 0x09: raw("\\t")
            case 0x0D: raw("\\r")
            case 0..<0x10000: unit(scalar.value)
            default:
                let offset = scalar.value - 0x10000
                unit(0xD800 + offset >> 10)
                unit(0xDC00 + offset & 0x3FF)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends an array of strings.
    public mutating func strings(_ texts: some Sequence<String>) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for text in texts {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            string(text)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func unit(_ value: UInt32) {
        raw("\\u")
        for shift: UInt32 in [12, 8, 4, 0] {
            let digit = UInt8(truncatingIfNeeded: value >> shift & 0xF)
            bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
