// poetry's and pdm's changes of a project: resolved in a stage by the line itself without an install
// (`poetry add --lock`, `pdm add --no-sync`) or by `lock`, judged, and then installed in the project
// from the lockfile as it is. poetry looks for an interpreter that fits the project only where it may
// make an environment: it makes one in the stage, which goes with it. pdm needs none.
//
// Source: help of poetry 2.5.1 and pdm 2.29.3; poetry/console/commands/{add,remove,update}.py,
// poetry/puzzle/transaction.py; pdm/cli/commands/{add,remove,update,sync}.py.

import GateCore

extension Installer {
    /// Changes of poetry.lock.
    static let poetry: Installer = {
        var installer = pythonProject(
            lockfile: "poetry.lock", changeLine: "poetry lock", words: poetryInstallWords)
        installer.settingsRead.append("poetry.toml")
        installer.stageVariables = [
            .init(name: "POETRY_VIRTUALENVS_IN_PROJECT", value: "true"),
            .init(name: "POETRY_VIRTUALENVS_CREATE", value: "true"),
            .init(name: "POETRY_VIRTUALENVS_OPTIONS_NO_PIP", value: "true"),
        ]
        return installer
    }()

    /// Changes of pdm.lock.
    static let pdm: Installer = {
        var installer = pythonProject(
            lockfile: "pdm.lock", changeLine: "pdm lock", words: pdmInstallWords)
        installer.settingsRead.append("pdm.toml")
        installer.stageVariables = [
            .init(name: "PDM_USE_VENV", value: "false"),
            .init(name: "PDM_IGNORE_SAVED_PYTHON", value: "1"),
            .init(name: "PDM_CHECK_UPDATE", value: "false"),
        ]
        installer.environment = { _, _, _ in Freezing.pdmLockfile }
        return installer
    }()

    private static func pythonProject(
        lockfile: String, changeLine: String,
        words: @escaping @Sendable (Invocation, InstallCircumstances) -> InstallWords
    ) -> Installer {
        var installer = Installer(
            manifest: "pyproject.toml", lockfiles: [lockfile], tree: ".venv", programs: "",
            changeLine: changeLine, registries: pythonRegistries,
            ownSettings: { _, _ in [] }, words: words)
        installer.isMarkedByTree = false
        installer.settingsRead = ["pyproject.toml"]
        installer.links = LinkedProject(
            rootMark: nil, searches: true,
            leftOut: ".venv .pdm-python __pypackages__ node_modules __pycache__")
        return installer
    }
}

/// The options of a line that another command takes as well, behind those of our switches that it
/// takes.
func optionWords(
    of invocation: Invocation, with switches: [Word], for command: Word,
    in commands: CommandTable, _ table: OptionTable, but leftOut: Word
) -> [Word] {
    guard let letter = commands.match([command])?.letter else { return [] }
    func isTaken(_ word: Word) -> Bool {
        let spelling = word.split(at: UInt8(ascii: "="))?.head ?? word
        return table.exact(spelling, command: letter, release: .init(number: 0)) != nil
    }
    var words = switches.filter(isTaken)
    for option in invocation.options where isTaken(option.spelling) {
        if leftOut.lists(option.name) { continue }
        words.append(option.value.map { Word("\(option.spelling)=\($0)") } ?? option.spelling)
    }
    return words
}

/// The shape of a line that changes a lockfile; nil for any other.
///
/// - Parameters:
///   - changing: commands that change it.
///   - bare: commands that install what it says, or make it where it is missing.
///   - locking: commands that install nothing.
///   - elsewhere: options with which another project, another lockfile or nothing is changed.
///   - unsynced: options with which nothing is installed.
private func shape(
    _ invocation: Invocation, _ line: Line, changing: Word, bare: Word, locking: Word,
    elsewhere: Word, unsynced: Word
) -> InstallShape? {
    guard line.depth == 0, invocation.operation == .install, invocation.command.count == 2,
        !invocation.isInert, invocation.ambiguous.isEmpty, invocation.nested.isEmpty,
        invocation.directories.isEmpty
    else { return nil }
    let command = invocation.command[1]
    guard changing.lists(command) || bare.lists(command) || locking.lists(command),
        !invocation.options.contains(where: { elsewhere.lists($0.name) }),
        // A path means another place in the stage.
        !invocation.packages.contains(where: { $0.source == .path })
    else { return nil }
    var shape = InstallShape(isBare: bare.lists(command))
    shape.installsInPlace = true
    shape.installsTree =
        !locking.lists(command)
        && !invocation.options.contains { unsynced.lists($0.name) }
    return shape
}

// MARK: poetry

/// The shape of a line that changes poetry.lock; nil for any other.
func poetryInstallShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
    shape(
        invocation, line, changing: "add remove update", bare: "install sync", locking: "lock",
        elsewhere: "directory project dry-run", unsynced: "lock")
}

private func poetryInstallWords(
    _ invocation: Invocation, _ circumstances: InstallCircumstances
) -> InstallWords {
    guard case .words(let before, let after) = invocation.composition,
        invocation.command.count == 2
    else { return InstallWords(resolve: [], install: [], build: nil) }
    func options(of command: Word, but leftOut: Word) -> [Word] {
        optionWords(
            of: invocation, with: circumstances.switches, for: command,
            in: PoetryGrammar.commands, PoetryGrammar.options, but: leftOut)
    }
    let command = invocation.command[1]
    if command == "install" || command == "sync" || command == "lock" {
        return InstallWords(
            resolve: ["lock"] + options(of: "lock", but: ""),
            install: [command == "sync" ? "sync" : "install"]
                + options(of: command == "sync" ? "sync" : "install", but: ""),
            build: nil)
    }
    let locking: [Word] = invocation.has("lock") ? [] : ["--lock"]
    // The groups and extras of `add` and `remove` say what is changed. None of the three installs the
    // project itself.
    let chosen: Word = command == "update" ? "" : "group dev extras"
    return InstallWords(
        resolve: before + circumstances.switches + locking + after,
        install: ["install", "--no-root"] + options(of: "install", but: chosen), build: nil)
}

// MARK: pdm

/// The shape of a line that changes pdm.lock; nil for any other.
func pdmInstallShape(_ invocation: Invocation, _ line: Line) -> InstallShape? {
    // `sync` needs a lockfile. Folders that `--editable` names would be others in the stage.
    let shape = shape(
        invocation, line, changing: "add remove update", bare: "install", locking: "lock",
        elsewhere: """
            project global lockfile frozen-lockfile dry-run venv check plugins editable override \
            no-isolation
            """, unsynced: "no-sync")
    for name: Word in ["PDM_PROJECT", "PDM_FROZEN_LOCKFILE", "PDM_NO_LOCK"] {
        if line.environment[name].map({ !$0.isEmpty }) == true { return nil }
    }
    return shape
}

private func pdmInstallWords(
    _ invocation: Invocation, _ circumstances: InstallCircumstances
) -> InstallWords {
    guard case .words(let before, let after) = invocation.composition,
        invocation.command.count == 2
    else { return InstallWords(resolve: [], install: [], build: nil) }
    func options(of command: Word, but leftOut: Word) -> [Word] {
        optionWords(
            of: invocation, with: circumstances.switches, for: command,
            in: PdmGrammar.commands, PdmGrammar.options, but: leftOut)
    }
    let command = invocation.command[1]
    // The project's own hooks are for the project.
    let unhooked: [Word] = ["--skip=:all"]
    // All groups are locked, whichever are installed.
    let resolve: [Word]
    if command == "install" {
        resolve =
            ["lock"] + options(of: "lock", but: "skip group without no-default dev prod")
            + unhooked
    } else {
        let staying: [Word] =
            command == "lock" || invocation.has("no-sync") ? [] : ["--no-sync"]
        resolve = before + circumstances.switches + staying + unhooked + after
    }
    var install = ["sync"] + options(of: "sync", but: command == "add" ? "dev" : "")
    // `remove` takes what nothing needs any more out of the environment.
    if command == "remove" {
        install = ["sync", "--clean"] + options(of: "sync", but: "dev group")
    }
    return InstallWords(resolve: resolve, install: install, build: nil)
}
