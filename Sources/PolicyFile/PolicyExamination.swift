// What `policy check` says of a file beyond whether it loads: rules that are never reached, rules that
// nothing can meet, keys without effect. A rule of that kind does not say what its author meant, and
// no shim looks for it: loading stays fast, and a newer tool name never stops an older program.

public import GateCore
import StrictJSON

/// What is known of tools; their profiles belong to another target.
public struct ToolKnowledge: Sendable {
    /// What rules meet of a line.
    public struct Texts: Sendable {
        /// The canonical text of the line and of everything nested in it.
        public let canonical: [String]
        /// Texts that deny and approval rules meet as well.
        public let others: [String]

        /// Both kinds of texts.
        public init(canonical: [String], others: [String]) {
            self.canonical = canonical
            self.others = others
        }
    }

    /// The tools' names, as `match.tool` meets them.
    public let tools: [String]
    /// Names that tools are called by, each with its tool.
    public let names: [(name: String, tool: String)]
    /// What rules meet of a line; nil where it cannot be read with certainty.
    public let texts: @Sendable ([Word]) -> Texts?

    /// What a catalog of tools knows.
    public init(
        tools: [String], names: [(name: String, tool: String)],
        texts: @escaping @Sendable ([Word]) -> Texts?
    ) {
        self.tools = tools
        self.names = names
        self.texts = texts
    }
}

/// A file that was examined.
public struct PolicyExamination: Sendable {
    /// How messages name the file.
    public let path: String
    /// What it says; nil where it does not load.
    public let policy: Policy?
    /// Errors where it does not load, else warnings; in the order of the file.
    public let problems: [PolicyProblem]

    /// All problems as text, each ending with a line feed; empty where there is none.
    public var text: String { PolicyErrors(path: path, problems: problems).text }
}

extension PolicyFile {
    /// Loads a file as `load` does, and then looks for what loads and yet cannot be meant.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: how messages name it.
    ///   - tools: what rules can be about.
    ///   - now: seconds since 1970-01-01 UTC, for rules with an end.
    public static func examine(
        bytes: [UInt8], path: String, knowing tools: ToolKnowledge, now: Int
    ) -> PolicyExamination {
        let policy: Policy
        do { policy = try load(bytes: bytes, path: path) } catch {
            return PolicyExamination(path: path, policy: nil, problems: error.problems)
        }
        guard let document = try? JSON.parse(bytes, deepest: deepest) else {
            return PolicyExamination(path: path, policy: policy, problems: [])
        }
        var examiner = PolicyExaminer(bytes, tools, now: now)
        examiner.examine(document, policy)
        return PolicyExamination(path: path, policy: policy, problems: examiner.sortedProblems)
    }
}

/// Collects warnings on one document that loads.
struct PolicyExaminer {
    /// What rules can be about.
    let tools: ToolKnowledge
    /// Seconds since 1970-01-01 UTC.
    let now: Int
    private var source: SourceText
    private var problems: [(offset: Int, problem: PolicyProblem)] = []

    /// An examiner for messages about these bytes.
    init(_ bytes: [UInt8], _ tools: ToolKnowledge, now: Int) {
        self.tools = tools
        self.now = now
        source = SourceText(bytes)
    }

    /// Warnings in the order of the file.
    var sortedProblems: [PolicyProblem] {
        problems.sorted { $0.offset < $1.offset }.map(\.problem)
    }

    /// Notes a warning.
    mutating func warn(_ offset: Int, _ message: String, help: String) {
        var problem = source.problem(at: offset, message, help: help)
        problem.severity = .warning
        problems.append((offset, problem))
    }

    /// Looks through a document and the policy that was read from it.
    mutating func examine(_ document: JSON, _ policy: Policy) {
        for role in document["roles"]?.object ?? [] where role.value.array?.isEmpty ?? false {
            warn(
                role.offset, "nobody holds the role \"\(displayed(role.name))\"",
                help: "name people: [\"user:alice\", \"uid:1001\"]")
        }
        lookForEndedGrants(document["require"])
        examine(document["rules"], policy.rules)
        for (index, member) in (document["profiles"]?.object ?? []).enumerated() {
            lookForEndedGrants(member.value["require"])
            examine(member.value["rules"], policy.profiles[index].policy.rules)
        }
    }

    /// Looks through a list of rules, which stands in the policy in the same order.
    private mutating func examine(_ list: JSON?, _ rules: [Rule]) {
        let elements = list?.array ?? []
        guard elements.count == rules.count else { return }
        var reach = RuleReach(now: now)
        for (index, rule) in rules.enumerated() {
            let element = elements[index]
            lookForEnd(of: rule, element)
            lookForUselessKeys(of: rule, element)
            lookForUnmeetable(rule, element)
            if let earlier = reach.coverer(of: rule) {
                warn(
                    element["id"]?.offset ?? element.offset,
                    "rule \"\(rule.id)\" is never reached: rule \"\(earlier.id)\" in line "
                        + "\(earlier.place.line) matches all that it matches",
                    help: earlier.effect == rule.effect
                        ? "remove it" : "move it before \"\(earlier.id)\"")
            }
            reach.add(rule)
        }
    }

    private mutating func lookForEnd(of rule: Rule, _ element: JSON) {
        if let until = rule.until, now >= until, let value = element["until"] {
            warn(
                value.offset, "rule \"\(rule.id)\" has ended and matches nothing",
                help: "remove the rule, or give it a later end")
        }
        lookForEndedGrants(element["require"])
    }

    private mutating func lookForEndedGrants(_ require: JSON?) {
        for grant in require?["scripts"]?["allow"]?.array ?? [] {
            guard let end = grant["until"], let text = end.string else { continue }
            guard let seconds = PolicyTime.seconds(text), now >= seconds else { continue }
            warn(
                end.offset, "the grant has ended; these scripts no longer run",
                help: "remove the grant, or give it a later end")
        }
    }

    private mutating func lookForUselessKeys(of rule: Rule, _ element: JSON) {
        if rule.effect != .approval {
            for name in ["approvers", "timeout"] {
                guard let value = element[name] else { continue }
                warn(
                    value.offset,
                    "\"\(name)\" has no effect in a rule that says \(rule.effect.name)",
                    help: "remove it, or write \"effect\": \"approval\"")
            }
        }
        if rule.effect == .deny, let value = element["require"] {
            warn(
                value.offset, "\"require\" has no effect in a rule that denies",
                help: "what is denied has no conditions; remove it")
        }
        if rule.action == .fileRead, let value = element["require"], rule.effect != .deny {
            warn(
                value.offset, "\"require\" has no effect on reading files",
                help: "conditions are about command lines; remove it")
        }
    }
}
