// Gems that were installed and left unbuilt, by gem or by Bundler (guards/rubygems.rb), and whose
// extensions are built then: each in a phase of its own, confined, with nothing written but the gem's
// own directory and that of its extensions (docs/sandbox.md).

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import Sandbox
internal import StrictJSON
internal import Tools

/// A gem that is installed and not built.
struct GemBuild {
    /// `name@version`.
    let title: String
    /// The file of its specification.
    let specification: String
    /// Where gems are installed.
    let home: String
    /// What the build may write.
    let places: [String]
    let ruby: String
    /// Where ruby itself is installed.
    let prefix: String

    /// What guards/rubygems.rb says of each, a JSON object a line.
    static func read(_ bytes: [UInt8]) throws(PlanRefusal) -> [GemBuild] {
        var builds: [GemBuild] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let item = try? JSON.parse(Array(line)), let title = item["build"]?.string,
                let specification = item["spec"]?.string, let home = item["home"]?.string,
                let ruby = item["ruby"]?.string, let prefix = item["prefix"]?.string,
                let places = item["places"]?.array?.compactMap({ $0.string }), places.count == 2,
                ([specification, home, ruby, prefix] + places).allSatisfy({
                    $0.utf8.first == UInt8(ascii: "/")
                })
            else { throw PlanRefusal("gem does not say where what is to be built lies") }
            builds.append(
                .init(
                    title: title, specification: specification, home: home, places: places,
                    ruby: ruby, prefix: prefix))
        }
        return builds
    }
}

/// Builds gems.
struct GemBuilding {
    let installation: Installation
    let obligations: Obligations
    let hops: Hops

    /// Names of the lockfile's gems that the policy lists; what comes from no registry can bear any
    /// name.
    static func names(_ listed: [String], in lockfile: Lockfile) -> [String] {
        listed.filter { name in
            let twins = lockfile.packages.filter { Word($0.name) == Word(name) }
            return !twins.isEmpty && twins.allSatisfy { $0.source == .registry }
        }
    }

    /// What tells the guard which gems to leave unbuilt.
    static func variable(_ names: [String]) -> Environment.Entry {
        .init(name: "SHIMGATE_GEM_UNBUILT", value: Word(names.joined(separator: ",")))
    }

    /// Tries whether something confines.
    ///
    /// - Returns: what does; nil where nothing can.
    func probe(
        of recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals
    ) throws(LaunchFailure) -> String? {
        let (ended, enforcement) = try run(
            ["/bin/true"], in: "/usr", Confinement(), of: recorded, signals)
        return ended.isSuccess ? enforcement : nil
    }

    /// Why nothing is installed where nothing confines.
    static func unconfined(_ title: String) -> String {
        "the policy lets the code of \(title) run confined only, and this machine "
            + "cannot confine it"
    }

    /// Builds one gem after the other.
    ///
    /// - Returns: how the install ends where one of them fails.
    func build(
        _ builds: [GemBuild], of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals, noting outcome: inout OutcomeRecord
    ) -> InstallEnd? {
        var used: [String] = []
        for build in builds {
            if let number = signals.pendingEnd() { return .signal(number) }
            let script = "\(installation.guards)/rubygems_build.rb"
            var confinement = Confinement()
            confinement.readable = [build.home, build.prefix, script]
            confinement.writable = build.places
            let command = [build.ruby, script, build.specification, build.home].map { Word($0) }
            let ended: Supervised
            let enforcement: String
            do throws(LaunchFailure) {
                (ended, enforcement) = try run(
                    command, in: build.places[0], confinement, of: recorded, signals)
            } catch {
                return .notStarted(error)
            }
            var noted = OutcomeRecord.Phase(
                Phase.Purpose.build.rawValue, ending: ended.ending,
                milliseconds: ended.milliseconds)
            noted.package = build.title
            noted.sandbox = enforcement
            outcome.phases.append(noted)
            if !ended.isSuccess { return .scriptFailed(build.title, ended) }
            if !used.contains(where: { Word($0) == Word(enforcement) }) { used.append(enforcement) }
        }
        if !builds.isEmpty {
            _ = say(.scriptsRan(builds.map(\.title), by: used.joined(separator: ", ")))
        }
        return nil
    }

    private func run(
        _ command: [Word], in directory: String, _ given: Confinement,
        of recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals
    ) throws(LaunchFailure) -> (ended: Supervised, enforcement: String) {
        var confinement = given
        confinement.hidden = [installation.shims]
        confinement.enforcements = obligations.enforcements
        confinement.report = PhaseSurroundings.reportNumber
        var surroundings = PhaseSurroundings()
        surroundings.directory = directory
        surroundings.output = 2
        guard let told = try? Descriptor.unnamed() else { throw LaunchFailure(code: 12) }
        surroundings.report = told.number
        let phase = Phase(
            .build, program: installation.binary, calledAs: "shimgate",
            arguments: confinement.words(before: command), in: .project)
        let ended = try Launcher.run(
            phase, of: recorded, hops: hops, holding: signals, in: surroundings)
        let word = (try? told.bytes(count: 32, at: 0)) ?? []
        return (ended, String(decoding: word.prefix { $0 > 0x20 }, as: UTF8.self))
    }
}
