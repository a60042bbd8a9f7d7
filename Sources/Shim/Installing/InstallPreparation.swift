// What is known of an install before it is recorded as allowed: its project, its lockfile, and
// whether that lockfile may be installed. Reading only. A lockfile that is to be installed as it is
// gets linted here, so that a bad one is a denial and nothing ever runs.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import Tools

/// An install that may begin.
struct InstallPreparation {
    let shape: InstallShape
    let installer: Installer
    let files: ProjectFiles
    let judgement: InstallJudgement
    /// Addresses that the line's settings name as registries.
    let registries: [String]
    /// Seconds since 1970-01-01 UTC.
    let now: Int
    /// The lockfile's name, whether it exists yet or not.
    let lockfileName: String
    /// What the lockfile was when it was judged; nil where there was none.
    let lockfile: Lockfile?
    let digest: Digest?
    /// Whether the lockfile is installed as it is.
    let isFrozen: Bool
    /// Whether a change waits for a person.
    let isReviewed: Bool
    /// Whether the caller wants the tool's answers as JSON.
    let wantsJSON: Bool
    /// The latest publish time of what may be chosen, RFC 3339.
    let publishedBefore: Word?
    /// The project's own scripts that the tool alone would run.
    let ownScripts: OwnScripts
    /// Whether the project has nothing installed yet.
    let isFirst: Bool
    /// Packages whose install scripts may run.
    let buildable: [String]
    /// Whether no phase may fetch from repositories.
    let isGitLeftOut: Bool
    /// Whether the tool is told a date when it chooses versions, though it has no option that holds.
    let choosesByAge: Bool
    /// Environments that the tool makes or fills in the project.
    let environments: [String]
    /// The exact words.
    let plan: Plan

    /// Prepares an allowed install.
    ///
    /// - Throws: why it is refused after all.
    init(
        _ verdict: Verdict, _ plan: Plan, _ shape: InstallShape, _ installer: Installer,
        cwd: String
    ) throws(PlanRefusal) {
        self.shape = shape
        self.installer = installer
        let obligations = verdict.decision.obligations
        do throws(StageFailure) {
            if let links = installer.links {
                files = try ProjectFiles(from: cwd, manifest: installer.manifest, through: links)
            } else {
                files = try ProjectFiles(
                    from: cwd, named: shape.directory,
                    paths: verdict.invocation.packages.compactMap(\.localPath),
                    ignoresWorkspaces: verdict.invocation.options.contains {
                        $0.name == "workspaces" && !$0.isOn
                    }, manifest: installer.manifest,
                    tree: installer.isMarkedByTree ? installer.tree : nil)
            }
        } catch {
            throw PlanRefusal(error.reason)
        }
        let root = files.root
        let present = installer.lockfiles.first {
            FileStatus(unfollowed: "\(root)/\($0)") != nil
        }
        // The line's own reading has not seen the tool's own settings, nor in a workspace those of
        // the whole project.
        var settings = installer.ownSettings(plan.program, verdict.line.home)
            .map { straightened($0) }
        let start = files.start
        let named = installer.settings.map { start.isEmpty ? [] : [$0] }
        settings += (named ?? installer.settingsRead).map { "\(root)/\($0)" }
        let texts = settings.compactMap { try? WholeFile($0, limit: 1 << 20) }
            .map { String(decoding: $0.bytes, as: UTF8.self) }
        let name = present ?? installer.lockfiles.last ?? ""
        registries = installer.registries(verdict.invocation, verdict.line, texts)
        now = verdict.now
        judgement = InstallJudgement(
            obligations, registries: registries,
            format: LockfileFormat(path: name, bytes: []) ?? .npm)
        lockfileName = name
        let rule = obligations.lockfile
        isReviewed = rule == .review
        wantsJSON = verdict.invocation.has("json")
        ownScripts = OwnScripts(
            shape.installsTree
                ? installer.lifecycle(verdict.invocation, verdict.line, texts) : .init(),
            of: files, installer)
        isFirst = ([installer.tree] + installer.notes).allSatisfy {
            FileStatus(unfollowed: "\(root)/\($0)") == nil
        }
        isFrozen =
            shape.isBare && (shape.isExact || present != nil && rule != .any && rule != .review)
            && shape.installsTree
        if rule == .frozen, present == nil {
            throw PlanRefusal(
                "the policy installs from a lockfile only, and \(root) has no \(lockfileName)")
        }
        if let present {
            let path = "\(root)/\(present)"
            let bytes: [UInt8]
            do throws(WholeFile.Failure) {
                bytes = try WholeFile(path, limit: 256 << 20).bytes
            } catch {
                throw PlanRefusal("\(present): \(error.reason)")
            }
            let lockfile = try InstallJudgement.read(bytes, named: present)
            if isFrozen, let refusal = judgement.refusal(of: lockfile, named: present) {
                throw PlanRefusal(refusal)
            }
            self.lockfile = lockfile
            digest = Digest(of: bytes)
        } else {
            lockfile = nil
            digest = nil
        }
        publishedBefore = verdict.publishedBefore
        let git =
            obligations.sourcesInForce.contains(.git) ? InstallPreparation.git : nil
        let now = Clock.realtime / 1_000_000_000
        var plan = plan
        var circumstances = InstallCircumstances(
            version: verdict.line.version, git: git, publishedBefore: publishedBefore)
        circumstances.exemptsRegistries = !(obligations.cooldownExempt ?? []).isEmpty
        circumstances.switches = plan.injected.map { Word($0) }.filter { $0.hasPrefix("--") }
        let words = installer.words(verdict.invocation, circumstances)
        choosesByAge = words.choosesByAge
        plan.split(
            words, shape, isFrozen: isFrozen,
            builds: !obligations.scriptsAllowed(at: now).isEmpty,
            inPlace: shape.installsInPlace)
        plan.apply(
            installer.environment(root, shape) { FileStatus("\(root)/\($0)")?.isDirectory == true },
            to: verdict.line.environment)
        let own = ownScripts.list.map {
            Phase(
                .script, program: plan.program, calledAs: plan.calledAs,
                arguments: ["run", Word($0.name)], in: .project)
        }
        plan.phases.insert(
            contentsOf: own,
            at: plan.phases.firstIndex { $0.purpose == .test } ?? plan.phases.count)
        self.plan = plan
        isGitLeftOut = git == nil
        environments = shape.installsInPlace ? verdict.invocation.environmentsMade : []
        buildable = obligations.scriptsAllowed(at: now)
    }

    /// Why the install is not staged although its tool's are; nil where it is.
    var inPlace: String? {
        let root = files.root
        let hasManifest = FileStatus("\(root)/\(installer.manifest)") != nil
        if installer.links != nil || installer.inventory == nil && shape.isBare, !hasManifest {
            return "\(root) has no \(installer.manifest)"
        }
        if shape.installsInPlace, isFrozen { return "nothing would be resolved" }
        if let key = otherLockfile { return "\(key) leads to another lockfile" }
        if installer.links != nil, let outside = files.pathOutside {
            return "\(outside) leads out of \(root), and such a line is not staged"
        }
        // npm links what yarn copies, and a copy of a manifest is no package.
        if installer.links == nil, installer.inventory == nil, files.hasPathPackages {
            return "\(root) has packages by path, and such an install is not staged"
        }
        return nil
    }

    /// A setting of the project that leads to another lockfile than that of its root; nil where none
    /// does. Read coarsely: any mention counts.
    private var otherLockfile: String? {
        let keys = installer.otherLockfileBy.text.utf8.split(separator: UInt8(ascii: " "))
        let (root, start) = (files.root, files.start)
        for folder in keys.isEmpty ? [] : start.isEmpty ? [root] : [root, "\(root)/\(start)"] {
            for name in installer.settingsRead {
                guard let file = try? WholeFile("\(folder)/\(name)", limit: 1 << 20) else {
                    continue
                }
                for key in keys
                where firstIndex(of: Array(key), in: file.bytes[...]) != nil {
                    return "\(String(Substring(key))) in \(name)"
                }
            }
        }
        return nil
    }

    /// What a drift of this install marks, and what marks stop it.
    func subjects(task: String?) -> [String] {
        DriftMarks.subjects(project: files.root, task: task)
    }

    /// The system's own git, wherever the caller's PATH leads.
    private static var git: String {
        let places = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"]
        return places.first { FilePath.isExecutable($0) } ?? places[0]
    }
}

extension PackageRequest {
    /// The path that the line names; nil for other sources.
    fileprivate var localPath: String? {
        guard source == .path else { return nil }
        let text = range.isEmpty ? spelling : range
        for prefix: Word in ["file:", "link:"] where text.hasPrefix(prefix) {
            return text.dropFirst(prefix.count).text
        }
        return text.text
    }
}

extension Obligations {
    /// Whether there is a condition that only a staged install can meet.
    fileprivate var needsStage: Bool {
        lockfile == .review || registries != nil || sandbox == .require
            || !(scripts ?? []).isEmpty || !packagesAllowed.isEmpty || !packagesDenied.isEmpty
    }
}

extension Verdict {
    /// The install that this allowed line is, where its tool's installs are staged; nil for any
    /// other line. One that has to be refused becomes denied.
    ///
    /// - Parameters:
    ///   - state: the state directory, whose marks stop an install.
    ///   - task: the task's label.
    mutating func prepareInstall(
        _ plan: Plan?, marksIn state: String, task: String?
    ) -> InstallPreparation? {
        guard let plan, let shape = invocation.install else { return nil }
        do throws(PlanRefusal) {
            guard let installer = profile.installer, invocation.nested.isEmpty, let cwd = line.cwd
            else {
                guard decision.obligations.needsStage else { return nil }
                throw PlanRefusal("the policy has conditions for which this line has no stage")
            }
            let preparation = try InstallPreparation(self, plan, shape, installer, cwd: cwd)
            if let reason = preparation.inPlace {
                if heldTo != nil, shape.installsInPlace { return nil }
                guard decision.obligations.needsStage else { return nil }
                throw PlanRefusal(reason)
            }
            let marks = DriftMarks(in: state)
            guard let mark = marks.first(on: preparation.subjects(task: task)) else {
                return preparation
            }
            decision = decision.pending(because: mark.pendingReason)
            return nil
        } catch {
            decision = decision.refused(because: redact([error.reason], hiding: secrets)[0])
            return nil
        }
    }
}
