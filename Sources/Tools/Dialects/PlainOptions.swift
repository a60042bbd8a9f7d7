// The ordinary way to read what follows a command word: `--name=value`, `--name value` for the
// options that a table names, everything else with a dash is a flag, `--` ends options. For tools
// whose grammar needs no more than that.

import GateCore

/// Words after a command, sorted.
struct PlainOptions {
    var options: [OptionUse] = []
    var positionals: [Word] = []
    /// Words after `--`.
    var rest: [Word] = []
    var roles: [Role] = []
    /// Place of each option's word, to leave one out of a composed line.
    var places: [Int] = []

    /// - Parameters:
    ///   - words: what follows the command.
    ///   - valued: options that take the next word, dashes included.
    ///   - stopsEarly: whether everything after the first positional is passed on.
    init(_ words: [Word], valued: [Word], stopsEarly: Bool = false) {
        var index = 0
        while index < words.count {
            let word = words[index]
            if word == "--" || stopsEarly && !positionals.isEmpty {
                let first = word == "--" ? index + 1 : index
                if word == "--" { roles.append(.terminator) }
                rest = Array(words[first...])
                roles += rest.map { _ in .passedOn }
                return
            }
            guard word.first == UInt8(ascii: "-"), word.count > 1 else {
                positionals.append(word)
                roles.append(.positional)
                index += 1
                continue
            }
            let (head, tail) = word.split(at: UInt8(ascii: "=")) ?? (word, "")
            let name = head.dropFirst(head.hasPrefix("--") ? 2 : 1)
            var value: Word? = head == word ? nil : tail
            roles.append(.option(name))
            places.append(index)
            index += 1
            if value == nil, valued.contains(head), index < words.count {
                value = words[index]
                roles.append(.valueOf(name))
                index += 1
            }
            options.append(OptionUse(name: name, spelling: head, value: value))
        }
    }

    /// Whether one of these options, dashes included, was given.
    func has(_ spellings: Word...) -> Bool {
        options.contains { spellings.contains($0.spelling) }
    }

    /// The last value of an option, dashes included.
    func value(_ spelling: Word) -> Word? {
        options.last { $0.spelling == spelling }?.value
    }
}
