// pnpm's changes of a lockfile: resolved in a stage by `--lockfile-only`, which writes manifests and
// pnpm-lock.yaml and no tree, judged and shown, and then installed in the project, frozen. pnpm's trees
// are links into a store that all projects of the user share, so none could be moved in, and a package's
// scripts would write to files that other projects have, too: `scripts.allow` is refused.
//
// Sources: pnpm pkg-manager/plugin-commands-installation src/{add,install,remove,update}.ts
// (`lockfile-only`), workspace/find-workspace-dir, config/config (`lockfileDir`); https://pnpm.io/cli/.
// pnpm itself was not run.

import GateCore

extension Installer {
    /// Installs of pnpm that change pnpm-lock.yaml.
    static let pnpm: Installer = {
        var installer = Installer(
            manifest: "package.json", lockfiles: ["pnpm-lock.yaml"], tree: "node_modules",
            programs: ".bin", changeLine: "pnpm add NAME@VERSION",
            registries: { invocation, line, texts in
                RegistrySettings.pnpm.addresses(of: invocation, in: line.environment)
                    + texts.flatMap { RegistrySettings.pnpm.addresses(inFile: $0) }
            },
            ownSettings: { _, home in
                home.map { ["\($0)/.npmrc", "\($0)/.config/pnpm/rc"] } ?? []
            },
            words: pnpmInstallWords)
        installer.isMarkedByTree = false
        installer.settingsRead = [".npmrc", "pnpm-workspace.yaml"]
        // Catalogs and the like are written there, by `add --save-catalog`.
        installer.notes = ["pnpm-workspace.yaml"]
        installer.otherLockfileBy = """
            sharedWorkspaceLockfile shared-workspace-lockfile lockfileDir lockfile-dir \
            gitBranchLockfile git-branch-lockfile
            """
        installer.links = LinkedProject(
            rootFile: "pnpm-workspace.yaml", searches: true,
            leftOut: "node_modules .git .pnpm-store")
        return installer
    }()
}

/// Options that say what to change, how to save it, and how to fetch.
private let pnpmKnown: Word = """
    save-prod save-dev save-optional save-peer save-exact save-prefix save-workspace-protocol save \
    prod production dev optional recursive filter filter-prod workspace-root \
    ignore-workspace-root-check workspace latest depth offline prefer-offline registry reporter \
    loglevel color silent stream network-concurrency fetch-retries fetch-timeout \
    strict-peer-dependencies frozen-lockfile prefer-frozen-lockfile lockfile-only fix-lockfile \
    ignore-scripts ignore-pnpmfile
    """

/// Options that say how to fetch, for the phase that installs.
private let pnpmKept: Word = """
    offline prefer-offline registry reporter loglevel color silent network-concurrency \
    fetch-retries fetch-timeout
    """

/// The shape of a line that changes pnpm-lock.yaml; nil for lines that are started as they are called.
func pnpmInstallShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
    guard line.depth == 0, invocation.operation == .install, invocation.command.count == 2,
        invocation.directories.isEmpty, invocation.nested.isEmpty, !invocation.isInert,
        invocation.destination == .project, invocation.ambiguous.isEmpty,
        invocation.packages.allSatisfy({ $0.source != .path })
    else { return nil }
    let changing: Word = "install add remove update"
    guard changing.lists(invocation.command[1]) else { return nil }
    for setting in invocation.inForce where !pnpmKnown.lists(setting.name) { return nil }
    // A variable would lead to another root than the one that is found upwards.
    let variable = EnvironmentRule("npm_config_workspace_dir", .unset, isLoose: true)
    let branches = EnvironmentRule("*npm_config_*lockfile*", .unset, isLoose: true)
    for entry in line.environment.entries
    where variable.covers(entry.name) || branches.covers(entry.name) {
        return nil
    }
    func isOn(_ name: Word) -> Bool {
        invocation.inForce.contains { $0.name == name && $0.value != .flag(false) }
    }
    let isBare = invocation.command[1] == "install" && invocation.positionals.isEmpty
    // pnpm itself holds that line to its lockfile, or fails.
    if isBare, isOn("frozen-lockfile") { return nil }
    var shape = InstallShape(isBare: isBare && !isOn("fix-lockfile") && !isOn("lockfile-only"))
    shape.installsInPlace = true
    shape.installsTree = !isOn("lockfile-only")
    return shape
}

private func pnpmInstallWords(
    _ invocation: Invocation, _: InstallCircumstances
) -> InstallWords {
    guard case .words(let before, let after) = invocation.composition else {
        return InstallWords(resolve: [], install: [], build: nil)
    }
    let ours: [Word] = ["--config.ignore-scripts=true", "--config.ignore-pnpmfile=true"]
    let end = after.firstIndex(of: "--") ?? after.count
    let kept = after[..<end].filter { word in
        guard word.hasPrefix("--") else { return false }
        let head = word.split(at: UInt8(ascii: "="))?.head ?? word
        var name = head.dropFirst(2)
        if name.hasPrefix("config.") { name = name.dropFirst(7) }
        if name.hasPrefix("no-") { name = name.dropFirst(3) }
        let which: Word = "prod production dev optional"
        return pnpmKept.lists(name) || invocation.install?.isBare == true && which.lists(name)
    }
    return InstallWords(
        resolve: before + ours + ["--config.lockfile-only=true"] + after,
        install: ours + ["--frozen-lockfile=true"] + kept + ["install"], build: nil)
}
