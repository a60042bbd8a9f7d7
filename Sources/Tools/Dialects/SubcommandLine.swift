// Tools with words for commands and options between them (uv, poetry, pdm, hatch, pipx): the whole
// line, split into stretches before each command word and behind the last one.

internal import GateCore

/// A whole line of such a tool: what stands before the command words, the command, the rest.
struct SubcommandLine {
    /// Stretches before each command word.
    var before: [SubcommandStretch] = []
    /// Nil where the words name no command.
    var command: CommandTable.Match?
    /// The words that were looked up, aliases resolved.
    var words: [Word] = []
    var places: [Int] = []
    var after = SubcommandStretch()
    private let style: OptionStyle

    /// Options before and after the command words.
    var uses: [SubcommandUse] { before.flatMap(\.uses) + after.uses }

    /// The last value of an option, wherever it stands.
    func value(_ name: Word) -> Word? { uses.last { $0.name == name }?.value }

    /// Whether an option was given, wherever it stands.
    func has(_ name: Word) -> Bool { uses.contains { $0.name == name } }

    /// Whether the line only prints help.
    var asksHelp: Bool { after.asksHelp || before.contains(where: \.asksHelp) }

    /// Options no table knows, and values that are missing.
    var doubts: [String] {
        var doubts = (before.flatMap(\.unknown) + after.unknown).map { "unknown option \($0)" }
        if after.fails || before.contains(where: \.fails) {
            doubts.append("an option lacks its value or has one too many")
        }
        return doubts
    }

    /// Reads a line.
    ///
    /// - Parameters:
    ///   - aliases: other words for commands, as `FROM=TO` with spaces between words.
    ///   - stops: whether the command passes on everything from its first positional.
    init(
        _ arguments: [Word], commands: CommandTable, options: OptionTable, style: OptionStyle,
        aliases: [(from: [Word], to: [Word])] = [], stops: (CommandTable.Match) -> Bool
    ) {
        self.style = style
        var reader = SubcommandReader(table: options, style: style, command: 0x30)
        var index = 0
        while true {
            let stretch = reader.read(arguments, from: index, stopsAtPositional: true)
            before.append(stretch)
            index = stretch.stop
            guard index < arguments.count, stretch.terminator == nil || words.isEmpty else { break }
            var next = words + [arguments[index]]
            for (from, to) in aliases where from == next { next = to }
            if let match = commands.match(next), match.words.count == next.count {
                command = match
            } else if !commands.isGroup(next) {
                break
            }
            words = next
            places.append(index)
            index += 1
            if !commands.isGroup(words) { break }
        }
        guard let match = command else { return }
        reader = SubcommandReader(table: options, style: style, command: match.letter)
        // Options between the words of a group and what follows belong to the command as well.
        if places.last != index - 1 { index = (places.last ?? -1) + 1; before.removeLast() }
        after = reader.read(arguments, from: index, stopsAtPositional: stops(match))
    }

    /// An invocation with everything that all these tools have in common.
    func invocation(_ tool: Word, _ line: Line) -> Invocation {
        var invocation = Invocation(
            tool: tool, version: line.version, command: [tool] + (command?.words ?? []),
            operation: command?.operation ?? .unknown)
        var roles = [Role](repeating: .passedOn, count: line.arguments.count)
        for stretch in before { stretch.mark(&roles) }
        after.mark(&roles)
        for place in places { roles[place] = .command }
        invocation.roles = roles
        invocation.options = before.flatMap(\.options) + after.options
        invocation.positionals = after.positionals.map(\.word)
        return invocation
    }

    /// The invocation where help or a version is asked for: only something is printed.
    func printing(_ invocation: Invocation) -> Invocation {
        var printing = invocation
        printing.operation = .query
        printing.isInert = invocation.ambiguous.isEmpty
        return printing
    }

    /// The invocation where no word names a command: options alone print a help text.
    func withoutCommand(_ invocation: Invocation, _ line: Line) -> Invocation {
        let stop = before.last?.stop ?? 0
        guard stop >= line.arguments.count, invocation.ambiguous.isEmpty else { return invocation }
        return printing(invocation)
    }

    /// The command words and the options, in their place in the composed line. clap's options stay
    /// in front of the word that they stood in front of: of a global one that is given at two levels
    /// only the inner counts, and what would contradict it at one level does not at two
    /// (`ArgMatcher::propagate_globals`).
    private func composed(_ command: [Word]) -> (before: [Word], options: [Word]) {
        guard style == .clap else { return (command, before.flatMap(\.words) + after.words) }
        var words: [Word] = []
        for (level, word) in command.enumerated() {
            if level < before.count { words += before[level].words }
            words.append(word)
        }
        return (words, before.dropFirst(command.count).flatMap(\.words) + after.words)
    }

    /// Canonical words: the command, then all options, then positionals.
    func composition(_ invocation: Invocation) -> Composition {
        let (command, options) = composed(Array(invocation.command.dropFirst()))
        let hasDash = invocation.positionals.contains { $0.first == 0x2D }
        let end: [Word] = hasDash ? ["--"] : []
        return .words(before: command, after: options + end + invocation.positionals)
    }

    /// Canonical words of a runner: the command, options, `--`, then what it runs.
    func composition(_ invocation: Invocation, running words: [Word]) -> Composition {
        let (command, options) = composed(Array(invocation.command.dropFirst()))
        return .words(
            before: command, after: words.isEmpty ? options : options + ["--"] + words)
    }
}
