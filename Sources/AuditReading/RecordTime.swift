// Times: those of records, and those that people give to --since and --until. All are UTC; a record's
// time is always written with six digits of a second, so texts of one form compare as bytes.

internal import GateCore

/// A moment, in microseconds since 1970.
public struct RecordTime: Sendable, Equatable, Comparable {
    public let microseconds: Int

    public init(microseconds: Int) { self.microseconds = microseconds }

    /// Reads RFC 3339 in UTC: `2026-02-13T15:40:33.123456Z`, fraction optional, or a date alone.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count >= 10, let year = RecordTime.number(digits, 0, 4), digits[4] == 0x2D,
            let month = RecordTime.number(digits, 5, 2), digits[7] == 0x2D,
            let day = RecordTime.number(digits, 8, 2), 1...12 ~= month,
            1...RecordTime.days(in: month, year) ~= day
        else { return nil }
        let midnight = RecordTime.days(year, month, day) * 86_400
        if digits.count == 10 {
            self.init(microseconds: midnight * 1_000_000)
            return
        }
        guard digits.count >= 20, digits[10] | 0x20 == 0x74, digits[13] == 0x3A,
            digits[16] == 0x3A, digits[digits.count - 1] | 0x20 == 0x7A,
            let hour = RecordTime.number(digits, 11, 2), hour < 24,
            let minute = RecordTime.number(digits, 14, 2), minute < 60,
            let second = RecordTime.number(digits, 17, 2), second <= 60
        else { return nil }
        var fraction = 0
        if digits.count > 20 {
            let count = digits.count - 21
            guard digits[19] == 0x2E, 1...9 ~= count,
                let value = RecordTime.number(digits, 20, count)
            else { return nil }
            fraction = value
            var scale = count
            while scale < 6 { (fraction, scale) = (fraction * 10, scale + 1) }
            while scale > 6 { (fraction, scale) = (fraction / 10, scale - 1) }
        }
        let seconds = midnight + hour * 3_600 + minute * 60 + second
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    /// Reads what `init(_:)` reads, or an age such as `90s`, `30m`, `12h`, `7d`, `2w` before `now`.
    public init?(_ text: String, now: RecordTime) {
        if let time = RecordTime(text) {
            self = time
            return
        }
        let units: [(letter: UInt8, seconds: Int)] = [
            (0x73, 1), (0x6D, 60), (0x68, 3_600), (0x64, 86_400), (0x77, 604_800),
        ]
        let letters = Array(text.utf8)
        guard let last = letters.last, 2...9 ~= letters.count,
            let unit = units.first(where: { $0.letter == last }),
            let count = RecordTime.number(letters, 0, letters.count - 1)
        else { return nil }
        // No log is older than the clock.
        let age = count.multipliedReportingOverflow(by: unit.seconds * 1_000_000)
        let isBefore = age.overflow || age.partialValue > now.microseconds
        self.init(microseconds: isBefore ? 0 : now.microseconds - age.partialValue)
    }

    public var milliseconds: Int { microseconds / 1_000 }

    /// In the form that records have.
    public var text: String {
        let seconds = microseconds / 1_000_000
        let date = CivilDate(ofDay: seconds / 86_400)
        let second = seconds % 86_400
        return
            "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T\(padded(second / 3_600, 2)):"
            + "\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))."
            + "\(padded(microseconds % 1_000_000, 6))Z"
    }

    /// Date and minute, for people.
    public var minute: String {
        let text = self.text
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5)
    }

    public static func < (left: RecordTime, right: RecordTime) -> Bool {
        left.microseconds < right.microseconds
    }

    private static func number(_ digits: [UInt8], _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for place in start..<start + count {
            guard place < digits.count, 0x30...0x39 ~= digits[place] else { return nil }
            value = value * 10 + Int(digits[place] - 0x30)
        }
        return value
    }

    private static func days(in month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970. Years start in March, so that the leap day comes last, and 400 years always
    /// have 146,097 days.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let fromMarch = month > 2 ? month - 3 : month + 9
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * fromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
