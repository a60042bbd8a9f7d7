// pnpm's changes of a lockfile: which lines are resolved in a stage, and the words of their phases.

import GateCore
import Testing

@testable import Tools

@Suite struct PnpmInstallTests {
    private func invocation(
        _ text: String, version: String = "11.22.0", environment: [Environment.Entry] = []
    ) -> Invocation {
        let words = text.split(separator: " ").dropFirst().map { Word($0) }
        let line = Line(
            tool: "pnpm", arguments: Array(words), environment: .init(environment),
            version: version)
        var facts = Facts()
        return classify(line, facts: &facts)
    }

    @Test(
        "what changes the lockfile of the project is resolved first",
        arguments: [
            ("pnpm add left", false), ("pnpm i left -D", false), ("pnpm install", true),
            ("pnpm remove left", false), ("pnpm update --latest", false),
            ("pnpm -r update", false), ("pnpm --filter a add left", false),
            ("pnpm install --prod", true), ("pnpm add --lockfile-only left", false),
        ])
    func staged(text: String, isBare: Bool) throws {
        for version in ["10.20.0", "11.22.0"] {
            let shape = try #require(invocation(text, version: version).install)
            #expect(shape.isBare == isBare)
            #expect(shape.installsInPlace)
            #expect(shape.installsTree == !text.contains("lockfile-only"))
        }
    }

    @Test(
        "what works elsewhere, asks, or does something else is started as it is called",
        arguments: [
            "pnpm add -g left", "pnpm -C other add left", "pnpm add --dir other left",
            "pnpm install --frozen-lockfile", "pnpm update --interactive", "pnpm dedupe",
            "pnpm ci", "pnpm fetch", "pnpm rebuild", "pnpm add ../left", "pnpm test",
            "pnpm install --lockfile-dir=..", "pnpm add --config.node-linker=hoisted left",
        ])
    func inPlace(text: String) {
        #expect(invocation(text).install == nil)
    }

    @Test(
        "variables that lead to another lockfile keep a line from being staged",
        arguments: [
            "npm_config_workspace_dir", "NPM_CONFIG_WORKSPACE_DIR", "pnpm_config_lockfile_dir",
            "npm_config_shared_workspace_lockfile",
        ] as [Word])
    func variables(name: Word) {
        let found = invocation("pnpm add left", environment: [.init(name: name, value: "x")])
        #expect(found.install == nil)
    }

    @Test(
        "the first phase writes no tree, the second keeps to the lockfile",
        arguments: [
            (
                "pnpm add -DE left --offline",
                "--save-dev=true --save-exact=true --offline=true add left",
                "--offline=true install"
            ),
            ("pnpm install --prod", "--production=true install", "--production=true install"),
            ("pnpm remove left", "remove left", "install"),
        ])
    func words(text: String, resolving: String, installing: String) {
        let words = Installer.pnpm.words(invocation(text), .init(version: "11.22.0", git: nil))
        let off = "--config.ignore-scripts=true --config.ignore-pnpmfile=true "
        #expect(
            words.resolve.map(\.text).joined(separator: " ")
                == off + "--config.lockfile-only=true " + resolving)
        #expect(
            words.install.map(\.text).joined(separator: " ")
                == off + "--frozen-lockfile=true " + installing)
        #expect(words.build == nil)
    }
}
