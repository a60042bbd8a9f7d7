// pipx: argparse with subparsers. `pipx run` fetches a program and runs it; the other commands keep
// programs in private environments and put them into the user's bin directory.
//
// Source: pipx 1.18 src/pipx/main.py and its help.

internal import GateCore

extension ToolProfile {
    /// pipx.
    static let pipx = ToolProfile(
        name: "pipx", ecosystem: .pypi, summary: "installs and runs Python programs",
        versions: ["1.18.4"], versionSources: [.distInfo(name: "pipx")],
        scripts: .switches(words: { _ in [] }, environment: pythonWheelsOnly),
        pins: pythonPins,
        examples: [
            .init("pipx run twine upload dist/x", .publish),
            .init("pipx run cowsay hi", .execute),
            .init("pipx install ruff", .install),
            .init("pipx upgrade ruff", .install),
            .init("pipx runpip ruff install x", .install),
            .init("pipx list", .query),
            .init("pipx uninstall ruff", .modify),
            .init("pipx ensurepath", .configure),
            .init("pipx --version", .query),
        ],
        read: { readPipx($0, &$1).settled })
}

/// Reads a line as pipx does.
func readPipx(_ line: Line, _ facts: inout Facts) -> Invocation {
    let parsed = SubcommandLine(
        line.arguments, commands: PipxGrammar.commands, options: PipxGrammar.options,
        style: .argparse,
        stops: { $0.words == ["run"] || $0.words == ["runpip"] || $0.words == ["exec"] })
    var invocation = parsed.invocation("pipx", line)
    invocation.ambiguous = parsed.doubts
    if let words = parsed.value("pip-args"), YarnWords.mentions(words, "binary") {
        invocation.ambiguous.append("--pip-args changes what is built from source")
    }
    if parsed.asksHelp || parsed.before.contains(where: { $0.has("version") }) {
        return parsed.printing(invocation)
    }
    guard let command = parsed.command else { return parsed.withoutCommand(invocation, line) }

    var words = Array(line.arguments[parsed.after.stop...])
    if let index = parsed.value("index-url") { invocation.registry = index.text }
    if command.words == ["run"] {
        invocation.rest = words
        if let program = words.first {
            invocation.packages = [pythonRequirement(parsed.value("spec") ?? program)]
            invocation.packages += parsed.after.values("with").map(pythonRequirement)
        }
    } else if command.words == ["runpip"] {
        invocation.rest = words
        words = words.isEmpty ? [] : ["pip"] + words.dropFirst()
        invocation.destination = .outside
    } else if command.words == ["exec"] {
        invocation.rest = words
    } else {
        words = []
        if command.operation == .install {
            invocation.packages = invocation.positionals.map(pythonRequirement)
            let home = line.environment["PIPX_BIN_DIR"].flatMap { $0.isEmpty ? nil : $0.text }
            let place = PathText.destination(of: home ?? "~/.local/bin", line: line, &facts)
            invocation.destination = place == .tools ? .tools : .outside
        }
        invocation.composition = parsed.composition(invocation)
        return invocation
    }
    if invocation.rest.first?.first == 0x2D {
        invocation.ambiguous.append("a program whose name starts with a dash")
    }
    if let nested = PythonRunner.target(words, in: line, &facts), !isPlainPython(nested) {
        invocation.nested = [nested]
    }
    // argparse would keep a `--` of ours among the program's words.
    let after = parsed.before.flatMap(\.words) + parsed.after.words
    invocation.composition = .words(before: command.words, after: after + invocation.rest)
    return invocation
}
