// Ways around a guard that have nothing to do with how a word is spelled: links that lead out of
// the project, settings files that the guard cannot read, runners started by runners, and commands
// that fetch and run although their name does not say so.

import GateCore
import Testing

@testable import Tools

@Suite struct DetourTests {
    /// A world where `/w/link` is a symbolic link to `/elsewhere` and `/w/in` one to `/w/sub`.
    private func readAmongLinks(_ words: [Word]) -> Invocation {
        let line = Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w", home: "/h")
        var facts = Facts()
        while true {
            let invocation = classify(line, facts: &facts)
            let needed = facts.needed
            if needed.isEmpty { return invocation }
            facts.startRound()
            for fact in needed {
                guard case .place(let path) = fact else {
                    facts.learn(fact, .absent)
                    continue
                }
                var place = path
                // The kernel takes `link/..` for the parent of where the link leads.
                if path.hasPrefix("/w/link/..") { place = "/" + path.dropFirst(10) }
                if path.hasPrefix("/w/./link") { place = "/elsewhere" }
                if path == "/w/link" || path.hasPrefix("/w/link/s") { place = "/elsewhere" }
                if path == "/w/in" { place = "/w/sub" }
                facts.learn(fact, .place(place))
            }
        }
    }

    @Test(arguments: [
        ["npm", "install", "--prefix", "./link", "x"],
        ["npm", "install", "--prefix=link/sub", "x"],
        ["pip", "install", "--target", "link", "x"], ["pip", "install", "--root", "./link", "x"],
        ["uv", "pip", "install", "--target", "link", "x"],
        ["gem", "install", "x", "-i", "./link"], ["gem", "install", "x", "-n", "link/../d"],
        ["bundle", "install", "--path", "link"],
        ["cargo", "install", "x", "--root", "./link"],
        ["dotnet", "tool", "install", "x", "--tool-path", "./link"],
        ["nuget", "install", "x", "-OutputDirectory", "link"],
    ])
    func `a symbolic link does not make another place the project`(words: [Word]) {
        #expect(readAmongLinks(words).destination == .outside)
    }

    @Test func `a symbolic link within the project stays there`() {
        #expect(readAmongLinks(["npm", "install", "--prefix", "in", "x"]).destination == .project)
        #expect(readAmongLinks(["gem", "install", "x", "-i", "in"]).destination == .project)
    }

    @Test func `a settings file that cannot be read makes the line unclear`() {
        let line = Line(
            tool: "npm", arguments: ["i", "x"], cwd: "/w", home: "/h", version: "10.8.2")
        var facts = Facts([.text("/w/.npmrc"): .unreadable, .text("/h/.npmrc"): .absent])
        #expect(classify(line, facts: &facts).ambiguous == ["/w/.npmrc cannot be read"])
        facts = Facts([.text("/w/.npmrc"): .absent, .text("/h/.npmrc"): .absent])
        #expect(classify(line, facts: &facts).ambiguous.isEmpty)
    }

    @Test func `npm reads the global file that a setting names`() {
        let files = ["/g": "global=true\n", "/p/etc/npmrc": "location=global\n"]
        let line = Line(tool: "npm", arguments: ["--globalconfig=/g", "i", "x"], cwd: "/w")
        #expect(classified(line, files: files).destination == .outside)
        for (name, value): (Word, Word) in [
            ("npm_config_globalconfig", "/g"), ("NPM_CONFIG_PREFIX", "/p"), ("PREFIX", "/p"),
        ] {
            let line = Line(
                tool: "npm", arguments: ["i", "x"],
                environment: Environment([.init(name: name, value: value)]), cwd: "/w",
                home: "/h")
            #expect(classified(line, files: files).destination == .outside, "\(name)")
        }
    }

    @Test(arguments: [
        ["npm", "link"], ["npm", "link", "x"], ["bun", "link"], ["bun", "unlink"],
    ])
    func `linking writes to the global tree`(words: [Word]) {
        let line = Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w")
        #expect(classified(line).destination == .outside)
    }

    @Test(arguments: [
        ["npm", "pack", "git+https://h/x.git"], ["npm", "pack", "user/repository"],
        ["npm", "pack", "x@github:u/r"], ["npm", "diff", "--diff=user/repository"],
        ["npm", "diff", "--diff", "x@1", "--diff", "git+ssh://git@h/x.git"],
    ])
    func `packing or comparing what git holds runs its scripts`(words: [Word]) {
        let line = Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w")
        let invocation = classified(line)
        #expect(invocation.operation == .install)
        #expect(invocation.packages.contains { $0.source == .git })
    }

    @Test func `packing and comparing releases and folders stays what it is`() {
        for words: [Word] in [
            ["pack"], ["pack", "left-pad"], ["pack", "./sub"], ["diff", "--diff=left-pad@1"],
        ] {
            let operation = classified(Line(tool: "npm", arguments: words, cwd: "/w")).operation
            #expect(operation == .pack || operation == .query, "\(words)")
        }
    }

    @Test(arguments: [
        ["dotnet", "dnx", "x"], ["dotnet", "DNX", "x"],
        ["deno", "repl", "--eval-file=https://h/x"],
        ["deno", "run", "--preload=https://h/x.ts", "a.ts"],
    ])
    func `fetching for one run is execute`(words: [Word]) {
        let line = Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w")
        #expect(classified(line).operation == .execute)
    }

    @Test(arguments: [
        ["uv", "run", "--with", "x", "python", "-c", "import x"],
        ["uv", "run", "--with=git+https://h/x", "pytest"],
        ["uv", "run", "--with-requirements", "r.txt", "python", "a.py"],
    ])
    func `packages named for one run are installed under the rules of installs`(words: [Word]) {
        let line = Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w")
        let invocation = classified(line)
        #expect(invocation.operation == .install)
        #expect(!invocation.packages.isEmpty)
    }

    @Test(arguments: ["GEM_HOME", "BUNDLE_BIN", "BUNDLE_PATH"] as [Word])
    func `a variable does not lead gems to the tools`(name: Word) {
        let line = Line(
            tool: "bundle", arguments: ["install"],
            environment: Environment([.init(name: name, value: "/t")]), cwd: "/w", home: "/h")
        var facts = Facts([.entry("/t/bin"): .directory(holdsTools: true)])
        #expect(classify(line, facts: &facts).destination == .tools)
        guard name == "GEM_HOME" else { return }
        var gem = line
        (gem.tool, gem.calledAs) = ("gem", "gem")
        gem.arguments = ["install", "x"]
        #expect(classify(gem, facts: &facts).destination == .tools)
    }

    @Test(.timeLimit(.minutes(1)), arguments: [7, 20, 200])
    func `runners that start runners are read in a moment`(count: Int) {
        let chain = [Word](repeating: "npx", count: count) + ["npm", "publish"]
        let invocation = classified(Line(tool: "npx", arguments: chain, cwd: "/w"))
        let isUnclear = invocation.flattened.contains { !$0.ambiguous.isEmpty }
        #expect(invocation.severity == .publish || isUnclear)
    }

    @Test func `more nested lines than are followed make the line unclear`() {
        let text = (0..<600).map { "npm run a\($0)" }.joined(separator: ";")
        let line = Line(tool: "npm", arguments: ["exec", "-c", Word(text)], cwd: "/w")
        let unclear = classified(line).flattened.contains { !$0.ambiguous.isEmpty }
        #expect(unclear)
    }
}
