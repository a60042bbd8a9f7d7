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

    /// A reader for messages about these bytes.
    init(_ bytes: [UInt8]) { source = SourceText(bytes) }

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
        if let value = fields["roles"] { roles = approverRoles(value) }
        var policy = layer(fields)
        policy.version = fields["version"]?.integer ?? PolicyFile.version
        policy.roles = roles ?? []
        for member in fields["profiles"]?.object ?? [] {
            if !isIdentifier(member.name) {
                report(
                    member.offset, "bad name of a profile",
                    help: "use letters, digits, \"-\", \".\" and \"_\"")
            }
            let inner = open(member.value, as: .profile)
            policy.profiles.append(Profile(name: member.name, policy: layer(inner)))
        }
        return policy
    }

    /// What documents and profiles have in common.
    private mutating func layer(_ fields: Fields) -> Policy {
        var policy = Policy()
        if let value = fields["defaults"] { policy.defaults = defaults(value) }
        let elements = fields["rules"]?.array ?? []
        policy.rules.reserveCapacity(elements.count)
        var ids = SeenNames()
        for element in elements { policy.rules.append(rule(element, &ids)) }
        return policy
    }

    private mutating func defaults(_ value: JSON) -> [PolicyDefault] {
        var defaults: [PolicyDefault] = []
        for (name, value) in open(value, as: .defaults).values {
            guard let effect = Effect(name: word(value)) else { continue }
            guard let index = index(of: name, among: PolicyKey.defaults) else { continue }
            // The table has the operations first, in their own order.
            let isOperation = index < Operation.allCases.count
            let subject: PolicyDefault.Subject =
                isOperation ? .operation(Operation.allCases[index]) : .fileRead
            defaults.append(.init(subject, effect, at: source.place(of: value.offset)))
        }
        return defaults
    }

    private mutating func rule(_ value: JSON, _ ids: inout SeenNames) -> Rule {
        let fields = open(value, as: .rule)
        let id = fields["id"]?.string ?? ""
        if let place = fields["id"]?.offset, ids.hasSeen(id) {
            report(
                place, "a second rule is called \"\(displayed(id))\"",
                help: "every rule of a list has an id of its own")
        }
        let action: Action = word(fields["action"]) == "file.read" ? .fileRead : .shellExec
        var rule = Rule(
            id: id, action: action, match: .init(),
            effect: Effect(name: word(fields["effect"])) ?? .deny)
        rule.place = source.place(of: value.offset)
        if let value = fields["match"] { rule.match = match(value, for: action) }
        rule.audit = fields["audit"]?.bool ?? true
        rule.message = fields["message"]?.string
        for approver in fields["approvers"]?.array ?? [] {
            if let role = approverRole(approver) { rule.approvers.append(role) }
        }
        rule.timeout = fields["timeout"]?.integer
        rule.until = fields["until"]?.string.flatMap(PolicyTime.seconds)
        if let value = fields["require"] { rule.require = obligations(value) }
        return rule
    }

    private mutating func approverRole(_ value: JSON) -> String? {
        guard let role = open(value, as: .approver)["role"] else { return nil }
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
        for member in value.object ?? [] {
            if !isIdentifier(member.name) {
                report(
                    member.offset, "bad name of a role",
                    help: "use letters, digits, \"-\", \".\" and \"_\"")
            }
            guard let elements = member.value.array else {
                report(
                    member.value.offset, "expected a list, found \(kind(of: member.value))",
                    help: "list who holds the role: [\"user:alice\", \"uid:1001\"]")
                continue
            }
            var names: [String] = []
            for element in elements {
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
        if fields.values.isEmpty, value.object?.isEmpty ?? false {
            report(
                value.offset, "a rule that matches everything without saying so",
                help: "write \"command\": \"*\" or \"path\": \"*\"")
        }
        for (name, value) in fields.values {
            guard let index = index(of: name, among: PolicyKey.match) else { continue }
            guard let only = PolicyKey.match[index].action, only != action else { continue }
            report(
                value.offset, "\"\(name)\" is never part of \(action.name)",
                help: "it belongs to rules of the action \(only.name)")
        }
        match.command = commandGlobs(fields["command"])
        match.tool = globs(fields["tool"])
        if let value = fields["operation"] { match.operation = operations(value) }
        match.package = globs(fields["package"])
        match.registry = globs(fields["registry"])
        if let value = fields["source"] { match.source = sources(value) }
        if let value = fields["destination"] { match.destination = destinations(value) }
        match.flag = globs(fields["flag"])
        match.path = globs(fields["path"])
        match.agent = globs(fields["agent"])
        match.task = globs(fields["task"])
        match.workspace = globs(fields["workspace"])
        return match
    }

    /// Patterns for canonical texts, which never start or end with a space.
    private mutating func commandGlobs(_ value: JSON?) -> [Glob] {
        let patterns = globs(value)
        for index in patterns.indices {
            let glob = patterns[index]
            let offset = value?.array?[index].offset ?? value?.offset ?? 0
            let bytes = glob.pattern
            if bytes.first == UInt8(ascii: "^") || bytes.last == UInt8(ascii: "$") {
                report(
                    offset, "this reads like a regular expression and can match nothing",
                    help: "patterns know \"*\" and \"?\", and cover the whole line anyway")
            } else if bytes.first == 0x20 || bytes.last == 0x20 {
                report(
                    offset, "a pattern with a space at its end can match nothing",
                    help: "remove the space")
            }
        }
        return patterns
    }

    private func operations(_ value: JSON) -> [Operation] {
        var operations: [Operation] = []
        for name in words(value) {
            if let operation = Operation(name: name) { operations.append(operation) }
        }
        return operations
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
        if let text = value.string { return [Glob(text)] }
        var globs: [Glob] = []
        for element in value.array ?? [] {
            if let text = element.string { globs.append(Glob(text)) }
        }
        return globs
    }

    /// The words of a value, one or a list.
    func words(_ value: JSON?) -> [Word] {
        guard let value else { return [] }
        if let text = value.string { return [Word(text)] }
        var words: [Word] = []
        for element in value.array ?? [] {
            if let text = element.string { words.append(Word(text)) }
        }
        return words
    }

    /// The text of a value as a word, empty where it is none.
    func word(_ value: JSON?) -> Word { Word(value?.string ?? "") }
}

/// The values of an object that passed, in the order of the file.
struct Fields {
    /// Names and values.
    var values: [(name: String, value: JSON)] = []

    /// The value of a key, nil where it is missing or wrong.
    subscript(name: String) -> JSON? {
        let length = name.utf8.count
        for index in values.indices where values[index].name.utf8.count == length {
            if sameBytes(values[index].name, name) { return values[index].value }
        }
        return nil
    }
}
