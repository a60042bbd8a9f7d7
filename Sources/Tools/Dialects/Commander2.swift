// commander 2, the option parser of yarn 1. It never refuses an unknown option: it drops it, and
// with it the next word unless that starts with a dash. `[value]` options take the next word in
// the same way, `<value>` options take any word.
//
// Rules: tj/commander.js 2.x, `Option`, `normalize`, `parseOptions`, the listener in `option`.

import GateCore

/// One option of a commander program.
struct CommanderOption: Sendable {
    enum Value: Sendable { case none, required, optional }

    /// Short and long spelling, dashes included.
    var spellings: [Word]
    var value: Value

    var long: Word { spellings.last ?? "" }
    var isNegation: Bool { long.hasPrefix("--no-") }

    /// The name without dashes and without the `no-` of a negation.
    var name: Word { long.dropFirst(isNegation ? 5 : 2) }
}

/// A set of options: words such as `-s,--silent`, a final `=` for `<value>`, `?` for `[value]`.
struct CommanderTable: Sendable {
    private let bytes: [UInt8]

    init(_ rows: String...) {
        var bytes: [UInt8] = []
        for row in rows {
            bytes += row.utf8
            bytes.append(UInt8(ascii: " "))
        }
        self.bytes = bytes
    }

    /// The first option with exactly this spelling.
    func option(for word: Word) -> CommanderOption? {
        guard word.first == UInt8(ascii: "-") else { return nil }
        let wanted = Array(word.text.utf8)
        var entry = 0
        var name = 0
        var isFound = false
        for index in bytes.indices {
            let byte = bytes[index]
            let isMark = byte == UInt8(ascii: "=") || byte == UInt8(ascii: "?")
            let isEnd = byte == UInt8(ascii: " ")
            guard isMark || isEnd || byte == UInt8(ascii: ",") else { continue }
            if index - name == wanted.count, bytes[name..<index].elementsEqual(wanted) {
                isFound = true
            }
            name = index + 1
            guard isEnd else { continue }
            if isFound { return Self.option(bytes[entry..<index]) }
            entry = index + 1
        }
        return nil
    }

    private static func option(_ entry: ArraySlice<UInt8>) -> CommanderOption {
        var names = entry
        var value = CommanderOption.Value.none
        if entry.last == UInt8(ascii: "=") { value = .required }
        if entry.last == UInt8(ascii: "?") { value = .optional }
        if value != .none { names = names.dropLast() }
        let spellings = names.split(separator: UInt8(ascii: ",")).map {
            Word(String(decoding: $0, as: UTF8.self))
        }
        return CommanderOption(spellings: spellings, value: value)
    }
}

/// A word and the argument it came from; nil for words that a configuration file inserted.
struct CommanderToken: Sendable {
    var word: Word
    var source: Int?
}

/// What commander made of a list of words.
struct CommanderReading: Sendable {
    enum Use: Sendable {
        case known(CommanderOption, value: Word?, source: Int?)
        /// An unknown option and the word that went with it.
        case unknown(Word, swallowed: Word?, source: Int?)
    }

    var uses: [Use] = []
    var positionals: [CommanderToken] = []
    /// Source and role of every word that is no positional.
    var roles: [(source: Int, role: Role)] = []
    /// `--version` was met: it prints and exits at once.
    var printsVersion = false
    /// A `<value>` option at the end: prints an error and exits.
    var lacksValue = false

    /// Reads words in commander's way: first `normalize`, then `parseOptions`.
    init(_ words: [CommanderToken], table: CommanderTable) {
        let tokens = Self.normalized(words, table: table)
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            if token.word == "--" {
                // Never the caller's own `--`, which yarn has cut off; `--=` and `-x-` become one.
                note(token.source, .terminator)
                positionals += tokens[index...]
                return
            }
            if let option = table.option(for: token.word) {
                note(token.source, .option(option.name))
                if option.name == "version" {
                    printsVersion = true
                    return
                }
                var value: Word?
                switch option.value {
                case .none: break
                case .required:
                    guard index < tokens.count else {
                        lacksValue = true
                        return
                    }
                    value = tokens[index].word
                case .optional:
                    if index < tokens.count, !Self.isDashed(tokens[index].word) {
                        value = tokens[index].word
                    }
                }
                if value != nil {
                    note(tokens[index].source, .valueOf(option.name), unless: token.source)
                    index += 1
                }
                uses.append(.known(option, value: value, source: token.source))
            } else if Self.isDashed(token.word) {
                note(token.source, .option(token.word))
                var swallowed: Word?
                if index < tokens.count, tokens[index].word.first != UInt8(ascii: "-") {
                    swallowed = tokens[index].word
                    note(
                        tokens[index].source, .other("dropped with an unknown option"),
                        unless: token.source)
                    index += 1
                }
                uses.append(
                    .unknown(token.word, swallowed: swallowed, source: token.source))
            } else {
                positionals.append(token)
            }
        }
    }

    private mutating func note(_ source: Int?, _ role: Role, unless other: Int? = nil) {
        guard let source, source != other else { return }
        roles.append((source, role))
    }

    /// Splits clusters and `--name=value`, but leaves what follows a `<value>` option alone.
    private static func normalized(
        _ words: [CommanderToken], table: CommanderTable
    ) -> [CommanderToken] {
        var tokens: [CommanderToken] = []
        for (place, token) in words.enumerated() {
            let word = token.word
            let isValue = place > 0 && table.option(for: words[place - 1].word)?.value == .required
            if isValue || !isDashed(word) {
                tokens.append(token)
            } else if !word.hasPrefix("--") {
                for letter in word.text.unicodeScalars.dropFirst() {
                    tokens.append(.init(word: Word("-" + String(letter)), source: token.source))
                }
            } else if let (head, tail) = word.split(at: UInt8(ascii: "=")) {
                tokens.append(.init(word: head, source: token.source))
                tokens.append(.init(word: tail, source: token.source))
            } else {
                tokens.append(token)
            }
        }
        return tokens
    }

    private static func isDashed(_ word: Word) -> Bool {
        word.first == UInt8(ascii: "-") && word.count > 1
    }
}
