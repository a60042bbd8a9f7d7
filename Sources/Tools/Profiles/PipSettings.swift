// pip's settings: defaults, then pip.conf, then `PIP_*`, then options. Names are pip's own
// variables (optparse destinations), as `pip/_internal/cli/cmdoptions.py` spells them.
//
// Sources: pip/_internal/configuration.py and cli/parser.py (`_update_defaults`).

internal import GateCore

/// Where pip's settings come from, read once for a line.
struct PipSources {
    /// Files in pip's order: machine, user, environment, then `PIP_CONFIG_FILE`.
    private var files: [(origin: RegistryUse.Origin, path: String, file: ConfigFile)] = []
    /// `PIP_*` with normalised keys.
    private var variables: [(key: Word, value: Word)] = []
    /// Why the sources cannot be relied on.
    private(set) var doubts: [String] = []

    init(_ line: Line, _ facts: inout Facts) {
        readVariables(line.environment)
        guard let cwd = line.cwd else { return }
        let named = line.environment["PIP_CONFIG_FILE"].flatMap { $0.isEmpty ? nil : $0.text }
        if named == "/dev/null" { return }
        let system = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf"]
        for path in system { read(path, .machine, &facts) }
        let own = named.map { PathText.absolute($0, cwd: cwd, home: nil) }
        var hasOwn = false
        if let own, let answer = facts.ask(.text(own)) { hasOwn = answer != .absent }
        if !hasOwn, let home = line.home {
            read(home + "/.pip/pip.conf", .user, &facts)
            let base = line.environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0.text }
            read((base ?? home + "/.config") + "/pip/pip.conf", .user, &facts)
        }
        if let prefix = PipSources.prefix(of: line, cwd, &facts) {
            read(prefix + "/pip.conf", .project, &facts)
        }
        if let own { read(own, .environment, &facts) }
    }

    /// `sys.prefix` of the python that runs pip: the environment that it is called in, else the
    /// directory above the `bin` that it really lies in (CPython Modules/getpath.py). What the caller
    /// has activated tells only where that python is not known.
    private static func prefix(of line: Line, _ cwd: String, _ facts: inout Facts) -> String? {
        if let python = line.python, let home = python.parentFolder?.parentFolder {
            if facts.hasFile(home + "/pyvenv.cfg") { return home }
            guard case .place(let real) = facts.ask(.place(python)) else { return nil }
            return real.parentFolder?.parentFolder
        }
        guard let venv = line.environment["VIRTUAL_ENV"], !venv.isEmpty else { return nil }
        return PathText.absolute(venv.text, cwd: cwd, home: nil)
    }

    /// Keys and values that apply to a section (`global` for the main parser), weakest first.
    func items(section: Word, isIsolated: Bool) -> [(key: Word, value: Word)] {
        var items: [(key: Word, value: Word)] = []
        for name: Word in section == "global" ? ["global"] : ["global", section] {
            var merged: [(key: Word, value: Word)] = []
            for (origin, _, file) in files where !(origin == .user && isIsolated) {
                for (key, value) in file.items(of: name) {
                    merged.append((Self.normalised(key), value))
                }
            }
            items += Self.lastOfEach(merged)
        }
        if !isIsolated { items += variables }
        return items.filter { !$0.value.isEmpty }
    }

    /// The files that are there, weakest first.
    var all: [(path: String, file: ConfigFile)] { files.map { ($0.path, $0.file) } }

    /// Every value of a section with the place that says it, weakest first.
    func places(
        section: Word
    ) -> [(place: String, key: Word, value: Word, origin: RegistryUse.Origin)] {
        var found: [(place: String, key: Word, value: Word, origin: RegistryUse.Origin)] = []
        for name: Word in section == "global" ? ["global"] : ["global", section] {
            for (origin, path, file) in files {
                for (key, value) in file.items(of: name) {
                    found.append(
                        ("\(path): \(name).\(key)", Self.normalised(key), value, origin))
                }
            }
        }
        for (key, value) in variables {
            var name = "PIP_"
            for byte in key.text.utf8 {
                let isLower = byte >= 0x61 && byte <= 0x7A
                let upper = byte == UInt8(ascii: "-") ? 0x5F : isLower ? byte & 0xDF : byte
                name.unicodeScalars.append(Unicode.Scalar(upper))
            }
            found.append((name, key, value, .environment))
        }
        return found
    }

    private mutating func readVariables(_ environment: Environment) {
        var seen = WordPlaces()
        for entry in environment.entries where entry.name.hasPrefix("PIP_") {
            if seen.add(entry.name) != nil { continue }
            let name = entry.name.dropFirst(4)
            if !name.isASCII {
                // Python's `lower()` maps some other letters (U+212A) to ASCII ones.
                doubts.append("a PIP_ variable's name is not ASCII")
                continue
            }
            let key = Self.normalised(name)
            if name.lowercasedASCII == "version" || name.lowercasedASCII == "help" { continue }
            variables.append((key, entry.value))
        }
        variables = Self.lastOfEach(variables)
    }

    /// The items without those that a later one of the same key replaces.
    private static func lastOfEach(
        _ items: [(key: Word, value: Word)]
    ) -> [(key: Word, value: Word)] {
        if items.count < 2 { return items }
        var kept: [(key: Word, value: Word)] = []
        var seen = WordPlaces()
        for item in items.reversed() where seen.add(item.key) == nil { kept.append(item) }
        return kept.reversed()
    }

    private mutating func read(
        _ path: String, _ origin: RegistryUse.Origin, _ facts: inout Facts
    ) {
        guard let answer = facts.ask(.text(path)) else { return }
        switch answer {
        case .text(let text):
            if let file = ConfigFile(text) {
                files.append((origin, path, file))
            } else {
                doubts.append("pip's configuration file cannot be read with certainty")
            }
        case .absent: break
        case .unreadable, .file, .directory, .names, .place, .tracked:
            doubts.append("pip's configuration file cannot be read")
        }
    }

    /// Lower case, `_` as `-`, without leading dashes.
    private static func normalised(_ name: Word) -> Word {
        var bytes: [UInt8] = []
        for byte in name.lowercasedASCII.text.utf8 { bytes.append(byte == 0x5F ? 0x2D : byte) }
        let key = Word(String(decoding: bytes, as: UTF8.self))
        return key.hasPrefix("--") ? key.dropFirst(2) : key
    }
}

/// The values of one parser's options.
struct PipSettings {
    let command: UInt8
    let release: MinorRelease
    /// Where relative and `~` paths are resolved.
    let line: Line
    private(set) var values: [Setting] = []

    init(command: UInt8, release: MinorRelease, line: Line) {
        self.command = command
        self.release = release
        self.line = line
    }

    /// The value in force, or nil where it is the default.
    subscript(destination: Word) -> Setting.Value? {
        for setting in values where setting.name == destination { return setting.value }
        return nil
    }

    /// Whether a flag is on.
    func isOn(_ destination: Word) -> Bool { self[destination] == .flag(true) }

    /// The text of a setting, or nil.
    func text(_ destination: Word) -> Word? {
        if case .text(let text) = self[destination] { return text }
        return nil
    }

    /// The texts of a list setting.
    func list(_ destination: Word) -> [Word] {
        if case .list(let list) = self[destination] { return list }
        return []
    }

    /// Values that differ from pip's defaults.
    var inForce: [Setting] {
        values.filter { setting in
            switch setting.value {
            case .flag(let isOn):
                if PipGrammar.isUnsetByDefault(setting.name, release: release) { return true }
                return isOn != PipGrammar.isOnByDefault(setting.name, release: release)
            case .text(let text):
                let usual = PipGrammar.defaultText(
                    setting.name, command: command, release: release)
                return usual != text
            case .list(let list): return !list.isEmpty
            case .null: return true
            }
        }
    }

    /// What is in force and decides what is fetched, from where, and where it goes.
    var decisive: [Setting] {
        let names: [Word] = [
            "index_url", "extra_index_urls", "find_links", "no_index", "target_dir", "root_path",
            "prefix_path", "use_user_site", "requirements", "constraints", "editables",
            "only_binary", "no_binary", "config_settings", "trusted_hosts", "cert", "proxy",
            "build_constraints", "requirements_from_scripts", "dependency_groups", "global_options",
            "build_options", "install_options", "build_isolation", "require_hashes",
            "no_require_hashes", "src_dir", "keyring_provider",
        ]
        return inForce.filter { names.contains($0.name) }
    }

    /// Whether pip accepts a value of the option.
    func accepts(_ option: TableOption, _ value: Word) -> Bool {
        switch option.check {
        case .text, .path:
            if option.destination == "format_control" { return value.first != 0x2D }
            return option.destination != "config_settings" || value.contains(0x3D)
        case .integer: return optparseAcceptsInteger(value)
        case .decimal: return optparseAcceptsDecimal(value)
        case .choice:
            let choices = PipGrammar.choices(
                of: option.name, command: command, release: release)
            return choices.contains(value)
        }
    }

    /// Takes pip.conf and environment values; false where pip would stop with an error.
    mutating func take(_ items: [(key: Word, value: Word)]) -> Bool {
        for (key, value) in items {
            let name = Word("--" + key.text)
            guard
                let option = PipGrammar.options.exact(name, command: command, release: release)
            else { continue }
            switch option.action {
            case .on, .off:
                guard let isOn = Self.truth(value) else { return false }
                set(option.destination, .flag(isOn))
            case .count:
                guard Self.truth(value) != nil || optparseAcceptsInteger(value),
                    value.first != 0x2D
                else { return false }
                set(option.destination, .text(value))
            case .add:
                let words = Self.words(value)
                guard words.allSatisfy({ accepts(option, $0) }) else { return false }
                set(option.destination, .list(words))
            case .special:
                if option.destination != "cache_dir" || Self.truth(value) == nil { return false }
                set(option.destination, .flag(false))
            case .set, .call:
                guard accepts(option, value) else { return false }
                apply(option, value)
            case .const, .help: set(option.destination, .text(value))
            }
        }
        return true
    }

    /// Takes an option of the line.
    mutating func take(_ use: OptparseUse) { apply(use.option, use.value) }

    private mutating func apply(_ option: TableOption, _ value: Word?) {
        switch option.action {
        case .on: set(option.destination, .flag(true))
        case .off: set(option.destination, .flag(false))
        case .const: set(option.destination, .text(option.name))
        case .count: set(option.destination, .text("counted"))
        case .help: break
        case .special: set(option.destination, .flag(false))
        case .set:
            guard let value else { return }
            set(option.destination, .text(option.check == .path ? expanded(value) : value))
        case .add:
            guard let value else { return }
            let path = option.check == .path ? expanded(value) : value
            append(path, to: option.destination)
        case .call:
            guard let value else { return }
            call(option, value)
        }
    }

    /// The callbacks of cmdoptions.py.
    private mutating func call(_ option: TableOption, _ value: Word) {
        if option.destination == "format_control" {
            let isOnly = option.name == "only-binary"
            exclude(
                value, isOnly ? "only_binary" : "no_binary", isOnly ? "no_binary" : "only_binary")
        } else if option.destination == "release_control" {
            let isAll = option.name == "all-releases"
            exclude(
                value, isAll ? "all_releases" : "only_final",
                isAll ? "only_final" : "all_releases")
        } else if option.destination == "src_dir" {
            let path = PathText.absolute(expanded(value).text, cwd: line.cwd ?? "", home: nil)
            set(option.destination, .text(Word(path)))
        } else if option.destination == "uploaded_prior_to"
            || option.destination == "python_version"
        {
            set(option.destination, .text(value))
        } else {
            append(value, to: option.destination)
        }
    }

    /// `FormatControl.handle_mutual_excludes`: names move from one set to the other, `:all:` takes
    /// everything, `:none:` empties.
    private mutating func exclude(_ value: Word, _ target: Word, _ other: Word) {
        var names: [Word] = []
        for part in value.text.utf8.split(separator: 0x2C, omittingEmptySubsequences: false) {
            names.append(Word(String(Substring(part))))
        }
        var mine = WordPlaces(list(target))
        var others = list(other)
        var moved = WordPlaces()
        while let place = names.firstIndex(of: ":all:") {
            others = []
            mine = WordPlaces([":all:"])
            names.removeFirst(place + 1)
            if !names.contains(":none:") { names = [] }
        }
        for name in names {
            if name == ":none:" {
                mine = WordPlaces()
                continue
            }
            let plain = canonicalPythonName(Array(name.text.utf8)[...])
            moved.add(plain)
            mine.add(plain)
        }
        others.removeAll { moved[$0] != nil }
        set(target, .list(mine.names))
        set(other, .list(others))
    }

    private mutating func append(_ value: Word, to destination: Word) {
        for index in values.indices where values[index].name == destination {
            guard case .list(var words) = values[index].value else { break }
            // Thousands of values must not be copied for each.
            values[index].value = .null
            words.append(value)
            values[index].value = .list(words)
            return
        }
        set(destination, .list([value]))
    }

    private mutating func set(_ destination: Word, _ value: Setting.Value) {
        for index in values.indices where values[index].name == destination {
            values[index].value = value
            return
        }
        values.append(Setting(destination, value))
    }

    private func expanded(_ path: Word) -> Word {
        guard let home = line.home, path == "~" || path.hasPrefix("~/") else { return path }
        return Word(home + path.dropFirst(1).text)
    }

    /// distutils' `strtobool`.
    private static func truth(_ value: Word) -> Bool? {
        let lower = value.lowercasedASCII
        for word: Word in ["y", "yes", "t", "true", "on", "1"] where word == lower { return true }
        for word: Word in ["n", "no", "f", "false", "off", "0"] where word == lower { return false }
        return nil
    }

    private static func words(_ value: Word) -> [Word] {
        var words: [Word] = []
        for part in value.text.utf8.split(whereSeparator: { $0 == 0x20 || ($0 >= 9 && $0 <= 13) }) {
            words.append(Word(String(Substring(part))))
        }
        return words
    }
}
