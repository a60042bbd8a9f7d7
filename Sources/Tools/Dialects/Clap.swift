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

import GateCore

/// The grammar of a clap program, as one text.
struct ClapGrammar: Sendable {
    let text: String
    /// Whether an unknown command word is an external command that gets all that follows.
    let takesExternalCommands: Bool

    /// Reads the words after the program's name.
    func read(_ arguments: [Word]) -> ClapReading {
        var parser = ClapParser(grammar: self)
        return parser.read(arguments)
    }

    /// The canonical name of a command word, or nil where the program has no such command.
    func command(_ word: Word) -> Word? { row(of: word, below: []).map { $0.name } }
}

/// What a clap program understood.
struct ClapReading: Sendable {
    /// Canonical words of the commands, outermost first; empty for the program itself.
    var path: [Word] = []
    var uses: [ClapUse] = []
    var positionals: [Word] = []
    /// Words after `--`, or after the first word of an everything-follows positional.
    var rest: [Word] = []
    /// Where an external command's own name stands among the arguments.
    var external: Int?
    /// Whether help or a version is printed and nothing else is done.
    var wantsHelp = false
    /// Why clap would refuse the line; empty where it would not.
    var problems: [String] = []
    /// Whether an option before the first command word is not known.
    var hasUnknownRootOption = false
    /// One for each argument.
    var roles: [Role] = []
    /// The command's own positional shape, for composition.
    var shape = ClapShape.plain

    /// The last use of an option, at any level.
    func use(_ name: Word) -> ClapUse? { uses.last { $0.name == name } }

    /// All values of an option, in typed order.
    func values(_ name: Word) -> [Word] {
        uses.compactMap { $0.name == name ? $0.value : nil }
    }
}

extension ClapReading {
    /// The words that mean this reading and nothing else: options stay at the command they were
    /// given to, each with its value in one word, and `--` stands wherever a word could be read
    /// as something other than it is.
    ///
    /// - Parameters:
    ///   - first: words that stand before everything else.
    ///   - uses: the options in force, where they differ from the ones read.
    func composition(before first: [Word] = [], uses: [ClapUse]? = nil) -> Composition {
        let uses = uses ?? self.uses
        var before = first
        for (level, word) in path.enumerated() {
            for use in uses where use.level == level { before.append(use.word) }
            before.append(word)
        }
        var open: [Word] = []
        var closed: [Word] = []
        for use in uses where use.level >= path.count {
            // An option whose value may be missing would swallow a word after it.
            if use.isOpen, use.value == nil {
                open.append(use.word)
            } else {
                closed.append(use.word)
            }
        }
        let options = open + closed
        let passedOn = rest.isEmpty ? [] : ["--"] + rest
        switch shape {
        case .trailing: return .words(before: before, after: options + passedOn)
        case .last: return .words(before: before, after: positionals + options + passedOn)
        case .plain:
            let isUnsafe =
                (closed.isEmpty && !open.isEmpty)
                || positionals.contains { $0.first == UInt8(ascii: "-") }
            let mark: [Word] = isUnsafe && !positionals.isEmpty ? ["--"] : []
            return .words(before: before, after: options + mark + positionals)
        }
    }
}

/// Where a command's positionals may stand.
enum ClapShape: Sendable {
    case plain
    /// The first positional ends the options.
    case trailing
    /// The last positional is reached by `--` only.
    case last
}

/// One option that was given.
struct ClapUse: Sendable, Equatable {
    /// Long name, or the letter where there is no long one.
    var name: Word
    /// As the program prints it: `--color`, `-Z`.
    var spelling: Word
    var value: Word?
    /// How many command words stand before it.
    var level: Int
    /// Whether it takes a value that may be missing, so that it must not stand before a word.
    var isOpen: Bool
    var repeats: Bool

    /// The option in the one spelling that cannot swallow or be swallowed.
    var word: Word {
        guard let value else { return spelling }
        return Word("\(spelling.text)=\(value.text)")
    }
}

/// One row of a grammar.
private struct ClapRow {
    let name: Word
    let options: Substring
    let positionals: Substring
    let exclusive: Substring
    let needs: Substring
}

/// An option's own rules.
private struct ClapOption {
    var name: Word
    var spelling: Word
    var takesValue = false
    var mayLackValue = false
    var repeats = false
    var takesMany = false
    var allowsHyphen = false
    var needsEquals = false
    var printsAndEnds = false
    var values: Substring = ""
}

extension ClapGrammar {
    fileprivate func row(of word: Word, below path: [Word]) -> ClapRow? {
        guard !word.contains(UInt8(ascii: "/")), !word.contains(UInt8(ascii: " ")), !word.isEmpty,
            word.first != UInt8(ascii: "&"), word != "."
        else { return nil }
        var full = ""
        for part in path { full += part.text + "/" }
        return row(prefix: full, word: word)
    }

    fileprivate var root: ClapRow? { row(prefix: "", word: ".") }

    fileprivate func group(_ name: Substring) -> Substring {
        row(prefix: "", word: Word(name))?.options ?? ""
    }

    /// The row whose names hold `word`, where the first carries the whole prefix.
    private func row(prefix: String, word: Word) -> ClapRow? {
        var start = text.utf8.startIndex
        while start < text.utf8.endIndex {
            let end = text.utf8[start...].firstIndex(of: 0x0A) ?? text.utf8.endIndex
            let line = text[start..<end]
            start = end < text.utf8.endIndex ? text.utf8.index(after: end) : end
            guard line.utf8.starts(with: prefix.utf8) else { continue }
            let names = Substring(
                line.utf8.dropFirst(prefix.utf8.count).prefix { $0 != UInt8(ascii: "|") }
            ).utf8
            if isBelow(names) { continue }
            for name in names.split(separator: 0x20) where name.elementsEqual(word.text.utf8) {
                return fields(of: line, prefix: prefix)
            }
        }
        return nil
    }

    /// Whether the canonical name is that of a command below the one asked for.
    private func isBelow(_ names: Substring.UTF8View) -> Bool {
        for byte in names {
            if byte == 0x20 { return false }
            if byte == UInt8(ascii: "/") { return true }
        }
        return false
    }

    private func fields(of line: Substring, prefix: String) -> ClapRow {
        let parts = line.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        let field = { (place: Int) in
            place < parts.count ? Substring(parts[place]) : Substring()
        }
        let first = field(0).utf8.dropFirst(prefix.utf8.count).prefix { $0 != 0x20 }
        return ClapRow(
            name: Word(Substring(first)), options: field(1), positionals: field(2),
            exclusive: field(3), needs: field(4))
    }

    /// The option with this long name or this letter, in a row or in the groups it includes.
    fileprivate func option(long: Word?, letter: UInt8, in options: Substring) -> ClapOption? {
        for token in options.utf8.split(separator: 0x20) {
            if token.first == UInt8(ascii: "&") {
                let found = option(long: long, letter: letter, in: group(Substring(token)))
                if let found { return found }
                continue
            }
            let names = token.prefix { isNameByte($0) }
            let parts = names.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            let longs = parts.first ?? Substring().utf8
            let short = parts.count > 1 ? parts[1].first : nil
            if let long {
                let hit = longs.split(separator: UInt8(ascii: ","))
                    .contains { $0.elementsEqual(long.text.utf8) }
                guard hit else { continue }
            } else if short != letter {
                continue
            }
            let kind = token.dropFirst(names.count)
            return described(
                longs: Substring(longs), short: short, kind: Substring(kind))
        }
        return nil
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ",")
            || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
    }

    private func described(longs: Substring, short: UInt8?, kind: Substring) -> ClapOption {
        let first = Word(Substring(longs.utf8.prefix { $0 != UInt8(ascii: ",") }))
        var option: ClapOption
        if first.isEmpty, let short {
            let letter = Word(String(decoding: [short], as: UTF8.self))
            option = ClapOption(name: letter, spelling: Word("-" + letter.text))
        } else {
            option = ClapOption(name: first, spelling: Word("--" + first.text))
        }
        var place = kind.utf8.startIndex
        while place < kind.utf8.endIndex {
            switch kind.utf8[place] {
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
                option.values = kind[place...]
                return option
            }
            place = kind.utf8.index(after: place)
        }
        return option
    }
}

/// One pass over a line.
private struct ClapParser {
    let grammar: ClapGrammar
    private var reading = ClapReading()
    private var row: ClapRow?
    /// Options and positionals met at the present command.
    private var given: [Word] = []
    private var positionalCount = 0
    private var pending: ClapOption?
    private var pendingUse: Int?
    private var isTrailing = false

    init(grammar: ClapGrammar) { self.grammar = grammar }

    mutating func read(_ arguments: [Word]) -> ClapReading {
        row = grammar.root
        enter()
        for index in arguments.indices {
            let word = arguments[index]
            if !isTrailing, readOption(word) {
                if reading.wantsHelp {
                    fillRoles(to: arguments.count)
                    return reading
                }
                continue
            }
            if reading.path.isEmpty {
                guard grammar.takesExternalCommands else {
                    problem("there is no command \(word.text)")
                    reading.roles.append(.other("unknown command"))
                    continue
                }
                reading.external = index
                reading.roles.append(.command)
                fillRoles(to: arguments.count)
                break
            }
            readPositional(word)
        }
        finish()
        return reading
    }

    /// Takes a word that is an option, a value, a command word or `--`; false for a positional.
    private mutating func readOption(_ word: Word) -> Bool {
        if pending == nil, let inner = grammar.row(of: word, below: reading.path) {
            validate()
            reading.path.append(inner.name)
            row = inner
            enter()
            reading.roles.append(.command)
            return true
        }
        let startsWithDash = word.first == UInt8(ascii: "-") && word.count > 1
        if startsWithDash, pending?.allowsHyphen != true {
            if word == "--" {
                closePending()
                isTrailing = true
                reading.roles.append(.terminator)
            } else if word.hasPrefix("--") {
                readLong(word)
            } else {
                readCluster(word)
            }
            return true
        }
        guard let option = pending, let use = pendingUse else { return false }
        setValue(word, of: option, at: use)
        reading.roles.append(.valueOf(option.spelling))
        if !option.takesMany { dropPending() }
        return true
    }

    private mutating func readLong(_ word: Word) {
        closePending()
        let body = word.dropFirst(2)
        let parts = body.split(at: UInt8(ascii: "="))
        let name = parts?.head ?? body
        if name == "help", parts == nil { return readHelp() }
        guard let option = grammar.option(long: name, letter: 0, in: row?.options ?? "") else {
            unknown("--" + name.text)
            return
        }
        reading.roles.append(.option(option.spelling))
        take(option, value: parts?.tail, hasEquals: parts != nil)
    }

    private mutating func readCluster(_ word: Word) {
        closePending()
        let bytes = Array(word.text.utf8)
        var place = 1
        while place < bytes.count {
            let letter = bytes[place]
            place += 1
            if letter == UInt8(ascii: "h") { return readHelp() }
            guard let option = grammar.option(long: nil, letter: letter, in: row?.options ?? "")
            else {
                unknown(word.text)
                return
            }
            if !option.takesValue {
                use(option)
                continue
            }
            reading.roles.append(.option(option.spelling))
            guard place < bytes.count else {
                take(option, value: nil, hasEquals: false)
                return
            }
            let hasEquals = bytes[place] == UInt8(ascii: "=")
            let value = word.dropFirst(hasEquals ? place + 1 : place)
            take(option, value: value, hasEquals: hasEquals)
            return
        }
        reading.roles.append(.option(word))
    }

    private mutating func readHelp() {
        reading.roles.append(.option("--help"))
        if reading.problems.isEmpty { reading.wantsHelp = true }
    }

    private mutating func take(_ option: ClapOption, value: Word?, hasEquals: Bool) {
        let place = use(option)
        if !option.takesValue {
            if value != nil { problem("\(option.spelling.text) takes no value") }
            return
        }
        if option.needsEquals, !hasEquals {
            if !option.mayLackValue { problem("\(option.spelling.text) needs =") }
            return
        }
        if let value { return setValue(value, of: option, at: place) }
        pending = option
        pendingUse = place
    }

    @discardableResult
    private mutating func use(_ option: ClapOption) -> Int {
        if given.contains(option.name), !option.repeats {
            problem("\(option.spelling.text) is given twice")
        }
        given.append(option.name)
        if option.printsAndEnds, reading.problems.isEmpty { reading.wantsHelp = true }
        reading.uses.append(
            ClapUse(
                name: option.name, spelling: option.spelling, level: reading.path.count,
                isOpen: option.mayLackValue && !option.needsEquals, repeats: option.repeats))
        return reading.uses.count - 1
    }

    private mutating func setValue(_ value: Word, of option: ClapOption, at place: Int) {
        if reading.uses[place].value == nil {
            reading.uses[place].value = value
        } else {
            // A further value of the same occurrence is written as an occurrence of its own.
            var further = reading.uses[place]
            further.value = value
            reading.uses.append(further)
        }
        if !option.values.isEmpty, !isOneOf(option.values, value) {
            problem("\(option.spelling.text) has no value \(value.text)")
        }
    }

    /// Ends an option that is still waiting for a value.
    private mutating func closePending() {
        if let option = pending, let use = pendingUse, reading.uses[use].value == nil,
            !option.mayLackValue
        {
            problem("\(option.spelling.text) has no value")
        }
        dropPending()
    }

    private mutating func dropPending() {
        pending = nil
        pendingUse = nil
    }

    private mutating func readPositional(_ word: Word) {
        closePending()
        let specs = positionalSpecs()
        if isTrailing, reading.shape == .last {
            given.append("--")
            reading.rest.append(word)
            reading.roles.append(.passedOn)
            return
        }
        let place = min(positionalCount, max(0, specs.count - 1))
        guard place < specs.count, !specs[place].hasSuffix("--"),
            positionalCount < specs.count || takesMany(specs[place])
        else {
            problem("\(word.text) is not expected")
            reading.roles.append(.other("not expected"))
            return
        }
        given.append("1")
        positionalCount += 1
        if reading.shape == .trailing {
            isTrailing = true
            reading.rest.append(word)
            reading.roles.append(.passedOn)
        } else {
            reading.positionals.append(word)
            reading.roles.append(.positional)
        }
    }

    private mutating func finish() {
        closePending()
        validate()
        guard let row, reading.external == nil else { return }
        if row.positionals.utf8.contains(UInt8(ascii: "(")) {
            // clap prints the help of a command that is useless alone; with options it refuses.
            if given.isEmpty {
                reading.wantsHelp = reading.problems.isEmpty
            } else {
                problem("\(row.name.text) needs a command")
            }
        }
        for spec in positionalSpecs() where spec.hasSuffix("!") || spec.hasSuffix("+") {
            if positionalCount == 0 { problem("\(row.name.text) needs an argument") }
        }
    }

    /// Checks what may not, or must, stand together at the command that ends here.
    private mutating func validate() {
        guard let row else { return }
        for group in row.exclusive.utf8.split(separator: 0x20) {
            var met: Word?
            for name in group.split(separator: UInt8(ascii: ",")) {
                let name = Word(Substring(name))
                guard given.contains(name) else { continue }
                if let met { problem("--\(met.text) excludes --\(name.text)") }
                met = name
            }
        }
        for need in row.needs.utf8.split(separator: 0x20) {
            let sides = need.split(separator: UInt8(ascii: ">"))
            guard sides.count == 2 else { continue }
            let wanted = sides[1].split(separator: UInt8(ascii: ",")).contains {
                given.contains(Word(Substring($0)))
            }
            let whose = Word(Substring(sides[0]))
            if whose == "*" ? !wanted : given.contains(whose) && !wanted {
                problem("--\(whose.text) is not complete")
            }
        }
    }

    private mutating func enter() {
        given = []
        positionalCount = 0
        reading.shape = .plain
        for spec in positionalSpecs() {
            if spec.hasSuffix("~") { reading.shape = .trailing }
            if spec.hasSuffix("--") { reading.shape = .last }
        }
    }

    private func positionalSpecs() -> [Word] {
        let all = row?.positionals.utf8.split(separator: 0x20).map { Word(Substring($0)) } ?? []
        return all.filter { $0 != "(sub)" }
    }

    private func takesMany(_ spec: Word) -> Bool {
        spec.hasSuffix("*") || spec.hasSuffix("+") || spec.hasSuffix("~")
    }

    private func isOneOf(_ values: Substring, _ value: Word) -> Bool {
        var list = values.utf8
        var isLoose = false
        var isList = false
        while let mark = list.first, mark != UInt8(ascii: "{") {
            isLoose = isLoose || mark == UInt8(ascii: "%")
            isList = isList || mark == UInt8(ascii: ";")
            list = list.dropFirst()
        }
        let allowed = list.dropFirst().dropLast().split(separator: UInt8(ascii: ","))
        let parts =
            isList
            ? value.text.utf8.split(
                separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            : [Substring(value.text).utf8]
        for part in parts {
            let word = Word(Substring(part))
            let plain = isLoose ? word.lowercasedASCII : word
            guard allowed.contains(where: { $0.elementsEqual(plain.text.utf8) }) else {
                return false
            }
        }
        return true
    }

    private mutating func unknown(_ spelling: String) {
        problem("there is no option \(spelling)")
        reading.roles.append(.option(Word(spelling)))
        if reading.path.isEmpty { reading.hasUnknownRootOption = true }
    }

    private mutating func problem(_ text: String) { reading.problems.append(text) }

    private mutating func fillRoles(to count: Int) {
        while reading.roles.count < count { reading.roles.append(.passedOn) }
    }
}
