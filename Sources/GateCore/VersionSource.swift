// Where installed tools keep their version, as data: nothing is run to learn it.

/// Where a tool's installed version is written. Paths are relative to the directory of the real
/// tool's file, symbolic links resolved.
public enum VersionSource: Sendable, Equatable {
    /// The `version` member of a package.json that names one of these packages.
    case packageJSON(path: String, names: [String])
    /// A directory `NAME-VERSION.dist-info` in one of the interpreter's site-packages.
    case distInfo(name: String)
    /// The text after `before` and up to `after` in a file; `*` in the path stands for any
    /// characters within one component.
    case text(path: String, before: String, after: String)
}
