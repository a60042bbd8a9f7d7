// Small readings of the loader: times, durations, names, and the nearest known word for a typo.

import GateCore
import StrictJSON

/// Times and durations of policies.
enum PolicyTime {
    /// Seconds of `72h` or `14d`.
    static func duration(_ text: String) -> Int? {
        let bytes = [UInt8](text.utf8)
        guard bytes.count >= 2, bytes.count <= 6, let unit = bytes.last else { return nil }
        let scale: Int
        switch unit {
        case UInt8(ascii: "h"): scale = 3600
        case UInt8(ascii: "d"): scale = 86400
        default: return nil
        }
        guard let count = number(bytes, 0, bytes.count - 1) else { return nil }
        return count * scale
    }

    /// Seconds since 1970-01-01 of an RFC 3339 time in UTC, `2026-12-31T00:00:00Z`.
    static func seconds(_ text: String) -> Int? {
        let bytes = [UInt8](text.utf8)
        guard bytes.count == 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 7),
            let day = number(bytes, 8, 10), let hour = number(bytes, 11, 13),
            let minute = number(bytes, 14, 16), let second = number(bytes, 17, 19),
            year >= 1970, (1...12).contains(month), day >= 1, hour < 24, minute < 60, second < 60,
            day <= lengthOfMonth(month, year)
        else { return nil }
        var days = (year - 1970) * 365 + leapDays(before: year) - leapDays(before: 1970)
        for earlier in 1..<month { days += lengthOfMonth(earlier, year) }
        return (days + day - 1) * 86400 + hour * 3600 + minute * 60 + second
    }

    private static func lengthOfMonth(_ month: Int, _ year: Int) -> Int {
        if month == 2 { return leapDays(before: year + 1) - leapDays(before: year) + 28 }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
    }

    private static func leapDays(before year: Int) -> Int {
        let last = year - 1
        return last / 4 - last / 100 + last / 400
    }

    private static func number(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        var value = 0
        for byte in bytes[start..<end] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }
}

/// Names seen so far; ids are compared as bytes. A set costs more than it saves for few names.
struct SeenNames {
    private var few: [String] = []
    private var many: Set<Word> = []

    /// Whether the name was given before; remembers it.
    mutating func hasSeen(_ name: String) -> Bool {
        if few.count < 64 {
            let length = name.utf8.count
            for index in few.indices where few[index].utf8.count == length {
                if sameBytes(few[index], name) { return true }
            }
            few.append(name)
            if few.count == 64 { for other in few { many.insert(Word(other)) } }
            return false
        }
        return !many.insert(Word(name)).inserted
    }
}

/// Whether a text is a name: 1 to 128 letters, digits, `-`, `.` and `_`.
func isIdentifier(_ text: String) -> Bool { isIdentifier([UInt8](text.utf8)[...]) }

/// The same of bytes.
func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
    if text.isEmpty || text.count > 128 { return false }
    for byte in text {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            continue
        default: return false
        }
    }
    return true
}

extension PolicyFile {
    /// Whether a text can be the name of a rule, a role or a profile: 1 to 128 letters, digits, `-`,
    /// `.` and `_`, so never a path.
    public static func isName(_ text: String) -> Bool { isIdentifier(text) }
}

/// Whether a text names somebody who can approve.
func isApprover(_ text: String) -> Bool {
    let word = Word(text)
    if word.hasPrefix("user:") { return isIdentifier(word.dropFirst(5).text) }
    if word.hasPrefix("uid:") {
        let digits = word.dropFirst(4)
        return !digits.isEmpty && digits.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
    guard word.hasPrefix("key:ed25519:") else { return false }
    // 32 bytes in base64 are 43 digits and one sign of padding.
    let key = word.dropFirst(12)
    return key.count == 44 && key.hasSuffix("=")
}

/// What a value is: itself where it is short, else its kind with its article.
func kind(of value: JSON) -> String {
    switch value.value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text.utf8.count > 40 ? "a number" : text
    case .string(let text): text.utf8.count > 40 ? "a text" : "\"\(displayed(text))\""
    case .array: "a list"
    case .object: "an object"
    }
}

/// `did you mean "..."?` for a word that is nearly a known one.
func suggestion(for text: String, among known: [String]) -> String? {
    let typed = [UInt8](Word(text).lowercasedASCII.text.utf8)
    if typed.count > 64 { return nil }
    var best: (distance: Int, word: String)?
    for word in known {
        let distance = changes(typed, [UInt8](Word(word).lowercasedASCII.text.utf8))
        if distance < best?.distance ?? .max { best = (distance, word) }
    }
    guard let best, best.distance <= max(1, best.word.utf8.count / 3) else { return nil }
    return "did you mean \"\(best.word)\"?"
}

/// How many letters have to be changed, added, left out or swapped with their neighbour.
private func changes(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var older: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let isSame = left[row] == right[column]
            var least = min(previous[column] + (isSame ? 0 : 1), previous[column + 1] + 1)
            least = min(least, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                least = min(least, older[column - 1] + 1)
            }
            current.append(least)
        }
        older = previous
        previous = current
    }
    return previous[right.count]
}
