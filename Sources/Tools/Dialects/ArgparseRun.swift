// One run of an argparse parser; the rules and their source stand in Argparse.swift.

internal import GateCore

/// One word that looks like an option.
private struct Marked {
    /// Nil where no option has the name.
    let option: ArgparseOption?
    let spelling: Word
    let explicit: Word?
}

/// The state of one parse.
struct ArgparseRun {
    let parser: Argparse
    let arguments: [Word]
    /// What was found so far.
    var result: ArgparseResult
    /// `O`, `A` or `-` for each word.
    private var pattern: [UInt8] = []
    private var marked: [Marked?] = []
    private var pending: [ArgparsePositional]
    private var hasExtras = false

    init(parser: Argparse, arguments: [Word]) {
        self.parser = parser
        self.arguments = arguments
        pending = parser.positionals
        result = ArgparseResult(
            roles: [Role](repeating: .positional, count: arguments.count))
    }

    /// Parses everything into `result`.
    mutating func parse() {
        guard mark() else { return }
        var start = 0
        let last = marked.lastIndex { $0 != nil } ?? -1
        while start <= last {
            var next = start
            while next <= last, marked[next] == nil { next += 1 }
            if start != next {
                let end = takePositionals(from: start)
                if result.end != .finished { return }
                if end > start {
                    start = end
                    continue
                }
            }
            if marked[start] == nil {
                hasExtras = true
                start = next
            }
            start = takeOption(at: start)
            if result.end != .finished { return }
        }
        let stop = takePositionals(from: start)
        if result.end != .finished { return }
        if stop < arguments.count { hasExtras = true }
        for positional in pending where positional.isRequired {
            result.end = .failed("the following arguments are required")
        }
        if hasExtras, result.end == .finished { result.end = .failed("unrecognized arguments") }
    }

    /// Marks every word; false where a name is ambiguous, which argparse finds before anything else.
    private mutating func mark() -> Bool {
        var isAfterDashes = false
        for (index, word) in arguments.enumerated() {
            if isAfterDashes {
                pattern.append(argument)
                marked.append(nil)
                continue
            }
            if word == "--" {
                isAfterDashes = true
                pattern.append(dashes)
                marked.append(nil)
                result.roles[index] = .terminator
                continue
            }
            guard case .some(let option) = optionMark(word) else {
                result.end = .failed("ambiguous option: \(word)")
                return false
            }
            pattern.append(option == nil ? argument : optionByte)
            marked.append(option)
        }
        return true
    }

    /// `_parse_optional`: outer nil for an ambiguous abbreviation, inner nil for an argument.
    private func optionMark(_ word: Word) -> Marked?? {
        guard word.first == 0x2D else { return .some(nil) }
        if let option = parser.exact(word) {
            return Marked(option: option, spelling: word, explicit: nil)
        }
        if word.count == 1 { return .some(nil) }
        if let (name, value) = word.split(at: 0x3D), let option = parser.exact(name) {
            return Marked(option: option, spelling: name, explicit: value)
        }
        let candidates = abbreviated(word)
        if candidates.count > 1 { return nil }
        if let only = candidates.first { return only }
        if isNegativeNumber(word) || word.contains(0x20) { return .some(nil) }
        return Marked(option: nil, spelling: word, explicit: nil)
    }

    /// `_get_option_tuples`.
    private func abbreviated(_ word: Word) -> [Marked] {
        var found: [Marked] = []
        if word.hasPrefix("--") {
            let (prefix, explicit) =
                word.split(at: 0x3D).map { ($0.head, Optional($0.tail)) } ?? (word, nil)
            for option in parser.options {
                for name in option.names where name.hasPrefix(prefix) {
                    found.append(.init(option: option, spelling: name, explicit: explicit))
                }
            }
            return found
        }
        for option in parser.options {
            for name in option.names {
                if name.count == 2, word.hasPrefix(name) {
                    found.append(
                        .init(option: option, spelling: name, explicit: word.dropFirst(2)))
                } else if name.hasPrefix(word) {
                    found.append(.init(option: option, spelling: name, explicit: nil))
                }
            }
        }
        return found
    }

    /// `consume_optional`; returns the next index.
    private mutating func takeOption(at index: Int) -> Int {
        guard case .some(let mark) = marked[index], var option = mark.option else {
            hasExtras = true
            return index + 1
        }
        var explicit = mark.explicit
        var spelling = mark.spelling
        var flags: [ArgparseOption] = []
        while let value = explicit {
            if option.takesWord {
                for flag in flags { take(flag, nil, at: index) }
                take(option, value, at: index)
                return index + 1
            }
            guard !spelling.hasPrefix("--"), let first = value.text.utf8.first else {
                result.end = .failed("ignored explicit argument")
                return index + 1
            }
            flags.append(option)
            spelling = Word("-" + String(decoding: [first], as: UTF8.self))
            guard first < 0x80, let next = parser.exact(spelling) else {
                result.end = .failed("ignored explicit argument")
                return index + 1
            }
            option = next
            explicit = value.count > 1 ? value.dropFirst(1) : nil
        }
        var end = index + 1
        var value: Word?
        switch option.kind {
        case .value:
            guard end < pattern.count, pattern[end] == argument else {
                result.end = .failed("expected one argument")
                return end
            }
            value = arguments[end]
            end += 1
        case .optionalValue:
            if end < pattern.count, pattern[end] == argument {
                value = arguments[end]
                end += 1
            }
        case .values:
            while end < pattern.count, pattern[end] == argument {
                value = arguments[end]
                end += 1
            }
        case .flag, .help, .version: break
        }
        for flag in flags { take(flag, nil, at: index) }
        take(option, value, at: index)
        for place in (index + 1)..<max(end, index + 1) {
            result.roles[place] = .valueOf(option.name)
        }
        return end
    }

    private mutating func take(_ option: ArgparseOption, _ value: Word?, at index: Int) {
        guard result.end == .finished else { return }
        if option.kind == .help {
            result.end = .help
        } else if option.kind == .version {
            result.end = .version
        } else {
            result.uses.append(.init(option: option, value: value))
            result.roles[index] = .option(option.name)
        }
    }

    /// `consume_positionals`: as many of the pending positionals as match here.
    private mutating func takePositionals(from start: Int) -> Int {
        var count = pending.count
        while count > 0 {
            var lengths: [Int] = []
            if match(pending[..<count], at: start, &lengths) {
                return takeMatched(lengths, from: start)
            }
            count -= 1
        }
        return start
    }

    private mutating func takeMatched(_ lengths: [Int], from start: Int) -> Int {
        var place = start
        for length in lengths {
            let positional = pending.removeFirst()
            var words = Array(arguments[place..<(place + length)])
            result.lastStart = place
            if positional.stripsDashes, let index = words.firstIndex(of: "--") {
                words.remove(at: index)
            }
            if case .parser(let known) = positional, let word = words.first {
                let index = word == "--" ? 1 : 0
                if index >= words.count || !known.contains(words[index]) {
                    result.end = .unknownCommand(word)
                    return place
                }
            }
            if case .choice(let known) = positional, let word = words.first, !known.contains(word) {
                result.end = .unknownCommand(word)
                return place
            }
            result.positionals.append(words)
            place += length
        }
        return place
    }

    /// Greedy matching with backtracking, as the regular expressions of `_get_nargs_pattern`.
    private func match(
        _ positionals: ArraySlice<ArgparsePositional>, at start: Int, _ lengths: inout [Int]
    ) -> Bool {
        guard let first = positionals.first else { return true }
        for length in candidates(first, at: start) {
            var rest: [Int] = []
            if match(positionals.dropFirst(), at: start + length, &rest) {
                lengths = [length] + rest
                return true
            }
        }
        return false
    }

    /// Lengths that a positional may take here, longest first.
    private func candidates(_ positional: ArgparsePositional, at start: Int) -> [Int] {
        var place = start
        func skipDashes() { while place < pattern.count, pattern[place] == dashes { place += 1 } }
        switch positional {
        case .one, .choice:
            skipDashes()
            guard place < pattern.count, pattern[place] == argument else { return [] }
            place += 1
            let shortest = place
            skipDashes()
            return (shortest - start...place - start).reversed()
        case .optional:
            skipDashes()
            if place < pattern.count, pattern[place] == argument { place += 1 }
            skipDashes()
            return (0...place - start).reversed()
        case .several, .atLeastOne:
            var needed = 0
            if case .atLeastOne = positional {
                skipDashes()
                guard place < pattern.count, pattern[place] == argument else { return [] }
                place += 1
                needed = place - start
            }
            while place < pattern.count, pattern[place] != optionByte { place += 1 }
            return (needed...place - start).reversed()
        case .remainder:
            return (0...max(pattern.count - start, 0)).reversed()
        case .parser:
            skipDashes()
            guard place < pattern.count, pattern[place] == argument else { return [] }
            return (place + 1 - start...pattern.count - start).reversed()
        }
    }
}

private let argument: UInt8 = 0x41
private let optionByte: UInt8 = 0x4F
private let dashes: UInt8 = 0x2D

extension ArgparseOption {
    fileprivate var takesWord: Bool {
        switch kind {
        case .value, .optionalValue, .values: true
        case .flag, .help, .version: false
        }
    }
}

extension ArgparsePositional {
    fileprivate var isRequired: Bool {
        switch self {
        case .one, .atLeastOne, .parser, .choice: true
        case .optional, .several, .remainder: false
        }
    }

    /// Whether the first `--` among the words is dropped.
    fileprivate var stripsDashes: Bool {
        switch self {
        case .one, .optional, .several, .atLeastOne, .choice: true
        case .remainder, .parser: false
        }
    }
}

/// `^-\d+$|^-\d*\.\d+$`; none of the parsers here has options that look like this.
private func isNegativeNumber(_ word: Word) -> Bool {
    var hasDot = false
    var digits = 0
    for byte in word.text.utf8.dropFirst() {
        if byte >= 0x30, byte <= 0x39 {
            digits += 1
        } else if byte == 0x2E, !hasDot {
            hasDot = true
            digits = 0
        } else {
            return false
        }
    }
    return digits > 0
}
