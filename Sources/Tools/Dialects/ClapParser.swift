// One pass over the words of a clap program, in the order that clap takes them: command word, `--`,
// long option, cluster of letters, value of the option before, positional. After a word that clap
// would refuse the pass goes on, so that a line is graded by the gravest thing it could mean.

internal import GateCore

/// One pass over a line.
struct ClapParser {
    let grammar: ClapGrammar
    private var reading = ClapReading()
    private var row: ClapRow?
    /// Options and positionals (`1`) met at the present command.
    private var given: [Word] = []
    /// The present command's positionals, as its row gives them.
    private var specs: [Word] = []
    private var positionalCount = 0
    private var needsCommand = false
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
        guard let option = grammar.option(long: name, letter: 0, in: row?.options ?? 0..<0) else {
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
            guard let option = grammar.option(long: nil, letter: letter, in: row?.options ?? 0..<0)
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
        if !grammar.allows(value, by: option) {
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
        if needsCommand {
            // clap prints the help of a command that is useless alone; with options it refuses.
            if given.isEmpty {
                reading.wantsHelp = reading.problems.isEmpty
            } else {
                problem("\(row.name.text) needs a command")
            }
        }
        for spec in specs where spec.hasSuffix("!") || spec.hasSuffix("+") {
            if positionalCount == 0 { problem("\(row.name.text) needs an argument") }
        }
    }

    /// Checks what may not, or must, stand together at the command that ends here.
    private mutating func validate() {
        guard let row else { return }
        if given.isEmpty, row.needs.isEmpty { return }
        for group in grammar.words(row.exclusive) {
            var met: Word?
            for name in given where name.isOne(of: spaced(group)) {
                if let met, met != name { problem("\(shown(met)) excludes \(shown(name))") }
                met = name
            }
        }
        for need in grammar.words(row.needs) {
            guard let (whose, targets) = need.split(at: UInt8(ascii: ">")) else { continue }
            let list = spaced(targets)
            let wanted = given.contains { $0.isOne(of: list) }
            if whose == "*" ? !wanted : given.contains(whose) && !wanted {
                problem("--\(whose.text) is not complete")
            }
        }
    }

    private func shown(_ name: Word) -> String { name == "1" ? "an argument" : "--\(name.text)" }

    private mutating func enter() {
        given = []
        positionalCount = 0
        reading.shape = .plain
        needsCommand = false
        specs = []
        for spec in row.map({ grammar.words($0.positionals) }) ?? [] {
            if spec == "(sub)" {
                needsCommand = true
                continue
            }
            if spec.hasSuffix("~") { reading.shape = .trailing }
            if spec.hasSuffix("--") { reading.shape = .last }
            specs.append(spec)
        }
    }

    /// A list at commas as a list at blanks.
    private func spaced(_ list: Word) -> String {
        var bytes: [UInt8] = []
        for byte in list.text.utf8 { bytes.append(byte == UInt8(ascii: ",") ? 0x20 : byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func takesMany(_ spec: Word) -> Bool {
        spec.hasSuffix("*") || spec.hasSuffix("+") || spec.hasSuffix("~")
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
