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
    /// The project's own settings file, of which the phases see a copy; nil where the tool finds
    /// the settings of the project around the stage.
    public var settings: String?
    /// Keys of that file that name programs, code or other settings files. They are left out of the
    /// copy that the phases see; compared without case.
    public var settingsLeftOut: Word = ""
    /// Settings files of the project that can put variables into addresses.
    public var settingsRead: [String] = []
    /// The directory that packages are unpacked into, in the project and in each workspace.
    public let tree: String
    /// Whether the tool takes a directory with a tree for the project, as one with a manifest.
    public var isMarkedByTree = true
    /// The file in the tree in which the tool writes what it has installed; nil where the
    /// packages' own manifests tell.
    public var inventory: String?
    /// The directory in the tree that holds the packages' programs.
    public let programs: String
    /// Scripts of the project itself that the tool runs around an install, by the line, its settings
    /// files and whether these are in force for it.
    public var lifecycle:
        @Sendable (_ invocation: Invocation, _ line: Line, _ settings: [String]) -> LifecycleScripts
    /// Whether the phase that resolves answers in JSON, which is not for the caller.
    public var resolvesInJSON = false
    /// Files without which the tool would look for its project above the stage, and what is written
    /// where the project has none.
    public var needed: [(name: String, text: String)] = []
    /// Settings that lead to another lockfile than that of the root; where a settings file of the project
    /// mentions one, the line is not staged.
    public var otherLockfileBy: Word = ""
    /// The tool's notes on the tree, which are moved in with it.
    public var notes: [String] = []
    /// What the phases see of the project besides copies, by a link: files that a manifest can name.
    public var linked: [String] = []
    /// For tools whose manifests lead to the project's sources: all of it is there by links, and
    /// manifests and lockfile are copies.
    public var links: LinkedProject?
    /// Variables of the phases in the stage.
    public var stageVariables: [Environment.Entry] = []
    /// Variables of the phase that installs.
    public var installVariables: [Environment.Entry] = []
    /// A line that changes one package, for messages.
    public let changeLine: String
    /// The registries that packages come from: those of the settings in force, and those of
    /// settings files that are in force as well.
    public let registries: @Sendable (Invocation, Line, [String]) -> [String]
    /// Settings files in force besides those of the project, by the path of the tool's program and
    /// the home directory.
    public let ownSettings: @Sendable (_ program: String, _ home: String?) -> [String]
    /// Variables of the phases, by the project's directory, the shape of the line, and whether the
    /// project has a directory of that name.
    public var environment:
        @Sendable (_ root: String, InstallShape, _ has: (String) -> Bool) -> [EnvironmentRule]
    /// The words of each phase.
    public let words: @Sendable (Invocation, InstallCircumstances) -> InstallWords

    /// An installer by its parts.
    public init(
        manifest: String, lockfiles: [String], tree: String, programs: String,
        changeLine: String,
        registries: @escaping @Sendable (Invocation, Line, [String]) -> [String],
        ownSettings: @escaping @Sendable (String, String?) -> [String],
        words: @escaping @Sendable (Invocation, InstallCircumstances) -> InstallWords
    ) {
        self.manifest = manifest
        self.lockfiles = lockfiles
        self.tree = tree
        self.programs = programs
        self.changeLine = changeLine
        self.registries = registries
        self.ownSettings = ownSettings
        self.words = words
        environment = { _, _, _ in [] }
        lifecycle = { _, _, _ in .init() }
    }
}

/// How a project is seen through links.
public struct LinkedProject: Sendable {
    /// What the manifest of a project's root holds, where a manifest below it can be a part of it.
    public var rootMark: Word?
    /// The file that marks a root; the nearest upwards counts.
    public var rootFile: String?
    /// Whether directories below can have manifests.
    public var searches: Bool
    /// Names that are not linked, separated by spaces.
    public var leftOut: Word

    /// A way of linking.
    public init(
        rootMark: Word? = nil, rootFile: String? = nil, searches: Bool, leftOut: Word
    ) {
        self.rootMark = rootMark
        self.rootFile = rootFile
        self.searches = searches
        self.leftOut = leftOut
    }
}

/// What the words of a phase depend on besides the line.
public struct InstallCircumstances: Sendable, Equatable {
    /// The version of the tool; nil where it is not known.
    public var version: String?
    /// The latest publish time of what may be chosen, RFC 3339; nil where any will do.
    public var publishedBefore: Word?
    /// The program that fetches from git repositories; nil where the policy lets none in.
    public var git: String?
    /// Whether that holds for some registries only.
    public var exemptsRegistries = false
    /// Switches that the plan adds to the line in one piece.
    public var switches: [Word] = []

    /// Circumstances.
    public init(version: String?, git: String?, publishedBefore: Word? = nil) {
        self.version = version
        self.git = git
        self.publishedBefore = publishedBefore
    }
}

/// The words of a tool's phases, without argv[0].
public struct InstallWords: Sendable, Equatable {
    /// Finds out what would be installed and writes manifest and lockfile.
    public var resolve: [Word]
    /// What has to follow until the lockfile says what would be installed.
    public var resolveFurther: [[Word]] = []
    /// Whether versions are chosen by their age. What was chosen is judged all the same.
    public var choosesByAge = false
    /// Installs exactly what the lockfile says.
    public var install: [Word]
    /// Runs the install scripts of the packages whose directories follow; nil where the tool has no
    /// such command and the scripts are started as their manifests have them.
    public var build: [Word]?
    /// Runs the project's tests.
    public var test: [Word]

    /// The words of all phases.
    public init(resolve: [Word], install: [Word], build: [Word]?, test: [Word] = []) {
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
    ///   - inPlace: whether the tool installs in the project.
    public mutating func split(
        _ words: InstallWords, _ shape: InstallShape, isFrozen: Bool, builds: Bool = false,
        inPlace: Bool = false
    ) {
        launch = .supervise
        func phase(_ purpose: Phase.Purpose, _ words: [Word], _ place: Phase.Place) -> Phase {
            Phase(purpose, program: program, calledAs: calledAs, arguments: words, in: place)
        }
        phases = []
        if !isFrozen {
            phases.append(phase(.resolve, words.resolve, .stage))
            for more in words.resolveFurther { phases.append(phase(.resolve, more, .stage)) }
        }
        if shape.installsTree {
            phases.append(phase(.install, words.install, inPlace ? .project : .stage))
        }
        if shape.installsTree, builds {
            phases.append(
                words.build.map { phase(.build, $0, .project) }
                    ?? Phase(
                        .build, program: "/bin/sh", calledAs: "/bin/sh", arguments: ["-c"],
                        in: .project))
        }
        if shape.testsAfterwards { phases.append(phase(.test, words.test, .project)) }
        // What the tool would have been given in one piece, and no phase is.
        injected.removeAll { word in
            word.utf8.first == UInt8(ascii: "-")
                && !phases.contains { $0.arguments.contains(Word(word)) }
        }
        for phase in phases {
            for word in phase.arguments where word.first == UInt8(ascii: "-") {
                let isOurs = !arguments.contains(word) && !injected.contains { Word($0) == word }
                if isOurs { injected.append(word.text) }
            }
        }
    }
}
