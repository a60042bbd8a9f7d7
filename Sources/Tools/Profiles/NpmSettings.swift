// npm's settings in force: command line, then environment, then the project's and the user's
// .npmrc. Values pass through the same two steps as in npm: nopt's `clean` for the command line,
// then @npmcli/config's `parseField`, with `${NAME}` replaced. Sources: nopt lib/nopt-lib.js and
// lib/type-defs.js, @npmcli/config lib/{index,parse-field,env-replace}.js, ini lib/ini.js.

import GateCore

/// Settings by precedence: the first of a name wins.
struct NpmSettings {
    private(set) var all: [Setting] = []
    private var places = WordPlaces()

    /// The value in force, or nil where it is npm's default.
    subscript(_ name: Word) -> Setting.Value? { places[name].map { all[$0].value } }

    /// Whether the setting is anything but off. A text that npm might take for off counts as on.
    func isOn(_ name: Word) -> Bool {
        switch self[name] {
        case .flag(let flag): flag
        case .text(let text): !text.isEmpty
        case .list(let words): !words.isEmpty
        case .null, nil: false
        }
    }

    /// The value's text, where it has a text that is not empty.
    func text(_ name: Word) -> Word? {
        if case .text(let word) = self[name], !word.isEmpty { return word }
        return nil
    }

    /// The value's words.
    func list(_ name: Word) -> [Word] {
        switch self[name] {
        case .list(let words): words
        case .text(let word): [word]
        case .flag, .null, nil: []
        }
    }

    /// Adds a layer below those already there.
    mutating func add(_ layer: [Setting]) {
        for setting in layer where places.add(setting.name) == nil { all.append(setting) }
    }
}

/// What a value needs to be parsed.
struct NpmValues {
    let grammar: NoptGrammar
    let environment: Environment
    let cwd: String?
    let home: String?

    /// The settings of the command line.
    func commandLine(_ uses: [NoptUse]) -> [Setting] {
        var places = WordPlaces()
        var values: [[NoptValue]] = []
        var types: [NoptTypes?] = []
        for use in uses {
            if let place = places.add(use.key) {
                values[place].append(use.value)
            } else {
                values.append([use.value])
                types.append(use.option?.types)
            }
        }
        var layer: [Setting] = []
        for (place, key) in places.names.enumerated() {
            let (values, types) = (values[place], types[place])
            if types?.has("a") == true || (types == nil && values.count > 1) {
                let cleaned = values.compactMap { clean($0, types) }
                let words = cleaned.map { field($0, types, isElement: true).word }
                layer.append(Setting(key, .list(words)))
            } else if let last = values.last, let value = clean(last, types) {
                layer.append(Setting(key, field(value, types)))
            }
        }
        return layer
    }

    /// The settings of the environment: any spelling of `npm_config_NAME`, the last one winning.
    func environmentLayer() -> [Setting] {
        var layer: [Setting] = []
        var places = WordPlaces()
        for entry in environment.entries {
            // Most names are told apart by their first letter.
            guard entry.name.first | 0x20 == UInt8(ascii: "n"), !entry.value.isEmpty,
                entry.name.prefix(11).lowercasedASCII == "npm_config_"
            else { continue }
            let setting = setting(entry.name.dropFirst(11).asNpmKey, entry.value)
            if let place = places.add(setting.name) {
                layer[place] = setting
            } else {
                layer.append(setting)
            }
        }
        return layer
    }

    /// The settings of an .npmrc: lines before the first section, the last of a name winning.
    func file(_ text: String) -> [Setting] {
        var layer: [Setting] = []
        var places = WordPlaces()
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let bare = Word(String(Substring(line))).trimmed
            if bare.isEmpty || bare.first == 0x3B || bare.first == 0x23 { continue }
            if bare.first == UInt8(ascii: "["), bare.hasSuffix("]") { break }
            let parts = bare.split(at: UInt8(ascii: "="))
            var key = (parts?.head ?? bare).iniValue.replacingVariables(environment)
            let value = parts.map(\.tail.iniValue) ?? "true"
            let isList = key.hasSuffix("[]")
            if isList { key = key.prefix(key.count - 2) }
            var entry = setting(key, value)
            let place = places.add(key)
            if isList, let place {
                var words = layer[place].value.words
                // Thousands of elements must not be copied for each.
                layer[place].value = .null
                words.append(entry.value.word)
                entry.value = .list(words)
            }
            if let place { layer[place] = entry } else { layer.append(entry) }
        }
        return layer
    }

    private func setting(_ key: Word, _ value: Word) -> Setting {
        let types = grammar.types(of: key)
        guard let types, types.has("a") else { return Setting(key, field(.text(value), types)) }
        let parts = value.trimmed.text.split(separator: "\n\n", omittingEmptySubsequences: false)
        return Setting(
            key,
            .list(parts.map { field(.text(Word($0)), types, isElement: true).word }))
    }

    /// nopt's `clean`: nil where the value does not fit the option and is dropped.
    private func clean(_ value: NoptValue, _ types: NoptTypes?) -> Setting.Value? {
        var value: Setting.Value =
            switch value {
            case .flag(let flag): .flag(flag)
            case .text(let text): .text(text.trimmed)
            case .null: .null
            case .missing: .flag(true)
            }
        guard let types else {
            if case .text("true") = value { return .flag(true) }
            if case .text("false") = value { return .flag(false) }
            if case .text("null") = value { return .null }
            return value
        }
        if case .text(let text) = value {
            if text == "null", types.has("n") { value = .null }
            if text == "true", types.has("b") { value = .flag(true) }
            if text == "false", types.has("b") || types.has("f") { value = .flag(false) }
        }
        if value == .flag(false), types.has("n"), !types.has("b"), !types.has("f") { value = .null }
        return types.validated(value)
    }

    /// `parseField`: a text becomes what the option's types make of it.
    private func field(
        _ value: Setting.Value, _ types: NoptTypes?, isElement: Bool = false
    ) -> Setting.Value {
        guard case .text(let raw) = value else { return value }
        let text = raw.trimmed
        let isText = types?.has("s") == true || types?.has("p") == true
        let isNumber = types?.has("i") == true
        if types?.has("b") == true, !isText, text.isEmpty { return .flag(true) }
        if !isText, !isNumber {
            if text == "true" { return .flag(true) }
            if text == "false" { return .flag(false) }
            if text == "null" || text == "undefined" { return .null }
        }
        let replaced = text.replacingVariables(environment)
        if types?.has("p") == true, let cwd {
            return .text(Word(PathText.absolute(replaced.text, cwd: cwd, home: home)))
        }
        return .text(replaced)
    }
}

extension Setting.Value {
    /// Every word of a list, else the one.
    var words: [Word] {
        if case .list(let words) = self { return words }
        return [word]
    }
}

extension Word {
    /// Without blanks at either end.
    var trimmed: Word {
        let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
        guard isBlank(first) || isBlank(text.utf8.last ?? 0x21) else { return self }
        let head = text.utf8.drop(while: isBlank)
        var end = head.endIndex
        while end > head.startIndex, isBlank(head[head.index(before: end)]) {
            end = head.index(before: end)
        }
        return Word(String(Substring(head[..<end])))
    }

    /// `npm_config_` names: `_` means `-` but for the first character, case is ignored, and names
    /// of registries (`//host/:_authToken`) stay.
    fileprivate var asNpmKey: Word {
        if hasPrefix("//") { return self }
        var bytes = Array(lowercasedASCII.text.utf8)
        for place in bytes.indices.dropFirst() where bytes[place] == UInt8(ascii: "_") {
            bytes[place] = UInt8(ascii: "-")
        }
        return Word(String(decoding: bytes, as: UTF8.self))
    }

    /// A key or value of an ini file: blanks, one pair of quotes and a comment removed.
    fileprivate var iniValue: Word {
        let text = trimmed
        let isQuoted: (UInt8) -> Bool = {
            text.count > 1 && text.first == $0 && text.text.utf8.last == $0
        }
        if isQuoted(0x22) || isQuoted(0x27) {
            return Word(String(Substring(text.text.utf8.dropFirst().dropLast())))
        }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text.text.utf8 {
            if isEscaped {
                if byte != 0x5C, byte != 0x3B, byte != 0x23 { bytes.append(0x5C) }
                bytes.append(byte)
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == 0x3B || byte == 0x23 {
                break
            } else {
                bytes.append(byte)
            }
        }
        if isEscaped { bytes.append(0x5C) }
        return Word(String(decoding: bytes, as: UTF8.self)).trimmed
    }

    /// `${NAME}` replaced where the variable exists; a backslash before it keeps it.
    fileprivate func replacingVariables(_ environment: Environment) -> Word {
        guard contains(UInt8(ascii: "$")) else { return self }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "$"), place + 1 < bytes.count,
                bytes[place + 1] == UInt8(ascii: "{"),
                let end = bytes[(place + 2)...].firstIndex(of: UInt8(ascii: "}")), end > place + 2
            else {
                result.append(bytes[place])
                place += 1
                continue
            }
            let slashes = result.reversed().prefix { $0 == 0x5C }.count
            result.removeLast((slashes + 1) / 2)
            let name = Word(String(decoding: bytes[(place + 2)..<end], as: UTF8.self))
            if slashes % 2 == 0, let value = environment[name] {
                result += Array(value.text.utf8)
            } else {
                result += bytes[place...end]
            }
            place = end + 1
        }
        return Word(String(decoding: result, as: UTF8.self))
    }
}
