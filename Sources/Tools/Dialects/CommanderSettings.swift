// The options of a commander line as the program sees them afterwards, and how to write them down
// again. Commander assigns in typed order, and a flag given after a value of the same name clears
// it, so the order is replayed here.
//
// Rules: the listener in tj/commander.js 2.x `option`; yarn's own coercions in src/cli/index.js.

import GateCore

/// Options of one line, in force and as written.
struct CommanderSettings {
    /// What the caller wrote.
    private(set) var options: [OptionUse] = []
    /// What differs from the default, inserted arguments included.
    private(set) var inForce: [Setting] = []
    /// Words that mean the same, in two groups.
    private var written: [(name: Word, early: [Word], late: Word?)] = []
    /// The value of the first `--cwd` that is a word of its own: yarn 1 looks for that word before
    /// any parsing, to find its settings there.
    private(set) var splitDirectory: Word?

    init() {}

    /// - Parameter arguments: the line, which tells `--cwd x` from `--cwd=x`.
    init(_ reading: CommanderReading, table: CommanderTable, arguments: [Word]) {
        for use in reading.uses {
            switch use {
            case .known(let option, let value, let source):
                assign(option, value)
                if let source { note(option, value, isSplit: arguments[source] == option.long) }
            case .unknown(let word, let swallowed, let source):
                guard source != nil else { continue }
                let dashes = word.hasPrefix("--") ? 2 : 1
                options.append(
                    OptionUse(name: word.dropFirst(dashes), spelling: word, value: swallowed))
                // Without effect for yarn 1; kept because another yarn may read it.
                guard dashes == 2 else { continue }
                let spelled = swallowed.map { Word(word.text + "=" + $0.text) }
                written.append((word, [], spelled ?? word))
            }
        }
    }

    /// Whether the caller wrote the option.
    func has(_ name: Word) -> Bool { options.contains { $0.name == name } }

    /// The text in force.
    func text(_ name: Word) -> Word? {
        for setting in inForce where setting.name == name {
            if case .text(let text) = setting.value { return text }
        }
        return nil
    }

    /// The words for these options only; none of them ever comes late.
    func words(only names: [Word]) -> [Word] {
        written.filter { names.contains($0.name) }.flatMap(\.early)
    }

    /// The words for all other options. Late ones follow every positional, because they would
    /// take a positional for their value.
    func words(except names: [Word]) -> (early: [Word], late: [Word]) {
        let others = written.filter { !names.contains($0.name) }
        return (others.flatMap(\.early), others.compactMap(\.late))
    }

    private mutating func note(_ option: CommanderOption, _ value: Word?, isSplit: Bool) {
        options.append(
            OptionUse(
                name: option.name, spelling: option.long, value: value, isOn: !option.isNegation))
        if let value, isSplit, Self.soughtEarly.contains(option.long) {
            if option.name == "cwd" { splitDirectory = splitDirectory ?? value }
            written.append((option.name, [option.long, value], nil))
        } else if let value {
            written.append((option.name, [Word(option.long.text + "=" + value.text)], nil))
        } else if option.value == .optional {
            // `--flag=true` says the same where the value is a truth value.
            let isFlag = Self.flags.contains(option.name)
            written.append(
                isFlag
                    ? (option.name, [Word(option.long.text + "=true")], nil)
                    : (option.name, [], option.long))
        } else {
            written.append((option.name, [option.long], nil))
        }
    }

    /// Options that yarn 1 looks for as words of their own, before commander reads the line.
    private static let soughtEarly: [Word] = ["--cwd", "--use-yarnrc"]

    private mutating func assign(_ option: CommanderOption, _ value: Word?) {
        let place = inForce.firstIndex { $0.name == option.name }
        var isFlagSoFar = true
        if let place, case .text = inForce[place].value { isFlagSoFar = false }
        if let place, case .list = inForce[place].value { isFlagSoFar = false }
        let setting: Setting.Value
        if let value {
            setting = coerced(option.name, value, before: place.map { inForce[$0].value })
        } else if isFlagSoFar {
            setting = .flag(!option.isNegation)
        } else if option.value == .optional {
            return
        } else {
            inForce.removeAll { $0.name == option.name }
            return
        }
        if let place {
            inForce[place].value = setting
        } else {
            inForce.append(Setting(option.name, setting))
        }
    }

    private func coerced(_ name: Word, _ value: Word, before: Setting.Value?) -> Setting.Value {
        if Self.flags.contains(name) {
            let lower = value.lowercasedASCII
            return .flag(lower != "0" && lower != "false")
        }
        if name == "use-yarnrc" {
            if case .list(let values) = before { return .list(values + [value]) }
            return .list([value])
        }
        return .text(value)
    }

    /// `[bool]` options with the coercion `boolify`.
    private static let flags: [Word] = ["production", "emoji", "scripts-prepend-node-path"]
}
