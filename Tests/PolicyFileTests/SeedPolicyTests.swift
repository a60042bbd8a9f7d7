// The three example policies that the rule shape was taken from, as JSON, rule by rule as they were
// published: they load as they are and give the answers that their text promises.

import GateCore
import Testing

@testable import PolicyFile

@Suite struct SeedPolicyTests {
    private func layers(_ name: String) throws -> [Layer] {
        let bytes = try Fixtures.bytes("seeds/\(name).json")
        let loaded = try PolicyFile.load(bytes: bytes, path: "policy.json")
        return [Layer(kind: .install, name: "policy.json", policy: loaded)]
    }

    private func decision(
        _ words: [Word], _ operation: Operation = .publish, options: [OptionUse] = [],
        others: [String] = [], by name: String
    ) throws -> Decision {
        var invocation = Invocation(tool: words[0], command: words, operation: operation)
        invocation.options = options
        invocation.otherSpellings = others
        return decide(.shell(invocation, Subject(), cwd: nil), layers: try layers(name), now: 0)
    }

    @Test(
        "what the first document blocks is denied by the rule it names",
        arguments: [
            ("npm publish", "deny-npm-publish"), ("yarn publish", "deny-yarn-publish"),
            ("pnpm publish", "deny-pnpm-publish"), ("twine upload", "deny-twine-upload"),
            ("python setup.py upload", "deny-python-setup-upload"),
            ("gem push", "deny-gem-push"), ("cargo publish", "deny-cargo-publish"),
            ("nuget push", "deny-nuget-push"),
            ("dotnet nuget push", "deny-dotnet-nuget-push"),
        ])
    func denied(command: String, rule: String) throws {
        let words = command.split(separator: " ").map { Word($0) }
        let option = OptionUse(name: "access", value: "public")
        for options in [[], [option]] {
            let decision = try decision(words, options: options, by: "deny")
            #expect(decision.effect == .deny)
            #expect(decision.rule == rule)
        }
    }

    @Test("the simulated line and file of the first document give its two answers")
    func simulated() throws {
        let option = OptionUse(name: "access", value: "public")
        let publish = try decision(["npm", "publish"], options: [option], by: "deny")
        #expect(publish.command == "npm publish --access public")
        #expect(publish.effect == .deny)
        #expect(publish.rule == "deny-npm-publish")
        #expect(publish.message == "npm publish is permanently denied for AI agents.")
        let read = decide(
            .fileRead(path: "/home/user/.npmrc", Subject()), layers: try layers("deny"), now: 0)
        #expect(read.effect == .deny)
        #expect(read.rule == "deny-read-npmrc")
    }

    @Test("setup.py upload with words in between meets its rule by the short spelling")
    func setup() throws {
        let decision = try decision(
            ["python3", "setup.py", "sdist", "upload"], others: ["python setup.py upload"],
            by: "deny")
        #expect(decision.rule == "deny-python-setup-upload")
    }

    @Test("the second document asks a release manager within ten minutes and denies the others")
    func approval() throws {
        let publish = try decision(["npm", "publish"], by: "approval")
        #expect(publish.effect == .approval)
        #expect(publish.rule == "approve-npm-publish")
        #expect(publish.approvers == ["release-manager"])
        #expect(publish.timeout == 600)
        #expect(
            publish.message
                == "npm publish requires release manager approval. Version and scope logged.")
        let upload = try decision(["twine", "upload"], by: "approval")
        #expect(upload.effect == .deny)
        #expect(upload.rule == "deny-twine-upload")
        #expect(upload.timeout == nil)
        let read = decide(
            .fileRead(path: "/w/.npmrc", Subject()), layers: try layers("approval"), now: 0)
        #expect(read.rule == "deny-read-npmrc")
    }

    @Test("the third document lets an agent pack and asks before publishing")
    func pack() throws {
        let pack = try decision(["npm", "pack"], .pack, by: "pack")
        #expect(pack.effect == .allow)
        #expect(pack.rule == "allow-npm-pack")
        let publish = try decision(["npm", "publish"], by: "pack")
        #expect(publish.effect == .approval)
        #expect(publish.message == "Review npm pack output before approving publish.")
    }

    @Test("what a document says nothing of is denied, because it has no defaults")
    func silence() throws {
        let view = try decision(["npm", "view"], .query, by: "pack")
        #expect(view.effect == .deny)
        #expect(view.rule == nil)
    }
}
