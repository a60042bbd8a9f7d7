// The names of chains and records.
// Both are random, so that two machines never make the same one; a record's name starts with the
// time, so that names sort by it.

internal import Platform

/// A chain's name: 128 random bits.
public struct ChainID: Equatable, Sendable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    init() throws(SystemError) { bytes = try randomBytes(count: 16) }

    /// Reads 32 lowercase hexadecimal digits, as `text` gives them.
    public init?(_ text: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in text.utf8 {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x61...0x66: value = digit - 0x57
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard bytes.count == 16, high == nil else { return nil }
        self.bytes = bytes
    }

    /// 32 lowercase hexadecimal digits.
    public var text: String {
        var digits: [UInt8] = []
        for byte in bytes {
            digits.append(Digest.digit(byte >> 4))
            digits.append(Digest.digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

/// A record's name: a UUID of version 7 (RFC 9562 §5.7), so that names sort by time.
public struct RecordID: Equatable, Sendable {
    /// 36 characters, lower case.
    public let text: String

    /// Reads the form that `text` gives; nil for anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard parts.map(\.count) == [8, 4, 4, 4, 12] else { return nil }
        for digit in text.utf8 where digit != 0x2D {
            guard (0x30...0x39).contains(digit) || (0x61...0x66).contains(digit) else { return nil }
        }
        self.text = text
    }

    /// Makes a new name.
    public init() throws(AuditError) {
        var bytes: [UInt8]
        do throws(SystemError) {
            bytes = try randomBytes(count: 16)
        } catch {
            throw AuditError(.noRandomness, "getrandom", cause: error)
        }
        let milliseconds = UInt64(max(0, Clock.realtime / 1_000_000))
        for place in 0..<6 {
            bytes[place] = UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * place))
        }
        bytes[6] = 0x70 | bytes[6] & 0x0F
        bytes[8] = 0x80 | bytes[8] & 0x3F
        var digits: [UInt8] = []
        digits.reserveCapacity(36)
        for place in 0..<16 {
            if place == 4 || place == 6 || place == 8 || place == 10 { digits.append(0x2D) }
            digits.append(Digest.digit(bytes[place] >> 4))
            digits.append(Digest.digit(bytes[place] & 15))
        }
        text = String(decoding: digits, as: UTF8.self)
    }
}
