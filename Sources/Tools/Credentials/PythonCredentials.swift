// Credentials of Python's tools: logins in the addresses of pip.conf, and .netrc. pip merges its files
// key by key, the one that `PIP_CONFIG_FILE` names over all others, so a copy of all of them takes
// their place. `NETRC` names the file that requests and uv read.
// Sources: pip/_internal/configuration.py, requests/utils.py `get_netrc_auth`, uv "Authentication".

import GateCore

extension CredentialSearch {
    /// Hides from pip, uv and what uses them.
    mutating func hideFromPython(_ invocation: Invocation, _ places: [String]) {
        if invocation.tool != "uv", invocation.tool != "uvx" { hidePipFiles() }
        hideNetrc()
        if invocation.tool == "uv" || invocation.tool == "uvx" {
            hideUvFiles(places)
        } else {
            set("PIP_KEYRING_PROVIDER", "disabled")
        }
        if let folder = variable("XDG_CONFIG_HOME")?.text ?? line.home.map({ $0 + "/.config" }) {
            let path = "\(folder)/pypoetry/auth.toml"
            if invocation.tool == "poetry", let text = text(path), !text.utf8.isEmpty {
                noteLeft(path, "http-basic")
            }
        }
    }

    private mutating func hidePipFiles() {
        var facts = Facts()
        var sources = PipSources(line, &facts)
        // Every file is asked for at once but for those that depend on the one of the variable.
        for _ in 0..<8 where !facts.needed.isEmpty {
            let needed = facts.needed
            facts.startRound()
            for fact in needed { facts.learn(fact, ask(fact)) }
            sources = PipSources(line, &facts)
        }
        var sections: [(name: Word, items: [(key: Word, value: Word)])] = []
        var hasLogin = false
        for (path, file) in sources.all {
            for section in file.sections {
                let place =
                    sections.firstIndex { $0.name == section.name } ?? sections.count
                if place == sections.count { sections.append((section.name, [])) }
                for (key, value) in section.items {
                    let plain = plainAddresses(value)
                    if plain != value {
                        hasLogin = true
                        noteHidden(path, Word("\(section.name).\(key)"))
                    }
                    sections[place].items.removeAll { $0.key == key }
                    sections[place].items.append((key, plain))
                }
            }
        }
        guard hasLogin else { return }
        var text = ""
        for section in sections {
            text += "[\(section.name)]\n"
            for (key, value) in section.items {
                let parts = value.text.split(separator: "\n", omittingEmptySubsequences: false)
                text += "\(key) = \(parts.joined(separator: "\n    "))\n"
            }
        }
        set("PIP_CONFIG_FILE", copy(text, as: "pip.conf"))
    }

    /// Addresses between white space without their logins, but for those that keep them.
    private func plainAddresses(_ value: Word) -> Word {
        guard value.contains(UInt8(ascii: "@")) else { return value }
        var plain: [UInt8] = []
        var word: [UInt8] = []
        func finish() {
            let one = Word(String(decoding: word, as: UTF8.self))
            let kept = keeps(one.text) ? one : withoutUserinfo(one)
            plain += Array(kept.text.utf8)
            word = []
        }
        for byte in value.text.utf8 {
            if byte > 0x20 {
                word.append(byte)
            } else {
                finish()
                plain.append(byte)
            }
        }
        finish()
        return Word(String(decoding: plain, as: UTF8.self))
    }

    private mutating func hideUvFiles(_ places: [String]) {
        var paths: [String] = []
        for folder in folders(of: places) {
            paths += [
                YarnWords.file("uv.toml", in: folder), YarnWords.file("pyproject.toml", in: folder),
            ]
        }
        if let folder = variable("XDG_CONFIG_HOME")?.text ?? line.home.map({ $0 + "/.config" }) {
            paths.append("\(folder)/uv/uv.toml")
        }
        for path in paths {
            guard let text = text(path), text.utf8.contains(UInt8(ascii: "@")) else { continue }
            for row in text.utf8.split(separator: 0x0A) {
                let line = Word(String(Substring(row)))
                guard YarnWords.mentions(line, "url"), withoutUserinfo(line) != line else {
                    continue
                }
                let address = line.text.split(separator: "\"").first { $0.utf8.contains(0x40) }
                if let address, keeps(String(address)) { continue }
                noteLeft(path, "url")
            }
        }
        let store = line.home.map { $0 + "/.local/share/uv/credentials" }
        let folder =
            variable("UV_CREDENTIALS_DIR")?.text
            ?? variable("XDG_DATA_HOME").map { $0.text + "/uv/credentials" } ?? store
        if let folder, !names(in: folder).isEmpty {
            for name in names(in: folder) { noteHidden("\(folder)/\(name)", "credentials") }
            _ = copy("", as: "uv-credentials/empty")
            set("UV_CREDENTIALS_DIR", Word("\(found.directory)/uv-credentials"))
        }
    }

    private mutating func hideNetrc() {
        let named = variable("NETRC").map { PathText.absolute($0, from: cwd) }
        let own = line.home.map { [$0 + "/.netrc", $0 + "/_netrc"] } ?? []
        for path in named.map({ [$0] }) ?? own {
            guard let text = text(path) else { continue }
            let machines = netrcMachines(text)
            if machines.isEmpty { continue }
            var kept = ""
            for machine in machines {
                // requests looks for the host without its port.
                let isKept = self.kept.contains { base in
                    (Word(base.text).split(at: UInt8(ascii: ":"))?.head ?? Word(base.text))
                        == machine.host.lowercasedASCII
                }
                if isKept { kept += machine.text + "\n" } else { noteHidden(path, machine.host) }
            }
            set("NETRC", copy(kept, as: "netrc"))
            return
        }
    }
}

/// The entries of a .netrc (netrc(5)) with the words that make them up; macros are left out, and
/// `default` is an entry for the host `default`.
private func netrcMachines(_ text: String) -> [(host: Word, text: String)] {
    var found: [(host: Word, words: [Word])] = []
    var words: [Word] = []
    for row in text.utf8.split(separator: 0x0A) {
        let line = row.split(whereSeparator: { $0 <= 0x20 }).map { Word(String(Substring($0))) }
        if line.first?.first == UInt8(ascii: "#") { continue }
        words += line
    }
    var place = 0
    while place < words.count {
        if words[place] == "machine", place + 1 < words.count {
            found.append((words[place + 1], [words[place], words[place + 1]]))
            place += 2
        } else if words[place] == "default" {
            found.append(("default", [words[place]]))
            place += 1
        } else if words[place] == "macdef" {
            break
        } else {
            if let last = found.indices.last { found[last].words.append(words[place]) }
            place += 1
        }
    }
    return found.map { ($0.host, $0.words.map(\.text).joined(separator: " ")) }
}
