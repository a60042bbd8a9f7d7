// pip's installs in phases: `install --dry-run --report` says what would be installed, `download`
// fetches exactly these files by address and hash, and `install --no-index` takes them from there.
// What decides about the choice goes to the first phase alone, what decides about the place to the
// last one. pip's settings files are in force in each of them.
//
// Source: pip/_internal/commands/{install,download,wheel}.py of 22.2 to 26.3.

import GateCore

extension Resolver {
    /// pip 22.2 and later.
    static let pip = Resolver(report: .pip, words: pipResolvedWords)
}

/// Options that only say what to choose.
private let pipChoices: Word = """
    requirement constraint editable group requirements-from-script pre all-releases only-final \
    upgrade-strategy prefer-binary no-deps only-deps require-hashes no-require-hashes \
    uploaded-prior-to dry-run no-binary only-binary refresh-package
    """

/// Options that say what becomes of what is installed already.
private let pipReplacing: Word = "upgrade ignore-installed force-reinstall report"

/// Options that say where to look for packages.
private let pipIndexes: Word = "index-url extra-index-url find-links no-index"

/// Options of `download` and `wheel` that `install` does not have.
private let pipFilePlaces: Word = "dest wheel-dir no-verify build-option"

/// Options that say how to reach a registry and how to talk about it, and for what machine to fetch.
private let pipReach: Word = """
    index-url extra-index-url find-links no-index trusted-host cert client-cert proxy timeout \
    retries resume-retries keyring-provider cache-dir no-cache-dir no-input no-color \
    disable-pip-version-check no-python-version-warning no-proxy-env require-virtualenv \
    ignore-requires-python platform python-version implementation abi use-feature use-deprecated \
    isolated
    """

private let pipFetching: [Word] = [
    "--no-deps", "--require-hashes", Word("--requirement=" + Resolver.exchange.text),
]

extension Invocation {
    /// Whether pip can resolve this line first: it installs or fetches packages of registries, and at
    /// most the project's own folders besides.
    var pipResolvesFirst: Bool {
        guard operation == .install, ambiguous.isEmpty, !isInert, command.count == 2,
            inForce.first(where: { $0.name == "dry_run" })?.value != .flag(true),
            MinorRelease(version ?? "").map({ $0.number >= 2202 }) ?? true
        else { return false }
        let isInstall = command[1] == "install"
        guard isInstall || command[1] == "download" || command[1] == "wheel" else { return false }
        for package in packages {
            switch package.source {
            case .registry, .requirements: break
            // Wheels of the project's own code are its own matter.
            case .workspace: if !isInstall { return false }
            case .git, .url, .path, .alias, .ambiguous: return false
            }
        }
        return true
    }
}

@Sendable private func pipResolvedWords(
    _ invocation: Invocation, _ circumstances: ResolverCircumstances
) -> ResolvedWords? {
    var pip = invocation
    if invocation.tool == "python" {
        guard invocation.nested.count == 1, invocation.nested[0].tool == "pip" else { return nil }
        pip = invocation.nested[0]
    }
    guard pip.resolvesFirst else { return nil }
    let command = pip.command[1]
    let hasOwn = pip.packages.contains { $0.source == .workspace }
    let before = Array(circumstances.before.dropLast())
    let ours = circumstances.switches
    let hasDate = ours.contains { $0.hasPrefix("--uploaded-prior-to=") }
    func words(_ leavesOut: (OptionUse) -> Bool) -> [Word] {
        var kept = pip
        kept.options.removeAll { leavesOut($0) || hasDate && $0.name == "uploaded-prior-to" }
        return optparseWords(kept)
    }
    var resolving: [Word] = ["--dry-run", Word("--report=" + Resolver.exchange.text)]
    // What is installed already is not fetched for it.
    if command != "install" { resolving.append("--ignore-installed") }
    // pip takes foreign platforms only with a place of their own.
    let platforms: Word = "platforms abis implementation python_version"
    let isForeign = pip.inForce.contains { platforms.lists($0.name) }
    if command != "install", isForeign { resolving.append("--target=/nonexistent") }
    var result = ResolvedWords(
        resolve: before + ["install"] + ours + resolving
            + words {
                $0.name == "report" || $0.name == "dry-run" || pipFilePlaces.lists($0.name)
            })
    pip.positionals = []
    let wheelsOnly = ours.filter {
        !$0.hasPrefix("--uploaded-prior-to=") && $0 != "--require-hashes"
    }
    guard command == "install" else {
        result.fetch =
            before + [command] + wheelsOnly + pipFetching
            + words { pipChoices.lists($0.name) || pipReplacing.lists($0.name) }
        return result
    }
    result.fetch =
        before + ["download", "--quiet"] + wheelsOnly + pipFetching
        + words { !pipReach.lists($0.name) }
    result.install =
        before + ["install"] + wheelsOnly + ["--no-index"] + pipFetching
        + words { pipChoices.lists($0.name) || pipIndexes.lists($0.name) }
    if hasOwn {
        result.own =
            before + ["install"] + wheelsOnly + ["--no-deps"]
            + words { pipChoices.lists($0.name) || pipReplacing.lists($0.name) }
    }
    return result
}
