// The shipped policy.json: it loads, and it says what the documentation promises.

import GateCore
import Testing

@testable import PolicyFile

@Suite struct DefaultPolicyTests {
    static func layers() throws -> [Layer] {
        let shipped = try PolicyFile.load(bytes: Fixtures.shippedPolicy, path: "policy.json")
        return [Layer(kind: .install, name: "policy.json", policy: shipped)]
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let command: String
        let operation: Operation
        let effect: Effect
        let rule: String?
        var testDescription: String { command }

        init(_ command: String, _ operation: Operation, _ effect: Effect, _ rule: String?) {
            self.command = command
            self.operation = operation
            self.effect = effect
            self.rule = rule
        }
    }

    @Test(
        "each operation gets its effect and its rule",
        arguments: [
            Row("npm publish --access public", .publish, .deny, "deny-npm-publish"),
            Row("yarn publish", .publish, .deny, "deny-yarn-publish"),
            Row("yarn npm publish", .publish, .deny, "deny-yarn-publish"),
            Row("pnpm publish -r", .publish, .deny, "deny-pnpm-publish"),
            Row("twine upload dist/a.whl", .publish, .deny, "deny-twine-upload"),
            Row("python setup.py sdist upload", .publish, .deny, "deny-python-setup-upload"),
            Row("python setup.py upload", .publish, .deny, "deny-python-setup-upload"),
            Row("gem push a.gem", .publish, .deny, "deny-gem-push"),
            Row("cargo publish", .publish, .deny, "deny-cargo-publish"),
            Row("nuget push a.nupkg", .publish, .deny, "deny-nuget-push"),
            Row("dotnet nuget push a.nupkg", .publish, .deny, "deny-dotnet-nuget-push"),
            Row("uv publish", .publish, .deny, "deny-publish"),
            Row("npm unpublish x", .unpublish, .deny, "deny-unpublish"),
            Row("npm owner add a x", .administer, .deny, "deny-administer"),
            Row("npm login", .authenticate, .deny, "deny-authenticate"),
            Row("npm config set registry x", .configure, .deny, "deny-configure"),
            Row("npm exec cowsay", .execute, .deny, "deny-execute"),
            Row("npm frobnicate", .unknown, .deny, "deny-unknown"),
            Row("npm install left-pad", .install, .allow, nil),
            Row("npm test", .run, .allow, nil),
            Row("npm pack", .pack, .allow, nil),
            Row("npm version patch", .modify, .allow, nil),
            Row("npm view x", .query, .allow, nil),
        ])
    func operations(row: Row) throws {
        let words = row.command.split(separator: " ").map { Word($0) }
        let invocation = Invocation(tool: words[0], command: words, operation: row.operation)
        let decision = decide(
            .shell(invocation, Subject(), cwd: "/w"), layers: try Self.layers(), now: 0)
        #expect(decision.effect == row.effect)
        #expect(decision.rule == row.rule)
        #expect(decision.rule == nil || decision.message != nil)
    }

    @Test(
        "files with registry credentials are not read",
        arguments: [
            "/home/user/.npmrc": "deny-read-npmrc",
            "/w/.npmrc": "deny-read-npmrc",
            ".npmrc": "deny-read-npmrc",
            "/w/src/../.npmrc": "deny-read-npmrc",
            "/w/.npmrc/.": "deny-read-npmrc",
            "/w//.npmrc/": "deny-read-npmrc",
            "~/.npmrc": "deny-read-npmrc",
            "/usr/etc/npmrc": "deny-read-npmrc",
            "/home/user/.pypirc": "deny-read-pypirc",
            "/home/user/.yarnrc.yml": "deny-read-javascript-credentials",
            "/home/user/.config/pnpm/auth.ini": "deny-read-javascript-credentials",
            "/home/user/.config/pip/pip.conf": "deny-read-python-credentials",
            "/home/user/.config/pypoetry/auth.toml": "deny-read-python-credentials",
            "/home/user/.gem/credentials": "deny-read-ruby-credentials",
            "/home/user/.local/share/gem/credentials": "deny-read-ruby-credentials",
            "/home/user/.bundle/config": "deny-read-ruby-credentials",
            "/home/user/.cargo/credentials.toml": "deny-read-cargo-credentials",
            "/home/user/.cargo/credentials": "deny-read-cargo-credentials",
            "/home/user/.nuget/NuGet/NuGet.Config": "deny-read-nuget-credentials",
            "/w/nuget.config": "deny-read-nuget-credentials",
            "/home/user/.netrc": "deny-read-shared-credentials",
            "/home/user/.docker/config.json": "deny-read-shared-credentials",
        ])
    func credentialFiles(path: String, rule: String) throws {
        let decision = decide(
            .fileRead(path: path, Subject()), layers: try Self.layers(), now: 0)
        #expect(decision.effect == .deny)
        #expect(decision.rule == rule)
    }

    @Test("other files are read", arguments: ["/w/package.json", "/w/npmrc.md", "/w/.npmrc.md"])
    func otherFiles(path: String) throws {
        let decision = decide(
            .fileRead(path: path, Subject()), layers: try Self.layers(), now: 0)
        #expect(decision.effect == .allow)
    }

    @Test("every operation has a default, and the file stays small enough to read")
    func complete() throws {
        let bytes = try Fixtures.shippedPolicy
        let shipped = try PolicyFile.load(bytes: bytes, path: "policy.json")
        for operation in Operation.allCases {
            #expect(shipped.standard(for: operation) != nil, "\(operation.name)")
        }
        #expect(shipped.standardForFiles?.effect == .allow)
        #expect(bytes.count <= 12 << 10)
        for rule in shipped.rules { #expect(rule.message != nil, "\(rule.id)") }
    }

    @Test("an answer names the line of its rule")
    func origin() throws {
        let invocation = Invocation(
            tool: "npm", command: ["npm", "publish"], operation: .publish)
        let decision = decide(
            .shell(invocation, Subject(), cwd: nil), layers: try Self.layers(), now: 0)
        let text = String(decoding: try Fixtures.shippedPolicy, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let index = try #require(lines.firstIndex { $0.contains("\"deny-npm-publish\"") })
        #expect(decision.origin == "policy.json:\(index + 1)")
    }
}
