// Policies in YAML: the three documents that the rule shape was taken from, with the answers that they
// state; and what YAML has and JSON has not, which is an error with its place.

import Foundation
import GateCore
import PolicyFile
import Shim
import Testing

@testable import PolicyImport

@Suite struct ImportTests {
    private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: tests.appendingPathComponent(path)))
    }

    /// A document as policy, from YAML and from the JSON of the same rules.
    private static func policies(_ name: String) throws -> [(form: String, policy: Policy)] {
        let json = try #require(
            ImportedPolicy(
                yaml: bytes("PolicyImportTests/Fixtures/\(name).yaml"), path: "policy.yaml"
            ).json)
        let imported = try PolicyFile.load(bytes: [UInt8](json.utf8), path: "policy.json")
        let written = try PolicyFile.load(
            bytes: bytes("PolicyFileTests/Fixtures/seeds/\(name).json"), path: "policy.json")
        return [("YAML", imported), ("JSON", written)]
    }

    @Test(
        "YAML and JSON of a document are the same rules", arguments: ["deny", "approval", "pack"])
    func sameRules(name: String) throws {
        let rules = try Self.policies(name).map { form in
            form.policy.rules.map { rule in
                var rule = rule
                rule.place = Place(line: 1, column: 1)
                return rule
            }
        }
        #expect(!rules[0].isEmpty)
        #expect(rules[0] == rules[1])
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let document: String
        let rule: String
        let effect: Effect
        let commands: [String]
        var testDescription: String { "\(document): \(rule)" }

        init(_ document: String, _ rule: String, _ effect: Effect, _ commands: [String]) {
            self.document = document
            self.rule = rule
            self.effect = effect
            self.commands = commands
        }
    }

    private static let npmPublish = [
        "npm publish", "npm publish --access public", "npm --access public pub",
        "npm --access=public publ", "NPM_CONFIG_OTP=1 npm pu", "true; npm publish",
        "env A=b npm publish", "/usr/bin/npm publish", "sh -c 'npm publish'",
    ]
    private static let nestedPublish = [
        "npx npm publish --tag next", "npm exec -- npm publish", "npx -y npm@10 publish",
        "pnpm dlx npm publish", "yarn npm publish && npx npm publish",
    ]
    private static let twineUpload = [
        "twine upload dist/a.whl", "twine --no-color upload dist/a.whl",
        "python -m twine upload dist/a.whl", "python3 -Im twine upload dist/a.whl",
        "uvx twine upload dist/a.whl", "pipx run twine upload dist/a.whl",
        "uv run -m twine upload dist/a.whl",
    ]

    @Test(
        "the documents answer as they state, however a command is spelled",
        arguments: [
            Row("deny", "deny-npm-publish", .deny, npmPublish + nestedPublish.dropLast()),
            Row(
                "deny", "deny-yarn-publish", .deny,
                [
                    "yarn publish", "yarn --otp 1 publish",
                    "yarn --cwd a publish --new-version 1.0.0",
                ]),
            Row(
                "deny", "deny-pnpm-publish", .deny,
                ["pnpm publish", "pnpm -r publish", "pnpm -C a publish", "pnpm --tag=x publish"]),
            Row("deny", "deny-twine-upload", .deny, twineUpload),
            Row(
                "deny", "deny-python-setup-upload", .deny,
                [
                    "python setup.py upload", "python setup.py sdist upload",
                    "python3 setup.py sdist bdist_wheel upload", "python -B setup.py -q upload",
                ]),
            Row(
                "deny", "deny-gem-push", .deny,
                [
                    "gem push a.gem", "gem PUS a.gem", "gem -C d push a.gem",
                    "bundle exec gem push a",
                ]),
            Row(
                "deny", "deny-cargo-publish", .deny,
                ["cargo publish", "cargo --locked publish", "cargo +stable publish"]),
            Row(
                "deny", "deny-nuget-push", .deny, ["nuget push a.nupkg", "nuget -utf8 PU a.nupkg"]),
            Row(
                "deny", "deny-dotnet-nuget-push", .deny,
                ["dotnet nuget push a.nupkg", "dotnet --roll-forward Major nuget push a.nupkg"]),
            Row(
                "approval", "approve-npm-publish", .approval,
                npmPublish),
            Row("approval", "deny-twine-upload", .deny, twineUpload),
            Row(
                "pack", "allow-npm-pack", .allow,
                ["npm pack", "npm --json pack", "npm pack --dry-run"]),
            Row(
                "pack", "approve-npm-publish", .approval,
                ["npm publish", "npm --access public pub"]),
        ])
    func answers(row: Row) throws {
        for (form, policy) in try Self.policies(row.document) {
            var cases = PolicyCases()
            for command in row.commands {
                cases.cases.append(
                    PolicyCase(.command(command), effect: row.effect, rule: .named(row.rule)))
            }
            let run = PolicyTestRun(
                cases, under: try TestedPolicy(policy, named: "policy.json", for: cases))
            #expect(run.results.count == row.commands.count)
            for result in run.results where !result.isPassed {
                let decision = try #require(result.decision)
                Issue.record(
                    "\(form): \(result.policyCase.name): \(decision.effect) \(decision.rule ?? "-")"
                )
            }
        }
    }

    @Test("a nested publish is judged with its runner, so that it never gets away with an approval")
    func nested() throws {
        for (form, policy) in try Self.policies("approval") {
            var cases = PolicyCases()
            cases.cases = Self.nestedPublish.map { PolicyCase(.command($0), effect: .deny) }
            let run = PolicyTestRun(
                cases, under: try TestedPolicy(policy, named: "policy.json", for: cases))
            #expect(run.failures == 0, "\(form)")
        }
    }

    @Test("files with tokens are denied as the documents state")
    func files() throws {
        let rows = [
            ("deny", "/home/user/.npmrc", "deny-read-npmrc"),
            ("deny", "~/.pypirc", "deny-read-pypirc"),
            ("approval", "/w/a/../.npmrc", "deny-read-npmrc"),
        ]
        for (document, path, rule) in rows {
            for (form, policy) in try Self.policies(document) {
                let decision = decide(
                    .fileRead(path: path, Subject()),
                    layers: [Layer(kind: .install, name: "p", policy: policy)], now: 0)
                #expect(decision.effect == .deny, "\(form) \(path)")
                #expect(decision.rule == rule, "\(form) \(path)")
            }
        }
    }

    @Test("a document without defaults gets those of the shipped policy, and says so")
    func defaults() throws {
        let imported = ImportedPolicy(
            yaml: try Self.bytes("PolicyImportTests/Fixtures/pack.yaml"), path: "p.yaml")
        #expect(
            imported.notes == [
                "added the defaults and conditions of the shipped policy, because the file has none"
            ])
        let policy = try #require(try Self.policies("pack").first?.policy)
        let shipped = try PolicyFile.load(
            bytes: Self.bytes("../policy.json"), path: "policy.json")
        let plain = { (defaults: [PolicyDefault]) in
            defaults.map { PolicyDefault($0.subject, $0.effect) }
        }
        #expect(plain(policy.defaults) == plain(shipped.defaults))
        #expect(policy.require == shipped.require)
        #expect(policy.require?.minimumReleaseAge == 259_200)
        let own = ImportedPolicy(
            yaml: [UInt8]("defaults: {query: allow}\nrules: []\n".utf8), path: "p.yaml")
        #expect(own.notes == [])
        #expect(own.json?.contains(#""defaults": { "query": "allow" }"#) ?? false)
    }

    @Test("the JSON is laid out for people")
    func layout() throws {
        let yaml = """
            - {id: a, action: shell.exec, match: {command: [npm test*, "npm run *"]}, effect: allow}
            - id: b
              action: shell.exec
              match: {operation: publish}
              effect: approval
              audit: yes
              timeout: 600
              message: no
              approvers: [{role: release-manager}]
              require: {pinned: true, minimumReleaseAge: 14d}
            """
        let imported = ImportedPolicy(yaml: [UInt8](yaml.utf8), path: "p.yaml")
        #expect(imported.problems == [])
        let json = try #require(imported.json)
        let rules = try #require(json.range(of: "  \"rules\""))
        #expect(
            String(json[rules.lowerBound...]) == """
                  "rules": [
                    {
                      "id": "a",
                      "action": "shell.exec",
                      "match": { "command": ["npm test*", "npm run *"] },
                      "effect": "allow"
                    },
                    {
                      "id": "b",
                      "action": "shell.exec",
                      "match": { "operation": "publish" },
                      "effect": "approval",
                      "audit": true,
                      "timeout": 600,
                      "message": "no",
                      "approvers": [{ "role": "release-manager" }],
                      "require": { "pinned": true, "minimumReleaseAge": "14d" }
                    }
                  ]
                }

                """)
    }

    @Test(
        "what cannot be expressed is an error at its place, and nothing comes out",
        arguments: [
            ("rules: [", "not YAML"),
            ("", "1:1: error: the file is empty"),
            ("rules:\n- id: a\n  id: b\n", "duplicate key \"id\""),
            ("rules: []\n---\nrules: []\n", "not YAML: expected a single document"),
            ("rules: &x []\n", "1:8: error: anchors and aliases are not imported"),
            ("a: &x 1\nrules: *x\n", "error: anchors and aliases are not imported"),
            ("rules: !!set {}\n", "1:8: error: the tag tag:yaml.org,2002:set is not imported"),
            (
                "rules:\n- id: a\n  action: file.write\n  match: {path: x}\n  effect: deny\n",
                "3:11: error: \"file.write\" is not a value of \"action\""
            ),
            (
                "rules:\n- id: a\n  action: shell.exec\n  match: {command: x}\n  effect: warn\n",
                "5:11: error: \"warn\" is not a value of \"effect\""
            ),
            (
                "rules:\n- id: a\n  action: shell.exec\n  match:\n    command: x\n    host: y\n"
                    + "  effect: deny\n",
                "6:5: error: unknown key \"host\" in match"
            ),
            (
                "rules:\n- id: a\n  action: shell.exec\n  match: {command: ^x$}\n  effect: deny\n",
                "4:20: error: this reads like a regular expression"
            ),
            (
                "rules:\n- id: a\n  action: shell.exec\n  match: {command: x}\n  effect: approval\n"
                    + "  timeout: 10m\n",
                "6:12: error: \"timeout\" must be a whole number of seconds"
            ),
            (
                "rules:\n- id: a\n  action: shell.exec\n  match: {command: x}\n  effect: approval\n"
                    + "  timeout: 010\n",
                "6:12: error: \"timeout\" must be a whole number of seconds"
            ),
            (
                "rules:\n- id: a\n  action: shell.exec\n  match: {command: x}\n  effect:\n",
                "error: \"effect\" must be one of deny, approval, allow, found null"
            ),
            ("agents: [x]\nrules: []\n", "1:1: error: unknown key \"agents\" in a policy"),
            ("rules:\n  a: b\n", "2:3: error: \"rules\" must be a list"),
            ("just text\n", "1:1: error: a policy must be an object"),
            ("{a: 1, <<: {b: 2}}\n", "1:8: error: a key that is not a plain text"),
        ])
    func refused(yaml: String, message: String) {
        for isPartial in [false, true] where !isPartial || !yaml.contains("- id: a\n  action") {
            let imported = ImportedPolicy(
                yaml: [UInt8](yaml.utf8), path: "p.yaml", isPartial: isPartial)
            #expect(imported.json == nil)
            let text = PolicyErrors(path: "p.yaml", problems: imported.problems).text
            #expect(text.contains(message), "\(text)")
        }
    }

    @Test(
        "a partial import leaves out the rules that cannot be expressed, says so, and keeps the others"
    )
    func partial() throws {
        let yaml = """
            rules:
              - {id: a, action: shell.exec, match: {command: x}, effect: deny}
              - {id: b, action: network, match: {host: x}, effect: deny}
              - {id: c, action: shell.exec, match: {command: y}, effect: deny}
            """
        let whole = ImportedPolicy(yaml: [UInt8](yaml.utf8), path: "p.yaml")
        #expect(whole.json == nil)
        let imported = ImportedPolicy(yaml: [UInt8](yaml.utf8), path: "p.yaml", isPartial: true)
        #expect(!imported.problems.isEmpty)
        #expect(imported.problems.allSatisfy { $0.place.line == 3 })
        #expect(imported.problems == whole.problems)
        #expect(imported.notes.contains("left out 1 rule that cannot be expressed"))
        let json = try #require(imported.json)
        let policy = try PolicyFile.load(bytes: [UInt8](json.utf8), path: "p.json")
        #expect(policy.rules.map(\.id) == ["a", "c"])
    }

    @Test("a file of aliases of aliases ends at once")
    func bomb() {
        var yaml = "a0: &a0 [x, x]\n"
        for level in 1..<40 {
            yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        let imported = ImportedPolicy(yaml: [UInt8](yaml.utf8), path: "p.yaml")
        #expect(imported.json == nil)
        #expect(imported.problems.count == 40)
    }
}
