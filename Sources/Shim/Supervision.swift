// What follows a tool whose parent stays: environments that it made are adopted, the lockfile that it
// was held to is compared, and the tool's end is recorded. The tool's exit code stays what it was,
// whatever of this fails: it has run. Only where the lockfile was changed meanwhile it is ours.

internal import Audit
internal import GateCore
internal import Launch
internal import Platform
internal import Tools

/// Runs tools as children.
struct Supervision {
    let installation: Installation
    let log: AuditLog

    /// Runs the plan and adopts what it made.
    ///
    /// An environment that was adopted before is given its own programs back first, because a tool
    /// that fills it again looks at them.
    func run(
        _ recorded: consuming RecordedPlan, making environments: [String],
        held: HeldInstall? = nil, hops: Hops
    ) -> Int32 {
        let record = recorded.record
        var journal: InstallJournal
        var outcome = OutcomeRecord(ref: record.id, ending: .exit(0), milliseconds: 0)
        // Where the outcome is not on record (a full disk), the next run records it by the journal.
        var isRecorded = false
        guard let held else {
            return start(
                recorded, making: environments, held: nil, hops, noting: &outcome, &isRecorded
            ).code
        }
        do throws(StageFailure) {
            journal = try InstallJournal.begin(
                of: record.id, project: held.lockfile.directory, filling: environments,
                in: installation.state)
        } catch {
            let message = Message.installFailed(held.decision, error.reason)
            outcome.ending = .exit(message.exitCode)
            log.note(outcome, with: [])
            return say(message)
        }
        let end = start(
            recorded, making: environments, held: held, hops, noting: &outcome, &isRecorded)
        if isRecorded {
            journal.noteOutcome()
            journal.end()
        }
        return end.code
    }

    /// How a run ends.
    private enum End {
        case ours(Int32)
        /// As the tool itself.
        case alike(Supervised)

        /// The exit code; a signal ends this process here.
        var code: Int32 {
            switch self {
            case .ours(let code): code
            case .alike(let supervised): supervised.endAlike()
            }
        }
    }

    private func start(
        _ recorded: consuming RecordedPlan, making environments: [String], held: HeldInstall?,
        _ hops: Hops, noting outcome: inout OutcomeRecord, _ isRecorded: inout Bool
    ) -> End {
        let (plan, record) = (recorded.plan, recorded.record)
        let signals = HeldSignals()
        if let held, let reason = unconfined(held, recorded, signals, hops) {
            let refusal = Message.denied(held.decision.refused(because: reason), .init(record))
            outcome.ending = .exit(refusal.exitCode)
            outcome.refused = reason
            isRecorded = log.note(outcome, with: [])
            return .ours(say(refusal))
        }
        let released = release(environments)
        var report: [UInt8] = []
        let supervised: Supervised
        do throws(LaunchFailure) {
            supervised = try start(
                Phase(
                    .install, program: plan.program, calledAs: plan.calledAs,
                    arguments: plan.arguments, in: .project),
                recorded, held, signals, hops, report: &report)
        } catch {
            for path in released { adopt(path) }
            let message = Message.toolNotStarted(error, path: plan.program)
            if held != nil {
                outcome.ending = .exit(message.exitCode)
                isRecorded = log.note(outcome, with: [])
            }
            return .ours(say(message))
        }
        for path in supervised.isSuccess ? environments : released { adopt(path) }
        outcome.ending = supervised.ending
        outcome.milliseconds = supervised.milliseconds
        var packages: [PackagesRecord.Package] = []
        var code: Int32?
        if let held {
            code = finish(
                held, supervised, report, recorded, signals, hops, noting: &outcome, &packages)
        }
        isRecorded = log.note(outcome, with: packages)
        return code.map { .ours($0) } ?? .alike(supervised)
    }

    private func start(
        _ phase: Phase, _ recorded: borrowing RecordedPlan, _ held: HeldInstall?,
        _ signals: borrowing HeldSignals, _ hops: Hops, report: inout [UInt8]
    ) throws(LaunchFailure) -> Supervised {
        var surroundings = PhaseSurroundings()
        guard let held, held.leavesUnbuilt else {
            return try Launcher.run(
                phase, of: recorded, hops: hops, holding: signals, in: surroundings)
        }
        guard let said = try? Descriptor.unnamed() else { throw LaunchFailure(code: 12) }
        surroundings.report = said.number
        surroundings.variables = held.variables
        let supervised = try Launcher.run(
            phase, of: recorded, hops: hops, holding: signals, in: surroundings)
        report = (try? said.bytes(count: 1 << 20, at: 0)) ?? []
        return supervised
    }

    /// Looks at what an install from a lockfile has brought, and builds what it left unbuilt.
    ///
    /// - Returns: the exit code where it is not the tool's.
    private func finish(
        _ held: HeldInstall, _ supervised: Supervised, _ report: [UInt8],
        _ recorded: borrowing RecordedPlan, _ signals: borrowing HeldSignals, _ hops: Hops,
        noting outcome: inout OutcomeRecord, _ packages: inout [PackagesRecord.Package]
    ) -> Int32? {
        outcome.phases = [
            .init("install", ending: supervised.ending, milliseconds: supervised.milliseconds)
        ]
        if let change = held.change {
            outcome.drift = change
            return stop(held, because: change, recorded.record)
        }
        guard supervised.isSuccess else { return nil }
        outcome.suppressed = held.suppressed
        if !outcome.suppressed.isEmpty { _ = say(.scriptsSuppressed(outcome.suppressed)) }
        packages = held.brought(installation.state)
        return build(held, report, recorded, signals, hops, noting: &outcome)
    }

    // MARK: what was left unbuilt

    /// Why a line is refused whose packages may be built, where nothing confines that.
    private func unconfined(
        _ held: HeldInstall, _ recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals, _ hops: Hops
    ) -> String? {
        guard let first = held.buildable.first else { return nil }
        let found = try? building(held, hops).probe(of: recorded, signals)
        return found == nil ? GemBuilding.unconfined(first) : nil
    }

    private func building(_ held: HeldInstall, _ hops: Hops) -> GemBuilding {
        GemBuilding(
            installation: installation, obligations: held.decision.obligations, hops: hops)
    }

    /// Builds what the tool says that it left unbuilt.
    ///
    /// - Returns: the exit code where that fails.
    private func build(
        _ held: HeldInstall, _ report: [UInt8], _ recorded: borrowing RecordedPlan,
        _ signals: borrowing HeldSignals, _ hops: Hops, noting outcome: inout OutcomeRecord
    ) -> Int32? {
        guard held.leavesUnbuilt else { return nil }
        let end: InstallEnd?
        do throws(PlanRefusal) {
            end = building(held, hops)
                .build(try GemBuild.read(report), of: recorded, signals, noting: &outcome)
        } catch {
            end = .refused(error.reason)
        }
        switch end {
        case nil: return nil
        case .scriptFailed(let title, let ended), .projectScriptFailed(let title, let ended):
            outcome.ending = ended.ending
            _ = say(.scriptFailed(title))
            if case .exit(let code) = ended.ending { return code }
            return 1
        case .signal(let number):
            outcome.ending = .signal(number)
            return 128 + number
        case .notStarted(let failure):
            outcome.ending = .exit(127)
            return say(.toolNotStarted(failure, path: "shimgate"))
        case .refused(let reason), .failed(let reason), .drift(let reason):
            outcome.refused = reason
            let message = Message.installFailed(held.decision, reason)
            outcome.ending = .exit(message.exitCode)
            return say(message)
        case .tool(let ended): return ended.isSuccess ? nil : 1
        case .review: return 1
        }
    }

    /// Marks what was installed from something else than what was judged.
    private func stop(_ held: HeldInstall, because reason: String, _ record: Appended) -> Int32 {
        do throws(StageFailure) {
            try DriftMarks(in: installation.state).add(
                on: held.subjects, record: record.id, reason: reason)
        } catch {
            _ = say(.notMarked(error.reason))
        }
        return say(.drifted(held.decision, reason, .init(record)))
    }

    /// Gives environments their own programs back.
    ///
    /// - Returns: those that had been adopted.
    func release(_ environments: [String]) -> [String] {
        var released: [String] = []
        for path in environments where Adoption.isEnvironment(path) {
            let names = (try? adoption(of: path).release()) ?? []
            if !names.isEmpty { released.append(path) }
        }
        return released
    }

    /// Puts an environment's managed programs behind us.
    func adopt(_ path: String) {
        guard Adoption.isEnvironment(path) else { return }
        do { _ = try adoption(of: path).adopt() } catch {
            _ = say(.notAdopted(path, reason: error.message))
        }
    }

    private func adoption(of path: String) -> Adoption {
        Adoption(path, in: installation) { Catalog.profile(calledAs: $0) != nil }
    }
}

extension Invocation {
    /// Every virtual environment that this line or one nested in it makes.
    var environmentsMade: [String] { flattened.flatMap(\.environments) }
}
