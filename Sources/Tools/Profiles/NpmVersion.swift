// Which npm a line is for. Tables exist for the last release of each major from 6 to 11; a release
// before it may lack options the table has, one after it may have options the table lacks.

import GateCore

/// A version of npm, placed among the tables.
struct NpmVersion {
    /// 0 to 5 for npm 6 to 11; npm 12 uses 11's.
    let column: Int
    /// The letter of the word table: 6 to 9, a to c.
    let letter: UInt8
    /// Whether the release is older than the one its table was taken from.
    let isBeforeTable: Bool
    /// Whether it is newer, so that options may exist that no table has.
    let isAfterTable: Bool
    /// npm 11 has `run` where older releases have `run-script`.
    var usesRun: Bool { column >= 5 }

    init(_ text: String?) {
        var parts = (major: 0, minor: 0)
        var dots = 0
        for byte in (text ?? "").utf8 {
            if byte == UInt8(ascii: ".") { dots += 1 }
            if dots == 2 { break }
            guard byte >= 0x30, byte <= 0x39 else { continue }
            let digit = Int(byte - 0x30)
            if dots == 0 { parts.major = min(parts.major * 10 + digit, 99_999) }
            if dots == 1 { parts.minor = min(parts.minor * 10 + digit, 99_999) }
        }
        let (major, minor) = parts
        let place = min(max(major - 6, 0), 6)
        let tabled = [14, 24, 19, 9, 8, 17, 0][place]
        column = min(place, 5)
        letter = Array("6789abc".utf8)[place]
        isBeforeTable = minor < tabled && major <= 11
        isAfterTable = major >= 12 || (major == 11 && minor > tabled) || major < 6
    }
}
