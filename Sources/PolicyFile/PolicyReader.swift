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
        var policy = layer(fields[DocumentKey.defaults], fields[DocumentKey.rules])
        policy.version = fields[DocumentKey.version]?.integer ?? PolicyFile.version
        policy.roles = roles ?? []
        for member in members(fields[DocumentKey.profiles]) {
            if !isIdentifier(member.name) {
                report(
                    member.offset, "bad name of a profile",
                    help: "use letters, digits, \"-\", \".\" and \"_\"")
            }
            let inner = open(member.value, as: .profile)
            let profile = layer(inner[ProfileKey.defaults], inner[ProfileKey.rules])
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
    private mutating func layer(_ defaults: JSON?, _ rules: JSON?) -> Policy {
        var policy = Policy()
        if let defaults { policy.defaults = self.defaults(defaults) }
        var ids = SeenNames()
        let list = elements(rules)
        policy.rules.reserveCapacity(list.count)
        for element in list { policy.rules.append(rule(element, &ids)) }
        return policy
    }

    private mutating func defaults(_ value: JSON) -> [PolicyDefault] {
        var defaults: [PolicyDefault] = []
        for (index, value) in open(value, as: .defaults).values {
            guard let effect = effect(value) else { continue }
            // The table has the operations first, in their own order.
            let operation = Operation(rawValue: UInt8(truncatingIfNeeded: index))
            let subject: PolicyDefault.Subject = operation.map { .operation($0) } ?? .fileRead
            defaults.append(.init(subject, effect, at: source.place(of: value.offset)))
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
        var rule = Rule(
            id: id, action: action, match: .init(),
            effect: effect(fields[RuleKey.effect]) ?? .deny)
        rule.place = source.place(of: value.offset)
        if let value = fields[RuleKey.match] { rule.match = match(value, for: action) }
        rule.audit = fields[RuleKey.audit]?.bool ?? true
        rule.message = fields[RuleKey.message]?.string
        for approver in elements(fields[RuleKey.approvers]) {
            if let role = approverRole(approver) { rule.approvers.append(role) }
        }
        rule.timeout = fields[RuleKey.timeout]?.integer
        rule.until = fields[RuleKey.until]?.string.flatMap(PolicyTime.seconds)
        if let value = fields[RuleKey.require] { rule.require = obligations(value) }
        return rule
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
        for (index, value) in fields.values {
            let key = PolicyKey.match[index]
            guard let only = key.action, only != action else { continue }
            report(
                value.offset, "\"\(key.name)\" is never part of \(action.name)",
                help: "it belongs to rules of the action \(only.name)")
        }
        match.command = commandGlobs(fields[MatchKey.command])
        match.tool = globs(fields[MatchKey.tool])
        if let value = fields[MatchKey.operation] { match.operation = operations(value) }
        match.package = globs(fields[MatchKey.package])
        match.registry = globs(fields[MatchKey.registry])
        if let value = fields[MatchKey.source] { match.source = sources(value) }
        if let value = fields[MatchKey.destination] { match.destination = destinations(value) }
        match.flag = globs(fields[MatchKey.flag])
        match.path = globs(fields[MatchKey.path])
        match.agent = globs(fields[MatchKey.agent])
        match.task = globs(fields[MatchKey.task])
        match.workspace = globs(fields[MatchKey.workspace])
        return match
    }

    /// Patterns for canonical texts, which never start or end with a space.
    private mutating func commandGlobs(_ value: JSON?) -> [Glob] {
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
        for effect in [Effect.deny, .approval, .allow] where value?.isText(effect.name) ?? false {
            return effect
        }
        return nil
    }

    private func operations(_ value: JSON) -> [Operation] {
        if let operation = operation(value) { return [operation] }
        var operations: [Operation] = []
        for element in value.elements {
            if let operation = operation(element) { operations.append(operation) }
        }
        return operations
    }

    /// Makes no text of the value: most rules of a policy name an operation.
    private func operation(_ value: JSON) -> Operation? {
        for operation in Operation.allCases where value.isText(operation.name) {
            return operation
        }
        return nil
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

    /// The patterns of a value, one or a list.
    func globs(_ value: JSON?) -> [Glob] {
        guard let value else { return [] }
        if let pattern = value.stringBytes { return [Glob(pattern: pattern)] }
        var globs: [Glob] = []
        globs.reserveCapacity(value.count)
        for element in value.elements {
            if let pattern = element.stringBytes { globs.append(Glob(pattern: pattern)) }
        }
        return globs
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
    /// Places in the table of the object, and values.
    var values: [(key: Int, value: JSON)] = []

    /// The value of a key, nil where it is missing or wrong.
    subscript<Key: RawRepresentable<Int>>(name: Key) -> JSON? {
        for index in values.indices where values[index].key == name.rawValue {
            return values[index].value
        }
        return nil
    }
}
