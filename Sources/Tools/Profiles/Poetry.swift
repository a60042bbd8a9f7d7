// poetry: cleo. The command is the first word that is no option (and no value of `-C` or `-P`);
// options may stand before it, even ones that only the command knows. Plugins add commands.
//
// Sources: poetry 2.5 src/poetry/console/application.py, cleo's help of every command.

internal import GateCore

extension ToolProfile {
    /// poetry.
    static let poetry = ToolProfile(
        name: "poetry", ecosystem: .pypi, summary: "Python dependency and build manager",
        versions: ["2.5.1"], versionSources: [.distInfo(name: "poetry")],
        scripts: .guardedPython(
            words: { _ in ["--no-plugins"] },
            environment: [
                .init("POETRY_INSTALLER_ONLY_BINARY", .set(":all:")),
                // What settings name one by one would count for more.
                .init("POETRY_INSTALLER_NO_BINARY", .set(":none:")),
            ]),
        pins: pythonPins, installer: .poetry,
        secrets: [
            .option("password"), .positional(1, command: "config"),
            .positional(2, command: "config"),
        ],
        examples: [
            .init("poetry publish", .publish),
            .init("poetry publish --dry-run", .publish),
            .init("poetry --build publish", .publish),
            .init("poetry --foo publish", .publish),
            .init("poetry config pypi-token.pypi x", .authenticate),
            .init("poetry config http-basic.corp bob x", .authenticate),
            .init("poetry config repositories.corp https://h", .configure),
            .init("poetry source add corp https://h", .configure),
            .init("poetry config virtualenvs.in-project true", .modify),
            .init("poetry config --list", .query),
            .init("poetry install", .install),
            .init("poetry add requests", .install),
            .init("poetry run pytest -x", .run),
            .init("poetry run twine upload dist/x", .publish),
            .init("poetry build", .pack),
            .init("poetry show", .query),
            .init("poetry search x", .query),
            .init("poetry init -n", .modify),
            .init("poetry version", .query),
            .init("poetry --version", .query),
        ],
        read: { readPoetry($0, &$1).settled })
}

/// Reads a line as poetry does.
func readPoetry(_ line: Line, _ facts: inout Facts) -> Invocation {
    let parsed = SubcommandLine(
        line.arguments, commands: PoetryGrammar.commands, options: PoetryGrammar.options,
        style: .cleo, stops: { $0.words == ["run"] })
    var invocation = parsed.invocation("poetry", line)
    for name in parsed.before.flatMap(\.unknown) + parsed.after.unknown {
        let letter = parsed.command?.letter ?? 0x30
        let known = PoetryGrammar.options.exact(
            name, command: letter, release: .init(number: 0))
        if known == nil { invocation.ambiguous.append("unknown option \(name)") }
    }
    if parsed.after.fails || parsed.before.contains(where: \.fails) {
        invocation.ambiguous.append("an option lacks its value or has one too many")
    }
    if parsed.asksHelp || parsed.has("version") {
        return parsed.printing(invocation)
    }
    guard let command = parsed.command else { return parsed.withoutCommand(invocation, line) }

    for option: Word in ["directory", "project"] {
        guard let path = parsed.value(option) else { continue }
        let full = line.cwd.map { PathText.absolute(path.text, cwd: $0, home: nil) }
        invocation.directories.append(full ?? path.text)
    }
    if command.words == ["run"] {
        let words = Array(line.arguments[parsed.after.stop...])
        invocation.rest = words
        if words.first?.first == 0x2D {
            invocation.ambiguous.append("a program whose name starts with a dash")
        }
        if let nested = PythonRunner.target(words, in: line, &facts), !isPlainPython(nested) {
            invocation.nested = [nested]
        }
        let options = parsed.before.flatMap(\.words) + parsed.after.words
        invocation.composition = .words(before: [], after: options + ["run"] + words)
        return invocation
    }
    if command.words == ["config"] { placePoetryConfig(parsed, &invocation) }
    if command.words == ["version"], invocation.positionals.isEmpty {
        invocation.operation = .query
    }
    if command.words == ["add"] || command.words == ["self", "add"] {
        invocation.packages = invocation.positionals.map(poetryRequest)
    }
    if command.words.first == "self" || command.words.first == "python" {
        if command.operation == .install { invocation.destination = .outside }
    }
    if command.words.count == 1, command.words[0].isOne(of: "install sync add remove update") {
        let folder = parsed.value("directory").map { PathText.absolute($0, from: line.cwd) }
        let project = parsed.value("project").map {
            PathText.absolute($0, from: folder ?? line.cwd)
        }
        invocation.makesProjectEnvironment(for: project ?? folder ?? line.cwd, &facts)
    }
    invocation.composition = parsed.composition(invocation)
    invocation.install = poetryInstallShape(invocation, line)
    return invocation
}

/// `poetry config KEY [VALUE...]`.
private func placePoetryConfig(_ parsed: SubcommandLine, _ invocation: inout Invocation) {
    guard let key = invocation.positionals.first else {
        invocation.operation = parsed.has("migrate") ? .modify : .query
        return
    }
    let isRead = invocation.positionals.count == 1 && !parsed.has("unset")
    for secret: Word in ["pypi-token.", "http-basic."] where key.hasPrefix(secret) {
        invocation.operation = .authenticate
        return
    }
    if isRead {
        invocation.operation = .query
        return
    }
    let harmless: [Word] = [
        "virtualenvs.", "cache-dir", "installer.parallel", "installer.max-workers",
        "requests.max-retries", "solver.lazy-wheel", "system-git-client",
    ]
    invocation.operation = .configure
    for prefix in harmless where key.hasPrefix(prefix) { invocation.operation = .modify }
}

/// poetry writes versions after `@` and takes paths and addresses as pip does.
private func poetryRequest(_ word: Word) -> PackageRequest {
    guard let (name, version) = word.split(at: 0x40), !name.contains(0x20), !name.contains(0x2B),
        !name.isEmpty, !name.contains(0x3A), !name.contains(0x2F)
    else { return pythonRequirement(word) }
    var request = pythonRequirement(name)
    request.range = version
    request.spelling = word
    return request
}
