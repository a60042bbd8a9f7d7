// From a verdict to its record. Everything recorded is redacted: arguments by the tool's own rules,
// every text by the shapes that secrets have.

internal import Audit
internal import GateCore
internal import Launch
internal import Platform
internal import Tools

extension Verdict {
    /// The decision's record.
    func record(
        of plan: Plan?, by caller: Caller, subject: Subject, tool: RealTool,
        under policies: PoliciesInForce
    ) throws(AuditError) -> DecisionRecord {
        var record = try DecisionRecord(
            kind: decision.effect == .approval ? .approvalRequested : .decision,
            action: "shell.exec", tool: profile.name.text,
            operation: (decision.operation ?? invocation.operation).name,
            command: decision.command,
            argv: words(of: caller),
            effect: decision.effect.name, isListed: tool.isListed)
        record.agent = subject.recorded
        record.real = tool.path
        record.cwd = caller.cwd.map { redact($0) }
        record.rule = decision.rule
        record.layer = decision.layer?.name
        record.reason = decision.reason
        record.message = decision.message
        record.launch = plan?.launch.rawValue
        record.policy = .init(
            sha256: policies.digest,
            profile: policies.profiles.isEmpty ? nil : policies.profiles.joined(separator: " "),
            basis: policies.basis)
        record.injected = plan?.injected ?? []
        record.stripped = plan?.stripped ?? []
        record.ignored = (plan?.ignored ?? invocation.ignored).map { redact($0) }
        record.near = nearNames
        addCircumstances(to: &record)
        return record
    }
}

extension Verdict {
    /// The line's words, redacted. Those that are not UTF-8 are kept byte for byte.
    private func words(of caller: Caller) -> [DecisionRecord.Argument] {
        if caller.arguments != nil { return ([line.calledAs.text] + arguments).map { .text($0) } }
        return DecisionRecord.Argument.recorded(
            [Array(line.calledAs.text.utf8)] + ProcessInput.argumentBytes, tool: profile.name,
            invocation: invocation, rules: profile.secrets)
    }
}

extension Subject {
    /// The labels as the record holds them; nil where there is none. The source is the weakest one,
    /// so that a record never claims more than it knows.
    fileprivate var recorded: DecisionRecord.Agent? {
        let labels = [agent, task, session].compactMap { $0 }
        guard let first = labels.first else { return nil }
        let weakest =
            labels.contains { $0.source == .asserted } ? Label.Source.asserted : first.source
        return .init(
            name: agent.map { redact($0.text) }, session: session.map { redact($0.text) },
            task: task.map { redact($0.text) }, source: weakest.name)
    }
}
