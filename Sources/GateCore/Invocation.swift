// What a line means: the result of parsing, and the only thing that policy and plan look at.

/// A command line as the real tool understands it.
public struct Invocation: Sendable, Equatable {
    /// The tool profile's name.
    public var tool: Word
    /// Version whose grammar was used; nil where all known versions were tried.
    public var version: String?
    /// Canonical words in the tool's own spelling, the tool first: `["npm", "publish"]`.
    public var command: [Word]
    public var operation: Operation
    /// Options that the caller wrote, in typed order.
    public var options: [OptionUse] = []
    /// Settings in force after argv, environment and configuration files, where they differ from
    /// the tool's defaults.
    public var inForce: [Setting] = []
    public var positionals: [Word] = []
    /// How many of the first positionals are also words of `command` (`set` of `npm config set`), so
    /// that the canonical text has them once.
    public var positionalsInCommand = 0
    /// Words that the tool passes on uninterpreted (after `--`, or to a script).
    public var rest: [Word] = []
    /// Lines that the tool would run in turn, and what other versions take the line for where one
    /// answer need not be chosen; policy judges each.
    public var nested: [Invocation] = []
    /// Whether this is what another version takes the line around it for.
    public var isOtherReading = false
    /// What is installed, published or looked up.
    public var packages: [PackageRequest] = []
    /// Where installed files go.
    public var destination: Destination = .project
    /// Directories the line acts in beside the working directory (`--prefix`, `-C`, `--cwd`),
    /// as the caller wrote them, made absolute where a working directory is known.
    public var directories: [String] = []
    /// Directories of the packages that the line chooses by name or all at once (`npm -w NAME`,
    /// `pnpm -r`), absolute: all that it may act in, and never too few.
    public var members: [String] = []
    /// The registry named by an option, setting or variable, where one is.
    public var registry: String?
    /// Further places that packages come from: `--extra-index-url`, `--find-links`, those that
    /// requirement files name.
    public var otherRegistries: [String] = []
    /// Every place that names a registry for what the line fetches, hidden ones included; see
    /// `areRegistriesKnown`.
    public var registries: [RegistryUse] = []
    /// Whether `registries` holds all that are in force.
    public var areRegistriesKnown = false
    /// Whether the tool asks all of its registries for each package, and takes the best answer.
    public var asksAllRegistries = false
    /// What was found out about the packages it names.
    public var packageFacts: CaseSet<PackageFact> = []
    /// Names that are nearly popular ones: `expresss ~ express`.
    public var nearNames: [String] = []
    /// Virtual environments that the line makes, or fills from outside, absolute where a working
    /// directory is known. They are adopted when the tool has ended well, so the tool is supervised.
    public var environments: [String] = []
    /// What an install does to manifest and lockfile, where the tool's installs are supervised; nil
    /// for any other line.
    public var install: InstallShape?
    /// Whether the tool can say what the line would install before it does, so that each package is
    /// judged first.
    public var resolvesFirst = false
    /// Why it cannot, although lines of its kind can; one clause.
    public var unresolvable: String?
    /// Whether the tool is made to leave what has to be built unbuilt where the policy lists it, so that
    /// it can be built confined afterwards.
    public var leavesUnbuilt = false
    /// The first line of a requirement file that gives no digest, as `PATH:LINE`; nil where all do.
    public var lineWithoutDigest: String?
    /// Whether the line can be held to its lockfile by a switch of its tool.
    public var isFreezable = false
    /// Why the line cannot be placed with certainty; empty for a clear line.
    public var ambiguous: [String] = []
    /// Other spellings that deny and approval rules also meet (`python setup.py upload` for
    /// `python setup.py sdist upload`); allow rules meet the canonical one only.
    public var otherSpellings: [String] = []
    /// What each argument turned out to be, for `explain`; same length as the arguments read.
    public var roles: [Role] = []
    /// How the words to execute are made from this.
    public var composition: Composition = .verbatim
    /// Overrides of ours that the caller wrote and that composition dropped, for the record.
    public var ignored: [String] = []
    /// Only prints help, a version or a usage error; runs nothing.
    public var isInert = false
    /// Runs a program that no profile manages (`python script.py`): forwarded at once, without a
    /// decision or a record.
    public var isUnmanaged = false
    /// Bits of the profile's `versions` that are known to read the line in the same way, so that
    /// it is read once for them all; 0 in what `classify` gives.
    public var alike: UInt8 = 0
    /// Switches the plan must add so that the operation is what it says (`--no` for npx of a
    /// program in the project), in the tool's canonical spelling.
    public var requiredSwitches: [Word] = []

    public init(tool: Word, version: String? = nil, command: [Word], operation: Operation) {
        self.tool = tool
        self.version = version
        self.command = command
        self.operation = operation
    }
}

/// An install as its manifest and lockfile see it.
public struct InstallShape: Sendable, Equatable {
    /// Whether it names nothing to change: what manifest and lockfile say is to be installed.
    public var isBare: Bool
    /// Whether the tool itself insists on a lockfile that agrees with the manifest (`npm ci`).
    public var isExact = false
    /// Whether the judged lockfile is moved into the project first and the tool installs there,
    /// frozen, because what it installs lies in no tree of the project's own.
    public var installsInPlace = false
    /// Whether packages are installed; else manifest and lockfile alone change.
    public var installsTree = true
    /// Whether the manifest and the lockfile are written (`--no-save`).
    public var savesManifest = true
    /// Whether the lockfile is written.
    public var savesLockfile = true
    /// Whether the project's tests follow (`npm install-test`).
    public var testsAfterwards = false
    /// The directory that the line itself names as the project's; nil where the tool looks for it
    /// from the working directory upward.
    public var directory: String?

    /// A shape; everything else is the common case.
    public init(isBare: Bool) { self.isBare = isBare }
}

/// One option as the caller wrote it, in the tool's canonical spelling.
public struct OptionUse: Sendable, Equatable {
    /// The option's own name without dashes: `access`, `ignore-scripts`, `Source`.
    public var name: Word
    /// Name with dashes as the tool prints it: `--access`, `-Source`, `--no-save`.
    public var spelling: Word
    /// The value, or nil for a flag.
    public var value: Word?
    /// False for a negated flag (`--no-save`, `--save=false`).
    public var isOn: Bool

    public init(name: Word, spelling: Word? = nil, value: Word? = nil, isOn: Bool = true) {
        self.name = name
        self.spelling = spelling ?? Word((isOn ? "--" : "--no-") + name.text)
        self.value = value
        self.isOn = isOn
    }
}

/// An option's value in force.
public struct Setting: Sendable, Equatable {
    public var name: Word
    public var value: Value

    /// A value as the tool holds it.
    public enum Value: Sendable, Equatable {
        case flag(Bool)
        case text(Word)
        case list([Word])
        case null
    }

    public init(_ name: Word, _ value: Value) {
        self.name = name
        self.value = value
    }
}

/// What one argument turned out to be.
public enum Role: Sendable, Equatable {
    case command
    case option(Word)
    case valueOf(Word)
    case positional
    /// `--`
    case terminator
    /// Passed on to a script, a build or a nested tool.
    case passedOn
    /// Read by nobody: a directive, a toolchain, a swallowed word.
    case other(String)
}

/// Where installed files go.
public enum Destination: UInt8, Sendable, Equatable, CaseIterable {
    /// The project's own tree.
    case project
    /// A virtual environment or a tool's private environment inside the workspace.
    case environment
    /// Anything else: global, user, `--prefix` elsewhere.
    case outside
    /// A directory that holds shims or real tools; always denied.
    case tools

    public var name: String {
        switch self {
        case .project: "project"
        case .environment: "environment"
        case .outside: "outside"
        case .tools: "tools"
        }
    }
}

/// A package that a line names.
public struct PackageRequest: Sendable, Equatable {
    /// Where a package comes from.
    public enum Source: String, Sendable, CaseIterable {
        case registry, workspace, git, url, path, alias, requirements
        /// Could not be told; policy treats it as the gravest.
        case ambiguous
    }

    /// Package name, empty where the source does not give one.
    public var name: Word
    /// Version, range or tag as written; empty where none was.
    public var range: Word
    public var source: Source
    /// The word as the caller wrote it.
    public var spelling: Word
    /// Whether it is to be installed in place (`-e` of Python's tools).
    public var isEditable = false

    public init(name: Word, range: Word = "", source: Source, spelling: Word) {
        self.name = name
        self.range = range
        self.source = source
        self.spelling = spelling
    }
}

/// How the words to execute are made from an invocation.
public enum Composition: Sendable, Equatable {
    /// The caller's words, untouched: used where nothing needs adding and nothing is abbreviated.
    case verbatim
    /// The given words, made by the profile; our switches go between the two.
    case words(before: [Word], after: [Word])
}

extension Invocation {
    /// This invocation and everything nested in it, outermost first.
    public var flattened: [Invocation] {
        if nested.isEmpty { return [self] }
        return [self] + nested.flatMap(\.flattened)
    }

    /// Whether this option was written by the caller and is on.
    public func has(_ option: Word) -> Bool {
        options.contains { $0.name == option && $0.isOn }
    }
}
