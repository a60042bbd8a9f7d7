// System.CommandLine, the parser of the dotnet command: nested commands by exact name, options as
// `--name value`, `--name=value` or `--name:value`, `[directives]` in front, `@file` for a file of
// arguments, `--` before words for the program that is run.
//
// Source: dotnet/command-line-api tokenizer, as described in its documentation; not run here, so
// what is not certain is ambiguous.

import GateCore

/// Reads words by a table of options that take a value.
enum SystemCommandLine {
    /// One option that the table knows.
    struct Option {
        let name: Word
        let spellings: [Word]
        let takesValue: Bool
    }

    struct Reading {
        var options: [OptionUse] = []
        var positionals: [Word] = []
        var rest: [Word] = []
        var roles: [Role] = []
        /// Options that the table does not have; a word behind one may be its value.
        var unknown: [Word] = []
    }

    /// Parses `name`, `name=` (takes a value), each with further spellings after `/`, separated by
    /// spaces: `source/-s=`.
    static func options(_ forms: String) -> [Option] {
        forms.utf8.split(separator: UInt8(ascii: " ")).map { form in
            let text = Word(Substring(form))
            let takesValue = text.hasSuffix("=")
            let names = (takesValue ? text.prefix(text.count - 1) : text).text.utf8
                .split(separator: UInt8(ascii: "/")).map { Word(Substring($0)) }
            let name = names.first ?? ""
            return Option(
                name: name, spellings: [Word("--" + name.text)] + names.dropFirst(),
                takesValue: takesValue)
        }
    }

    /// Reads the words behind the command.
    static func read(_ words: [Word], options: [Option]) -> Reading {
        var reading = Reading()
        var queue = words[...]
        while let word = queue.popFirst() {
            if word == "--" {
                reading.roles.append(.terminator)
                reading.rest = Array(queue)
                reading.roles += queue.map { _ in .passedOn }
                break
            }
            guard looksLikeOption(word) else {
                reading.roles.append(.positional)
                reading.positionals.append(word)
                continue
            }
            let (head, attached) = parts(word)
            guard let option = options.first(where: { $0.spellings.contains(head) }) else {
                reading.roles.append(.option(word))
                reading.unknown.append(word)
                reading.options.append(OptionUse(name: head, spelling: head, value: attached))
                continue
            }
            reading.roles.append(.option(option.name))
            var value = attached
            if value == nil, option.takesValue, let next = queue.first, next != "--" {
                queue.removeFirst()
                reading.roles.append(.valueOf(option.name))
                value = next
            }
            let isOn = option.takesValue || value?.lowercasedASCII != "false"
            reading.options.append(
                OptionUse(
                    name: option.name, spelling: Word("--" + option.name.text), value: value,
                    isOn: isOn))
        }
        return reading
    }

    /// Whether a word can be an option: it starts with a dash, or with a slash and no second one
    /// as MSBuild's switches do (`/t:Pack`).
    static func looksLikeOption(_ word: Word) -> Bool {
        if word.first == UInt8(ascii: "-") { return word.count > 1 }
        return word.first == UInt8(ascii: "/") && word.contains(UInt8(ascii: ":"))
            && !word.dropFirst(1).contains(UInt8(ascii: "/"))
    }

    /// The name and the value after the first `=` or `:`.
    static func parts(_ word: Word) -> (head: Word, value: Word?) {
        let colon = word.split(at: UInt8(ascii: ":"))
        let equals = word.split(at: UInt8(ascii: "="))
        guard let colon else { return (equals?.head ?? word, equals?.tail) }
        guard let equals, equals.head.count < colon.head.count else {
            return (colon.head, colon.tail)
        }
        return (equals.head, equals.tail)
    }
}
