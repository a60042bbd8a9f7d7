// A line that follows from another one and that nobody has typed: a script that a tool would have run
// by itself. It is judged, recorded and run like a line of the same caller, with the environment of
// that caller, and it is forwarded by no rule of the line that it follows from.

internal import Audit
internal import GateCore
internal import Launch
internal import Platform
internal import Tools

/// Runs lines in the wake of another one.
struct FollowingLine {
    let caller: Caller
    /// What the tool was called as, and where, if that was in an adopted environment.
    let calledAs: Word
    let installation: Installation
    let log: AuditLog
    let hops: Hops

    /// How such a line ended.
    enum End {
        case ended(Supervised)
        /// Policy does not let it run; that has been said and recorded.
        case refused
        case notStarted(LaunchFailure, path: String)
        /// It could not be judged or recorded; that has been said.
        case failed(Int32)
    }

    /// Runs a line.
    ///
    /// - Parameters:
    ///   - words: after the tool's name.
    ///   - record: of the line that it follows from.
    func run(
        _ words: [Word], in directory: String, after record: RecordID,
        holding signals: borrowing HeldSignals
    ) -> End {
        let caller = Caller(self.caller, in: directory)
        let policies = PolicySource(installation: installation, wanted: caller.wantedProfiles)
        let surroundings = RealSurroundings(
            caller: caller, installation: installation, policies: policies)
        let adopted = ProcessInput.adoptedPath
        let path = adopted ?? calledAs.text
        guard
            let tool = try? RealTool.find(
                calledAs, in: installation, environment: caller.environment, cwd: directory,
                calledAt: adopted)
        else { return .failed(say(.toolNotFound(calledAs))) }
        do throws(PolicyUnusable) {
            let judge = Judge(in: surroundings, for: caller, of: installation)
            let judged = try judge.judge([Word(path)] + words)
            return try run(judged, tool, caller, after: record, holding: signals)
        } catch {
            return .failed(say(.policyUnusable(error.details)))
        }
    }

    private func run(
        _ judged: Judgement, _ tool: RealTool, _ caller: Caller, after record: RecordID,
        holding signals: borrowing HeldSignals
    ) throws(PolicyUnusable) -> End {
        guard let verdict = judged.verdict else { return .refused }
        var plan = judged.plan
        plan?.launch = .supervise
        plan?.injected.append("after:\(record.text)")
        if let alone = plan, alone.staysAlone {
            plan?.start(
                installation.binary, calledAs: installation.binary,
                with: ["alone", Word(alone.calledAs), Word(alone.program)])
        }
        let subject = caller.subject(in: installation, under: judged.inForce)
        do throws(AuditError) {
            let decision = try verdict.record(
                of: plan, by: caller, subject: subject, tool: tool, under: judged.inForce)
            switch verdict.decision.effect {
            case .allow:
                guard let plan else {
                    return .failed(say(.notRecorded("an allowed line without a plan")))
                }
                return start(
                    try log.record(plan, decision), in: caller.cwd ?? "/", holding: signals)
            case .approval:
                _ = say(.pending(verdict.decision, .init(try log.append(decision))))
            case .deny: _ = say(.denied(verdict.decision, .init(try log.append(decision))))
            }
            return .refused
        } catch {
            return .failed(say(.notRecorded("\(error.path): \(error.description)")))
        }
    }

    private func start(
        _ recorded: consuming RecordedPlan, in directory: String,
        holding signals: borrowing HeldSignals
    ) -> End {
        let plan = recorded.plan
        let copies: SettingsCopies?
        do throws(SystemError) {
            copies = try SettingsCopies(plan, in: installation.state)
        } catch {
            return .failed(
                say(.copiesNotMade(error.path ?? installation.state, reason: error.reason)))
        }
        defer { copies?.remove() }
        var surroundings = PhaseSurroundings()
        surroundings.directory = directory
        let phase = Phase(
            .script, program: plan.program, calledAs: plan.calledAs, arguments: plan.arguments,
            in: .project)
        let ended: Supervised
        do throws(LaunchFailure) {
            ended = try Launcher.run(
                phase, of: recorded, hops: hops, holding: signals, in: surroundings)
        } catch {
            return .notStarted(error, path: plan.program)
        }
        let outcome = OutcomeRecord(
            ref: recorded.record.id, ending: ended.ending, milliseconds: ended.milliseconds)
        log.note(outcome, with: [])
        return .ended(ended)
    }
}
