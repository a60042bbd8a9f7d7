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
    /// Options that every command of the program has.
    var common: [ClipanionOption]
    /// The command's own options as the table has them; one is parsed when a word names it.
    var own: ArraySlice<UInt8>

    /// The first path that has words.
    var canonicalPath: [Word] { paths.first { !$0.isEmpty } ?? [] }

    /// The option of that exact name, dashes included.
    func option(named name: Word) -> ClipanionOption? {
        options(meantBy: name).first { $0.isOn }?.option
    }

    /// Every option that the word names, or switches off by `--no-`.
    func options(meantBy word: Word) -> [(option: ClipanionOption, isOn: Bool)] {
        var found: [(option: ClipanionOption, isOn: Bool)] = []
        for option in common where option.names.contains(word) { found.append((option, true)) }
        let bytes = own.span
        let wanted = word.text.utf8.span
        let isNegation = word.hasPrefix("--no-")
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x20 { end += 1 }
            let mark = end > start ? bytes[end - 1] : 0
            let takesValue = mark == UInt8(ascii: "=")
            let isMarked = takesValue || mark == UInt8(ascii: "?")
            let stop = isMarked ? end - 1 : end
            var name = start
            while name < stop {
                var comma = name
                while comma < stop, bytes[comma] != UInt8(ascii: ",") { comma += 1 }
                let isOn = Self.are(bytes, name, comma, wanted, from: 0)
                // `--no-` and the name without its dashes; a name with `--no-` has no negation.
                let isOff =
                    !takesValue && isNegation && !isOn && comma - name > 2
                    && bytes[name + 1] == UInt8(ascii: "-")
                    && Self.are(bytes, name + 2, comma, wanted, from: 5)
                    && !Self.begins(bytes, name + 2, comma, "no-")
                if isOn || isOff {
                    let names = own[(own.startIndex + start)..<(own.startIndex + stop)]
                    found.append(
                        (
                            ClipanionOption(
                                names: names.split(separator: UInt8(ascii: ",")).map {
                                    Word(String(decoding: $0, as: UTF8.self))
                                }, takesValue: takesValue, acceptsBinding: isMarked), isOn
                        ))
                }
                name = comma + 1
            }
            start = end + 1
        }
        return found
    }

    /// Whether a range of bytes is `wanted` from an offset on.
    private static func are(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ wanted: Span<UInt8>, from offset: Int
    ) -> Bool {
        guard end - start == wanted.count - offset else { return false }
        for index in start..<end where bytes[index] != wanted[index - start + offset] {
            return false
        }
        return true
    }

    private static func begins(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ prefix: Word
    ) -> Bool {
        let wanted = prefix.text.utf8.span
        guard end - start >= wanted.count else { return false }
        for index in wanted.indices where bytes[start + index] != wanted[index] { return false }
        return true
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
    private let bytes: [UInt8]
    /// Where each row begins, where its paths end, and where it ends itself.
    private let rows: [(start: Int, paths: Int, end: Int)]
    private let isFourth: Bool
    private let common: [ClipanionOption]

    /// Finds the rows of a table; they are read when a line mentions them.
    ///
    /// - Parameters:
    ///   - table: one command a line: `path,path|REQUIRED[?...|*][!]|options`. `?` adds one
    ///     optional positional, `*` any number, `!` makes it a proxy. An option is its names joined
    ///     by commas; a final `=` takes a value, a final `?` is a flag that also accepts
    ///     `--name=value`.
    ///   - isFourth: clipanion 4: help swallows what follows it, and options may stand between the
    ///     required positionals of a proxy.
    ///   - common: options that every command has.
    init(table: String, isFourth: Bool, common: [ClipanionOption]) {
        let bytes = Array(table.utf8)
        var rows: [(start: Int, paths: Int, end: Int)] = []
        rows.reserveCapacity(80)
        var start = 0
        while start < bytes.count {
            var paths = start
            while paths < bytes.count, bytes[paths] != UInt8(ascii: "|") { paths += 1 }
            var end = paths
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            rows.append((start, paths, end))
            start = end + 1
        }
        self.bytes = bytes
        self.rows = rows
        self.isFourth = isFourth
        self.common = common
    }

    /// Follows all branches through the words.
    func read(_ words: [Word]) -> ClipanionOutcome {
        var branches = commands(mentionedBy: words).map { Branch(command: $0) }
        var steps: [Branch.Step] = []
        for (place, word) in words.enumerated() {
            // A proxy that has begun takes everything, so thousands of file names cost nothing.
            if branches.allSatisfy(\.passesOn) {
                for index in branches.indices { branches[index].passOn(words[place...]) }
                break
            }
            var next: [Branch] = []
            branches.reverse()
            while var branch = branches.popLast() {
                steps.removeAll(keepingCapacity: true)
                branch.advance(by: word, isFourth: isFourth, into: &steps)
                for step in steps.dropLast() {
                    var copy = branch
                    copy.take(step)
                    next.append(copy)
                }
                // The last way goes on with the branch itself, so a long line is never copied.
                if let step = steps.last {
                    branch.take(step)
                    next.append(branch)
                }
            }
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
        var found: [ClipanionCommand] = []
        for row in rows where isMentioned(row.start..<row.paths, by: heads) {
            let second = row.paths + 1
            guard let third = bytes[second..<row.end].firstIndex(of: UInt8(ascii: "|")) else {
                continue
            }
            found.append(
                Self.command(
                    bytes[row.start..<row.paths], bytes[second..<third],
                    bytes[(third + 1)..<row.end], common))
        }
        return found
    }

    /// Whether one of the paths begins with one of `heads`, or is empty.
    private func isMentioned(_ paths: Range<Int>, by heads: [Word]) -> Bool {
        let bytes = bytes.span
        var start = paths.lowerBound
        while true {
            if start == paths.upperBound || Self.isAny(heads, at: start, of: bytes) { return true }
            while start < paths.upperBound, bytes[start] != UInt8(ascii: ",") { start += 1 }
            if start == paths.upperBound { return false }
            start += 1
        }
    }

    /// Whether one of `heads` is the first word of the path that starts at `place`.
    private static func isAny(_ heads: [Word], at place: Int, of bytes: Span<UInt8>) -> Bool {
        for head in heads {
            let wanted = head.text.utf8.span
            var index = 0
            while index < wanted.count, place + index < bytes.count,
                bytes[place + index] == wanted[index]
            {
                index += 1
            }
            guard index == wanted.count, index > 0, place + index < bytes.count else { continue }
            switch bytes[place + index] {
            case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "|"): return true
            default: continue
            }
        }
        return false
    }

    /// Words that can begin a path: nothing but options and their values stands before it.
    private static func heads(of words: [Word]) -> [Word] {
        var heads: [Word] = []
        var isFree = false
        for word in words {
            heads.append(word)
            let isOption = word.first == UInt8(ascii: "-") && word.count > 1
            if !isOption, !isFree { break }
            isFree = isOption
        }
        return heads
    }

    private static func command(
        _ paths: ArraySlice<UInt8>, _ arity: ArraySlice<UInt8>, _ options: ArraySlice<UInt8>,
        _ common: [ClipanionOption]
    ) -> ClipanionCommand {
        let texts = paths.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        var command = ClipanionCommand(
            paths: texts.map { words(in: $0, separator: UInt8(ascii: " ")) },
            required: Int(arity.first ?? 0x30) - 0x30, optional: 0, isProxy: false,
            common: common, own: options)
        for byte in arity.dropFirst() {
            if byte == UInt8(ascii: "?") { command.optional = (command.optional ?? 0) + 1 }
            if byte == UInt8(ascii: "*") { command.optional = nil }
            if byte == UInt8(ascii: "!") { command.isProxy = true }
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
        var failures = 0
        var isAll = true
        for branch in branches {
            if branch.path.count != longest { isAll = false }
            if branch.place == .failed { failures += 1 }
        }
        if isAll, failures < 2 { return branches }
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
    indirect enum Place: Sendable, Equatable {
        case start
        case beforePath(Int)
        case inPath(Int, Int)
        case afterPath
        case required(Int)
        case other(Int)
        case value(back: Place)
        case help
        case failed
        case selected
    }

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

    /// One way on from here: where to, what the word is, and what it adds.
    struct Step: Sendable {
        /// What a word adds to a branch.
        enum Gain: Sendable {
            case nothing
            case path(Word)
            case options([OptionUse])
            case value(Word)
            case required(Word)
            case other(Word)
            case terminator
            /// Help, which replaces options and counts as this many.
            case help(Int)
        }

        let place: Place
        let role: Role
        var gain = Gain.nothing

        /// The way that ends in an error; nothing but the length of the path matters there.
        static let failure = Step(place: .failed, role: .positional)
    }

    mutating func take(_ step: Step) {
        place = step.place
        if place == .failed {
            // Nothing but the length of its path matters any more, and what it shares with the
            // branch that goes on would be copied at every word.
            (roles, options, required, others) = ([], [], [], [])
            return
        }
        roles.append(step.role)
        switch step.gain {
        case .nothing: break
        case .path(let word): path.append(word)
        case .options(let uses): options += uses
        case .value(let word): options[options.count - 1].value = word
        case .required(let word): required.append(word)
        case .other(let word): others.append(word)
        case .terminator: ignoresOptions = true
        case .help(let weight):
            isHelp = true
            helpWeight = weight
        }
    }

    func advance(by word: Word, isFourth: Bool, into steps: inout [Step]) {
        switch place {
        case .failed: steps.append(.failure)
        case .selected: break
        case .start:
            for index in command.paths.indices {
                if command.paths[index].isEmpty {
                    advanceAfterPath(by: word, isFourth: isFourth, into: &steps)
                } else {
                    advance(from: .beforePath(index), index, by: word, into: &steps)
                }
            }
        case .beforePath(let index): advance(from: place, index, by: word, into: &steps)
        case .inPath(let index, let done): take(path: index, at: done, word, into: &steps)
        case .afterPath:
            advanceAfterPath(by: word, isFourth: isFourth, into: &steps)
        case .required(let count):
            let isOpen = isFourth ? count != command.required : false
            if !command.isProxy || isOpen { takeOption(word, at: place, into: &steps) }
            takePositional(word, after: count, into: &steps)
        case .other(let count):
            if !command.isProxy { takeOption(word, at: place, into: &steps) }
            takeOther(word, after: count, into: &steps)
        case .value(let back):
            guard isNotOptionLike(word), let last = options.last else {
                steps.append(.failure)
                return
            }
            steps.append(Step(place: back, role: .valueOf(last.name), gain: .value(word)))
        case .help:
            if isFourth { steps.append(Step(place: .help, role: .positional)) }
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

    /// Before a path: options, or the path's first word.
    private func advance(
        from place: Place, _ index: Int, by word: Word, into steps: inout [Step]
    ) {
        take(path: index, at: 0, word, into: &steps)
        takeOption(word, at: place, into: &steps)
    }

    private func advanceAfterPath(by word: Word, isFourth: Bool, into steps: inout [Step]) {
        if command.required > 0 || !command.isProxy {
            if !ignoresOptions, let weight = Self.helpWeight(of: word) {
                steps.append(Step(place: .help, role: .option("help"), gain: .help(weight)))
            }
            takeOption(word, at: place, into: &steps)
        }
        takePositional(word, after: 0, into: &steps)
    }

    /// `-h`, `--help` and `--help=N`; the index counts as a second option.
    private static func helpWeight(of word: Word) -> Int? {
        let (head, tail) = word.split(at: UInt8(ascii: "=")) ?? (word, "")
        guard head == "-h" || head == "--help" else { return nil }
        if word == head { return 1 }
        let isNumber = !tail.isEmpty && tail.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        return isNumber ? 2 : nil
    }

    private func take(path index: Int, at done: Int, _ word: Word, into steps: inout [Step]) {
        let words = command.paths[index]
        guard words[done] == word else { return }
        let next: Place = done + 1 == words.count ? .afterPath : .inPath(index, done + 1)
        steps.append(Step(place: next, role: .command, gain: .path(word)))
    }

    private func takePositional(_ word: Word, after count: Int, into steps: inout [Step]) {
        guard count < command.required else {
            takeOther(word, after: 0, into: &steps)
            return
        }
        guard isNotOptionLike(word) else { return }
        steps.append(
            Step(place: .required(count + 1), role: .positional, gain: .required(word)))
    }

    private func takeOther(_ word: Word, after count: Int, into steps: inout [Step]) {
        guard command.isProxy || isNotOptionLike(word) else { return }
        let isAllowed = command.optional.map { count < $0 } ?? true
        steps.append(.failure)
        if isAllowed {
            let role: Role = command.isProxy ? .passedOn : .positional
            steps.append(Step(place: .other(count + 1), role: role, gain: .other(word)))
        }
    }

    /// Every transition that the options of the command offer for this word.
    private func takeOption(_ word: Word, at place: Place, into steps: inout [Step]) {
        guard !ignoresOptions, word.first == UInt8(ascii: "-") else { return }
        if word == "--" {
            steps.append(Step(place: place, role: .terminator, gain: .terminator))
        }
        if let cluster = cluster(word) {
            let role = Role.option(cluster.first?.name ?? "")
            steps.append(Step(place: place, role: role, gain: .options(cluster)))
        }
        if let (head, tail) = word.split(at: UInt8(ascii: "=")), Self.isOptionName(head),
            let option = command.option(named: head), option.acceptsBinding
        {
            steps.append(adding(option, value: tail, isOn: true, at: place))
        }
        if !Self.isOptionName(word) || command.option(named: word) == nil {
            steps.append(.failure)
        }
        for (option, isOn) in command.options(meantBy: word) {
            let next: Place = option.takesValue ? .value(back: place) : place
            steps.append(adding(option, value: nil, isOn: isOn, at: next))
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

    private func adding(
        _ option: ClipanionOption, value: Word?, isOn: Bool, at place: Place
    ) -> Step {
        let use = Self.use(of: option, value: value, isOn: isOn)
        return Step(place: place, role: .option(use.name), gain: .options([use]))
    }

    private static func use(of option: ClipanionOption, value: Word?, isOn: Bool) -> OptionUse {
        let dashed = option.canonicalName
        let name = dashed.hasPrefix("--") ? dashed.dropFirst(2) : dashed.dropFirst(1)
        let spelling = isOn ? dashed : Word("--no-" + name.text)
        return OptionUse(name: name, spelling: spelling, value: value, isOn: isOn)
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
