// Registries of npm and pnpm: `registry` and `@scope:registry` of the line, then the environment, then
// the .npmrc of the project, of the user and of the machine. The first of a name wins.
// Sources: @npmcli/config lib/index.js, npm-registry-fetch lib/index.js (`pickRegistry`), pnpm
// config/config/src (10 and 11).

import GateCore

extension RegistryReader {
    /// What npm asks.
    mutating func readNpm(_ invocation: Invocation, _ facts: inout Facts) {
        let values = npmValues(invocation.version)
        addLine(invocation)
        addLayer(values.environmentLayer(), at: "npm_config_", from: .environment)
        for file in npmFiles(invocation, &facts) {
            guard let text = facts.text(file.path) else { continue }
            if file.isSure {
                addLayer(values.file(text), at: "\(file.path): ", from: file.origin)
            } else {
                addDoubtful(values.file(text), at: "\(file.path): ", from: file.origin)
            }
        }
        addScopeOfLine(invocation)
        addStandard()
        // Where it is not sure which of several counts, each has to be good for every package.
        asksAll = uses.count { $0.isInForce && $0.scope == nil } > 1
    }

    /// What pnpm asks. It reads what npm reads, from version 10 on also its own files.
    mutating func readPnpm(_ invocation: Invocation, _ facts: inout Facts) {
        let values = npmValues(nil)
        addLine(invocation)
        for entry in line.environment.entries {
            let name = entry.name.lowercasedASCII
            guard name.hasPrefix("pnpm_config_"), !entry.value.isEmpty else { continue }
            let key = name.dropFirst(12)
            if key == "registry" { addFirst(entry.value, at: entry.name.text, from: .environment) }
            if key.hasPrefix("@") || key == "registries" {
                add("", at: entry.name.text, from: .environment)
            }
        }
        addLayer(values.environmentLayer(), at: "npm_config_", from: .environment)
        var seen = WordPlaces()
        for place in places {
            for folder in YarnWords.ancestors(of: place) where seen.add(Word(folder)) == nil {
                // pnpm-workspace.yaml can hold every setting.
                let workspace = YarnWords.file("pnpm-workspace.yaml", in: folder)
                if let text = facts.text(workspace), mentionsRegistry(text) {
                    add("", at: workspace, from: .project)
                }
                let path = YarnWords.file(".npmrc", in: folder)
                if isHome(folder) { continue }
                if let text = facts.text(path) {
                    addDoubtful(values.file(text), at: "\(path): ", from: .project)
                }
            }
        }
        for (path, origin) in npmUserFiles(invocation) {
            guard let text = facts.text(path) else { continue }
            addLayer(values.file(text), at: "\(path): ", from: origin)
        }
        if let folder = configuration {
            for name in ["rc", "config.yaml"] {
                let path = "\(folder)/pnpm/\(name)"
                guard let text = facts.text(path) else { continue }
                if name == "rc" {
                    addLayer(values.file(text), at: "\(path): ", from: .user)
                } else if mentionsRegistry(text) {
                    add("", at: path, from: .user)
                }
            }
        }
        addScopeOfLine(invocation)
        addStandard()
        // Where it is not sure which of several counts, each has to be good for every package.
        asksAll = uses.count { $0.isInForce && $0.scope == nil } > 1
    }

    /// What the environment and the .npmrc files tell yarn 1.
    mutating func addNpmSettings(_ invocation: Invocation, _ facts: inout Facts) {
        let values = npmValues(nil)
        addLayer(values.environmentLayer(), at: "npm_config_", from: .environment)
        var seen = WordPlaces()
        for place in places {
            for folder in YarnWords.ancestors(of: place) where seen.add(Word(folder)) == nil {
                let path = YarnWords.file(".npmrc", in: folder)
                guard !isHome(folder), let text = facts.text(path) else { continue }
                addDoubtful(values.file(text), at: "\(path): ", from: .project)
            }
        }
        for (path, origin) in npmUserFiles(invocation) {
            guard let text = facts.text(path) else { continue }
            addLayer(values.file(text), at: "\(path): ", from: origin)
        }
    }

    private func isHome(_ folder: String) -> Bool {
        line.home.map { Word(straightened($0)) == Word(folder) } ?? false
    }

    private func npmValues(_ version: String?) -> NpmValues {
        NpmValues(
            grammar: NoptGrammar(
                options: NpmTables.options, shorthands: NpmTables.shorthands,
                column: NpmVersion(version).column),
            environment: line.environment, cwd: line.cwd, home: line.home)
    }

    /// Options of the line; the last of a name counts.
    private mutating func addLine(_ invocation: Invocation) {
        for option in invocation.options.reversed() {
            guard let scope = npmScope(option.name) else { continue }
            addFirst(option.value ?? "", for: scope.scope, at: "--\(option.name)", from: .line)
        }
    }

    private mutating func addLayer(
        _ layer: [Setting], at prefix: String, from origin: RegistryUse.Origin
    ) {
        for setting in layer {
            guard let scope = npmScope(setting.name), setting.value != .null else { continue }
            addFirst(
                address(setting), for: scope.scope, at: prefix + setting.name.text, from: origin)
        }
    }

    /// A layer of which it is not sure whether it counts: all that it says is taken to be in force.
    private mutating func addDoubtful(
        _ layer: [Setting], at prefix: String, from origin: RegistryUse.Origin
    ) {
        for setting in layer {
            guard let scope = npmScope(setting.name) else { continue }
            let isOverruled = uses.contains { use in
                use.scope == scope.scope && (use.origin == .line || use.origin == .environment)
            }
            add(
                address(setting), for: scope.scope, at: prefix + setting.name.text, from: origin,
                isInForce: !isOverruled)
        }
    }

    private func address(_ setting: Setting) -> Word {
        guard case .text(let text) = setting.value else { return "" }
        // A variable that is not set stays as it is written, and is no address.
        return text
    }

    /// `--scope` sends packages without a scope to the registry of that one.
    private mutating func addScopeOfLine(_ invocation: Invocation) {
        for setting in invocation.inForce where setting.name == "scope" {
            guard case .text(let text) = setting.value, !text.isEmpty else { continue }
            let scope = text.first == UInt8(ascii: "@") ? text : Word("@" + text.text)
            for use in uses where use.scope == scope && use.isInForce {
                add(use.address, at: use.place, from: use.origin)
            }
        }
    }

    /// Nil where a key names no registry.
    private func npmScope(_ key: Word) -> (scope: Word?, Void)? {
        if key == "registry" { return (nil, ()) }
        guard key.hasSuffix(":registry"), key.first == UInt8(ascii: "@") else { return nil }
        return (key.prefix(key.count - 9), ())
    }

    /// A word of YAML that could name a registry.
    private func mentionsRegistry(_ text: String) -> Bool {
        YarnWords.mentions(Word(text).lowercasedASCII, "registr")
    }

    private struct File {
        let path: String
        let origin: RegistryUse.Origin
        /// Whether npm takes it for the project's.
        var isSure = true
    }

    private func npmFiles(_ invocation: Invocation, _ facts: inout Facts) -> [File] {
        var files: [File] = []
        let isGlobal = invocation.inForce.contains { setting in
            setting.name == "global" && setting.value == .flag(true)
                || setting.name == "location" && setting.value == .text("global")
        }
        let user = npmUserFiles(invocation)
        if !isGlobal {
            let named = invocation.options.contains { $0.name == "prefix" }
            let start = named ? places[0] : npmProject(from: cwd, &facts)
            files.append(File(path: start + "/.npmrc", origin: .project))
            // In a workspace the file of the whole project counts.
            for folder in YarnWords.ancestors(of: start).dropFirst() {
                guard let text = facts.text(YarnWords.file("package.json", in: folder)),
                    YarnWords.mentions(Word(text), "\"workspaces\"")
                else { continue }
                files[0].isSure = false
                files.append(
                    File(
                        path: YarnWords.file(".npmrc", in: folder), origin: .project, isSure: false)
                )
            }
            files.removeAll { file in user.contains { Word($0.path) == Word(file.path) } }
        }
        return files + user.map { File(path: $0.path, origin: $0.origin) }
    }

    /// The user's file and the machine's, where a setting names it.
    func npmUserFiles(
        _ invocation: Invocation
    ) -> [(path: String, origin: RegistryUse.Origin)] {
        func text(_ name: Word) -> Word? {
            for setting in invocation.inForce where setting.name == name {
                if case .text(let text) = setting.value, !text.isEmpty { return text }
            }
            let wanted = EnvironmentRule(Word("npm_config_" + name.text), .unset, isLoose: true)
            for entry in line.environment.entries
            where entry.name.first | 0x20 == UInt8(ascii: "n") && !entry.value.isEmpty {
                if wanted.covers(entry.name) { return entry.value }
            }
            return nil
        }
        func absolute(_ path: String) -> String {
            PathText.absolute(path, cwd: cwd, home: line.home)
        }
        var files: [(path: String, origin: RegistryUse.Origin)] = []
        if let user = text("userconfig")?.text ?? line.home.map({ $0 + "/.npmrc" }) {
            files.append((absolute(user), .user))
        }
        let prefix = (text("prefix") ?? variable("PREFIX")).map { $0.text + "/etc/npmrc" }
        if let machine = text("globalconfig")?.text ?? prefix {
            files.append((absolute(machine), .machine))
        }
        return files
    }
}
