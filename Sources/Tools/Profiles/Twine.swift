// twine: argparse twice. The main parser takes the command word and everything after it; the
// command's parser reads the rest. Commands come from installed packages (entry points), so a
// word that is not one of twine's own may be a plugin's code.
//
// Source: twine/cli.py, twine/settings.py, twine/commands/*.py of 6.0 to 7.0.

internal import GateCore

extension ToolProfile {
    /// twine.
    static let twine = ToolProfile(
        name: "twine", ecosystem: .pypi, summary: "uploads Python distributions",
        versions: ["7.0.0"], versionSources: [.distInfo(name: "twine")], pins: pythonPins,
        secrets: [.option("password")],
        examples: [
            .init("twine upload dist/*", .publish),
            .init("twine --no-c upload dist/*", .publish),
            .init("twine -- upload dist/*", .publish),
            .init("twine register dist/x.whl", .publish),
            .init("twine check dist/*", .query),
            .init("twine --version", .query),
            .init("twine --help", .query),
        ],
        read: { readTwine($0, &$1).settled })
}

/// Options of `upload` and `register`.
private let twineOptions: [ArgparseOption] = [
    .init("-h --help !help"), .init("-r --repository="), .init("--repository-url="),
    .init("--attestations"), .init("-s --sign"), .init("--sign-with="), .init("-i --identity="),
    .init("-u --username="), .init("-p --password="), .init("--non-interactive"),
    .init("-c --comment="), .init("--config-file="), .init("--skip-existing"), .init("--cert="),
    .init("--client-cert="), .init("--verbose"), .init("--disable-progress-bar"),
]

/// Reads a line as twine does.
func readTwine(_ line: Line, _ facts: inout Facts) -> Invocation {
    var invocation = Invocation(
        tool: "twine", version: line.version, command: ["twine"], operation: .query)
    let main = Argparse(
        options: [.init("-h --help !help"), .init("--version !version"), .init("--no-color")],
        positionals: [.choice(["check", "register", "upload"]), .remainder]
    ).parse(line.arguments)
    invocation.roles = main.roles
    switch main.end {
    case .finished: break
    case .help, .version, .failed:
        invocation.isInert = true
        return invocation
    case .unknownCommand:
        invocation.operation = .unknown
        return invocation
    }
    guard let name = main.positionals.first?.first, let rest = main.positionals.last else {
        invocation.isInert = true
        return invocation
    }
    invocation.command = ["twine", name]
    if line.arguments.filter({ $0 == "--" }).count > 1 {
        // CPython 3.12.5 and 3.13 drop other ones of several `--` than 3.11 does.
        invocation.ambiguous.append("more than one --")
    }

    let isCheck = name == "check"
    let parsed = Argparse(
        options: isCheck ? [.init("-h --help !help"), .init("--strict")] : twineOptions,
        positionals: name == "register" ? [.one] : [.atLeastOne]
    ).parse(rest)
    for (index, role) in parsed.roles.enumerated() where main.lastStart + index < main.roles.count {
        invocation.roles[main.lastStart + index] = role
    }
    for (index, role) in main.roles.enumerated() where index < main.lastStart {
        if case .positional = role { invocation.roles[index] = .command }
    }
    guard parsed.end == .finished else {
        invocation.isInert = invocation.ambiguous.isEmpty
        return invocation
    }
    invocation.operation = isCheck ? .query : .publish
    for use in main.uses + parsed.uses {
        invocation.options.append(
            .init(name: use.option.name, spelling: use.option.spelling, value: use.value))
    }
    invocation.positionals = parsed.positionals.first ?? []
    if !isCheck { placeTwine(line, parsed, &invocation) }
    let before = main.uses.map(\.option.spelling) + [name]
    var after = invocation
    after.options.removeFirst(main.uses.count)
    invocation.composition = .words(before: before, after: optparseWords(after))
    return invocation
}

/// Settings of the environment and the line, under twine's own names.
private func placeTwine(
    _ line: Line, _ parsed: ArgparseResult, _ invocation: inout Invocation
) {
    var settings: [Setting] = []
    func set(_ name: Word, _ value: Setting.Value) {
        settings.removeAll { $0.name == name }
        settings.append(Setting(name, value))
    }
    let variables: [(Word, Word)] = [
        ("TWINE_REPOSITORY", "repository"), ("TWINE_REPOSITORY_URL", "repository_url"),
        ("TWINE_USERNAME", "username"), ("TWINE_PASSWORD", "password"), ("TWINE_CERT", "cert"),
    ]
    for (variable, name) in variables {
        if let value = line.environment[variable] { set(name, .text(value)) }
    }
    if let value = line.environment["TWINE_NON_INTERACTIVE"], isOn(value) {
        set("non_interactive", .flag(true))
    }
    for use in parsed.uses {
        let name = underscored(use.option.name)
        if use.value == "--" {
            // CPython 3.11 strips it even here and leaves an empty list, newer ones keep it.
            set(name, .list([]))
            invocation.ambiguous.append("an option's value is --")
        } else {
            set(name, use.value.map { .text($0) } ?? .flag(true))
        }
    }
    let usual: [Setting] = [
        .init("repository", .text("pypi")), .init("sign_with", .text("gpg")),
    ]
    invocation.inForce = settings.filter { setting in
        !usual.contains(setting) && setting.name != "config_file"
    }
    for setting in settings where setting.name == "repository_url" {
        if case .text(let url) = setting.value, !url.isEmpty { invocation.registry = url.text }
    }
    for file in invocation.positionals {
        invocation.packages.append(.init(name: "", source: .path, spelling: file))
    }
}

/// twine's `EnvironmentFlag.bool_from_env`.
private func isOn(_ value: Word) -> Bool {
    let lower = value.lowercasedASCII
    for word: Word in ["", "0", "false", "no"] where word == lower { return false }
    return true
}

/// The variable that argparse names after an option.
func underscored(_ name: Word) -> Word {
    var bytes: [UInt8] = []
    for byte in name.text.utf8 { bytes.append(byte == 0x2D ? 0x5F : byte) }
    return Word(String(decoding: bytes, as: UTF8.self))
}
