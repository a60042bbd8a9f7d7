// What holds for every policy text and every line, tried on many random ones through the loader, the
// parsers and the decision: layers only tighten, later rules change nothing, layout means nothing.

import GateCore
import PolicyFile
import SeededRandom
import Testing

@testable import Shim

@Suite struct PolicyPropertyTests {
    private static let commands = [
        "npm publish", "npm --access public pub", "npm install left-pad", "npm i -g left-pad",
        "npm ci", "npm test", "npm view x", "npm pack", "npm config set registry http://localhost/",
        "npx cowsay", "npx npm publish", "npm frobnicate", "npm install git+https://h/a.git",
        "pnpm add left-pad", "yarn publish", "pip install requests", "twine upload d/a.whl",
        "python -m twine upload d/a.whl", "cargo add serde", "cargo publish", "gem push a.gem",
        "dotnet nuget push a.nupkg", "npm test && npm publish", "cargo +../x build",
    ]

    @Test(
        "a workspace policy or a profile never weakens an answer",
        arguments: 1...12 as ClosedRange<UInt64>)
    func layers(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let base = randomPolicy(&random)
        let added = randomPolicy(&random)
        let profile = randomPolicy(&random)
        var both = base.members
        both.append(
            ("profiles", .object([("p", .object(profile.members.filter { $0.name != "version" }))]))
        )
        let before = try decisions(base.text(&random))
        let files = [
            PolicyCase.File(path: "/project/.shimgate/policy.json", text: added.text(&random))
        ]
        let inWorkspace = try decisions(base.text(&random), files: files)
        let underProfile = try decisions(Document.object(both).text(&random), profiles: ["p"])
        for (index, command) in Self.commands.enumerated() {
            #expect(inWorkspace[index].effect >= before[index].effect, "\(seed): \(command)")
            #expect(underProfile[index].effect >= before[index].effect, "\(seed): \(command)")
        }
    }

    @Test("a rule after the deciding one changes nothing", arguments: 1...12 as ClosedRange<UInt64>)
    func laterRules(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let policy = randomPolicy(&random)
        let before = try decisions(policy.text(&random))
        var longer = policy
        longer.appendRule(randomRule("later", &random))
        let after = try decisions(longer.text(&random))
        var compared = 0
        for (index, command) in Self.commands.enumerated() {
            // Only where a rule decided every part of the line, so that none was left to find.
            let votes = before[index].votes
            guard votes.allSatisfy({ if case .rule = $0.basis { true } else { false } }) else {
                continue
            }
            compared += 1
            #expect(after[index].effect == before[index].effect, "\(seed): \(command)")
            #expect(after[index].rule == before[index].rule, "\(seed): \(command)")
            #expect(after[index].obligations == before[index].obligations, "\(seed): \(command)")
        }
        #expect(compared > 0 || policy.rules.isEmpty)
    }

    @Test(
        "white space and the order of keys change nothing", arguments: 1...12 as ClosedRange<UInt64>
    )
    func layout(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let policy = randomPolicy(&random)
        let first = policy.text(&random)
        let second = policy.text(&random)
        #expect(first != second)
        for (left, right) in zip(try decisions(first), try decisions(second)) {
            #expect(left.effect == right.effect)
            #expect(left.rule == right.rule)
            #expect(left.reason == right.reason)
            #expect(left.obligations == right.obligations)
        }
    }

    @Test("the random policies are no empty ones: every effect occurs, by rules and by defaults")
    func variety() throws {
        var seen: [String] = []
        for seed: UInt64 in 1...12 {
            var random = SeededGenerator(seed: seed)
            for decision in try decisions(randomPolicy(&random).text(&random)) {
                let basis = decision.rule == nil ? "default" : "rule"
                let name = "\(decision.effect.name) by \(basis)"
                if !seen.contains(name) { seen.append(name) }
            }
        }
        #expect(seen.count == 6)
    }

    /// The answers to all commands, in their order.
    private func decisions(
        _ text: String, files: [PolicyCase.File] = [], profiles: [String] = []
    ) throws -> [Decision] {
        var cases = PolicyCases()
        // One grammar for each tool: versions have tests of their own.
        cases.versions = [
            .init(tool: "npm", version: "11.17.0"), .init(tool: "npx", version: "11.17.0"),
            .init(tool: "pnpm", version: "11.22.0"), .init(tool: "yarn", version: "1.22.22"),
        ]
        for command in Self.commands {
            var one = PolicyCase(.command(command), effect: .deny)
            one.files = files
            one.profiles = profiles
            cases.cases.append(one)
        }
        let policy = try PolicyFile.load(bytes: [UInt8](text.utf8), path: "p.json")
        let run = PolicyTestRun(
            cases, under: try TestedPolicy(policy, named: "p.json", for: cases))
        return try run.results.map { try #require($0.decision) }
    }

    private func randomPolicy(_ random: inout SeededGenerator) -> Document {
        var defaults: [(name: String, value: Document)] = []
        for operation in Operation.allCases where Int.random(in: 0..<4, using: &random) > 0 {
            let effect = pick(Effect.allCases, &random)
            let isTooMild = operation == .unknown && effect == .allow
            defaults.append((operation.name, .text(isTooMild ? "deny" : effect.name)))
        }
        var rules: [Document] = []
        for index in 0..<Int.random(in: 0...6, using: &random) {
            rules.append(randomRule("r\(index)", &random))
        }
        var members: [(name: String, value: Document)] = [
            ("version", .bare("1")), ("defaults", .object(defaults)), ("rules", .list(rules)),
        ]
        switch Int.random(in: 0..<4, using: &random) {
        case 0: members.append(("require", .object([("minimumReleaseAge", .text("72h"))])))
        case 1:
            members.append(
                ("require", .object([("sources", .list([.text("registry"), .text("git")]))])))
        default: break
        }
        return .object(members)
    }

    private func randomRule(_ id: String, _ random: inout SeededGenerator) -> Document {
        var match: [(name: String, value: Document)] = []
        if Bool.random(using: &random) {
            let operations = (0..<3).map { _ in
                Document.text(pick(Operation.allCases, &random).name)
            }
            match.append(("operation", .list(operations)))
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            match.append(("tool", .text(pick(["npm", "p*", "*"], &random))))
        }
        if Int.random(in: 0..<3, using: &random) == 0 || match.isEmpty {
            let globs = ["npm *", "* publish*", "*install*", "*", "twine*", "npm test"]
            match.append(("command", .text(pick(globs, &random))))
        }
        if Int.random(in: 0..<5, using: &random) == 0 {
            match.append(("agent", .text("docs")))
        }
        var members: [(name: String, value: Document)] = [
            ("id", .text(id)), ("action", .text("shell.exec")), ("match", .object(match)),
            ("effect", .text(pick(Effect.allCases, &random).name)),
        ]
        if Int.random(in: 0..<3, using: &random) == 0 {
            members.append(
                ("require", .object([("sources", .list([.text("registry"), .text("git")]))])))
        }
        return .object(members)
    }

    private func pick<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}

/// A JSON document that is laid out differently each time.
private indirect enum Document {
    case text(String)
    case bare(String)
    case list([Document])
    case object([(name: String, value: Document)])

    var members: [(name: String, value: Document)] {
        if case .object(let members) = self { return members }
        return []
    }

    var rules: [Document] {
        for member in members where member.name == "rules" {
            if case .list(let rules) = member.value { return rules }
        }
        return []
    }

    mutating func appendRule(_ rule: Document) {
        let rules = self.rules + [rule]
        self = .object(members.map { $0.name == "rules" ? ("rules", .list(rules)) : $0 })
    }

    func text(_ random: inout SeededGenerator) -> String {
        let space = { (random: inout SeededGenerator) in
            ["", " ", "\n", "\t", "  \n "][Int.random(in: 0..<5, using: &random)]
        }
        switch self {
        case .text(let text): return "\"\(text)\""
        case .bare(let text): return text
        case .list(let elements):
            var parts: [String] = []
            for element in elements {
                parts.append(space(&random) + element.text(&random) + space(&random))
            }
            return "[" + parts.joined(separator: ",") + "]"
        case .object(let members):
            var parts: [String] = []
            for member in members.shuffled(using: &random) {
                let value = member.value.text(&random)
                parts.append("\(space(&random))\"\(member.name)\"\(space(&random)):\(value)")
            }
            return "{" + parts.joined(separator: ",") + space(&random) + "}"
        }
    }
}
