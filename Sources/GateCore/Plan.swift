// What will run, exactly: a placeholder until the plan is written.

/// Exactly what runs after the record is on disk.
public struct Plan: Sendable {
    public init() {}
}
