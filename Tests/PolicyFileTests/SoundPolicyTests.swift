// What sound policies mean once loaded, and that nothing but their content decides it.

import GateCore
import StrictJSON
import SeededRandom
import Testing

@testable import PolicyFile

@Suite struct SoundPolicyTests {
    /// Every key of the table once.
    static let full = """
        {
          "$schema": "docs/policy.schema.json",
          "version": 1,
          "roles": { "release-manager": ["user:alice", "uid:1001",
            "key:ed25519:MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqo="] },
          "defaults": { "install": "allow", "unknown": "approval", "file.read": "deny" },
          "require": { "minimumReleaseAge": "72h", "sources": ["registry"] },
          "rules": [
            { "id": "vetted", "action": "shell.exec", "effect": "allow", "audit": false,
              "match": { "command": ["npm i*", "pnpm ?"], "tool": "npm", "operation": ["install"],
                "package": "left-*", "registry": "https://*", "source": ["registry", "git"],
                "destination": "outside", "fact": ["near-name", "unpopular"], "flag": "--save-dev", "agent": "a", "task": "t",
                "workspace": "/srv/*" },
              "message": "m", "until": "2026-12-31T00:00:00Z",
              "require": { "scripts": { "allow": ["esbuild",
                  { "name": "sharp", "until": "2026-01-01T00:00:00Z" }] },
                "lockfile": "frozen", "minimumReleaseAge": "7d",
                "cooldownExempt": ["https://npm.example/"],
                "registries": ["https://registry.npmjs.org/",
                  { "url": "https://npm.corp.example/", "packages": ["@corp/*"] }], "sources": ["registry"],
                "destinations": ["project"], "packages": { "allow": ["a*"], "deny": ["b"] },
                "pinned": true, "provenance": "warn", "credentials": "keep",
                "justification": ["purpose", "testPlan"], "sandbox": "auto", "outcome": true } },
            { "id": "ask", "action": "file.read", "match": { "path": ["*/a", "*/b"] },
              "effect": "approval", "approvers": [{ "role": "release-manager" }], "timeout": 60,
              "require": { "scripts": "deny" } }
          ],
          "profiles": { "docs-only": { "defaults": { "install": "deny" },
            "require": { "pinned": true }, "rules": [] } },
          "bind": { "profiles": ["docs-only"],
            "labels": { "agent": "ci", "task": "t-1", "session": "s" } }
        }
        """

    @Test("every key is read into the value it stands for")
    func everyKey() throws {
        let loaded = try policy(Self.full)
        #expect(loaded.version == 1)
        #expect(loaded.roles.map(\.name) == ["release-manager"])
        #expect(loaded.roles.first?.members.count == 3)
        #expect(loaded.standard(for: .install)?.effect == .allow)
        #expect(loaded.standard(for: .unknown)?.effect == .approval)
        #expect(loaded.standard(for: .query) == nil)
        #expect(loaded.standardForFiles?.effect == .deny)
        #expect(loaded.profile(named: "docs-only")?.policy.standard(for: .install)?.effect == .deny)
        #expect(loaded.profile(named: "docs") == nil)
        #expect(loaded.profile(named: "docs-only")?.policy.require?.pinned == true)
        #expect(loaded.require?.minimumReleaseAge == 259_200)
        #expect(loaded.require?.sources == [.registry])
        #expect(loaded.bound?.profiles == ["docs-only"])
        #expect(loaded.bound?.agent == "ci")
        #expect(loaded.bound?.task == "t-1")
        #expect(loaded.bound?.session == "s")

        let vetted = try #require(loaded.rules.first)
        #expect(vetted.effect == .allow)
        #expect(!vetted.audit)
        #expect(vetted.message == "m")
        #expect(vetted.until == 1_798_675_200)
        #expect(vetted.place == Place(line: 9, column: 5))
        #expect(vetted.match.command.map(\.text) == ["npm i*", "pnpm ?"])
        #expect(vetted.match.tool.map(\.text) == ["npm"])
        #expect(vetted.match.operation == [.install])
        #expect(vetted.match.package.map(\.text) == ["left-*"])
        #expect(vetted.match.registry.map(\.text) == ["https://*"])
        #expect(vetted.match.source == [.registry, .git])
        #expect(vetted.match.destination == [.outside])
        #expect(vetted.match.facts == [.nearName, .unpopular])
        #expect(vetted.match.flag.map(\.text) == ["--save-dev"])
        #expect(vetted.match.agent.map(\.text) == ["a"])
        #expect(vetted.match.task.map(\.text) == ["t"])
        #expect(vetted.match.workspace.map(\.text) == ["/srv/*"])
        let required = vetted.require
        #expect(required.scripts?.map(\.name) == ["esbuild", "sharp"])
        #expect(required.scripts?.last?.until == 1_767_225_600)
        #expect(required.lockfile == .frozen)
        #expect(required.minimumReleaseAge == 604_800)
        #expect(required.cooldownExempt == ["https://npm.example/"])
        #expect(
            required.registries == ["https://registry.npmjs.org/", "https://npm.corp.example/"])
        #expect(required.privateRegistries.map(\.packages) == [[Glob("@corp/*")]])
        #expect(required.sources == [.registry])
        #expect(required.destinations == [.project])
        #expect(required.packagesAllowed == [[Glob("a*")]])
        #expect(required.packagesDenied == [[Glob("b")]])
        #expect(required.pinned)
        #expect(required.provenance == .warn)
        #expect(required.credentials == .keep)
        #expect(required.justification == [.purpose, .testPlan])
        #expect(required.sandbox == .auto)
        #expect(required.outcome)

        let ask = try #require(loaded.rules.last)
        #expect(ask.action == .fileRead)
        #expect(ask.match.path.map(\.text) == ["*/a", "*/b"])
        #expect(ask.effect == .approval)
        #expect(ask.approvers == ["release-manager"])
        #expect(ask.timeout == 60)
        #expect(ask.require.scripts == [])
    }

    @Test("the test above covers every key of the table")
    func coversTable() {
        for object in PolicyObject.allCases where object != .defaults {
            for key in object.keys {
                #expect(Self.full.contains("\"\(key.name)\""), "\(object.name): \(key.name)")
            }
        }
    }

    @Test("keys of the table are unique, described and named by operations that exist")
    func table() {
        for object in PolicyObject.allCases {
            let names = object.keys.map(\.name)
            #expect(Set(names).count == names.count)
            for key in object.keys { #expect(key.meaning.hasSuffix("."), "\(key.name)") }
        }
        let known = Operation.allCases.map(\.name).joined(separator: " ")
        for key in PolicyKey.match where key.name == "operation" {
            #expect(key.shape == .words(known))
        }
    }

    @Test("the places of keys are those of the table")
    func places() {
        func names<Key: CaseIterable & RawRepresentable<Int>>(_ keys: Key.Type) -> [String] {
            keys.allCases.map { "\($0)" }
        }
        let rows: [(PolicyObject, [String])] = [
            (.document, names(DocumentKey.self)), (.rule, names(RuleKey.self)),
            (.match, names(MatchKey.self)), (.approver, names(ApproverKey.self)),
            (.require, names(RequireKey.self)), (.scripts, names(ScriptsKey.self)),
            (.scriptGrant, names(ScriptGrantKey.self)), (.packages, names(PackagesKey.self)),
            (.registry, names(RegistryKey.self)),
            (.profile, names(ProfileKey.self)),
        ]
        for (object, places) in rows {
            let keys = object.keys.map { $0.name == "$schema" ? "schema" : $0.name }
            #expect(keys == places)
        }
        // The loader keeps what it has met in one word, and reads defaults by their operation.
        for object in PolicyObject.allCases { #expect(object.keys.count <= 64) }
        let operations = PolicyKey.defaults.map(\.name).prefix(Operation.allCases.count)
        #expect(Array(operations) == Operation.allCases.map(\.name))
    }

    @Test("the order of keys and white space change nothing", arguments: 1...20)
    func orderOfKeys(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let document = try JSON.parse(Array(Self.full.utf8))
        let first = try policy(Self.full)
        let other = try policy(shuffled(document, &random))
        #expect(withoutPlaces(other) == withoutPlaces(first))
    }

    @Test("times are read as RFC 3339 has them")
    func times() {
        #expect(PolicyTime.seconds("1970-01-01T00:00:00Z") == 0)
        #expect(PolicyTime.seconds("2000-02-29T23:59:59Z") == 951_868_799)
        #expect(PolicyTime.seconds("2100-03-01T00:00:00Z") == 4_107_542_400)
        for text in [
            "2100-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01t00:00:00z",
            "2026-01-01T00:00:60Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00+00:00", "",
        ] {
            #expect(PolicyTime.seconds(text) == nil, "\(text)")
        }
    }

    @Test("durations are whole hours or days")
    func durations() {
        #expect(PolicyTime.duration("72h") == 259_200)
        #expect(PolicyTime.duration("14d") == 1_209_600)
        for text in ["", "h", "7", "7m", "-7d", "1.5d", "7 d", "9999999999999999999d"] {
            #expect(PolicyTime.duration(text) == nil, "\(text)")
        }
    }

    /// The document again, members in another order and blanks in other places.
    private func shuffled(_ json: JSON, _ random: inout SeededGenerator) -> String {
        let blank = ["", " ", "\n", "\t ", "\r\n"].randomElement(using: &random) ?? ""
        switch json.value {
        case .null: return blank + "null"
        case .bool(let flag): return blank + (flag ? "true" : "false")
        case .number(let text): return blank + text
        case .string(let text):
            var writer = JSONText()
            writer.string(text)
            return blank + writer.text
        case .array(let elements):
            let parts = elements.map { shuffled($0, &random) }
            return blank + "[" + parts.joined(separator: ",") + blank + "]"
        case .object(let members):
            let parts = members.shuffled(using: &random).map { member in
                "\(blank)\"\(member.name)\"\(blank):" + shuffled(member.value, &random)
            }
            return blank + "{" + parts.joined(separator: ",") + blank + "}"
        }
    }

    private func withoutPlaces(_ policy: Policy) -> Policy {
        var result = policy
        let nowhere = Place(line: 1, column: 1)
        for index in result.rules.indices { result.rules[index].place = nowhere }
        result.bound?.place = nowhere
        result.defaults = policy.defaults.map { PolicyDefault($0.subject, $0.effect) }
            .sorted { "\($0.subject)" < "\($1.subject)" }
        result.profiles = policy.profiles.map {
            Profile(name: $0.name, policy: withoutPlaces($0.policy))
        }
        return result
    }
}
