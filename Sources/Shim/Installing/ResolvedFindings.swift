// What a resolved install looks at between its phases: the tool's report, held against the policy; the
// files that were fetched, and the programs in them; and a name that no registry knows.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import StrictJSON
internal import Tools

extension ResolvedRun {
    /// Judges what would be installed.
    func judge(_ bytes: [UInt8]) throws(PlanRefusal) -> [ResolvedPackage] {
        guard bytes.count <= ResolvedRun.longestReport else {
            throw PlanRefusal("the list of what would be installed is too long")
        }
        let found: [ResolvedPackage]
        do throws(ResolvedFault) {
            switch resolver.report {
            case .pip: found = try ResolvedReport.pip(bytes)
            case .gem: found = try ResolvedReport.gem(bytes)
            case .uv: found = try ResolvedReport.pylock(bytes)
            }
        } catch {
            throw PlanRefusal(error.reason)
        }
        var judged: [ResolvedPackage] = []
        let own = verdict.invocation.ownPlaces(from: verdict.line.cwd ?? "/")
            .compactMap { FilePath.resolved($0) }
        for package in found { judged.append(try judge(package, own)) }
        return judged
    }

    /// Holds all of it against the registries' times, where the tool has no option for that.
    func judgeByAge(_ judged: [ResolvedPackage]) throws(PlanRefusal) {
        let fetching = verdict.invocation.flattened.first { $0.operation.suppressesScripts }
        var requests: [ReleaseRequest] = []
        for one in judged {
            let package = one.package
            // What the line names by its place is judged as a source; gem finds files by name, too.
            if package.source != .registry, resolver.report != .gem { continue }
            let here = verdict.line.cwd ?? "/"
            if let path = one.path ?? (package.source == .path ? "\(here)/\(one.file)" : nil) {
                guard isOwn(path) else {
                    throw PlanRefusal(
                        "\(package.title) comes from the file \(path), and nobody says when it was "
                            + "published, which the policy's minimumReleaseAge needs; files that the "
                            + "project's repository has are the project's own: ask the person you "
                            + "work for to add it there, or take \(package.name) from a registry")
                }
                continue
            }
            let registries = fetching?.registries(of: Word(package.name), package.ecosystem)?
                .filter { !isLocalPlace($0) }
            guard let registries, !registries.isEmpty else {
                throw PlanRefusal(
                    "the policy requires minimumReleaseAge, and which registry \(package.name) "
                        + "comes from cannot be told")
            }
            requests += ReleaseRequest.of([package], registries: registries)
        }
        let judge = ReleaseJudge(installation.libexec, decision.obligations, now: verdict.now)
        if let refusal = judge.refusal(of: requests) { throw PlanRefusal(refusal) }
    }

    /// Whether a file is tracked by the repository around the working directory.
    private func isOwn(_ path: String) -> Bool {
        guard let real = FilePath.resolved(path),
            let place = FilePath.resolved(verdict.line.cwd ?? "/")
        else { return false }
        return GitIndex(around: place)?.tracks(real) ?? false
    }

    func judge(
        _ package: ResolvedPackage, _ own: [String]
    ) throws(PlanRefusal) -> ResolvedPackage {
        let title = package.package.title
        let obligations = decision.obligations
        if package.package.source != .registry, resolver.report != .gem {
            return try judgeDirect(package, own)
        }
        let request = PackageRequest(
            name: Word(package.package.name), range: Word(package.package.version),
            source: .registry, spelling: Word(title))
        let isAskedFor = package.package.isDirect ?? true
        if let refusal = obligations.refusal(of: request, isAskedFor: isAskedFor) {
            throw PlanRefusal(refusal)
        }
        if let registries = obligations.registries, package.path == nil,
            !package.isAt(registries.compactMap { RegistryBase($0) })
        {
            throw PlanRefusal(
                "\(title) comes from \(package.address), which is none of the "
                    + "policy's registries")
        }
        for program in package.package.programs {
            try refuse(program, of: package)
        }
        guard resolver.report != .gem else {
            if let code = package.code, package.isPlugin || !isBuildable(package) {
                throw PlanRefusal("\(title) is not installed: \(code), which would run its code")
            }
            return package
        }
        guard package.isOwnWheel || isBuildable(package) else {
            throw PlanRefusal(
                "\(title) comes as \(package.file), which is built by its own code; "
                    + (resolver.report == .uv
                        ? "uv is not let build what strangers wrote"
                        : "the policy's scripts.allow does not list it"))
        }
        guard package.digest != nil else {
            throw PlanRefusal(
                "its registry gives no SHA-2 digest of \(title), so what is fetched cannot be "
                    + "compared with what was judged")
        }
        guard package.isPlainAddress else {
            throw PlanRefusal("\(title) comes from an address with unusual characters")
        }
        return package
    }

    /// What the line names by its place: the project's own code. Anything else came in by the metadata
    /// of a package.
    private func judgeDirect(
        _ package: ResolvedPackage, _ own: [String]
    ) throws(PlanRefusal) -> ResolvedPackage {
        let title = package.package.title
        guard package.package.source == .path, let path = package.path,
            let real = FilePath.resolved(path), own.contains(where: { Word($0) == Word(real) })
        else {
            throw PlanRefusal(
                "\(title) comes from \(package.address), which the line does not name")
        }
        var judged = package
        judged.package.source = .workspace
        // An archive of the project is installed by its path, like a folder.
        judged.file = ""
        return judged
    }

    /// Whether policy lists it among the packages whose code may run.
    func isBuildable(_ package: ResolvedPackage) -> Bool {
        buildable.contains { name in
            switch resolver.report {
            case .pip: Word(normalisedPythonName(name)) == Word(package.package.name)
            case .gem: Word(name) == Word(package.package.name)
            // Nothing confines what uv builds.
            case .uv: false
            }
        }
    }

    /// A program may not bear the name of a shim where it would be called in the shim's place. Behind
    /// the shims on PATH it is what they lead to; in an adopted environment it is guarded as soon
    /// as it is there.
    func refuse(_ program: String, of package: ResolvedPackage) throws(PlanRefusal) {
        guard let refusal = InstallJudgement.refusal(ofProgram: program) else { return }
        let isBehind =
            switch resolver.report {
            case .pip: staysWithPip
            case .uv: isGuardedAfterwards
            case .gem: package.programFolder.map { isBehindShims($0) } ?? false
            }
        if !isBehind { throw PlanRefusal("\(package.package.title): \(refusal)") }
    }

    /// Whether the line leaves the place of installation to pip, which is where pip itself was found.
    private var staysWithPip: Bool {
        let places: Word = "target_dir prefix_path root_path use_user_site"
        for inner in verdict.invocation.flattened {
            // A prefix that is an environment is pip's own for one build, and on no other PATH.
            if inner.destination == .environment { continue }
            for setting in inner.inForce where places.lists(setting.name) {
                if setting.value != .flag(false) { return false }
            }
        }
        return true
    }

    /// Whether PATH has the shims before this folder, and has it at all.
    private func isBehindShims(_ folder: String) -> Bool {
        let wanted = FilePath.resolved(folder) ?? folder
        var hasShims = false
        for part in (verdict.line.environment["PATH"] ?? "").text.utf8.split(
            separator: UInt8(ascii: ":"))
        {
            let path = String(Substring(part))
            let real = FilePath.resolved(path) ?? path
            if Word(real) == Word(FilePath.resolved(installation.shims) ?? installation.shims) {
                hasShims = true
            }
            if Word(real) == Word(wanted) { return hasShims }
        }
        return false
    }

    // MARK: files

    /// Looks at the files that were fetched: each that was judged and no other, and the programs of
    /// wheels.
    ///
    /// - Returns: the same packages, with the wheels that were built.
    func lookInto(
        _ stage: InstallStage, _ judged: [ResolvedPackage]
    ) throws(PlanRefusal) -> [ResolvedPackage] {
        if resolver.report == .uv {
            try lookIntoTree(stage, judged)
            return judged
        }
        var found = judged
        var names = FilePath.names(in: stage.path) ?? []
        for index in found.indices where !found[index].file.utf8.isEmpty {
            let package = found[index]
            let isBuilt = isGuarded && needsBuilding(package)
            guard
                let place = names.firstIndex(where: {
                    isBuilt ? package.isOwnWheel($0) : Word($0) == Word(package.file)
                })
            else { throw PlanRefusal("\(package.file) was not fetched") }
            let name = names.remove(at: place)
            if isBuilt { found[index].built = try built(name, in: stage) }
            try lookInto(name, in: stage, of: package)
        }
        if let name = names.first {
            throw PlanRefusal("\(name) was fetched, and was not among what was judged")
        }
        return found
    }

    private func built(
        _ name: String, in stage: InstallStage
    ) throws(PlanRefusal) -> ResolvedPackage.Built {
        guard let whole = try? WholeFile("\(stage.path)/\(name)", limit: 1 << 30) else {
            throw PlanRefusal("\(name) was built, and cannot be read")
        }
        return .init(file: name, digest: Digest(of: whole.bytes).hexadecimal)
    }

    private func lookInto(
        _ name: String, in stage: InstallStage, of package: ResolvedPackage
    ) throws(PlanRefusal) {
        guard let file = try? Descriptor.open("\(stage.path)/\(name)", .reading),
            let status = try? file.status(), status.isRegular
        else { throw PlanRefusal("\(name) is no plain file") }
        guard resolver.report != .gem else {
            // pip compares digests itself when it installs; gem does not.
            guard let whole = try? WholeFile("\(stage.path)/\(name)", limit: 1 << 30),
                Word(Digest(of: whole.bytes).hexadecimal) == package.digest.map({ Word($0.value) })
            else { throw PlanRefusal("\(name) is not the file that was judged") }
            return
        }
        let programs: [String]
        do throws(WheelFault) {
            programs = try WheelPrograms.names(size: status.size) { count, offset in
                try? file.bytes(count: count, at: offset)
            }
        } catch {
            throw PlanRefusal("\(name): \(error.reason)")
        }
        for program in programs { try refuse(program, of: package) }
    }

    /// Lines of a requirement file: each file by its address, and its digest. The name is there for
    /// the guard, which knows an unpacked source archive by it.
    static func addresses(_ judged: [ResolvedPackage]) -> [UInt8] {
        var text = ""
        for package in judged {
            guard !package.file.utf8.isEmpty, let digest = package.digest else { continue }
            text +=
                "\(package.package.name) @ \(package.address) "
                + "--hash=\(digest.algorithm):\(digest.value)\n"
        }
        return Array(text.utf8)
    }

    /// Lines of a requirement file: each package by its version, and its digest.
    static func pins(_ judged: [ResolvedPackage]) -> [UInt8] {
        var text = ""
        for package in judged {
            guard !package.file.utf8.isEmpty, let digest = package.digest else { continue }
            let pin =
                package.built.map { "sha256:\($0.digest)" }
                ?? "\(digest.algorithm):\(digest.value)"
            text +=
                "\(package.package.name)==\(package.package.version) "
                + "--hash=\(pin)\n"
        }
        return Array(text.utf8)
    }

    /// Notes what was installed.
    mutating func note(_ judged: [ResolvedPackage]) {
        packages = judged.map { package in
            var noted = PackagesRecord.Package(purl: package.package.purl, status: "added")
            // Of several files nobody says which was taken.
            if package.others.isEmpty {
                noted.resolved = package.address.utf8.isEmpty ? nil : package.address
                noted.integrity = package.digest?.text
            }
            noted.registry = package.package.registry?.text
            noted.published = package.published
            if isReplaced(package) { noted.status = "changed" }
            return noted
        }
        packages += gone(judged).map { .init($0, "removed") }
    }

    // MARK: names

    /// Notes a name that no registry knows, so that the agent is told not to guess again. pip says the
    /// same of a package that has no wheel, so its index is asked, and only its "404" counts.
    mutating func explain(
        _ said: [UInt8], _ report: [UInt8], _ phase: Phase, of recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals
    ) {
        if resolver.report == .gem {
            for line in report.split(separator: UInt8(ascii: "\n")) {
                guard let said = try? JSON.parse(Array(line)), let name = said["missing"]?.string
                else { continue }
                return noteMissing(name, .gem)
            }
            return
        }
        if resolver.report == .uv {
            if let name = ResolvedRun.absentName(said) { noteMissing(name, .pypi) }
            return
        }
        guard let name = ResolvedRun.unmatchedName(said),
            let install = phase.arguments.firstIndex(of: "install"),
            let output = try? Descriptor.unnamed(), let errors = try? Descriptor.unnamed()
        else { return }
        var asking = phase
        asking.purpose = .ask
        asking.arguments =
            phase.arguments[..<install] + ["index", "versions", "-vv", "--retries=0", Word(name)]
        var surroundings = PhaseSurroundings()
        surroundings.output = output.number
        surroundings.errors = errors.number
        guard
            (try? Launcher.run(
                asking, of: recorded, hops: hops, holding: signals, in: surroundings)) != nil,
            let text = try? output.bytes(count: 1 << 20, at: 0)
        else { return }
        let absent = Glob("*/\(normalisedPythonName(name))/: 404 Client Error*")
        var isAbsent = false
        for line in text.split(separator: UInt8(ascii: "\n")) {
            if absent.matches(Array(line)) { isAbsent = true }
            // Whoever does not answer says nothing about names.
            if connectionLost.matches(Array(line)) { return }
        }
        if isAbsent { return noteMissing(name, .pypi) }
        let nothing = Glob("*(from versions: none)*")
        if said.split(separator: UInt8(ascii: "\n")).contains(where: { nothing.matches(Array($0)) })
        {
            _ = say(.wheelNotFound(name))
        }
    }

    private mutating func noteMissing(_ name: String, _ ecosystem: PackageEcosystem) {
        missingName = name
        let package = LockedPackage(
            ecosystem, name: name, version: "", source: .registry, at: .init(line: 1, column: 1))
        packages = [.init(purl: package.purl, status: "not_found")]
    }

    /// The name in `ERROR: No matching distribution found for NAME…` (pip/_internal/index/
    /// package_finder.py).
    static func unmatchedName(_ errors: [UInt8]) -> String? {
        let start = Array("No matching distribution found for ".utf8)
        for line in errors.split(separator: UInt8(ascii: "\n")) {
            guard let place = line.firstIndex(of: UInt8(ascii: "N")),
                line[place...].starts(with: start)
            else { continue }
            let name = line[(place + start.count)...].prefix { byte in
                byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
                    || "-_.".utf8.contains(byte)
            }
            if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
        }
        return nil
    }
}

private let connectionLost = Glob("*WARNING: Retrying*")

extension [Word] {
    /// The words with the fetched files in the place of `exchange`.
    func filled(with judged: [ResolvedPackage], in stage: String) -> [Word] {
        flatMap { word in
            word == Resolver.exchange ? judged.map { Word("\(stage)/\($0.file)") } : [word]
        }
    }
}
