// The loader of test cases: as strict as that of policies, with the same kind of messages. A key
// that is not read would be a test that does not test what its author meant.

internal import GateCore
internal import StrictJSON

extension PolicyCases {
    /// Reads one file of cases.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: how messages name it.
    /// - Throws: `PolicyErrors` with every mistake that could be told apart; a document that is
    ///   not JSON has one.
    public static func load(bytes: [UInt8], path: String) throws(PolicyErrors) -> PolicyCases {
        let document = try PolicyFile.document(bytes, path: path)
        var reader = PolicyCaseReader(bytes)
        let cases = reader.cases(document)
        if !reader.problems.isEmpty {
            throw PolicyErrors(path: path, problems: reader.sortedProblems)
        }
        return cases
    }
}

/// Reads one document.
private struct PolicyCaseReader {
    /// Mistakes so far, with the offset they are sorted by.
    var problems: [(offset: Int, problem: PolicyProblem)] = []
    private var source: SourceText

    init(_ bytes: [UInt8]) { source = SourceText(bytes) }

    /// Mistakes in the order of the file.
    var sortedProblems: [PolicyProblem] {
        problems.sorted { $0.offset < $1.offset }.map(\.problem)
    }

    mutating func cases(_ document: JSON) -> PolicyCases {
        var result = PolicyCases()
        let members = open(document, "a test file", PolicyCaseKey.document)
        if let value = members["version"], value.integer != 1 {
            report(
                value.offset, "version \(kind(of: value)) is not one that this program reads",
                help: "write \"version\": 1")
        }
        result.policy = text(members["policy"], "policy")
        for entry in pairs(members["versions"], "versions") {
            result.versions.append(.init(tool: Word(entry.name), version: entry.text))
        }
        guard let list = members["cases"] else {
            report(document.offset, "a test file without \"cases\"", help: "add \"cases\": [ ... ]")
            return result
        }
        guard let elements = list.array, !elements.isEmpty else {
            report(
                list.offset, "\"cases\" must be a list of cases, found \(kind(of: list))",
                help: "write [ { \"command\": \"npm publish\", \"effect\": \"deny\" } ]")
            return result
        }
        for element in elements {
            if let one = policyCase(element) { result.cases.append(one) }
        }
        return result
    }

    private mutating func policyCase(_ value: JSON) -> PolicyCase? {
        let members = open(value, "a case", PolicyCaseKey.entry)
        let effect = self.effect(members["effect"], of: value)
        let question = self.question(members, of: value)
        guard value.object != nil, let effect, let question else { return nil }
        var result = PolicyCase(
            question, name: text(members["name"], "name"), effect: effect,
            place: source.place(of: value.offset))
        result.agent = text(members["agent"], "agent")
        result.task = text(members["task"], "task")
        result.isAsserted = areAsserted(members["labels"], members)
        if let value = members["profile"] { result.profiles = profiles(value) }
        result.cwd = directory(members["cwd"], "cwd") ?? result.cwd
        result.home = directory(members["home"], "home") ?? result.home
        for entry in pairs(members["env"], "env") {
            result.environment.append(.init(name: Word(entry.name), value: Word(entry.text)))
        }
        for entry in pairs(members["files"], "files", mayBeEmpty: true) {
            let isAbsolute = entry.name.utf8.first == UInt8(ascii: "/")
            let path = isAbsolute ? entry.name : "\(result.cwd)/\(entry.name)"
            result.files.append(.init(path: straightened(path), text: entry.text))
        }
        result.time = time(members["at"])
        result.rule = expectedRule(members["rule"])
        return result
    }

    private mutating func question(_ members: Members, of value: JSON) -> PolicyCase.Question? {
        switch (members["command"], members["path"]) {
        case (let command?, nil):
            return text(command, "command").map { .command($0) }
        case (nil, let path?):
            return text(path, "path").map { .path($0) }
        case (nil, nil):
            if value.object != nil {
                report(
                    value.offset, "a case that asks nothing",
                    help: "add \"command\": \"npm publish\" or \"path\": \"/home/user/.npmrc\"")
            }
        case (.some, let path?):
            report(
                path.offset, "a case asks for a command or for a file, not for both",
                help: "make two cases of it")
        }
        return nil
    }

    private mutating func effect(_ value: JSON?, of whole: JSON) -> Effect? {
        guard let value else {
            if whole.object != nil {
                report(
                    whole.offset, "a case without \"effect\"", help: "add \"effect\": \"deny\"")
            }
            return nil
        }
        if let name = value.string, let effect = Effect(name: Word(name)) { return effect }
        report(
            value.offset, "\(kind(of: value)) is not an effect",
            help: value.string.flatMap { suggestion(for: $0, among: Effect.allCases.map(\.name)) }
                ?? "write one of deny, approval, allow")
        return nil
    }

    private mutating func expectedRule(_ value: JSON?) -> PolicyCase.ExpectedRule {
        guard let value else { return .any }
        if case .null = value.value { return .none }
        if let id = value.string, isIdentifier(id) { return .named(id) }
        report(
            value.offset, "\(kind(of: value)) is not the id of a rule",
            help: "write the id, or null where no rule decides")
        return .any
    }

    private mutating func areAsserted(_ value: JSON?, _ members: Members) -> Bool {
        guard let value else { return false }
        if members["agent"] == nil, members["task"] == nil {
            report(
                value.offset, "\"labels\" without an agent or a task",
                help: "add \"agent\" or \"task\", or leave it out")
        }
        switch Word(value.string ?? "") {
        case "bound": return false
        case "asserted": return true
        default:
            report(
                value.offset, "\(kind(of: value)) is not a value of \"labels\"",
                help: "write \"bound\" (install.json says so) or \"asserted\" (the caller does)")
            return false
        }
    }

    private mutating func profiles(_ value: JSON) -> [String] {
        var names: [String] = []
        for element in value.array ?? [value] {
            if let name = text(element, "profile") { names.append(name) }
        }
        return names
    }

    private mutating func directory(_ value: JSON?, _ key: String) -> String? {
        guard let value, let path = text(value, key) else { return nil }
        if path.utf8.first == UInt8(ascii: "/") { return path }
        report(
            value.offset, "\"\(key)\" must be an absolute path", help: "start it with \"/\"")
        return nil
    }

    private mutating func time(_ value: JSON?) -> Int? {
        guard let value else { return nil }
        if let text = value.string, let seconds = PolicyTime.seconds(text) { return seconds }
        report(
            value.offset, "\"at\" must be a time, found \(kind(of: value))",
            help: "write \"2026-12-31T00:00:00Z\"")
        return nil
    }

    private mutating func text(_ value: JSON?, _ key: String) -> String? {
        guard let value else { return nil }
        if let text = value.string, !text.utf8.isEmpty { return text }
        report(
            value.offset, "\"\(key)\" must be a text that is not empty, found \(kind(of: value))",
            help: "write \"...\" or leave it out")
        return nil
    }

    /// The members of an object of texts.
    private mutating func pairs(
        _ value: JSON?, _ key: String, mayBeEmpty: Bool = false
    ) -> [(name: String, text: String)] {
        guard let value else { return [] }
        guard let members = value.object else {
            report(
                value.offset, "\"\(key)\" must be an object, found \(kind(of: value))",
                help: "write { \"NAME\": \"...\" }")
            return []
        }
        var pairs: [(name: String, text: String)] = []
        for member in members {
            if mayBeEmpty, let text = member.value.string {
                pairs.append((member.name, text))
            } else if let text = text(member.value, member.name) {
                pairs.append((member.name, text))
            }
        }
        return pairs
    }

    /// The members of an object that has only these keys.
    private mutating func open(_ value: JSON, _ name: String, _ table: [PolicyCaseKey]) -> Members {
        let keys = table.map(\.name)
        var result = Members()
        guard let members = value.object else {
            report(
                value.offset, "\(name) must be an object, found \(kind(of: value))",
                help: "write { ... }")
            return result
        }
        for member in members {
            guard keys.contains(where: { sameBytes($0, member.name) }) else {
                report(
                    member.offset, "unknown key \"\(displayed(member.name))\" in \(name)",
                    help: suggestion(for: member.name, among: keys)
                        ?? "known keys: \(keys.joined(separator: ", "))")
                continue
            }
            result.values.append((member.name, member.value))
        }
        return result
    }

    private mutating func report(_ offset: Int, _ message: String, help: String?) {
        problems.append((offset, source.problem(at: offset, message, help: help)))
    }
}

/// The known members of an object.
private struct Members {
    var values: [(name: String, value: JSON)] = []

    subscript(name: String) -> JSON? {
        for (key, value) in values where sameBytes(key, name) { return value }
        return nil
    }
}
