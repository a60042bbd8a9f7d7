// pip: optparse twice. The main parser reads options before the command (no interspersed words);
// the first word equal to the command is then taken out of the whole line and the rest goes to the
// command's parser, so that options before the command are parsed a second time.
//
// Source: pip/_internal/cli/main_parser.py (`parse_command`), checked with pip 22.0 to 26.3.

internal import GateCore

extension ToolProfile {
    /// pip 22.0 to 26.3.
    static let pip = ToolProfile(
        name: "pip", ecosystem: .pypi, summary: "Python package installer",
        versions: ["23.2.1", "26.3"], versionSources: [.distInfo(name: "pip")],
        scripts: .switches(
            words: { $0.operation == .install ? ["--only-binary=:all:"] : [] },
            environment: pythonWheelsOnly),
        staysAlone: fetchesWheelsOnly, cooldown: pipCooldown, pins: pythonPins, resolver: .pip,
        secrets: [],
        examples: [
            .init("pip install requests", .install),
            .init("pip install -r requirements.txt", .install),
            .init("pip -- install x", .install),
            .init("pip --prox install download x", .install),
            .init("pip wheel .", .install),
            .init("pip uninstall -y requests", .modify),
            .init("pip cache purge", .modify),
            .init("pip config set global.index-url https://pypi.example/simple", .configure),
            .init("pip config list", .query),
            .init("pip list", .query),
            .init("pip show requests", .query),
            .init("pip freeze", .query),
            .init("pip check", .query),
            .init("pip search x", .query),
            .init("pip index versions requests", .query),
            .init("pip --version", .query),
            .init("pip help install", .query),
        ],
        read: { readPip($0, &$1).settled })

    /// `--uploaded-prior-to` of pip 26.0 and later; an index that does not say when is an error then.
    static let pipCooldown = Cooldown(
        replacing: "uploaded-prior-to", environment: [.init("PIP_UPLOADED_PRIOR_TO", .unset)],
        words: { invocation, date in
            guard invocation.operation == .install else { return [] }
            let release = MinorRelease(invocation.version ?? "")
            return (release?.number ?? 0) >= 2600 ? [Word("--uploaded-prior-to=\(date)")] : nil
        })

    /// Whether pip has nothing to build: it fetches wheels of an index. A wheel can depend on an
    /// address, which no option forbids, and then pip needs programs to fetch and build that.
    @Sendable static func fetchesWheelsOnly(_ invocation: Invocation) -> Bool {
        if invocation.tool == "python" {
            return invocation.nested.count == 1 && invocation.nested[0].tool == "pip"
                && fetchesWheelsOnly(invocation.nested[0])
        }
        return invocation.operation == .install
            && invocation.packages.allSatisfy {
                // A requirement file that is not there yet may be when pip looks.
                $0.source == .registry || $0.source == .requirements
            }
    }

    /// Strangers' packages come as wheels only, in whichever tool does the installing: pip, or uv where
    /// hatch and pipx use it. What pip is told on its line comes on top.
    static let pythonWheelsOnly: [EnvironmentRule] = [
        .init("PIP_ONLY_BINARY", .set(":all:")), .init("PIP_NO_BINARY", .unset),
        .init("UV_NO_BUILD", .set("1")), .init("UV_NO_BINARY", .unset),
        .init("UV_NO_BINARY_PACKAGE", .unset),
    ]

    /// The option that only our file of guards takes away.
    static let pythonGuard: Word = "--shimgate-guard"

    /// Variables that make every Python program load other code than its own. They are dropped
    /// where strangers' code could run; `PYTHONHOME` and `PYTHONSAFEPATH` change what works.
    static let pythonPins: [EnvironmentRule] = [
        .init("PYTHONPATH", .unset), .init("PYTHONSTARTUP", .unset),
        .init("PYTHONINSPECT", .unset), .init("PYTHONBREAKPOINT", .unset),
        .init("SHIMGATE_PIP_BUILD", .unset), .init("SHIMGATE_BUILDS", .unset),
    ]
}

/// Reads a line as pip does.
func readPip(_ line: Line, _ facts: inout Facts) -> Invocation {
    let version = line.version ?? ""
    let release = MinorRelease(version) ?? MinorRelease(number: 2603)
    let sources = PipSources(line, &facts)
    var invocation = Invocation(
        tool: "pip", version: version, command: ["pip"], operation: .query)
    invocation.ambiguous = sources.doubts

    var outer = PipSettings(command: PipGrammar.mainLetter, release: release, line: line)
    guard outer.take(sources.items(section: "global", isIsolated: false)) else {
        return inert(invocation, line)
    }
    let main = Optparse(
        table: PipGrammar.options, command: PipGrammar.mainLetter, release: release,
        isInterspersed: false, accepts: outer.accepts
    ).parse(line.arguments)
    for use in main.uses { outer.take(use) }
    invocation.roles = main.roles
    if main.end != .finished {
        doubtUnknownOption(main.end, version, &invocation)
        return inert(invocation, line)
    }
    // `--python` and `PIP_PYTHON` start another interpreter before anything else is looked at.
    var other: OtherPython?
    if let python = outer.text("python"), !python.isEmpty {
        other = OtherPython(python, line, &facts)
        if other == nil {
            invocation.ambiguous.append("--python runs another interpreter's pip")
        }
    }
    if outer.isOn("version") || main.positionals.isEmpty || main.positionals == ["help"] {
        return inert(invocation, line)
    }
    guard let typed = main.positionals.first,
        let command = PipGrammar.commands.first(where: {
            $0.name == typed && release.number >= $0.since
        })
    else {
        invocation.operation = .unknown
        return invocation
    }
    guard let other else {
        invocation = readPipCommand(
            command.name, command.letter, release, line, sources, invocation, &facts)
        // pip refuses the option behind the command.
        if invocation.has("python") { invocation.resolvesFirst = false }
        return invocation
    }
    var inner = line
    inner.python = other.path
    invocation = readPipCommand(
        command.name, command.letter, release, inner, PipSources(inner, &facts), invocation, &facts)
    invocation.runs(in: other)
    return invocation
}

/// The second parse, by the command's own parser.
private func readPipCommand(
    _ name: Word, _ letter: UInt8, _ release: MinorRelease, _ line: Line, _ sources: PipSources,
    _ outer: Invocation, _ facts: inout Facts
) -> Invocation {
    var invocation = outer
    invocation.command = ["pip", name]
    var arguments = line.arguments
    let place = arguments.firstIndex(of: name) ?? 0
    arguments.remove(at: place)

    // pip looks for the literal word before it parses, so an abbreviation or a value that happens
    // to be `--isolated` makes the two disagree.
    let isIsolated = arguments.contains("--isolated")
    var isolated = PipSettings(command: letter, release: release, line: line)
    let isIsolatedFine = isolated.take(sources.items(section: name, isIsolated: true))
    var settings = PipSettings(command: letter, release: release, line: line)
    if !settings.take(sources.items(section: name, isIsolated: false)) {
        guard isIsolated, isIsolatedFine else { return inert(invocation, line) }
        settings = isolated
    }
    if isIsolated, settings.decisive != isolated.decisive {
        // Shown as in force, because a reader may expect them; pip itself leaves them out.
        invocation.ambiguous.append("--isolated leaves out settings that matter")
    }
    let parsed = Optparse(
        table: PipGrammar.options, command: letter, release: release, isInterspersed: true,
        accepts: settings.accepts
    ).parse(arguments)
    for use in parsed.uses { settings.take(use) }
    invocation.roles = parsed.roles
    invocation.roles.insert(.command, at: place)
    if parsed.end != .finished {
        doubtUnknownOption(parsed.end, line.version ?? "", &invocation)
        return inert(invocation, line)
    }
    let isIsolatedOption = parsed.uses.contains { $0.option.destination == "isolated_mode" }
    if isIsolated != isIsolatedOption {
        invocation.ambiguous.append("--isolated is abbreviated or another option's value")
    }

    invocation.inForce = settings.inForce
    invocation.positionals = parsed.positionals
    for use in parsed.uses {
        let spelling = Word("--" + use.option.name.text)
        invocation.options.append(
            .init(name: use.option.name, spelling: spelling, value: use.value))
    }
    placePipCommand(name, &invocation)
    invocation.registry = (settings.text("index_url") ?? settings.text("index"))?.text
    invocation.otherRegistries =
        (settings.list("extra_index_urls") + settings.list("find_links")).map(\.text)
    invocation.packages = pipPackages(name, invocation.positionals, settings)
    if invocation.operation == .install {
        invocation.followRequirementFiles(line, &facts)
        invocation.followDependencyGroups(settings.list("dependency_groups"), line, &facts)
        invocation.recogniseOwnCode(line, &facts)
        invocation.buildNothing()
    }
    if name == "install" { placePipInstall(settings, line, &invocation, &facts) }
    if name == "download" || name == "wheel" { placePipFiles(settings, line, &invocation, &facts) }
    invocation.resolvesFirst = invocation.pipResolvesFirst
    // `pip help --` is the command, `pip help` the main parser's usage.
    if name != "help" {
        invocation.composition = .words(
            before: Array(invocation.command.dropFirst()), after: optparseWords(invocation))
    }
    return invocation
}

/// What the command does, and the second command word of `config`, `cache` and `index`.
private func placePipCommand(_ name: Word, _ invocation: inout Invocation) {
    let action = invocation.positionals.first
    func takeAction(_ known: [Word]) -> Bool {
        guard let action, known.contains(action) else { return false }
        invocation.command.append(action)
        invocation.positionals.removeFirst()
        return true
    }
    for install: Word in ["install", "download", "wheel", "lock"] where install == name {
        invocation.operation = .install
        return
    }
    if name == "uninstall" {
        invocation.operation = .modify
    } else if name == "config" {
        if takeAction(["list", "get", "debug"]) {
            invocation.operation = .query
        } else {
            _ = takeAction(["set", "unset", "edit"])
            invocation.operation = .configure
        }
    } else if name == "cache" {
        if takeAction(["dir", "info", "list"]) {
            invocation.operation = .query
        } else {
            _ = takeAction(["remove", "purge"])
            invocation.operation = .modify
        }
    } else {
        if name == "index" { _ = takeAction(["versions"]) }
        invocation.operation = .query
    }
}

/// What is asked for by name, by file and by `-e`, in pip's order.
private func pipPackages(
    _ name: Word, _ positionals: [Word], _ settings: PipSettings
) -> [PackageRequest] {
    var takesNames = false
    for command: Word in ["install", "download", "wheel", "lock", "uninstall", "show", "index"]
    where command == name {
        takesNames = true
    }
    guard takesNames else { return [] }
    var packages = positionals.map(pythonRequirement)
    for word in settings.list("editables") {
        packages.append(editableRequirement(word))
    }
    for list: Word in ["requirements", "constraints", "build_constraints"] {
        for word in settings.list(list) {
            packages.append(.init(name: "", source: .requirements, spelling: word))
        }
    }
    // The table in a script's comments may name addresses too.
    for word in settings.list("requirements_from_scripts") {
        packages.append(.init(name: "", source: .ambiguous, spelling: word))
    }
    return packages
}

extension Invocation {
    /// Drops the caller's words on what is built from source, which pip would take after ours: of
    /// strangers' packages only wheels are installed.
    fileprivate mutating func buildNothing() {
        options.removeAll { use in
            guard use.name == "no-binary" || use.name == "only-binary" else { return false }
            ignored.append(Word(use.spelling.text + "=" + (use.value?.text ?? "")).text)
            return true
        }
    }
}

/// Where an installation goes: without a word of the caller's, the interpreter's own environment.
private func placePipInstall(
    _ settings: PipSettings, _ line: Line, _ invocation: inout Invocation,
    _ facts: inout Facts
) {
    invocation.destination = .environment
    var places: [Destination] = []
    var folders: [(path: String, programs: [String])] = []
    if settings.isOn("use_user_site") {
        places.append(.outside)
        let base = line.environment["PYTHONUSERBASE"].flatMap { $0.isEmpty ? nil : $0.text }
        folders.append((base ?? "~/.local", ["/bin"]))
    }
    for name: Word in ["target_dir", "prefix_path", "root_path"] {
        guard let path = settings.text(name), !path.isEmpty else { continue }
        folders.append((path.text, ["", "/bin", "/usr/bin", "/usr/local/bin"]))
    }
    for (path, programs) in folders {
        if isForOneBuild(path, line, &facts) { continue }
        places.append(PathText.destination(of: path, holdsPrograms: programs, line: line, &facts))
        let full = line.cwd.map { PathText.absolute(path, cwd: $0, home: line.home) } ?? path
        invocation.directories.append(full)
    }
    // What `-e` fetches from a repository is kept there.
    if let path = settings.text("src_dir"), !path.isEmpty, !settings.list("editables").isEmpty {
        let place = PathText.destination(of: path.text, line: line, &facts)
        places.append(place == .project ? .environment : place)
    }
    if let worst = places.max(by: { $0.rawValue < $1.rawValue }) {
        invocation.destination = worst
    }
}

/// Whether a prefix is one that pip makes and removes for a single build, wherever temporary files go:
/// `pip-build-env-X/overlay` or `.../normal`, where nothing is yet (pip/_internal/build_env.py).
private func isForOneBuild(_ path: String, _ line: Line, _ facts: inout Facts) -> Bool {
    guard path.utf8.first == UInt8(ascii: "/"), facts.ask(.entry(path)) == .absent,
        case .place(let real) = facts.ask(.place(path))
    else { return false }
    let parts = real.utf8.split(separator: UInt8(ascii: "/")).suffix(2)
        .map { Word(String(Substring($0))) }
    let names: Word = "overlay normal"
    return parts.count == 2 && parts[0].hasPrefix("pip-build-env-") && names.lists(parts[1])
}

/// Where `download` and `wheel` put their files; the working directory where nothing is named.
private func placePipFiles(
    _ settings: PipSettings, _ line: Line, _ invocation: inout Invocation,
    _ facts: inout Facts
) {
    for name: Word in ["download_dir", "wheel_dir"] {
        guard let path = settings.text(name), !path.isEmpty else { continue }
        let place = PathText.destination(of: path.text, line: line, &facts)
        if place.rawValue > invocation.destination.rawValue { invocation.destination = place }
    }
}

/// Options as `--name=value`, then positionals, with `--` before the first one that could be taken
/// for an option. It never stands where it need not: twine's main parser would swallow a `--` right
/// behind its command.
func optparseWords(_ invocation: Invocation) -> [Word] {
    var words: [Word] = []
    for use in invocation.options {
        words.append(use.value.map { Word(use.spelling.text + "=" + $0.text) } ?? use.spelling)
    }
    var isOpen = true
    for word in invocation.positionals {
        if isOpen, word.first == 0x2D, word.count > 1 {
            words.append("--")
            isOpen = false
        }
        words.append(word)
    }
    return words
}

/// A line that prints help, a version or an error and does nothing else.
private func inert(_ invocation: Invocation, _ line: Line) -> Invocation {
    var invocation = invocation
    invocation.operation = .query
    invocation.isInert = invocation.ambiguous.isEmpty
    invocation.options = []
    return invocation
}

/// A release beyond the table may have options that the table calls unknown.
private func doubtUnknownOption(
    _ end: OptparseEnd, _ version: String, _ invocation: inout Invocation
) {
    guard case .failed(let message) = end else { return }
    let release = MinorRelease(version)
    let isKnown = release.map { $0.number >= 2200 && $0.number <= 2603 } ?? false
    if !isKnown { invocation.ambiguous.append(message) }
}
