// Lines of cargo and Bundler that change a lockfile: which are resolved in a stage, and with what words.

import GateCore
import Testing

@testable import Tools

@Suite struct ResolvedInstallTests {
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

    private func text(_ words: [Word]) -> String { words.map(\.text).joined(separator: " ") }

    @Test(
        "what changes a lockfile is resolved in a stage",
        arguments: [
            ("cargo add serde", "add serde"), ("cargo update", "update"),
            ("cargo update -p a --precise 1.0.0", "update --package=a --precise=1.0.0"),
            ("cargo generate-lockfile", "generate-lockfile"), ("bundle", "lock"),
            ("bundle add rake --version=1", "add rake --version=1 --skip-install"),
            ("bundle update rake --conservative", "lock --conservative=true --update rake"),
            ("bundle update --all", "lock --update"),
        ])
    func resolving(line: String, resolve: String) throws {
        let invocation = try invocation(line)
        #expect(invocation.install?.installsInPlace == true)
        let profile = try #require(Catalog.profile(calledAs: invocation.tool))
        let installer = try #require(profile.installer)
        let words = installer.words(invocation, .init(version: nil, git: nil))
        #expect(text(words.resolve) == resolve)
        if line.utf8.first == 0x63 { #expect(invocation.install?.installsTree == false) }
        if line.utf8.first == 0x62 { #expect(words.install.first == "install") }
    }

    @Test("a crate that is added is followed by the lockfile")
    func following() throws {
        let words = Installer.cargo.words(
            try invocation("cargo add serde --offline"), .init(version: nil, git: nil))
        #expect(words.resolveFurther.map(text) == ["update --workspace --quiet --offline"])
    }

    @Test(
        "what works elsewhere, changes nothing or builds is started as it is",
        arguments: [
            "cargo add --path ../x", "cargo update --dry-run",
            "cargo add x --manifest-path a/Cargo.toml",
            "cargo fetch", "cargo vendor", "cargo build", "cargo install x",
            "cargo update --locked",
            "bundle install --gemfile=a/Gemfile", "bundle install --deployment",
            "bundle update --group=test", "bundle add x --git=y", "bundle exec rake", "bundle lock",
        ])
    func others(line: String) throws {
        #expect(try invocation(line).install == nil)
    }

    @Test("a Gemfile that a variable names is not staged")
    func named() throws {
        let environment = Environment([.init(name: "BUNDLE_GEMFILE", value: "/other/Gemfile")])
        #expect(try invocation("bundle install", environment).install == nil)
    }

    @Test("the judged lockfile is installed in the project")
    func phases() throws {
        let invocation = try invocation("bundle add rake")
        var plan = Plan(program: "/usr/bin/bundle", arguments: [])
        plan.split(
            Installer.bundle.words(invocation, .init(version: nil, git: nil)),
            try #require(invocation.install), isFrozen: false, inPlace: true)
        #expect(plan.phases.map(\.place) == [.stage, .stage, .project])
    }
}
