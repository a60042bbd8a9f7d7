// pnpm up to 11, and `pnpx`, which is `pnpm dlx`. nopt reads the words twice: with the options of
// `add` and `install` to find the command, then with the command's own to find its parameters. Words
// that are no command are scripts of the project, else programs.
//
// Sources: pnpm11 cli/parse-cli-args/src/index.ts, pnpm/src/{parseCliArgs,main,pnpm}.ts and
// pnpm/src/cmd/index.ts; for 10 and older pnpm/src/pnpm.ts.

import GateCore

extension ToolProfile {
    /// The profile of `pnpm` and `pn`.
    public static let pnpm = ToolProfile(
        name: "pnpm", ecosystem: .npm, summary: "a package manager for Node.js with a shared store",
        versions: pnpmVersions, versionSources: pnpmVersionSources, scripts: pnpmScripts,
        pins: npmPins, installer: .pnpm, secrets: npmSecrets,
        examples: [
            .init("pnpm publish", .publish), .init("pnpm --tag publish install", .publish),
            .init("pnpm m publish", .publish), .init("pnpm unpublish x@1", .unpublish),
            .init("pnpm deprecate x@1 gone", .administer),
            .init("pnpm owner add someone x", .administer), .init("pnpm logout", .authenticate),
            .init("pnpm approve-builds", .configure), .init("pnpm dlx cowsay hello", .execute),
            .init("pnpm create vite app", .execute), .init("pnpm install", .install),
            .init("pnpm add -D typescript", .install), .init("pnpm i left-pad", .install),
            .init("pnpm update", .install), .init("pnpm remove x", .install),
            .init("pnpm test", .run), .init("pnpm run build --stage=dev", .run),
            .init("pnpm build", .run), .init("pnpm exec tsc -p .", .run),
            .init("pnpm -r build", .run), .init("pnpm pack", .pack), .init("pnpm init", .modify),
            .init("pnpm list", .query), .init("pnpm view x", .query),
            .init("pnpm audit", .query), .init("pnpm outdated", .query),
            .init("pnpm --version", .query), .init("pnpm help add", .query),
            .init("pnpm config get registry", .query),
        ],
        read: { line, facts in readPnpm(line, line.arguments, &facts) })

    /// The profile of `pnpx` and `pnx`.
    public static let pnpx = ToolProfile(
        name: "pnpx", ecosystem: .npm, summary: "runs a package's program, as `pnpm dlx`",
        versions: pnpmVersions, versionSources: pnpmVersionSources, scripts: pnpmScripts,
        pins: npmPins, secrets: npmSecrets,
        examples: [.init("pnpx cowsay hello", .execute), .init("pnpx npm publish", .publish)],
        read: { line, facts in
            var invocation = readPnpm(line, ["dlx"] + line.arguments, &facts)
            if !invocation.roles.isEmpty { invocation.roles.removeFirst() }
            let words = invocation.positionals.map(\.text)
            invocation.otherSpellings.append((["pnpx"] + words).joined(separator: " "))
            if case .words(let before, let after) = invocation.composition,
                let place = after.firstIndex(of: "dlx")
            {
                var after = after
                after.remove(at: place)
                invocation.composition = .words(before: before, after: after)
            }
            return invocation
        })
}

/// One release for each reading that differs.
let pnpmVersions = ["10.20.0", "11.22.0"]

/// pnpm's programs stand in `bin/` of its package.
let pnpmVersionSources: [VersionSource] = [
    .packageJSON(path: "../package.json", names: ["pnpm", "@pnpm/exe"]),
    .packageJSON(path: "package.json", names: ["pnpm", "@pnpm/exe"]),
]

/// The `--config.` form is accepted by every command and beats the plain one.
let pnpmScripts = ScriptSwitch.switches(
    words: { _ in ["--config.ignore-scripts=true", "--config.ignore-pnpmfile=true"] },
    environment: [
        .init("npm_config_ignore_scripts", .set("true"), isLoose: true),
        .init("pnpm_config_ignore_scripts", .set("true"), isLoose: true),
        .init("pnpm_config_pm_on_fail", .set("ignore"), isLoose: true),
        .init("npm_config_manage_package_manager_versions", .set("false"), isLoose: true),
        .init("pnpm_config_npm_path", .unset, isLoose: true),
        .init("npm_config_npm_path", .unset, isLoose: true),
        .init("pnpm_config_dangerously_allow_all_builds", .unset, isLoose: true),
        .init("npm_config_dangerously_allow_all_builds", .unset, isLoose: true),
    ])

/// What pnpm's two passes find.
private struct PnpmReading {
    var first: NoptReading
    var second: NoptReading
    var grammar: NoptGrammar
    /// The canonical command, nil where there is none.
    var command: Word?
    var parameters: [Word] = []
    var isFallback = false
    var isHelp = false
    var isVersion = false
    var isRecursive = false
}

private func readPnpm(_ line: Line, _ arguments: [Word], _ facts: inout Facts) -> Invocation {
    let major = line.version.flatMap { Int($0.prefix { $0 != "." }) } ?? 11
    if major <= 10, let word = arguments.first, PnpmCommands.npmWords.contains(word) {
        return handedToNpm(line, arguments, &facts)
    }
    var words = arguments
    var offset = 0
    if major >= 11, words.first == "pm" {
        words.removeFirst()
        offset = 1
    }
    var reading = pnpmReading(words, major)
    if reading.command == "with", reading.parameters.first == "current",
        let place = placeOfCurrent(words)
    {
        words.removeSubrange(place...(place + 1))
        reading = pnpmReading(words, major)
    }
    let values = NpmValues(
        grammar: reading.grammar, environment: line.environment, cwd: line.cwd, home: line.home)
    var settings = NpmSettings()
    settings.add(pnpmSettings(values.commandLine(reading.second.uses), reading))

    var invocation = Invocation(
        tool: line.tool, version: line.version, command: ["pnpm"], operation: .query)
    invocation.options = reading.second.uses.map(\.optionUse)
    invocation.roles = Array(repeating: .other("moved"), count: offset) + reading.second.roles
    if invocation.roles.count != arguments.count {
        invocation.roles = Array(repeating: .other("read twice"), count: arguments.count)
    }
    invocation.inForce = settings.all
    invocation.alike = isReadByAllAlike(arguments) ? 0b11 : 0
    invocation.positionals = reading.parameters
    if let failure = reading.first.failure ?? reading.second.failure {
        invocation.operation = .unknown
        invocation.ambiguous = [failure]
        return invocation
    }
    if reading.isVersion || reading.isHelp {
        invocation.positionals = reading.first.remain
        invocation.isInert = true
        if reading.isHelp { invocation.command = ["pnpm", "help"] }
        return invocation
    }
    guard let command = reading.command else {
        invocation.isInert = true
        return invocation
    }
    let (operation, subcommand) = PnpmCommands.consequence(of: command, reading.parameters)
    invocation.operation = operation
    invocation.command = ["pnpm", command] + (subcommand.map { [$0] } ?? [])
    if subcommand != nil { invocation.positionalsInCommand = 1 }
    if command == "audit", settings["fix"] != nil { invocation.operation = .install }
    if settings.isOn("workspace-root"), settings.isOn("global") {
        invocation.ambiguous.append("pnpm refuses --workspace-root together with --global")
    }
    invocation.registry = settings.text("registry")?.text
    invocation.placePnpmFiles(settings, line, &facts)
    invocation.readPnpmPackages(command, settings)
    invocation.readPnpmPrograms(command, reading, settings, line, &facts)
    invocation.raiseForPrograms(settings)
    if settings.text("npm-path") != nil, operation == .publish {
        invocation.ambiguous.append("--npm-path names the program that publishes")
    }
    let isFirst = words.first.map(PnpmCommands.npmWords.contains) ?? false
    invocation.composePnpm(reading, major, isFirst: isFirst)
    invocation.install = pnpmInstallShape(invocation, line)
    return invocation
}

/// Whether pnpm 10 and 11 read the words in the same way: they differ in `pm`, in what is handed to
/// npm, and in words that end option reading.
private func isReadByAllAlike(_ arguments: [Word]) -> Bool {
    guard let first = arguments.first else { return true }
    if first == "pm" || PnpmCommands.npmWords.contains(first) { return false }
    for word in arguments {
        for escape in pnpmEscapes where word.hasSuffix(escape) {
            if word.count == escape.count { return false }
            if word.hasSuffix(Word("=" + escape.text)) { return false }
        }
    }
    return true
}

/// Words that end option reading.
private let pnpmEscapes: [Word] = ["create", "exec", "test"]

/// pnpm 10 and older start npm with the same words, and npm's grammar applies to all of them.
private func handedToNpm(_ line: Line, _ arguments: [Word], _ facts: inout Facts) -> Invocation {
    let version = NpmVersion("11.17.0")
    var invocation = readNpm(NpmWords(arguments), line, version, &facts)
    invocation.command[0] = "pnpm"
    invocation.alike = 0
    return invocation
}

private func pnpmReading(_ words: [Word], _ major: Int) -> PnpmReading {
    var exploring = pnpmGrammar(of: ["add", "install"])
    exploring.always = ["help", "recursive"]
    exploring.escapes = pnpmEscapes
    let first = readNopt(words, exploring)
    let isRecursiveWord = first.remain.first.map(isRecursive) ?? false
    var candidates = first.remain[...]
    if isRecursiveWord { candidates = candidates.dropFirst() }
    let typed = candidates.first
    var name: Word? = typed
    if let typed, pnpmCommand(typed) == "install", candidates.count != 1 { name = "add" }
    var command = name.flatMap { $0.isEmpty ? nil : pnpmCommand($0) }
    var reading = PnpmReading(first: first, second: first, grammar: exploring)
    reading.isFallback = command == nil && !(name ?? "").isEmpty
    var input = words
    let escaping: [Word] = ["run", "dlx", "with"]
    if reading.isFallback {
        command = "run"
        name = "run"
        input.insert("run", at: 0)
    } else if !(command.map(escaping.contains) ?? false) {
        let values = NpmValues(grammar: exploring, environment: .init(), cwd: nil, home: nil)
        var settings = NpmSettings()
        settings.add(values.commandLine(first.uses))
        reading.isHelp = settings.isOn("help")
        reading.isVersion = !reading.isHelp && (settings.isOn("version") || settings.isOn("v"))
        if reading.isHelp || reading.isVersion { return reading }
    }
    var grammar = pnpmGrammar(of: [command ?? ""])
    grammar.always = ["recursive"]
    grammar.own = (PnpmTables.commandShorthands, command ?? "")
    if let command, escaping.contains(command) {
        let place = 1 + (isRecursiveWord ? 1 : 0) + (reading.isFallback ? -1 : 0)
        if place < first.remain.count { grammar.escapes = [first.remain[place]] }
    } else if major <= 10 || (name.map(pnpmEscapes.contains) ?? false) {
        grammar.escapes = pnpmEscapes
    }
    var second = input
    if grammar.arity(of: "config") != nil { second.removeAll { $0.hasPrefix("--config.") } }
    reading.grammar = grammar
    reading.second = readNopt(second, grammar)
    if second.count != input.count {
        let dotted = readNopt(input.filter { $0.hasPrefix("--config.") }, NoptGrammar.empty)
        reading.second.uses += dotted.uses
    }
    reading.parameters = Array(reading.second.remain.dropFirst())
    let values = NpmValues(grammar: grammar, environment: .init(), cwd: nil, home: nil)
    var settings = NpmSettings()
    settings.add(values.commandLine(reading.second.uses))
    if let command, escaping.contains(command), settings.isOn("help") {
        reading.isHelp = true
        return reading
    }
    let isFiltered = settings.isOn("filter") || settings.isOn("filter-prod")
    if settings["recursive"] != .flag(true), isFiltered || isRecursiveWord {
        reading.isRecursive = true
        let next = reading.second.remain.dropFirst().first
        if isRecursiveWord, let next, let inner = pnpmCommand(next) {
            reading.parameters.removeFirst()
            command = inner
        }
    }
    if command == "install", !reading.parameters.isEmpty { command = "add" }
    if command == nil, reading.isRecursive || settings.isOn("recursive") { command = "recursive" }
    reading.command = command
    return reading
}

private func isRecursive(_ word: Word) -> Bool {
    word == "recursive" || word == "multi" || word == "m"
}

/// The canonical command of a word, or nil for a word that is no command.
private func pnpmCommand(_ word: Word) -> Word? {
    guard let payload = PnpmTables.words.payload(of: word) else { return nil }
    return payload.count > 1 ? payload.dropFirst(1) : word
}

/// The options of these commands.
private func pnpmGrammar(of commands: [Word]) -> NoptGrammar {
    var grammar = NoptGrammar(
        options: PnpmTables.options, shorthands: PnpmTables.shorthands, column: 5)
    var sets: [UInt8] = []
    for command in commands {
        if let payload = PnpmTables.words.payload(of: command) { sets.append(payload.first) }
    }
    grammar.members = (PnpmTables.members, sets)
    return grammar
}

extension NoptGrammar {
    /// A grammar without options.
    fileprivate static var empty: NoptGrammar {
        NoptGrammar(options: WordTable(""), shorthands: WordTable(""), column: 5)
    }
}

/// Where `with current` stands, unless an option before it takes `with` as its value.
private func placeOfCurrent(_ words: [Word]) -> Int? {
    let grammar = pnpmGrammar(of: [])
    for place in words.indices.dropLast() where words[place] == "with" {
        guard words[place + 1] == "current" else { continue }
        if place > 0 {
            let before = words[place - 1]
            let isLong = before.hasPrefix("--") && !before.contains(UInt8(ascii: "="))
            let name = before.dropFirst(min(2, before.count))
            if isLong, !name.hasPrefix("no-"), grammar.types(of: name)?.has("b") != true {
                continue
            }
        }
        return place
    }
    return nil
}

/// The settings as pnpm merges them: `--prefix` is `--dir`, and of `--config.x` and `--x` the one that
/// was begun later wins; commands with an option `config` read all of `--config.` last.
private func pnpmSettings(_ layer: [Setting], _ reading: PnpmReading) -> [Setting] {
    var merged: [Setting] = []
    var places = WordPlaces()
    func put(_ name: Word, _ value: Setting.Value) {
        if let place = places.add(name) {
            merged[place].value = value
        } else {
            merged.append(Setting(name, value))
        }
    }
    let hasDirectory = layer.contains { $0.name == "dir" }
    for setting in layer {
        if setting.name == "prefix" {
            if !hasDirectory { put("dir", setting.value) }
        } else if setting.name == "store" {
            put("store-dir", setting.value)
        } else if setting.name.hasPrefix("config.") {
            put(setting.name.dropFirst(7), setting.value)
        } else {
            put(setting.name, setting.value)
        }
    }
    if reading.isRecursive { put("recursive", .flag(true)) }
    return merged
}

extension Invocation {
    /// Where the line writes.
    fileprivate mutating func placePnpmFiles(
        _ settings: NpmSettings, _ line: Line, _ facts: inout Facts
    ) {
        let writes = operation == .install || operation == .execute || operation == .configure
        let places: [Word] = [
            "dir", "global-dir", "global-bin-dir", "global-path", "modules-dir", "lockfile-dir",
            "virtual-store-dir",
        ]
        for name in places {
            guard let path = settings.text(name)?.text else { continue }
            directories.append(
                line.cwd.map { PathText.absolute(path, cwd: $0, home: line.home) } ?? path)
            guard writes else { continue }
            let place = PathText.destination(
                of: path, holdsPrograms: ["", "/bin", "/node_modules/.bin"], line: line, &facts)
            if place.rawValue > destination.rawValue { destination = place }
        }
        let isOutside = settings.isOn("global") || command.contains("setup")
        if writes, isOutside, destination != .tools { destination = .outside }
    }

    fileprivate mutating func readPnpmPackages(_ command: Word, _ settings: NpmSettings) {
        let likeInstall: [Word] = ["add", "remove"]
        let subcommand = self.command.count > 2 ? self.command[2] : nil
        let known: Word = likeInstall.contains(command) ? "install" : command
        packages = npmPackages(known == "create" ? "init" : known, subcommand, positionals)
        if command == "dlx" {
            let named = settings.list("package")
            packages = named.isEmpty ? positionals.prefix(1).map(npmPackage) : named.map(npmPackage)
        }
    }

    /// Programs that the line starts: `exec`, `dlx`, `with`, and words that are no command.
    fileprivate mutating func readPnpmPrograms(
        _ command: Word, _ reading: PnpmReading, _ settings: NpmSettings, _ line: Line,
        _ facts: inout Facts
    ) {
        var words = positionals[...]
        if command == "exec" || command == "dlx", words.first == "--" { words = words.dropFirst() }
        if command == "with" {
            nestProgram("pnpm", Array(words.dropFirst()), line, &facts)
            return
        }
        let starts = command == "exec" || command == "dlx" || reading.isFallback
        guard starts, let program = words.first else { return }
        if settings.isOn("shell-mode") {
            nestShell(words.map(\.text).joined(separator: " "), line, NpmSettings(), &facts)
            return
        }
        let isPackage = command == "dlx" && settings["package"] == nil
        let name = npmProgram(program, isPackage: isPackage)
        if command != "dlx", ShellNames.contains(name) {
            let text = words.map { quoted($0) }.joined(separator: " ")
            nestShell(text, line, NpmSettings(), &facts)
            return
        }
        nestProgram(name, Array(words.dropFirst()), line, &facts)
    }

    private mutating func nestProgram(
        _ name: Word, _ arguments: [Word], _ line: Line, _ facts: inout Facts
    ) {
        guard let inner = Catalog.profile(calledAs: name) else { return }
        let next = Line(
            tool: inner.name, calledAs: name, arguments: arguments, environment: line.environment,
            cwd: line.cwd, home: line.home, version: nil, depth: line.depth + 1)
        nested.append(classify(next, facts: &facts))
    }

    /// Options before the command, because `exec`, `test` and a script's name end option reading.
    ///
    /// - Parameter isFirst: whether a word that pnpm 10 hands to npm stands first.
    fileprivate mutating func composePnpm(
        _ reading: PnpmReading, _ major: Int, isFirst: Bool
    ) {
        var options: [(key: Word, word: Word)] = []
        let ours: [Word] = ["ignore-scripts", "ignore-pnpmfile"]
        for use in reading.second.uses {
            let plain = use.key.hasPrefix("config.") ? use.key.dropFirst(7) : use.key
            if fetchesCode, ours.contains(plain) {
                if use.value != .flag(true) { ignored.append(use.optionUse.spelling.text) }
                continue
            }
            if reading.isRecursive, use.key == "recursive" { continue }
            options.add(use, use.pnpmWord)
        }
        var after = options.map(\.word)
        guard let command = reading.command else { return }
        if reading.isRecursive || reading.second.uses.isEmpty && command == "recursive" {
            after.append("--recursive=true")
        }
        // pnpm 10 hands these to npm where they are the first word, so they stay the first, and what
        // was not the first does not become it.
        let isFirst = isFirst && PnpmCommands.npmWords.contains(command)
        if !isFirst, after.isEmpty, PnpmCommands.npmWords.contains(command) { after.append("--") }
        // `pnpm x` runs a script or else a program, `pnpm run x` a script only.
        if !isFirst, !reading.isFallback { after.append(command) }
        let passesOn: [Word] = ["run", "dlx", "with", "create", "exec", "test"]
        let isDashed = positionals.contains { $0.first == UInt8(ascii: "-") && $0.count > 1 }
        let opens = positionals.first?.first == UInt8(ascii: "-")
        if passesOn.contains(command)
            ? (opens && !pnpmEscapes.contains(command))
            : isDashed
        {
            after.append("--")
        }
        let before = isFirst ? [command] : []
        composition = .words(before: before, after: after + positionals)
        // Two passes with two sets of options do not read every line back; such a line is refused.
        let again = pnpmReading(before + after + positionals, major)
        let isSame =
            again.command == command && again.parameters == positionals
            && again.isFallback == reading.isFallback && !again.isHelp && !again.isVersion
            && again.second.failure == nil
        if !isSame { ambiguous.append("pnpm reads these words differently in another order") }
    }
}

extension NoptUse {
    /// The option as one word that pnpm reads back to the same value; nil where pnpm drops it.
    fileprivate var pnpmWord: Word? {
        let types = option?.types
        return word(isPlainBoolean: types?.has("b") == true && types?.isList != true, types)
    }
}

/// Programs that run others.
private enum ShellNames {
    static let names: [Word] = [
        "sh", "bash", "dash", "zsh", "ksh", "env", "sudo", "nohup", "time", "timeout", "nice",
        "xargs", "command", "exec",
    ]

    static func contains(_ word: Word) -> Bool { names.contains(word) }
}

/// A word as a shell would be given it.
private func quoted(_ word: Word) -> String {
    var text = "'"
    for character in word.text.unicodeScalars {
        text += character == "'" ? "'\\''" : String(character)
    }
    return text + "'"
}
