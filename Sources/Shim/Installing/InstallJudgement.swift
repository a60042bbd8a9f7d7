// Whether packages may be installed: the lint of docs/lockfiles.md with what the policy lists as
// registries and sources, the policy's lists of packages, and programs that would stand before a
// shim. Pure: from a lockfile to a reason.

internal import GateCore
internal import Lockfiles
internal import Tools

/// What packages are held against.
struct InstallJudgement {
    let obligations: Obligations
    private let settings: LintSettings

    /// Takes the policy's word for registries; where it says nothing, those that the line uses and
    /// the public one.
    init(
        _ obligations: Obligations, registries: [String], format: LockfileFormat = .npm
    ) {
        self.obligations = obligations
        let publicBases = LintSettings(for: format).bases
        var bases = (obligations.registries ?? registries).compactMap { RegistryBase($0) }
        let namesPublic = bases.contains { base in
            publicBases.contains { Word($0.text) == Word(base.text) }
        }
        if obligations.registries == nil || namesPublic { bases += publicBases }
        settings = LintSettings(
            bases: bases, sources: obligations.sourcesInForce.map { LockedSource($0) },
            privateRegistries: obligations.privateRegistries)
    }

    /// Reads a lockfile.
    ///
    /// - Parameter usual: names of the tool's lockfiles, where this one may have another name.
    static func read(
        _ bytes: [UInt8], named name: String, like usual: [String]? = nil
    ) throws(PlanRefusal) -> Lockfile {
        let known = LockfileFormat(path: name, bytes: bytes)
        let other = usual?.first.flatMap { LockfileFormat(path: $0, bytes: bytes) }
        guard let format = known ?? other else {
            throw PlanRefusal("\(name) is of no known format")
        }
        do throws(LockfileError) { return try format.read(bytes) } catch {
            throw PlanRefusal(
                "\(name):\(error.place.line):\(error.place.column): \(error.message)")
        }
    }

    /// Why a lockfile may not be installed; nil where it may.
    func refusal(of lockfile: Lockfile, named name: String) -> String? {
        let findings = lockfile.lint(settings).filter { finding in
            // A key that a newer tool writes says nothing against a package. The digests of a
            // Gemfile.lock are a section that most releases of bundler cannot write.
            if finding.rule == .unknownKey { return false }
            let isAboutFile = finding.package.utf8.isEmpty
            return !(isAboutFile && finding.rule == .integrityMissing)
        }
        if let first = findings.first {
            let package = first.package.utf8.isEmpty ? "" : "\(first.package): "
            let more =
                findings.count == 1
                ? "" : " (and \(findings.count - 1) more; see shimgate lockfile lint \(name))"
            return "\(name):\(first.place.line):\(first.place.column): \(first.rule.id): "
                + "\(package)\(first.message)\(more)"
        }
        for package in lockfile.packages {
            let place = "\(name):\(package.place.line):\(package.place.column)"
            if let refusal = refusal(of: package) { return "\(place): \(refusal)" }
        }
        return nil
    }

    private func refusal(of package: LockedPackage) -> String? {
        for program in package.programs {
            if let refusal = InstallJudgement.refusal(ofProgram: program) {
                return "\(package.title): \(refusal)"
            }
        }
        if package.source == .workspace { return nil }
        let request = PackageRequest(
            name: Word(package.name), range: Word(package.version), source: .registry,
            spelling: Word(package.title))
        return obligations.refusal(of: request, isAskedFor: package.isDirect ?? true)
    }

    /// Why a program may not be put into the project; nil where it may. Tools put the folder of
    /// programs before everything else on PATH, so this one would be called instead of a shim.
    static func refusal(ofProgram name: String) -> String? {
        guard Catalog.profile(calledAs: Word(name)) != nil else { return nil }
        return "it brings a program named \(name), which would be called instead of the guarded one"
    }

    /// Why what is installed is not what was judged; nil where it is.
    static func drift(of installed: Lockfile, from judged: Lockfile) -> String? {
        var known: [Word: [LockedPackage]] = [:]
        for package in judged.packages { known[Word(package.title), default: []].append(package) }
        for package in installed.packages {
            let twins = known[Word(package.title)] ?? []
            if twins.contains(where: { isSame($0, package) }) { continue }
            guard let twin = twins.first else {
                return "\(package.title) is installed, and the lockfile does not have it"
            }
            let (was, now) = (twin.integrity.first?.text, package.integrity.first?.text)
            return "\(package.title) is another archive: \(now ?? package.resolved ?? "unknown"), "
                + "and the lockfile has \(was ?? twin.resolved ?? "none")"
        }
        return nil
    }

    /// The same for a tree that tells names and versions only. What comes from no registry can bear
    /// any version.
    static func drift(of tree: InstalledTree, from judged: Lockfile) -> String? {
        var known: Set<Word> = []
        for package in judged.packages {
            known.insert(Word(package.title))
            if package.source != .registry { known.insert(Word(package.name)) }
        }
        for (package, directory) in tree.packages {
            if known.contains(Word(package.title)) || known.contains(Word(package.name)) {
                continue
            }
            return
                "\(package.title) is installed as \(directory), and the lockfile does not have it"
        }
        return nil
    }

    private static func isSame(_ left: LockedPackage, _ right: LockedPackage) -> Bool {
        guard left.source == right.source else { return false }
        if left.integrity.isEmpty {
            return left.resolved.map { Word($0) } == right.resolved.map { Word($0) }
                || left.resolved == nil
        }
        return left.integrity.contains { digest in
            right.integrity.contains { Word($0.text) == Word(digest.text) }
        }
    }
}
