// Which packages a line would bring, as far as that can be told before it runs: those that it names,
// those of the lockfile that it is held to, or those that the project's manifest asks for. What these
// need in turn is known from a lockfile only (docs/installs.md, "Age").

internal import Audit
internal import GateCore
internal import Lockfiles
internal import Platform
internal import RegistryFacts
internal import StrictJSON
internal import Tools

extension Verdict {
    /// Looks up how old the packages of an allowed line are, where the plan says that its tool cannot
    /// keep young ones out itself. The line becomes denied where one is too young, nothing can be found
    /// out, or a name does not exist.
    ///
    /// - Returns: packages that no registry has, for the record.
    mutating func judgeByAge(_ plan: Plan?, libexec: String) -> [PackagesRecord.Package] {
        guard let plan, plan.isJudgedByAge else { return [] }
        let judge = ReleaseJudge(libexec, decision.obligations, now: now)
        let report: ReleaseReport
        do throws(PlanRefusal) { report = judge.report(on: try releaseRequests()) } catch {
            refuse(error.reason)
            return []
        }
        if let missing = report.missing.first {
            refuse(
                "no package is named \(missing.name) at "
                    + missing.registries.joined(separator: ", ")
                    + "; do not guess another name: look it up")
        } else if let refusal = report.refusal {
            refuse(refusal)
        }
        return report.missing.map(\.record)
    }

    /// The same for an install that is to bring exactly what its lockfile pins.
    mutating func judgeByAge(_ preparation: InstallPreparation, libexec: String) {
        let judge = ReleaseJudge(libexec, decision.obligations, now: now)
        let packages = preparation.lockfile?.packages ?? []
        if let refusal = judge.refusal(of: packages, registries: preparation.registries) {
            refuse(refusal)
        }
    }

    private mutating func refuse(_ reason: String) {
        decision = decision.refused(because: redact([redact(reason)], hiding: secrets)[0])
    }

    private func releaseRequests() throws(PlanRefusal) -> [ReleaseRequest] {
        var requests: [ReleaseRequest] = []
        for inner in invocation.flattened where inner.operation.suppressesScripts {
            guard let ecosystem = inner.packageEcosystem else {
                throw PlanRefusal(
                    "the policy requires minimumReleaseAge, and nobody says when the packages of "
                        + "\(inner.tool) were published")
            }
            requests += try self.requests(of: inner, ecosystem)
        }
        return requests
    }

    private func requests(
        of inner: Invocation, _ ecosystem: PackageEcosystem
    ) throws(PlanRefusal) -> [ReleaseRequest] {
        func request(_ name: Word, _ range: Word) throws(PlanRefusal) -> ReleaseRequest {
            guard let registries = inner.registries(of: name, ecosystem) else {
                throw PlanRefusal(
                    "the policy requires minimumReleaseAge, and which registry \(name) comes from "
                        + "cannot be told")
            }
            return ReleaseRequest(
                ecosystem: ecosystem, name: name.text, range: range.text, isVersion: false,
                registries: registries)
        }
        // What is taken away is not chosen; what is left was chosen before.
        if inner.takesAway { return [] }
        if !inner.packages.isEmpty {
            var found: [ReleaseRequest] = []
            for package in inner.packages {
                switch package.source {
                case .workspace, .git, .url, .path: continue
                case .registry:
                    if package.name.isEmpty { throw unknown(package.spelling) }
                    found.append(try request(package.name, package.range))
                case .alias:
                    guard let target = package.range.aliased else {
                        throw unknown(package.spelling)
                    }
                    found.append(try request(target.name, target.range))
                case .requirements, .ambiguous: throw unknown(package.spelling)
                }
            }
            return found
        }
        let directory = inner.directories.first ?? line.cwd ?? "/"
        if let lockfile = try lockfile(in: directory, of: inner) {
            let isHeld = inner.isFreezable && Freezing.of(inner) != nil
            let locked = ReleaseRequest.of(
                lockfile.packages, registries: inner.registries(of: "", ecosystem) ?? [])
            if isHeld { return locked }
            // All of them may be chosen anew.
            var found: [ReleaseRequest] = []
            for one in locked { found.append(try request(Word(one.name), "")) }
            return found
        }
        if ecosystem == .npm, let asked = asked(in: directory) {
            var found: [ReleaseRequest] = []
            for one in asked { found.append(try request(one.name, one.range)) }
            return found
        }
        throw PlanRefusal(
            "the policy requires minimumReleaseAge, and without a lockfile nobody can tell what "
                + "\(inner.tool) would choose")
    }

    private func unknown(_ word: Word) -> PlanRefusal {
        PlanRefusal(
            "the policy requires minimumReleaseAge, and which packages \(quoted(word)) means cannot "
                + "be told")
    }

    /// The lockfile of a line that names no package; nil where there is none.
    private func lockfile(
        in directory: String, of inner: Invocation
    ) throws(PlanRefusal) -> Lockfile? {
        for name in Freezing.lockfiles(of: inner.tool) {
            let path = "\(directory)/\(name)"
            let bytes: [UInt8]
            do throws(WholeFile.Failure) {
                bytes = try WholeFile(path, limit: 256 << 20).bytes
            } catch {
                if error == .absent { continue }
                throw PlanRefusal("\(path): \(error.reason)")
            }
            return try InstallJudgement.read(bytes, named: name)
        }
        return nil
    }

    /// What the package.json of a directory asks for from registries; nil where there is none.
    private func asked(in directory: String) -> [(name: Word, range: Word)]? {
        guard let file = try? WholeFile("\(directory)/package.json", limit: 8 << 20),
            let manifest = try? JSON.parse(file.bytes)
        else { return nil }
        var asked: [(name: Word, range: Word)] = []
        for key in ["dependencies", "devDependencies", "optionalDependencies"] {
            for member in manifest[key]?.object ?? [] {
                guard let range = member.value.string.map({ Word($0) }) else { return nil }
                if let target = range.aliased {
                    asked.append(target)
                } else if !range.contains(UInt8(ascii: ":")), !range.contains(UInt8(ascii: "/")) {
                    asked.append((Word(member.name), range))
                }
            }
        }
        return asked
    }
}

/// Commands that take packages away.
private let leaving: Word = "remove uninstall unlink autoremove"

extension Invocation {
    /// Where its packages are looked up; nil for those of no registry that says when.
    var packageEcosystem: PackageEcosystem? {
        Catalog.profile(calledAs: tool)?.ecosystem.ofPackages
    }

    /// Whether it takes packages away and chooses none.
    var takesAway: Bool { command.count > 1 && leaving.lists(command[1]) }

    /// The registries that a package of this name would come from; nil where that cannot be told.
    func registries(of name: Word, _ ecosystem: PackageEcosystem) -> [String]? {
        let isElsewhere = options.contains { $0.name == "registry" || $0.name == "index" }
        if ecosystem == .cargo, isElsewhere { return nil }
        let named = ([registry].compactMap { $0 } + otherRegistries).map { withoutUserinfo($0) }
        return named.isEmpty ? [ecosystem.publicIndex] : named
    }

    /// What is asked about a package that it names; nil where that cannot be told.
    func releaseRequest(
        _ package: PackageRequest, _ ecosystem: PackageEcosystem
    ) -> ReleaseRequest? {
        let target =
            package.source == .alias ? package.range.aliased : (package.name, package.range)
        guard let target, !target.name.isEmpty,
            let registries = registries(of: target.name, ecosystem)
        else { return nil }
        return ReleaseRequest(
            ecosystem: ecosystem, name: target.name.text, range: target.range.text,
            isVersion: false, registries: registries)
    }
}

extension Word {
    /// What `npm:NAME@RANGE` stands for.
    fileprivate var aliased: (name: Word, range: Word)? {
        guard hasPrefix("npm:") else { return nil }
        let target = dropFirst(4)
        let name = Word(InstallRun.name(in: target.text))
        if name.isEmpty { return nil }
        return (name, name.count == target.count ? "" : target.dropFirst(name.count + 1))
    }
}

extension Ecosystem {
    /// The family of registries that packages are looked up in; nil where there is none.
    var ofPackages: PackageEcosystem? {
        switch self {
        case .npm: .npm
        case .pypi: .pypi
        case .rubygems: .gem
        case .crates: .cargo
        case .nuget: .nuget
        case .vscode: nil
        }
    }
}

extension ReleaseRequest {
    /// A name that no registry has, as `shimgate audit list --not-found` finds it.
    fileprivate var record: PackagesRecord.Package {
        var package = PackagesRecord.Package(
            purl: LockedPackage(
                ecosystem, name: name, version: "", source: .registry, at: .init(line: 1, column: 1)
            ).purl, status: "not_found")
        package.requested = range.utf8.isEmpty ? nil : range
        package.registry = registries.first
        return package
    }
}
