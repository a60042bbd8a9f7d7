// `policy test`: the shipped policies keep what their tests say, every one of their rules is met by a
// case, and a case that expects something else fails.

import Foundation
import GateCore
import PolicyFile
import Testing

@testable import Shim

@Suite struct PolicyTestingTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let examples = root.appendingPathComponent("Examples")

    private static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }

    /// Names of the example policies, without `.json`.
    private static let policies: [String] = names { $0.hasSuffix(".json") && !isTest($0) }
    private static let tests: [String] = names(where: isTest)

    private static let shipped =
        ["policy.json"] + policies.map { "Examples/\($0)" }
        + ["docs-only", "test-runner", "dependency-update", "review"].map { "profiles/\($0).json" }

    private static func isTest(_ name: String) -> Bool { name.hasSuffix(".tests.json") }

    private static func names(where isWanted: (String) -> Bool) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: examples.path)) ?? []
        return names.filter(isWanted).sorted()
    }

    @Test(
        "shipped policies answer as their tests say, and no rule is left untested", arguments: tests
    )
    func examples(name: String) throws {
        let cases = try PolicyCases.load(
            bytes: Self.bytes(Self.examples.appendingPathComponent(name)), path: name)
        // The tests of the shipped policy are about the installed one, which is at the root here.
        let path = cases.policy ?? "../policy.json"
        let file = Self.examples.appendingPathComponent(path).standardizedFileURL
        let policy = try PolicyFile.load(bytes: Self.bytes(file), path: path)
        let run = PolicyTestRun(
            cases, under: try TestedPolicy(policy, named: file.path, for: cases))
        #expect(run.results.count == cases.cases.count)
        for result in run.results where !result.isPassed {
            Issue.record("\(name):\(result.policyCase.place.line): \(result.policyCase.name)")
        }
        #expect(run.unmetRules == [])
    }

    @Test("no shipped policy or profile has a warning", arguments: shipped)
    func warnings(path: String) throws {
        let bytes = try Self.bytes(Self.root.appendingPathComponent(path))
        let examined = PolicyFile.examine(
            bytes: bytes, path: path, knowing: .catalog, now: 1_800_000_000)
        #expect(examined.problems == [], "\(examined.text)")
    }

    @Test("every example has tests and a paragraph of its own", arguments: policies)
    func explained(name: String) throws {
        let stem = String(name.dropLast(".json".count))
        #expect(Self.tests.contains("\(stem).tests.json"))
        let page = String(
            decoding: try Self.bytes(Self.examples.appendingPathComponent("README.md")),
            as: UTF8.self)
        #expect(page.contains("[\(name)](\(name))"))
    }

    @Test("there are examples for strict, team, CI, release, offline and each ecosystem")
    func complete() {
        let wanted = [
            "ci-release.json", "ci.json", "dotnet.json", "javascript.json", "offline.json",
            "python.json", "ruby.json", "rust.json", "strict.json", "team.json",
        ]
        #expect(Self.policies == wanted)
        #expect(Self.tests.contains("default.tests.json"))
    }

    private func run(_ one: PolicyCase, under text: String) throws -> PolicyTestRun {
        let policy = try PolicyFile.load(bytes: [UInt8](text.utf8), path: "p.json")
        var cases = PolicyCases()
        cases.cases = [one]
        return PolicyTestRun(
            cases, under: try TestedPolicy(policy, named: "p.json", for: cases))
    }

    private let policy = """
        { "defaults": { "install": "allow", "query": "allow" },
          "rules": [
            { "id": "deny-publish", "action": "shell.exec", "match": { "operation": "publish" },
              "effect": "deny" },
            { "id": "release", "action": "shell.exec",
              "match": { "operation": "pack", "agent": "release" }, "effect": "allow",
              "until": "2030-01-01T00:00:00Z" },
            { "id": "web", "action": "shell.exec",
              "match": { "operation": "run", "workspace": "/srv/web*" }, "effect": "allow" } ],
          "profiles": { "calm": { "rules": [
            { "id": "calm", "action": "shell.exec", "match": { "operation": "install" },
              "effect": "deny" } ] } } }
        """

    @Test("a case fails where effect or rule is another, and passes where both are the expected")
    func verdicts() throws {
        let rows: [(Effect, PolicyCase.ExpectedRule, Bool)] = [
            (.deny, .any, true), (.deny, .named("deny-publish"), true),
            (.deny, .named("other"), false), (.deny, .none, false), (.allow, .any, false),
            (.approval, .named("deny-publish"), false),
        ]
        for (effect, rule, isPassed) in rows {
            let one = PolicyCase(.command("npm publish"), effect: effect, rule: rule)
            let run = try run(one, under: policy)
            #expect(run.results.map(\.isPassed) == [isPassed], "\(effect) \(rule)")
            #expect(run.failures == (isPassed ? 0 : 1))
            #expect(run.unmetRules == ["release", "web", "profile calm: calm"])
        }
    }

    @Test("labels, times, places, profiles and workspaces are those that the case imagines")
    func surroundings() throws {
        var release = PolicyCase(.command("npm pack"), effect: .allow)
        release.agent = "release"
        release.time = 0
        #expect(try run(release, under: policy).failures == 0)
        var late = release
        late.time = 2_000_000_000
        #expect(try run(late, under: policy).failures == 1)
        var asserted = release
        asserted.isAsserted = true
        #expect(try run(asserted, under: policy).failures == 1)

        var web = PolicyCase(.command("npm test"), effect: .allow, rule: .named("web"))
        web.cwd = "/srv/web/a"
        #expect(try run(web, under: policy).failures == 0)
        web.cwd = "/srv/other"
        #expect(try run(web, under: policy).failures == 1)

        var install = PolicyCase(.command("npm install a"), effect: .allow)
        #expect(try run(install, under: policy).failures == 0)
        install.profiles = ["calm"]
        #expect(try run(install, under: policy).failures == 1)
        install.profiles = ["missing"]
        let unusable = try run(install, under: policy)
        #expect(unusable.results.first?.failure == "no policy has a profile named missing")
        #expect(unusable.failures == 1)

        var nested = PolicyCase(.command("npm install a"), effect: .deny, rule: .named("local"))
        nested.cwd = "/srv/web/a"
        #expect(try run(nested, under: policy).failures == 1)
        let local = """
            { "rules": [ { "id": "local", "action": "shell.exec",
              "match": { "operation": "install" }, "effect": "deny" } ] }
            """
        nested.files = [.init(path: "/srv/.shimgate/policy.json", text: local)]
        #expect(try run(nested, under: policy).failures == 0)
    }

    @Test("profiles and labels that the policy binds hold for every case")
    func bindings() throws {
        let text = """
            { "bind": { "profiles": ["calm"], "labels": { "agent": "docs" } },
              "defaults": { "install": "allow", "run": "allow" },
              "rules": [ { "id": "docs", "action": "shell.exec",
                "match": { "operation": "pack", "agent": "docs" }, "effect": "allow" } ],
              "profiles": { "calm": { "rules": [ { "id": "calm", "action": "shell.exec",
                "match": { "operation": "install" }, "effect": "deny" } ] } } }
            """
        let install = PolicyCase(.command("npm ci"), effect: .deny, rule: .named("calm"))
        #expect(try run(install, under: text).failures == 0)
        var pack = PolicyCase(.command("npm pack"), effect: .allow, rule: .named("docs"))
        #expect(try run(pack, under: text).failures == 0)
        pack.agent = "other"
        #expect(try run(pack, under: text).failures == 1)
        pack.isAsserted = true
        #expect(try run(pack, under: text).failures == 0)
    }

    @Test("files are there only where a case imagines them")
    func files() throws {
        let text = #"{ "defaults": { "run": "allow", "execute": "deny" }, "rules": [] }"#
        var one = PolicyCase(.command("npx tsc"), effect: .allow)
        #expect(try run(one, under: text).failures == 1)
        one.files = [.init(path: "/project/node_modules/.bin/tsc", text: "#!/bin/sh\n")]
        #expect(try run(one, under: text).failures == 0)
    }
}
