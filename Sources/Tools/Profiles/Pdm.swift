// pdm: argparse with subparsers; a word that is no command is a script of the project, so
// `pdm foo` is `pdm run foo`.
//
// Source: pdm 2.29 src/pdm/core.py and the help of every command.

internal import GateCore

extension ToolProfile {
    /// pdm.
    static let pdm = ToolProfile(
        name: "pdm", ecosystem: .pypi, summary: "Python project manager",
        versions: ["2.29.3"], versionSources: [.distInfo(name: "pdm")],
        scripts: .guardedPython(
            words: { _ in [] },
            environment: [
                .init("PDM_ONLY_BINARY", .set(":all:")), .init("PDM_NO_BINARY", .unset),
            ]),
        pins: pythonPins, installer: .pdm,
        secrets: [.option("password"), .positional(1, command: "config")],
        examples: [
            .init("pdm publish", .publish),
            .init("pdm publish --no-build", .publish),
            .init("pdm config repository.pypi.password x", .authenticate),
            .init("pdm config repository.corp.url https://h", .configure),
            .init("pdm config pypi.url https://h", .configure),
            .init("pdm config venv.in_project true", .modify),
            .init("pdm config", .query),
            .init("pdm add requests", .install),
            .init("pdm install", .install),
            .init("pdm sync", .install),
            .init("pdm run pytest -x", .run),
            .init("pdm run twine upload dist/x", .publish),
            .init("pdm foo", .run),
            .init("pdm build", .pack),
            .init("pdm list", .query),
            .init("pdm search x", .query),
            .init("pdm --version", .query),
        ],
        read: { readPdm($0, &$1).settled })
}

/// Reads a line as pdm does.
func readPdm(_ line: Line, _ facts: inout Facts) -> Invocation {
    let parsed = SubcommandLine(
        line.arguments, commands: PdmGrammar.commands, options: PdmGrammar.options,
        style: .argparse,
        aliases: [(["plugin"], ["self"]), (["py"], ["python"])],
        stops: { $0.words == ["run"] })
    var invocation = parsed.invocation("pdm", line)
    invocation.ambiguous = parsed.doubts
    if parsed.asksHelp || parsed.before.contains(where: { $0.has("version") }) {
        return parsed.printing(invocation)
    }
    guard let command = parsed.command else {
        return readPdmScript(parsed, line, invocation, &facts)
    }

    if let path = parsed.value("project") {
        let full = line.cwd.map { PathText.absolute(path.text, cwd: $0, home: nil) }
        invocation.directories.append(full ?? path.text)
    } else if let path = line.environment["PDM_PROJECT"], !path.isEmpty, let cwd = line.cwd {
        invocation.directories.append(PathText.absolute(path.text, cwd: cwd, home: nil))
    }
    if command.words == ["run"] {
        let words = Array(line.arguments[parsed.after.stop...])
        return pdmRun(words, parsed, line, invocation, &facts)
    }
    if command.words == ["config"] { placePdmConfig(parsed, &invocation) }
    if command.words == ["init"] || command.words == ["new"] {
        // A template is fetched and its code is run; without one nothing is fetched.
        if invocation.positionals.isEmpty { invocation.operation = .modify }
    }
    if command.words == ["add"] {
        invocation.packages = invocation.positionals.map(pythonRequirement)
        for path in parsed.after.values("editable") {
            invocation.packages.append(.init(name: "", source: .path, spelling: path))
        }
    }
    if command.operation == .install, parsed.has("global") || command.words.count == 2 {
        invocation.destination = .outside
    } else if command.words.count == 1,
        command.words[0].isOne(of: "install sync add remove update")
    {
        let project = parsed.value("project") ?? line.environment["PDM_PROJECT"]
        let folder = project.flatMap { $0.isEmpty ? nil : PathText.absolute($0, from: line.cwd) }
        invocation.makesProjectEnvironment(for: folder ?? line.cwd, &facts)
    }
    invocation.composition = parsed.composition(invocation)
    invocation.install = pdmInstallShape(invocation, line)
    return invocation
}

/// `pdm foo`: the project's script of that name.
private func readPdmScript(
    _ parsed: SubcommandLine, _ line: Line, _ outer: Invocation, _ facts: inout Facts
) -> Invocation {
    var invocation = parsed.withoutCommand(outer, line)
    let stop = parsed.before.last?.stop ?? 0
    guard !invocation.isInert, stop < line.arguments.count else { return invocation }
    if !parsed.words.isEmpty { return invocation }
    invocation.command = ["pdm", "run"]
    invocation.operation = .run
    let words = Array(line.arguments[stop...])
    return pdmRun(words, parsed, line, invocation, &facts)
}

private func pdmRun(
    _ words: [Word], _ parsed: SubcommandLine, _ line: Line, _ outer: Invocation,
    _ facts: inout Facts
) -> Invocation {
    var invocation = outer
    invocation.rest = words
    if words.first?.first == 0x2D {
        invocation.ambiguous.append("a program whose name starts with a dash")
    }
    if let nested = PythonRunner.target(words, in: line, &facts), !isPlainPython(nested) {
        invocation.nested = [nested]
    }
    let before = parsed.before.flatMap(\.words)
    invocation.composition = .words(before: before + ["run"], after: parsed.after.words + words)
    return invocation
}

/// `pdm config [KEY [VALUE]]`.
private func placePdmConfig(_ parsed: SubcommandLine, _ invocation: inout Invocation) {
    let deletes = parsed.has("delete")
    let edits = parsed.has("edit")
    guard let key = parsed.value("delete") ?? invocation.positionals.first else {
        invocation.operation = edits ? .configure : .query
        return
    }
    if !deletes, invocation.positionals.count < 2 {
        invocation.operation = .query
        if isPdmSecret(key) { invocation.operation = .authenticate }
        return
    }
    let harmless: [Word] = [
        "check_update", "theme.", "install.parallel", "python.use_venv", "venv.", "strategy.",
        "project_max_depth", "request_timeout", "cache_dir", "log_dir", "global_project.",
    ]
    invocation.operation = isPdmSecret(key) ? .authenticate : .configure
    for prefix in harmless where key.hasPrefix(prefix) { invocation.operation = .modify }
}

private func isPdmSecret(_ key: Word) -> Bool {
    for ending: Word in [".password", ".username", ".token"] where key.hasSuffix(ending) {
        return true
    }
    return false
}
