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
    /// The latest publish time of what may be chosen, RFC 3339; nil where any will do: the policy demands
    /// no age, exempts every registry that the line asks, or the line fetches from none.
    var publishedBefore: Word? {
        let demanded = Hardening(decision.obligations, now: now).publishedBefore
        guard let demanded else { return nil }
        let exempt = decision.obligations.cooldownExempt ?? []
        for inner in invocation.flattened where inner.operation.suppressesScripts {
            if inner.bringsNothingNew(in: line.environment) { continue }
            if !inner.fetchesOnly(from: exempt) { return demanded }
        }
        return nil
    }

    /// Looks up how old the packages of an allowed line are, where the plan says that its tool cannot
    /// keep young ones out itself. The line becomes denied where one is too young, nothing can be found
    /// out, or a name does not exist.
    ///
    /// An install that is to bring exactly what its lockfile pins is judged by that, whatever the tool:
    /// no option looks at it.
    ///
    /// - Returns: packages that no registry has, for the record.
    mutating func judgeByAge(
        _ plan: Plan?, _ preparation: InstallPreparation?, libexec: String
    ) -> [PackagesRecord.Package] {
        guard decision.effect == .allow else { return [] }
        if let preparation, preparation.isFrozen {
            if preparation.publishedBefore != nil { judgeByAge(preparation, libexec: libexec) }
            return []
        }
        guard let plan, plan.isJudgedByAge, !isTrial else { return [] }
        let judge = ReleaseJudge(libexec, decision.obligations, now: now)
        let report: ReleaseReport
        // What is resolved before anything is installed is judged again then, by what was resolved.
        let isResolvedFirst = preparation != nil || !plan.phases.isEmpty
        do throws(PlanRefusal) {
            report = judge.report(on: try releaseRequests(isResolvedFirst: isResolvedFirst))
        } catch {
            refuse(error.reason)
            return []
        }
        if let missing = report.missing.first {
            refuse(
                "no package is named \(missing.name) at "
                    + missing.registries.joined(separator: ", ")
                    + "; do not guess another name: look it up")
        } else if let refusal = report.refusal,
            !((preparation?.choosesByAge == true || plan.choosesByAge) && report.leavesAChoice)
        {
            refuse(refusal)
        }
        return report.missing.map(\.record)
    }

    /// Whether the line only says what it would do.
    private var isTrial: Bool {
        let fetching = invocation.flattened.filter(\.operation.suppressesScripts)
        return !fetching.isEmpty
            && fetching.allSatisfy { inner in
                inner.inForce.contains {
                    ($0.name == "dry_run" || $0.name == "explain") && $0.value == .flag(true)
                }
            }
    }

    private mutating func judgeByAge(_ preparation: InstallPreparation, libexec: String) {
        let judge = ReleaseJudge(libexec, decision.obligations, now: now)
        let packages = preparation.lockfile?.packages ?? []
        if let refusal = judge.refusal(of: packages, registries: preparation.registries) {
            refuse(refusal)
        }
    }

    private mutating func refuse(_ reason: String) {
        decision = decision.refused(because: redact([redact(reason)], hiding: secrets)[0])
    }

    private func releaseRequests(
        isResolvedFirst: Bool
    ) throws(PlanRefusal) -> [ReleaseRequest] {
        var requests: [ReleaseRequest] = []
        for inner in invocation.flattened where inner.operation.suppressesScripts {
            guard let ecosystem = inner.packageEcosystem else {
                throw PlanRefusal(
                    "the policy requires minimumReleaseAge, and nobody says when the packages of "
                        + "\(inner.tool) were published")
            }
            requests +=
                isResolvedFirst
                ? namedRequests(of: inner, ecosystem) : try self.requests(of: inner, ecosystem)
        }
        return requests
    }

    /// What a line names by registries' own names, as far as that can be told: for a line whose packages
    /// are all judged when they have been resolved, so that it is refused as early as can be.
    private func namedRequests(
        of inner: Invocation, _ ecosystem: PackageEcosystem
    ) -> [ReleaseRequest] {
        let isLocal =
            inner.tool == "gem" && inner.options.contains { $0.name == "local" && $0.isOn }
        if inner.takesAway || isLocal { return [] }
        return inner.packages.compactMap { package in
            guard package.source == .registry || package.source == .alias,
                let request = inner.releaseRequest(package, ecosystem),
                !request.registries.contains(where: { isLocalPlace($0) })
            else { return nil }
            return request
        }
    }

    private func requests(
        of inner: Invocation, _ ecosystem: PackageEcosystem
    ) throws(PlanRefusal) -> [ReleaseRequest] {
        func request(_ name: Word, _ range: Word) throws(PlanRefusal) -> ReleaseRequest {
            guard let request = inner.releaseRequest(name, range, ecosystem) else {
                throw PlanRefusal(
                    "the policy requires minimumReleaseAge, and which registry \(name) comes from "
                        + "cannot be told")
            }
            return request
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
                case .requirements:
                    guard ecosystem == .nuget, let listed = packagesConfig(package.spelling)
                    else { throw unknown(package.spelling) }
                    for one in listed { found.append(try request(one.name, one.range)) }
                case .ambiguous: throw unknown(package.spelling)
                }
            }
            return found
        }
        if Freezing.leadsElsewhere(inner) {
            throw PlanRefusal(
                "the policy requires minimumReleaseAge, and an option of this line names packages "
                    + "that its project's lockfile does not")
        }
        let ownPlace = inner.isFreezable ? lockfileDirectory : nil
        let directory = ownPlace ?? inner.directories.first ?? line.cwd ?? "/"
        if let lockfile = try lockfile(in: directory, of: inner) {
            let isHeld = inner.isFreezable && Freezing.of(inner) != nil
            let asked = inner.ignoresReplacedSources ? nil : inner.registries(of: "", ecosystem)
            let locked = ReleaseRequest.of(lockfile.packages, registries: asked ?? [])
            if isHeld { return locked }
            // All of them may be chosen anew.
            var found: [ReleaseRequest] = []
            for one in locked { found.append(try request(Word(one.name), "")) }
            return found
        }
        if ecosystem == .nuget, inner.command.last == "restore" {
            var found: [ReleaseRequest] = []
            let from = line.cwd ?? "/"
            for one in try NuGetProjects(named: inner.positionals, in: from).packages {
                let isThere = found.contains {
                    Word($0.name) == one.name && Word($0.range) == one.range
                }
                if !isThere { found.append(try request(one.name, one.range)) }
            }
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
        let own = inner.isFreezable ? heldTo : nil
        for name in own.map({ [$0.name] }) ?? Freezing.lockfiles(of: inner.tool) {
            let path = "\(directory)/\(name)"
            let bytes: [UInt8]
            do throws(WholeFile.Failure) {
                bytes = try WholeFile(path, limit: 256 << 20).bytes
            } catch {
                if error == .absent { continue }
                throw PlanRefusal("\(path): \(error.reason)")
            }
            return try InstallJudgement.read(bytes, named: name, like: own?.freezing.lockfiles)
        }
        return nil
    }

    /// The packages of NuGet's packages.config; nil where it cannot be read with certainty.
    private func packagesConfig(_ path: Word) -> [(name: Word, range: Word)]? {
        let isAbsolute = path.first == UInt8(ascii: "/")
        let place = isAbsolute ? path.text : "\(line.cwd ?? "/")/\(path)"
        guard let file = try? WholeFile(place, limit: 8 << 20),
            let text = String(validating: file.bytes, as: UTF8.self)
        else { return nil }
        return nugetPackagesConfig(text)
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

extension Plan {
    /// Whether the tool itself is given a date, when it finds out what it would install.
    fileprivate var choosesByAge: Bool {
        phases.contains { phase in
            phase.purpose == .resolve
                && phase.arguments.contains { $0.hasPrefix("--exclude-newer=") }
        }
    }
}

/// Whether the address of a source is a place on this machine: a folder of archives.
func isLocalPlace(_ address: String) -> Bool {
    let word = Word(address)
    return word.hasPrefix("file:") || !address.utf8.contains(UInt8(ascii: ":"))
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
        if !registries.isEmpty { return registriesInForce(for: name, ecosystem) }
        let named = ([registry].compactMap { $0 } + otherRegistries).map { withoutUserinfo($0) }
        return named.isEmpty ? [ecosystem.publicIndex] : named
    }

    /// Those that settings of all places say, where the tool's are read.
    private func registriesInForce(
        for name: Word, _ ecosystem: PackageEcosystem
    ) -> [String]? {
        guard areRegistriesKnown else { return nil }
        let scope =
            name.first == UInt8(ascii: "@") ? name.split(at: UInt8(ascii: "/"))?.head : nil
        let inForce = registries.filter(\.isInForce)
        let own = inForce.filter { $0.scope != nil && $0.scope == scope }
        let asked = own.isEmpty ? inForce.filter { $0.scope == nil } : own
        if asked.isEmpty || asked.contains(where: { $0.address.isEmpty }) { return nil }
        var addresses: [String] = []
        for use in asked {
            // One of the names of the public registry; its index has one address.
            let address = use.alsoKnownAs.isEmpty ? use.address.text : ecosystem.publicIndex
            if !addresses.contains(where: { Word($0) == Word(address) }) {
                addresses.append(address)
            }
        }
        return addresses
    }

    /// Whether it asks crates.io although settings put another source in its place (`cargo vendor`).
    fileprivate var ignoresReplacedSources: Bool {
        tool == "cargo" && command.last == "vendor"
            && !options.contains { $0.name == "respect-source-config" && $0.isOn }
    }

    /// Whether everything that it takes lies on this machine already, in the project's own folders or
    /// where an earlier line of the same tool has put it: cargo without a network or with vendored
    /// sources only, `bundle install --local`. Other tools' caches can hold what a policy refused.
    func bringsNothingNew(in environment: Environment) -> Bool {
        let isOffline: Word
        switch tool {
        case "cargo":
            if areRegistriesKnown, registries.isEmpty, !ignoresReplacedSources { return true }
            if environment["CARGO_NET_OFFLINE"] == "true" { return true }
            isOffline = "offline frozen"
        case "bundle": isOffline = "local"
        default: return false
        }
        return options.contains { isOffline.lists($0.name) && $0.isOn }
    }

    /// Whether everything that it fetches comes from registries at these addresses.
    func fetchesOnly(from bases: [String]) -> Bool {
        let inForce = registries.filter(\.isInForce)
        return areRegistriesKnown && !inForce.isEmpty
            && inForce.allSatisfy { use in bases.contains { isBelow(use.address.text, $0) } }
    }

    /// What is asked about a package that it names; nil where that cannot be told.
    func releaseRequest(
        _ package: PackageRequest, _ ecosystem: PackageEcosystem
    ) -> ReleaseRequest? {
        let target =
            package.source == .alias ? package.range.aliased : (package.name, package.range)
        return target.flatMap { releaseRequest($0.name, $0.range, ecosystem) }
    }

    /// The same by name and range.
    func releaseRequest(
        _ name: Word, _ range: Word, _ ecosystem: PackageEcosystem
    ) -> ReleaseRequest? {
        guard !name.isEmpty, let registries = registries(of: name, ecosystem) else { return nil }
        let tag = ecosystem == .npm ? options.last { $0.name == "tag" }?.value : nil
        return ReleaseRequest(
            ecosystem: ecosystem, name: name.text,
            range: range.isEmpty ? tag?.text ?? "" : range.text, isVersion: false,
            includesPreliminary: takesPreliminary, registries: registries)
    }

    /// Whether an option or a setting lets the tool choose versions that are not final.
    private var takesPreliminary: Bool {
        let names: Word = "pre prerelease allow-prereleases"
        for option in options where option.isOn && names.lists(option.name.lowercasedASCII) {
            return true
        }
        return inForce.contains { setting in
            names.lists(setting.name.lowercasedASCII) && setting.value != .flag(false)
        }
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
