// Programs that start another one named on their own line. Each row holds the options of the manual
// page; an option that is not there makes the command unclear, because it could take the next word.
//
// Sources: coreutils (env, nice, nohup, timeout, stdbuf), sudo(8), doas(1), util-linux (setsid,
// ionice), findutils (xargs), GNU time, and the builtins `exec` and `command` of POSIX and bash.

/// A program that starts another.
private struct Wrapper: Sendable {
    let name: Word
    /// Letters of options without a value.
    var flags: Word = ""
    /// Letters of options with a value.
    var valued: Word = ""
    /// Long options without a value, separated by spaces.
    var long = ""
    /// Long options with a value.
    var longValued = ""
    /// Words of its own before the command.
    var operands = 0
    /// Whether `NAME=value` may stand before the command.
    var takesAssignments = false
    /// Whether it adds words that the line does not hold.
    var addsWords = false
}

private let wrappers: [Wrapper] = [
    .init(
        name: "env", flags: "i0v", valued: "uC", long: "ignore-environment null debug",
        longValued: "unset chdir", takesAssignments: true),
    .init(
        name: "sudo", flags: "ABbEHkNnPS", valued: "CDgpRrTtUu",
        long: "askpass background bell non-interactive preserve-env preserve-groups "
            + "set-home stdin reset-timestamp no-update",
        longValued: "close-from chdir group prompt chroot role command-timeout type other-user "
            + "user", takesAssignments: true),
    .init(name: "doas", flags: "n", valued: "u"),
    .init(name: "nice", valued: "n", longValued: "adjustment"),
    .init(name: "ionice", flags: "t", valued: "cn", long: "ignore", longValued: "class classdata"),
    .init(name: "nohup"),
    .init(name: "setsid", flags: "cfw", long: "ctty fork wait"),
    .init(
        name: "time", flags: "apqv", valued: "fo", long: "append portability quiet verbose",
        longValued: "format output"),
    .init(
        name: "timeout", flags: "fpv", valued: "ks",
        long: "foreground preserve-status verbose", longValued: "kill-after signal", operands: 1),
    .init(name: "stdbuf", valued: "eio", longValued: "error input output"),
    .init(
        name: "xargs", flags: "0oprtx", valued: "EILPadns",
        long: "null open-tty interactive no-run-if-empty verbose exit",
        longValued: "arg-file delimiter max-args max-procs max-chars", addsWords: true),
    .init(name: "exec", flags: "cl", valued: "a"),
    .init(name: "command", flags: "p"),
    .init(name: "builtin"),
]

/// The commands that the words start, with every wrapper taken off.
///
/// - Parameter depth: how many shells stand around them; beyond 8 they are unclear.
func unwrapped(
    _ pieces: [ShellPiece], assignments: [Environment.Entry], depth: Int
) -> [ShellCommand] {
    let whole = pieces.map(\.word)
    guard let first = pieces.first else { return [] }
    func unclear(_ reason: String) -> [ShellCommand] {
        [.init(assignments: assignments, words: whole, unclear: reason)]
    }
    if first.isGlob { return unclear("a shell could expand the name of the program") }
    let name = lastPart(first.word)
    if ShellWords.evaluators.contains(name) { return unclear("it runs or renames text") }
    if ShellWords.shells.contains(name) {
        return shell(pieces, whole, assignments: assignments, depth: depth)
    }
    guard let wrapper = wrappers.first(where: { $0.name == name }) else {
        return [.init(assignments: assignments, words: whole)]
    }
    if name == "command", whole.count > 1, whole[1] == "-v" || whole[1] == "-V" {
        return [.init(assignments: assignments, words: whole)]
    }
    guard let start = wrapper.commandStart(in: whole) else {
        return unclear("\(name) has an option that is not known")
    }
    var inner = pieces[min(start, pieces.count)...]
    var variables = assignments
    if wrapper.takesAssignments {
        while let entry = inner.first.flatMap({ inTheForm($0.word) }) {
            variables.append(entry)
            inner = inner.dropFirst()
        }
    }
    inner = inner.dropFirst(wrapper.operands)
    // A wrapper alone runs nothing, or prints the environment; xargs alone is echo.
    if inner.isEmpty { return [.init(assignments: variables, words: whole)] }
    var commands = unwrapped(Array(inner), assignments: variables, depth: depth)
    if wrapper.addsWords {
        commands.append(
            .init(
                assignments: variables, words: inner.map(\.word),
                unclear: "\(name) adds words from its input"))
    }
    return commands
}

extension Wrapper {
    /// Index behind the wrapper's own options, nil where one is not known.
    fileprivate func commandStart(in words: [Word]) -> Int? {
        var index = 1
        while index < words.count {
            let word = words[index]
            if word == "--" { return index + 1 }
            if word == "-" {
                // env(1): a mere - implies -i.
                guard name == "env" else { return index }
                index += 1
                continue
            }
            guard word.first == UInt8(ascii: "-") else { return index }
            index += 1
            if word.hasPrefix("--") {
                let option = word.dropFirst(2)
                if let (head, _) = option.split(at: UInt8(ascii: "=")) {
                    guard head.isIn(longValued) else { return nil }
                } else if option.isIn(longValued) {
                    index += 1
                } else if !option.isIn(long) {
                    return nil
                }
                continue
            }
            let letters = [UInt8](word.text.utf8)
            for place in 1..<letters.count {
                if flags.contains(letters[place]) { continue }
                guard valued.contains(letters[place]) else { return nil }
                if place == letters.count - 1 { index += 1 }
                break
            }
        }
        return index
    }
}

extension Word {
    /// Whether this is one of the words of a list separated by spaces.
    fileprivate func isIn(_ list: String) -> Bool {
        for part in list.utf8.split(separator: 0x20) where part.elementsEqual(text.utf8) {
            return true
        }
        return false
    }
}

/// `sh -c TEXT`: the text is read in turn; a script is a program like any other.
private func shell(
    _ pieces: [ShellPiece], _ words: [Word], assignments: [Environment.Entry], depth: Int
) -> [ShellCommand] {
    func unclear(_ reason: String) -> [ShellCommand] {
        [.init(assignments: assignments, words: words, unclear: reason)]
    }
    var index = 1
    var takesText = false
    while index < words.count {
        let word = words[index]
        let isOption = word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+")
        guard isOption, word.count > 1 else { break }
        index += 1
        if word == "--" { break }
        if word.hasPrefix("--") {
            if word.dropFirst(2).isIn("login norc noprofile posix verbose") { continue }
            return unclear("the shell has an option that is not known")
        }
        for letter in word.text.utf8.dropFirst() {
            switch letter {
            case UInt8(ascii: "c"): takesText = true
            case UInt8(ascii: "o"), UInt8(ascii: "O"): index += 1
            case UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "e"), UInt8(ascii: "f"),
                UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "k"), UInt8(ascii: "l"),
                UInt8(ascii: "m"), UInt8(ascii: "n"), UInt8(ascii: "p"), UInt8(ascii: "t"),
                UInt8(ascii: "u"), UInt8(ascii: "v"), UInt8(ascii: "x"), UInt8(ascii: "B"),
                UInt8(ascii: "C"), UInt8(ascii: "E"), UInt8(ascii: "H"), UInt8(ascii: "P"),
                UInt8(ascii: "T"):
                continue
            default: return unclear("the shell has an option that is not known")
            }
        }
    }
    guard index < words.count else { return unclear("the shell reads commands from its input") }
    if !takesText { return [.init(assignments: assignments, words: words)] }
    if depth >= 8 { return unclear("shells are nested deeper than 8") }
    return shellCommands(in: words[index].text, depth: depth + 1).map { command in
        var inner = command
        inner.assignments = assignments + command.assignments
        return inner
    }
}

/// The assignment that env(1) and sudo(8) see in a word, whose quotes are gone by then.
private func inTheForm(_ word: Word) -> Environment.Entry? {
    guard let (name, value) = word.split(at: UInt8(ascii: "=")) else { return nil }
    return name.isEmpty ? nil : .init(name: name, value: value)
}

/// The part behind the last slash.
private func lastPart(_ word: Word) -> Word {
    var start = 0
    for (index, byte) in word.text.utf8.enumerated() where byte == UInt8(ascii: "/") {
        start = index + 1
    }
    return word.dropFirst(start)
}
