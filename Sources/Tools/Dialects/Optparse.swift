// Python's optparse, as pip uses it: long options may be cut to a unique prefix, short ones
// cluster, a value may be any word (even `--` or another option), `--` ends options once.
// Source: CPython Lib/optparse.py, `OptionParser._process_args` and its two callees.
//
// Checks run in the order of the words, so the first error or `--help` decides.

internal import GateCore

/// One option that was found on a line.
struct OptparseUse {
    let option: TableOption
    /// Nil for an option without a value.
    let value: Word?
}

/// How parsing went.
enum OptparseEnd: Equatable {
    case finished
    /// `--help` was met before any error.
    case help
    /// optparse would print this kind of message and exit 2.
    case failed(String)
}

/// A parsed line.
struct OptparseResult {
    var uses: [OptparseUse] = []
    /// Words that are not options: `largs + rargs`.
    var positionals: [Word] = []
    /// Index of the first word after the options, where parsing stopped early.
    var stop: Int
    /// One per argument.
    var roles: [Role]
    var end = OptparseEnd.finished
}

/// A parser for one command of one release.
struct Optparse {
    let table: OptionTable
    /// The command's letter in the table.
    let command: UInt8
    let release: MinorRelease
    /// Whether options may follow positionals.
    let isInterspersed: Bool
    /// Whether the parser accepts the value.
    let accepts: (TableOption, Word) -> Bool

    /// Parses all words.
    func parse(_ arguments: [Word]) -> OptparseResult {
        var result = OptparseResult(
            stop: arguments.count,
            roles: [Role](repeating: .positional, count: arguments.count))
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            if word == "--" {
                result.roles[index] = .terminator
                index += 1
                break
            }
            if word.hasPrefix("--") {
                index = readLong(word, at: index, arguments, &result)
            } else if word.first == 0x2D, word.count > 1 {
                index = readCluster(word, at: index, arguments, &result)
            } else if isInterspersed {
                result.positionals.append(word)
                index += 1
            } else {
                break
            }
            if result.end != .finished { return result }
        }
        result.stop = index
        result.positionals += arguments[index...]
        return result
    }

    /// Reads `--name`, `--name=value` or `--name value` and returns the next index.
    private func readLong(
        _ word: Word, at index: Int, _ arguments: [Word], _ result: inout OptparseResult
    ) -> Int {
        let (name, explicit) =
            word.split(at: 0x3D).map { ($0.head, Optional($0.tail)) }
            ?? (word, nil)
        var option = table.exact(name, command: command, release: release)
        if option == nil {
            let candidates = table.abbreviated(name, command: command, release: release)
            if candidates.count > 1 {
                result.end = .failed("ambiguous option: \(name)")
                return index
            }
            option = candidates.first?.option
        }
        guard let option else {
            result.end = .failed("no such option: \(name)")
            return index
        }
        result.roles[index] = .option(option.name)
        if !option.takesValue {
            guard explicit == nil else {
                result.end = .failed("option \(name) does not take a value")
                return index
            }
            take(option, nil, &result)
            return index + 1
        }
        if let explicit {
            take(option, explicit, &result)
            return index + 1
        }
        return takeNext(for: option, called: name, at: index, arguments, &result)
    }

    /// Reads a cluster such as `-vqr file` and returns the next index.
    private func readCluster(
        _ word: Word, at index: Int, _ arguments: [Word], _ result: inout OptparseResult
    ) -> Int {
        var letter = 1
        for byte in word.text.utf8.dropFirst() {
            let name = Word("-" + String(decoding: [byte], as: UTF8.self))
            guard byte < 0x80,
                let option = table.exact(name, command: command, release: release)
            else {
                result.end = .failed("no such option: \(name)")
                return index
            }
            letter += 1
            if letter == 2 || !option.takesValue { result.roles[index] = .option(option.name) }
            guard option.takesValue else {
                take(option, nil, &result)
                if result.end != .finished { return index }
                continue
            }
            if letter < word.count {
                take(option, word.dropFirst(letter), &result)
                return index + 1
            }
            return takeNext(for: option, called: name, at: index, arguments, &result)
        }
        return index + 1
    }

    /// Takes the next word as the option's value, whatever it is, and returns the next index.
    private func takeNext(
        for option: TableOption, called name: Word, at index: Int, _ arguments: [Word],
        _ result: inout OptparseResult
    ) -> Int {
        guard index + 1 < arguments.count else {
            result.end = .failed("option \(name) requires a value")
            return index
        }
        result.roles[index + 1] = .valueOf(option.name)
        take(option, arguments[index + 1], &result)
        return index + 2
    }

    private func take(_ option: TableOption, _ value: Word?, _ result: inout OptparseResult) {
        if option.action == .help {
            result.end = .help
            return
        }
        if let value, !accepts(option, value) {
            result.end = .failed("option \(option.name): invalid value")
            return
        }
        result.uses.append(.init(option: option, value: value))
    }
}

/// Whether Python's `int(text, 0)`-like rule of optparse accepts the word. Leaning to yes: a
/// line that pip refuses is harmless.
func optparseAcceptsInteger(_ word: Word) -> Bool {
    guard word.isASCII else { return mayBeNumber(word) }
    var digits = trimmedNumber(word)
    if let sign = digits.first, sign == 0x2B || sign == 0x2D { digits.removeFirst() }
    guard let first = digits.first else { return false }
    var radix: UInt8 = 10
    if first == 0x30, digits.count > 1 {
        switch digits[1] | 0x20 {
        case 0x78: radix = 16
        case 0x62: radix = 2
        case _: radix = 8
        }
        if radix != 8 { digits.removeFirst(2) }
        if digits.isEmpty { return true }
    }
    return digits.allSatisfy { byte in
        if byte == 0x5F { return true }
        if byte >= 0x30, byte <= 0x39 { return byte - 0x30 < radix }
        let letter = byte | 0x20
        return radix == 16 && letter >= 0x61 && letter <= 0x66
    }
}

/// Whether Python's `float(text)` accepts the word; leaning to yes, as above.
func optparseAcceptsDecimal(_ word: Word) -> Bool {
    guard word.isASCII else { return mayBeNumber(word) }
    var digits = trimmedNumber(word)
    if let sign = digits.first, sign == 0x2B || sign == 0x2D { digits.removeFirst() }
    let named = Word(String(decoding: digits, as: UTF8.self)).lowercasedASCII
    if named == "inf" || named == "infinity" || named == "nan" { return true }
    guard digits.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return false }
    return digits.allSatisfy { byte in
        (byte >= 0x30 && byte <= 0x39) || byte == 0x2E || byte == 0x5F || byte | 0x20 == 0x65
            || byte == 0x2B || byte == 0x2D
    }
}

/// Python takes decimal digits of every script; anything else that is not ASCII is no number.
private func mayBeNumber(_ word: Word) -> Bool {
    for scalar in word.text.unicodeScalars where !scalar.isASCII {
        let properties = scalar.properties
        if properties.generalCategory != .decimalNumber, !properties.isWhitespace { return false }
    }
    return true
}

private func trimmedNumber(_ word: Word) -> [UInt8] {
    var bytes = Array(word.text.utf8)
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    return bytes
}
