// Code of packages that policy lists, run confined: no network, no home (docs/sandbox.md). Gems are built
// when they are installed (GemBuilding.swift). pip builds wheels while it resolves and fetches;
// guards/sitecustomize.py confines each program that it starts for that.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Sandbox
internal import StrictJSON
internal import Tools

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
        do throws(LaunchFailure) {
            guard let found = try building.probe(of: recorded, signals) else {
                return .refused(GemBuilding.unconfined(title))
            }
            enforcement = found
        } catch {
            return .notStarted(error)
        }
        return nil
    }

    /// What builds gems under the decision's conditions.
    var building: GemBuilding {
        GemBuilding(
            installation: installation, obligations: decision.obligations, hops: hops)
    }

    /// Whether code of its own has to run before it is of use.
    func needsBuilding(_ package: ResolvedPackage) -> Bool {
        switch resolver.report {
        case .pip: !package.file.utf8.isEmpty && !package.isOwnWheel
        case .gem: package.code != nil
        case .uv: false
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
