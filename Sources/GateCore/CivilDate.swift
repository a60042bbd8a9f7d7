// Days since 1970 as a date of the calendar, without a library of dates: records, reports and tools
// that take a date for "not younger than" need no more.

/// A day of the Gregorian calendar, UTC.
public struct CivilDate: Sendable, Equatable {
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int

    /// The date of a day, counted from 1970-01-01, which is day 0; not before year 0.
    ///
    /// Years start in March here, so that the leap day comes last, and 400 years always have 146,097
    /// days. 1970-01-01 is day 719,468 of year 0.
    public init(ofDay days: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// RFC 3339 in UTC to the second: `2026-02-13T15:40:33Z`. Times before 1970 count as 1970.
    public static func time(_ secondsSince1970: Int) -> String {
        let seconds = max(0, secondsSince1970)
        let date = CivilDate(ofDay: seconds / 86_400)
        func padded(_ number: Int, _ count: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
            + "T\(padded(seconds / 3_600 % 24, 2)):\(padded(seconds / 60 % 60, 2)):"
            + "\(padded(seconds % 60, 2))Z"
    }
}
