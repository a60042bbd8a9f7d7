// Options in the styles of clap, click, cleo and argparse subparsers, for one command of a tool.
//
// An option that the table does not know is kept as a flag and reported: these tools have hidden
// options, so it is no proof of a usage error.

internal import GateCore

/// How a tool's library reads options.
enum OptionStyle {
    /// Rust's clap: values do not start with `-`, `-o=v` drops the `=`, a flag has no `=value`.
    case clap
    /// Python's click: the next word is the value, whatever it is.
    case click
    /// cleo: a value does not start with `-`.
    case cleo
    /// argparse: as cleo, and long options may be cut to a unique prefix.
    case argparse
}

/// One option that was found.
struct SubcommandUse {
    /// Canonical name without dashes.
    let name: Word
    /// Canonical name with dashes.
    let spelling: Word
    /// Nil for a flag.
    let value: Word?
    /// Index of the option's word.
    let place: Int
}

/// What a stretch of a line holds.
struct SubcommandStretch {
    /// Options in typed order.
    var uses: [SubcommandUse] = []
    /// Words that are no options, and where they stand.
    var positionals: [(word: Word, place: Int)] = []
    /// Options that the table does not know.
    var unknown: [Word] = []
    /// `--help` or `-h`.
    var asksHelp = false
    /// The tool would print a usage error.
    var fails = false
    /// Index of the first word that was not read.
    var stop = 0
    /// Index of the `--` that ended options.
    var terminator: Int?

    /// The last value of an option.
    func value(_ name: Word) -> Word? { uses.last { $0.name == name }?.value }

    /// Whether the option was given.
    func has(_ name: Word) -> Bool { uses.contains { $0.name == name } }

    /// All values of an option.
    func values(_ name: Word) -> [Word] {
        uses.compactMap { $0.name == name ? $0.value : nil }
    }
}

/// A reader of options for one command.
struct SubcommandReader {
    let table: OptionTable
    let style: OptionStyle
    /// The command's letter in the table.
    let command: UInt8

    /// Reads from `start`; stops before the first positional where `stopsAtPositional`.
    func read(
        _ arguments: [Word], from start: Int, stopsAtPositional: Bool
    ) -> SubcommandStretch {
        var stretch = SubcommandStretch()
        var index = start
        while index < arguments.count {
            let word = arguments[index]
            if word == "--" {
                stretch.terminator = index
                index += 1
                break
            }
            if word.hasPrefix("--") {
                index = readLong(word, index, arguments, &stretch)
            } else if word.first == 0x2D, word.count > 1 {
                index = readCluster(word, index, arguments, &stretch)
            } else if stopsAtPositional {
                break
            } else {
                stretch.positionals.append((word, index))
                index += 1
            }
        }
        stretch.stop = index
        if !stopsAtPositional {
            while index < arguments.count {
                stretch.positionals.append((arguments[index], index))
                index += 1
            }
        }
        return stretch
    }

    private func readLong(
        _ word: Word, _ index: Int, _ arguments: [Word], _ stretch: inout SubcommandStretch
    ) -> Int {
        let (name, explicit) =
            word.split(at: 0x3D).map { ($0.head, Optional($0.tail)) } ?? (word, nil)
        var found = table.exact(name, command: command, release: .init(number: 0))
        if found == nil, style == .argparse {
            let candidates = table.abbreviated(name, command: command, release: .init(number: 0))
            if candidates.count > 1 { stretch.fails = true }
            found = candidates.first?.option
        }
        guard let option = found else {
            stretch.unknown.append(name)
            stretch.uses.append(
                .init(name: name.dropFirst(2), spelling: name, value: explicit, place: index))
            return index + 1
        }
        if option.action == .help {
            stretch.asksHelp = true
            return index + 1
        }
        let spelling = Word("--" + option.name.text)
        func use(_ value: Word?) {
            stretch.uses.append(
                .init(name: option.name, spelling: spelling, value: value, place: index))
        }
        guard option.takesValue else {
            if explicit != nil { stretch.fails = true }
            use(nil)
            return index + 1
        }
        if let explicit {
            use(explicit)
            return index + 1
        }
        return takeNext(index, arguments, &stretch, option.name, spelling)
    }

    private func readCluster(
        _ word: Word, _ index: Int, _ arguments: [Word], _ stretch: inout SubcommandStretch
    ) -> Int {
        var letter = 1
        for byte in word.text.utf8.dropFirst() {
            letter += 1
            let short = Word("-" + String(decoding: [byte & 0x7F], as: UTF8.self))
            guard byte < 0x80,
                let option = table.exact(short, command: command, release: .init(number: 0))
            else {
                stretch.unknown.append(word)
                stretch.uses.append(
                    .init(name: word.dropFirst(1), spelling: word, value: nil, place: index))
                return index + 1
            }
            // cleo looks for words that start with `-h` and finds no `h` inside a cluster.
            if option.action == .help, style != .cleo || letter == 2 {
                stretch.asksHelp = true
                return index + 1
            }
            let spelling = option.name.count == 1 ? short : Word("--" + option.name.text)
            guard option.takesValue else {
                stretch.uses.append(
                    .init(name: option.name, spelling: spelling, value: nil, place: index))
                continue
            }
            if letter < word.count {
                var value = word.dropFirst(letter)
                if value.first == 0x3D, style == .clap || style == .argparse {
                    value = value.dropFirst(1)
                }
                stretch.uses.append(
                    .init(name: option.name, spelling: spelling, value: value, place: index))
                return index + 1
            }
            return takeNext(index, arguments, &stretch, option.name, spelling)
        }
        return index + 1
    }

    private func takeNext(
        _ index: Int, _ arguments: [Word], _ stretch: inout SubcommandStretch, _ name: Word,
        _ spelling: Word
    ) -> Int {
        let next = index + 1
        let looksLikeOption =
            next < arguments.count && arguments[next].first == 0x2D && arguments[next].count > 1
        guard next < arguments.count, style == .click || !looksLikeOption else {
            stretch.fails = true
            return next
        }
        stretch.uses.append(
            .init(name: name, spelling: spelling, value: arguments[next], place: index))
        return next + 1
    }
}

extension SubcommandStretch {
    /// Options as an invocation shows them.
    var options: [OptionUse] {
        uses.map { .init(name: $0.name, spelling: $0.spelling, value: $0.value) }
    }

    /// Marks what the words of this stretch are.
    func mark(_ roles: inout [Role]) {
        for use in uses where use.place < roles.count {
            roles[use.place] = .option(use.name)
            let next = use.place + 1
            if use.value != nil, next < stop, roles[next] == .passedOn {
                let isPositional = positionals.contains { $0.place == next }
                if !isPositional, !uses.contains(where: { $0.place == next }), terminator != next {
                    roles[next] = .valueOf(use.name)
                }
            }
        }
        for positional in positionals { roles[positional.place] = .positional }
        if let terminator { roles[terminator] = .terminator }
    }

    /// The options' words in canonical form; one-letter names keep their dash and value apart.
    var words: [Word] {
        var words: [Word] = []
        for use in uses {
            if let value = use.value, use.spelling.hasPrefix("--") {
                words.append(Word(use.spelling.text + "=" + value.text))
            } else {
                words.append(use.spelling)
                if let value = use.value { words.append(value) }
            }
        }
        return words
    }
}
