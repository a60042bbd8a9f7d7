// What will run, exactly.
// A placeholder until the plan is written, so that the audit target can hold one.
// Nothing depends on what is in it.

/// Exactly what runs after the record is on disk.
public struct Plan: Sendable {
    public init() {}
}
