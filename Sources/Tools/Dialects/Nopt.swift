// Options as nopt reads them (npm 6 to 12, pnpm up to 11), token by token. Its habits decide what a
// line means: the number of dashes is irrelevant, `--x=v` becomes two tokens so that a value no
// option takes stays behind as a word, a value option swallows even `--ignore-scripts`, and names
// may be abbreviated. Source: nopt lib/nopt-lib.js `parse` and `resolveShort`, abbrev lib/index.js.
//
// Class letters of a table: B N A X boolean, alone or with null, a literal or a string beside it;
// S string; V any value.

import GateCore

/// The option table of one tool version, or of one command of it.
struct NoptGrammar {
    let options: WordTable
    let shorthands: WordTable
    /// Which letter of a class column applies.
    let column: Int
    /// Which sets each option is in, and the sets that apply here; nil where all options do.
    var members: (table: WordTable, sets: [UInt8])?
    /// Options that apply whatever the sets say.
    var always: [Word] = []
    /// Short names of one command, which stand before the others: `COMMAND/NAME=WORDS`.
    var own: (table: WordTable, command: Word)?
    /// Words that end option reading once they are met (pnpm's `escapeArgs`).
    var escapes: [Word] = []

    init(options: WordTable, shorthands: WordTable, column: Int) {
        self.options = options
        self.shorthands = shorthands
        self.column = column
    }

    /// The class letter of exactly this option, or nil where it does not apply here.
    func arity(of name: Word) -> UInt8? {
        guard let payload = options.payload(of: name), applies(name) else { return nil }
        return arity(payload)
    }

    /// The types of this option, or nil where it does not apply here.
    func types(of name: Word) -> NoptTypes? {
        guard let payload = options.payload(of: name), applies(name), arity(payload) != nil else {
            return nil
        }
        return NoptTypes(payload, isSinceEleven: column >= 5)
    }

    private func applies(_ name: Word) -> Bool {
        guard let members, !always.contains(name) else { return true }
        guard let sets = members.table.payload(of: name) else { return false }
        if sets.contains(UInt8(ascii: "*")) { return true }
        for set in members.sets where sets.contains(set) { return true }
        return false
    }

    private func arity(_ payload: Word) -> UInt8? {
        let letters = Array(payload.text.utf8.prefix { $0 != UInt8(ascii: ":") })
        guard let first = letters.first else { return nil }
        let letter = letters.count == 1 ? first : letters[min(column, letters.count - 1)]
        return letter == UInt8(ascii: ".") ? nil : letter
    }

    /// The one option that starts with `prefix`, an exact name before all others.
    func option(startingWith prefix: Word) -> Word? {
        if prefix.isEmpty { return nil }
        let candidates = options.entries(startingWith: prefix).filter {
            arity($0.payload) != nil && applies($0.name)
        }
        for entry in candidates where entry.name == prefix { return prefix }
        return candidates.count == 1 ? candidates[0].name : nil
    }

    /// What a short name stands for, by nopt's order of preference; nil where it is no short name.
    func expansion(of name: Word) -> [Word]? {
        if arity(of: name) != nil { return nil }
        if let words = shorthand(name) { return words }
        if let cluster = cluster(name) { return cluster }
        if option(startingWith: name) != nil { return nil }
        guard !name.isEmpty else { return nil }
        var candidates = shorthands.entries(startingWith: name).map(\.name)
        if let own {
            let start = own.command.count + 1
            let prefix = Word(own.command.text + "/" + name.text)
            for entry in own.table.entries(startingWith: prefix) {
                let bare = entry.name.dropFirst(start)
                if !candidates.contains(bare) { candidates.append(bare) }
            }
        }
        return candidates.count == 1 ? shorthand(candidates[0]) : nil
    }

    /// The words of exactly this short name.
    func shorthand(_ name: Word) -> [Word]? {
        let ofCommand = own.flatMap {
            $0.table.payload(of: Word($0.command.text + "/" + name.text))
        }
        guard let payload = ofCommand ?? shorthands.payload(of: name) else { return nil }
        return payload.commaParts.map { word in
            word.split(at: UInt8(ascii: "~")).map { Word("\($0.head)=\($0.tail)") } ?? word
        }
    }

    /// Several one-letter names in one word; the empty word is a cluster of none.
    private func cluster(_ name: Word) -> [Word]? {
        var words: [Word] = []
        for byte in name.text.utf8 {
            guard byte < 0x80 else { return nil }
            let letter = Word(String(decoding: [byte], as: UTF8.self))
            guard let expansion = shorthand(letter) else { return nil }
            words += expansion
        }
        return words
    }
}

/// The value nopt stores for one occurrence of an option.
enum NoptValue: Equatable {
    case flag(Bool)
    case text(Word)
    case null
    /// A value option before `--`, or one but of strings at the end: nopt stores `true`.
    case missing
}

/// One occurrence of an option.
struct NoptUse: Equatable {
    /// The option's own name, abbreviations resolved.
    let key: Word
    let value: NoptValue
    /// Whether this version's table has it.
    let isKnown: Bool
    /// Whether it was written with `no-`, once or more, which makes any option a boolean.
    let isNegated: Bool
    /// Which argument it began in.
    let place: Int
}

/// What nopt makes of a line.
struct NoptReading {
    var uses: [NoptUse] = []
    var remain: [Word] = []
    /// Which argument each word of `remain` began in.
    var places: [Int] = []
    var roles: [Role]
    /// How many words of `remain` stand before `--`.
    var countBeforeTerminator: Int?
    /// Set where the tool itself ends with an exception.
    var failure: String?
    /// Whether an unknown bare option stood directly before a word, and before which one.
    var unknownBefore: [Int] = []
}

/// Reads a line.
func readNopt(_ arguments: [Word], _ grammar: NoptGrammar) -> NoptReading {
    var reading = NoptReading(roles: Array(repeating: .positional, count: arguments.count))
    var stack = NoptTokens(arguments)
    while let token = stack.pop() {
        if grammar.escapes.contains(token.word) {
            reading.keep(token)
            while let rest = stack.pop() { reading.keep(rest) }
            break
        }
        if token.word.isOnlyDashes {
            reading.countBeforeTerminator = reading.remain.count
            reading.roles[token.place] = .terminator
            while let rest = stack.pop() { reading.keep(rest) }
            break
        }
        guard token.word.first == UInt8(ascii: "-"), token.word.count > 1 else {
            reading.keep(token)
            continue
        }
        reading.option(token, &stack, grammar)
        if reading.failure != nil { break }
    }
    return reading
}

/// A token and the argument it came from.
private struct NoptToken {
    var word: Word
    let place: Int
}

/// The tokens still to be read, the next one last.
private struct NoptTokens {
    private var stack: [NoptToken] = []

    init(_ arguments: [Word]) {
        stack.reserveCapacity(arguments.count)
        for (place, word) in arguments.enumerated().reversed() {
            stack.append(NoptToken(word: word, place: place))
        }
    }

    var next: NoptToken? { stack.last }

    mutating func pop() -> NoptToken? { stack.popLast() }

    mutating func push(_ token: NoptToken) { stack.append(token) }
}

extension NoptReading {
    fileprivate mutating func keep(_ token: NoptToken) {
        remain.append(token.word)
        places.append(token.place)
    }

    /// Reads the option that `token` begins, taking its value from `stack`.
    fileprivate mutating func option(
        _ token: NoptToken, _ stack: inout NoptTokens, _ grammar: NoptGrammar
    ) {
        var written = token.word
        var hasEqual = false
        if let (head, tail) = written.split(at: UInt8(ascii: "=")) {
            hasEqual = true
            written = head
            stack.push(NoptToken(word: tail, place: token.place))
        }
        var name = written.withoutDashes
        if javaScriptNames.contains(name) {
            failure = "\(name) is a property of every JavaScript object; nopt ends in an exception"
            return
        }
        if let words = grammar.expansion(of: name) {
            // A name that abbreviates its own expansion (`--dev`, `development`) is read as it is.
            let isItself = words.first == written
            for word in words.dropFirst(isItself ? 1 : 0).reversed() {
                stack.push(NoptToken(word: word, place: token.place))
            }
            roles[token.place] = .option(name)
            if !isItself { return }
        }
        var negation: Bool?
        while name.startsWithNo {
            negation = !(negation ?? false)
            name = name.dropFirst(3)
        }
        if javaScriptNames.contains(name) {
            failure = "\(name) is a property of every JavaScript object; nopt ends in an exception"
            return
        }
        name = grammar.option(startingWith: name) ?? name
        let arity = grammar.arity(of: name)
        roles[token.place] = .option(name)
        let value = value(
            arity: arity, types: grammar.types(of: name), negation: negation, hasEqual: hasEqual,
            name: name, at: token.place, &stack)
        uses.append(
            NoptUse(
                key: name, value: value, isKnown: arity != nil, isNegated: negation != nil,
                place: token.place))
        if arity == nil, !hasEqual, case .flag = value, let next = stack.next,
            next.place > token.place, next.word.first != UInt8(ascii: "-")
        {
            unknownBefore.append(next.place)
        }
    }

    private mutating func value(
        arity: UInt8?, types: NoptTypes?, negation: Bool?, hasEqual: Bool, name: Word,
        at place: Int, _ stack: inout NoptTokens
    ) -> NoptValue {
        let isBoolean =
            negation != nil || arity.map(isBooleanClass) ?? !hasEqual
            || (types?.has("n") == true && stack.next?.word == "false")
        if isBoolean {
            return boolean(
                types: types, isOn: !(negation ?? false), name: name, at: place, &stack)
        }
        guard let next = stack.next else { return arity == stringClass ? .text("") : .missing }
        if arity == stringClass, next.word.looksLikeOption { return .text("") }
        if next.word.isOnlyDashes { return .missing }
        take(name, at: place, &stack)
        return .text(next.word)
    }

    private mutating func boolean(
        types: NoptTypes?, isOn: Bool, name: Word, at place: Int, _ stack: inout NoptTokens
    ) -> NoptValue {
        guard let next = stack.next else { return .flag(isOn) }
        if next.word == "true" || next.word == "false" {
            take(name, at: place, &stack)
            return .flag((next.word == "true") == isOn)
        }
        // Only where nopt has a list of types does it look further, negated or not.
        guard let types, types.isList, !next.word.isEmpty else { return .flag(isOn) }
        if next.word == "null", types.has("n") {
            take(name, at: place, &stack)
            return .null
        }
        let isNumber = types.has("i") && next.word.isNumber && !next.word.isDoubleDashed
        let isText = types.has("s") && !next.word.isSingleDashed
        guard types.literals.contains(next.word) || isNumber || isText else { return .flag(isOn) }
        take(name, at: place, &stack)
        return .text(next.word)
    }

    private mutating func take(_ name: Word, at place: Int, _ stack: inout NoptTokens) {
        guard let token = stack.pop(), token.place != place else { return }
        roles[token.place] = .valueOf(name)
    }
}

private let stringClass = UInt8(ascii: "S")

private func isBooleanClass(_ letter: UInt8) -> Bool {
    "BNAX".utf8.contains(letter)
}

/// nopt looks names up in plain objects, so these find functions instead of nothing.
let javaScriptNames: [Word] = [
    "constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "__proto__",
    "propertyIsEnumerable", "toLocaleString", "__defineGetter__", "__defineSetter__",
    "__lookupGetter__", "__lookupSetter__",
]

extension Word {
    /// Two dashes or more and nothing else: nopt's end of options.
    fileprivate var isOnlyDashes: Bool {
        count >= 2 && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    fileprivate var withoutDashes: Word {
        Word(String(Substring(text.utf8.drop { $0 == UInt8(ascii: "-") })))
    }

    fileprivate var startsWithNo: Bool { prefix(3).lowercasedASCII == "no-" }

    /// `/^-{1,2}[^-]+/`: what a string option leaves alone.
    fileprivate var looksLikeOption: Bool {
        let dashes = text.utf8.prefix { $0 == UInt8(ascii: "-") }.count
        return (dashes == 1 || dashes == 2) && count > dashes
    }

    /// `/^-{2,}[^-]/`: what no number begins with.
    fileprivate var isDoubleDashed: Bool {
        let dashes = text.utf8.prefix { $0 == UInt8(ascii: "-") }.count
        return dashes >= 2 && count > dashes
    }

    /// `/^-[^-]/`: what a boolean-or-string option leaves alone.
    fileprivate var isSingleDashed: Bool {
        let dashes = text.utf8.prefix { $0 == UInt8(ascii: "-") }.count
        return dashes == 1 && count > 1
    }

    /// The parts between commas.
    var commaParts: [Word] {
        text.utf8.split(separator: UInt8(ascii: ",")).map { Word(String(Substring($0))) }
    }
}
