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
        guard !preparation.buildable.isEmpty, let judged else { return [] }
        var builds: [InstallBuild] = []
        for (name, version, path) in packagesWithScripts(in: stage) {
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

    /// Name, version and place of each package that has install scripts.
    private func packagesWithScripts(
        in stage: InstallStage
    ) -> [(name: String, version: String, path: String)] {
        let installer = preparation.installer
        guard let inventory = installer.inventory else {
            let tree = InstalledTree(
                installer.tree, in: preparation.files.folders, below: stage.path)
            return tree.packages.filter { $0.package.hasInstallScripts == true }
                .map { ($0.package.name, $0.package.version, $0.directory) }
        }
        guard let bytes = stage.bytes(of: "\(installer.tree)/\(inventory)"),
            let json = try? JSON.parse(bytes), let places = json["packages"]?.object
        else { return [] }
        var found: [(name: String, version: String, path: String)] = []
        for place in places {
            guard place.value["hasInstallScript"]?.bool == true, place.value["link"] == nil,
                let version = place.value["version"]?.string,
                let folder = place.name.lastFolder(in: installer.tree)
            else { continue }
            found.append((place.value["name"]?.string ?? folder, version, place.name))
        }
        return found
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
            outcome.suppressed.removeAll { Word($0) == Word(build.title) }
            for command in commands(of: build, by: phase) {
                let ended: Supervised
                let enforcement: String
                do throws(LaunchFailure) {
                    (ended, enforcement) = try start(
                        self.phase(command.words, in: confinement, .build), in: command.directory,
                        of: recorded, signals)
                } catch {
                    return .notStarted(error)
                }
                var noted = OutcomeRecord.Phase(
                    phase.purpose.rawValue, ending: ended.ending,
                    milliseconds: ended.milliseconds)
                noted.package = build.title
                noted.sandbox = enforcement
                outcome.phases.append(noted)
                if !ended.isSuccess { return .scriptFailed(build.title, ended) }
                if !enforcements.contains(enforcement) { enforcements.append(enforcement) }
            }
            ran.append(build.title)
        }
        if !ran.isEmpty {
            _ = say(.scriptsRan(ran, by: enforcements.joined(separator: ", ")))
        }
        return nil
    }

    /// What builds a package: the tool's own command for all its directories, or its scripts one by
    /// one in each.
    private func commands(
        of build: InstallBuild, by phase: Phase
    ) -> [(words: [Word], directory: String)] {
        let root = preparation.files.root
        guard preparation.installer.inventory == nil else {
            let words =
                [Word(phase.program)] + phase.arguments
                + build.directories.map { Word("./\($0)") }
            return [(words, root)]
        }
        var commands: [(words: [Word], directory: String)] = []
        for directory in build.directories.map({ "\(root)/\($0)" }) {
            let file = try? WholeFile("\(directory)/package.json", limit: 16 << 20)
            let scripts = file.flatMap { try? JSON.parse($0.bytes)["scripts"] }
            var texts = InstalledTree.events.compactMap { scripts?[$0]?.string }
            let hasOwn = scripts?["install"] != nil || scripts?["preinstall"] != nil
            if !hasOwn, FileStatus("\(directory)/binding.gyp") != nil {
                texts.insert("node-gyp rebuild", at: 0)
            }
            for text in texts {
                commands.append(
                    ([Word(phase.program)] + phase.arguments + [Word(text)], directory))
            }
        }
        return commands
    }

    private func start(
        _ phase: Phase, in directory: String, of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) throws(LaunchFailure) -> (ended: Supervised, enforcement: String) {
        var surroundings = PhaseSurroundings()
        surroundings.directory = directory
        if preparation.installer.inventory == nil {
            // As yarn has it: the programs of the package's own dependencies, then the project's.
            let tree = "\(preparation.installer.tree)/\(preparation.installer.programs)"
            let path = ProcessInput.variable("PATH") ?? "/usr/bin:/bin"
            surroundings.variables.append(
                .init(
                    name: "PATH",
                    value: Word("\(directory)/\(tree):\(preparation.files.root)/\(tree):\(path)")))
        }
        // stdout belongs to the answer of the install itself.
        surroundings.output = 2
        if let headers = nodeHeaders {
            surroundings.variables.append(.init(name: nodeDirectory, value: Word(headers)))
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
        confinement.enforcements = preparation.judgement.obligations.enforcements
        confinement.report = directories.isEmpty ? nil : PhaseSurroundings.reportNumber
        return confinement
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

extension Obligations {
    /// Code of packages runs confined or not at all, unless the policy says otherwise.
    var enforcements: [Confinement.Enforcement] {
        switch sandbox {
        case nil, .require: [.namespaces, .landlock]
        case .auto: [.namespaces, .landlock, .none]
        case .off: [.none]
        }
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
