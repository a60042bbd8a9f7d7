// Tools whose installs are not staged, held to their lockfile by a switch of their own.

import GateCore
import Testing

@testable import Tools

@Suite struct FreezingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let version: String?
        let added: String
        var testDescription: String { text }

        init(_ text: String, _ version: String? = nil, _ added: String) {
            (self.text, self.version, self.added) = (text, version, added)
        }
    }

    private func plan(_ text: String, _ version: String?) throws -> (Plan, Invocation) {
        var words = text.split(separator: " ").map { Word($0) }
        let name = words.removeFirst()
        let profile = try #require(Catalog.profile(calledAs: name))
        let line = Line(
            tool: profile.name, calledAs: name, arguments: words, version: version)
        var facts = Facts()
        let invocation = classify(line, with: profile, facts: &facts)
        var hardening = Hardening()
        hardening.freezesLockfile = true
        let plan = try profile.plan(
            invocation, of: line, program: "/usr/bin/\(name)", hardening: hardening, facts: facts)
        return (plan, invocation)
    }

    @Test(
        "a line that names nothing to change gets its tool's switch",
        arguments: [
            Row("yarn", "1.22.22", "--frozen-lockfile"),
            Row("yarn install --production", "1.22.22", "--frozen-lockfile"),
            Row("yarn install", "3.5.0", "--immutable"),
            Row("yarn", "4.13.0", "--immutable"),
            Row("pnpm install", "10.0.0", "--frozen-lockfile=true"),
            Row("pnpm i -r", "11.22.0", "--frozen-lockfile=true"),
            Row("uv sync", "0.13.8", "--locked"), Row("uv sync --no-dev", nil, "--locked"),
            Row("pdm install", "2.29.3", "--check"), Row("pdm install -G dev", nil, "--check"),
            Row("cargo fetch", "1.95.0", "--locked"), Row("cargo vendor", nil, "--locked"),
            Row("dotnet restore", "8.0.100", "--locked-mode"),
            Row("nuget restore", "6.0.0", "-LockedMode"),
            Row("pip install -r r.txt", "26.3", "--require-hashes"),
        ])
    func frozen(row: Row) throws {
        let (plan, invocation) = try plan(row.text, row.version)
        #expect(invocation.isFreezable)
        #expect(plan.arguments.contains(Word(row.added)), "\(plan.arguments)")
        #expect(plan.injected.contains(row.added))
    }

    @Test("pdm is told which lockfile, whatever its settings and its workspace say")
    func pdmLockfile() throws {
        for text in ["pdm install", "pdm sync"] {
            let (plan, invocation) = try plan(text, nil)
            #expect(invocation.isFreezable)
            #expect(plan.replaced.contains { $0.name == "PDM_LOCKFILE" && $0.value == "pdm.lock" })
            #expect(plan.replaced.contains { $0.name == "PDM_LOCK_FORMAT" && $0.value == "pdm" })
        }
    }

    @Test("bundler is told by a variable")
    func bundler() throws {
        let (plan, _) = try plan("bundle install", nil)
        #expect(plan.replaced.contains { $0.name == "BUNDLE_FROZEN" && $0.value == "true" })
    }

    @Test(
        "a line that changes the lockfile, or that is held to it already, is left as it is",
        arguments: [
            "yarn add left-pad", "yarn upgrade", "pnpm add left-pad", "pnpm update", "uv add x",
            "uv sync --upgrade", "cargo add serde", "cargo update", "bundle add rake",
            "dotnet restore --force-evaluate", "nuget restore", "pdm add x", "pdm update",
            "pdm install -L other.lock", "pdm install --plugins", "pdm sync -p elsewhere",
        ])
    func changes(text: String) throws {
        let version = text.hasPrefix("yarn") ? "1.22.22" : nil
        let (plan, invocation) = try plan(text, version)
        #expect(!invocation.isFreezable)
        for row in Freezing.rows {
            for word in row.words { #expect(!plan.injected.contains(word.text)) }
        }
    }

    @Test("what the caller has said already is not said twice")
    func twice() throws {
        let (told, _) = try plan("pdm install --check", nil)
        #expect(told.arguments.count { $0 == "--check" } == 1)
        for text in ["uv sync --frozen", "uv sync --locked", "cargo fetch --locked"] {
            let (plan, invocation) = try plan(text, nil)
            #expect(invocation.isFreezable)
            #expect(plan.arguments.count { $0 == "--locked" || $0 == "--frozen" } == 1)
        }
    }

    @Test("who says the opposite is refused")
    func opposite() {
        #expect(throws: PlanRefusal.self) {
            try plan("pnpm install --no-frozen-lockfile", "10.0.0")
        }
        #expect(throws: PlanRefusal.self) { try plan("yarn install --no-immutable", "4.13.0") }
    }

    @Test("digests are looked for on every line of a requirement file")
    func digests() {
        func found(_ text: String, _ words: [Word] = []) -> Invocation {
            classified(
                Line(
                    tool: "pip", arguments: ["install", "-r", "r.txt"] + words, cwd: "/w",
                    home: "/h", version: "26.3"), files: ["/w/r.txt": text])
        }
        let sound = "a==1 --hash=sha256:00\n# c\nb==2 \\\n  --hash sha256:11\n"
        #expect(found(sound).lineWithoutDigest == nil)
        #expect(found(sound).isFreezable)
        #expect(found("a==1 --hash=sha256:00\nb==2\n").lineWithoutDigest == "/w/r.txt:2")
        #expect(found("-e ./x\n").lineWithoutDigest == "/w/r.txt:1")
        #expect(!found(sound, ["c"]).isFreezable)
        #expect(!found(sound, ["-e", "."]).isFreezable)
        #expect(!found(sound, ["--no-require-hashes"]).isFreezable)
    }
}
