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
        let parts = (text ?? "").utf8.split(separator: UInt8(ascii: ".")).map { part in
            Int(String(Substring(part.prefix { $0 >= 0x30 && $0 <= 0x39 }))) ?? 0
        }
        let major = parts.first ?? 0
        let minor = parts.count > 1 ? parts[1] : 0
        let place = min(max(major - 6, 0), 6)
        let tabled = [14, 24, 19, 9, 8, 17, 0][place]
        column = min(place, 5)
        letter = Array("6789abc".utf8)[place]
        isBeforeTable = minor < tabled && major <= 11
        isAfterTable = major >= 12 || (major == 11 && minor > tabled) || major < 6
    }
}
