// Credentials in .npmrc files. To npm a variable `npm_config_//host/:_authToken` wins over its files,
// and a blank is an empty value after it was trimmed. yarn 1 takes the first value of each key: a file
// that `npm_config_userconfig` names is read before those of the directories above, and of the working
// directory's only before it. pnpm reads the user's file at the place that variable names.
//
// `${NAME}` in a file of the project would put a variable into an address: such variables are empty.
// Sources: @npmcli/config lib/index.js, npm-registry-fetch lib/auth.js, yarn 1.21 src/registries/
// npm-registry.js.

public import GateCore

/// An .npmrc and what of it matters.
private struct NpmSettingsFile {
    let path: String
    let text: String
    let isProject: Bool
    let settings: [Setting]
}

extension CredentialSearch {
    /// Hides from npm.
    mutating func hideFromNpm(_ invocation: Invocation, _ places: [String]) {
        let files = npmrcFiles(invocation, places)
        emptyVariables(files.filter(\.isProject).map(\.text))
        if invocation.operation == .run { return }
        for file in files {
            for setting in file.settings {
                if let key = credentialKey(setting, file) {
                    set(Word("npm_config_" + key.text), " ")
                    noteHidden(file.path, key)
                } else if let plain = withoutLogin(setting) {
                    hideLogin(setting.name, plain, file, files)
                }
            }
        }
    }

    /// Hides from pnpm: the user's file is replaced by a copy.
    mutating func hideFromPnpm(_ invocation: Invocation, _ places: [String]) {
        let files = npmrcFiles(invocation, places)
        emptyVariables(files.filter(\.isProject).map(\.text))
        if invocation.operation == .run { return }
        for file in files {
            let keys = file.settings.filter { setting in
                credentialKey(setting, file) != nil || withoutLogin(setting) != nil
            }
            if keys.isEmpty { continue }
            if file.isProject {
                for key in keys { noteLeft(file.path, key.name) }
            } else {
                for key in keys { noteHidden(file.path, key.name) }
                let copied = copy(npmrc(file, without: keys), as: "npmrc")
                set("npm_config_userconfig", copied)
                set("pnpm_config_userconfig", copied)
            }
        }
        guard let folder = variable("XDG_CONFIG_HOME")?.text ?? line.home.map({ $0 + "/.config" })
        else { return }
        for name in ["rc", "auth.ini"] {
            let path = "\(folder)/pnpm/\(name)"
            guard let text = text(path) else { continue }
            let file = npmrcFile(path, text, isProject: false)
            for setting in file.settings where credentialKey(setting, file) != nil {
                noteLeft(path, setting.name)
            }
        }
    }

    /// Hides from yarn 1 what .npmrc files hold.
    mutating func hideFromYarnClassic(_ invocation: Invocation, _ places: [String]) {
        let files = npmrcFiles(invocation, places)
        emptyVariables(files.filter(\.isProject).map(\.text))
        if invocation.operation == .run { return }
        let own = places.map { YarnWords.file(".npmrc", in: straightened($0)) }
        var masked: [Setting] = []
        var needsCopy = false
        for file in files {
            let isFirst = own.contains { Word($0) == Word(file.path) } && file.isProject
            for setting in file.settings {
                let isCredential = credentialKey(setting, file) != nil
                guard isCredential || withoutLogin(setting) != nil else { continue }
                if isFirst {
                    noteLeft(file.path, setting.name)
                    continue
                }
                noteHidden(file.path, setting.name)
                needsCopy = true
                if isCredential {
                    masked.append(setting)
                } else if !file.isProject, let plain = withoutLogin(setting) {
                    masked.append(Setting(setting.name, .text(plain)))
                }
            }
        }
        guard needsCopy else { return }
        var text = ""
        for setting in masked {
            // A key with `=` in it could not be told from its value.
            if setting.name.contains(UInt8(ascii: "=")) { continue }
            let isKey = setting.name.hasPrefix("//") || npmSecretKeys.lists(setting.name)
            text += "\(setting.name)=\(isKey ? "" : setting.value.word.text)\n"
        }
        for file in files where !file.isProject {
            text += npmrc(file, without: masked)
        }
        set("npm_config_userconfig", copy(text, as: "npmrc"))
    }

    // MARK: files

    private func npmrcFile(_ path: String, _ text: String, isProject: Bool) -> NpmSettingsFile {
        let values = NpmValues(
            grammar: NoptGrammar(
                options: NpmTables.options, shorthands: NpmTables.shorthands,
                column: NpmVersion(nil).column),
            environment: line.environment, cwd: line.cwd, home: line.home)
        return NpmSettingsFile(
            path: path, text: text, isProject: isProject, settings: values.file(text))
    }

    /// The user's file and the machine's where one is named, then those of the directories.
    private mutating func npmrcFiles(
        _ invocation: Invocation, _ places: [String]
    ) -> [NpmSettingsFile] {
        var files: [NpmSettingsFile] = []
        let reader = RegistryReader(line, acting: invocation.directories, standard: [])
        var seen = WordPlaces()
        for (path, _) in reader.npmUserFiles(invocation) where seen.add(Word(path)) == nil {
            if let text = text(path) { files.append(npmrcFile(path, text, isProject: false)) }
        }
        for folder in folders(of: places) {
            let path = YarnWords.file(".npmrc", in: folder)
            guard seen.add(Word(path)) == nil, let text = text(path) else { continue }
            files.append(npmrcFile(path, text, isProject: true))
        }
        return files
    }

    /// The key of a setting that holds a credential; nil for any other, and for those of a registry
    /// that keeps its own, unless the project brings them.
    private func credentialKey(_ setting: Setting, _ file: NpmSettingsFile) -> Word? {
        let key = setting.name
        if npmSecretKeys.lists(key) { return setting.value.word.isEmpty ? nil : key }
        guard key.hasPrefix("//"),
            let colon = key.text.utf8.lastIndex(of: UInt8(ascii: ":"))
        else { return nil }
        let name = Word(key.text[key.text.utf8.index(after: colon)...])
        guard npmSecretNames.lists(name), !setting.value.word.isEmpty else { return nil }
        let address = "https:" + String(key.text[..<colon])
        return !file.isProject && keeps(address) ? nil : key
    }

    /// The value of a registry without user and password; nil where it has none, or keeps them.
    private func withoutLogin(_ setting: Setting) -> Word? {
        guard setting.name == "registry" || setting.name.hasSuffix(":registry") else { return nil }
        let value = setting.value.word
        let plain = withoutUserinfo(value)
        return plain == value || keeps(value.text) ? nil : plain
    }

    /// A login in an address: the variable may take the file's place only where no other file names
    /// that registry.
    private mutating func hideLogin(
        _ key: Word, _ plain: Word, _ file: NpmSettingsFile, _ files: [NpmSettingsFile]
    ) {
        let others = files.filter { other in
            Word(other.path) != Word(file.path) && other.settings.contains { $0.name == key }
        }
        let name = Word("npm_config_" + key.text)
        let isSet = line.environment.entries.contains { $0.name.lowercasedASCII == name }
        if isSet { return }
        if others.isEmpty {
            set(name, plain)
            noteHidden(file.path, key)
        } else {
            noteLeft(file.path, key)
        }
    }

    /// The lines of a file without those keys.
    private func npmrc(_ file: NpmSettingsFile, without keys: [Setting]) -> String {
        var lines = ""
        for row in file.text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = String(Substring(row))
            let own = npmrcFile(file.path, line, isProject: file.isProject).settings
            let isLogin = own.first.map { withoutLogin($0) != nil } ?? false
            let isLeftOut = own.first.map { one in keys.contains { $0.name == one.name } } ?? false
            if isLeftOut, !isLogin { continue }
            lines += (isLogin ? withoutUserinfo(Word(line)).text : line) + "\n"
        }
        return lines
    }

    // MARK: variables in files

    /// Empties the variables that files of the project name where a value could reach a network.
    mutating func emptyVariables(_ texts: [String]) {
        for text in texts where text.utf8.contains(UInt8(ascii: "$")) {
            for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                let line = Word(String(Substring(row)))
                let key = (line.split(at: UInt8(ascii: "="))?.head ?? line).trimmed
                if npmLocalKeys.lists(key.lowercasedASCII) { continue }
                for name in variablesNamed(in: Array(row)) where isSet(name) {
                    set(name, "")
                    let shown = "${\(name)} of the project's settings"
                    if !found.hidden.contains(where: { Word($0) == Word(shown) }) {
                        found.hidden.append(shown)
                    }
                }
            }
        }
    }

    private func isSet(_ name: Word) -> Bool {
        line.environment[name].map { !$0.isEmpty } ?? false
    }
}

/// Names in `${NAME}`, `${NAME?}` and `${NAME:-x}` of an rc file, but for those that are no secrets
/// (npm's @npmcli/config lib/env-replace.js, berry's `miscUtils.replaceEnvVariables`).
public func variablesNamed(in bytes: [UInt8]) -> [Word] {
    let harmless: Word = "HOME PATH PWD USER LOGNAME TMPDIR"
    var names: [Word] = []
    var place = 0
    while place + 1 < bytes.count {
        defer { place += 1 }
        guard bytes[place] == UInt8(ascii: "$"), bytes[place + 1] == UInt8(ascii: "{"),
            let end = bytes[place...].firstIndex(of: UInt8(ascii: "}"))
        else { continue }
        let inner = bytes[(place + 2)..<end]
        let bare = inner.prefix { byte in
            byte == UInt8(ascii: "_") || byte >= 0x30 && byte <= 0x39
                || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
        }
        for part in [inner, bare] {
            let name = Word(String(decoding: part, as: UTF8.self))
            let isNew = !name.isEmpty && !harmless.lists(name) && !names.contains(name)
            if isNew { names.append(name) }
        }
    }
    return names
}

/// Keys for one registry that hold a credential or lead to one.
private let npmSecretNames: Word =
    "_authToken _auth _password username certfile keyfile cert key tokenHelper"

/// The same for all registries.
private let npmSecretKeys: Word = "_auth _authToken _password cert key otp password token"

/// Settings whose values stay on the machine.
private let npmLocalKeys: Word = """
    cache prefix tmp store-dir state-dir cache-dir global-dir global-bin-dir virtual-store-dir \
    modules-dir logs-dir init-module cafile node-options
    """
