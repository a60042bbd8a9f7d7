// uv and uvx: clap, exact words, global options at every level. `uv run` and `uv tool run` pass on
// everything from their first positional.
//
// Sources: astral-sh/uv crates/uv-cli/src/lib.rs; help and error messages of uv 0.13.8.

internal import GateCore

extension ToolProfile {
    /// uv.
    static let uv = ToolProfile(
        name: "uv", ecosystem: .pypi, summary: "Python package and project manager",
        versions: ["0.13.8"], versionSources: [.distInfo(name: "uv")], scripts: uvScripts,
        pins: pythonPins, installer: .uv, resolver: .uv, secrets: uvSecrets,
        examples: [
            .init("uv publish", .publish),
            .init("uv publish --dry-run", .publish),
            .init("uv --directory x publish", .publish),
            .init("uv auth login https://h", .authenticate),
            .init("uv auth token https://h", .authenticate),
            .init("uv add requests", .install),
            .init("uv sync --frozen", .install),
            .init("uv lock", .install),
            .init("uv pip install requests", .install),
            .init("uv pip install -r requirements.txt", .install),
            .init("uv tool install ruff", .install),
            .init("uv tool run ruff check", .execute),
            .init("uv run pytest", .run),
            .init("uv run -- pytest -x", .run),
            .init("uv build", .pack),
            .init("uv venv", .modify),
            .init("uv init", .modify),
            .init("uv pip list", .query),
            .init("uv version", .query),
            .init("uv --version", .query),
            .init("uv --help", .query),
        ],
        read: { readUv($0, &$1).settled })

    /// uvx, which is `uv tool run`.
    static let uvx = ToolProfile(
        name: "uvx", ecosystem: .pypi, summary: "uv tool run: fetches a Python tool and runs it",
        versions: ["0.13.8"], versionSources: [.distInfo(name: "uv")], scripts: uvScripts,
        pins: pythonPins, secrets: uvSecrets,
        examples: [
            .init("uvx ruff check", .execute),
            .init("uvx --from twine twine upload dist/x", .publish),
            .init("uvx twine@6 upload dist/x", .publish),
            .init("uvx --version", .query),
        ],
        read: { line, facts in
            var tool = line
            tool.arguments = ["tool", "run"] + line.arguments
            var invocation = readUv(tool, &facts).settled
            invocation.tool = "uvx"
            invocation.roles.removeFirst(min(2, invocation.roles.count))
            invocation.otherSpellings.append("uvx")
            // The words that are composed start with uv's own command words, which uvx implies.
            if case .words(let before, let after) = invocation.composition, before.count >= 2 {
                invocation.composition = .words(before: Array(before.dropFirst(2)), after: after)
            }
            return invocation
        })
}

/// `--no-build` where the command takes it; the project itself and other workspace members are
/// still built ("first-party packages").
private let uvScripts = ScriptSwitch.switches(
    words: { invocation in
        var words = Array(invocation.command.dropFirst())
        if words.isEmpty, invocation.tool == "uvx" { words = ["tool", "run"] }
        guard let command = UvGrammar.commands.match(words),
            UvGrammar.options.exact(
                "--no-build", command: command.letter, release: .init(number: 0)) != nil
        else { return [] }
        return forbidsBuilds(invocation) ? [] : ["--no-build"]
    },
    environment: ToolProfile.pythonWheelsOnly)

/// Whether the line says itself what `--no-build` says; uv refuses it a second time, and beside every
/// `--only-binary` (uv 0.13.8: "cannot be used multiple times", "cannot be used with").
private func forbidsBuilds(_ invocation: Invocation) -> Bool {
    if invocation.has("no-build") { return true }
    let formats = invocation.options.filter { $0.name == "only-binary" }
    return !formats.isEmpty && formats.allSatisfy { $0.value == ":all:" }
}

private let uvSecrets: [SecretRule] = [
    .option("token"), .option("password"),
]

/// Words that mean the same as others.
private let uvAliases: [(from: [Word], to: [Word])] = [
    (["v"], ["venv"]), (["virtualenv"], ["venv"]), (["pip", "ls"], ["pip", "list"]),
    (["tool", "ls"], ["tool", "list"]), (["python", "ls"], ["python", "list"]),
    (["clean"], ["cache", "clean"]), (["cache", "clear"], ["cache", "clean"]),
    (["tool", "uvx"], ["tool", "run"]),
]

/// Reads a line as uv does.
func readUv(_ line: Line, _ facts: inout Facts) -> Invocation {
    let parsed = SubcommandLine(
        line.arguments, commands: UvGrammar.commands, options: UvGrammar.options, style: .clap,
        aliases: uvAliases,
        stops: { $0.words == ["run"] || $0.words == ["tool", "run"] })
    var invocation = parsed.invocation("uv", line)
    invocation.ambiguous = parsed.doubts
    // clap refuses a command word after `--`.
    if parsed.before.contains(where: { $0.terminator != nil }) {
        invocation.ambiguous.append("-- before the command")
    }
    if parsed.asksHelp || isVersion(parsed) {
        return parsed.printing(invocation)
    }
    guard let command = parsed.command else { return parsed.withoutCommand(invocation, line) }

    placeUvDirectories(parsed, line, &invocation)
    if command.words == ["run"] { return readUvRun(parsed, line, invocation, &facts) }
    if command.words == ["tool", "run"] { return readUvTool(parsed, line, invocation, &facts) }
    placeUv(command, parsed, line, &invocation, &facts)
    invocation.composition = parsed.composition(invocation)
    invocation.install = uvInstallShape(invocation, line)
    invocation.findUvEnvironment(line, &facts)
    invocation.unresolvable = invocation.uvUnresolvable(line, &facts)
    invocation.resolvesFirst = invocation.isUvResolvable && invocation.unresolvable == nil
    return invocation
}

/// The flag `--version`; `uv format --version X` has a value and runs.
private func isVersion(_ parsed: SubcommandLine) -> Bool {
    for use in parsed.uses where use.name == "version" && use.value == nil { return true }
    return false
}

/// `uv run`: a program of the environment, a module, a script.
private func readUvRun(
    _ parsed: SubcommandLine, _ line: Line, _ outer: Invocation, _ facts: inout Facts
) -> Invocation {
    var invocation = outer
    let words = Array(line.arguments[parsed.after.stop...])
    invocation.rest = words
    invocation.packages = parsed.after.values("with").flatMap(commaWords).map(pythonRequirement)
    for path in parsed.after.values("with-editable") {
        invocation.packages.append(.init(name: "", source: .path, spelling: path))
    }
    for path in parsed.after.values("with-requirements") {
        invocation.packages.append(.init(name: "", source: .requirements, spelling: path))
    }
    // What is named here is fetched first, as by an install; where it may come from counts.
    if !invocation.packages.isEmpty { invocation.operation = .install }
    var target = words
    if parsed.after.has("module") {
        target = ["python", "-m"] + words
    } else if parsed.after.has("script") || parsed.after.has("gui-script") {
        target = ["python"] + words
    }
    if let nested = PythonRunner.target(target, in: line, &facts), !isPlainPython(nested) {
        invocation.nested = [nested]
    }
    if let first = words.first, first.hasPrefix("http:") || first.hasPrefix("https:") {
        invocation.operation = .execute
        invocation.packages.append(.init(name: "", source: .url, spelling: first))
    }
    if words.first == "-" {
        invocation.composition = .verbatim
    } else {
        invocation.composition = parsed.composition(invocation, running: words)
    }
    return invocation
}

/// `uv tool run` and `uvx`: fetches the tool's package and runs it.
private func readUvTool(
    _ parsed: SubcommandLine, _ line: Line, _ outer: Invocation, _ facts: inout Facts
) -> Invocation {
    var invocation = outer
    let words = Array(line.arguments[parsed.after.stop...])
    invocation.rest = words
    guard let program = words.first else {
        // Lists the installed tools.
        invocation.operation = .query
        invocation.composition = parsed.composition(invocation)
        return invocation
    }
    let source = parsed.after.value("from") ?? program
    invocation.packages = [toolRequest(source)]
    invocation.packages += parsed.after.values("with").flatMap(commaWords).map(pythonRequirement)
    if let nested = PythonRunner.target(words, in: line, &facts) { invocation.nested = [nested] }
    invocation.composition = parsed.composition(invocation, running: words)
    return invocation
}

/// `ruff@0.5` is uv's own form of `ruff==0.5`.
private func toolRequest(_ word: Word) -> PackageRequest {
    guard let (name, version) = word.split(at: 0x40), !name.isEmpty, !version.contains(0x2F),
        !name.contains(0x20), !name.contains(0x2B)
    else { return pythonRequirement(word) }
    var request = pythonRequirement(name)
    request.range = version
    request.spelling = word
    return request
}

/// What the other commands ask for and where it goes.
private func placeUv(
    _ command: CommandTable.Match, _ parsed: SubcommandLine, _ line: Line,
    _ invocation: inout Invocation, _ facts: inout Facts
) {
    let index = parsed.value("default-index") ?? parsed.value("index-url")
    let variable = line.environment["UV_DEFAULT_INDEX"] ?? line.environment["UV_INDEX_URL"]
    invocation.registry = (index ?? variable).flatMap { $0.isEmpty ? nil : $0.text }
    if command.words == ["publish"] {
        let url = parsed.value("publish-url") ?? line.environment["UV_PUBLISH_URL"]
        invocation.registry = url.flatMap { $0.isEmpty ? nil : $0.text }
        return
    }
    if command.words == ["version"] {
        let changes =
            !invocation.positionals.isEmpty || parsed.has("bump")
        // A new version is locked and synced as well.
        invocation.operation = changes ? .install : .query
        if changes { placeUvProject(parsed, line, &invocation, &facts) }
        return
    }
    if command.words == ["venv"] {
        if parsed.has("seed") { invocation.operation = .install }
        placeUvEnvironment(parsed, line, &invocation, &facts)
        return
    }
    guard command.operation == .install else { return }
    placeUvPackages(command, parsed, &invocation)
    if invocation.operation == .install {
        invocation.followRequirementFiles(line, &facts)
        invocation.recogniseOwnCode(line, &facts)
    }
    if command.words.first == "tool" || command.words.first == "python"
        || command.words == ["self", "update"]
    {
        let home = line.environment["UV_TOOL_BIN_DIR"] ?? line.environment["XDG_BIN_HOME"]
        let folder = home.flatMap { $0.isEmpty ? nil : $0.text } ?? "~/.local/bin"
        let place = PathText.destination(of: folder, line: line, &facts)
        invocation.destination = place == .tools ? .tools : .outside
        return
    }
    guard command.words.first == "pip" else {
        if command.words.count == 1, command.words[0].isOne(of: "sync add remove") {
            placeUvProject(parsed, line, &invocation, &facts)
        }
        // The project's environment, which the variable may put anywhere.
        let place = line.environment["UV_PROJECT_ENVIRONMENT"].flatMap { $0.isEmpty ? nil : $0 }
        let folder = place ?? ".venv"
        if place != nil || PathText.leads(folder.text, outside: line, &facts) {
            let found = PathText.destination(
                of: folder.text, holdsPrograms: ["/bin"], line: line, &facts)
            // One of the workspace may hold shims of ours.
            let isOwn =
                found == .project || found == .tools && PathText.isInside(folder.text, line)
            invocation.destination = isOwn ? .environment : found
        }
        return
    }
    invocation.destination = .environment
    if parsed.has("system") || parsed.has("break-system-packages") || parsed.has("python")
        || isTrue(line.environment["UV_SYSTEM_PYTHON"])
    {
        invocation.destination = .outside
    }
    let named = line.environment["UV_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
    if named != nil, parsed.value("python") == nil { invocation.destination = .outside }
    for option: Word in ["target", "prefix", "python"] {
        let value = parsed.value(option) ?? (option == "python" ? named : nil)
        guard let path = value, option != "python" || path.contains(0x2F) else { continue }
        let place = PathText.destination(
            of: path.text, holdsPrograms: ["", "/bin"], line: line, &facts)
        invocation.destination =
            option == "python" && place == .project ? .environment : place
    }
}

/// `uv venv [PATH]`: without one it is `.venv` of the working directory, or the project's where the
/// project is worked in from its root (crates/uv/src/commands/venv.rs). All of these are named;
/// what is no environment afterwards is not adopted.
private func placeUvEnvironment(
    _ parsed: SubcommandLine, _ line: Line, _ invocation: inout Invocation, _ facts: inout Facts
) {
    var working = line
    if let folder = parsed.value("directory") ?? line.environment["UV_WORKING_DIR"],
        !folder.isEmpty
    {
        working.cwd = PathText.absolute(folder, from: line.cwd)
    }
    func place(_ folder: Word) {
        // Where it is counts from the line's own directory, what it is called from uv's.
        let path = PathText.absolute(folder, from: working.cwd)
        invocation.makesEnvironment(at: Word(path), line, &facts)
    }
    if let path = invocation.positionals.first { return place(path) }
    place(".venv")
    if let project = parsed.value("project") ?? line.environment["UV_PROJECT"], !project.isEmpty {
        place(Word(project.text + "/.venv"))
    }
    if let path = line.environment["UV_PROJECT_ENVIRONMENT"], !path.isEmpty { place(path) }
}

/// The environment that uv makes and fills for the project.
private func placeUvProject(
    _ parsed: SubcommandLine, _ line: Line, _ invocation: inout Invocation, _ facts: inout Facts
) {
    var start = line.cwd
    for (option, variable) in [
        (Word("directory"), Word("UV_WORKING_DIR")), ("project", "UV_PROJECT"),
    ] {
        guard let path = parsed.value(option) ?? line.environment[variable], !path.isEmpty else {
            continue
        }
        start = PathText.absolute(path, from: start)
    }
    let named = line.environment["UV_PROJECT_ENVIRONMENT"].flatMap { $0.isEmpty ? nil : $0 }
    invocation.makesProjectEnvironment(for: start, name: named ?? ".venv", &facts)
}

private func placeUvPackages(
    _ command: CommandTable.Match, _ parsed: SubcommandLine, _ invocation: inout Invocation
) {
    if command.words == ["pip", "install"] || command.words == ["add"]
        || command.words == ["tool", "install"] || command.words == ["tool", "upgrade"]
    {
        let isTool = command.words.first == "tool"
        let names = invocation.positionals
        invocation.packages = names.map { isTool ? toolRequest($0) : pythonRequirement($0) }
    }
    if command.words == ["pip", "sync"] || command.words == ["pip", "compile"] {
        for file in invocation.positionals {
            invocation.packages.append(.init(name: "", source: .requirements, spelling: file))
        }
    }
    for word in parsed.after.values("editable") {
        var package = PackageRequest(name: "", source: .path, spelling: word)
        package.isEditable = true
        invocation.packages.append(package)
    }
    for option: Word in ["requirements", "requirement", "constraints", "constraint", "overrides"] {
        for file in parsed.after.values(option) {
            invocation.packages.append(.init(name: "", source: .requirements, spelling: file))
        }
    }
    invocation.packages += parsed.after.values("with").flatMap(commaWords).map(pythonRequirement)
}

/// `--directory` and `--project`, and the variables behind them.
private func placeUvDirectories(
    _ parsed: SubcommandLine, _ line: Line, _ invocation: inout Invocation
) {
    let pairs: [(Word, Word)] = [("directory", "UV_WORKING_DIR"), ("project", "UV_PROJECT")]
    for (option, variable) in pairs {
        let value = parsed.value(option) ?? line.environment[variable]
        guard let path = value, !path.isEmpty else { continue }
        let full = line.cwd.map { PathText.absolute(path.text, cwd: $0, home: nil) }
        invocation.directories.append(full ?? path.text)
    }
}

private func isTrue(_ value: Word?) -> Bool {
    guard let lower = value?.lowercasedASCII else { return false }
    for word: Word in ["1", "true", "yes", "on", "y", "t"] where word == lower { return true }
    return false
}

/// A list value such as `--with a,b`.
private func commaWords(_ value: Word) -> [Word] {
    value.text.utf8.split(separator: 0x2C).map { Word(String(Substring($0))) }
}

/// Whether a nested reading is the interpreter running code that nobody manages.
func isPlainPython(_ invocation: Invocation) -> Bool {
    invocation.command == ["python"] && invocation.nested.isEmpty
        && invocation.ambiguous.isEmpty
}
