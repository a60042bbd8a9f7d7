// An install from its record to its outcome: phases in the stage, judged in between, and moved into
// the project at the end (docs/adr/0003). Whatever stops it on the way leaves the project as it was.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import StrictJSON
internal import Tools

/// How an install ended.
enum InstallEnd {
    /// As the tool itself did, well or not.
    case tool(Supervised)
    /// A package's script failed after everything was installed.
    case scriptFailed(String, Supervised)
    /// One of the project's own scripts failed after everything was installed.
    case projectScriptFailed(String, Supervised)
    /// Policy refused what was resolved.
    case refused(String)
    /// The changes wait for a person.
    case review
    /// What was installed is not what was judged.
    case drift(String)
    /// No stage could be made or moved.
    case failed(String)
    /// Somebody ended us between two phases.
    case signal(Int32)
    /// A tool that could not be started.
    case notStarted(LaunchFailure)
}

/// Runs installs.
struct InstallRun {
    let preparation: InstallPreparation
    let decision: Decision
    let installation: Installation
    let log: AuditLog
    /// The task's label, where there is one.
    let task: String?
    let hops: Hops
    /// Runs the project's own scripts.
    let following: FollowingLine
    var outcome: OutcomeRecord
    var packages: [PackagesRecord.Package] = []
    /// A name that the registry does not know.
    var missingName: String?
    /// A request that only versions meet which are too young.
    var youngRequest: String?
    /// Files of the project that were kept before the judged ones were moved in.
    var filesKept: [String] = []
    /// What the tool said of packages that it left unbuilt.
    var unbuilt: [UInt8] = []
    /// The lockfile that was judged last.
    var judgedDigest: Digest?
    var judgedLockfile: Lockfile?
    private let record: Appended
    /// Whether the outcome is on record. Where it is not (a full disk), the journal stays, and the next
    /// run records it.
    private var isRecorded = false

    init(
        _ preparation: InstallPreparation, of decision: Decision, recorded: Appended,
        installation: Installation, log: AuditLog, task: String?, following: FollowingLine
    ) {
        self.preparation = preparation
        self.decision = decision
        self.installation = installation
        self.log = log
        self.task = task
        hops = following.hops
        self.following = following
        record = recorded
        judgedDigest = preparation.digest
        outcome = OutcomeRecord(ref: recorded.id, ending: .exit(0), milliseconds: 0)
    }

    /// Runs the phases of a recorded plan.
    mutating func run(_ recorded: consuming RecordedPlan) -> Int32 {
        let began = Clock.monotonic
        let signals = HeldSignals()
        var journal: InstallJournal
        do throws(StageFailure) {
            journal = try InstallJournal.begin(
                of: record.id, project: preparation.files.root,
                filling: preparation.environments, in: installation.state)
        } catch {
            return finish(.failed(error.reason), began)
        }
        let stage: InstallStage
        let end: InstallEnd
        do throws(StageFailure) {
            var filling = try InstallStage(in: preparation.files.root, of: record.id)
            let hidden: [Word]
            do throws(StageFailure) { hidden = try fill(&filling) } catch {
                filling.remove()
                throw error
            }
            stage = filling
            end = work(recorded, in: stage, without: hidden, &journal, signals)
        } catch {
            let code = finish(.failed(error.reason), began)
            if isRecorded { journal.end() }
            return code
        }
        let code = finish(end, began)
        if isRecorded { journal.noteOutcome() }
        stage.remove()
        if isRecorded { journal.end() }
        if case .tool(let supervised) = end { return supervised.endAlike() }
        if case .scriptFailed(_, let supervised) = end { return supervised.endAlike() }
        if case .projectScriptFailed(_, let supervised) = end { return supervised.endAlike() }
        if case .signal(let number) = end {
            return Supervised(ending: .signal(number), milliseconds: 0).endAlike()
        }
        return code
    }

    /// Phase after phase; the first that does not end well ends the install.
    private mutating func work(
        _ recorded: borrowing RecordedPlan, in stage: InstallStage, without hidden: [Word],
        _ journal: inout InstallJournal, _ signals: borrowing HeldSignals
    ) -> InstallEnd {
        var judged = preparation.lockfile
        var last = Supervised(ending: .exit(0), milliseconds: 0)
        var builds: [InstallBuild] = []
        var ranScripts = false
        let phases = preparation.plan.phases
        for (place, phase) in phases.enumerated() {
            let installsInPlace = phase.purpose == .install && phase.place == .project
            if let number = signals.pendingEnd() ?? last.interruption {
                if installsInPlace { restore(stage) }
                return .signal(number)
            }
            if installsInPlace, let end = refuseUnconfinedGems(of: recorded, signals) {
                restore(stage)
                return end
            }
            if phase.purpose == .build {
                if let end = build(builds, by: phase, of: recorded, signals) { return end }
                continue
            }
            if phase.purpose == .script {
                // Nothing of ours lies in the project when its own code runs there.
                stage.remove()
                if !ranScripts, let end = runOwnScripts(signals) { return end }
                ranScripts = true
                // They had copies of settings files of their own in the same place.
                _ = try? SettingsCopies(recorded.plan, in: installation.state)
                continue
            }
            let supervision = Supervision(installation: installation, log: log)
            // A tool that fills an environment looks at its own programs.
            let released = installsInPlace ? supervision.release(preparation.environments) : []
            do throws(LaunchFailure) {
                last = try start(phase, of: recorded, in: stage, without: hidden, signals)
            } catch {
                if installsInPlace { restore(stage) }
                for path in released { supervision.adopt(path) }
                return .notStarted(error)
            }
            // Whatever ended it: what failed may have brought programs before.
            if installsInPlace {
                for path in preparation.environments { supervision.adopt(path) }
            }
            outcome.phases.append(
                .init(
                    phase.purpose.rawValue, ending: last.ending, milliseconds: last.milliseconds))
            if let request = youngRequest,
                let reason = explain(request, after: phase, of: recorded, in: stage, signals)
            {
                return .refused(reason)
            }
            guard last.isSuccess else {
                if installsInPlace { restore(stage) }
                return .tool(last)
            }
            switch phase.purpose {
            case .resolve:
                if phases[(place + 1)...].contains(where: { $0.purpose == .resolve }) { continue }
                do throws(PlanRefusal) { judged = try judge(stage) } catch {
                    return .refused(error.reason)
                }
                if preparation.isReviewed, outcome.refused != nil { return .review }
            case .install where phase.place == .project:
                if let end = inspectProject(against: judged) { return end }
                if let end = buildGems(of: recorded, signals) { return end }
            case .install:
                if let end = inspect(stage, against: judged) { return end }
                builds = findBuilds(in: stage, judged)
                if let end = refuseUnconfined(builds, of: recorded, signals) { return end }
            case .ask, .build, .script, .test, .pin, .fetch, .remove, .own: continue
            }
            let isLastInStage =
                phase.place == .stage && !phases[(place + 1)...].contains { $0.place == .stage }
            guard isLastInStage else { continue }
            // One that came as the phase was being started has not reached it.
            if let number = signals.pendingEnd() ?? last.interruption { return .signal(number) }
            if let end = moveIn(stage, &journal) { return end }
        }
        return .tool(last)
    }

    // MARK: the stage

    /// Copies what decides about the install.
    ///
    /// - Returns: variables that the settings could put into an address, and that the phases
    ///   therefore do not get.
    private func fill(_ stage: inout InstallStage) throws(StageFailure) -> [Word] {
        let (installer, files) = (preparation.installer, preparation.files)
        for folder in files.folders {
            try stage.copy(folder.isEmpty ? installer.manifest : "\(folder)/\(installer.manifest)")
        }
        for archive in files.archives { try stage.copy(archive) }
        for program in files.programs { try stage.write([], to: program, mode: 0o755) }
        for name in installer.lockfiles {
            let bytes = try stage.copy(name)
            let isJudged = Word(name) == Word(preparation.lockfileName)
            if isJudged, bytes.map({ Digest(of: $0) }) != preparation.digest {
                throw StageFailure("\(name) was changed while it was judged")
            }
        }
        for file in installer.needed where FileStatus("\(stage.path)/\(file.name)") == nil {
            try stage.write(Array(file.text.utf8), to: file.name, mode: 0o644)
        }
        for name in installer.notes { try stage.copy(name) }
        for name in installer.linked { try stage.link(name) }
        if let links = installer.links {
            var places = [""]
            for folder in files.folders {
                var place = folder
                while !place.utf8.isEmpty, place.utf8.first != UInt8(ascii: ".") {
                    if !places.contains(where: { Word($0) == Word(place) }) { places.append(place) }
                    place = FilePath.parent(place)
                }
            }
            for place in places {
                try stage.linkAll(in: place) { links.leftOut.lists(Word($0)) }
            }
        }
        var settings: [UInt8] = []
        if let name = installer.settings {
            settings =
                try stage.copy(name) {
                    SettingsFile.cleaned($0, without: installer.settingsLeftOut)
                } ?? []
        }
        for name in installer.settingsRead {
            let file = try? WholeFile("\(files.root)/\(name)", limit: 1 << 20)
            settings += (file?.bytes ?? []) + [0x0A]
        }
        if installer.inventory == nil, preparation.isGitLeftOut {
            try stage.link(InstallRun.programs + "/git", to: "/bin/false")
        }
        // The tool takes a folder with a tree for the project, whatever lies above it.
        if installer.links == nil { try stage.makeDirectory(named: installer.tree) }
        return variablesNamed(in: settings)
    }

    /// A directory of the stage that stands before the others on PATH.
    private static let programs = ".shimgate-programs"

    private mutating func start(
        _ phase: Phase, of recorded: borrowing RecordedPlan, in stage: InstallStage,
        without hidden: [Word], _ signals: borrowing HeldSignals
    ) throws(LaunchFailure) -> Supervised {
        var surroundings = PhaseSurroundings()
        guard phase.place == .stage else {
            guard phase.purpose == .install else {
                return try Launcher.run(
                    phase, of: recorded, hops: hops, holding: signals, in: surroundings)
            }
            surroundings.variables += preparation.installer.installVariables
            guard let said = try? Descriptor.unnamed() else { throw LaunchFailure(code: 12) }
            if preparation.installer.leavesUnbuilt {
                surroundings.report = said.number
                surroundings.variables += gemVariables
            }
            let ended = try Launcher.run(
                phase, of: recorded, hops: hops, holding: signals, in: surroundings)
            unbuilt = (try? said.bytes(count: 1 << 20, at: 0)) ?? []
            return ended
        }
        surroundings.variables += preparation.installer.stageVariables
        let start = preparation.files.start
        surroundings.directory = start.isEmpty ? stage.path : "\(stage.path)/\(start)"
        if preparation.installer.inventory == nil, preparation.isGitLeftOut {
            let path = ProcessInput.variable("PATH") ?? "/usr/bin:/bin"
            surroundings.variables.append(
                .init(name: "PATH", value: Word("\(stage.path)/\(InstallRun.programs):\(path)")))
        }
        guard phase.purpose == .resolve, let output = try? Descriptor.unnamed(),
            let errors = try? Descriptor.unnamed()
        else {
            return try Launcher.run(
                phase, of: recorded, removing: hidden, hops: hops, holding: signals,
                in: surroundings)
        }
        surroundings.output = output.number
        surroundings.errors = errors.number
        let ended = try Launcher.run(
            phase, of: recorded, removing: hidden, hops: hops, holding: signals,
            in: surroundings)
        if !ended.isSuccess {
            let printed = (try? output.bytes(count: 1 << 20, at: 0)) ?? []
            StandardStreams.write((try? errors.bytes(count: 1 << 20, at: 0)) ?? [], to: 2)
            if wantsJSON || !preparation.installer.resolvesInJSON {
                StandardStreams.write(printed, to: 1)
            }
            noteMissingName(printed)
            noteYoungRequest(printed)
        }
        return ended
    }
}

// MARK: what was published too lately

extension InstallRun {
    /// Why a request is refused, nil where its age is not to blame, with the newest version that would not be: the tool is asked when
    /// each was published, because its own message does not say.
    private func explain(
        _ request: String, after phase: Phase, of recorded: borrowing RecordedPlan,
        in stage: InstallStage, _ signals: borrowing HeldSignals
    ) -> String? {
        let name = InstallRun.name(in: request)
        let limit = preparation.publishedBefore ?? ""
        let young =
            "\(request) was published after \(limit), which the policy's minimumReleaseAge forbids"
        let asking = Phase(
            .ask, program: phase.program, calledAs: phase.calledAs,
            arguments: ["view", "--json=true", "--", Word(name), "time"], in: .stage)
        guard let output = try? Descriptor.unnamed(), let errors = try? Descriptor.unnamed() else {
            return young
        }
        var surroundings = PhaseSurroundings()
        surroundings.directory = stage.path
        surroundings.output = output.number
        surroundings.errors = errors.number
        let ended = try? Launcher.run(
            asking, of: recorded, hops: hops, holding: signals, in: surroundings)
        guard ended?.isSuccess == true, let text = try? output.bytes(count: 16 << 20, at: 0),
            let times = try? JSON.parse(text)
        else { return young }
        guard InstallRun.isYoung(request, times, after: limit) else { return nil }
        guard let newest = InstallRun.newest(in: times, before: limit) else {
            return young + "; no version of it is old enough"
        }
        return young + "; the newest that is old enough is \(name)@\(newest)"
    }

    /// Whether a version could have been meant that was published after a time: with a date, the tool
    /// says the same of versions that never were.
    static func isYoung(_ request: String, _ times: JSON, after limit: Word) -> Bool {
        let range = Word(request).dropFirst(Word(name(in: request)).count + 1)
        let isExact = range.first >= 0x30 && range.first <= 0x39
        for member in times.object ?? [] {
            guard let time = member.value.string.map({ Word($0) }), !(time < limit),
                let first = member.name.utf8.first, first >= 0x30, first <= 0x39
            else { continue }
            if !isExact || Word(member.name) == range { return true }
        }
        return false
    }

    /// The version that was published last before a time; both are RFC 3339 in UTC.
    static func newest(in times: JSON, before limit: Word) -> String? {
        var newest: (version: String, time: Word)?
        for member in times.object ?? [] {
            // `created` and `modified` are no versions, and what is not final is asked for by name.
            let first = member.name.utf8.first ?? 0
            guard first >= 0x30, first <= 0x39, !member.name.utf8.contains(UInt8(ascii: "-")),
                let time = member.value.string.map({ Word($0) }), time < limit
            else { continue }
            if newest.map({ !(time < $0.time) }) ?? true { newest = (member.name, time) }
        }
        return newest?.version
    }
}

// MARK: what others left

extension InstallRun {
    /// Finishes installs that were killed, and records what is known of them.
    static func finishInterrupted(in installation: Installation, _ log: AuditLog) {
        InstallJournal.recover(in: installation.state) { interrupted in
            _ = say(.installRecovered(interrupted.project, isMovedIn: interrupted.isMovedIn))
            let supervision = Supervision(installation: installation, log: log)
            for path in interrupted.environments { supervision.adopt(path) }
            guard interrupted.owesOutcome else { return true }
            var outcome = OutcomeRecord(
                ref: interrupted.record, ending: .exit(0), milliseconds: 0)
            outcome.isInterrupted = true
            return (try? log.append(outcome)) != nil
        }
    }
}

// MARK: the end

extension AuditLog {
    /// Records how an install ended. The tool has run, so what cannot be recorded is said only.
    ///
    /// - Returns: whether it is on record.
    @discardableResult
    func note(_ outcome: OutcomeRecord, with packages: [PackagesRecord.Package]) -> Bool {
        do throws(AuditError) {
            if !packages.isEmpty {
                try append(PackagesRecord(ref: outcome.ref, packages: packages))
            }
            try append(outcome)
            return true
        } catch {
            _ = say(.outcomeNotRecorded("\(error.path): \(error.description)"))
            return false
        }
    }
}

extension InstallRun {
    /// Says and records how it ended.
    private mutating func finish(_ end: InstallEnd, _ began: Clock.Nanoseconds) -> Int32 {
        outcome.milliseconds = (Clock.monotonic - began) / 1_000_000
        let code = tell(end)
        isRecorded = log.note(outcome, with: packages)
        return code
    }

    private mutating func tell(_ end: InstallEnd) -> Int32 {
        let name = Message.RecordName(record)
        switch end {
        case .tool(let supervised):
            outcome.ending = supervised.ending
            if supervised.isSuccess {
                if !outcome.suppressed.isEmpty { _ = say(.scriptsSuppressed(outcome.suppressed)) }
                return 0
            }
            // What failed may be a build or the tests, which run when everything is installed.
            let staged: Word = "resolve install"
            let isInstalled = outcome.phases.last.map { !staged.lists(Word($0.name)) } ?? false
            if !isInstalled { outcome.suppressed = [] }
            if let missingName {
                _ = say(.nameNotFound(missingName))
            } else if preparation.isFrozen, !preparation.shape.isExact, !isInstalled {
                _ = say(
                    .frozenInstallFailed(
                        preparation.lockfileName, change: preparation.installer.changeLine))
            }
            if case .exit(let code) = supervised.ending { return code }
            return 1
        case .scriptFailed(let package, let supervised):
            outcome.ending = supervised.ending
            _ = say(.scriptFailed(package))
            if case .exit(let code) = supervised.ending { return code }
            return 1
        case .projectScriptFailed(let script, let supervised):
            outcome.ending = supervised.ending
            _ = say(.projectScriptFailed(script))
            if case .exit(let code) = supervised.ending { return code }
            return 1
        case .refused(let reason):
            outcome.refused = redact(reason)
            return stopped(.denied(decision.refused(because: redact(reason)), name))
        case .review: return stopped(.reviewNeeded(decision, preparation.lockfileName, name))
        case .drift(let reason):
            outcome.drift = redact(reason)
            do throws(StageFailure) {
                try DriftMarks(in: installation.state).add(
                    on: preparation.subjects(task: task), record: record.id,
                    reason: redact(reason))
            } catch {
                _ = say(.installFailed(decision, error.reason))
            }
            return stopped(.drifted(decision, redact(reason), name))
        case .failed(let reason): return stopped(.installFailed(decision, redact(reason)))
        case .signal(let number):
            outcome.ending = .signal(number)
            return 128 + number
        case .notStarted(let failure):
            return stopped(.toolNotStarted(failure, path: preparation.plan.program))
        }
    }

    /// The record of the line itself.
    var lineRecord: RecordID { record.id }

    /// The tool's name.
    var tool: String { FilePath.name(preparation.plan.program) }

    private mutating func stopped(_ message: Message) -> Int32 {
        outcome.ending = .exit(message.exitCode)
        outcome.suppressed = []
        packages = []
        return say(message)
    }
}
