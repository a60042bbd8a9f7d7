// The proof that a decision is on disk.
// Launching takes this and nothing less, and only an append makes one, so that no code path can
// run a tool without its record.

public import GateCore

/// A plan whose decision has been recorded.
public struct RecordedPlan: ~Copyable {
    public let plan: Plan
    public let record: Appended

    fileprivate init(plan: Plan, record: Appended) {
        self.plan = plan
        self.record = record
    }
}

extension AuditLog {
    /// Records the decision behind a plan, durably, and gives the plan back as one that may run.
    public func record(
        _ plan: Plan, _ decision: DecisionRecord
    ) throws(AuditError) -> RecordedPlan {
        RecordedPlan(plan: plan, record: try append(decision))
    }
}
