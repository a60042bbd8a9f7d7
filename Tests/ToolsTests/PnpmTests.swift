// pnpm and pnpx by name: everyday lines, the rows that every implementation must pass, nesting and
// composition.

import GateCore
import Testing

@testable import Tools

@Suite struct PnpmTests {
    @Test(
        "lines that publish by detours publish",
        arguments: [
            "pnpm --tag publish install", "pnpm --otp publish install", "pnpm npm publish",
            "pnpm -r exec npm publish", "pnpm pm publish", "pnpm with 9 publish", "pnpm m publish",
            "pnpm with current publish", "pnpm exec -- npm publish",
            "pnpm exec sh -c 'npm publish'",
            "pnpm -c exec 'cd x; npm publish'", "pnpx npm publish", "pnpm dlx npm@10 publish",
            "pnpm --filter x publish", "pnpm recursive publish", "pn publish",
        ])
    func publishes(text: String) {
        #expect(read(text, version: "11.22.0").severity == .publish)
    }

    @Test("pnpm 10 hands whole lines to npm")
    func handedToNpm() {
        let invocation = read("pnpm unpublish --otp=1 x", version: "10.20.0")
        #expect(invocation.command == ["pnpm", "unpublish"])
        #expect(invocation.operation == .unpublish)
    }

    @Test(
        "scripts stay off whatever the caller wrote",
        arguments: [
            "pnpm i --config.ignore-scripts=false", "pnpm add x --no-ignore-scripts",
            "pnpm add x --ignore-scripts=false", "pnpm --config.ignore-scripts=false add x",
            "pnpm i --config.ignore-pnpmfile=false", "pnpm dlx --config.ignore-scripts=false x -y",
            "pnpm create vite --config.ignore-scripts=false", "pnpm add -g x",
        ])
    func scriptsStayOff(text: String) throws {
        let composed = try recomposed(text)
        #expect(composed.inForce.contains(Setting("ignore-scripts", .flag(true))))
        #expect(composed.inForce.contains(Setting("ignore-pnpmfile", .flag(true))))
    }

    @Test(
        "composed words mean the same",
        arguments: [
            "pnpm run build --stage=dev -- x", "pnpm build --x", "pnpm test --watch",
            "pnpm m publish x",
            "pnpm -r --filter a build", "pnpm exec tsc -p . --x", "pnpm dlx cowsay --x -y",
            "pnpm add -D x@1 -w", "pnpm view x --json", "pnpm -C sub install", "pnpm ls --depth 0",
            "pnpm -F a -F b add x", "pnpm create vite -- --template x", "pnpm publish --tag next",
            "pnpm add -- -x",
        ])
    func compositionMeansTheSame(text: String) throws {
        let first = read(text, version: "11.22.0")
        let again = try recomposed(text)
        #expect(again.command == first.command)
        #expect(again.positionals == first.positionals)
        #expect(again.operation == first.operation)
        let ours: [Word] = ["ignore-scripts", "ignore-pnpmfile"]
        let order = { (left: Setting, right: Setting) in left.name < right.name }
        #expect(
            again.inForce.filter { !ours.contains($0.name) }.sorted(by: order)
                == first.inForce.filter { !ours.contains($0.name) }.sorted(by: order))
    }

    @Test(
        "what pnpm 10 hands to npm where it stands first stays where it stands",
        arguments: [
            "pnpm -- profile", "pnpm --if-pres pkg --filter-prod=",
            "pnpm --node-options=publish whoami --if-present=publish '' --",
            "pnpm --no-force --no-yes --allow-build=7 access", "pnpm whoami --json",
        ])
    func wordsForNpmStayInTheirPlace(text: String) {
        for version in [nil, "10.20.0", "11.22.0"] {
            let first = read(text, version: version)
            #expect(first.ambiguous == [])
            let problems = ToolsTests.recomposed(first, calledAs: "pnpm", version: version)
            #expect(problems == [], "\(version ?? "unknown")")
        }
    }

    private func line(_ text: String, version: String?) -> Line {
        let words = shellCommands(in: text).first?.words ?? []
        let name = words.first ?? ""
        return Line(
            tool: name == "pn" ? "pnpm" : name, calledAs: name, arguments: Array(words.dropFirst()),
            cwd: nil, home: "/h", version: version)
    }

    private func read(_ text: String, version: String? = nil) -> Invocation {
        classified(line(text, version: version))
    }

    /// The line read again from the words that would be executed.
    private func recomposed(_ text: String) throws -> Invocation {
        var line = line(text, version: "11.22.0")
        let profile = try #require(Catalog.profile(calledAs: line.calledAs))
        let first = classified(line)
        guard case .words(let before, let after) = first.composition else {
            Issue.record("\(text) is not composed")
            return first
        }
        var switches = first.requiredSwitches
        if case .switches(let words, _) = profile.scripts, first.fetchesCode {
            switches += words(first)
        }
        line.arguments = before + switches + after
        return classified(line)
    }
}
