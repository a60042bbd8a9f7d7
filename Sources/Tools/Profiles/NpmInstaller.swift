// npm's installs: which lines are installs of a project, and the words that resolve without
// installing and that install exactly what the lockfile says. Sources: npm lib/commands/{ci,install,
// uninstall,update,dedupe,audit,install-test}.js and @npmcli/arborist lib/arborist/{index,
// load-virtual,reify}.js of 10.8.2 and 11.17.0; measured with both.

import GateCore

extension Installer {
    /// Installs of npm 7 and later. `npm-shrinkwrap.json` wins over `package-lock.json` (@npmcli/
    /// arborist lib/shrinkwrap.js).
    static let npm: Installer = {
        var installer = Installer(
            manifest: "package.json", lockfiles: ["npm-shrinkwrap.json", "package-lock.json"],
            tree: "node_modules", programs: ".bin",
            changeLine: "npm install NAME@VERSION",
            registries: { invocation, line, settings in
                var inForce = invocation.inForce
                for text in settings {
                    let grammar = NoptGrammar(
                        options: NpmTables.options, shorthands: NpmTables.shorthands,
                        column: NpmVersion(line.version).column)
                    inForce += NpmValues(
                        grammar: grammar, environment: line.environment, cwd: line.cwd,
                        home: line.home
                    ).file(text)
                }
                var registries: [String] = []
                for setting in inForce {
                    guard setting.name == "registry" || setting.name.hasSuffix(":registry") else {
                        continue
                    }
                    if case .text(let address) = setting.value { registries.append(address.text) }
                }
                return registries
            },
            // npm's prefix is the one that node's program lies below, and npm's beside it as a rule; a
            // distribution's own settings lie in npm's package (@npmcli/config lib/index.js).
            ownSettings: { program, _ in
                ["\(program)/../../etc/npmrc", "\(program)/../../lib/node_modules/npm/npmrc"]
            },
            words: npmInstallWords)
        installer.settings = ".npmrc"
        installer.settingsLeftOut = """
            git script-shell shell node-options node-gyp init-module init.module viewer editor \
            browser ignore-scripts allow-git allow-scripts dangerously-allow-all-scripts prefix \
            globalconfig userconfig cache logs-dir dry-run package-lock package-lock-only \
            shrinkwrap global location onload-script before min-release-age \
            min-release-age-exclude
            """
        installer.inventory = ".package-lock.json"
        installer.lifecycle = npmLifecycle
        installer.resolvesInJSON = true
        return installer
    }()
}

/// The shape of an install of the project; nil for lines that install elsewhere, install nothing, or
/// are no installs.
func npmInstallShape(
    _ invocation: Invocation, _ settings: NpmSettings, _ version: NpmVersion, _ line: Line
) -> InstallShape? {
    guard line.depth == 0, version.column > 0, !settings.isGlobal, !settings.isOn("dry-run"),
        invocation.operation == .install, invocation.command.count > 1
    else { return nil }
    let command = invocation.command[1]
    let isFix = command == "audit" && invocation.command.last == "fix"
    let changing: [Word] = ["install", "install-test", "update", "uninstall", "dedupe"]
    let exact: [Word] = ["ci", "install-ci-test"]
    guard isFix || changing.contains(command) || exact.contains(command) else { return nil }
    let installs = command == "install" || command == "install-test"
    var shape = InstallShape(
        isBare: exact.contains(command) || installs && invocation.positionals.isEmpty)
    shape.isExact = exact.contains(command)
    shape.testsAfterwards = command == "install-test" || command == "install-ci-test"
    shape.installsTree = shape.isExact || !settings.isOn("package-lock-only")
    if !shape.isExact {
        shape.savesManifest = settings["save"] != .flag(false)
        // A lockfile that is switched off still guides the install, and is not written.
        let isOff =
            settings["package-lock"] == .flag(false) || settings["shrinkwrap"] == .flag(false)
        shape.savesLockfile = shape.savesManifest && !isOff
    }
    let namesDirectory = invocation.options.contains { $0.name == "prefix" }
    shape.directory = namesDirectory ? invocation.directories.first : nil
    return shape
}

/// The project's own scripts: those of workspaces and of folders by path with every install of a tree,
/// the root's with a bare one (npm lib/commands/{ci,install}.js, @npmcli/arborist lib/arborist/{rebuild,
/// reify}.js; measured with 10.8.2 and 11.17.0).
@Sendable private func npmLifecycle(
    _ invocation: Invocation, _ line: Line, _ settings: [String]
) -> LifecycleScripts {
    var inForce = invocation.inForce
    let version = NpmVersion(line.version)
    for text in settings {
        let grammar = NoptGrammar(
            options: NpmTables.options, shorthands: NpmTables.shorthands, column: version.column)
        let values = NpmValues(
            grammar: grammar, environment: line.environment, cwd: line.cwd, home: line.home)
        inForce += values.file(text)
    }
    // Those that win come first; `null` and an empty text are off.
    let isOff = inForce.first { $0.name == "ignore-scripts" }.map { setting in
        switch setting.value {
        case .flag(let flag): flag
        case .text(let text): !text.isEmpty
        case .list(let words): !words.isEmpty
        case .null: false
        }
    }
    if isOff == true { return .init() }
    var scripts = LifecycleScripts()
    scripts.steps = [.init("preinstall prepare install postinstall", of: .members)]
    if version.column >= 2 {
        // `ci` removes the whole tree first.
        let isExact = invocation.install?.isExact == true
        scripts.steps.append(.init("dependencies", of: .root, isForChanges: !isExact))
    }
    if invocation.install?.isBare == true {
        scripts.steps.append(
            .init(
                "preinstall install postinstall prepublish preprepare prepare postprepare",
                of: .root))
    }
    return scripts
}

/// Options of the caller that no phase gets: they say where and whether npm works, which is ours to
/// say, or which programs it starts.
private let npmNeverForwarded: Word = """
    prefix dry-run package-lock package-lock-only shrinkwrap ignore-scripts git script-shell \
    allow-git global location scripts-prepend-node-path node-options
    """

/// Options of the caller that say what to resolve, and mean nothing or something else to `npm ci`.
private let npmResolveOnly: Word = """
    save save-dev save-optional save-peer save-prod save-exact save-bundle save-prefix before tag \
    prefer-dedupe lockfile-version format-package-lock min-release-age min-release-age-exclude
    """

private func npmInstallWords(
    _ invocation: Invocation, _ circumstances: InstallCircumstances
) -> InstallWords {
    guard case .words(let before, let after) = invocation.composition else {
        return InstallWords(resolve: [], install: [], build: nil)
    }
    let isExact = invocation.install?.isExact == true
    let end = after.firstIndex(of: "--") ?? after.count
    var options: [Word] = []
    var positionals: [Word] = []
    for (place, word) in after.enumerated() {
        let isOption = word.first == UInt8(ascii: "-") && word.count > 1
        if place > end || (place < end && !isOption) {
            positionals.append(word)
        } else if place < end, !npmNeverForwarded.lists(npmOptionName(word)) {
            options.append(word)
        }
    }
    let git: Word = circumstances.git.map { Word("--git=\($0)") } ?? "--git=/bin/false"
    let isLate = NpmVersion(circumstances.version).column >= 5
    // npm up to 10 calls the shell for `prepare` of workspaces in spite of --ignore-scripts (arborist
    // lib/arborist/rebuild.js), and a shell that fails fails the install. Of packages from git
    // repositories one has to fail that would need to be prepared.
    let callsShell = circumstances.git == nil && !isLate
    var ours: [Word] = [
        "--ignore-scripts=true", git,
        callsShell ? "--script-shell=/bin/true" : "--script-shell=/bin/false",
    ]
    // npm 11.10 and later; a warning in releases before it (docs "config", allow-git).
    if circumstances.git == nil, isLate {
        ours.append("--allow-git=none")
    }
    let keepsSave = invocation.install?.savesManifest == true
    var resolving = options.filter { word in
        let name = npmOptionName(word)
        if name == "json" { return false }
        if circumstances.publishedBefore != nil, npmCooldown.replaced.lists(name) { return false }
        return keepsSave || name != "save"
    }
    let installing = options.filter { word in
        let name = npmOptionName(word)
        if npmResolveOnly.lists(name) { return false }
        // A tree of one workspace alone would take the place of everybody's.
        let isNarrowing =
            name == "workspace" || name == "workspaces" || name == "include-workspace-root"
        return isExact || !isNarrowing
    }
    if let date = circumstances.publishedBefore {
        resolving += npmCooldown.words(invocation, date) ?? []
    }
    let isFix = before.first == "audit"
    let quiet: [Word] = ["--json=true", "--fund=false", "--progress=false"]
    let command: [Word] = before == ["install-test"] ? ["install"] : before
    let resolve =
        command + ours + quiet + (isFix ? [] : ["--audit=false"])
        + ["--package-lock-only=true", "--package-lock=true"] + resolving
        + (positionals.isEmpty ? [] : ["--"] + positionals)
    return InstallWords(
        resolve: resolve, install: ["ci"] + ours + ["--dry-run=false"] + installing,
        build: npmBuild,
        test: ["test"] + options.filter { !npmResolveOnly.lists(npmOptionName($0)) })
}

/// Runs the scripts of packages that are there (lib/commands/rebuild.js, which takes directories). The
/// links to programs are made already, and lie outside of what may be written.
private let npmBuild: [Word] = [
    "rebuild", "--ignore-scripts=false", "--bin-links=false", "--offline=true", "--audit=false",
    "--fund=false", "--update-notifier=false", "--logs-max=0", "--",
]

/// The name in `--name=value` or `--no-name=value`.
private func npmOptionName(_ word: Word) -> Word {
    let head = word.split(at: UInt8(ascii: "="))?.head ?? word
    let name = head.hasPrefix("--") ? head.dropFirst(2) : head
    // `--no-save=false` is written where an option takes more than a truth.
    return name.hasPrefix("no-") ? name.dropFirst(3) : name
}
