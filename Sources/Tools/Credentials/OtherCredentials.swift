// Credentials of gem, Bundler, cargo and NuGet in their files. gem's key for pushing cannot be hidden;
// it is read by no line that fetches. cargo asks a credential provider for each registry that wants
// one: the token files are one of those, and a program that fails takes their place. NuGet takes a
// variable before what its files say of a source.
// Sources: RubyGems config_file.rb; bundle-config(1); The Cargo Book, "Registry Authentication";
// NuGet.Client PackageSourceProvider.cs.

import GateCore

extension CredentialSearch {
    /// Hides logins in the sources of gemrc files.
    mutating func hideFromGem(_ invocation: Invocation, _ places: [String]) {
        let named = invocation.options.last { $0.name == "config-file" }?.value
        var facts = Facts()
        var paths = GemConfiguration.paths(file: named, line: line, facts: &facts)
        for _ in 0..<4 where !facts.needed.isEmpty {
            let needed = facts.needed
            facts.startRound()
            for fact in needed { facts.learn(fact, ask(fact)) }
            paths = GemConfiguration.paths(file: named, line: line, facts: &facts)
        }
        var changed: String?
        var seen = WordPlaces()
        for path in paths where seen.add(Word(path)) == nil {
            guard let text = text(path) else { continue }
            var lines = ""
            var hasLogin = false
            for row in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
                let line = Word(String(Substring(row)))
                let plain = withoutUserinfo(line)
                let address = line.text.split { " \"'-,[]".contains($0) }
                    .first { $0.utf8.contains(UInt8(ascii: "@")) }
                if plain != line, !(address.map { keeps(String($0)) } ?? false) {
                    hasLogin = true
                    lines += plain.text + "\n"
                } else {
                    lines += line.text + "\n"
                }
            }
            guard hasLogin else { continue }
            if named != nil || Word(path).hasPrefix("/etc/") {
                noteLeft(path, ":sources")
            } else {
                noteHidden(path, ":sources")
                changed = lines
            }
        }
        if let changed { set("GEMRC", copy(changed, as: "gemrc")) }
        let pushing: Word = "push yank owner signin"
        guard invocation.command.count > 1, pushing.lists(invocation.command[1]) else { return }
        for path in ["/.gem/credentials", "/.local/share/gem/credentials"] {
            if let home = line.home, text(home + path) != nil { noteLeft(home + path, "api_key") }
        }
    }

    /// Hides the keys of hosts in Bundler's config files.
    mutating func hideFromBundle(_ invocation: Invocation, _ places: [String]) {
        let local = variable("BUNDLE_APP_CONFIG").map { PathText.absolute($0, from: cwd) }
        let folder = local ?? "\(cwd)/.bundle"
        if let text = text(folder + "/config"), let plain = bundle(text, folder + "/config") {
            _ = copy(plain, as: "bundle/config")
            set("BUNDLE_APP_CONFIG", Word("\(found.directory)/bundle"))
        }
        let home = variable("BUNDLE_USER_HOME")?.text ?? line.home.map { $0 + "/.bundle" }
        let user = variable("BUNDLE_USER_CONFIG")?.text ?? home.map { $0 + "/config" }
        if let user, let text = text(user), let plain = bundle(text, user) {
            set("BUNDLE_USER_CONFIG", copy(plain, as: "bundle-user-config"))
        }
    }

    /// The text without keys of hosts and logins in addresses; nil where there is none.
    private mutating func bundle(_ text: String, _ path: String) -> String? {
        var lines = ""
        var isChanged = false
        for row in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = Word(String(Substring(row)))
            let key = line.split(at: UInt8(ascii: ":"))?.head.trimmed ?? ""
            if let name = bundleHost(line), !keepsHost(name) {
                noteHidden(path, key)
                isChanged = true
                continue
            }
            let plain = withoutUserinfo(line)
            let value = yamlSettings(line.text).first?.value.text ?? ""
            if plain != line, !keeps(value) {
                noteHidden(path, key)
                isChanged = true
                lines += plain.text + "\n"
            } else {
                lines += line.text + "\n"
            }
        }
        return isChanged ? lines : nil
    }

    /// The host of `BUNDLE_GEMS__EXAMPLE__COM: user:password`; nil for other settings.
    private func bundleHost(_ line: Word) -> Word? {
        guard line.hasPrefix("BUNDLE_"), let (keys, value) = yamlSettings(line.text).first,
            let key = keys.first, !value.isEmpty
        else { return nil }
        if key.hasPrefix("BUNDLE_MIRROR__") || key.hasPrefix("BUNDLE_BUILD__")
            || key.hasPrefix("BUNDLE_LOCAL__")
        {
            return nil
        }
        if key == "BUNDLE_GEM__PUSH_KEY" { return "" }
        let name = key.dropFirst(7)
        // `https://host/` as it is, or the host alone; each dot is written as two underscores, each
        // dash as three.
        guard YarnWords.mentions(name, "__") else { return nil }
        var host: [UInt8] = []
        var run = 0
        for byte in name.lowercasedASCII.text.utf8 + [0] {
            if byte == UInt8(ascii: "_") {
                run += 1
                continue
            }
            if run == 1 { host.append(UInt8(ascii: "_")) }
            if run == 2 { host.append(UInt8(ascii: ".")) }
            if run == 3 { host.append(UInt8(ascii: "-")) }
            run = 0
            if byte != 0 { host.append(byte) }
        }
        let found = Word(String(decoding: host, as: UTF8.self))
        return found.contains(UInt8(ascii: ".")) ? found : nil
    }

    private func keepsHost(_ name: Word) -> Bool {
        if YarnWords.mentions(name, "//") { return keeps(name.text) }
        return kept.contains { Word($0.text) == name }
    }

    /// Has cargo find no token, but those of registries that keep theirs.
    mutating func hideFromCargo(_ invocation: Invocation, _ places: [String]) {
        let home =
            variable("CARGO_HOME").map { PathText.absolute($0, from: cwd) }
            ?? line.home.map { $0 + "/.cargo" }
        guard let home else { return }
        var names = WordPlaces()
        var hasToken = false
        for name in ["credentials.toml", "credentials", "config.toml", "config"] {
            let path = "\(home)/\(name)"
            guard let text = text(path) else { continue }
            guard let table = TomlTable(text) else {
                noteLeft(path, "token")
                continue
            }
            if table[["registry", "token"]] != nil {
                hasToken = true
                noteHidden(path, "registry.token")
            }
            guard case .table(let registries)? = table[["registries"]] else { continue }
            for entry in registries.entries {
                names.add(entry.key)
                guard table[["registries", entry.key, "token"]] != nil else { continue }
                hasToken = true
                if !keepsToken(entry.key, invocation) {
                    noteHidden(path, Word("registries.\(entry.key).token"))
                }
            }
        }
        guard hasToken else { return }
        set("CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS", "/bin/false")
        set("CARGO_REGISTRY_CREDENTIAL_PROVIDER", "/bin/false")
        for name in names.names {
            let variable = "CARGO_REGISTRIES_\(cargoName(name))_CREDENTIAL_PROVIDER"
            set(
                Word(variable), keepsToken(name, invocation) ? "cargo:token" : "/bin/false")
        }
    }

    /// Whether the registry of this name, as all settings together place it, keeps its token.
    private func keepsToken(_ name: Word, _ invocation: Invocation) -> Bool {
        var reader = RegistryReader(line, acting: invocation.directories, standard: [""])
        var facts = Facts()
        var question = invocation
        question.options = [OptionUse(name: "registry", value: name)]
        for _ in 0..<8 {
            facts.startRound()
            reader = RegistryReader(line, acting: invocation.directories, standard: [""])
            reader.readCargo(question, &facts)
            if facts.needed.isEmpty { break }
            for fact in facts.needed { facts.learn(fact, ask(fact)) }
        }
        guard let use = reader.uses.first else { return false }
        let address = use.address.text
        let plain = Word(address).hasPrefix("sparse+") ? String(address.dropFirst(7)) : address
        return keeps(plain)
    }

    private func cargoName(_ word: Word) -> String {
        var bytes: [UInt8] = []
        for byte in word.text.utf8 {
            let isLower = byte >= 0x61 && byte <= 0x7A
            bytes.append(byte == UInt8(ascii: "-") ? 0x5F : isLower ? byte & 0xDF : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Hides what NuGet.Config files say of users and passwords.
    mutating func hideFromNuGet(_ invocation: Invocation, _ places: [String]) {
        let named = invocation.options.last { $0.name.lowercasedASCII == "configfile" }?.value
        var paths: [String] = []
        if let named {
            paths = [PathText.absolute(named, from: cwd)]
        } else {
            for folder in folders(of: places) {
                for name in ["nuget.config", "NuGet.config", "NuGet.Config"] {
                    paths.append(YarnWords.file(name, in: folder))
                }
            }
            if let home = line.home {
                paths += [
                    home + "/.nuget/NuGet/NuGet.Config", home + "/.config/NuGet/NuGet.Config",
                ]
            }
        }
        var addresses: [(key: Word, value: Word)] = []
        var credentials: [(path: String, source: Word)] = []
        for path in paths {
            guard let text = text(path) else { continue }
            guard let elements = nuGetElements(text) else {
                if YarnWords.mentions(Word(text).lowercasedASCII, "credentials") {
                    noteLeft(path, "packageSourceCredentials")
                }
                continue
            }
            for element in elements {
                if element.section == "packagesources", element.name == "add" {
                    addresses.append((element.key, element.value))
                } else if element.around == "packagesourcecredentials", element.name == "add" {
                    let source = element.sectionAsWritten
                    if !credentials.contains(where: { $0.path == path && $0.source == source }) {
                        credentials.append((path, source))
                    }
                } else if element.section == "apikeys", element.name == "add" {
                    // Read by lines that push only.
                    if invocation.operation == .publish || invocation.operation == .unpublish {
                        noteLeft(path, "apikeys")
                    }
                }
            }
        }
        for (path, encoded) in credentials {
            // `_x0020_` stands for a blank in the name of an element.
            let name = decodedElement(encoded)
            let address = addresses.first { $0.key.lowercasedASCII == name.lowercasedASCII }?.value
            if let address, keeps(address.text) { continue }
            noteHidden(path, Word("packageSourceCredentials.\(name)"))
            set(
                Word("NuGetPackageSourceCredentials_\(name)"),
                "Username=anonymous;Password=anonymous")
        }
    }

    private func decodedElement(_ name: Word) -> Word {
        var bytes: [UInt8] = []
        var rest = Array(name.text.utf8)[...]
        while let byte = rest.first {
            let digits = rest.dropFirst(2).prefix(4)
            if rest.starts(with: "_x".utf8), digits.count == 4, rest.dropFirst(6).first == 0x5F,
                let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            {
                bytes += Array(String(Character(scalar)).utf8)
                rest = rest.dropFirst(7)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return Word(String(decoding: bytes, as: UTF8.self))
    }
}
