// yarn's installs: which lines are installs of a project, and the words that resolve and that install
// exactly the lockfile. yarn 2 and later resolves without linking (`--mode=update-lockfile`, from 3.1
// on); yarn 1 cannot, so its first phase fetches and links too, in the stage and without scripts, and
// its second one installs frozen what the first has written.
//
// The stage lies inside the project, and both yarns look for settings upwards from where they work, so
// the project's own are in force there and keep their relative paths. Sources: yarn 1.22
// src/cli/index.js (findProjectRoot), src/cli/commands/{install,add,remove,upgrade}.js; berry
// packages/yarnpkg-core/sources/Configuration.ts (findProjectCwd), plugin-essentials
// sources/commands/{install,add,remove,up,dedupe}.ts; measured with 1.21.1 and 3.5.0.

import GateCore

extension Installer {
    /// Installs of yarn 1, and of yarn 3.1 and later. With Plug'n'Play, which keeps no tree but names
    /// archives by relative paths, what was resolved and judged is installed in the project.
    static let yarn: Installer = {
        var installer = Installer(
            manifest: "package.json", lockfiles: ["yarn.lock"], tree: "node_modules",
            programs: ".bin",
            changeLine: "yarn add NAME@VERSION",
            registries: { invocation, line, texts in
                let settings = yarnRegistries(invocation)
                return settings.addresses(of: invocation, in: line.environment)
                    + texts.flatMap { settings.addresses(inFile: $0) }
            },
            ownSettings: { _, home in
                home.map { ["\($0)/.npmrc", "\($0)/.yarnrc", "\($0)/.yarnrc.yml"] } ?? []
            },
            words: { invocation, _ in
                YarnInstaller.isOne(invocation)
                    ? YarnInstaller.classicWords(invocation) : YarnInstaller.berryWords(invocation)
            })
        installer.isMarkedByTree = false
        installer.settingsRead = [".npmrc", ".yarnrc", ".yarnrc.yml"]
        installer.needed = [("package.json", "{}\n"), ("yarn.lock", "")]
        installer.notes = [".yarn/install-state.gz"]
        installer.linked = [".yarn/patches", ".yarn/versions"]
        installer.lifecycle = { invocation, line, texts in
            YarnInstaller.isOne(invocation)
                ? YarnInstaller.classicLifecycle(invocation, line, texts)
                : YarnInstaller.berryLifecycle(invocation)
        }
        installer.environment = { root, shape, has in
            var rules: [EnvironmentRule] = [
                .init("YARN_CHECKSUM_BEHAVIOR", .set("throw"), isLoose: true),
                .init("yarn_*lockfile*filename", .unset, isLoose: true),
            ]
            // Archives that a project keeps are its own; elsewhere the user's store serves all stages.
            if shape.installsInPlace { return rules }
            if has(".yarn/cache") {
                rules.append(
                    .init("YARN_CACHE_FOLDER", .set(Word(root + "/.yarn/cache")), isLoose: true))
            } else {
                rules.append(.init("YARN_ENABLE_GLOBAL_CACHE", .set("true"), isLoose: true))
            }
            return rules
        }
        return installer
    }()

    private static func yarnRegistries(_ invocation: Invocation) -> RegistrySettings {
        YarnInstaller.isOne(invocation) ? .yarnClassic : .yarnBerry
    }
}

/// Shapes and words of both yarns.
enum YarnInstaller {
    static func isOne(_ invocation: Invocation) -> Bool {
        Word(invocation.version ?? "").hasPrefix("1.")
    }

    // MARK: yarn 1

    /// Options of yarn 1 that put what is installed elsewhere, or work on something else than the
    /// project's manifest and lockfile.
    private static let classicElsewhere: Word = """
        cwd modules-folder global-folder link-folder preferred-cache-folder use-yarnrc default-rc \
        focus enable-pnp pnp disable-pnp lockfile pure-lockfile har global flat prefix \
        link-duplicates force update-checksums
        """

    /// The shape of an install of yarn 1; nil for lines that are started in place.
    static func classicShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
        guard line.depth == 0, !line.isVersionAssumed, invocation.operation == .install,
            invocation.destination == .project, invocation.command.count == 2,
            invocation.nested.isEmpty, invocation.directories.isEmpty
        else { return nil }
        let changing: Word = "install add remove upgrade"
        let command = invocation.command[1]
        guard changing.lists(command) else { return nil }
        for setting in invocation.inForce where classicElsewhere.lists(setting.name) { return nil }
        for option in invocation.options where classicElsewhere.lists(option.name) { return nil }
        // Of unknown options nobody can say what the phases would make.
        let known = YarnClassic.table(for: command)
        for option in invocation.options where known.option(for: option.spelling) == nil {
            return nil
        }
        // yarn 1 refuses packages behind `install`.
        if command == "install", !invocation.positionals.isEmpty { return nil }
        return InstallShape(isBare: command == "install")
    }

    /// Options that say how to install, for the second phase; the first has all.
    private static let classicKept: Word = """
        verbose offline prefer-offline json ignore-platform ignore-engines ignore-optional \
        check-files bin-links production emoji silent proxy https-proxy registry cache-folder \
        progress network-concurrency network-timeout mutex node-version-check
        """

    static func classicWords(_ invocation: Invocation) -> InstallWords {
        guard case .words(let before, let after) = invocation.composition else {
            return InstallWords(resolve: [], install: [], build: nil)
        }
        let ours: [Word] = ["--ignore-scripts", "--non-interactive"]
        var kept: [Word] = []
        for option in invocation.options where classicKept.lists(option.name) {
            let word = option.value.map { Word("\(option.spelling)=\($0)") } ?? option.spelling
            kept.append(word == "--production" ? "--production=true" : word)
        }
        return InstallWords(
            resolve: before + ours + after,
            install: ["install", "--frozen-lockfile"] + ours + kept,
            build: nil)
    }

    /// The project's own scripts: those of the folder that the line starts in with `install` and `add`,
    /// those of workspaces where something was installed anew (src/cli/commands/install.js
    /// `wrapLifecycle`, src/package-install-scripts.js; measured with 1.21.1).
    static func classicLifecycle(
        _ invocation: Invocation, _ line: Line, _ settings: [String]
    ) -> LifecycleScripts {
        // src/config.js `init`: an option, or a setting of yarn's or npm's files and variables.
        if isOn("ignore-scripts", invocation, line, settings) { return .init() }
        var scripts = LifecycleScripts()
        scripts.steps = [.init("preinstall install postinstall", of: .members, isForChanges: true)]
        let wraps: Word = "install add"
        guard wraps.lists(invocation.command.last ?? "") else { return scripts }
        var isProduction = isOn("production", invocation, line, settings)
        if !isProduction, line.environment["NODE_ENV"] == "production" {
            isProduction =
                line.environment["NPM_CONFIG_PRODUCTION"] != "false"
                && line.environment["YARN_PRODUCTION"] != "false"
        }
        scripts.steps.append(
            .init(
                isProduction
                    ? "preinstall install postinstall"
                    : "preinstall install postinstall prepublish prepare", of: .start))
        return scripts
    }

    /// Whether a setting is on; what another place says against a file that has it on is not looked
    /// at, because then less runs.
    private static func isOn(
        _ name: Word, _ invocation: Invocation, _ line: Line, _ settings: [String]
    ) -> Bool {
        for option in invocation.options where option.name == name {
            return option.isOn && option.value != "false"
        }
        let variables = ["npm_config_", "yarn_"].map {
            EnvironmentRule(Word("\($0)\(name)"), .unset, isLoose: true)
        }
        for entry in line.environment.entries {
            guard entry.value != "false", !entry.value.isEmpty else { continue }
            if variables.contains(where: { $0.covers(entry.name) }) { return true }
        }
        for text in settings {
            for row in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
                let parts = Substring(row).utf8.split(whereSeparator: {
                    " \t=:\"'".utf8.contains($0)
                })
                .map { Word(String(Substring($0))) }
                guard let key = parts.first else { continue }
                let isNamed =
                    key == name || key == Word("--\(name)") || key.hasSuffix(Word(".\(name)"))
                if isNamed, parts.count < 2 || parts[1] != "false" { return true }
            }
        }
        return false
    }

    // MARK: yarn 2 and later

    /// The project's own scripts, the root's and those of workspaces, where something was installed
    /// anew. `enableScripts` is about other people's packages (berry packages/plugin-node-modules
    /// sources/NodeModulesLinker.ts, packages/yarnpkg-core sources/Project.ts; measured with 3.5.0).
    static func berryLifecycle(_ invocation: Invocation) -> LifecycleScripts {
        // Both modes of the caller's, `skip-build` and `update-lockfile`, build nothing.
        if invocation.has("mode") { return .init() }
        var scripts = LifecycleScripts(takesNeighbours: false)
        let names: Word = "preinstall install postinstall"
        scripts.steps = [
            .init(names, of: .root, isForChanges: true),
            .init(names, of: .members, isForChanges: true),
        ]
        return scripts
    }

    /// The shape of an install of yarn 2 and later; nil for lines that are started in place.
    static func berryShape(
        _ invocation: Invocation, _ line: Line, facts: inout Facts
    ) -> InstallShape? {
        guard line.depth == 0, !line.isVersionAssumed, invocation.operation == .install,
            invocation.destination == .project, invocation.command.count == 2,
            invocation.nested.isEmpty, invocation.directories.isEmpty,
            !YarnScripts.words(invocation).isEmpty || invocation.has("mode")
        else { return nil }
        let changing: Word = "install add remove up dedupe"
        let command = invocation.command[1]
        let elsewhere: Word = "cwd interactive check cache-folder"
        guard changing.lists(command),
            !invocation.options.contains(where: { elsewhere.lists($0.name) && $0.isOn })
        else { return nil }
        let linker = YarnRC.linker(line, facts: &facts)
        let linkers: Word = "node-modules pnp pnpm"
        guard linkers.lists(linker) else { return nil }
        var shape = InstallShape(isBare: command == "install")
        shape.installsInPlace = linker != "node-modules"
        for case .words(_, let after) in [invocation.composition] {
            shape.installsTree = !after.contains("--mode=update-lockfile")
        }
        return shape
    }

    static func berryWords(_ invocation: Invocation) -> InstallWords {
        guard case .words(let before, let after) = invocation.composition else {
            return InstallWords(resolve: [], install: [], build: nil)
        }
        let isBare = invocation.install?.isBare == true
        let frozen: Word = """
            --immutable --immutable-cache --check-cache --inline-builds --frozen-lockfile \
            --mode=update-lockfile --refresh-lockfile --check-resolutions
            """
        let options = isBare ? after.filter { !frozen.lists($0) } : after
        let resolving = options.filter { $0 != "--mode=update-lockfile" }
        var install: [Word] = ["install", "--immutable", "--mode=skip-build"]
        for word in after where word == "--json" || word == "--silent" || word == "--check-cache" {
            install.append(word)
        }
        return InstallWords(
            resolve: before + ["--mode=update-lockfile"] + resolving, install: install, build: nil)
    }
}
