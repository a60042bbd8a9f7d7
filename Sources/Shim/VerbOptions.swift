// Options of the verbs that run in the shim's own binary. Two kinds, long names only, `--name
// value` or `--name=value`; everything after `--` is the line to judge. The human verbs use
// ArgumentParser; here it would cost every shim call its start-up.

internal import GateCore

/// Options and words of a verb.
struct VerbOptions {
    private(set) var values: [(name: Word, value: String)] = []
    private(set) var flags: [Word] = []
    /// The words after `--`, or the first word that is no option and all after it.
    private(set) var words: [Word] = []

    /// A usage error, as one sentence.
    struct Misuse: Error {
        let message: String
    }

    init(_ arguments: [Word], valued: [Word], flags known: [Word]) throws(Misuse) {
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            index += 1
            if word == "--" {
                words = Array(arguments[index...])
                return
            }
            guard word.hasPrefix("--") else {
                words = Array(arguments[(index - 1)...])
                return
            }
            let (name, inline) =
                word.split(at: UInt8(ascii: "=")).map { ($0.head, $0.tail) }
                .map { ($0.0, Optional($0.1)) } ?? (word, nil)
            if known.contains(name), inline == nil {
                flags.append(name)
            } else if valued.contains(name) {
                if let inline {
                    values.append((name, inline.text))
                } else if index < arguments.count {
                    values.append((name, arguments[index].text))
                    index += 1
                } else {
                    throw Misuse(message: "\(name) needs a value")
                }
            } else {
                throw Misuse(message: "unknown option \(name)")
            }
        }
    }

    /// The last value given for an option.
    subscript(name: Word) -> String? { values.last { $0.name == name }?.value }

    /// All values given for an option.
    func all(_ name: Word) -> [String] {
        var found: [String] = []
        for value in values where value.name == name { found.append(value.value) }
        return found
    }

    /// Whether the flag was given.
    func has(_ flag: Word) -> Bool { flags.contains(flag) }
}
