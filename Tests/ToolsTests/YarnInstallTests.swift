// yarn's installs: which lines are installs of the project, and the words of their phases.

import GateCore
import Testing

@testable import Tools

@Suite struct YarnInstallTests {
    private func invocation(
        _ text: String, _ version: String?, linker: String? = "node-modules"
    ) -> Invocation {
        var words = text.split(separator: " ").map { Word($0) }
        words.removeFirst()
        let line = Line(
            tool: "yarn", arguments: words, cwd: "/p", home: "/home/u", version: version)
        var facts = Facts()
        for _ in 0..<4 {
            let invocation = classify(line, facts: &facts)
            if facts.needed.isEmpty { return invocation }
            for fact in facts.needed {
                if case .text("/p/.yarnrc.yml") = fact, let linker {
                    facts.learn(fact, .text("nodeLinker: \(linker)\n"))
                } else {
                    facts.learn(fact, .absent)
                }
            }
            facts.startRound()
        }
        return classify(line, facts: &facts)
    }

    @Test(
        "an install of the project is bare, or changes what it names",
        arguments: [
            ("yarn", "1.22.22", true), ("yarn install --production", "1.22.22", true),
            ("yarn add x", "1.22.22", false), ("yarn remove x", "1.21.1", false),
            ("yarn upgrade", "1.22.22", false), ("yarn", "3.5.0", true),
            ("yarn add -D x", "3.5.0", false), ("yarn up x", "4.13.0", false),
            ("yarn dedupe", "4.13.0", false),
        ])
    func shapes(text: String, version: String, isBare: Bool) {
        #expect(invocation(text, version).install?.isBare == isBare)
    }

    @Test(
        "what installs elsewhere or in another way is started as it is",
        arguments: [
            ("yarn global add x", "1.22.22"), ("yarn --cwd a add x", "1.22.22"),
            ("yarn add x --modules-folder m", "1.22.22"), ("yarn --flat", "1.22.22"),
            ("yarn install --no-lockfile", "1.22.22"), ("yarn link", "1.22.22"),
            ("yarn --pnp", "1.22.22"), ("yarn why x", "1.22.22"),
            ("yarn --odd", "1.22.22"), ("yarn add x", "3.0.2"), ("yarn up -i x", "4.13.0"),
            ("yarn workspace a add x", "3.5.0"), ("yarn rebuild", "3.5.0"),
            ("yarn dedupe --check", "3.5.0"),
        ])
    func others(text: String, version: String) {
        #expect(invocation(text, version).install == nil)
    }

    @Test("yarn 2 and later is staged where it makes a tree of files")
    func linkers() {
        for linker in ["pnp", "pnpm", "${X}", "\"node-modules\" # x"] {
            #expect(invocation("yarn add x", "3.5.0", linker: linker).install == nil)
        }
        #expect(invocation("yarn add x", "3.5.0", linker: nil).install == nil)
        #expect(invocation("yarn add x", "3.5.0", linker: "\"node-modules\"").install != nil)
        #expect(invocation("yarn add x", nil).install == nil)
    }

    private func words(_ text: String, _ version: String) -> (String, String) {
        let words = Installer.yarn.words(invocation(text, version), .init(version: nil, git: nil))
        func line(_ words: [Word]) -> String { words.map(\.text).joined(separator: " ") }
        return (line(words.resolve), line(words.install))
    }

    @Test("each phase has its words, and never lets scripts run")
    func words() {
        var (resolve, install) = words("yarn add -D x --offline --silent", "1.22.22")
        #expect(resolve == "add --ignore-scripts --non-interactive --dev --offline --silent x")
        #expect(
            install
                == "install --frozen-lockfile --ignore-scripts --non-interactive --offline --silent"
        )
        (resolve, install) = words("yarn add -D x --mode=skip-build", "3.5.0")
        #expect(resolve == "add --mode=update-lockfile --dev x")
        #expect(install == "install --immutable --mode=skip-build")
        (resolve, install) = words("yarn install --no-immutable --json", "4.13.0")
        #expect(install == "install --immutable --mode=skip-build --json")
    }

    @Test("a line that only resolves has no second phase")
    func resolving() {
        let shape = invocation("yarn add x --mode=update-lockfile", "3.5.0").install
        #expect(shape?.installsTree == false)
    }

    // MARK: registries

    @Test("registries are found where settings name them")
    func registries() {
        let classic = RegistrySettings.yarnClassic.addresses(
            inFile: """
                registry=https://a.example/
                @scope:registry "https://b.example/x"
                # registry=https://no.example
                homepage https://no.example
                registry-note https://no.example
                """)
        #expect(classic == ["https://a.example/", "https://b.example/x"])
        let berry = RegistrySettings.yarnBerry.addresses(
            inFile: "npmScopes:\n  x:\n    npmRegistryServer: \"https://a.example\"\n")
        #expect(berry == ["https://a.example"])
        let cargo = RegistrySettings.cargo.addresses(
            inFile: "[registries.x]\nindex = \"sparse+https://a.example/index/\"\n")
        #expect(cargo == ["https://a.example/index/"])
        let ruby = RegistrySettings.bundler.addresses(
            inFile: "source(\"https://a.example\") do\n  gem \"x\", source: 'https://b.example'\n")
        #expect(ruby == ["https://a.example", "https://b.example"])
        let python = RegistrySettings.python.addresses(
            inFile: "extra-index-url = [\"https://a.example\", \"https://b.example/\"]\n")
        #expect(python == ["https://a.example", "https://b.example/"])
    }
}
