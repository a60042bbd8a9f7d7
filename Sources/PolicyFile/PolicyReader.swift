// From JSON to values, collecting mistakes instead of stopping at the first. `open` holds an object
// against its table; what passes is taken out by the functions below it, which therefore need no
// messages of their own.

import GateCore
import StrictJSON

/// Reads one document.
struct PolicyReader {
    /// Mistakes so far, with the offset they are sorted by.
    private(set) var problems: [(offset: Int, problem: PolicyProblem)] = []
    private var source: SourceText
    /// Whether the file names roles, so that approvers are held against them.
    private var roles: [ApproverRole]?

    /// A reader for messages about these bytes, whose lines start at these offsets.
    init(_ bytes: [UInt8], lines: [Int]) { source = SourceText(bytes, lines: lines) }

    /// Mistakes in the order of the file.
    var sortedProblems: [PolicyProblem] {
        problems.sorted { $0.offset < $1.offset }.map(\.problem)
    }

    /// Notes a mistake.
    mutating func report(_ offset: Int, _ message: String, help: String?) {
        problems.append((offset, source.problem(at: offset, message, help: help)))
    }

    /// The whole document.
    mutating func policy(_ document: JSON) -> Policy {
        let fields = open(document, as: .document)
        if let value = fields[DocumentKey.roles] { roles = approverRoles(value) }
        var policy = layer(
            fields[DocumentKey.defaults], fields[DocumentKey.require], fields[DocumentKey.rules])
        policy.version = fields[DocumentKey.version]?.integer ?? PolicyFile.version
        policy.roles = roles ?? []
        for member in members(fields[DocumentKey.profiles]) {
            if !isIdentifier(member.name) {
                report(
                    member.offset, "bad name of a profile",
                    help: "use letters, digits, \"-\", \".\" and \"_\"")
            }
            let inner = open(member.value, as: .profile)
            let profile = layer(
                inner[ProfileKey.defaults], inner[ProfileKey.require], inner[ProfileKey.rules])
            policy.profiles.append(Profile(name: member.name, policy: profile))
        }
        if let value = fields[DocumentKey.bind] { policy.bound = bindings(value) }
        return policy
    }

    private mutating func bindings(_ value: JSON) -> Bindings {
        let fields = open(value, as: .bind)
        var bound = Bindings(place: source.place(of: value.offset))
        for element in elements(fields[BindKey.profiles]) {
            if let name = element.string { bound.profiles.append(name) }
        }
        guard let labels = fields[BindKey.labels] else { return bound }
        let named = open(labels, as: .labels)
        bound.agent = named[LabelsKey.agent]?.string
        bound.task = named[LabelsKey.task]?.string
        bound.session = named[LabelsKey.session]?.string
        return bound
    }

    /// What documents and profiles have in common.
    private mutating func layer(_ defaults: JSON?, _ require: JSON?, _ rules: JSON?) -> Policy {
        var policy = Policy()
        if let defaults { policy.defaults = self.defaults(defaults) }
        policy.require = require.map { obligations($0) }
        var ids = SeenNames()
        guard let rules else { return policy }
        policy.rules.reserveCapacity(rules.count)
        for element in rules.elements { policy.rules.append(rule(element, &ids)) }
        return policy
    }

    private mutating func defaults(_ value: JSON) -> [PolicyDefault] {
        var defaults: [PolicyDefault] = []
        for field in open(value, as: .defaults).values {
            guard let effect = effect(field.value) else { continue }
            // The table has the operations first, in their own order.
            let operation = Operation(rawValue: UInt8(truncatingIfNeeded: field.key))
            let subject: PolicyDefault.Subject = operation.map { .operation($0) } ?? .fileRead
            defaults.append(.init(subject, effect, at: source.place(of: field.value.offset)))
        }
        return defaults
    }

    private mutating func rule(_ value: JSON, _ ids: inout SeenNames) -> Rule {
        let fields = open(value, as: .rule)
        let id = fields[RuleKey.id]?.string ?? ""
        if let place = fields[RuleKey.id]?.offset, ids.hasSeen(id) {
            report(
                place, "a second rule is called \"\(displayed(id))\"",
                help: "every rule of a list has an id of its own")
        }
        let isFileRead = fields[RuleKey.action]?.isText(Action.fileRead.name) ?? false
        let action: Action = isFileRead ? .fileRead : .shellExec
        let match = fields[RuleKey.match].map { self.match($0, for: action) }
        var approvers: [String] = []
        for approver in elements(fields[RuleKey.approvers]) {
            if let role = approverRole(approver) { approvers.append(role) }
        }
        return Rule(
            id: id, action: action, match: match ?? Match(),
            effect: effect(fields[RuleKey.effect]) ?? .deny,
            audit: fields[RuleKey.audit]?.bool ?? true,
            message: fields[RuleKey.message]?.string, approvers: approvers,
            timeout: fields[RuleKey.timeout]?.integer,
            until: fields[RuleKey.until]?.string.flatMap(PolicyTime.seconds),
            require: fields[RuleKey.require].map { obligations($0) },
            place: source.place(of: value.offset))
    }

    private mutating func approverRole(_ value: JSON) -> String? {
        guard let role = open(value, as: .approver)[ApproverKey.role] else { return nil }
        guard let name = role.string else { return nil }
        // A document without roles is one of the short form, whose roles are kept elsewhere.
        guard let roles else { return name }
        for known in roles where Word(known.name) == Word(name) { return name }
        report(
            role.offset, "unknown role \"\(displayed(name))\"",
            help: suggestion(for: name, among: roles.map(\.name)) ?? "name it under \"roles\"")
        return nil
    }

    private mutating func approverRoles(_ value: JSON) -> [ApproverRole] {
        var roles: [ApproverRole] = []
        for member in value.members {
            if !isIdentifier(member.name) {
                report(
                    member.offset, "bad name of a role",
                    help: "use letters, digits, \"-\", \".\" and \"_\"")
            }
            guard member.value.isArray else {
                report(
                    member.value.offset, "expected a list, found \(kind(of: member.value))",
                    help: "list who holds the role: [\"user:alice\", \"uid:1001\"]")
                continue
            }
            var names: [String] = []
            for element in member.value.elements {
                guard let name = element.string, isApprover(name) else {
                    report(
                        element.offset, "not somebody who can approve",
                        help: "write user:NAME, uid:N or key:ed25519:BASE64")
                    continue
                }
                names.append(name)
            }
            roles.append(ApproverRole(name: member.name, members: names))
        }
        return roles
    }

    private mutating func match(_ value: JSON, for action: Action) -> Match {
        let fields = open(value, as: .match)
        var match = Match()
        if fields.values.isEmpty, value.isObject, value.isEmpty {
            report(
                value.offset, "a rule that matches everything without saying so",
                help: "write \"command\": \"*\" or \"path\": \"*\"")
        }
        for field in fields.values {
            guard let only = PolicyKey.match[field.key].action, only != action else { continue }
            let key = PolicyKey.match[field.key]
            report(
                field.value.offset, "\"\(key.name)\" is never part of \(action.name)",
                help: "it belongs to rules of the action \(only.name)")
        }
        for field in fields.values {
            switch MatchKey(rawValue: field.key) {
            case .command: match.add(.command, commandGlobs(field.value))
            case .tool: match.add(.tool, globs(field.value))
            case .operation: match.operation = operations(field.value)
            case .package: match.add(.package, globs(field.value))
            case .registry: match.add(.registry, globs(field.value))
            case .source: match.source = CaseSet(sources(field.value))
            case .destination: match.destination = CaseSet(destinations(field.value))
            case .fact: match.facts = CaseSet(facts(field.value))
            case .flag: match.add(.flag, globs(field.value))
            case .path: match.add(.path, globs(field.value))
            case .agent: match.add(.agent, globs(field.value))
            case .task: match.add(.task, globs(field.value))
            case .workspace: match.add(.workspace, globs(field.value))
            case nil: break
            }
        }
        return match
    }

    /// Patterns for canonical texts, which never start or end with a space.
    private mutating func commandGlobs(_ value: JSON?) -> GlobList {
        let patterns = globs(value)
        for index in patterns.indices {
            let bytes = patterns[index].pattern
            let isExpression = bytes.first == UInt8(ascii: "^") || bytes.last == UInt8(ascii: "$")
            guard isExpression || bytes.first == 0x20 || bytes.last == 0x20 else { continue }
            let offset = value?.array?[index].offset ?? value?.offset ?? 0
            if isExpression {
                report(
                    offset, "this reads like a regular expression and can match nothing",
                    help: "patterns know \"*\" and \"?\", and cover the whole line anyway")
            } else {
                report(
                    offset, "a pattern with a space at its end can match nothing",
                    help: "remove the space")
            }
        }
        return patterns
    }

    private func effect(_ value: JSON?) -> Effect? {
        switch value?.wordNumber(in: "deny approval allow") {
        case 0: return .deny
        case 1: return .approval
        case 2: return .allow
        default: return nil
        }
    }

    private func operations(_ value: JSON) -> CaseSet<Operation> {
        var operations: CaseSet<Operation> = []
        if let operation = operation(value) { operations.insert(operation) }
        for element in value.elements {
            if let operation = operation(element) { operations.insert(operation) }
        }
        return operations
    }

    /// Makes no text of the value: most rules of a policy name an operation.
    private func operation(_ value: JSON) -> Operation? {
        guard let number = value.wordNumber(in: PolicyKey.operations) else { return nil }
        return Operation(rawValue: UInt8(truncatingIfNeeded: number))
    }

    /// The kinds of sources named in a value.
    func sources(_ value: JSON) -> [PackageSource] {
        var sources: [PackageSource] = []
        for name in words(value) {
            for source in PackageSource.allCases where Word(source.name) == name {
                sources.append(source)
            }
        }
        return sources
    }

    /// The destinations named in a value.
    func destinations(_ value: JSON) -> [Destination] {
        var destinations: [Destination] = []
        for name in words(value) {
            let known: [Destination] = [.project, .environment, .outside]
            for place in known where Word(place.name) == name { destinations.append(place) }
        }
        return destinations
    }

    /// The facts named in a value.
    private func facts(_ value: JSON) -> [PackageFact] {
        var facts: [PackageFact] = []
        for name in words(value) {
            for fact in PackageFact.allCases where Word(fact.name) == name { facts.append(fact) }
        }
        return facts
    }

    /// The patterns of a value, one or a list.
    func globs(_ value: JSON?) -> GlobList {
        guard let value else { return [] }
        if value.isPlainText {
            var parts: [GlobList.Part] = []
            parts.reserveCapacity(value.isArray ? value.count : 1)
            value.eachPlainText { parts.append(GlobList.Part(from: $0, to: $1)) }
            return GlobList(parts, of: value.document)
        }
        if let pattern = value.stringBytes { return [Glob(pattern: pattern)] }
        var globs: [Glob] = []
        for element in value.elements {
            if let pattern = element.stringBytes { globs.append(Glob(pattern: pattern)) }
        }
        return GlobList(globs)
    }

    /// The words of a value, one or a list.
    func words(_ value: JSON?) -> [Word] {
        guard let value else { return [] }
        if let text = value.string { return [Word(text)] }
        var words: [Word] = []
        for element in value.elements {
            if let text = element.string { words.append(Word(text)) }
        }
        return words
    }

    /// The text of a value as a word, empty where it is none.
    func word(_ value: JSON?) -> Word { Word(value?.string ?? "") }

    /// The elements of a value; none where it is missing.
    func elements(_ value: JSON?) -> [JSON] { value?.array ?? [] }

    /// The members of a value; none where it is missing.
    func members(_ value: JSON?) -> [JSON.Member] { value?.object ?? [] }
}

/// The values of an object that passed, in the order of the file.
struct Fields {
    /// One for each key that is there.
    var values: [Field] = []

    /// The value of a key, nil where it is missing or wrong.
    subscript<Key: RawRepresentable<Int>>(name: Key) -> JSON? {
        for index in values.indices where values[index].key == name.rawValue {
            return values[index].value
        }
        return nil
    }
}

/// A value of an object and its key's place in the table of the object.
struct Field {
    /// Index of the key.
    let key: Int
    /// What the file has for it.
    let value: JSON
}
