// How programs built with the Rust library clap 4 read their words (cargo, maturin, uv).
//
// A tool's grammar is one text, a row for each command, so that nothing is built at start-up; the
// rows that a line needs are found by scanning. A row is
//
//     NAMES | OPTIONS | POSITIONALS | EXCLUSIVE | NEEDS
//
// NAMES: canonical name, then aliases; a command below another is `report/timings`; the program
// itself is `.`; a row `&name` holds options that other rows include by `&name`.
// OPTIONS: `long,alias/s` and a kind: nothing for a flag, `+` a flag that may repeat, `=` a value,
// `?` a value that may be missing; then `*` may repeat, `^` takes every word up to the next option,
// `~` the value may start with `-`, `!` the value needs `=`, `.` prints something and ends the line,
// `{a,b}` the only values (after `%` in any case, after `;` as a list at commas). `/Z` alone has no
// long name.
// POSITIONALS: `name` one, `name!` one that must be there, `name*` any number, `name+` at least one,
// `name~` any number and everything after the first as it stands, `name--` only after `--`;
// `(sub)` that a command below must be named.
// EXCLUSIVE: groups `a,b` of which one may be given. NEEDS: `a>b`, where `1` is a positional.
//
// Rules: clap_builder 4, src/parser/parser.rs and validator.rs.

internal import GateCore

/// The grammar of a clap program, as one text.
struct ClapGrammar: Sendable {
    let text: String
    /// Whether an unknown command word is an external command that gets all that follows.
    let takesExternalCommands: Bool
    /// Where each row's names stand, and where it ends.
    private let rows: [(names: Range<Int>, end: Int)]

    /// Finds the rows of a grammar; they are read when a line needs them.
    init(text: String, takesExternalCommands: Bool) {
        self.text = text
        self.takesExternalCommands = takesExternalCommands
        let bytes = text.utf8.span
        var rows: [(names: Range<Int>, end: Int)] = []
        rows.reserveCapacity(96)
        var start = 0
        while start < bytes.count {
            var bar = start
            while bar < bytes.count, bytes[bar] != UInt8(ascii: "|"), bytes[bar] != 0x0A {
                bar += 1
            }
            var end = bar
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            rows.append((start..<bar, end))
            start = end + 1
        }
        self.rows = rows
    }

    /// Reads the words after the program's name.
    func read(_ arguments: [Word]) -> ClapReading {
        var parser = ClapParser(grammar: self)
        return parser.read(arguments)
    }

    /// The canonical name of a command word, or nil where the program has no such command.
    func command(_ word: Word) -> Word? { row(of: word, below: []).map { $0.name } }
}

/// One row of a grammar; the ranges are of bytes in its text.
struct ClapRow {
    let name: Word
    let options: Range<Int>
    let positionals: Range<Int>
    let exclusive: Range<Int>
    let needs: Range<Int>
}

/// An option's own rules.
struct ClapOption {
    var name: Word
    var spelling: Word
    var takesValue = false
    var mayLackValue = false
    var repeats = false
    var takesMany = false
    var allowsHyphen = false
    var needsEquals = false
    var printsAndEnds = false
    /// The only values, as bytes of the grammar's text.
    var values = 0..<0
}

extension ClapGrammar {
    /// The row of a command word below the commands of `path`; nil where there is none.
    func row(of word: Word, below path: [Word]) -> ClapRow? {
        guard !word.contains(UInt8(ascii: "/")), !word.contains(0x20), !word.isEmpty,
            word.first != UInt8(ascii: "&"), word != "."
        else { return nil }
        var prefix = ""
        for part in path { prefix += part.text + "/" }
        return row(prefix: Word(prefix), word: word)
    }

    /// The row of the program itself.
    var root: ClapRow? { row(prefix: "", word: ".") }

    /// The option with this long name or this letter, in a row or in the groups it includes.
    func option(long: Word?, letter: UInt8, in options: Range<Int>) -> ClapOption? {
        let bytes = text.utf8.span
        var rest = options
        while let token = nextToken(in: &rest, separator: 0x20) {
            if bytes[token.lowerBound] == UInt8(ascii: "&") {
                guard let group = row(prefix: "", word: word(token)) else { continue }
                if let found = option(long: long, letter: letter, in: group.options) {
                    return found
                }
                continue
            }
            var end = token.lowerBound
            while end < token.upperBound, isNameByte(bytes[end]) { end += 1 }
            let slash = firstIndex(of: UInt8(ascii: "/"), in: token.lowerBound..<end) ?? end
            let longs = token.lowerBound..<slash
            let short = slash < end - 1 ? bytes[slash + 1] : nil
            let isHit =
                long.map { holds($0, in: longs, separator: UInt8(ascii: ",")) } ?? (short == letter)
            if isHit { return described(longs: longs, short: short, kind: end..<token.upperBound) }
        }
        return nil
    }

    /// The words of a range, for the few fields that are read as a whole.
    func words(_ range: Range<Int>, separator: UInt8 = 0x20) -> [Word] {
        var words: [Word] = []
        var rest = range
        while let token = nextToken(in: &rest, separator: separator) { words.append(word(token)) }
        return words
    }

    /// Whether a value is one of those that an option allows.
    func allows(_ value: Word, by option: ClapOption) -> Bool {
        guard !option.values.isEmpty else { return true }
        let bytes = text.utf8.span
        var start = option.values.lowerBound
        var isLoose = false
        var isList = false
        while start < option.values.upperBound, bytes[start] != UInt8(ascii: "{") {
            isLoose = isLoose || bytes[start] == UInt8(ascii: "%")
            isList = isList || bytes[start] == UInt8(ascii: ";")
            start += 1
        }
        let allowed = (start + 1)..<max(start + 1, option.values.upperBound - 1)
        let value = isLoose ? value.lowercasedASCII : value
        guard isList else { return holds(value, in: allowed, separator: UInt8(ascii: ",")) }
        var rest = value
        while let parts = rest.split(at: UInt8(ascii: ",")) {
            if !holds(parts.head, in: allowed, separator: UInt8(ascii: ",")) { return false }
            rest = parts.tail
        }
        return holds(rest, in: allowed, separator: UInt8(ascii: ","))
    }

    /// The row whose names hold `word`, where the first carries the whole prefix.
    private func row(prefix: Word, word: Word) -> ClapRow? {
        for row in rows where row.names.count > prefix.count {
            let start = row.names.lowerBound
            let names = (start + prefix.count)..<row.names.upperBound
            guard begins(at: start, prefix), holds(word, in: names, separator: 0x20) else {
                continue
            }
            let first = names.lowerBound..<(firstIndex(of: 0x20, in: names) ?? names.upperBound)
            // A slash in the first name: a command below the one asked for.
            if firstIndex(of: UInt8(ascii: "/"), in: first) != nil { continue }
            let bar = row.names.upperBound
            return self.row(named: self.word(first), fields: min(bar + 1, row.end)..<row.end)
        }
        return nil
    }

    private func row(named name: Word, fields: Range<Int>) -> ClapRow {
        var found = [fields, 0..<0, 0..<0, 0..<0]
        var rest = fields
        for place in found.indices {
            let bar = firstIndex(of: UInt8(ascii: "|"), in: rest) ?? rest.upperBound
            found[place] = rest.lowerBound..<bar
            rest = min(bar + 1, rest.upperBound)..<rest.upperBound
        }
        return ClapRow(
            name: name, options: found[0], positionals: found[1], exclusive: found[2],
            needs: found[3])
    }

    private func described(longs: Range<Int>, short: UInt8?, kind: Range<Int>) -> ClapOption {
        let comma = firstIndex(of: UInt8(ascii: ","), in: longs) ?? longs.upperBound
        let first = word(longs.lowerBound..<comma)
        var option: ClapOption
        if first.isEmpty, let short {
            let letter = Word(String(decoding: [short], as: UTF8.self))
            option = ClapOption(name: letter, spelling: Word("-" + letter.text))
        } else {
            option = ClapOption(name: first, spelling: Word("--" + first.text))
        }
        let bytes = text.utf8.span
        for place in kind {
            switch bytes[place] {
            case UInt8(ascii: "+"), UInt8(ascii: "*"): option.repeats = true
            case UInt8(ascii: "="): option.takesValue = true
            case UInt8(ascii: "?"):
                option.takesValue = true
                option.mayLackValue = true
            case UInt8(ascii: "^"): option.takesMany = true
            case UInt8(ascii: "~"): option.allowsHyphen = true
            case UInt8(ascii: "!"): option.needsEquals = true
            case UInt8(ascii: "."): option.printsAndEnds = true
            default:
                option.values = place..<kind.upperBound
                return option
            }
        }
        return option
    }

    // MARK: Bytes

    /// Takes the next non-empty token off the front of a range.
    private func nextToken(in rest: inout Range<Int>, separator: UInt8) -> Range<Int>? {
        let bytes = text.utf8.span
        var start = rest.lowerBound
        while start < rest.upperBound, bytes[start] == separator { start += 1 }
        guard start < rest.upperBound else { return nil }
        let end = firstIndex(of: separator, in: start..<rest.upperBound) ?? rest.upperBound
        rest = end..<rest.upperBound
        return start..<end
    }

    private func holds(_ word: Word, in list: Range<Int>, separator: UInt8) -> Bool {
        let (bytes, wanted) = (text.utf8.span, word.text.utf8.span)
        var start = list.lowerBound
        while start < list.upperBound {
            var end = start
            var isSame = true
            while end < list.upperBound, bytes[end] != separator {
                let offset = end - start
                if isSame, offset >= wanted.count || bytes[end] != wanted[offset] { isSame = false }
                end += 1
            }
            if isSame, end - start == wanted.count, end > start { return true }
            start = end + 1
        }
        return false
    }

    private func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        let bytes = text.utf8.span
        for place in range where bytes[place] == byte { return place }
        return nil
    }

    private func begins(at place: Int, _ prefix: Word) -> Bool {
        let (bytes, other) = (text.utf8.span, prefix.text.utf8.span)
        for offset in other.indices where bytes[place + offset] != other[offset] { return false }
        return true
    }

    private func equals(_ range: Range<Int>, _ word: Word) -> Bool {
        guard range.count == word.count else { return false }
        let (bytes, other) = (text.utf8.span, word.text.utf8.span)
        for offset in 0..<range.count
        where bytes[range.lowerBound + offset] != other[offset] { return false }
        return true
    }

    private func word(_ range: Range<Int>) -> Word {
        let bytes = text.utf8.span
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for place in range { copy.append(bytes[place]) }
        return Word(String(decoding: copy, as: UTF8.self))
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ",")
            || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
    }
}

extension Word {
    /// Whether a list of words parted by blanks holds this one.
    func isOne(of list: String) -> Bool {
        let (bytes, own) = (list.utf8.span, text.utf8.span)
        var place = 0
        while place < bytes.count {
            var length = 0
            var isSame = true
            while place + length < bytes.count, bytes[place + length] != 0x20 {
                isSame = isSame && length < own.count && bytes[place + length] == own[length]
                length += 1
            }
            if isSame, length == own.count, length > 0 { return true }
            place += length + 1
        }
        return false
    }
}
