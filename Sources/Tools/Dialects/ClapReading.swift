// What a clap program understood of its words, and the words that say the same without abbreviation.
//
// Composition rests on three facts of clap_builder: `--name=value` and `-Nvalue` with `=` never take
// the next word; an option that reaches every command counts where it was written, so it stays at
// its command; and nothing is an option after `--`.

internal import GateCore

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
