// Thor, the command-line library inside Bundler: commands match by unique prefix, options have
// types, and a Boolean takes a following `true` or `t` as its value.
//
// Source: thor `parser/options.rb`, `parser/arguments.rb`, `thor.rb` (`dispatch`,
// `find_command_possibilities`) as vendored by Bundler 2.3.15 and 4.0.

import GateCore

/// The options of one Thor command.
struct Thor {
    enum Kind {
        case flag, string, number, list
    }

    struct Option {
        let name: Word
        /// Other spellings, with their dashes.
        let aliases: [Word]
        let kind: Kind
    }

    struct Use {
        let option: Option
        let isOn: Bool
        let values: [Word]
    }

    struct Reading {
        var uses: [Use] = []
        /// Words that are no options; unknown options too.
        var extra: [Word] = []
        var roles: [Role] = []
        var problem: String?
        /// Whether `--` ended the options.
        var isTerminated = false
    }

    let options: [Option]

    /// - Parameter forms: `name`, `name=s` (text), `name=n` (number), `name=a` (list), with
    ///   aliases after `/`, separated by spaces: `retry/-r=n`.
    init(_ forms: String) {
        options = forms.utf8.split(separator: UInt8(ascii: " ")).map { form in
            let parts = Word(Substring(form)).split(at: UInt8(ascii: "="))
            let names = (parts?.head ?? Word(Substring(form))).text.utf8
                .split(separator: UInt8(ascii: "/")).map { Word(Substring($0)) }
            let kind: Kind =
                switch parts?.tail.first {
                case UInt8(ascii: "s"): .string
                case UInt8(ascii: "n"): .number
                case UInt8(ascii: "a"): .list
                default: .flag
                }
            return Option(
                name: names.first ?? "", aliases: Array(names.dropFirst()), kind: kind)
        }
    }

    /// The only name of which `typed` is the start; aliases stand for their command. Nil with
    /// `isAmbiguous` where several fit, nil without where none does.
    static func command(
        _ typed: Word, names: [Word], aliases: [(alias: Word, name: Word)]
    ) -> (name: Word?, isAmbiguous: Bool) {
        if let alias = aliases.first(where: { $0.alias == typed }) { return (alias.name, false) }
        if names.contains(typed) { return (typed, false) }
        var fitting = names.filter { $0.hasPrefix(typed) }
        for alias in aliases where alias.alias.hasPrefix(typed) && !fitting.contains(alias.name) {
            fitting.append(alias.name)
        }
        return (fitting.count == 1 ? fitting.first : nil, fitting.count > 1)
    }

    /// Reads words as `Thor::Options#parse` does.
    ///
    /// - Parameter stopsAtUnknown: `stop_on_unknown_option!`: the first word that is no known
    ///   option ends the options.
    func read(_ words: [Word], stopsAtUnknown: Bool) -> Reading {
        var reading = Reading()
        reading.roles = Array(repeating: .other("not read"), count: words.count)
        var pile = words.enumerated().map { Item(word: $1, place: $0) }[...]
        while let item = pile.popFirst() {
            if item.word == "--", !item.isValue {
                reading.roles[item.place] = .terminator
                break
            }
            guard let (typed, attached, cluster) = switchShape(item) else {
                reading.roles[item.place] = .positional
                reading.extra.append(item.word)
                if stopsAtUnknown { break }
                // Whatever else starts with a dash is reported as an unknown switch.
                if item.word.first == UInt8(ascii: "-") {
                    reading.problem = reading.problem ?? "unknown option \(item.word)"
                }
                continue
            }
            if !cluster.isEmpty, cluster.contains(where: { found($0) != nil }) {
                for letter in cluster.reversed() {
                    pile.insert(Item(word: letter, place: item.place), at: pile.startIndex)
                }
                continue
            }
            guard cluster.isEmpty, let (option, isOn) = found(typed) else {
                reading.roles[item.place] = .option(item.word)
                reading.extra.append(item.word)
                if stopsAtUnknown { break }
                reading.problem = reading.problem ?? "unknown option \(item.word)"
                continue
            }
            reading.roles[item.place] = .option(option.name)
            if let attached {
                pile.insert(
                    Item(word: attached, place: item.place, isValue: true), at: pile.startIndex)
            }
            take(option, isOn: isOn, &pile, &reading)
            if reading.isTerminated { break }
        }
        for item in pile {
            reading.roles[item.place] = .passedOn
            reading.extra.append(item.word)
        }
        return reading
    }

    private struct Item {
        let word: Word
        let place: Int
        /// Whether it came after `=`, so that it is a value whatever it looks like.
        var isValue = false
    }

    /// What an option-like word consists of: the switch, an attached value, or letters of a
    /// cluster. Nil where the word does not look like a switch to Thor.
    private func switchShape(_ item: Item) -> (typed: Word, attached: Word?, cluster: [Word])? {
        guard !item.isValue, item.word.first == UInt8(ascii: "-") else { return nil }
        let parts = item.word.split(at: UInt8(ascii: "="))
        let head = parts?.head ?? item.word
        if head.hasPrefix("--") {
            let bytes = head.dropFirst(2).text.utf8
            var previous = UInt8(ascii: "-")
            for byte in bytes {
                let isDash = byte == UInt8(ascii: "-")
                if isDash ? previous == byte : !byte.isWordByte { return nil }
                previous = byte
            }
            return previous == UInt8(ascii: "-") ? nil : (head, parts?.tail, [])
        }
        let letters = head.dropFirst(1)
        guard letters.first.isLetter else { return nil }
        if letters.count == 1 { return (head, parts?.tail, []) }
        if parts == nil, letters.text.utf8.allSatisfy({ $0.isLetter }) {
            return (head, nil, letters.text.utf8.map { Word("-" + String(UnicodeScalar($0))) })
        }
        return letters.dropFirst(1).isDecimal ? (head.prefix(2), letters.dropFirst(1), []) : nil
    }

    private func found(_ typed: Word) -> (option: Option, isOn: Bool)? {
        if let short = options.first(where: { $0.aliases.contains(typed) }) { return (short, true) }
        let plain = Word(String(typed.text.map { $0 == "_" ? "-" : $0 })).dropFirst(2)
        guard typed.hasPrefix("--") else { return nil }
        if let exact = options.first(where: { $0.name == plain }) { return (exact, true) }
        for negation: Word in ["no-", "skip-"] where plain.hasPrefix(negation) {
            let rest = plain.dropFirst(negation.count)
            if let option = options.first(where: { $0.name == rest }) { return (option, false) }
        }
        return nil
    }

    private func take(
        _ option: Option, isOn: Bool, _ pile: inout ArraySlice<Item>, _ reading: inout Reading
    ) {
        // Looking for a value, Thor takes `--` off first; then any word is a value.
        if let end = pile.first, end.word == "--", !end.isValue {
            pile.removeFirst()
            reading.roles[end.place] = .terminator
            reading.isTerminated = true
        }
        let isEnd = reading.isTerminated
        let next = pile.first
        let hasNext = pile.first.map { isEnd || $0.isValue || switchShape($0) == nil } ?? false
        var isOn = isOn
        var values: [Word] = []
        switch option.kind {
        case .flag:
            if let next, hasNext {
                if ["true", "TRUE", "t", "T"].contains(next.word) {
                    isOn = true
                    values.append(next.word)
                } else if ["false", "FALSE", "f", "F"].contains(next.word) {
                    isOn = false
                    values.append(next.word)
                }
            }
        case .string, .number:
            if let next, hasNext, isOn {
                values = [next.word]
            } else if option.kind == .number {
                reading.problem = reading.problem ?? "no value for \(option.name)"
            }
        case .list:
            for item in pile {
                let looksLikeOption =
                    item.word.first == UInt8(ascii: "-") && item.word.count > 1
                if looksLikeOption, !item.isValue, !isEnd { break }
                values.append(item.word)
            }
        }
        for value in values {
            guard let item = pile.popFirst() else { break }
            if !item.isValue { reading.roles[item.place] = .valueOf(option.name) }
            if option.kind == .number, !value.isDecimal {
                reading.problem = reading.problem ?? "\(value) is no number"
            }
        }
        reading.uses.append(
            Use(option: option, isOn: isOn, values: option.kind == .flag ? [] : values))
    }
}

extension Thor.Use {
    /// As words that Thor reads the same way wherever an option may stand. A Boolean carries its
    /// value, because a bare one would take a following `t` or `f`.
    var words: [Word] {
        let dashed = "--" + option.name.text
        switch option.kind {
        case .flag: return [Word(dashed + (isOn ? "=true" : "=false"))]
        case .string, .number, .list:
            guard isOn else { return [Word("--no-" + option.name.text)] }
            guard let first = values.first else { return [Word(dashed)] }
            return [Word(dashed + "=" + first.text)] + values.dropFirst()
        }
    }

    /// For the invocation: lists are joined by spaces, as they were typed.
    var optionUse: OptionUse {
        let value = values.isEmpty ? nil : Word(values.map(\.text).joined(separator: " "))
        return OptionUse(name: option.name, value: value, isOn: isOn)
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    fileprivate var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}

extension Word {
    /// A whole or decimal number with an optional sign.
    fileprivate var isDecimal: Bool {
        var bytes = text.utf8[...]
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { bytes.removeFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = parts.last, !last.isEmpty, parts.count <= 2 else { return false }
        return bytes.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
    }
}
