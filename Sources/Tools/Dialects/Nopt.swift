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
        var columns = NoptColumns()
        return option(named: name, &columns)?.letter
    }

    /// The types of this option, or nil where it does not apply here.
    func types(of name: Word) -> NoptTypes? {
        var columns = NoptColumns()
        return option(named: name, &columns)?.types
    }

    /// The option of exactly this name, or nil where it does not apply here.
    func option(named name: Word, _ columns: inout NoptColumns) -> NoptOption? {
        guard let payload = options.payload(of: name) else { return nil }
        return option(name, payload, &columns)
    }

    private func option(
        _ name: Word, _ payload: Word, _ columns: inout NoptColumns
    ) -> NoptOption? {
        columns.meet(payload, at: column)
        guard let letter = Self.letter(payload, column), applies(name) else { return nil }
        return NoptOption(
            name: name, letter: letter, types: NoptTypes(payload, isSinceEleven: column >= 5))
    }

    private func applies(_ name: Word) -> Bool {
        guard let members, !always.contains(name) else { return true }
        guard let sets = members.table.payload(of: name) else { return false }
        if sets.contains(UInt8(ascii: "*")) { return true }
        for set in members.sets where sets.contains(set) { return true }
        return false
    }

    /// The class letter of a column; nil where that version has no such option.
    private static func letter(_ payload: Word, _ column: Int) -> UInt8? {
        let letters = payload.text.utf8.span
        var count = 0
        while count < letters.count, letters[count] != UInt8(ascii: ":") { count += 1 }
        guard count > 0 else { return nil }
        let letter = letters[count == 1 ? 0 : min(column, count - 1)]
        return letter == UInt8(ascii: ".") ? nil : letter
    }

    /// The one option that starts with `prefix`, an exact name before all others.
    func option(startingWith prefix: Word, _ columns: inout NoptColumns) -> NoptOption? {
        if prefix.isEmpty { return nil }
        var found: NoptOption?
        var count = 0
        for entry in options.entries(startingWith: prefix) {
            guard let option = option(entry.name, entry.payload, &columns) else { continue }
            if entry.name == prefix { return option }
            found = option
            count += 1
        }
        return count == 1 ? found : nil
    }

    /// What a name stands for that is no option's whole name, by nopt's order of preference.
    func meaning(of name: Word, _ columns: inout NoptColumns) -> NoptMeaning {
        if let words = shorthand(name) ?? cluster(name) { return .words(words) }
        if let option = option(startingWith: name, &columns) { return .option(option) }
        guard !name.isEmpty else { return .unknown }
        var candidates = shorthands.entries(startingWith: name).map(\.name)
        if let own {
            let start = own.command.count + 1
            let prefix = Word(own.command.text + "/" + name.text)
            for entry in own.table.entries(startingWith: prefix) {
                let bare = entry.name.dropFirst(start)
                if !candidates.contains(bare) { candidates.append(bare) }
            }
        }
        guard candidates.count == 1, let words = shorthand(candidates[0]) else { return .unknown }
        return .words(words)
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
            let letter = Word(String(UnicodeScalar(byte)))
            guard let expansion = shorthand(letter) else { return nil }
            words += expansion
        }
        return words
    }
}

/// An option of a table, as one version has it.
struct NoptOption {
    let name: Word
    /// Its class.
    let letter: UInt8
    let types: NoptTypes
}

/// What a name means that is no option's whole name.
enum NoptMeaning {
    /// A short name, or several letters in one word.
    case words([Word])
    /// An abbreviation.
    case option(NoptOption)
    case unknown
}

/// Columns of a table under which everything looked at so far is the same, one bit each: what was
/// read for one of them need not be read again for the others.
struct NoptColumns {
    private(set) var bits: UInt8 = 0xFF

    /// Whether nothing looked at so far is another in that column.
    func contains(_ column: Int) -> Bool { bits >> UInt8(truncatingIfNeeded: column) & 1 == 1 }

    /// Narrows to the columns that are in `other` as well.
    mutating func meet(_ other: NoptColumns) { bits &= other.bits }

    /// Narrows to the columns that give an option the letter and the literals it has in `column`.
    mutating func meet(_ payload: Word, at column: Int) {
        let bytes = payload.text.utf8.span
        var count = 0
        while count < bytes.count, bytes[count] != UInt8(ascii: ":") { count += 1 }
        if count > 1 {
            let own = bytes[min(column, count - 1)]
            for other in 0..<8 where bytes[min(other, count - 1)] != own {
                bits &= ~(1 << UInt8(truncatingIfNeeded: other))
            }
        }
        // A literal since npm 11, which is column 5.
        for index in count..<bytes.count where bytes[index] == UInt8(ascii: "+") {
            bits &= column >= 5 ? 0b1110_0000 : 0b0001_1111
        }
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
struct NoptUse {
    /// The option's own name, abbreviations resolved.
    let key: Word
    let value: NoptValue
    /// What this version's table has of it.
    let option: NoptOption?
    /// Whether this version's table has it.
    var isKnown: Bool { option != nil }
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
    /// For which columns of the tables the reading is the same.
    var columns = NoptColumns()
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
        var option = grammar.option(named: name, &columns)
        if option == nil {
            switch grammar.meaning(of: name, &columns) {
            case .words(let words):
                // A name that abbreviates its own expansion (`--dev`, `development`) is read as
                // it is.
                let isItself = words.first == written
                for word in words.dropFirst(isItself ? 1 : 0).reversed() {
                    stack.push(NoptToken(word: word, place: token.place))
                }
                roles[token.place] = .option(name)
                if !isItself { return }
                option = grammar.option(startingWith: name, &columns)
            case .option(let found): option = found
            case .unknown: break
            }
        }
        var negation: Bool?
        let count = name.countOfNo
        if count > 0 {
            negation = count % 2 == 1
            name = name.dropFirst(3 * count)
            if javaScriptNames.contains(name) {
                failure =
                    "\(name) is a property of every JavaScript object; nopt ends in an exception"
                return
            }
            option = grammar.option(startingWith: name, &columns)
        }
        name = option?.name ?? name
        roles[token.place] = .option(name)
        let value = value(
            option, negation: negation, hasEqual: hasEqual, name: name, at: token.place, &stack)
        uses.append(
            NoptUse(
                key: name, value: value, option: option, isNegated: negation != nil,
                place: token.place))
        if option == nil, !hasEqual, case .flag = value, let next = stack.next,
            next.place > token.place, next.word.first != UInt8(ascii: "-")
        {
            unknownBefore.append(next.place)
        }
    }

    private mutating func value(
        _ option: NoptOption?, negation: Bool?, hasEqual: Bool, name: Word, at place: Int,
        _ stack: inout NoptTokens
    ) -> NoptValue {
        let arity = option?.letter
        let isBoolean =
            negation != nil || arity.map(isBooleanClass) ?? !hasEqual
            || (option?.types.has("n") == true && stack.next?.word == "false")
        if isBoolean {
            return boolean(
                types: option?.types, isOn: !(negation ?? false), name: name, at: place, &stack)
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
        guard types.hasLiteral(next.word) || isNumber || isText else { return .flag(isOn) }
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
    letter == UInt8(ascii: "B") || letter == UInt8(ascii: "N") || letter == UInt8(ascii: "A")
        || letter == UInt8(ascii: "X")
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
        if first != UInt8(ascii: "-") { return self }
        return Word(String(Substring(text.utf8.drop { $0 == UInt8(ascii: "-") })))
    }

    /// How often `no-` stands at the beginning.
    fileprivate var countOfNo: Int {
        let bytes = text.utf8.span
        var start = 0
        while start + 2 < bytes.count, bytes[start] | 0x20 == UInt8(ascii: "n"),
            bytes[start + 1] | 0x20 == UInt8(ascii: "o"), bytes[start + 2] == UInt8(ascii: "-")
        {
            start += 3
        }
        return start / 3
    }

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
