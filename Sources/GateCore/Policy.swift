// The policy as values: what `policy.json` says once the loader has found it sound. Nothing here
// reads a file, and no value here can hold a mistake that the loader reports (docs/policy.md).
//
// Patterns and words stay in the order of the file, because the first matching rule decides.

/// What is to become of a request, mildest first.
public enum Effect: UInt8, Sendable, CaseIterable, Comparable {
    /// It happens, with the obligations of the rule.
    case allow
    /// A person has to agree first.
    case approval
    /// It does not happen.
    case deny

    /// The name used in policies, records and messages.
    public var name: String {
        switch self {
        case .allow: "allow"
        case .approval: "approval"
        case .deny: "deny"
        }
    }

    /// The effect of that name, byte for byte.
    public init?(name: Word) {
        guard let found = Effect.allCases.first(where: { Word($0.name) == name }) else {
            return nil
        }
        self = found
    }

    /// Whether `left` is milder than `right`.
    public static func < (left: Effect, right: Effect) -> Bool { left.rawValue < right.rawValue }
}

/// What a rule is about.
public enum Action: UInt8, Sendable, CaseIterable {
    /// A command line.
    case shellExec
    /// Reading a file, as the hook of an agent host asks it.
    case fileRead

    /// The name used in policies, records and messages.
    public var name: String {
        switch self {
        case .shellExec: "shell.exec"
        case .fileRead: "file.read"
        }
    }
}

/// A place in a policy file; both count from 1, the column in characters.
public struct Place: Sendable, Equatable {
    /// Line, from 1.
    public let line: Int
    /// Column in characters, from 1.
    public let column: Int

    /// A place by its numbers.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// One policy document, or one profile of it.
public struct Policy: Sendable, Equatable {
    /// Version of the format; 1 today.
    public var version: Int
    /// Who may approve, by role.
    public var roles: [ApproverRole]
    /// Effects for what no rule matches; an operation that is missing makes the layer abstain.
    public var defaults: [PolicyDefault]
    /// Conditions of all lines that the policy allows, by a rule or by a default; a rule's own
    /// replace them key by key. What others allow meets them as well, where this policy abstains.
    public var require: Obligations?
    /// Rules in the order of the file.
    public var rules: [Rule]
    /// Task-scoped profiles; each is a layer of its own when it is in force.
    public var profiles: [Profile]
    /// What holds for every line; only the managed and the install policy can have it.
    public var bound: Bindings?

    /// A policy; what is left out is empty.
    public init(
        version: Int = 1, roles: [ApproverRole] = [], defaults: [PolicyDefault] = [],
        require: Obligations? = nil, rules: [Rule] = [], profiles: [Profile] = []
    ) {
        self.version = version
        self.roles = roles
        self.defaults = defaults
        self.require = require
        self.rules = rules
        self.profiles = profiles
    }

    /// The default for an operation, nil where the policy abstains.
    public func standard(for operation: Operation) -> PolicyDefault? {
        for entry in defaults where entry.subject == .operation(operation) { return entry }
        return nil
    }

    /// The default for reading files, nil where the policy abstains.
    public var standardForFiles: PolicyDefault? {
        for entry in defaults where entry.subject == .fileRead { return entry }
        return nil
    }

    /// The profile of that name.
    public func profile(named name: Word) -> Profile? {
        for profile in profiles where Word(profile.name) == name { return profile }
        return nil
    }
}

/// An effect for what no rule matches.
public struct PolicyDefault: Sendable, Equatable {
    /// What a default can be given for.
    public enum Subject: Sendable, Equatable {
        /// Lines of this operation.
        case operation(Operation)
        /// Reading files.
        case fileRead
    }

    /// What it is for.
    public let subject: Subject
    /// What happens then.
    public let effect: Effect
    /// Where it is written.
    public let place: Place

    /// A default; tests leave the place out.
    public init(_ subject: Subject, _ effect: Effect, at place: Place = .init(line: 1, column: 1)) {
        self.subject = subject
        self.effect = effect
        self.place = place
    }
}

/// A role and who holds it: `user:NAME`, `uid:N`, `key:ed25519:BASE64`.
public struct ApproverRole: Sendable, Equatable {
    /// The name in the file.
    public let name: String
    /// Who holds it.
    public let members: [String]

    /// A role with its members.
    public init(name: String, members: [String]) {
        self.name = name
        self.members = members
    }
}

/// Rules and defaults that hold only while the profile is in force.
public struct Profile: Sendable, Equatable {
    /// The name in the file.
    public let name: String
    /// The profile as a policy without roles and profiles.
    public let policy: Policy

    /// A profile with its rules.
    public init(name: String, policy: Policy) {
        self.name = name
        self.policy = policy
    }
}

/// Profiles and labels that callers cannot shed.
public struct Bindings: Sendable, Equatable {
    /// Names of profiles that are in force without being asked for.
    public var profiles: [String] = []
    /// The agent's label.
    public var agent: String?
    /// The task's label.
    public var task: String?
    /// The session's label.
    public var session: String?
    /// Where it is written.
    public var place: Place

    /// Nothing bound.
    public init(place: Place) { self.place = place }
}

/// One rule.
public struct Rule: Sendable, Equatable {
    /// Unique in its list; printed and recorded.
    public var id: String
    /// Whether lines or files are meant.
    public var action: Action
    /// What is compared.
    public var match: Match
    /// What happens where it matches.
    public var effect: Effect
    /// As written; every decision is recorded all the same.
    public var audit: Bool
    /// Shown to the caller.
    public var message: String?
    /// Roles of which one person has to approve.
    public var approvers: [String]
    /// Seconds that a request for approval stays open.
    public var timeout: Int?
    /// Seconds since 1970-01-01 UTC from which on the rule no longer matches.
    public var until: Int?
    /// Conditions under which the effect holds.
    public var require: Obligations {
        get { conditions.first ?? Obligations() }
        set { conditions = [newValue] }
    }
    /// One or none, because most rules have none and rules are many.
    private var conditions: [Obligations]
    /// Where it is written.
    public var place: Place

    /// A rule; what is left out is what the loader takes for a missing key.
    public init(
        id: String, action: Action = .shellExec, match: Match, effect: Effect, audit: Bool = true,
        message: String? = nil, approvers: [String] = [], timeout: Int? = nil, until: Int? = nil,
        require: Obligations? = nil, place: Place = .init(line: 1, column: 1)
    ) {
        self.id = id
        self.action = action
        self.match = match
        self.effect = effect
        self.audit = audit
        self.message = message
        self.approvers = approvers
        self.timeout = timeout
        self.until = until
        conditions = require.map { [$0] } ?? []
        self.place = place
    }
}

/// Where packages come from, as policies name it.
public enum PackageSource: UInt8, Sendable, CaseIterable {
    /// In the order of the documentation.
    case registry, workspace, git, url, path

    /// The name used in policies and messages.
    public var name: String {
        switch self {
        case .registry: "registry"
        case .workspace: "workspace"
        case .git: "git"
        case .url: "url"
        case .path: "path"
        }
    }

    /// The kind that a package request counts as. Aliases and requirement files name packages of a
    /// registry; what could not be told counts as no kind, so that no list can hold it.
    public init?(_ source: PackageRequest.Source) {
        switch source {
        case .registry, .alias, .requirements: self = .registry
        case .workspace: self = .workspace
        case .git: self = .git
        case .url: self = .url
        case .path: self = .path
        case .ambiguous: return nil
        }
    }
}
