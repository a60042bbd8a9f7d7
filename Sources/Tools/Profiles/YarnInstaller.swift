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
    /// Installs of yarn 1, and of yarn 3.1 and later with `nodeLinker: node-modules`.
    static let yarn: Installer = {
        var installer = Installer(
            manifest: "package.json", lockfiles: ["yarn.lock"], tree: "node_modules",
            programs: ".bin", projectScripts: "preinstall install postinstall prepublish prepare",
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
        installer.environment = { root, has in
            var rules: [EnvironmentRule] = [
                .init("YARN_CHECKSUM_BEHAVIOR", .set("throw"), isLoose: true),
                .init("yarn_*lockfile*filename", .unset, isLoose: true),
            ]
            // Archives that a project keeps are its own; elsewhere the user's store serves all stages.
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

    // MARK: yarn 2 and later

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
            !invocation.options.contains(where: { elsewhere.lists($0.name) && $0.isOn }),
            YarnRC.linker(line, facts: &facts) == "node-modules"
        else { return nil }
        var shape = InstallShape(isBare: command == "install")
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
