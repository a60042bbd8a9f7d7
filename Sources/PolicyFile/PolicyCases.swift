// Test cases for a policy: what is asked, on whose behalf, and what the answer has to be. Values
// only; `PolicyCaseReader` makes them from a file, and whoever judges lines answers them.
//
// A case is answered without looking at the machine it runs on: its directory, its environment and
// its files are the ones it names, so that a policy has the same answers on every desk and in CI.

public import GateCore

/// The cases of one file.
public struct PolicyCases: Sendable, Equatable {
    /// The policy they are about, relative to the file; nil where the caller says it.
    public var policy: String?
    /// Versions of tools that the cases are read for; for a tool without one all known versions
    /// are tried.
    public var versions: [ToolVersion] = []
    /// In the order of the file; never empty.
    public var cases: [PolicyCase] = []

    /// No cases yet.
    public init() {}

    /// The version of a tool.
    public struct ToolVersion: Sendable, Equatable {
        /// The tool's name.
        public let tool: Word
        /// Its version.
        public let version: String

        /// A tool in this version.
        public init(tool: Word, version: String) {
            self.tool = tool
            self.version = version
        }
    }

    /// The version of a tool, nil where the file names none.
    public func version(of tool: Word) -> String? {
        for entry in versions where entry.tool == tool { return entry.version }
        return nil
    }
}

/// One case.
public struct PolicyCase: Sendable, Equatable {
    /// What is asked.
    public enum Question: Sendable, Equatable {
        /// A shell line; of several commands in it the strictest answer counts.
        case command(String)
        /// Reading a file.
        case path(String)

        /// The text of the question.
        public var text: String {
            switch self {
            case .command(let text), .path(let text): text
            }
        }
    }

    /// The rule that has to decide.
    public enum ExpectedRule: Sendable, Equatable {
        /// Whichever.
        case any
        /// None: a default or nobody.
        case none
        /// The rule of this id.
        case named(String)
    }

    /// What is asked.
    public var question: Question
    /// The case's own name; the question where it has none.
    public var name: String
    /// The agent's label.
    public var agent: String?
    /// The task's label.
    public var task: String?
    /// Whether the labels are only what the caller says of itself.
    public var isAsserted = false
    /// Profiles in force.
    public var profiles: [String] = []
    /// The working directory, absolute.
    public var cwd = PolicyCase.standardDirectory
    /// The home directory, absolute.
    public var home = PolicyCase.standardHome
    /// Variables beside `HOME`.
    public var environment: [Environment.Entry] = []
    /// Files that are there, by absolute path.
    public var files: [File] = []
    /// Seconds since 1970-01-01 UTC at which it is asked; nil is the time of the run.
    public var time: Int?
    /// What has to become of it.
    public var effect: Effect
    /// The rule that has to decide.
    public var rule: ExpectedRule
    /// Where the case is written.
    public var place: Place

    /// The directory of a case that names none.
    public static let standardDirectory = "/project"
    /// The home of a case that names none.
    public static let standardHome = "/home/agent"

    /// A case; what is left out is what the reader takes for a missing key.
    public init(
        _ question: Question, name: String? = nil, effect: Effect, rule: ExpectedRule = .any,
        place: Place = .init(line: 1, column: 1)
    ) {
        self.question = question
        self.name = name ?? question.text
        self.effect = effect
        self.rule = rule
        self.place = place
    }

    /// A file that a case imagines.
    public struct File: Sendable, Equatable {
        /// Its absolute path.
        public let path: String
        /// Its text; one that starts with `#!` can be executed.
        public let text: String

        /// A file with its text.
        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }
}
