// nuget.exe's command line: the command comes first, commands and options match by prefix in any
// case, and every option that is not Boolean takes the next word, whatever it is.
//
// Source: NuGet.Client `CommandLineParser.cs`, `CommandManager.cs`; 2.8.7 behaves the same under
// its own parser. Only `-` starts an option here: `/` does on Windows alone.

import GateCore

/// The parser that all commands of nuget.exe share.
enum NuGetCommandLine {
    /// One option of a command.
    struct Option {
        let name: Word
        let alternative: Word?
        /// Whether it takes no value; such an option is switched off by a trailing `-`.
        let isFlag: Bool
        /// Where the value is one of a list of words, these words; it may then be abbreviated.
        let choices: [Word]
    }

    /// What the parser made of the words after the command.
    struct Reading {
        var options: [OptionUse] = []
        var positionals: [Word] = []
        var roles: [Role] = []
        /// Why the parser stops with an error, where it does.
        var problem: String?
    }

    /// Parses `Name`, `Name=` (takes a value), `Name/alternative=`, `Name=A,B` (choices),
    /// separated by spaces.
    static func options(_ forms: String) -> [Option] {
        forms.utf8.split(separator: UInt8(ascii: " ")).map { form in
            let parts = Word(Substring(form)).split(at: UInt8(ascii: "="))
            let names = parts?.head ?? Word(Substring(form))
            let pair = names.split(at: UInt8(ascii: "/"))
            let choices = (parts?.tail.text ?? "").utf8.split(separator: UInt8(ascii: ","))
            return Option(
                name: pair?.head ?? names, alternative: pair?.tail, isFlag: parts == nil,
                choices: choices.map { Word(Substring($0)) })
        }
    }

    /// Reads the words after the command.
    static func read(_ words: [Word], options: [Option]) -> Reading {
        var reading = Reading()
        var queue = words[...]
        while let word = queue.popFirst() {
            guard word.first == UInt8(ascii: "-") else {
                reading.roles.append(.positional)
                reading.positionals.append(word)
                continue
            }
            var typed = word.dropFirst(1)
            var isOn = true
            if typed.hasSuffix("-") {
                while typed.hasSuffix("-") { typed = typed.prefix(typed.count - 1) }
                isOn = false
            }
            guard
                let option = match(
                    typed, options, names: { [$0.name] + ($0.alternative.map { [$0] } ?? []) })
            else {
                reading.problem = "unknown or ambiguous option \(word)"
                break
            }
            reading.roles.append(.option(option.name))
            let spelling = Word("-" + option.name.text + (option.isFlag && !isOn ? "-" : ""))
            if option.isFlag {
                reading.options.append(
                    OptionUse(name: option.name, spelling: spelling, isOn: isOn))
                continue
            }
            guard let value = queue.popFirst() else {
                reading.problem = "missing value of \(word)"
                break
            }
            reading.roles.append(.valueOf(option.name))
            var meant = value
            if !option.choices.isEmpty {
                guard let choice = match(value, option.choices, names: { [$0] }) else {
                    reading.problem = "\(value) is no value of \(word)"
                    break
                }
                meant = choice
            }
            reading.options.append(
                OptionUse(name: option.name, spelling: spelling, value: meant))
        }
        while reading.roles.count < words.count { reading.roles.append(.other("not read")) }
        return reading
    }

    /// The only item of which a name starts with `typed` in any case; of several, one whose name is
    /// `typed`. Nil where there is none or no single one.
    static func match<Item>(
        _ typed: Word, _ items: [Item], names: (Item) -> [Word]
    ) -> Item? {
        let folded = typed.lowercasedASCII
        var first: Item?
        var exact: Item?
        var count = 0
        for item in items {
            let folds = names(item).map(\.lowercasedASCII)
            guard folds.contains(where: { $0.hasPrefix(folded) }) else { continue }
            count += 1
            if first == nil { first = item }
            if exact == nil, folds.contains(folded) { exact = item }
        }
        return count == 1 ? first : exact
    }
}
