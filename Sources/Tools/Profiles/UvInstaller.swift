// uv's changes of a project: resolved in a stage by `uv lock` or by the line itself without a sync,
// which install nothing, judged, and then installed in the project by `uv sync --frozen`, which looks
// at nothing but the lockfile. Environments hold paths of their own, so none could be moved in.
//
// A date (`exclude-newer`) lets uv choose versions that are old enough. It would be noted in uv.lock,
// and the next plain `uv sync --locked` would find that it is none of the project's settings, so a
// second `uv lock` takes the note out; it keeps to the versions that were chosen.
//
// Source: crates/uv/src/commands/project/{add,remove,lock,sync,upgrade}.rs and help of uv 0.13.8; the
// workspace's root is the nearest manifest upwards with a table `[tool.uv.workspace]`.

import GateCore

extension Installer {
    /// Changes of uv.lock.
    static let uv: Installer = {
        var installer = Installer(
            manifest: "pyproject.toml", lockfiles: ["uv.lock"], tree: ".venv", programs: "",
            changeLine: "uv add NAME", registries: pythonRegistries,
            ownSettings: { _, home in home.map { ["\($0)/.config/uv/uv.toml"] } ?? [] },
            words: uvInstallWords)
        installer.isMarkedByTree = false
        installer.settingsRead = ["pyproject.toml", "uv.toml"]
        installer.links = LinkedProject(
            rootMark: "[tool.uv.workspace]", searches: true,
            // What is resolved holds for every environment.
            leftOut: ".venv node_modules __pycache__")
        return installer
    }()
}

/// Addresses that settings of all places name as indexes.
@Sendable func pythonRegistries(
    _ invocation: Invocation, _ line: Line, _ texts: [String]
) -> [String] {
    RegistrySettings.python.addresses(of: invocation, in: line.environment)
        + texts.flatMap { RegistrySettings.python.addresses(inFile: $0) }
        + invocation.registries.filter(\.isInForce).map(\.address.text)
}

/// Options with which another project, a single file or nothing is changed, or the lockfile is none of
/// the line's business.
private let uvElsewhere: Word = """
    script project directory no-project frozen locked dry-run check check-exists isolated
    """

/// Options whose values are places.
private let uvPlaces: Word = "find-links f requirements constraints"

/// The shape of a line that changes uv.lock; nil for any other.
func uvInstallShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
    guard line.depth == 0, invocation.tool == "uv", invocation.operation == .install,
        invocation.command.count == 2, !invocation.isInert, invocation.ambiguous.isEmpty,
        invocation.nested.isEmpty, invocation.directories.isEmpty
    else { return nil }
    let command = invocation.command[1]
    let changing: Word = "add remove lock sync upgrade"
    guard changing.lists(command),
        !invocation.options.contains(where: { uvElsewhere.lists($0.name) })
    else { return nil }
    for name: Word in ["UV_PROJECT", "UV_WORKING_DIR", "UV_FROZEN", "UV_LOCKED"] {
        if line.environment[name].map({ !$0.isEmpty }) == true { return nil }
    }
    // A path means another place in the stage.
    for package in invocation.packages where package.source == .path { return nil }
    for option in invocation.options where uvPlaces.lists(option.name) {
        guard let value = option.value, !value.hasPrefix("../") else { return nil }
        let isFolder = option.name == "find-links" && !value.contains(UInt8(ascii: ":"))
        if isFolder { return nil }
    }
    let choosing: Word = "upgrade upgrade-package upgrade-group"
    let choosesAnew = invocation.options.contains { choosing.lists($0.name) }
    var shape = InstallShape(isBare: command == "sync" && !choosesAnew)
    shape.installsInPlace = true
    let asksNoSync = line.environment["UV_NO_SYNC"].map { !$0.isEmpty } == true
    let installing: Word = "add remove sync"
    shape.installsTree =
        installing.lists(command) && !invocation.has("no-sync")
        && !(asksNoSync && command != "sync")
    return shape
}

private func uvInstallWords(
    _ invocation: Invocation, _ circumstances: InstallCircumstances
) -> InstallWords {
    guard case .words(let before, let after) = invocation.composition,
        invocation.command.count == 2
    else { return InstallWords(resolve: [], install: [], build: nil) }
    let command = invocation.command[1]
    func options(of name: Word, but leftOut: Word) -> [Word] {
        optionWords(
            of: invocation, with: circumstances.switches, for: name, in: UvGrammar.commands,
            UvGrammar.options, but: leftOut)
    }
    let hasDate = invocation.has("exclude-newer")
    let date = hasDate || circumstances.exemptsRegistries ? nil : circumstances.publishedBefore
    let dated = date.map { [Word("--exclude-newer=\($0)")] } ?? []

    var words: InstallWords
    if command == "sync" || command == "lock" {
        words = InstallWords(
            resolve: ["lock"] + dated + options(of: "lock", but: ""), install: [], build: nil)
    } else {
        let staying: [Word] =
            command == "upgrade" || invocation.has("no-sync") ? [] : ["--no-sync"]
        words = InstallWords(
            resolve: before + circumstances.switches + staying + dated + after, install: [],
            build: nil)
    }
    if date != nil {
        words.choosesByAge = true
        words.resolveFurther = [
            ["lock"]
                + options(of: "lock", but: "upgrade upgrade-package upgrade-group refresh python")
        ]
    }
    // What decides about the lockfile has done so, and the groups and extras of `add` and `remove` say
    // what is changed.
    let chosen: Word =
        "upgrade upgrade-package upgrade-group exclude-newer exclude-newer-package"
    let changed = Word("\(chosen) extra group")
    words.install =
        ["sync", "--frozen"] + options(of: "sync", but: command == "sync" ? chosen : changed)
    if command == "add" {
        // `add` leaves what else is there, and installs the group that it has added to.
        words.install.append("--inexact")
        for option in invocation.options {
            switch option.name {
            case "dev": words.install.append("--group=dev")
            case "group": words.install += option.value.map { [Word("--group=\($0)")] } ?? []
            case "optional": words.install += option.value.map { [Word("--extra=\($0)")] } ?? []
            default: continue
            }
        }
    }
    return words
}
