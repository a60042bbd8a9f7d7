// virtualenv, and what it shares with `python -m venv`: both are argparse, name the directory they
// fill, and are supervised, so that the new environment's own `pip` is shimmed when they are done.
//
// Sources: CPython Lib/venv/__init__.py (`main`) of 3.8 to 3.14; virtualenv 20 and 21 src/virtualenv
// (run/__init__.py, run/plugin, create, seed, activation). Newer releases may know more options: a
// line that does not parse keeps all its plain words as places.

internal import GateCore

extension ToolProfile {
    /// virtualenv.
    static let virtualenv = ToolProfile(
        name: "virtualenv", ecosystem: .pypi, summary: "makes Python virtual environments",
        versions: ["20", "21"], versionSources: [.distInfo(name: "virtualenv")], pins: pythonPins,
        examples: [
            .init("virtualenv v", .modify),
            .init("virtualenv -p python3.11 --prompt x v", .modify),
            .init("virtualenv --download v", .install),
            .init("virtualenv --version", .query),
            .init("virtualenv --help", .query),
        ],
        read: { line, facts in
            var invocation = Invocation(
                tool: "virtualenv", version: line.version, command: ["virtualenv"],
                operation: .modify)
            invocation.roles = readVirtualenv(line.arguments, line, &invocation, &facts)
            return invocation.settled
        })
}

private let virtualenvOptions: [ArgparseOption] = [
    .init("-h --help !help"), .init("--version !version"), .init("--with-traceback"),
    .init("--read-only-app-data"), .init("--app-data="), .init("--reset-app-data"),
    .init("--upgrade-embed-wheels"), .init("-v --verbose"), .init("-q --quiet"),
    .init("--discovery="), .init("-p --python="), .init("--try-first-with="),
    .init("--creator="), .init("--clear"), .init("--no-vcs-ignore"), .init("--venv-redirect"),
    .init("--no-venv-redirect"),
    .init("--system-site-packages"), .init("--symlinks"), .init("--copies --always-copy"),
    .init("--seeder="), .init("--no-seed --without-pip"),
    .init("--no-download --never-download"), .init("--download"), .init("--extra-search-dir*"),
    .init("--pip="), .init("--setuptools="), .init("--wheel="), .init("--no-pip"),
    .init("--no-setuptools"), .init("--no-wheel"), .init("--no-periodic-update"),
    .init("--symlink-app-data"), .init("--prompt="), .init("--activators="),
]

private let venvOptions: [ArgparseOption] = [
    .init("-h --help !help"), .init("--system-site-packages"), .init("--symlinks"),
    .init("--copies"), .init("--clear"), .init("--upgrade"), .init("--without-pip"),
    .init("--prompt="), .init("--upgrade-deps"), .init("--without-scm-ignore-files"),
]

/// Reads the words of `virtualenv` into an invocation that has its command already.
///
/// - Returns: what each word is.
func readVirtualenv(
    _ arguments: [Word], _ line: Line, _ invocation: inout Invocation, _ facts: inout Facts
) -> [Role] {
    let parsed = Argparse(options: virtualenvOptions, positionals: [.one]).parse(arguments)
    place(parsed, arguments, fetchingWith: "download", line, &invocation, &facts)
    if isOn(line.environment["VIRTUALENV_DOWNLOAD"]) { invocation.operation = .install }
    return parsed.roles
}

/// As `readVirtualenv`, for the words of `python -m venv`.
func readVenv(
    _ arguments: [Word], _ line: Line, _ invocation: inout Invocation, _ facts: inout Facts
) -> [Role] {
    let parsed = Argparse(options: venvOptions, positionals: [.atLeastOne]).parse(arguments)
    place(parsed, arguments, fetchingWith: "upgrade-deps", line, &invocation, &facts)
    return parsed.roles
}

private func place(
    _ parsed: ArgparseResult, _ arguments: [Word], fetchingWith option: Word, _ line: Line,
    _ invocation: inout Invocation, _ facts: inout Facts
) {
    var folders = parsed.positionals.first ?? []
    switch parsed.end {
    case .finished: invocation.rest = []
    case .help, .version:
        invocation.isInert = true
        invocation.operation = .query
        return
    case .failed, .unknownCommand:
        // A newer release may read it otherwise: each plain word may be the place.
        folders = arguments.filter { $0.first != UInt8(ascii: "-") && !$0.isEmpty }
    }
    for use in parsed.uses {
        invocation.options.append(
            .init(name: use.option.name, spelling: use.option.spelling, value: use.value))
        // pip and its like come from an index then, and not from the interpreter's own wheels.
        if use.option.name == option { invocation.operation = .install }
    }
    invocation.positionals = folders
    for folder in folders { invocation.makesEnvironment(at: folder, line, &facts) }
}

/// The truth words of virtualenv's `src/virtualenv/config/convert.py`.
private func isOn(_ value: Word?) -> Bool {
    guard let lower = value?.lowercasedASCII else { return false }
    for word: Word in ["1", "yes", "true", "on"] where word == lower { return true }
    return false
}

extension Invocation {
    /// Notes that a virtual environment is made in this directory. Where nothing is yet it is a place
    /// of its own wherever it lies: it changes nothing that is there, and what it will hold is
    /// adopted.
    mutating func makesEnvironment(at folder: Word, _ line: Line, _ facts: inout Facts) {
        if destination == .project { destination = .environment }
        environments.append(PathText.absolute(folder, from: line.cwd))
        let place = PathText.destination(
            of: folder.text, holdsPrograms: ["", "/bin"], line: line, &facts)
        // An environment of the workspace may hold shims of ours.
        let isOwn = place == .project || place == .tools && PathText.isInside(folder.text, line)
        if place == .outside, isAbsent(folder, line, &facts) { return }
        if !isOwn, place.rawValue > destination.rawValue { destination = place }
    }

    private func isAbsent(_ folder: Word, _ line: Line, _ facts: inout Facts) -> Bool {
        guard line.cwd != nil, let path = PathText.absolute(folder, line: line) else {
            return false
        }
        return facts.ask(.entry(path)) == .absent
    }
}
