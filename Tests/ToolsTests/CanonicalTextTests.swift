// The text that rules meet says each word of a command once, whatever the tool itself takes for a
// command and for its first argument.

import GateCore
import Testing
import Tools

@Suite struct CanonicalTextTests {
    @Test(
        "words of a command stand in its text once",
        arguments: [
            "npm config set a b": "npm config set a b",
            "npm --json c set a b": "npm config set --json a b",
            "npm config rm a": "npm config delete a",
            "npm pkg set a=b": "npm pkg set a=b",
            "npm owner add a b": "npm owner add a b",
            "npm dist-tags ls": "npm dist-tag ls",
            "npm team create @a:b": "npm team create @a:b",
            "npm config": "npm config",
            "npm pkg get get": "npm pkg get get",
            "pnpm config set a b": "pnpm config set a b",
            "pnpm store prune": "pnpm store prune",
            "yarn config set a b": "yarn config set a b",
            "pip config set a.b c": "pip config set a.b c",
            "dotnet nuget add source x": "dotnet nuget add source x",
        ])
    func once(text: String, canonical: String) throws {
        let words = text.split(separator: " ").map { Word($0) }
        let profile = try #require(Catalog.profile(calledAs: words[0]))
        let line = Line(
            tool: profile.name, calledAs: words[0], arguments: Array(words.dropFirst()))
        var facts = Facts()
        let invocation = classify(line, with: profile, facts: &facts)
        #expect(canonicalText(of: invocation) == canonical)
    }
}
