// The install scripts of packages that policy lists: each package in a phase of its own, confined, after
// everything is in its place. What a script may write is the package's own directory; it has no
// network, no home and no token (docs/sandbox.md).

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import Sandbox
internal import StrictJSON
internal import Tools

/// A package whose scripts may run.
struct InstallBuild {
    /// `name@version`.
    let title: String
    /// Where it is installed, relative to the project.
    var directories: [String]
}

extension InstallRun {
    /// Packages of the tree in the stage that have install scripts and that policy lists.
    ///
    /// A name counts only for what comes from a registry: an archive at some address can bear any.
    func findBuilds(in stage: InstallStage, _ judged: Lockfile?) -> [InstallBuild] {
        let installer = preparation.installer
        guard !preparation.buildable.isEmpty, let judged,
            let bytes = stage.bytes(of: "\(installer.tree)/\(installer.inventory)"),
            let inventory = try? JSON.parse(bytes), let places = inventory["packages"]?.object
        else { return [] }
        var builds: [InstallBuild] = []
        for place in places {
            guard place.value["hasInstallScript"]?.bool == true, place.value["link"] == nil,
                let version = place.value["version"]?.string,
                let folder = place.name.lastFolder(in: installer.tree)
            else { continue }
            let path = place.name
            let name = place.value["name"]?.string ?? folder
            guard preparation.buildable.contains(where: { Word($0) == Word(name) }) else {
                continue
            }
            let title = "\(name)@\(version)"
            let twins = judged.packages.filter { Word($0.title) == Word(title) }
            guard !twins.isEmpty, twins.allSatisfy({ $0.source == .registry }) else { continue }
            if let known = builds.firstIndex(where: { Word($0.title) == Word(title) }) {
                builds[known].directories.append(path)
            } else {
                builds.append(.init(title: title, directories: [path]))
            }
        }
        return builds
    }

    /// How the install ends where scripts are to run and nothing can confine them; nothing has been
    /// moved in then.
    func refuseUnconfined(
        _ builds: [InstallBuild], of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        guard let first = builds.first else { return nil }
        do throws(LaunchFailure) {
            let probe = phase(["/bin/true"], in: confinement(writing: []), .build)
            var surroundings = PhaseSurroundings()
            surroundings.directory = preparation.files.root
            let ended = try Launcher.run(
                probe, of: recorded, hops: hops, holding: signals, in: surroundings)
            if ended.isSuccess { return nil }
            return .refused(
                "the policy lets the install scripts of \(first.title) run confined only, and this "
                    + "machine cannot confine them")
        } catch {
            return .notStarted(error)
        }
    }

    /// Runs the scripts of one package after the other.
    ///
    /// - Returns: how the install ends where one of them fails.
    mutating func build(
        _ builds: [InstallBuild], by phase: Phase, of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        var ran: [String] = []
        var enforcements: [String] = []
        for build in builds {
            if let number = signals.pendingEnd() { return .signal(number) }
            let confinement = confinement(writing: build.directories)
            let command =
                [Word(phase.program)] + phase.arguments
                + build.directories.map { Word("./\($0)") }
            let ended: Supervised
            let enforcement: String
            do throws(LaunchFailure) {
                (ended, enforcement) = try start(
                    self.phase(command, in: confinement, .build), of: recorded, signals)
            } catch {
                return .notStarted(error)
            }
            var noted = OutcomeRecord.Phase(
                phase.purpose.rawValue, ending: ended.ending, milliseconds: ended.milliseconds)
            noted.package = build.title
            noted.sandbox = enforcement
            outcome.phases.append(noted)
            outcome.suppressed.removeAll { Word($0) == Word(build.title) }
            if !ended.isSuccess { return .scriptFailed(build.title, ended) }
            ran.append(build.title)
            if !enforcements.contains(enforcement) { enforcements.append(enforcement) }
        }
        if !ran.isEmpty {
            _ = say(.scriptsRan(ran, by: enforcements.joined(separator: ", ")))
        }
        return nil
    }

    private func start(
        _ phase: Phase, of recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals
    ) throws(LaunchFailure) -> (ended: Supervised, enforcement: String) {
        var surroundings = PhaseSurroundings()
        surroundings.directory = preparation.files.root
        // stdout belongs to the answer of the install itself.
        surroundings.output = 2
        if let headers = nodeHeaders {
            surroundings.variables = [.init(name: nodeDirectory, value: Word(headers))]
        }
        guard let told = try? Descriptor.unnamed() else { throw LaunchFailure(code: 12) }
        surroundings.report = told.number
        let ended = try Launcher.run(
            phase, of: recorded, hops: hops, holding: signals, in: surroundings)
        let word = (try? told.bytes(count: 32, at: 0)) ?? []
        return (ended, String(decoding: word.prefix { $0 > 0x20 }, as: UTF8.self))
    }

    /// Our own binary, which confines itself and becomes the command.
    private func phase(
        _ command: [Word], in confinement: Confinement, _ purpose: Phase.Purpose
    ) -> Phase {
        Phase(
            purpose, program: installation.binary, calledAs: "shimgate",
            arguments: confinement.words(before: command), in: .project)
    }

    private func confinement(writing directories: [String]) -> Confinement {
        let root = preparation.files.root
        var confinement = Confinement()
        confinement.readable = [root, preparation.plan.program]
        // The tool's own package lies around the file that its name leads to.
        if let real = FilePath.resolved(preparation.plan.program) {
            let package = FilePath.parent(FilePath.parent(real))
            if FileStatus(package + "/package.json") != nil { confinement.readable.append(package) }
        }
        if let node {
            confinement.readable.append(node)
            if let headers = nodeHeaders { confinement.readable.append(headers + "/include") }
        }
        let home = ProcessInput.variable("HOME").flatMap { FilePath.resolved($0) }
        if let home, Word(root) == Word(home) {
            // A project that is the home directory itself: what a build needs of it and no more.
            confinement.readable[0] = "\(root)/\(preparation.installer.tree)"
            confinement.readable.append("\(root)/\(preparation.installer.manifest)")
        }
        confinement.writable = directories.map { "\(root)/\($0)" }
        confinement.hidden = [installation.shims, root + "/.git", root + "/.shimgate"]
        confinement.keptVariables = [nodeDirectory]
        confinement.enforcements = enforcements
        confinement.report = directories.isEmpty ? nil : PhaseSurroundings.reportNumber
        return confinement
    }

    /// Scripts run confined or not at all, unless the policy says otherwise.
    private var enforcements: [Confinement.Enforcement] {
        switch preparation.judgement.obligations.sandbox {
        case nil, .require: [.namespaces, .landlock]
        case .auto: [.namespaces, .landlock, .none]
        case .off: [.none]
        }
    }

    /// The node that the tool finds, unresolved.
    private var node: String? {
        let path = ProcessInput.variable("PATH") ?? "/usr/bin:/bin"
        for part in path.utf8.split(separator: UInt8(ascii: ":")) {
            let candidate = String(Substring(part)) + "/node"
            if candidate.utf8.first == UInt8(ascii: "/"), FilePath.isExecutable(candidate) {
                return candidate
            }
        }
        return nil
    }

    /// The prefix of node's headers, which node-gyp would fetch from the network otherwise.
    private var nodeHeaders: String? {
        guard let node, let real = FilePath.resolved(node) else { return nil }
        let prefix = FilePath.parent(FilePath.parent(real))
        return FileStatus(prefix + "/include/node/node_version.h") == nil ? nil : prefix
    }
}

/// node-gyp's `--nodedir`, as npm hands it on.
private let nodeDirectory: Word = "npm_config_nodedir"

extension String {
    /// The name of the package in a place of the inventory: what follows the last tree.
    fileprivate func lastFolder(in tree: String) -> String? {
        let parts = utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        guard let last = parts.lastIndex(where: { Word($0) == Word(tree) }),
            last + 1 < parts.count, !parts.contains(where: { Word($0) == ".." })
        else { return nil }
        return parts[(last + 1)...].joined(separator: "/")
    }
}
