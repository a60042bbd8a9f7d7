// Lines of uv, poetry and pdm that change a lockfile: which are resolved in a stage, and with what words.

import GateCore
import Testing

@testable import Tools

@Suite struct PythonProjectTests {
    private func invocation(
        _ text: String, _ environment: Environment = Environment([])
    ) throws -> Invocation {
        var words = text.split(separator: " ").map { Word($0) }
        let name = words.removeFirst()
        let profile = try #require(Catalog.profile(calledAs: name))
        let line = Line(
            tool: profile.name, calledAs: name, arguments: words, environment: environment,
            cwd: "/p", home: "/home/u", version: profile.versions.last)
        var facts = Facts()
        for _ in 0..<4 {
            let invocation = classify(line, with: profile, facts: &facts)
            if facts.needed.isEmpty { return invocation }
            for fact in facts.needed { facts.learn(fact, .absent) }
            facts.startRound()
        }
        return classify(line, with: profile, facts: &facts)
    }

    private func words(
        _ line: String, _ circumstances: InstallCircumstances = .init(version: nil, git: nil)
    ) throws -> InstallWords {
        let invocation = try invocation(line)
        #expect(invocation.install?.installsInPlace == true)
        let profile = try #require(Catalog.profile(calledAs: invocation.tool))
        return try #require(profile.installer).words(invocation, circumstances)
    }

    private func text(_ words: [Word]) -> String { words.map(\.text).joined(separator: " ") }

    @Test(
        "a change is resolved without a sync, and then exactly the lockfile is installed",
        arguments: [
            ("uv add x==1 y", "add --no-sync x==1 y", "sync --frozen --inexact"),
            ("uv add --dev x", "add --no-sync --dev x", "sync --frozen --inexact --group=dev"),
            (
                "uv -q add x --group docs --extra fast --offline",
                "--quiet add --no-sync --group=docs --extra=fast --offline x",
                "sync --frozen --quiet --offline --inexact --group=docs"
            ),
            (
                "uv add --optional more x", "add --no-sync --optional=more x",
                "sync --frozen --inexact --extra=more"
            ),
            ("uv add -U x", "add --no-sync --upgrade x", "sync --frozen --inexact"),
            ("uv remove x", "remove --no-sync x", "sync --frozen"),
            (
                "uv remove x --group docs --package a",
                "remove --no-sync --group=docs --package=a x", "sync --frozen --package=a"
            ),
            ("uv sync", "lock", "sync --frozen"),
            (
                "uv sync --group docs --extra x -P y --python 3.12",
                "lock --upgrade-package=y --python=3.12",
                "sync --frozen --group=docs --extra=x --python=3.12"
            ),
            ("uv lock -U", "lock --upgrade", "sync --frozen"),
            ("uv upgrade x", "upgrade x", "sync --frozen"),
            (
                "poetry add x@1 -G docs -n", "add --lock --group=docs --no-interaction x@1",
                "install --no-root --no-interaction"
            ),
            ("poetry add x --lock", "add --lock x", "install --no-root"),
            ("poetry remove x -D", "remove --lock --dev x", "install --no-root"),
            (
                "poetry update x --with docs", "update --lock --with=docs x",
                "install --no-root --with=docs"
            ),
            ("poetry lock --regenerate", "lock --regenerate", "install"),
            (
                "poetry install --with docs --no-cache", "lock --no-cache",
                "install --with=docs --no-cache"
            ),
            ("poetry sync --no-root", "lock", "sync --no-root"),
            (
                "pdm add x -dG test", "add --no-sync --skip=:all --dev --group=test x",
                "sync --group=test"
            ),
            ("pdm add x --no-sync", "add --skip=:all --no-sync x", "sync"),
            (
                "pdm remove x -G test", "remove --no-sync --skip=:all --group=test x",
                "sync --clean"
            ),
            (
                "pdm update --update-eager --prod",
                "update --no-sync --skip=:all --update-eager --prod", "sync --prod"
            ),
            (
                "pdm lock -S direct_minimal_versions",
                "lock --skip=:all --strategy=direct_minimal_versions", "sync"
            ),
            (
                "pdm install -G docs --no-self -q", "lock --quiet --skip=:all",
                "sync --group=docs --no-self --quiet"
            ),
        ])
    func phases(line: String, resolve: String, install: String) throws {
        let words = try words(line)
        #expect(text(words.resolve) == resolve)
        #expect(words.resolveFurther.isEmpty)
        #expect(text(words.install) == install)
    }

    @Test("our switches go to each phase whose command takes them")
    func switches() throws {
        var circumstances = InstallCircumstances(version: nil, git: nil)
        circumstances.switches = ["--no-build"]
        let add = try words("uv add x", circumstances)
        #expect(text(add.resolve) == "add --no-build --no-sync x")
        #expect(text(add.install) == "sync --frozen --no-build --inexact")
        #expect(text(try words("uv sync", circumstances).resolve) == "lock --no-build")
    }

    @Test("a date chooses versions and is taken out of the lockfile again")
    func dates() throws {
        var circumstances = InstallCircumstances(
            version: nil, git: nil, publishedBefore: "2026-11-01T00:00:00Z")
        let add = try words("uv add x --offline", circumstances)
        #expect(
            text(add.resolve) == "add --no-sync --exclude-newer=2026-11-01T00:00:00Z --offline x")
        #expect(add.resolveFurther.map(text) == ["lock --offline"])
        #expect(!text(add.install).utf8.contains(UInt8(ascii: ":")))
        let upgrade = try words("uv lock -U", circumstances)
        #expect(text(upgrade.resolve) == "lock --exclude-newer=2026-11-01T00:00:00Z --upgrade")
        #expect(upgrade.resolveFurther.map(text) == ["lock"])
        // The caller's own date stays, and a registry without times has none.
        let own = try words("uv lock --exclude-newer 2026-01-01", circumstances)
        #expect(text(own.resolve) == "lock --exclude-newer=2026-01-01")
        #expect(own.resolveFurther.isEmpty)
        circumstances.exemptsRegistries = true
        #expect(text(try words("uv lock", circumstances).resolve) == "lock")
    }

    @Test(
        "what works elsewhere, changes nothing or is held to its lockfile is started as it is",
        arguments: [
            "uv add x --script a.py", "uv add x --frozen", "uv sync --locked", "uv lock --check",
            "uv sync --dry-run", "uv --project a sync", "uv --directory a add x", "uv add ../x",
            "uv add -r ../requirements.txt", "uv sync --find-links wheels", "uv run x",
            "uv pip install x", "uv tool install x", "uv export", "uv tree",
            "poetry add ../x", "poetry -C a add x", "poetry update --dry-run", "poetry self add x",
            "poetry run x", "pdm add -e ./x", "pdm install --check",
            "pdm install --frozen-lockfile",
            "pdm add x -L other.lock", "pdm install -p a", "pdm lock --check", "pdm sync", "pdm x",
        ])
    func others(line: String) throws {
        #expect(try invocation(line).install == nil)
    }

    @Test(
        "variables that name another project, or hold the line to its lockfile",
        arguments: ["UV_PROJECT", "UV_WORKING_DIR", "UV_FROZEN", "UV_LOCKED"])
    func variables(name: Word) throws {
        let environment = Environment([.init(name: name, value: "1")])
        #expect(try invocation("uv sync", environment).install == nil)
    }

    @Test("without a sync only the lockfile changes")
    func unsynced() throws {
        for line in [
            "uv lock", "uv upgrade", "uv add x --no-sync", "poetry lock", "poetry add x --lock",
            "pdm lock", "pdm update --no-sync",
        ] {
            #expect(try invocation(line).install?.installsTree == false)
        }
        let environment = Environment([.init(name: "UV_NO_SYNC", value: "1")])
        #expect(try invocation("uv add x", environment).install?.installsTree == false)
        #expect(try invocation("uv sync", environment).install?.installsTree == true)
        #expect(try invocation("uv sync -U").install?.isBare == false)
    }
}
