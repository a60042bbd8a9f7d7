// What follows a tool whose parent stays: environments that it made are adopted, the lockfile that it
// was held to is compared, and the tool's end is recorded. The tool's exit code stays what it was,
// whatever of this fails: it has run. Only where the lockfile was changed meanwhile it is ours.

internal import Audit
internal import GateCore
internal import Launch
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
        let program = recorded.plan.program
        let record = recorded.record
        let released = release(environments)
        let supervised: Supervised
        do { supervised = try Launcher.supervise(recorded, hops: hops) } catch {
            for path in released { adopt(path) }
            return say(.toolNotStarted(error, path: program))
        }
        for path in supervised.isSuccess ? environments : released { adopt(path) }
        var outcome = OutcomeRecord(
            ref: record.id, ending: supervised.ending, milliseconds: supervised.milliseconds)
        var code: Int32?
        if let held, let change = held.change {
            outcome.drift = change
            code = stop(held, because: change, record)
        }
        do {
            try log.append(outcome)
        } catch {
            _ = say(.outcomeNotRecorded("\(error.path): \(error.description)"))
        }
        return code ?? supervised.endAlike()
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
