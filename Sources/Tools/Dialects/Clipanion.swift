// clipanion, the parser of yarn 2 and later: a state machine over all commands at once, in which
// every token advances every branch that can take it. Longer command paths beat shorter ones at
// each step, options may stand before a path but not inside it, and two equal branches at the end
// are an error. So the branches are followed here one by one, duplicates included.
//
// Rules: arcanis/clipanion, sources/core.ts (`compile`, `registerOptions`, `runMachineInternal`,
// `selectBestState`), in the versions bundled with yarn 3.5 and 4.13.

import GateCore

/// One command of a clipanion program.
struct ClipanionCommand: Sendable {
    /// Every spelling of its path; the first is canonical. An empty path is the default command.
    var paths: [[Word]]
    /// Number of required positionals.
    var required: Int
    /// Number of further positionals; nil where there is no limit.
    var optional: Int?
    /// Whether everything after the required positionals is passed on, options included.
    var isProxy: Bool
    var options: [ClipanionOption]

    /// The first path that has words.
    var canonicalPath: [Word] { paths.first { !$0.isEmpty } ?? [] }

    /// The option of that exact name, dashes included.
    func option(named name: Word) -> ClipanionOption? {
        options.first { $0.names.contains(name) }
    }
}

/// One option of a command.
struct ClipanionOption: Sendable {
    /// All names with their dashes.
    var names: [Word]
    var takesValue: Bool
    /// Whether `--name=value` is accepted; false for plain flags.
    var acceptsBinding: Bool

    /// The longest name, which the program itself prints.
    var canonicalName: Word {
        names.reduce(names.first ?? "") { $1.count > $0.count ? $1 : $0 }
    }
}

/// What the state machine made of a line.
enum ClipanionOutcome: Sendable {
    case command(ClipanionMatch)
    /// Help of one command or of several; the path they have in common.
    case help([Word])
    /// Prints a usage error and runs nothing.
    case usageError
}

/// A command with everything that the line gives it.
struct ClipanionMatch: Sendable {
    var command: ClipanionCommand
    var options: [OptionUse]
    /// Required positionals.
    var required: [Word]
    /// Positionals after the required ones; for a proxy, the words passed on.
    var others: [Word]
    var roles: [Role]
}

/// The commands of one version of a program.
struct ClipanionProgram: Sendable {
    /// One command a line: `path,path|REQUIRED[?...|*][!]|options`. `?` adds one optional
    /// positional, `*` any number, `!` makes it a proxy. An option is its names joined by commas;
    /// a final `=` takes a value, a final `?` is a flag that also accepts `--name=value`.
    let table: StaticString
    /// clipanion 4: help swallows what follows it, and options may stand between the required
    /// positionals of a proxy.
    let isFourth: Bool
    /// Options that every command has.
    let common: [ClipanionOption]

    /// Follows all branches through the words.
    func read(_ words: [Word]) -> ClipanionOutcome {
        var branches = commands(mentionedBy: words).map { Branch(command: $0) }
        for (place, word) in words.enumerated() {
            // A proxy that has begun takes everything, so thousands of file names cost nothing.
            if branches.allSatisfy(\.passesOn) {
                for index in branches.indices { branches[index].passOn(words[place...]) }
                break
            }
            var next: [Branch] = []
            for branch in branches { branch.advance(by: word, isFourth: isFourth, into: &next) }
            if next.allSatisfy({ $0.place == .failed }) { return .usageError }
            branches = Self.longest(next)
        }
        var ended: [Branch] = []
        for branch in branches { branch.end(into: &ended) }
        return Self.best(of: Self.longest(ended))
    }

    /// Commands whose path begins with a word of the line, and those without a path. The others
    /// die at the first word that is no option, and until then their path is empty, so they can
    /// neither win nor shorten another branch.
    private func commands(mentionedBy words: [Word]) -> [ClipanionCommand] {
        let heads = Self.heads(of: words)
        let bytes = Array("\(table)".utf8)
        var found: [ClipanionCommand] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            if Self.isMentioned(bytes[start..<end], by: heads) {
                let columns = bytes[start..<end].split(
                    separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
                if columns.count == 3 {
                    found.append(Self.command(columns[0], columns[1], columns[2], common))
                }
            }
            start = end + 1
        }
        return found
    }

    /// Words that can begin a path: nothing but options and their values stands before it.
    private static func heads(of words: [Word]) -> [[UInt8]] {
        var heads: [[UInt8]] = []
        var isFree = false
        for word in words {
            heads.append(Array(word.text.utf8))
            let isOption = word.first == UInt8(ascii: "-") && word.count > 1
            if !isOption, !isFree { break }
            isFree = isOption
        }
        return heads
    }

    /// Whether the first word of one of the row's paths is among `heads`, or a path is empty.
    private static func isMentioned(_ row: ArraySlice<UInt8>, by heads: [[UInt8]]) -> Bool {
        var start = row.startIndex
        while true {
            let end =
                row[start...].firstIndex {
                    $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "|")
                } ?? row.endIndex
            if start == end { return true }
            let head = row[start..<end]
            for candidate in heads where candidate.count == head.count {
                if candidate.elementsEqual(head) { return true }
            }
            // On to the next path of this row.
            let stop = row[end...].firstIndex {
                $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "|")
            }
            guard let stop, row[stop] == UInt8(ascii: ",") else { return false }
            start = stop + 1
        }
    }

    private static func command(
        _ paths: ArraySlice<UInt8>, _ arity: ArraySlice<UInt8>, _ options: ArraySlice<UInt8>,
        _ common: [ClipanionOption]
    ) -> ClipanionCommand {
        let texts = paths.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        var command = ClipanionCommand(
            paths: texts.map { words(in: $0, separator: UInt8(ascii: " ")) },
            required: Int(arity.first ?? 0x30) - 0x30, optional: 0, isProxy: false,
            options: common)
        for byte in arity.dropFirst() {
            if byte == UInt8(ascii: "?") { command.optional = (command.optional ?? 0) + 1 }
            if byte == UInt8(ascii: "*") { command.optional = nil }
            if byte == UInt8(ascii: "!") { command.isProxy = true }
        }
        for entry in options.split(separator: UInt8(ascii: " ")) {
            let takesValue = entry.last == UInt8(ascii: "=")
            let isLoose = entry.last == UInt8(ascii: "?")
            let names = takesValue || isLoose ? entry.dropLast() : entry
            command.options.append(
                ClipanionOption(
                    names: words(in: names, separator: UInt8(ascii: ",")), takesValue: takesValue,
                    acceptsBinding: takesValue || isLoose))
        }
        return command
    }

    private static func words(in text: ArraySlice<UInt8>, separator: UInt8) -> [Word] {
        text.split(separator: separator).map { Word(String(decoding: $0, as: UTF8.self)) }
    }

    /// The branches with the longest path. One failed branch stands for all, since only the
    /// length of its path can matter.
    private static func longest(_ branches: [Branch]) -> [Branch] {
        let longest = branches.reduce(0) { max($0, $1.path.count) }
        var kept: [Branch] = []
        var hasFailure = false
        for branch in branches where branch.path.count == longest {
            if branch.place == .failed {
                if hasFailure { continue }
                hasFailure = true
            }
            kept.append(branch)
        }
        return kept
    }

    private static func best(of branches: [Branch]) -> ClipanionOutcome {
        let selected = branches.filter { $0.place == .selected }
        let most = selected.reduce(0) { max($0, $1.weight) }
        let heaviest = selected.filter { $0.weight == most }
        let commands = heaviest.filter { !$0.isHelp }
        let helps = heaviest.filter(\.isHelp)
        if commands.isEmpty, let help = helps.first {
            let shared = help.path.enumerated().filter { place, word in
                helps.allSatisfy { $0.path.count > place && $0.path[place] == word }
            }
            return .help(shared.map(\.element))
        }
        guard commands.count == 1, helps.isEmpty, let chosen = commands.first else {
            return .usageError
        }
        return .command(
            ClipanionMatch(
                command: chosen.command, options: chosen.options, required: chosen.required,
                others: chosen.others, roles: chosen.roles))
    }
}

/// One way through the state machine.
private struct Branch {
    /// A node of one command's part of the machine.
    indirect enum Place: Equatable {
        case start
        case beforePath(Int)
        case inPath(Int, Int)
        case afterPath
        case required(Int)
        case other(Int)
        case value(ClipanionOptionPlace, back: Place)
        case help
        case failed
        case selected
    }

    /// Which option waits for its value.
    struct ClipanionOptionPlace: Equatable { let index: Int }

    let command: ClipanionCommand
    var place = Place.start
    var ignoresOptions = false
    var path: [Word] = []
    var options: [OptionUse] = []
    var required: [Word] = []
    var others: [Word] = []
    var roles: [Role] = []
    var isHelp = false
    /// Options that `-h` has replaced count as this many.
    var helpWeight = 0

    init(command: ClipanionCommand) { self.command = command }

    /// Rank among branches of equal path: options and required positionals.
    var weight: Int { required.count + (isHelp ? helpWeight : options.count) }

    /// Whether every further word is only passed on, or changes nothing any more.
    var passesOn: Bool {
        if case .other = place { return command.isProxy }
        return place == .failed
    }

    mutating func passOn(_ words: ArraySlice<Word>) {
        guard place != .failed else { return }
        others += words
        roles += words.map { _ in .passedOn }
    }

    func advance(by word: Word, isFourth: Bool, into next: inout [Branch]) {
        switch place {
        case .failed: next.append(self)
        case .selected: break
        case .start: advanceFromStart(by: word, isFourth: isFourth, into: &next)
        case .beforePath(let index):
            take(path: index, at: 0, word, into: &next)
            takeOption(word, into: &next)
        case .inPath(let index, let done): take(path: index, at: done, word, into: &next)
        case .afterPath:
            advanceAfterPath(by: word, isFourth: isFourth, into: &next)
        case .required(let count):
            let isOpen = isFourth ? count != command.required : false
            if !command.isProxy || isOpen { takeOption(word, into: &next) }
            takePositional(word, after: count, into: &next)
        case .other(let count):
            if !command.isProxy { takeOption(word, into: &next) }
            takeOther(word, after: count, into: &next)
        case .value(let option, let back):
            next.append(settingValue(of: option, to: word, then: back))
        case .help:
            guard isFourth else { return }
            next.append(moved(to: .help, as: .positional))
        }
    }

    func end(into next: inout [Branch]) {
        var ended = self
        ended.place = .failed
        switch place {
        case .start:
            guard command.paths.contains(where: \.isEmpty) else { return }
            if command.required == 0 { ended.place = .selected }
        case .beforePath, .inPath: return
        case .afterPath: if command.required == 0 { ended.place = .selected }
        case .required(let count): if count == command.required { ended.place = .selected }
        case .other, .help: ended.place = .selected
        case .value, .failed, .selected: break
        }
        next.append(ended)
    }

    private func advanceFromStart(by word: Word, isFourth: Bool, into next: inout [Branch]) {
        for (index, path) in command.paths.enumerated() {
            if path.isEmpty {
                advanceAfterPath(by: word, isFourth: isFourth, into: &next)
                continue
            }
            var branch = self
            branch.place = .beforePath(index)
            branch.advance(by: word, isFourth: isFourth, into: &next)
        }
    }

    private func advanceAfterPath(by word: Word, isFourth: Bool, into next: inout [Branch]) {
        if command.required > 0 || !command.isProxy {
            if !ignoresOptions, let weight = Self.helpWeight(of: word) {
                var help = moved(to: .help, as: .option("help"))
                help.isHelp = true
                help.helpWeight = weight
                next.append(help)
            }
            takeOption(word, into: &next)
        }
        takePositional(word, after: 0, into: &next)
    }

    /// `-h`, `--help` and `--help=N`; the index counts as a second option.
    private static func helpWeight(of word: Word) -> Int? {
        let (head, tail) = word.split(at: UInt8(ascii: "=")) ?? (word, "")
        guard head == "-h" || head == "--help" else { return nil }
        if word == head { return 1 }
        let isNumber = !tail.isEmpty && tail.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        return isNumber ? 2 : nil
    }

    private func take(path index: Int, at done: Int, _ word: Word, into next: inout [Branch]) {
        let words = command.paths[index]
        guard words[done] == word else { return }
        var branch = moved(
            to: done + 1 == words.count ? .afterPath : .inPath(index, done + 1), as: .command)
        branch.path.append(word)
        next.append(branch)
    }

    private func takePositional(_ word: Word, after count: Int, into next: inout [Branch]) {
        guard count < command.required else {
            takeOther(word, after: 0, into: &next)
            return
        }
        guard isNotOptionLike(word) else { return }
        var branch = moved(to: .required(count + 1), as: .positional)
        branch.required.append(word)
        next.append(branch)
    }

    private func takeOther(_ word: Word, after count: Int, into next: inout [Branch]) {
        guard command.isProxy || isNotOptionLike(word) else { return }
        let isAllowed = command.optional.map { count < $0 } ?? true
        if isAllowed {
            var branch = moved(
                to: .other(count + 1), as: command.isProxy ? .passedOn : .positional)
            branch.others.append(word)
            next.append(branch)
        }
        next.append(moved(to: .failed, as: .positional))
    }

    private func settingValue(
        of option: ClipanionOptionPlace, to word: Word, then back: Place
    ) -> Branch {
        guard isNotOptionLike(word), let last = options.last else {
            return moved(to: .failed, as: .positional)
        }
        var branch = moved(to: back, as: .valueOf(last.name))
        branch.options[options.count - 1].value = word
        return branch
    }

    /// Every transition that the options of the command offer for this word.
    private func takeOption(_ word: Word, into next: inout [Branch]) {
        guard !ignoresOptions, word.first == UInt8(ascii: "-") else { return }
        if word == "--" {
            var branch = moved(to: place, as: .terminator)
            branch.ignoresOptions = true
            next.append(branch)
        }
        if let cluster = cluster(word) {
            var branch = moved(to: place, as: .option(cluster.first?.name ?? ""))
            branch.options += cluster
            next.append(branch)
        }
        if let (head, tail) = word.split(at: UInt8(ascii: "=")), Self.isOptionName(head),
            let option = command.option(named: head), option.acceptsBinding
        {
            next.append(adding(option, value: tail, isOn: true))
        }
        if !Self.isOptionName(word) || command.option(named: word) == nil {
            next.append(moved(to: .failed, as: .option(word)))
        }
        for (index, option) in command.options.enumerated() {
            for name in option.names {
                if option.takesValue {
                    guard word == name else { continue }
                    var branch = adding(option, value: nil, isOn: true)
                    branch.place = .value(.init(index: index), back: place)
                    next.append(branch)
                } else if word == name {
                    next.append(adding(option, value: nil, isOn: true))
                } else if name.hasPrefix("--"), !name.hasPrefix("--no-"),
                    word.hasPrefix("--no-"), word.dropFirst(5) == name.dropFirst(2)
                {
                    next.append(adding(option, value: nil, isOn: false))
                }
            }
        }
    }

    /// `-abc` where every letter is an option of the command; letters never take values.
    private func cluster(_ word: Word) -> [OptionUse]? {
        let letters = word.text.utf8.dropFirst()
        guard letters.count >= 2, letters.allSatisfy(Self.isLetter) else { return nil }
        var uses: [OptionUse] = []
        for letter in letters {
            let name = Word("-" + String(UnicodeScalar(letter)))
            guard let option = command.option(named: name) else { return nil }
            uses.append(Self.use(of: option, value: nil, isOn: true))
        }
        return uses
    }

    private func adding(_ option: ClipanionOption, value: Word?, isOn: Bool) -> Branch {
        let use = Self.use(of: option, value: value, isOn: isOn)
        var branch = moved(to: place, as: .option(use.name))
        branch.options.append(use)
        return branch
    }

    private static func use(of option: ClipanionOption, value: Word?, isOn: Bool) -> OptionUse {
        let dashed = option.canonicalName
        let name = dashed.hasPrefix("--") ? dashed.dropFirst(2) : dashed.dropFirst(1)
        let spelling = isOn ? dashed : Word("--no-" + name.text)
        return OptionUse(name: name, spelling: spelling, value: value, isOn: isOn)
    }

    private func moved(to place: Place, as role: Role) -> Branch {
        var branch = self
        branch.place = place
        branch.roles.append(role)
        return branch
    }

    private func isNotOptionLike(_ word: Word) -> Bool {
        ignoresOptions || word == "-" || word.first != UInt8(ascii: "-")
    }

    /// `--some-name` in lower case, or `-x` and `-xyz`.
    private static func isOptionName(_ word: Word) -> Bool {
        let bytes = word.text.utf8
        if word.hasPrefix("--") {
            let parts = bytes.dropFirst(2).split(
                separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            return parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
            }
        }
        return bytes.count >= 2 && bytes.dropFirst().allSatisfy(isLetter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= 0x61 && lower <= 0x7A
    }
}
