// Registries of yarn. Yarn 1: `registry` and `@scope:registry` of .yarnrc files, and all that npm's
// files and variables say; which of the two families wins depends on the package, so the first of each
// counts. Yarn 2 and later: `npmRegistryServer` and `npmScopes` of .yarnrc.yml, nearest first.
// Sources: yarn 1 src/registries/{npm,yarn}-registry.js, src/rc.js; yarn 3 sources/Configuration.ts,
// plugin-npm sources/npmConfigUtils.ts.

import GateCore

extension RegistryReader {
    /// What yarn asks, by its version; both where that is not known.
    mutating func readYarn(_ invocation: Invocation, _ facts: inout Facts) {
        let version = Word(invocation.version ?? "")
        let isClassic = version.isEmpty || version.hasPrefix("1.")
        if isClassic { readYarnClassic(invocation, &facts) }
        if !version.hasPrefix("1.") { readYarnBerry(&facts) }
        addStandard()
    }

    private mutating func readYarnClassic(_ invocation: Invocation, _ facts: inout Facts) {
        let line = innermostOptions(invocation)
        for option in line.reversed() where option.name == "registry" {
            addFirst(option.value ?? "", at: "--registry", from: .line)
        }
        let isSaid = uses.contains { $0.isInForce }
        for entry in self.line.environment.entries
        where entry.name.lowercasedASCII == "yarn_registry" && !entry.value.isEmpty {
            addFirst(entry.value, at: entry.name.text, from: .environment)
        }
        var npm = self
        npm.addNpmSettings(invocation, &facts)
        for (path, origin) in yarnRCFiles(&facts) {
            guard let text = facts.text(path) else { continue }
            guard let values = YarnRC.values(of: text) else {
                add("", at: path, from: origin)
                continue
            }
            for (key, value) in values {
                if key == "registry" { addFirst(value, at: "\(path): registry", from: origin) }
                if key == "--registry" || key.hasSuffix(".registry") {
                    add(value, at: "\(path): \(key)", from: origin, isInForce: !isSaid)
                }
                if key.hasSuffix(":registry"), key.first == UInt8(ascii: "@") {
                    let scope = key.prefix(key.count - 9)
                    addFirst(value, for: scope, at: "\(path): \(key)", from: origin)
                }
            }
        }
        for use in npm.uses where !uses.contains(use) {
            add(
                use.address, for: use.scope, at: use.place, from: use.origin,
                isInForce: use.isInForce && !isSaid || use.isInForce && use.scope != nil)
        }
        // Two families of files that name different registries are both asked, as it falls out.
        asksAll = uses.count { $0.isInForce && $0.scope == nil } > 1
    }

    /// Options of the line and of the lines that it starts in workspaces.
    private func innermostOptions(_ invocation: Invocation) -> [OptionUse] {
        invocation.flattened.flatMap(\.options)
    }

    private func yarnRCFiles(
        _ facts: inout Facts
    ) -> [(path: String, origin: RegistryUse.Origin)] {
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        var seen = WordPlaces()
        for place in places {
            for folder in YarnWords.ancestors(of: place) where seen.add(Word(folder)) == nil {
                if let home = line.home, Word(straightened(home)) == Word(folder) { continue }
                files.append((YarnWords.file(".yarnrc", in: folder), .project))
            }
        }
        if let named = variable("YARN_CONFIG") {
            files.append((PathText.absolute(named, from: line.cwd), .environment))
        }
        for name in [".yarnrc", ".yarn/config", ".config/yarn/config"] {
            if let home = line.home { files.append((YarnWords.file(name, in: home), .user)) }
        }
        return files + [("/etc/yarnrc", .machine), ("/etc/yarn/config", .machine)]
    }

    private mutating func readYarnBerry(_ facts: inout Facts) {
        for entry in line.environment.entries {
            var name: [UInt8] = []
            for byte in entry.name.lowercasedASCII.text.utf8
            where byte != UInt8(ascii: "_") && byte != UInt8(ascii: "-") {
                name.append(byte)
            }
            let bare = Word(String(decoding: name, as: UTF8.self))
            guard bare.hasPrefix("yarnnpm"), !entry.value.isEmpty else { continue }
            if bare == "yarnnpmregistryserver" {
                addFirst(entry.value, at: entry.name.text, from: .environment)
            }
        }
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        var seen = WordPlaces()
        let name = variable("YARN_RC_FILENAME")?.text ?? ".yarnrc.yml"
        for place in places {
            for folder in YarnWords.ancestors(of: place) where seen.add(Word(folder)) == nil {
                let isHome = line.home.map { Word(straightened($0)) == Word(folder) } ?? false
                if !isHome { files.append((YarnWords.file(name, in: folder), .project)) }
            }
        }
        if let home = line.home { files.append((YarnWords.file(name, in: home), .user)) }
        for (path, origin) in files {
            guard let text = facts.text(path) else { continue }
            for (keys, value) in yamlSettings(text) {
                let place = "\(path): \(keys.map(\.text).joined(separator: "."))"
                if keys == ["npmRegistryServer"] {
                    addFirst(unclear(value), at: place, from: origin)
                } else if keys.count == 3, keys[0] == "npmScopes", keys[2] == "npmRegistryServer" {
                    let scope = Word("@" + keys[1].text)
                    addFirst(unclear(value), for: scope, at: place, from: origin)
                } else if keys.count < 3, keys[0] == "npmScopes", !value.isEmpty {
                    // Written on one line, or in a way that is not read here.
                    add("", at: place, from: origin)
                }
            }
        }
    }

    /// What holds a variable is no address before yarn has put its value in.
    private func unclear(_ value: Word) -> Word { value.contains(UInt8(ascii: "$")) ? "" : value }
}

/// The scalars of a block of YAML with their keys from the outside in. What is not `KEY: VALUE` is left
/// out; a value that is no plain or quoted text is given as it is written.
func yamlSettings(_ text: String) -> [(keys: [Word], value: Word)] {
    var found: [(keys: [Word], value: Word)] = []
    var open: [(indent: Int, key: Word)] = []
    for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
        let indent = row.prefix { $0 == 0x20 }.count
        let line = Word(String(Substring(row))).trimmed
        if line.isEmpty || line.first == UInt8(ascii: "#") || line.hasPrefix("---") { continue }
        guard let (key, value) = yamlEntry(line) else { continue }
        while let last = open.last, last.indent >= indent { open.removeLast() }
        if value.isEmpty {
            open.append((indent, key))
        }
        found.append((open.map(\.key) + (value.isEmpty ? [] : [key]), value))
    }
    return found
}

/// `KEY: VALUE`, both without quotes, the value without a comment.
private func yamlEntry(_ line: Word) -> (key: Word, value: Word)? {
    let bytes = Array(line.text.utf8)
    var place = 0
    var quote: UInt8?
    while place < bytes.count {
        let byte = bytes[place]
        if let open = quote {
            if byte == open { quote = nil }
        } else if place == 0, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            quote = byte
        } else if byte == UInt8(ascii: ":"), place + 1 == bytes.count || bytes[place + 1] == 0x20 {
            let key = Word(String(decoding: bytes[..<place], as: UTF8.self))
            var rest = Array(bytes[(place + 1)...])
            if let comment = rest.indices.dropFirst().first(where: {
                rest[$0] == UInt8(ascii: "#") && rest[$0 - 1] == 0x20
            }) {
                rest.removeSubrange(comment...)
            }
            let value = Word(String(decoding: rest, as: UTF8.self)).trimmed
            return (unquotedYAML(key.trimmed), unquotedYAML(value))
        }
        place += 1
    }
    return nil
}

private func unquotedYAML(_ word: Word) -> Word {
    let first = word.first
    guard word.count > 1, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
        word.text.utf8.last == first
    else { return word }
    return word.dropFirst(1).prefix(word.count - 2)
}
