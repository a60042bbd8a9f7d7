// How a tool's installs are split into phases, as data of its profile: the files that decide what is
// installed, where it goes, and the words that resolve only or install exactly a lockfile
// (docs/adr/0003). A tool without an installer is started as it was called.

public import GateCore

/// What an install consists of.
public struct Installer: Sendable {
    /// The file in which a project says what it wants, relative to the project.
    public let manifest: String
    /// The lockfiles in the order in which the tool looks for them; the last one is what it makes
    /// where there is none.
    public let lockfiles: [String]
    /// The project's own settings file.
    public let settings: String
    /// Keys of that file that name programs, code or other settings files. They are left out of the
    /// copy that the phases see; compared without case.
    public let settingsLeftOut: Word
    /// The directory that packages are unpacked into, in the project and in each workspace.
    public let tree: String
    /// The file in the tree in which the tool writes what it has installed.
    public let inventory: String
    /// The directory in the tree that holds the packages' programs.
    public let programs: String
    /// Scripts of the project itself that the tool runs after a bare install, in its order.
    public let projectScripts: Word
    /// The registries that packages come from: those of the settings in force, and those of
    /// settings files that are in force as well.
    public let registries: @Sendable (Invocation, Line, [String]) -> [String]
    /// Settings files of the tool's own installation, by the path of its program.
    public let ownSettings: @Sendable (String) -> [String]
    /// The words of each phase.
    public let words: @Sendable (Invocation, InstallCircumstances) -> InstallWords

    /// An installer by its parts.
    public init(
        manifest: String, lockfiles: [String], settings: String, settingsLeftOut: Word,
        tree: String, inventory: String, programs: String, projectScripts: Word,
        registries: @escaping @Sendable (Invocation, Line, [String]) -> [String],
        ownSettings: @escaping @Sendable (String) -> [String],
        words: @escaping @Sendable (Invocation, InstallCircumstances) -> InstallWords
    ) {
        self.manifest = manifest
        self.lockfiles = lockfiles
        self.settings = settings
        self.settingsLeftOut = settingsLeftOut
        self.tree = tree
        self.inventory = inventory
        self.programs = programs
        self.projectScripts = projectScripts
        self.registries = registries
        self.ownSettings = ownSettings
        self.words = words
    }
}

/// What the words of a phase depend on besides the line.
public struct InstallCircumstances: Sendable, Equatable {
    /// The version of the tool; nil where it is not known.
    public var version: String?
    /// The program that fetches from git repositories; nil where the policy lets none in.
    public var git: String?

    /// Circumstances.
    public init(version: String?, git: String?) {
        self.version = version
        self.git = git
    }
}

/// The words of a tool's phases, without argv[0].
public struct InstallWords: Sendable, Equatable {
    /// Finds out what would be installed and writes manifest and lockfile.
    public var resolve: [Word]
    /// Installs exactly what the lockfile says.
    public var install: [Word]
    /// Runs the install scripts of the packages whose directories follow.
    public var build: [Word]
    /// Runs the project's tests.
    public var test: [Word]

    /// The words of all phases.
    public init(resolve: [Word], install: [Word], build: [Word] = [], test: [Word]) {
        self.resolve = resolve
        self.install = install
        self.build = build
        self.test = test
    }
}

extension Plan {
    /// Splits the plan into the phases of an install.
    ///
    /// - Parameters:
    ///   - words: of each phase.
    ///   - shape: what the line does.
    ///   - isFrozen: whether the lockfile that is there is installed as it is.
    ///   - builds: whether policy lets scripts of any package run.
    public mutating func split(
        _ words: InstallWords, _ shape: InstallShape, isFrozen: Bool, builds: Bool = false
    ) {
        launch = .supervise
        func phase(_ purpose: Phase.Purpose, _ words: [Word], _ place: Phase.Place) -> Phase {
            Phase(purpose, program: program, calledAs: calledAs, arguments: words, in: place)
        }
        phases = []
        if !isFrozen { phases.append(phase(.resolve, words.resolve, .stage)) }
        if shape.installsTree { phases.append(phase(.install, words.install, .stage)) }
        if shape.installsTree, builds { phases.append(phase(.build, words.build, .project)) }
        if shape.testsAfterwards { phases.append(phase(.test, words.test, .project)) }
        for phase in phases {
            for word in phase.arguments where word.first == UInt8(ascii: "-") {
                let isOurs = !arguments.contains(word) && !injected.contains { Word($0) == word }
                if isOurs { injected.append(word.text) }
            }
        }
    }
}
