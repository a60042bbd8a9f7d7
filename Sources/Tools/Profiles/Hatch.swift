// hatch: click, exact words. `hatch run` takes everything after it: selectors (`+py=3.12`), then
// `ENV:COMMAND` or a command, then arguments.
//
// Sources: hatch 1.18 src/hatch/cli/run and src/hatch/cli/env/run, the help of every command.

internal import GateCore

extension ToolProfile {
    /// hatch.
    static let hatch = ToolProfile(
        name: "hatch", ecosystem: .pypi, summary: "Python project manager",
        versions: ["1.18.2"], versionSources: [.distInfo(name: "hatch")],
        scripts: .switches(words: { _ in [] }, environment: pythonWheelsOnly),
        pins: pythonPins,
        secrets: [.option("auth"), .positional(1, command: "config set")],
        examples: [
            .init("hatch publish", .publish),
            .init("hatch -e x publish", .publish),
            .init("hatch run pytest", .run),
            .init("hatch run test:pytest -x", .run),
            .init("hatch run release:twine upload dist/x", .publish),
            .init("hatch env run -- twine upload dist/x", .publish),
            .init("hatch build", .pack),
            .init("hatch test", .run),
            .init("hatch env create", .install),
            .init("hatch config set publish.index.auth x", .authenticate),
            .init("hatch config show", .query),
            .init("hatch dep show table", .query),
            .init("hatch version", .query),
            .init("hatch new x", .modify),
            .init("hatch --version", .query),
        ],
        read: { readHatch($0, &$1).settled })
}

/// Reads a line as hatch does.
func readHatch(_ line: Line, _ facts: inout Facts) -> Invocation {
    let parsed = SubcommandLine(
        line.arguments, commands: HatchGrammar.commands, options: HatchGrammar.options,
        style: .click, stops: { $0.words == ["run"] || $0.words == ["env", "run"] })
    var invocation = parsed.invocation("hatch", line)
    invocation.ambiguous = parsed.doubts
    if parsed.asksHelp || parsed.before.contains(where: { $0.has("version") }) {
        return parsed.printing(invocation)
    }
    guard let command = parsed.command else { return parsed.withoutCommand(invocation, line) }

    if command.words == ["run"] || command.words == ["env", "run"] {
        let start = command.words == ["run"] ? (parsed.places.last ?? 0) + 1 : parsed.after.stop
        invocation.ambiguous = parsed.before.flatMap(\.unknown).map { "unknown option \($0)" }
        invocation.rest = Array(line.arguments[start...])
        invocation.positionals = []
        invocation.options = parsed.before.flatMap(\.options)
        if let nested = hatchTarget(invocation.rest, line, &facts) {
            invocation.nested = [nested]
        }
        // Everything after `run` is the command's, so the caller's own words are kept.
        invocation.composition = .verbatim
        return invocation
    }
    let key = invocation.positionals.first
    if command.words == ["config", "set"], let key, key.hasPrefix("publish.") {
        invocation.operation = .authenticate
    }
    if command.words == ["version"], key == nil { invocation.operation = .query }
    if command.words == ["python", "install"] || command.words == ["self", "update"] {
        invocation.destination = .outside
    } else if command.operation == .install {
        invocation.destination = .environment
    }
    let before = parsed.before.flatMap(\.words)
    let after = parsed.after.words
    let hasDash = invocation.positionals.contains { $0.first == 0x2D }
    invocation.composition = .words(
        before: before + command.words,
        after: after + (hasDash ? ["--"] : []) + invocation.positionals)
    return invocation
}

/// The command of `hatch run`, behind selectors and an environment's name.
private func hatchTarget(_ words: [Word], _ line: Line, _ facts: inout Facts) -> Invocation? {
    var words = words[...]
    while let first = words.first {
        let isSelector =
            first == "--" || first.first == 0x2B
            || (first.first == 0x2D && first.contains(0x3D) && !first.hasPrefix("--"))
        guard isSelector else { break }
        words = words.dropFirst()
    }
    guard var program = words.first else { return nil }
    if let (_, command) = program.split(at: 0x3A) { program = command }
    let plain = PythonRunner.plainWords(program) ?? [program]
    let target = plain + words.dropFirst()
    guard let nested = PythonRunner.target(target, in: line, &facts), !isPlainPython(nested) else {
        return nil
    }
    return nested
}
