// What the edge adds to a decision: reasons of its own to refuse, and the words to show.

internal import GateCore
internal import Tools

extension Decision {
    /// The rule's own words, else the reason.
    var why: String { message ?? reason }

    /// This decision turned into a denial, because the line cannot be forwarded as demanded.
    func refused(because reason: String) -> Decision {
        var refused = self
        refused.effect = .deny
        refused.rule = nil
        refused.origin = nil
        refused.message = nil
        refused.reason = reason
        return refused
    }

    /// This decision turned into one that waits for a person.
    func pending(because reason: String) -> Decision {
        var pending = refused(because: reason)
        pending.effect = .approval
        return pending
    }

    /// What becomes of a program that an interpreter runs and no profile manages.
    static func unmanaged(_ invocation: Invocation) -> Decision {
        Decision(
            effect: .allow, command: canonicalText(of: invocation),
            operation: invocation.operation,
            reason: "runs no managed module; forwarded at once without credentials or a record")
    }
}

extension Hardening {
    /// What the obligations of an allowed line demand of the plan.
    init(_ obligations: Obligations, guards: String? = nil, now: Int? = nil) {
        self.init(
            stripsCredentials: obligations.credentials != .keep,
            recordsOutcome: obligations.outcome)
        if let guards { self.guards = guards }
        exemptsRegistries = !(obligations.cooldownExempt ?? []).isEmpty
        allowsGit = obligations.sourcesInForce.contains(.git)
        if let age = obligations.minimumReleaseAge, age > 0, let now {
            publishedBefore = Word(CivilDate.time(now - age))
        }
    }
}
