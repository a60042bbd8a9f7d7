// What becomes of variables before a tool is started, as data.

/// What happens to environment variables of a name pattern.
public struct EnvironmentRule: Sendable, Equatable {
    /// What becomes of a variable that the pattern covers.
    public enum Action: Sendable, Equatable {
        /// Removed.
        case unset
        /// Set but empty, because the tool fails on an undefined `${NAME}` in its rc file.
        case empty
        /// Kept without `user:password@` in its URLs.
        case dropUserinfo
        /// Replaced; every spelling the pattern covers is removed first.
        case set(Word)
    }

    /// Exact name, or a prefix that ends with `*`. In a pattern `*` may also stand in the middle.
    public let pattern: Word
    /// Whether case and `-` or `_` make no difference (npm's own rule for `npm_config_*`).
    public let isLoose: Bool
    public let action: Action

    public init(_ pattern: Word, _ action: Action, isLoose: Bool = false) {
        self.pattern = pattern
        self.isLoose = isLoose
        self.action = action
    }
}
