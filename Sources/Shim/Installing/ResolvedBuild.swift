// Code of packages that policy lists, run confined: no network, no home (docs/sandbox.md). A gem is
// installed without being built, and then its extensions are built, with nothing written but the
// gem's own directory and that of its extensions. pip builds wheels while it resolves and fetches;
// guards/sitecustomize.py confines each program that it starts for that.

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

extension ResolvedRun {
    /// Names of judged gems that are built afterwards.
    func unbuilt(_ judged: [ResolvedPackage]) -> [String] {
        judged.filter { $0.code != nil && isBuildable($0) }.map(\.package.name)
    }

    /// How the install ends where something is to be built and nothing can confine it.
    mutating func refuseUnconfined(
        _ judged: [ResolvedPackage], of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        guard resolver.report == .gem,
            let first = judged.first(where: { isBuildable($0) && needsBuilding($0) })
        else { return nil }
        return probe(for: first.package.title, of: recorded, signals)
    }

    /// Whether something confines, by trying it; notes what does.
    private mutating func probe(
        for title: String, of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        var confinement = Confinement()
        confinement.enforcements = decision.obligations.enforcements
        do throws(LaunchFailure) {
            var surroundings = PhaseSurroundings()
            surroundings.directory = "/usr"
            guard let told = try? Descriptor.unnamed() else { throw LaunchFailure(code: 12) }
            surroundings.report = told.number
            confinement.report = PhaseSurroundings.reportNumber
            let ended = try Launcher.run(
                confined(["/bin/true"], confinement), of: recorded, hops: hops, holding: signals,
                in: surroundings)
            let word = (try? told.bytes(count: 32, at: 0)) ?? []
            enforcement = String(decoding: word.prefix { $0 > 0x20 }, as: UTF8.self)
            if ended.isSuccess { return nil }
        } catch {
            return .notStarted(error)
        }
        return .refused(
            "the policy lets the code of \(title) run confined only, and this machine "
                + "cannot confine it")
    }

    /// Builds one gem after the other.
    ///
    /// - Returns: how the install ends where one of them fails.
    mutating func build(
        _ builds: [GemBuild], of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        var used: [String] = []
        for build in builds {
            if let number = signals.pendingEnd() { return .signal(number) }
            var confinement = Confinement()
            let script = "\(installation.guards)/rubygems_build.rb"
            confinement.readable = [build.home, build.prefix, script]
            confinement.writable = build.places
            confinement.hidden = [installation.shims]
            confinement.enforcements = decision.obligations.enforcements
            confinement.report = PhaseSurroundings.reportNumber
            let command = [
                build.ruby, script, build.specification, build.home,
            ].map { Word($0) }
            let ended: Supervised
            var enforcement = ""
            do throws(LaunchFailure) {
                var surroundings = PhaseSurroundings()
                surroundings.directory = build.places[0]
                surroundings.output = 2
                guard let told = try? Descriptor.unnamed() else { throw LaunchFailure(code: 12) }
                surroundings.report = told.number
                ended = try Launcher.run(
                    confined(command, confinement), of: recorded, hops: hops, holding: signals,
                    in: surroundings)
                let word = (try? told.bytes(count: 32, at: 0)) ?? []
                enforcement = String(decoding: word.prefix { $0 > 0x20 }, as: UTF8.self)
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

    private func confined(_ command: [Word], _ confinement: Confinement) -> Phase {
        Phase(
            .build, program: installation.binary, calledAs: "shimgate",
            arguments: confinement.words(before: command), in: .project)
    }

    /// Whether code of its own has to run before it is of use.
    func needsBuilding(_ package: ResolvedPackage) -> Bool {
        switch resolver.report {
        case .pip: !package.file.utf8.isEmpty && !package.isOwnWheel
        case .gem: package.code != nil
        }
    }
}

// MARK: pip

extension ResolvedRun {
    /// Whether pip found no wheel of a package that the policy lets it build.
    func mayBuild(after errors: [UInt8]) -> Bool {
        guard resolver.report == .pip, !isGuarded, let name = ResolvedRun.unmatchedName(errors)
        else {
            return false
        }
        return buildable.contains {
            Word(normalisedPythonName($0)) == Word(normalisedPythonName(name))
        }
    }

    /// Lets pip take listed packages as source from here on, where builds can be confined.
    mutating func guardBuilds(
        of recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals
    ) -> InstallEnd? {
        isGuarded = true
        return probe(for: buildable.joined(separator: ", "), of: recorded, signals)
    }

    /// The phase with the option that only a guarded pip takes. Files of a line that installs are built
    /// where they are fetched.
    func guarded(_ phase: Phase, building: Bool) -> Phase {
        var phase = phase
        if phase.arguments.first == "alone", phase.arguments.count > 3 {
            phase.calledAs = phase.arguments[1].text
            phase.program = phase.arguments[2].text
            phase.arguments.removeFirst(3)
        }
        let commands: [Word] = ["install", "download", "wheel"]
        guard let place = phase.arguments.firstIndex(where: { commands.contains($0) }) else {
            return phase
        }
        if building, phase.purpose == .fetch {
            phase.arguments[place] = "wheel"
            for index in phase.arguments.indices {
                let word = phase.arguments[index]
                guard word.hasPrefix("--dest=") else { continue }
                phase.arguments[index] = Word("--wheel-dir=\(word.dropFirst(7))")
            }
        }
        phase.arguments.insert(
            contentsOf: ["--shimgate-guard", "--use-pep517", "--no-cache-dir"], at: place + 1)
        return phase
    }

    /// What guards/sitecustomize.py is told.
    var guardVariables: [Environment.Entry] {
        var confinement = Confinement()
        confinement.hidden = [installation.shims]
        confinement.enforcements = decision.obligations.enforcements
        var told = JSONText()
        told.raw("{\"names\":[")
        for (index, name) in buildable.enumerated() {
            if index > 0 { told.raw(",") }
            told.string(normalisedPythonName(name))
        }
        told.raw("],\"confine\":[")
        told.string(installation.binary)
        // Places follow, and then what ends the options.
        for word in confinement.words(before: []).dropLast() {
            told.raw(",")
            told.string(word.text)
        }
        told.raw("]}")
        return [
            .init(name: "PYTHONPATH", value: Word(installation.guards)),
            .init(name: "PYTHONDONTWRITEBYTECODE", value: "1"),
            .init(name: "SHIMGATE_PIP_BUILD", value: Word(told.text)),
        ]
    }

    /// Notes a phase, and what was built in it.
    mutating func note(_ phase: Phase, _ ended: Supervised, _ judged: [ResolvedPackage]) {
        var noted = OutcomeRecord.Phase(
            phase.purpose.rawValue, ending: ended.ending, milliseconds: ended.milliseconds)
        let built = judged.filter { needsBuilding($0) }.map(\.package.title)
        if isGuarded, phase.purpose == .fetch, !built.isEmpty {
            noted.package = built.joined(separator: ", ")
            noted.sandbox = enforcement
            if ended.isSuccess { _ = say(.scriptsRan(built, by: enforcement)) }
        }
        outcome.phases.append(noted)
    }
}
