// A tool profile: everything shimgate knows of one package manager, as data in one file of
// Profiles/. Parsing styles that several tools share live in Dialects/.

public import GateCore

/// One package manager.
public struct ToolProfile: Sendable {
    /// Reads a line as the real tool of one version would. `Line.version` is never nil here.
    public typealias Reader = @Sendable (_ line: Line, _ facts: inout Facts) -> Invocation

    /// The profile's name, for example `pip`.
    public let name: Word
    public let ecosystem: Ecosystem
    /// One clause for `docs/tools.md` and help: what the tool is.
    public let summary: Word
    /// Versions whose grammar is known, oldest first; all are tried where the installed one is
    /// unknown, and a disagreement makes the line ambiguous.
    public let versions: [String]
    /// Where the installed version can be read without running anything.
    public let versionSources: [VersionSource]
    public let read: Reader
    public let scripts: ScriptSwitch
    /// How the tool is kept from versions that were published too lately; nil where no release can.
    public let cooldown: Cooldown?
    /// Whether the tool can do what the line says without starting another program, so that the
    /// kernel may refuse it all of them.
    public let staysAlone: @Sendable (Invocation) -> Bool
    /// Code-loading variables that are pinned while strangers' code could run (install, execute).
    public let pins: [EnvironmentRule]
    /// Further ones where policy lists no packages from git repositories: for tools that prepare such a
    /// package by its own scripts, whatever they were told.
    public let pinsWithoutGit: [EnvironmentRule]
    /// How installs of a project are split into phases; nil where they are not.
    public let installer: Installer?
    /// How installs into an environment are resolved and judged first; nil where they are not.
    public let resolver: Resolver?
    /// Options and positionals that hold secrets, for redaction.
    public let secrets: [SecretRule]
    /// Command words that the tool publishes, takes back or administers with, for docs and tests.
    public var examples: [Example] { makeExamples() }
    private let makeExamples: @Sendable () -> [Example]

    public init(
        name: Word, ecosystem: Ecosystem, summary: Word, versions: [String],
        versionSources: [VersionSource] = [], scripts: ScriptSwitch = .none,
        staysAlone: @escaping @Sendable (Invocation) -> Bool = { _ in false },
        cooldown: Cooldown? = nil, pins: [EnvironmentRule] = [],
        pinsWithoutGit: [EnvironmentRule] = [], installer: Installer? = nil,
        resolver: Resolver? = nil,
        secrets: [SecretRule] = [],
        examples: @autoclosure @escaping @Sendable () -> [Example], read: @escaping Reader
    ) {
        self.name = name
        self.ecosystem = ecosystem
        self.summary = summary
        self.versions = versions
        self.versionSources = versionSources
        self.scripts = scripts
        self.cooldown = cooldown
        self.staysAlone = staysAlone
        self.pins = pins
        self.pinsWithoutGit = pinsWithoutGit
        self.installer = installer
        self.resolver = resolver
        self.secrets = secrets
        // Documentation and tests read them; a shim call does not pay for them.
        makeExamples = examples
        self.read = read
    }
}

/// How a tool is told not to run strangers' scripts.
public enum ScriptSwitch: Sendable {
    /// The tool runs no stranger's code while it fetches, so there is nothing to switch.
    case none
    /// The tool has no switch; the decision records `scripts:unenforced`.
    case unenforced
    /// The tool runs no stranger's code while it fetches, but for these commands (second words of
    /// `Invocation.command`), which cannot be told not to and are refused.
    case refused(commands: [Word])
    /// The tool has no switch, but it is a Ruby program: a file of ours that ruby loads first
    /// (`guards/NAME` of the installation) refuses packages that bring code for their installation.
    case guarded(file: Word)
    /// Switches that leave packages without a wheel out, but the tool is a Python program that builds
    /// such packages for their metadata: `guards/sitecustomize.py`, which python loads first, lets
    /// it build nothing but the project's own code.
    case guardedPython(
        words: @Sendable (_ invocation: Invocation) -> [Word],
        environment: [EnvironmentRule])
    /// Switches to add where the operation could run strangers' code. `words` depends on the
    /// parsed line because some tools accept the switch on some commands only.
    case switches(
        words: @Sendable (_ invocation: Invocation) -> [Word],
        environment: [EnvironmentRule])
}

/// A line and what it does; documentation and tests read it.
public struct Example: Sendable {
    public let line: Word
    public let operation: Operation

    public init(_ line: Word, _ operation: Operation) {
        self.line = line
        self.operation = operation
    }
}
