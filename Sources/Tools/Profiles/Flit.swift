// flit: argparse with subparsers; command words are exact, long options may be cut.
//
// Source: flit 4.2 flit/__init__.py.

internal import GateCore

extension ToolProfile {
    /// flit.
    static let flit = ToolProfile(
        name: "flit", ecosystem: .pypi, summary: "builds and publishes simple Python packages",
        versions: ["4.2.0"], versionSources: [.distInfo(name: "flit")],
        scripts: .switches(words: { _ in [] }, environment: pythonWheelsOnly),
        pins: pythonPins,
        examples: [
            .init("flit publish", .publish),
            .init("flit -f x.toml publish --repository corp", .publish),
            .init("flit install", .install),
            .init("flit build", .pack),
            .init("flit init", .modify),
            .init("flit --version", .query),
            .init("flit pub", .unknown),
        ],
        read: { readFlit($0, &$1).settled })
}

private let flitFormats: [Word] = ["--format=", "--use-vcs", "--no-use-vcs", "-h --help !help"]

private let flitCommands: [(name: Word, operation: Operation, options: [Word])] = [
    ("build", .pack, flitFormats),
    ("publish", .publish, flitFormats + ["--pypirc=", "--repository="]),
    (
        "install", .install,
        [
            "-s --symlink", "--pth-file", "--user", "--env", "--python=", "--deps=",
            "--only-deps", "--extras=", "-h --help !help",
        ]
    ),
    ("init", .modify, ["-h --help !help"]),
]

/// Reads a line as flit does.
func readFlit(_ line: Line, _ facts: inout Facts) -> Invocation {
    var invocation = Invocation(
        tool: "flit", version: line.version, command: ["flit"], operation: .query)
    let main = Argparse(
        options: [
            .init("-h --help !help"), .init("-f --ini-file="), .init("-V --version !version"),
            .init("--repository="), .init("--debug"), .init("--logo"),
        ],
        positionals: [.parser(flitCommands.map(\.name))]
    ).parse(line.arguments)
    invocation.roles = main.roles
    if case .unknownCommand = main.end {
        invocation.operation = .unknown
        return invocation
    }
    guard main.end == .finished, var words = main.positionals.first else {
        invocation.isInert = true
        return invocation
    }
    if words.first == "--" {
        // 3.12.5 and 3.13 drop this word, older ones refuse it.
        words.removeFirst()
        invocation.ambiguous.append("-- before the command")
    }
    guard let command = flitCommands.first(where: { $0.name == words.first }) else {
        invocation.operation = .unknown
        return invocation
    }
    invocation.command = ["flit", command.name]
    if main.lastStart < invocation.roles.count { invocation.roles[main.lastStart] = .command }
    let parsed = Argparse(options: command.options.map { .init($0) }, positionals: [])
        .parse(Array(words.dropFirst()))
    guard parsed.end == .finished else {
        invocation.isInert = invocation.ambiguous.isEmpty
        return invocation
    }
    invocation.operation = command.operation
    var before: [Word] = []
    for use in main.uses {
        let option = OptionUse(
            name: use.option.name, spelling: use.option.spelling, value: use.value)
        invocation.options.append(option)
        before.append(
            option.value.map { Word(option.spelling.text + "=" + $0.text) } ?? option.spelling)
    }
    var after = Invocation(tool: "flit", command: [], operation: .query)
    for use in parsed.uses {
        after.options.append(
            .init(name: use.option.name, spelling: use.option.spelling, value: use.value))
    }
    invocation.options += after.options
    if command.name == "install" {
        let isOutside = parsed.uses.contains {
            $0.option.name == "user" || $0.option.name == "python"
        }
        invocation.destination = isOutside ? .outside : .environment
    }
    invocation.composition = .words(
        before: before + [command.name], after: optparseWords(after))
    return invocation
}
