// corepack, bun, deno, vsce and ovsx: their examples, and the lines by which a guard is fooled.

import GateCore
import Testing

@testable import Tools

struct YarnNeighboursTests {
    private func read(_ line: String, files: [String: String] = [:]) -> Invocation {
        let words = line.split(separator: " ").map { Word($0) }
        let name = words[0]
        return classified(
            Line(
                tool: Catalog.profile(calledAs: name)?.name ?? name, calledAs: name,
                arguments: Array(words.dropFirst()), cwd: files.isEmpty ? nil : "/w",
                home: "/h"), files: files)
    }

    @Test(arguments: ["corepack", "bun", "deno", "vsce", "ovsx"])
    func `every example is classified as stated`(name: String) throws {
        let profile = try #require(Catalog.profile(calledAs: Word(name)))
        for example in profile.examples {
            let found = read(example.line.text)
            #expect(found.operation == example.operation, "\(example.line): \(found)")
            #expect(
                found.roles.count == example.line.text.split(separator: " ").count - 1,
                "\(example.line): \(found.roles)")
        }
    }

    @Test(arguments: [
        "corepack yarn@4 npm publish", "corepack yarn npm publish", "corepack yarn@1 publish",
        "corepack yarnpkg@4.13.0 ./a npm publish", "bun publish", "bun --cwd publish",
        "bun --foo x publish", "bunx yarn npm publish", "bun x yarn@4 npm publish",
        "bun run yarn npm publish", "deno publish", "deno -q publish", "deno -L debug publish",
        "deno --foo publish", "deno x npm:yarn npm publish", "vsce publish", "vsce -- publish",
        "vsce --foo publish", "ovsx --debug publish", "ovsx --foo publish",
    ])
    func `a line that publishes is as grave as publish`(line: String) {
        #expect(read(line).severity == .publish, "\(read(line))")
    }

    @Test(arguments: [
        "bun install", "bun add x", "bun run build", "bun test", "bun pm ls", "bun audit",
        "bun pm pack", "bun init", "bun --version", "bun info x", "deno install", "deno test",
        "deno task build", "deno audit", "deno info", "deno --version", "deno fmt",
        "deno -A main.ts", "vsce package", "vsce ls", "vsce --help", "ovsx get a.b",
        "ovsx --help", "corepack yarn test", "corepack --version",
    ])
    func `everyday lines are clear`(line: String) {
        let found = read(line)
        #expect(found.ambiguous.isEmpty, "\(found)")
        #expect(found.operation != .unknown, "\(found)")
    }

    @Test func `corepack hands switches to the package manager it starts`() throws {
        let found = read("corepack yarn@1.22.22 add x")
        guard case .switches(let words, _) = ToolProfile.corepack.scripts else {
            Issue.record("corepack has switches")
            return
        }
        #expect(words(found) == ["--ignore-scripts"])
        #expect(found.composition == .words(before: ["yarn@1.22.22", "add"], after: ["x"]))
        let modern = read("corepack yarn@4 add x")
        #expect(words(modern) == ["--mode=skip-build"])
    }

    @Test func `corepack's yarn is the version that the project names`() {
        let files = ["/w/package.json": "{\"packageManager\":\"yarn@4.13.0+sha224.abc\"}"]
        let found = read("corepack yarn publish", files: files)
        #expect(found.nested.first?.version == "4.13.0")
        #expect(found.nested.first?.command == ["yarn", "run"])
        let classic = ["/w/package.json": "{\"packageManager\":\"yarn@1.22.22\"}"]
        #expect(read("corepack yarn publish", files: classic).severity == .publish)
    }

    @Test func `a program in the project is run by bunx and cannot be fetched`() {
        let files = ["/w/node_modules/.bin/tsc": ""]
        let found = read("bunx tsc --noEmit", files: files)
        #expect(found.operation == .run)
        #expect(found.requiredSwitches == ["--no-install"])
        #expect(read("bunx tsc@5 --noEmit", files: files).operation == .execute)
        #expect(read("bunx cowsay", files: files).operation == .execute)
    }

    @Test func `permission for lifecycle scripts does not survive composition`() {
        let found = read("deno install --allow-scripts=npm:a --frozen")
        #expect(found.composition == .words(before: ["install"], after: ["--frozen"]))
        #expect(found.ignored == ["--allow-scripts"])
        let bun = read("bun add --trust x --no-ignore-scripts")
        #expect(bun.composition == .words(before: ["add"], after: ["x"]))
    }

    @Test func `extension tools count a command behind an unknown option as ambiguous`() {
        #expect(!read("vsce --foo publish").ambiguous.isEmpty)
        #expect(read("vsce -h publish").isInert)
        #expect(read("vsce nonsense").operation == .unknown)
    }
}
