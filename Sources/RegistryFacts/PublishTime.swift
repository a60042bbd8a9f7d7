// The times that registries write: RFC 3339 with fractions of any length, with an offset, or, by NuGet
// and older indexes, without any zone, which means UTC there.

internal import GateCore

/// Reads a time; nil where it is none.
///
/// - Returns: milliseconds since 1970-01-01 UTC, fractions cut.
public func publishTime(_ text: String) -> Int? {
    var digits = DigitReader(text)
    guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2),
        digits.skip("-"), let day = digits.number(2),
        digits.skip("T") || digits.skip("t")
            || digits.skip(" "),
        let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2),
        digits.skip(":"), let second = digits.number(2),
        year >= 1970, (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
        second <= 60
    else { return nil }
    var milliseconds = 0
    if digits.skip(".") || digits.skip(",") {
        guard let fraction = digits.fraction() else { return nil }
        milliseconds = fraction
    }
    var offset = 0
    if !digits.isAtEnd, !digits.skip("Z"), !digits.skip("z") {
        let isEast = digits.skip("+")
        guard isEast || digits.skip("-"), let hours = digits.number(2) else { return nil }
        _ = digits.skip(":")
        guard let minutes = digits.number(2), hours < 24, minutes < 60 else { return nil }
        offset = (hours * 60 + minutes) * (isEast ? 1 : -1)
    }
    guard digits.isAtEnd else { return nil }
    let days = daysSince1970(year, month, day)
    return ((days * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1_000 + milliseconds
}

/// Milliseconds as RFC 3339 in UTC to the second.
public func publishText(_ milliseconds: Int) -> String { CivilDate.time(milliseconds / 1_000) }

/// Days from 1970-01-01 to a date of the Gregorian calendar; years start in March, as in
/// `CivilDate`.
private func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
}

/// Reads fixed numbers of digits.
private struct DigitReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { place == bytes.count }

    mutating func number(_ count: Int) -> Int? {
        guard place + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[place..<(place + count)] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        place += count
        return value
    }

    mutating func skip(_ byte: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: byte) else { return false }
        place += 1
        return true
    }

    /// Thousandths of what follows the point; at least one digit.
    mutating func fraction() -> Int? {
        var value = 0
        var count = 0
        while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 {
            if count < 3 { value = value * 10 + Int(bytes[place] - 0x30) }
            count += 1
            place += 1
        }
        for _ in min(count, 3)..<3 { value *= 10 }
        return count == 0 ? nil : value
    }
}
