// What an install looks at between its phases: the resolved lockfile, the tree that was made, a name
// that does not exist; and what it says and records of them.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import StrictJSON
internal import Tools

extension InstallRun {
    /// Bytes that a disk has left that is not full.
    private static let leastSpace = 512 << 10
    /// The most changes that are shown one by one.
    private static let mostShown = 20

    /// Whether the caller wants the tool's answers as JSON.
    var wantsJSON: Bool { preparation.wantsJSON }

    /// Judges what was resolved, and shows what changed.
    mutating func judge(_ stage: InstallStage) throws(PlanRefusal) -> Lockfile {
        let name = preparation.lockfileName
        guard let bytes = stage.bytes(of: name) else {
            throw PlanRefusal("it was resolved, and no \(name) says what would be installed")
        }
        let lockfile = try InstallJudgement.read(bytes, named: name)
        judgedDigest = Digest(of: bytes)
        judgedLockfile = lockfile
        let before = preparation.lockfile ?? Lockfile(format: lockfile.format)
        let diff = LockfileDiff(from: before, to: lockfile)
        let changes = diff.changes.filter { ($0.new ?? $0.old)?.source != .workspace }
        if !changes.isEmpty { _ = say(.lockfileChanges(name, InstallRun.shown(changes))) }
        for change in diff.changes where change.kind == .replaced {
            let title = change.new?.title ?? change.name
            throw PlanRefusal(
                "\(title) is not what \(name) had at the same version: "
                    + change.details.joined(separator: ", "))
        }
        if let refusal = preparation.judgement.refusal(of: lockfile, named: name) {
            throw PlanRefusal(refusal)
        }
        if preparation.plan.isJudgedByAge {
            let judge = ReleaseJudge(
                installation.libexec, decision.obligations, now: preparation.now)
            let registries = preparation.registries
            if let refusal = judge.refusal(of: lockfile.packages, registries: registries) {
                throw PlanRefusal(refusal)
            }
        }
        if preparation.isReviewed, !diff.changes.isEmpty {
            outcome.refused = "review: \(InstallRun.summary(changes))"
        }
        return lockfile
    }

    /// Looks at the tree that was made.
    ///
    /// - Returns: how the install ends where the tree may not be moved in.
    mutating func inspect(_ stage: InstallStage, against judged: Lockfile?) -> InstallEnd? {
        let installer = preparation.installer
        // npm warns of archives that it could not unpack for want of space, and ends well.
        if let left = DirectoryTree.freeSpace(stage.path), left < InstallRun.leastSpace {
            return .failed("the disk is full, so what was unpacked may not be whole")
        }
        for folder in preparation.files.folders {
            let tree = folder.isEmpty ? installer.tree : "\(folder)/\(installer.tree)"
            let programs = "\(stage.path)/\(tree)/\(installer.programs)"
            for program in FilePath.names(in: programs) ?? [] {
                guard let refusal = InstallJudgement.refusal(ofProgram: program) else { continue }
                return .refused("\(tree)/\(installer.programs)/\(program): \(refusal)")
            }
        }
        let lock = preparation.lockfileName
        if stage.bytes(of: lock).map({ Digest(of: $0) }) != judgedDigest {
            return .drift("\(lock) is not what was judged")
        }
        guard let judged, let installed = installed(in: stage.path) else {
            // Nothing to install leaves no inventory.
            let isEmpty = (FilePath.names(in: "\(stage.path)/\(installer.tree)") ?? []).isEmpty
            return isEmpty ? nil : .failed("no inventory says what was installed")
        }
        switch installed {
        case .unreadable(let reason): return .drift(reason)
        case .listed(let lockfile):
            if let drift = InstallJudgement.drift(of: lockfile, from: judged) {
                return .drift(drift)
            }
            noteInstalled(lockfile, judged)
        case .found(let tree):
            if let drift = InstallJudgement.drift(of: tree, from: judged) { return .drift(drift) }
            noteInstalled(tree.lockfile(judged.format), judged)
        }
        return nil
    }

    /// Looks at the project after the tool has installed there by itself.
    mutating func inspectProject(against judged: Lockfile?) -> InstallEnd? {
        let name = preparation.lockfileName
        let now = try? WholeFile("\(preparation.files.root)/\(name)", limit: 256 << 20)
        guard let judged, now.map({ Digest(of: $0.bytes) }) == judgedDigest else {
            return .drift("\(name) was changed while it was installed from")
        }
        noteChanges(from: preparation.lockfile ?? Lockfile(format: judged.format), to: judged)
        return nil
    }

    /// Puts the project's manifest and lockfile back where the tool could not install from the new.
    func restore(_ stage: InstallStage) {
        let name = preparation.lockfileName
        let now = try? WholeFile("\(preparation.files.root)/\(name)", limit: 256 << 20)
        // What somebody else has written since is not ours to undo.
        guard now.map({ Digest(of: $0.bytes) }) == judgedDigest else { return }
        stage.restore(filesBefore)
    }

    /// Notes which packages a lockfile has that another one had not, and the other way round.
    private mutating func noteChanges(from old: Lockfile, to new: Lockfile) {
        for change in LockfileDiff(from: old, to: new).changes {
            guard let package = change.new ?? change.old, package.source != .workspace else {
                continue
            }
            switch change.kind {
            case .refined: continue
            case .replaced, .changed: packages.append(.init(package, "changed"))
            case .added: packages.append(.init(package, "added"))
            case .removed: packages.append(.init(package, "removed"))
            }
        }
    }

    /// What is installed in a directory.
    private enum Installed {
        /// As the tool notes it.
        case listed(Lockfile)
        /// As the packages say themselves.
        case found(InstalledTree)
        /// The tool's notes are none.
        case unreadable(String)

        /// As a lockfile, for comparing; nil where it cannot be told.
        func lockfile(_ format: LockfileFormat) -> Lockfile? {
            switch self {
            case .listed(let lockfile): lockfile
            case .found(let tree): tree.lockfile(format)
            case .unreadable: nil
            }
        }
    }

    private func installed(in root: String) -> Installed? {
        let installer = preparation.installer
        guard let inventory = installer.inventory else {
            return .found(
                InstalledTree(installer.tree, in: preparation.files.folders, below: root))
        }
        guard
            let file = try? WholeFile(
                "\(root)/\(installer.tree)/\(inventory)", limit: 256 << 20)
        else { return nil }
        do throws(PlanRefusal) {
            return .listed(try InstallJudgement.read(file.bytes, named: inventory))
        } catch {
            return .unreadable(error.reason)
        }
    }

    /// Moves the install into the project.
    ///
    /// - Returns: how the install ends where that cannot be done.
    mutating func moveIn(
        _ stage: InstallStage, _ journal: inout InstallJournal
    ) -> InstallEnd? {
        let (installer, shape) = (preparation.installer, preparation.shape)
        let folders = preparation.files.folders
        func inAll(_ name: String) -> [String] {
            folders.map { $0.isEmpty ? name : "\($0)/\(name)" }
        }
        var files: [String] = []
        if !preparation.isFrozen {
            if shape.savesLockfile { files.append(preparation.lockfileName) }
            if shape.savesManifest { files += inAll(installer.manifest) }
        }
        if shape.installsTree { files += installer.notes }
        if !shape.installsTree, shape.installsInPlace,
            let before = preparation.lockfile ?? judgedLockfile
        {
            noteChanges(
                from: preparation.lockfile ?? Lockfile(format: before.format),
                to: judgedLockfile ?? before)
        }
        if let name = stage.changedSince() {
            return .failed("\(name) was changed while packages were installed")
        }
        let hasTree = shape.installsTree && !shape.installsInPlace
        if shape.installsInPlace {
            filesBefore = files.map { name in
                let file = try? WholeFile(
                    "\(preparation.files.root)/\(name)", limit: 256 << 20)
                return (name, file?.bytes)
            }
        }
        do throws(StageFailure) {
            let moves = try stage.moves(
                trees: hasTree ? inAll(installer.tree) : [], files: files)
            try journal.note(moves)
            try stage.perform(moves)
        } catch {
            return .failed(error.reason)
        }
        return nil
    }

    /// Notes which packages came, went or changed, and whose scripts did not run.
    private mutating func noteInstalled(_ installed: Lockfile, _ judged: Lockfile) {
        let before =
            self.installed(in: preparation.files.root)?.lockfile(installed.format)
            ?? Lockfile(format: installed.format)
        var twins: [Word: LockedPackage] = [:]
        for package in judged.packages {
            let key = Word(package.title)
            if twins[key]?.requested == nil { twins[key] = package }
        }
        for change in LockfileDiff(from: before, to: installed).changes {
            guard var package = change.new ?? change.old, package.source != .workspace else {
                continue
            }
            // Only the lockfile says what was asked for, and to some trees it alone has digests.
            let twin = twins[Word(package.title)]
            package.requested = twin?.requested
            if package.files.isEmpty { package.files = twin?.files ?? [] }
            switch change.kind {
            case .refined: continue
            case .replaced, .changed: packages.append(.init(package, "changed"))
            case .added: packages.append(.init(package, "added"))
            case .removed: packages.append(.init(package, "removed"))
            }
        }
        for package in installed.packages
        where package.hasInstallScripts == true && package.source != .workspace {
            let isKnown = outcome.suppressed.contains { Word($0) == Word(package.title) }
            if !isKnown { outcome.suppressed.append(package.title) }
        }
    }

    /// Notes a name that the registry does not know, as the tool says in its own words for programs
    /// (`error.code` E404; npm lib/utils/error-message.js).
    mutating func noteMissingName(_ output: [UInt8]) {
        guard let json = try? JSON.parse(output), let error = json["error"],
            error["code"]?.string.map({ Word($0) == "E404" }) == true,
            let detail = error["detail"]?.string
        else { return }
        let parts = detail.utf8.split(
            separator: UInt8(ascii: "'"), omittingEmptySubsequences: false)
        guard parts.count > 2 else { return }
        let spec = String(Substring(parts[1]))
        let name = InstallRun.name(in: spec)
        let range = Word(spec).dropFirst(Word(name).count + 1)
        var package = PackagesRecord.Package(
            purl: LockedPackage(
                .npm, name: name, version: "", source: .registry, at: .init(line: 1, column: 1)
            ).purl, status: "not_found")
        package.requested = range.isEmpty ? nil : range.text
        packages.append(package)
        missingName = name
    }

    /// The name in `name@range`.
    static func name(in request: String) -> String {
        let spec = Word(request)
        let isScoped = spec.first == UInt8(ascii: "@")
        guard let (head, _) = (isScoped ? spec.dropFirst(1) : spec).split(at: UInt8(ascii: "@"))
        else { return request }
        return isScoped ? "@\(head)" : head.text
    }

    /// Notes a request that no version meets which is old enough (npm-pick-manifest lib/index.js:
    /// `No matching version found for x@1 with a date before ...`, `No versions available for x`).
    mutating func noteYoungRequest(_ output: [UInt8]) {
        guard preparation.publishedBefore != nil, let json = try? JSON.parse(output),
            let error = json["error"], let code = error["code"]?.string,
            let summary = error["summary"]?.string
        else { return }
        let forms: [(code: Word, before: Word, whole: Glob)] = [
            (
                "ETARGET", "No matching version found for ",
                Glob("No matching version found for * with a date before *")
            ),
            ("ENOVERSIONS", "No versions available for ", Glob("No versions available for *")),
        ]
        for form in forms where form.code == Word(code) && form.whole.matches(summary) {
            let rest = Word(summary).dropFirst(form.before.count)
            let words = rest.text.utf8.split(separator: 0x20)
            guard let request = words.first.map({ String(Substring($0)) }) else { return }
            youngRequest = request
        }
    }

    // MARK: words

    /// `2 added, 1 changed`.
    private static func summary(_ changes: [LockfileChange]) -> String {
        LockfileChange.Kind.allCases.compactMap { kind in
            let count = changes.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.name)"
        }.joined(separator: ", ")
    }

    /// The sum, and a line for each of the first changes.
    private static func shown(
        _ changes: [LockfileChange]
    ) -> (summary: String, lines: [String]) {
        var lines = changes.prefix(mostShown).map { change -> String in
            let (old, new) = (change.old?.version, change.new?.version)
            var line = "\(change.kind.name) \(change.name)"
            if let old { line += " \(old)" }
            let isSame = old.map { Word($0) } == new.map { Word($0) }
            if let new, !isSame { line += old == nil ? " \(new)" : " -> \(new)" }
            if change.new?.hasInstallScripts == true { line += " (has install scripts)" }
            if change.kind == .replaced { line += ": " + change.details.joined(separator: ", ") }
            return line
        }
        let rest = changes.count - lines.count
        if rest > 0 { lines.append("and \(rest) more") }
        return (summary(changes), lines)
    }
}

extension PackagesRecord.Package {
    /// A package of an install.
    fileprivate init(_ package: LockedPackage, _ status: String) {
        self.init(purl: package.purl, status: status)
        requested = package.requested
        resolved = package.resolved
        integrity = package.integrity.first?.text
        registry = package.registry?.text
    }
}
