// A command line before it is understood, with the surroundings that can change its meaning.

/// One call of a tool: the words after argv[0] and what the real tool would see around them.
public struct Line: Sendable, Equatable {
    /// The tool profile's name, for example `npm`; `pip3.11` has become `pip` here.
    public var tool: Word
    /// The name the tool was called by, for example `pip3.11`.
    public var calledAs: Word
    /// argv without argv[0].
    public var arguments: [Word]
    public var environment: Environment
    /// Absolute working directory; nil means that no file may be asked for.
    public var cwd: String?
    /// The home directory as the real tool would take it from `HOME`.
    public var home: String?
    /// The path of the python that runs pip, symbolic links unresolved; nil for other tools and where
    /// it is not known.
    public var python: String?
    /// Version of the installed real tool, read from its files; nil means unknown.
    public var version: String?
    /// Whether `version` is one of several that are tried because the installed one is unknown.
    public var isVersionAssumed = false
    /// How many runners this line is nested in; classification stops at 8.
    public var depth: Int

    public init(
        tool: Word, calledAs: Word? = nil, arguments: [Word], environment: Environment = .init(),
        cwd: String? = nil, home: String? = nil, version: String? = nil, depth: Int = 0
    ) {
        self.tool = tool
        self.calledAs = calledAs ?? tool
        self.arguments = arguments
        self.environment = environment
        self.cwd = cwd
        self.home = home
        self.version = version
        self.depth = depth
    }
}
