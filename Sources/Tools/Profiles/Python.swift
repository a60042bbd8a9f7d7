// The Python interpreter: only `-m` of a managed module and `setup.py` matter. Everything else is
// forwarded at once; such a reading is `isUnmanaged`.
//
// Source: CPython Python/getopt.c and Python/initconfig.c (short options cluster, `-c`, `-m`, a file
// or `-` end them, long names are exact), checked with 3.8 to 3.13.

internal import GateCore

extension ToolProfile {
    /// python, python3 and python3.N.
    static let python = ToolProfile(
        name: "python", ecosystem: .pypi, summary: "Python interpreter, for -m and setup.py",
        versions: ["3"],
        scripts: .switches(words: moduleSwitches, environment: pythonWheelsOnly),
        staysAlone: fetchesWheelsOnly, cooldown: moduleCooldown, pins: pythonPins,
        resolver: .pip,
        examples: [
            .init("python -m pip install x", .install),
            .init("python -Bmpip install x", .install),
            .init("python -I -m twine -- upload d/x.whl", .publish),
            .init("python -m pip list", .query),
            .init("python -m build", .pack),
            .init("python -m venv v", .modify),
            .init("python -m pytest", .run),
            .init("python -c pass", .run),
            .init("python script.py install", .run),
            .init("python --version", .run),
            .init("python setup.py sdist upload", .publish),
            .init("python setup.py register", .publish),
            .init("python setup.py install", .install),
            .init("python setup.py sdist bdist_wheel", .run),
            .init("python setup.py --version", .run),
        ],
        read: { readPython($0, &$1).settled })
}

/// The cooldown of the tool that `-m` starts.
private let moduleCooldown = Cooldown(
    replacing: ToolProfile.pipCooldown.replaced, environment: ToolProfile.pipCooldown.environment,
    words: { invocation, date in
        guard let nested = invocation.nested.first else { return nil }
        return Catalog.profile(calledAs: nested.tool)?.cooldown?.words(nested, date)
    })

/// The switches of the tool that `-m` starts.
@Sendable private func moduleSwitches(_ invocation: Invocation) -> [Word] {
    guard let nested = invocation.nested.first else { return [] }
    switch Catalog.profile(calledAs: nested.tool)?.scripts {
    case .switches(let words, _), .guardedPython(let words, _): return words(nested)
    case nil, .some(.none), .unenforced, .refused, .guarded: return []
    }
}

/// What the interpreter is asked to run.
private enum PythonTarget {
    /// `-m NAME`; arguments start at `after`.
    case module(Word, after: Int)
    /// A file; arguments start at `after`.
    case file(Word, after: Int)
    /// `-c`, standard input, an error, or nothing.
    case other
}

/// Reads a line as the interpreter does.
func readPython(_ line: Line, _ facts: inout Facts) -> Invocation {
    var invocation = readInterpreter(line, &facts)
    invocation.isUnmanaged = invocation.command.count == 1 && invocation.ambiguous.isEmpty
    return invocation
}

private func readInterpreter(_ line: Line, _ facts: inout Facts) -> Invocation {
    var invocation = Invocation(
        tool: "python", version: line.version, command: ["python"], operation: .run)
    invocation.roles = [Role](repeating: .passedOn, count: line.arguments.count)
    var prefix: [Word] = []
    switch pythonTarget(line.arguments, &prefix, &invocation.roles) {
    case .other: return invocation
    case .module(let module, let after):
        let arguments = Array(line.arguments[after...])
        return readModule(module, arguments, after, prefix, line, invocation, &facts)
    case .file(let file, let after):
        let arguments = Array(line.arguments[after...])
        let name = PythonRunner.programName(file)
        if name == "setup.py" { return readSetup(arguments, after, line, invocation, &facts) }
        if name == "__pip-runner__.py" {
            // pip starts itself so, to install what a build needs.
            return readTool(
                "pip", arguments, after, as: [name], prefix + [file], line, invocation, &facts,
                version: pipVersion(besides: file, line, &facts))
        }
        // `python /usr/bin/twine upload`: a managed program's own script.
        guard name != "python", name != "python3", !name.hasSuffix(".py"),
            let nested = PythonRunner.target([name] + arguments, in: line, &facts)
        else { return invocation }
        invocation.command = ["python", name]
        invocation.nested = [nested]
        invocation.rest = arguments
        return invocation
    }
}

/// Finds what is run. `prefix` gets the interpreter's own options.
private func pythonTarget(
    _ arguments: [Word], _ prefix: inout [Word], _ roles: inout [Role]
) -> PythonTarget {
    var index = 0
    while index < arguments.count {
        let word = arguments[index]
        if word == "--" {
            roles[index] = .terminator
            index += 1
            break
        }
        guard word.first == 0x2D, word.count > 1 else { break }
        if word.hasPrefix("--") {
            guard word == "--check-hash-based-pycs" else {
                // `--version` and `--help` print; every other word is a usage error.
                return .other
            }
            prefix += arguments[index..<min(index + 2, arguments.count)]
            index += 2
            continue
        }
        var letter = 1
        var isDone = false
        for byte in word.text.utf8.dropFirst() {
            letter += 1
            if isDone { break }
            if byte == 0x63 { return .other }
            let takesValue = byte == 0x6D || byte == 0x57 || byte == 0x58
            guard takesValue else { continue }
            isDone = true
            let isAttached = letter < word.count
            guard isAttached || index + 1 < arguments.count else { return .other }
            if byte == 0x6D {
                if letter > 2 { prefix.append(word.prefix(letter - 1)) }
                let place = isAttached ? index : index + 1
                roles[index] = .option("m")
                roles[place] = isAttached ? .option("m") : .valueOf("m")
                let module = isAttached ? word.dropFirst(letter) : arguments[place]
                return .module(module, after: place + 1)
            }
            prefix.append(word)
            if !isAttached {
                index += 1
                prefix.append(arguments[index])
            }
        }
        if !isDone { prefix.append(word) }
        index += 1
    }
    guard index < arguments.count, arguments[index] != "-" else { return .other }
    roles[index] = .positional
    return .file(arguments[index], after: index + 1)
}

/// `python -m MODULE`.
private func readModule(
    _ module: Word, _ arguments: [Word], _ after: Int, _ prefix: [Word], _ line: Line,
    _ outer: Invocation, _ facts: inout Facts
) -> Invocation {
    var invocation = outer
    if module == "runpy" || module == "runpy.__main__", let inner = arguments.first {
        return readModule(
            inner, Array(arguments.dropFirst()), after + 1, prefix + ["-m", module], line, outer,
            &facts)
    }
    let name = managedModule(module)
    for tool: Word in ["pip", "twine", "uv", "pipx", "poetry", "pdm", "hatch", "flit"]
    where tool == name {
        return readTool(
            tool, arguments, after, as: ["-m", name], prefix + ["-m", module], line, outer, &facts)
    }
    let operations: [(Word, Operation)] = [
        ("build", .pack), ("hatchling", .pack), ("venv", .modify), ("virtualenv", .modify),
        ("ensurepip", .install), ("easy_install", .execute), ("keyring", .authenticate),
    ]
    for (known, operation) in operations where known == name {
        invocation.command = ["python", "-m", name]
        invocation.operation = operation
        invocation.rest = arguments
        let roles = placeModule(name, arguments, line, &invocation, &facts)
        for (index, role) in roles.enumerated() where after + index < invocation.roles.count {
            invocation.roles[after + index] = role
        }
    }
    return invocation
}

/// `pip` for `pip`, `pip.__main__` and `pip._internal`, which all start pip.
private func managedModule(_ module: Word) -> Word {
    guard let (head, tail) = module.split(at: 0x2E) else { return module }
    for entry: Word in ["__main__", "_internal", "_internal.cli.main", "_internal.__main__", "cli"]
    where entry == tail {
        return head
    }
    return module
}

/// A managed tool that is nothing but its module or script: the words are its own line.
private func readTool(
    _ tool: Word, _ arguments: [Word], _ after: Int, as command: [Word], _ prefix: [Word],
    _ line: Line, _ outer: Invocation, _ facts: inout Facts, version: String? = nil
) -> Invocation {
    var invocation = outer
    let words = [tool] + arguments
    guard let nested = PythonRunner.target(words, in: line, version: version, &facts) else {
        return invocation
    }
    invocation.command = ["python"] + command
    for (index, role) in nested.roles.enumerated() where after + index < invocation.roles.count {
        invocation.roles[after + index] = role
    }
    if case .words(let before, let rest) = nested.composition, nested.ambiguous.isEmpty {
        invocation.composition = .words(before: prefix + before, after: rest)
    }
    invocation.nested = [nested]
    invocation.ignored = nested.ignored
    invocation.resolvesFirst = nested.resolvesFirst
    // The interpreter does nothing beside it: what only reads stays a query.
    if Operation.run.isGraver(than: nested.severity) { invocation.operation = nested.severity }
    invocation.isInert = nested.isInert
    return invocation
}

/// The version of the pip whose script this is: `pip-26.3.dist-info` lies beside its package.
private func pipVersion(besides script: Word, _ line: Line, _ facts: inout Facts) -> String? {
    let path = PathText.absolute(script, from: line.cwd)
    guard let packages = path.parentFolder?.parentFolder,
        case .names(let names) = facts.ask(.names(packages))
    else { return nil }
    for name in names.map({ Word($0) }) {
        guard name.hasPrefix("pip-"), name.hasSuffix(".dist-info") else { continue }
        return name.prefix(name.count - 10).dropFirst(4).text
    }
    return nil
}

/// Where environments and packages of the nested-only modules go.
///
/// - Returns: what the module's words are, where that was looked at.
private func placeModule(
    _ name: Word, _ arguments: [Word], _ line: Line, _ invocation: inout Invocation,
    _ facts: inout Facts
) -> [Role] {
    if name == "venv" { return readVenv(arguments, line, &invocation, &facts) }
    if name == "virtualenv" { return readVirtualenv(arguments, line, &invocation, &facts) }
    guard name == "ensurepip" || name == "easy_install" else { return [] }
    let isOutside = arguments.contains { word in
        word.hasPrefix("--user") || word.hasPrefix("--root") || word.hasPrefix("--prefix")
            || word.hasPrefix("-d") || word.hasPrefix("--install-dir")
    }
    invocation.destination = isOutside ? .outside : .environment
    let plain = arguments.filter { $0.first != 0x2D && !$0.isEmpty }
    if name == "easy_install" { invocation.packages = plain.map(pythonRequirement) }
    return []
}
