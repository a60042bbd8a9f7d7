// An install into an environment that its tool keeps itself (pip, uv, gem), from its record to its
// outcome: resolve, judge, fetch into a private place, look into what was fetched, install from
// there. The tool learns what to fetch and install from a file without a name, so that nobody can
// change it in between, and nothing is installed before everything was judged.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import Tools

/// Runs installs that are resolved first.
struct ResolvedRun {
    let verdict: Verdict
    let decision: Decision
    let resolver: Resolver
    let installation: Installation
    let log: AuditLog
    let hops: Hops
    /// The adopted environment whose own program was called, or the one that is filled; what it gets is
    /// adopted as well.
    let environments: [String]
    /// The one whose own program was called, and is needed to the end.
    let called: String?
    /// Starts pip with another environment's python; nil where its files do not tell.
    private let pipRunner: String?
    /// Packages whose own code may run while they are built.
    let buildable: [String]
    var outcome: OutcomeRecord
    var packages: [PackagesRecord.Package] = []
    /// What the line takes away, also where another version comes in its place.
    var leaving: [LockedPackage] = []
    /// Environments that get their own programs back until it has ended.
    var released: [String] = []
    /// Whether pip may take listed packages as source, and its builds are confined.
    var isGuarded = false
    /// By what, as the kernel gave it.
    var enforcement = ""
    /// A name that the registry does not know.
    var missingName: String?
    private let record: Appended
    /// Whether the outcome is on record. Where it is not (a full disk), the journal stays, and the next
    /// run records it.
    private var isRecorded = false

    init(
        _ verdict: Verdict, _ resolver: Resolver, recorded: Appended, tool: RealTool,
        installation: Installation, log: AuditLog, hops: Hops
    ) {
        self.verdict = verdict
        self.resolver = resolver
        self.installation = installation
        self.log = log
        self.hops = hops
        decision = verdict.decision
        called = tool.adopted.map { FilePath.parent(FilePath.parent($0.calledAs)) }
        environments = (called.map { [$0] } ?? []) + verdict.invocation.environmentsMade
        pipRunner = resolver.report == .pip ? PipRunner.path(of: tool.path) : nil
        buildable = verdict.decision.obligations.scriptsAllowed(at: verdict.now)
        record = recorded
        outcome = OutcomeRecord(ref: recorded.id, ending: .exit(0), milliseconds: 0)
    }

    /// Runs the phases of a recorded plan.
    mutating func run(_ recorded: consuming RecordedPlan) -> Int32 {
        let began = Clock.monotonic
        let signals = HeldSignals()
        let journal: InstallJournal
        let stage: InstallStage
        do throws(StageFailure) {
            journal = try InstallJournal.begin(
                of: record.id, project: installation.state, filling: environments,
                in: installation.state)
        } catch {
            return finish(.failed(error.reason), began)
        }
        do throws(StageFailure) {
            stage = try InstallStage(in: installation.state, of: record.id)
        } catch {
            let code = finish(.failed(error.reason), began)
            if isRecorded { journal.end() }
            return code
        }
        let end = work(recorded, in: stage, signals)
        // Whatever ended it: a phase that failed may have brought programs before.
        let bringing: Word = "remove install own"
        let hasBrought = outcome.phases.contains { bringing.lists(Word($0.name)) }
        if hasBrought || !released.isEmpty { adopt() }
        let code = finish(end, began)
        var ending = journal
        if isRecorded { ending.noteOutcome() }
        stage.remove()
        if isRecorded { ending.end() }
        if case .tool(let supervised) = end, code == 0 || !supervised.isSuccess {
            return supervised.endAlike()
        }
        if case .signal(let number) = end {
            return Supervised(ending: .signal(number), milliseconds: 0).endAlike()
        }
        return code
    }

    /// Phase after phase; the first that does not end well ends the install.
    private mutating func work(
        _ recorded: borrowing RecordedPlan, in stage: InstallStage,
        _ signals: borrowing HeldSignals
    ) -> InstallEnd {
        if resolver.report == .pip, pipRunner == nil,
            recorded.plan.phases.contains(where: { $0.otherPython != nil })
        {
            return .refused(
                "the files of pip are not where they are expected, so it cannot be started "
                    + "with another python")
        }
        var judged: [ResolvedPackage] = []
        var last = Supervised(ending: .exit(0), milliseconds: 0)
        for phase in recorded.plan.phases {
            if let number = signals.pendingEnd() ?? last.interruption { return .signal(number) }
            if isNeedless(phase.purpose, judged) { continue }
            release(for: phase.purpose)
            var errors: [UInt8] = []
            var report: [UInt8] = []
            do throws(LaunchFailure) {
                // pip says itself what it does.
                let isSilent = phase.purpose == .resolve && resolver.report == .gem
                let waiting = isSilent ? WaitingLine("resolving and fetching") : nil
                defer { waiting?.end() }
                last = try start(
                    phase, of: recorded, in: stage, judged, signals, report: &report,
                    errors: &errors)
                if phase.purpose == .resolve, !last.isSuccess, mayBuild(after: errors) {
                    note(phase, last, judged)
                    if let end = guardBuilds(of: recorded, signals) { return end }
                    last = try start(
                        phase, of: recorded, in: stage, judged, signals, report: &report,
                        errors: &errors)
                }
            } catch {
                return .notStarted(error)
            }
            StandardStreams.write(shown(errors, last), to: 2)
            note(phase, last, judged)
            guard last.isSuccess else {
                if phase.purpose == .resolve {
                    if let reason = tooOld(errors) { return .refused(reason) }
                    explain(errors, report, phase, of: recorded, signals)
                }
                return .tool(last)
            }
            do throws(PlanRefusal) {
                switch phase.purpose {
                case .resolve where resolver.report == .uv:
                    judged = try expect(report, said: errors)
                case .pin:
                    judged = try judgePinned(judged, in: stage)
                    if recorded.plan.isJudgedByAge { try judgeByAge(judged) }
                case .resolve:
                    judged = try judge(report)
                    if recorded.plan.isJudgedByAge { try judgeByAge(judged) }
                    if resolver.report == .gem { judged = try lookInto(stage, judged) }
                    if let end = refuseUnconfined(judged, of: recorded, signals) { return end }
                case .fetch where recorded.plan.phases.contains { $0.purpose == .install }:
                    judged = try lookInto(stage, judged)
                case .install where resolver.report == .gem:
                    note(judged)
                    if let end = building.build(
                        try GemBuild.read(report), of: recorded, signals, noting: &outcome)
                    {
                        return end
                    }
                case .install, .own, .fetch, .remove: note(judged)
                case .ask, .build, .script, .test: continue
                }
            } catch {
                return .refused(error.reason)
            }
        }
        return .tool(last)
    }

    /// Runs one phase with what it needs to know.
    private func start(
        _ phase: Phase, of recorded: borrowing RecordedPlan, in stage: InstallStage,
        _ judged: [ResolvedPackage], _ signals: borrowing HeldSignals, report: inout [UInt8],
        errors: inout [UInt8]
    ) throws(LaunchFailure) -> Supervised {
        var phase = phase
        var surroundings = PhaseSurroundings()
        guard let exchange = try? Descriptor.unnamed(), let said = try? Descriptor.unnamed() else {
            throw LaunchFailure(code: 12)
        }
        surroundings.report = exchange.number
        if resolver.report == .uv, phase.purpose == .resolve {
            surroundings.output = exchange.number
        }
        var removed: [Word] = []
        let isInstalling = recorded.plan.phases.contains { $0.purpose == .install }
        switch phase.purpose {
        case .pin, .remove,
            .fetch where resolver.report == .uv,
            .install where resolver.report == .uv, .own where resolver.report == .uv:
            try hand(uvText(for: phase.purpose, judged), to: exchange)
            phase.arguments += try uvWords(for: phase.purpose, judged, in: stage)
            removed = ["UV_REQUIRE_HASHES"]
        case .resolve:
            // What it warns of and why it failed is shown when it has ended.
            surroundings.errors = said.number
            if resolver.report == .gem {
                surroundings.variables = [
                    .init(name: "SHIMGATE_GEM_STAGE", value: Word(stage.path))
                ]
            }
        case .fetch:
            try hand(ResolvedRun.addresses(judged), to: exchange)
            if isInstalling { phase.arguments.append(Word("--dest=\(stage.path)")) }
            removed = choosingVariables()
        case .install:
            if resolver.report == .pip {
                try hand(ResolvedRun.pins(judged), to: exchange)
                phase.arguments.append(Word("--find-links=\(stage.path)"))
                removed = choosingVariables(with: "find-links index-url extra-index-url no-index")
            } else {
                phase.arguments = phase.arguments.filled(with: judged, in: stage.path)
                surroundings.variables = [GemBuilding.variable(unbuilt(judged))]
            }
        case .own:
            for package in judged where package.file.utf8.isEmpty {
                guard let path = package.path else { continue }
                if package.isEditable { phase.arguments.append("-e") }
                phase.arguments.append(Word(path))
            }
            removed = choosingVariables()
        case .ask, .build, .script, .test: break
        }
        if let pipRunner, let other = phase.otherPython {
            // A program of pip's own between would not hand on our files.
            phase.program = other.path
            phase.calledAs = other.path
            phase.arguments = [Word(pipRunner)] + other.words
            surroundings.variables.append(.init(name: "_PIP_RUNNING_IN_SUBPROCESS", value: "1"))
        }
        // Only a phase that builds the project's own code needs other programs.
        if !recorded.plan.staysAlone, isInstalling, resolver.report != .uv,
            phase.purpose == .fetch || phase.purpose == .install
        {
            let words: [Word] = ["alone", Word(phase.calledAs), Word(phase.program)]
            phase.program = installation.binary
            phase.calledAs = installation.binary
            phase.arguments = words + phase.arguments
        }
        if isGuarded, phase.purpose == .resolve || phase.purpose == .fetch {
            phase = guarded(phase, building: isInstalling && judged.contains(where: needsBuilding))
            surroundings.variables += guardVariables
        }
        let ended = try Launcher.run(
            phase, of: recorded, removing: removed, hops: hops, holding: signals,
            in: surroundings)
        if phase.purpose == .resolve {
            errors = (try? said.bytes(count: 1 << 20, at: 0)) ?? []
        }
        if phase.purpose == .resolve || phase.purpose == .install && resolver.report == .gem {
            report = (try? exchange.bytes(count: ResolvedRun.longestReport + 1, at: 0)) ?? []
        }
        return ended
    }

    /// A phase that was told less would fetch or install less, and seem to have done all of it.
    func hand(
        _ bytes: [UInt8], to exchange: borrowing Descriptor
    ) throws(LaunchFailure) {
        do throws(SystemError) { try exchange.write(bytes, at: 0) } catch {
            throw LaunchFailure(code: error.errno)
        }
    }

    /// The most bytes of a report.
    static let longestReport = 64 << 20

    /// pip's variables that would choose packages a second time, and others.
    private func choosingVariables(with others: Word = "") -> [Word] {
        guard resolver.report == .pip else { return [] }
        let choosing: Word = """
            requirement editable constraint group requirements-from-script pre require-hashes \
            no-require-hashes uploaded-prior-to no-deps no-dependencies only-deps
            """
        var names: [Word] = []
        for entry in verdict.line.environment.entries where entry.name.hasPrefix("PIP_") {
            var bytes: [UInt8] = []
            for byte in entry.name.dropFirst(4).lowercasedASCII.text.utf8 {
                bytes.append(byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte)
            }
            let name = Word(String(decoding: bytes, as: UTF8.self))
            if choosing.lists(name) || others.lists(name) { names.append(entry.name) }
        }
        return names
    }

    /// Programs that have come into an adopted environment are guarded like those before.
    private func adopt() {
        let supervision = Supervision(installation: installation, log: log)
        for environment in environments { supervision.adopt(environment) }
    }
}

extension Phase {
    /// The python of pip's `--python`, and the words that pip would start it with.
    fileprivate var otherPython: (path: String, words: [Word])? {
        let option: Word = "--python="
        guard let place = arguments.firstIndex(where: { $0.hasPrefix(option) }) else { return nil }
        return (arguments[place].dropFirst(option.count).text, Array(arguments[(place + 1)...]))
    }
}

// MARK: the end

extension ResolvedRun {
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
        case .tool(let supervised), .scriptFailed(_, let supervised),
            .projectScriptFailed(_, let supervised):
            outcome.ending = supervised.ending
            if let missingName { _ = say(.nameNotFound(missingName)) }
            if case .exit(let code) = supervised.ending { return code }
            return 1
        case .refused(let reason), .drift(let reason):
            let reason = redact([reason], hiding: verdict.secrets)[0]
            outcome.refused = reason
            return stopped(.denied(decision.refused(because: reason), name))
        case .failed(let reason):
            return stopped(.installFailed(decision, redact([reason], hiding: verdict.secrets)[0]))
        case .review: return stopped(.installFailed(decision, "it cannot be reviewed"))
        case .signal(let number):
            outcome.ending = .signal(number)
            return 128 + number
        case .notStarted(let failure):
            return stopped(.toolNotStarted(failure, path: verdict.line.calledAs.text))
        }
    }

    private mutating func stopped(_ message: Message) -> Int32 {
        outcome.ending = .exit(message.exitCode)
        packages = []
        return say(message)
    }
}
