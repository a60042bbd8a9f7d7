// npm 6 to 12. The command word is resolved by npm's own list, options by nopt, settings by
// precedence; what a line does follows from the canonical command and its subcommand. Words that
// `npm exec` starts are lines in their own right.
//
// Sources: npm lib/npm.js, lib/cli/entry.js, lib/commands/*.js, bin/npx-cli.js; libnpmexec
// lib/index.js; @npmcli/config lib/index.js.

import GateCore

extension ToolProfile {
    /// The profile of `npm`.
    public static let npm = ToolProfile(
        name: "npm", ecosystem: .npm, summary: "the package manager that comes with Node.js",
        versions: npmVersions, versionSources: npmVersionSources, scripts: npmScripts,
        pins: npmPins, installer: .npm, secrets: npmSecrets,
        examples: [
            .init("npm publish", .publish), .init("npm --json=publish", .publish),
            .init("npm pub --dry-run", .publish), .init("npm stage publish", .publish),
            .init("npm unpublish left-pad@1.3.0", .unpublish),
            .init("npm deprecate left-pad@1 gone", .administer),
            .init("npm dist-tag add left-pad@1.3.0 latest", .administer),
            .init("npm owner add someone left-pad", .administer),
            .init("npm access grant read-write org:team left-pad", .administer),
            .init("npm team add org:team someone", .administer),
            .init("npm logout", .authenticate), .init("npm token create", .authenticate),
            .init("npm config set registry https://registry.example/", .configure),
            .init("npm exec -- cowsay hello", .execute), .init("npm init vite my-app", .execute),
            .init("npm install left-pad", .install), .init("npm i -D typescript@5", .install),
            .init("npm ci", .install), .init("npm update", .install),
            .init("npm uninstall left-pad", .install), .init("npm audit fix", .install),
            .init("npm test -- --watch", .run), .init("npm run build --stage=dev", .run),
            .init("npm start", .run), .init("npm version patch", .run), .init("npm pack", .pack),
            .init("npm init -y", .modify), .init("npm pkg set name=x", .modify),
            .init("npm config set fund false", .modify), .init("npm view left-pad", .query),
            .init("npm ls --depth=0", .query), .init("npm audit", .query),
            .init("npm search left-pad", .query), .init("npm outdated", .query),
            .init("npm config get registry", .query), .init("npm owner ls x", .query),
            .init("npm dist-tag ls x", .query), .init("npm --version", .query),
            .init("npm help install", .query), .init("npm install --help", .query),
        ],
        read: { line, facts in
            let version = NpmVersion(line.version)
            let words = NpmWords(line.arguments)
            var invocation = readNpm(words, line, version, &facts)
            if let other = version.predecessor {
                let older = readNpm(words, line, other, &facts)
                invocation.noteDifference(from: older)
            }
            return invocation
        })
}

/// The last release of each major that is in use.
let npmVersions = ["7.24.2", "8.19.4", "9.9.3", "10.9.0", "11.17.0", "12.0.0"]

/// npm's programs stand in `bin/` of its package, their links resolve to there.
let npmVersionSources: [VersionSource] = [
    .packageJSON(path: "../package.json", names: ["npm"]),
    .packageJSON(path: "../lib/node_modules/npm/package.json", names: ["npm"]),
]

/// `--ignore-scripts=true` on the line for npm itself and in the environment for what it starts.
let npmScripts = ScriptSwitch.switches(
    words: { _ in ["--ignore-scripts=true"] },
    environment: [
        .init("npm_config_ignore_scripts", .set("true"), isLoose: true),
        .init("npm_config_allow_scripts", .unset, isLoose: true),
        .init("npm_config_dangerously_allow_all_scripts", .unset, isLoose: true),
    ])

/// Variables that name programs or code which npm or node would load.
let npmPins: [EnvironmentRule] = [
    .init("npm_config_git", .unset, isLoose: true),
    .init("npm_config_script_shell", .unset, isLoose: true),
    .init("npm_config_shell", .unset, isLoose: true),
    .init("npm_config_editor", .unset, isLoose: true),
    .init("npm_config_viewer", .unset, isLoose: true),
    .init("npm_config_browser", .unset, isLoose: true),
    .init("npm_config_node_options", .unset, isLoose: true),
    .init("npm_config_node_gyp", .unset, isLoose: true),
    .init("npm_config_init_module", .unset, isLoose: true),
    .init("NODE_OPTIONS", .unset), .init("NODE_PATH", .unset),
    .init("NODE_REPL_EXTERNAL_MODULE", .unset), .init("BASH_ENV", .unset), .init("ENV", .unset),
    .init("LD_PRELOAD", .unset), .init("LD_AUDIT", .unset), .init("GIT_SSH", .unset),
    .init("GIT_SSH_COMMAND", .unset), .init("GIT_EXEC_PATH", .unset),
    .init("GIT_PROXY_COMMAND", .unset), .init("GIT_EXTERNAL_DIFF", .unset),
    .init("GIT_CONFIG_*", .unset), .init("GIT_ASKPASS", .unset), .init("SSH_ASKPASS", .unset),
]

/// Where npm lines hold secrets; `//host/:_authToken` keys are known by their form everywhere.
let npmSecrets: [SecretRule] = [
    .option("otp"), .option("_auth"), .option("_authToken"), .option("_password"),
    .option("password"), .option("key"), .option("token"),
]

/// The words that npm gets, and which argument each came from.
struct NpmWords {
    var words: [Word]
    var places: [Int]
    /// Written by `npx`: forwarded to it, so `exec` is no word of ours.
    var isNpx = false
    /// For which columns of the tables npx would have written the same.
    var columns = NoptColumns()

    init(_ words: [Word]) {
        self.words = words
        places = Array(words.indices)
    }
}

extension NpmVersion {
    /// `npmVersions`.
    fileprivate static let ofTables = npmVersions.map { NpmVersion($0) }

    /// The table before, where this release may still behave like that.
    var predecessor: NpmVersion? {
        guard isBeforeTable, column > 0 else { return nil }
        return NpmVersion(["6.14.18", "7.24.2", "8.19.4", "9.9.3", "10.9.0"][column - 1])
    }
}

/// What npm of this version makes of the words.
func readNpm(
    _ words: NpmWords, _ line: Line, _ version: NpmVersion, _ facts: inout Facts
) -> Invocation {
    let grammar = NoptGrammar(
        options: NpmTables.options, shorthands: NpmTables.shorthands, column: version.column)
    let reading = readNopt(words.words, grammar)
    let values = NpmValues(
        grammar: grammar, environment: line.environment, cwd: line.cwd, home: line.home)
    let commandLine = values.commandLine(reading.uses)
    var settings = NpmSettings()
    settings.add(commandLine)
    let cli = settings
    let environmentLayer = values.environmentLayer()
    settings.add(environmentLayer)

    var invocation = Invocation(
        tool: line.tool, version: line.version, command: ["npm"], operation: .query)
    invocation.options = reading.uses.map(\.optionUse)
    invocation.roles = reading.roles(for: words, count: line.arguments.count)
    invocation.inForce = settings.all
    var alike = NpmAlike(reading, words, version)
    if !environmentLayer.isEmpty || NpmExclusive.canClash(settings) { alike.forgetAll() }
    invocation.alike = alike.bits
    if let failure = reading.failure {
        invocation.operation = .unknown
        invocation.ambiguous = [failure]
        return invocation
    }
    if let clash = NpmExclusive.clash(settings, version) { invocation.ambiguous.append(clash) }
    if cli.isOn("version") {
        invocation.isInert = true
        return invocation
    }
    var remain = reading.remain[...]
    if cli.isOn("versions") { remain = ["version"] }
    guard let typed = remain.popFirst(), !typed.isEmpty else {
        invocation.positionals = Array(remain)
        invocation.isInert = true
        return invocation
    }
    invocation.positionals = Array(remain)
    invocation.setCommandRole(reading, words)
    alike.readCommand(typed)
    invocation.alike = alike.bits
    guard let command = NpmCommands.canonical(typed, version) else {
        // npm prints the nearest commands and ends; nothing runs.
        invocation.operation = .unknown
        invocation.isInert = true
        return invocation
    }
    if version.isAfterTable, let place = reading.places.first, reading.unknownBefore.contains(place)
    {
        invocation.ambiguous.append("an option of a newer npm could take \(typed) as its value")
    }
    let shown: Word =
        command == "run" && !version.usesRun && !line.isVersionAssumed ? "run-script" : command
    let (operation, subcommand) = NpmCommands.consequence(of: command, invocation.positionals)
    invocation.operation = operation
    invocation.command = ["npm", shown] + (subcommand.map { [$0] } ?? [])
    if subcommand != nil { invocation.positionalsInCommand = 1 }
    invocation.packages = npmPackages(command, subcommand, invocation.positionals)
    if command == "diff" { invocation.packages = cli.list("diff").map(npmPackage) }
    invocation.raiseForGit(command)
    invocation.fillOtherSpellings(typed: typed, isNpx: words.isNpx, line)

    if operation.readsSettingsFiles {
        settings.addFiles(values, line, &facts)
        invocation.inForce = settings.all
        if line.cwd != nil { invocation.alike = 0 }
    }
    invocation.registry = settings.text("registry")?.text
    if settings.isOn("usage"), !cli.isOn("versions") {
        invocation.operation = .query
        invocation.isInert = true
        return invocation
    }
    invocation.placeFiles(settings, line, &facts)
    if command == "exec" { invocation.readExec(settings, line, version, &facts) }
    if command == "explore" {
        let text = invocation.positionals.dropFirst().map(\.text).joined(separator: " ")
        invocation.nestShell(text, line, settings, &facts)
    }
    invocation.raiseForPrograms(settings)
    invocation.compose(reading, words, subcommand: subcommand, version)
    invocation.install = npmInstallShape(invocation, settings, version, line)
    return invocation
}

/// The versions of `npmVersions` that read a line as one of them does, a bit for each.
private struct NpmAlike {
    private(set) var bits: UInt8 = 0
    private let version: NpmVersion

    /// Those whose tables give the line's options the same meaning.
    init(_ reading: NoptReading, _ words: NpmWords, _ version: NpmVersion) {
        self.version = version
        guard words.columns.contains(version.column) else { return }
        var columns = reading.columns
        columns.meet(words.columns)
        for (place, other) in NpmVersion.ofTables.enumerated() {
            guard columns.contains(other.column) else { continue }
            // A newer npm can have an option that takes the next word.
            let isDoubtful = other.isAfterTable != version.isAfterTable
            if isDoubtful, !reading.unknownBefore.isEmpty { continue }
            bits |= 1 << UInt8(truncatingIfNeeded: place)
        }
    }

    /// Keeps those that take the word for the same command.
    mutating func readCommand(_ word: Word) {
        if bits == 0 { return }
        let name = word.hyphenated
        let payloads = NpmTables.words.payloads(of: name)
        // Nothing but names that every version has, or that none has.
        if payloads.isEmpty || payloads == [""] { return }
        let own = NpmCommands.canonical(name, payloads, version)
        for (place, other) in NpmVersion.ofTables.enumerated() {
            let bit: UInt8 = 1 << UInt8(truncatingIfNeeded: place)
            if bits & bit != 0, NpmCommands.canonical(name, payloads, other) != own {
                bits &= ~bit
            }
        }
    }

    /// For what depends on more than tables.
    mutating func forgetAll() { bits = 0 }
}

extension Operation {
    /// Whether files can change what the line does or where: queries and project scripts run the
    /// same whatever an .npmrc says, and asking for no file keeps them fast.
    fileprivate var readsSettingsFiles: Bool {
        switch self {
        case .publish, .unpublish, .administer, .authenticate, .execute, .install: true
        case .configure, .run, .pack, .modify, .query, .unknown: false
        }
    }
}

/// Options that exclude one another, so that npm ends with an error before it does anything.
private enum NpmExclusive {
    static let groups: [[Word]] = [
        ["save-dev", "save-optional", "save-peer", "save-prod"],
        ["provenance", "provenance-file"], ["expect-results", "expect-result-count"],
    ]

    /// Whether some release would refuse the settings.
    static func canClash(_ settings: NpmSettings) -> Bool {
        for group in groups where group.count(where: { settings[$0] != nil }) > 1 { return true }
        return false
    }

    static func clash(_ settings: NpmSettings, _ version: NpmVersion) -> String? {
        for (place, group) in groups.enumerated() {
            if version.column < (place == 0 ? 5 : place == 1 ? 3 : 4) { continue }
            let given = group.filter { settings[$0] != nil }
            if given.count > 1 { return "npm refuses --\(given[0]) together with --\(given[1])" }
        }
        return nil
    }
}

/// The packages that a line names.
func npmPackages(_ command: Word, _ subcommand: Word?, _ words: [Word]) -> [PackageRequest] {
    let all: [Word] = [
        "install", "install-test", "link", "update", "view", "unpublish", "publish", "uninstall",
        "star", "unstar", "docs", "bugs", "repo", "pack", "patch",
    ]
    let first: [Word] = ["deprecate", "undeprecate"]
    if command == "init" { return words.prefix(1).map(npmInitializer) }
    if all.contains(command) { return words.map(npmPackage) }
    if first.contains(command) { return words.prefix(1).map(npmPackage) }
    if command == "dist-tag" {
        return words.dropFirst(subcommand == nil ? 0 : 1).prefix(1).map(npmPackage)
    }
    if command == "owner" {
        return words.dropFirst(subcommand == "ls" ? 1 : 2).prefix(1).map(npmPackage)
    }
    if command == "cache", subcommand == "add" { return words.dropFirst().map(npmPackage) }
    return []
}

/// `npm init x` runs the package `create-x`, and `@scope/x` means `@scope/create-x`.
func npmInitializer(_ word: Word) -> PackageRequest {
    var request = npmPackage(word)
    guard request.source == .registry || request.source == .ambiguous else { return request }
    var name = request.name.isEmpty ? word : request.name
    var range = request.range
    if name.first == UInt8(ascii: "@") {
        if let (scope, bare) = name.split(at: UInt8(ascii: "/")) {
            name = Word(scope.text + "/create-" + bare.text)
        } else if let (scope, version) = name.dropFirst(1).split(at: UInt8(ascii: "@")) {
            name = Word("@" + scope.text + "/create")
            range = version
        } else {
            name = Word(name.text + "/create")
        }
    } else {
        name = Word("create-" + name.text)
    }
    request = PackageRequest(name: name, range: range, source: .registry, spelling: word)
    return request
}

extension NpmSettings {
    /// Adds the project's .npmrc and the user's, the project's ignored where npm acts globally.
    fileprivate mutating func addFiles(_ values: NpmValues, _ line: Line, _ facts: inout Facts) {
        guard let cwd = line.cwd else { return }
        let user = userFile(line)
        if !isGlobal {
            let project =
                commandLinePrefix ?? npmProject(from: cwd, &facts)
            let path = PathText.absolute(project + "/.npmrc", cwd: cwd, home: line.home)
            if path != user, let text = facts.text(path) { add(values.file(text)) }
        }
        if let user, let text = facts.text(user) { add(values.file(text)) }
        if let file = globalFile(line, cwd: cwd), let text = facts.text(file) {
            add(values.file(text))
        }
    }

    /// The global file where a setting names it or the prefix it lies in. npm's own prefix is where
    /// node was installed, and its file belongs to whoever did that.
    private func globalFile(_ line: Line, cwd: String) -> String? {
        let named = text("globalconfig")?.text
        let prefix = text("prefix") ?? line.environment["PREFIX"]
        guard let file = named ?? prefix.map({ $0.text + "/etc/npmrc" }) else { return nil }
        return PathText.absolute(file, cwd: cwd, home: line.home)
    }

    private func userFile(_ line: Line) -> String? {
        text("userconfig")?.text ?? line.home.map { $0 + "/.npmrc" }
    }

    /// Whether npm acts on the global tree.
    var isGlobal: Bool { isOn("global") || text("location") == "global" }

    private var commandLinePrefix: String? { text("prefix")?.text }
}

/// The nearest directory with a package.json or node_modules, else the working directory.
func npmProject(from cwd: String, _ facts: inout Facts) -> String {
    var folder = cwd
    while true {
        let base = folder == "/" ? "" : folder
        if facts.hasFile(base + "/package.json") { return folder }
        if facts.ask(.entry(base + "/package.json")) == nil { return cwd }
        if facts.hasDirectory(base + "/node_modules") { return folder }
        if facts.ask(.entry(base + "/node_modules")) == nil { return cwd }
        guard let parent = folder.parentFolder else { return cwd }
        folder = parent
    }
}

extension String {
    /// The directory above, or nil for the root.
    var parentFolder: String? {
        guard utf8.count > 1, let slash = utf8.lastIndex(of: 0x2F) else { return nil }
        return slash == utf8.startIndex ? "/" : String(self[..<slash])
    }
}
