// An install in place that is held to its lockfile: the lockfile is linted and judged before the
// decision is recorded, and compared again when the tool has ended. Only a stage keeps others from
// writing it in between (docs/adr/0003); here a change is found afterwards and stops what follows.

internal import Audit
internal import GateCore
internal import Launch
internal import Lockfiles
internal import Platform
internal import Tools

/// A lockfile that was judged, and the line that installs it.
struct HeldInstall {
    let lockfile: HeldLockfile
    /// What was judged.
    let digest: Digest
    let decision: Decision
    /// The task's label, where there is one.
    let task: String?

    /// Judges the lockfile of an allowed line.
    ///
    /// - Throws: why it is refused.
    init(
        _ lockfile: HeldLockfile, of verdict: Verdict, task: String?
    ) throws(PlanRefusal) {
        self.lockfile = lockfile
        self.task = task
        decision = verdict.decision
        let name = lockfile.name
        let bytes: [UInt8]
        do throws(WholeFile.Failure) {
            bytes = try WholeFile(lockfile.path, limit: 256 << 20).bytes
        } catch {
            throw PlanRefusal("\(name): \(error.reason)")
        }
        digest = Digest(of: bytes)
        let read = try InstallJudgement.read(
            bytes, named: name, like: lockfile.freezing.lockfiles)
        let judgement = InstallJudgement(
            verdict.decision.obligations, registries: lockfile.registries(of: verdict),
            format: read.format)
        if let refusal = judgement.refusal(of: read, named: name) { throw PlanRefusal(refusal) }
    }

    /// Why the tool cannot be said to have installed what was judged; nil where it can.
    var change: String? {
        let now = try? WholeFile(lockfile.path, limit: 256 << 20)
        if now.map({ Digest(of: $0.bytes) }) == digest { return nil }
        return "\(lockfile.name) was changed while it was installed from"
    }

    /// What a change marks, and what marks stop the line.
    var subjects: [String] {
        let root = FilePath.resolved(lockfile.directory) ?? lockfile.directory
        return DriftMarks.subjects(project: root, task: task)
    }
}

extension HeldLockfile {
    /// Addresses of the registries that the line uses.
    fileprivate func registries(of verdict: Verdict) -> [String] {
        let settings = freezing.registries
        var paths = settings.files.map { "\(directory)/\($0)" }
        // Some tools read what lies in the root, some what is nearest.
        if let cwd = verdict.line.cwd, Word(cwd) != Word(directory) {
            paths += settings.files.map { "\(cwd)/\($0)" }
        }
        // A Gemfile of another name has its lockfile beside it.
        if Word(path).hasSuffix(".lock") { paths.append(String(path.dropLast(5))) }
        if let home = verdict.line.home { paths += settings.homeFiles.map { "\(home)/\($0)" } }
        var found = settings.addresses(of: verdict.invocation, in: verdict.line.environment)
        for path in paths {
            guard let file = try? WholeFile(path, limit: 1 << 20) else { continue }
            found += settings.addresses(inFile: String(decoding: file.bytes, as: UTF8.self))
        }
        return found
    }
}

extension Verdict {
    /// The install in place that this allowed line is, where it is held to a lockfile; nil for any
    /// other line. One that has to be refused becomes denied.
    ///
    /// - Parameters:
    ///   - state: the state directory, whose marks stop an install.
    ///   - task: the task's label.
    mutating func prepareHeld(marksIn state: String, task: String?) -> HeldInstall? {
        guard decision.effect == .allow, let heldTo else { return nil }
        do throws(PlanRefusal) {
            let held = try HeldInstall(heldTo, of: self, task: task)
            guard let mark = DriftMarks(in: state).first(on: held.subjects) else { return held }
            decision = decision.pending(because: mark.pendingReason)
            return nil
        } catch {
            decision = decision.refused(because: redact([error.reason], hiding: secrets)[0])
            return nil
        }
    }
}

extension DriftMark {
    /// Why an install waits for a person.
    var pendingReason: String {
        "an earlier install drifted (\(reason)); a person has to look and run: shimgate deps clear"
    }
}
