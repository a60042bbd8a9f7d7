// A tool's options as one compact text, sorted by name and searched on demand: building a value
// for each option on every start would cost more than parsing the line does.
//
// A line is `NAME ACTION DESTINATION COMMANDS [=CANONICAL] [:TYPE] [>SINCE] [<UNTIL]`. NAME has its
// dashes, COMMANDS are letters that the profile gives to its commands (`*` all, `+` all but the
// main parser `0`), SINCE is the first release with the option and UNTIL the first without.

internal import GateCore

/// A release as one comparable number: 23.2.1 is 2302, because grammars change with minor releases.
struct MinorRelease: Comparable {
    /// Major times 100 plus minor.
    let number: Int

    /// Reads `MAJOR.MINOR...`; nil where the text does not start so.
    init?(_ text: String) {
        var parts = [0, 0]
        var place = 0
        var digits = 0
        for byte in text.utf8 {
            if byte == 0x2E {
                guard digits > 0 else { return nil }
                place += 1
                digits = 0
                if place == 2 { break }
            } else if byte >= 0x30, byte <= 0x39, parts[place] < 100_000 {
                parts[place] = parts[place] * 10 + Int(byte - 0x30)
                digits += 1
            } else {
                break
            }
        }
        guard place > 0 || digits > 0 else { return nil }
        number = parts[0] * 100 + parts[1]
    }

    /// A release by its number; 0 for tables without releases.
    init(number: Int) { self.number = number }

    /// Order of publication.
    static func < (left: MinorRelease, right: MinorRelease) -> Bool { left.number < right.number }
}

/// One option of the table, as a parser of one command sees it.
struct TableOption: Equatable {
    /// What the option does with its destination, in optparse's terms.
    enum Action: Equatable {
        case set, add, on, off, const, count, help
        /// A callback that takes a value.
        case call
        /// A callback that takes none.
        case special
    }

    /// How a value is checked.
    enum Check: Equatable {
        case text, integer, decimal, choice, path
    }

    /// First long name without dashes: pip's own name in its configuration.
    let name: Word
    let action: Action
    /// The variable the option sets.
    let destination: Word
    let check: Check

    /// Whether the option takes a value.
    var takesValue: Bool {
        switch action {
        case .set, .add, .call: true
        case .on, .off, .const, .count, .help, .special: false
        }
    }
}

/// The searchable text.
struct OptionTable {
    private let bytes: [UInt8]
    /// Where each line starts.
    private let starts: [Int]

    init(_ text: String) {
        bytes = Array(text.utf8)
        var starts: [Int] = []
        starts.reserveCapacity(192)
        var isStart = true
        for index in bytes.indices {
            if isStart { starts.append(index) }
            isStart = bytes[index] == 0x0A
        }
        self.starts = starts
    }

    /// The option of exactly this name for the command and release.
    func exact(_ name: Word, command: UInt8, release: MinorRelease) -> TableOption? {
        let wanted = Array(name.text.utf8)
        var line = lowerBound(wanted)
        while line < starts.count, nameEnd(line) - starts[line] == wanted.count,
            starts(line, with: wanted)
        {
            if let option = option(line, command: command, release: release) { return option }
            line += 1
        }
        return nil
    }

    /// All names that start so, for the command and release.
    func abbreviated(
        _ prefix: Word, command: UInt8, release: MinorRelease
    ) -> [(name: Word, option: TableOption)] {
        let wanted = Array(prefix.text.utf8)
        var found: [(name: Word, option: TableOption)] = []
        var line = lowerBound(wanted)
        while line < starts.count, starts(line, with: wanted) {
            if let option = option(line, command: command, release: release) {
                let range = starts[line]..<nameEnd(line)
                found.append((Word(String(decoding: bytes[range], as: UTF8.self)), option))
            }
            line += 1
        }
        return found
    }

    /// The first line whose name is not below `wanted`.
    private func lowerBound(_ wanted: [UInt8]) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if isBelow(middle, wanted) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func isBelow(_ line: Int, _ wanted: [UInt8]) -> Bool {
        let start = starts[line]
        let length = nameEnd(line) - start
        var index = 0
        while index < length, index < wanted.count {
            let byte = bytes[start + index]
            if byte != wanted[index] { return byte < wanted[index] }
            index += 1
        }
        return length < wanted.count
    }

    private func nameEnd(_ line: Int) -> Int {
        var end = starts[line]
        while end < bytes.count, bytes[end] != 0x20 { end += 1 }
        return end
    }

    private func starts(_ line: Int, with wanted: [UInt8]) -> Bool {
        let start = starts[line]
        guard start + wanted.count <= bytes.count else { return false }
        var index = 0
        while index < wanted.count {
            if bytes[start + index] != wanted[index] { return false }
            index += 1
        }
        return true
    }

    /// The fields of a line, or nil where it is for other commands or releases.
    private func option(_ line: Int, command: UInt8, release: MinorRelease) -> TableOption? {
        var fields: [Range<Int>] = []
        var start = starts[line]
        var end = start
        while true {
            let isEnd = end >= bytes.count || bytes[end] == 0x0A
            if isEnd || bytes[end] == 0x20 {
                fields.append(start..<end)
                start = end + 1
                if fields.count == 4, !has(command, in: fields[3]) { return nil }
            }
            if isEnd { break }
            end += 1
        }
        guard fields.count >= 4 else { return nil }
        var name = withoutDashes(fields[0])
        var check = TableOption.Check.text
        for field in fields.dropFirst(4) {
            let value = word(field.dropFirst())
            switch bytes[field.lowerBound] {
            case 0x3D: name = value
            case 0x3A: check = Self.check(value)
            case 0x3E:
                if let since = MinorRelease(value.text), release < since { return nil }
            case 0x3C:
                if let until = MinorRelease(value.text), release >= until { return nil }
            case _: break
            }
        }
        return TableOption(
            name: name, action: Self.action(word(fields[1])), destination: word(fields[2]),
            check: check)
    }

    private func has(_ command: UInt8, in field: Range<Int>) -> Bool {
        for index in field {
            let byte = bytes[index]
            if byte == command || byte == 0x2A || (byte == 0x2B && command != 0x30) { return true }
        }
        return false
    }

    private func withoutDashes(_ field: Range<Int>) -> Word {
        var start = field.lowerBound
        while start < field.upperBound, bytes[start] == 0x2D { start += 1 }
        return word(start..<field.upperBound)
    }

    private func word(_ range: Range<Int>) -> Word {
        Word(String(decoding: bytes[range], as: UTF8.self))
    }

    private static func action(_ word: Word) -> TableOption.Action {
        let names: [(Word, TableOption.Action)] = [
            ("set", .set), ("add", .add), ("on", .on), ("off", .off), ("const", .const),
            ("count", .count), ("help", .help), ("call", .call),
        ]
        for (name, action) in names where name == word { return action }
        return .special
    }

    private static func check(_ word: Word) -> TableOption.Check {
        if word == "int" { return .integer }
        if word == "float" { return .decimal }
        if word == "choice" { return .choice }
        return .path
    }
}
