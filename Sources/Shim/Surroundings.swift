// What a judged line is surrounded by: the machine for `simulate` and `explain`, and what a test
// case imagines for `policy test`. Both are judged by the same functions, so that a test of a policy
// cannot pass for a reason that a shim does not know.

internal import GateCore
internal import Launch
internal import Platform
internal import PolicyFile
internal import Tools

/// Where a line is judged.
protocol Surroundings {
    /// The working directory; nil where it is not known.
    var cwd: String? { get }
    var environment: Environment { get }
    /// Seconds since 1970-01-01 UTC.
    var now: Int { get }
    /// Where the files are that interpreters load before a tool; nil for the usual place.
    var guards: String? { get }
    /// The path and the version of the real tool, as far as they are known, and how it starts where
    /// it belongs to an adopted environment.
    func tool(
        called name: Word, at program: String, _ profile: ToolProfile, in environment: Environment
    ) -> FoundTool?
    func answer(_ fact: Fact) -> Answer
    /// How many names a file has.
    func links(of path: String) -> UInt64
    /// Where marks of drifted installs are; nil where no install is looked into.
    var state: String? { get }
    /// Where the executable is that asks registries; nil where none is asked.
    var libexec: String? { get }
    /// The policies in force for a line that acts in these directories.
    func policies(actingIn directories: [String]) throws(PolicyUnusable) -> PoliciesInForce
}

/// A tool that a judged line would start.
struct FoundTool {
    let path: String
    let version: String?
    let adopted: AdoptedProgram?
    /// As `Line.python`.
    var python: String?
}

/// The machine, as the caller of this process sees it.
struct RealSurroundings: Surroundings {
    let caller: Caller
    let installation: Installation
    let policies: PolicySource

    var cwd: String? { caller.cwd }
    var environment: Environment { caller.environment }
    var now: Int { caller.now }
    var guards: String? { installation.guards }
    var state: String? { installation.state }
    var libexec: String? { installation.libexec }

    func tool(
        called name: Word, at program: String, _ profile: ToolProfile, in environment: Environment
    ) -> FoundTool? {
        guard
            let tool = try? RealTool.find(
                name, in: installation, environment: environment, cwd: caller.cwd,
                calledAt: AdoptedProgram.isOurs(program) ? program : nil)
        else { return nil }
        return FoundTool(
            path: tool.path, version: ToolVersion.read(tool.path, from: profile.versionSources),
            adopted: tool.adopted, python: tool.python(for: profile))
    }

    func answer(_ fact: Fact) -> Answer { FactSource(installation: installation).answer(fact) }

    func links(of path: String) -> UInt64 { FileStatus(path)?.links ?? 0 }

    func policies(
        actingIn directories: [String]
    ) throws(PolicyUnusable) -> PoliciesInForce { try policies.load(actingIn: directories) }
}

/// What a test case imagines; nothing outside it is looked at.
struct ImaginedSurroundings: Surroundings {
    let cwd: String?
    let environment: Environment
    let now: Int
    let state: String? = nil
    let libexec: String? = nil
    /// The policy under test, and its profiles.
    let policy: TestedPolicy
    let profiles: [String]
    let versions: PolicyCases
    let files: [PolicyCase.File]
    /// Directories that are there without a file in them.
    let directories: [String]

    init(
        _ one: PolicyCase, of cases: PolicyCases, under policy: TestedPolicy, now: Int
    ) {
        cwd = one.cwd
        environment = Environment([.init(name: "HOME", value: Word(one.home))] + one.environment)
        self.now = one.time ?? now
        self.policy = policy
        profiles = one.profiles
        versions = cases
        files = one.files
        directories = [straightened(one.cwd), straightened(one.home)]
    }

    var guards: String? { nil }

    func links(of path: String) -> UInt64 { 1 }

    func tool(
        called name: Word, at program: String, _ profile: ToolProfile, in environment: Environment
    ) -> FoundTool? {
        FoundTool(
            path: "/usr/bin/\(name.text)", version: versions.version(of: profile.name), adopted: nil
        )
    }

    func answer(_ fact: Fact) -> Answer {
        switch fact {
        case .text(let path): return text(straightened(path))
        case .entry(let path): return entry(straightened(path))
        case .names(let path): return names(in: straightened(path)).map { .names($0) } ?? .absent
        case .folders(let path):
            let path = straightened(path)
            return names(in: path).map { names in
                .names(names.filter { self.names(in: (path == "/" ? "" : path) + "/\($0)") != nil })
            } ?? .absent
        case .place(let path): return .place(straightened(path))
        case .tracked: return .absent
        }
    }

    /// The policy under test, those of the workspaces that the case imagines, and its profiles.
    func policies(
        actingIn directories: [String]
    ) throws(PolicyUnusable) -> PoliciesInForce {
        var inForce = PoliciesInForce()
        inForce.layers = [policy.layer]
        var seen: [String] = []
        for start in directories where start.utf8.first == UInt8(ascii: "/") {
            var directory = straightened(start)
            while !seen.contains(where: { Word($0) == Word(directory) }) {
                seen.append(directory)
                let path = (directory == "/" ? "" : directory) + "/.shimgate/policy.json"
                if let file = file(at: path) { inForce.layers.append(try workspace(file)) }
                if directory == "/" { break }
                directory = FilePath.parent(directory)
            }
        }
        inForce.profiles = (policy.layer.policy.bound?.profiles ?? []) + profiles
        for name in inForce.profiles { inForce.layers += try policy.profile(named: name) }
        return inForce
    }

    private func workspace(_ file: PolicyCase.File) throws(PolicyUnusable) -> Layer {
        let policy: Policy
        do {
            policy = try PolicyFile.load(bytes: [UInt8](file.text.utf8), path: file.path)
        } catch {
            throw PolicyUnusable(details: error.text)
        }
        if let bound = policy.bound { try PolicySource.mayBind(.workspace, file.path, bound) }
        return Layer(kind: .workspace, name: file.path, policy: policy)
    }

    private func file(at path: String) -> PolicyCase.File? {
        for file in files where Word(file.path) == Word(path) { return file }
        return nil
    }

    private func text(_ path: String) -> Answer {
        if let file = file(at: path) { return .text(file.text) }
        return names(in: path) == nil ? .absent : .unreadable
    }

    private func entry(_ path: String) -> Answer {
        if let file = file(at: path) {
            return .file(isExecutable: file.text.utf8.starts(with: "#!".utf8))
        }
        return names(in: path) == nil ? .absent : .directory(holdsTools: false)
    }

    /// The names in a directory; nil where there is none. A directory is there because the case
    /// names it or because something is in it.
    private func names(in directory: String) -> [String]? {
        let prefix = Word(directory == "/" ? "/" : directory + "/")
        var isThere = directory == "/"
        var names: [Word] = []
        for path in files.map(\.path) + directories {
            let word = Word(path)
            if word == Word(directory) { isThere = true }
            guard word.hasPrefix(prefix), word.count > prefix.count else { continue }
            let rest = word.dropFirst(prefix.count)
            let name = rest.split(at: UInt8(ascii: "/"))?.head ?? rest
            if !names.contains(name) { names.append(name) }
        }
        return isThere || !names.isEmpty ? names.sorted().map(\.text) : nil
    }
}

extension RealTool {
    /// The python that runs pip, where the tool is pip or that python.
    func python(for profile: ToolProfile) -> String? {
        switch profile.name {
        case "pip": interpretingPython
        case "python": path
        default: nil
        }
    }
}
