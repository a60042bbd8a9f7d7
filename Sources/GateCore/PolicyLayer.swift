// What is asked of the policy, and of which policies. A request holds everything a rule can be
// compared with; nothing is looked up while deciding.

/// One policy in force and where it stands.
public struct Layer: Sendable, Equatable {
    /// Who wrote the layer, in the order in which layers are asked.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Root, the install, a directory, a task.
        case managed, install, workspace, profile

        /// The name used in records and messages.
        public var name: String {
            switch self {
            case .managed: "managed"
            case .install: "install"
            case .workspace: "workspace"
            case .profile: "profile"
            }
        }

        /// Whether a layer of this kind can allow at all. The others can only tighten: anybody who
        /// can write a workspace or the environment can write them (docs/policy.md, layers).
        public var canAllow: Bool { self == .managed || self == .install }
    }

    /// Who wrote it.
    public let kind: Kind
    /// Shown in messages: the path of its file.
    public let name: String
    /// The profile's name; nil for other layers.
    public let profile: String?
    /// What it says.
    public let policy: Policy

    /// A layer under the name that messages show.
    public init(kind: Kind, name: String, profile: String? = nil, policy: Policy) {
        self.kind = kind
        self.name = name
        self.profile = profile
        self.policy = policy
    }
}

/// A name that somebody gave to an agent, a task or a session.
public struct Label: Sendable, Equatable {
    /// Who says so.
    public enum Source: UInt8, Sendable, CaseIterable {
        /// `install.json` or the managed policy.
        case install
        /// A supervisor that the agent cannot speak for.
        case supervisor
        /// The caller itself, through its environment.
        case asserted

        /// The name used in records.
        public var name: String {
            switch self {
            case .install: "install"
            case .supervisor: "supervisor"
            case .asserted: "asserted"
            }
        }
    }

    /// The name itself.
    public let text: String
    /// Who says so.
    public let source: Source

    /// A label with its source.
    public init(_ text: String, from source: Source) {
        self.text = text
        self.source = source
    }
}

/// On whose behalf something is asked.
public struct Subject: Sendable, Equatable {
    /// Which agent; nil where nobody says.
    public var agent: Label?
    /// Which task.
    public var task: Label?
    /// Which session; recorded, and compared with nothing.
    public var session: Label?

    /// A subject; what is left out is unknown.
    public init(agent: Label? = nil, task: Label? = nil, session: Label? = nil) {
        self.agent = agent
        self.task = task
        self.session = session
    }
}

/// What is asked.
public enum Request: Sendable, Equatable {
    /// A managed tool's line, understood; `cwd` is absolute, or nil where it is not known.
    case shell(Invocation, Subject, cwd: String?)
    /// A program that is not managed: it meets only rules that name a command.
    case program([Word], Subject)
    /// Reading a file; the path as the caller gave it.
    case fileRead(path: String, Subject)

    /// The action whose rules are asked.
    public var action: Action {
        switch self {
        case .shell, .program: .shellExec
        case .fileRead: .fileRead
        }
    }
}
