// Python's argparse, rule by rule as in CPython 3.11 Lib/argparse.py (`_parse_known_args`): words
// are marked option or argument first, then options and positionals take what their arity allows.
// Long options may be cut to a unique prefix; a value may not look like an option.
//
// Newer releases differ only in what they do with a second `--`; profiles doubt such lines.

internal import GateCore

/// An option of an argparse parser.
struct ArgparseOption {
    /// What follows the name, or that it prints and ends the program.
    enum Kind { case flag, value, optionalValue, values, help, version }

    /// All names with dashes; the first long one is canonical.
    let names: [Word]
    let kind: Kind

    /// Reads `-r --repository=`: `=` for a value, `?` for an optional one, `*` for several, `!help`
    /// and `!version` for the two that print.
    init(_ text: Word) {
        var names: [Word] = []
        var kind = Kind.flag
        for part in text.text.utf8.split(separator: 0x20) {
            let word = Word(String(Substring(part)))
            if word == "!help" {
                kind = .help
            } else if word == "!version" {
                kind = .version
            } else if word.hasSuffix("=") {
                kind = .value
                names.append(word.prefix(word.count - 1))
            } else if word.hasSuffix("?") {
                kind = .optionalValue
                names.append(word.prefix(word.count - 1))
            } else if word.hasSuffix("*") {
                kind = .values
                names.append(word.prefix(word.count - 1))
            } else {
                names.append(word)
            }
        }
        self.names = names
        self.kind = kind
    }

    /// The canonical name without dashes.
    var name: Word {
        for name in names where name.hasPrefix("--") { return name.dropFirst(2) }
        return names.first?.dropFirst(1) ?? ""
    }

    /// The canonical name with its dashes.
    var spelling: Word {
        for name in names where name.hasPrefix("--") { return name }
        return names.first ?? ""
    }
}

/// How many words a positional takes.
enum ArgparsePositional {
    case one, optional, several, atLeastOne
    /// Everything that is left, options included.
    case remainder
    /// A command word of the given ones, then everything that is left.
    case parser([Word])
    /// One of the given words.
    case choice([Word])
}

/// One option that was found.
struct ArgparseUse {
    let option: ArgparseOption
    /// Nil for a flag.
    let value: Word?
}

/// A parsed line.
struct ArgparseResult {
    /// How parsing went.
    enum End: Equatable {
        case finished, help, version
        case failed(String)
        /// A command word that the parser does not know.
        case unknownCommand(Word)
    }

    var uses: [ArgparseUse] = []
    /// Words of each positional, in the parser's order.
    var positionals: [[Word]] = []
    var roles: [Role]
    /// Where the words of the last positional start.
    var lastStart = 0
    var end = End.finished
}

/// A parser: options and positionals.
struct Argparse {
    let options: [ArgparseOption]
    let positionals: [ArgparsePositional]

    /// Parses all words.
    func parse(_ arguments: [Word]) -> ArgparseResult {
        var run = ArgparseRun(parser: self, arguments: arguments)
        run.parse()
        return run.result
    }

    /// The option of exactly this name.
    func exact(_ name: Word) -> ArgparseOption? {
        for option in options {
            for candidate in option.names where candidate == name { return option }
        }
        return nil
    }
}
