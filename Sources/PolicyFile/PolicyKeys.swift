// The one table of everything that a policy file may hold. The loader checks files against it, and
// the JSON Schema and the reference are generated from it, so that none of them can drift.
// Meanings are complete sentences for the reference; shapes name their words in the order that
// messages list them.

import GateCore

/// An object of a policy file that has keys of its own.
enum PolicyObject: Sendable, CaseIterable {
    /// From the outside in.
    case document, defaults, rule, match, approver, require, scripts, scriptGrant, registry
    case packages, profile, bind, labels

    /// The name used in messages, with its article.
    var name: String {
        switch self {
        case .document: "a policy"
        case .defaults: "defaults"
        case .rule: "a rule"
        case .match: "match"
        case .approver: "an approver"
        case .require: "require"
        case .scripts: "scripts"
        case .scriptGrant: "a script grant"
        case .registry: "a registry"
        case .packages: "packages"
        case .profile: "a profile"
        case .bind: "bind"
        case .labels: "labels"
        }
    }

    /// The keys of the object.
    var keys: [PolicyKey] {
        switch self {
        case .document: PolicyKey.document
        case .defaults: PolicyKey.defaults
        case .rule: PolicyKey.rule
        case .match: PolicyKey.match
        case .approver: PolicyKey.approver
        case .require: PolicyKey.require
        case .scripts: PolicyKey.scripts
        case .scriptGrant: PolicyKey.scriptGrant
        case .registry: PolicyKey.registry
        case .packages: PolicyKey.packages
        case .profile: PolicyKey.profile
        case .bind: PolicyKey.bind
        case .labels: PolicyKey.labels
        }
    }
}

/// What a value may look like.
enum PolicyShape: Sendable, Equatable {
    /// The number of the format.
    case version
    /// Any text that is not empty.
    case text
    /// Letters, digits and `-._`.
    case identifier
    /// A list of such names.
    case identifiers
    /// A pattern or a list of patterns.
    case globs
    /// A list of patterns.
    case globList
    /// One of these words.
    case word(String)
    /// One of these words or a list of them.
    case words(String)
    /// A list of these words.
    case wordList(String)
    /// `true` or `false`.
    case boolean
    /// `true`; leave the key out for the opposite.
    case onlyTrue
    /// A whole number of seconds, at least 1.
    case seconds
    /// `72h` or `14d`.
    case duration
    /// RFC 3339 in UTC: `2026-12-31T00:00:00Z`.
    case time
    /// An `https://` address without credentials.
    case address
    /// A list of such addresses.
    case addresses
    /// A list of such addresses or of registries with packages of their own.
    case registries
    /// Names with a list of `user:NAME`, `uid:N` or `key:ed25519:BASE64`.
    case roles
    /// `"deny"` or an object.
    case scripts
    /// A list of exact package names or grants.
    case scriptGrants
    /// An object with these keys.
    case object(PolicyObject)
    /// A list of such objects.
    case objects(PolicyObject)
    /// Names with an object each.
    case named(PolicyObject)
}

/// One key.
struct PolicyKey: Sendable {
    /// The key itself, ASCII.
    let name: String
    /// What its value looks like.
    let shape: PolicyShape
    /// Whether an object without it is a mistake.
    let isRequired: Bool
    /// The action whose rules may have it; nil is any.
    let action: Action?
    /// A sentence for the reference.
    let meaning: String

    /// A row of the table.
    init(
        _ name: String, _ shape: PolicyShape, isRequired: Bool = false, only action: Action? = nil,
        _ meaning: String
    ) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.action = action
        self.meaning = meaning
    }
}

extension PolicyKey {
    /// The file itself.
    static let document: [PolicyKey] = [
        .init("$schema", .text, "Names the JSON Schema for editors; not read."),
        .init("version", .version, "The number of the format; 1 where it is left out."),
        .init("roles", .roles, "Who may approve, by role."),
        .init("defaults", .object(.defaults), "Effects for what no rule matches."),
        .init(
            "require", .object(.require),
            "Conditions of all that is allowed; those of a rule replace them key by key."),
        .init("rules", .objects(.rule), isRequired: true, "The first that matches decides."),
        .init("profiles", .named(.profile), "Task-scoped layers, which can only tighten."),
        .init(
            "bind", .object(.bind),
            "What holds for every line; for the managed and the install policy only."),
    ]

    /// `defaults`: one key for each operation, and one for files.
    static let defaults: [PolicyKey] =
        Operation.allCases.map { operation in
            operation == .unknown
                ? .init(
                    "unknown", .word("deny approval"),
                    "Commands that are not understood; only a rule that names them can allow.")
                : .init(operation.name, .word("deny approval allow"), "Lines of this operation.")
        } + [
            .init(
                Action.fileRead.name, .word("deny approval allow"), "Reading files.")
        ]

    /// One entry of `rules`.
    static let rule: [PolicyKey] = [
        .init("id", .identifier, isRequired: true, "Unique in its list; printed and recorded."),
        .init(
            "action", .word("shell.exec file.read"), isRequired: true,
            "Whether command lines or files are meant."),
        .init("match", .object(.match), isRequired: true, "All keys must match."),
        .init("effect", .word("deny approval allow"), isRequired: true, "What happens then."),
        .init("audit", .boolean, "Every decision is recorded, whatever this says."),
        .init("message", .text, "Shown to the caller."),
        .init("approvers", .objects(.approver), "Roles of which one person has to approve."),
        .init("timeout", .seconds, "How long a request for approval stays open."),
        .init("until", .time, "From then on the rule no longer matches."),
        .init("require", .object(.require), "Conditions of what is allowed."),
    ]

    /// `match`.
    static let match: [PolicyKey] = [
        .init("command", .globs, only: .shellExec, "The canonical text of the line."),
        .init("tool", .globs, only: .shellExec, "The tool's name."),
        .init("operation", .words(operations), only: .shellExec, "What the line does."),
        .init("package", .globs, only: .shellExec, "`name` or `name@range` of what it names."),
        .init("registry", .globs, only: .shellExec, "The registry that the line names."),
        .init("source", .words(sources), only: .shellExec, "Where packages come from."),
        .init("destination", .words(destinations), only: .shellExec, "Where files go."),
        .init(
            "fact", .words(facts), only: .shellExec,
            "What is true of a package that it names; in rules that deny or ask."),
        .init("flag", .globs, only: .shellExec, "`name`, `--name` or `--name=value`."),
        .init("path", .globs, only: .fileRead, "The file's path."),
        .init("agent", .globs, "The agent's label."),
        .init("task", .globs, "The task's label."),
        .init("workspace", .globs, only: .shellExec, "The directories the line acts in."),
    ]

    /// One entry of `approvers`.
    static let approver: [PolicyKey] = [
        .init("role", .identifier, isRequired: true, "A role; see `roles`.")
    ]

    /// `require`.
    static let require: [PolicyKey] = [
        .init("scripts", .scripts, "Which third parties' scripts may run; none by default."),
        .init("lockfile", .word("any review frozen"), "What an install may do to it."),
        .init("minimumReleaseAge", .duration, "Least age of a version; unknown fails it."),
        .init(
            "cooldownExempt", .addresses,
            "Registries whose packages may be of any age; `minimumReleaseAge` asks all others."),
        .init("registries", .registries, "Where packages may come from."),
        .init("sources", .wordList(sources), "Kinds of places packages may come from."),
        .init("destinations", .wordList(destinations), "Where files may go."),
        .init("packages", .object(.packages), "Lists that named packages are held against."),
        .init("pinned", .onlyTrue, "Named packages carry an exact version."),
        .init("provenance", .word("off warn require"), "Attestations of packages."),
        .init("credentials", .word("strip keep"), "Registry tokens of what is forwarded."),
        .init(
            "justification", .wordList("purpose alternatives risk scope testPlan"),
            "What a request for approval must carry."),
        .init(
            "sandbox", .word("off auto require"),
            "Confinement of scripts that may run; needed where nothing is said."),
        .init("outcome", .onlyTrue, "The tool is supervised and its end recorded."),
    ]

    /// `require.scripts`.
    static let scripts: [PolicyKey] = [
        .init("allow", .scriptGrants, isRequired: true, "Packages whose scripts may run.")
    ]

    /// One entry of `require.scripts.allow`.
    static let scriptGrant: [PolicyKey] = [
        .init("name", .text, isRequired: true, "The package."),
        .init("until", .time, "From then on its scripts no longer run."),
    ]

    /// One entry of `require.registries`.
    static let registry: [PolicyKey] = [
        .init("url", .address, isRequired: true, "Its base address."),
        .init(
            "packages", .globList, isRequired: true,
            "Packages that may come from no other registry; its credentials are kept for them."),
    ]

    /// `require.packages`.
    static let packages: [PolicyKey] = [
        .init("allow", .globList, "Every named package must be on it."),
        .init("deny", .globList, "No named package may be on it."),
    ]

    /// One entry of `profiles`.
    static let profile: [PolicyKey] = [
        .init("defaults", .object(.defaults), "As in the policy."),
        .init("require", .object(.require), "As in the policy."),
        .init("rules", .objects(.rule), isRequired: true, "As in the policy."),
    ]

    /// `bind`.
    static let bind: [PolicyKey] = [
        .init("profiles", .identifiers, "Profiles that are in force without being asked for."),
        .init(
            "labels", .object(.labels), "Labels that callers cannot change, and that count fully."),
    ]

    /// `bind.labels`.
    static let labels: [PolicyKey] = [
        .init("agent", .text, "The agent's label."),
        .init("task", .text, "The task's label."),
        .init("session", .text, "The session's label; recorded only."),
    ]

    /// The operations in their own order.
    static let operations =
        "publish unpublish administer authenticate configure execute install run pack modify "
        + "query unknown"
    private static let sources = "registry workspace git url path"
    private static let facts =
        "near-name new-dependency new-package unpopular deprecated"
    private static let destinations = "project environment outside"
}

// The places of the keys in the tables above, so that a start-up compares numbers and no names. A
// test holds the two against each other.

/// Places in `PolicyKey.document`.
enum DocumentKey: Int, CaseIterable {
    /// In the order of the table.
    case schema, version, roles, defaults, require, rules, profiles, bind
}

/// Places in `PolicyKey.rule`.
enum RuleKey: Int, CaseIterable {
    /// In the order of the table.
    case id, action, match, effect, audit, message, approvers, timeout, until, require
}

/// Places in `PolicyKey.match`.
enum MatchKey: Int, CaseIterable {
    /// In the order of the table.
    case command, tool, operation, package, registry, source, destination, fact, flag, path, agent
    case task, workspace
}

/// Places in `PolicyKey.approver`.
enum ApproverKey: Int, CaseIterable { case role }

/// Places in `PolicyKey.require`.
enum RequireKey: Int, CaseIterable {
    /// In the order of the table.
    case scripts, lockfile, minimumReleaseAge, cooldownExempt, registries, sources, destinations,
        packages, pinned
    case provenance, credentials, justification, sandbox, outcome
}

/// Places in `PolicyKey.scripts`.
enum ScriptsKey: Int, CaseIterable { case allow }

/// Places in `PolicyKey.scriptGrant`.
enum ScriptGrantKey: Int, CaseIterable { case name, until }

/// Places in `PolicyKey.registry`.
enum RegistryKey: Int, CaseIterable { case url, packages }

/// Places in `PolicyKey.packages`.
enum PackagesKey: Int, CaseIterable { case allow, deny }

/// Places in `PolicyKey.bind`.
enum BindKey: Int, CaseIterable { case profiles, labels }

/// Places in `PolicyKey.labels`.
enum LabelsKey: Int, CaseIterable { case agent, task, session }

/// Places in `PolicyKey.profile`.
enum ProfileKey: Int, CaseIterable { case defaults, require, rules }
