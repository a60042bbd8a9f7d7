// Which scripts of a project itself follow an install, by line, settings and tool.

import GateCore
import Testing

@testable import Tools

@Suite struct LifecycleScriptTests {
    private func scripts(
        _ text: String, version: String, settings: [String] = [],
        environment: [Environment.Entry] = []
    ) throws -> LifecycleScripts {
        let words = text.split(separator: " ").map { Word($0) }
        let line = Line(
            tool: words[0], arguments: Array(words.dropFirst()), environment: .init(environment),
            version: version)
        var facts = Facts()
        let invocation = classify(line, facts: &facts)
        let profile = try #require(Catalog.profile(calledAs: words[0]))
        return try #require(profile.installer).lifecycle(invocation, line, settings)
    }

    @Test(
        "npm's own scripts follow a bare install, those of its members any",
        arguments: [
            ("npm install", true), ("npm ci", true), ("npm install left", false),
            ("npm uninstall left", false), ("npm update", false), ("npm install-test", true),
        ])
    func npm(text: String, isBare: Bool) throws {
        let scripts = try scripts(text, version: "10.9.0")
        #expect(scripts.steps.contains { $0.owner == .members && $0.names.lists("prepare") })
        let isOfRoot = scripts.steps.contains { $0.owner == .root && $0.names.lists("prepare") }
        #expect(isOfRoot == isBare)
    }

    @Test("nobody's scripts run where the caller or a settings file says so")
    func ignored() throws {
        let off: LifecycleScripts = .init()
        #expect(try scripts("npm install --ignore-scripts", version: "10.9.0") == off)
        let file = ["ignore-scripts=true\n"]
        #expect(try scripts("npm ci", version: "11.17.0", settings: file) == off)
        let on = try scripts(
            "npm ci --ignore-scripts=false", version: "11.17.0", settings: file)
        #expect(on != off)
        for name: Word in ["npm_config_ignore_scripts", "NPM_CONFIG_IGNORE_SCRIPTS"] {
            let environment = [Environment.Entry(name: name, value: "true")]
            for text in ["npm install", "yarn install"] {
                let version = text == "npm install" ? "10.9.0" : "1.22.22"
                let found = try scripts(text, version: version, environment: environment)
                if text == "npm install" || name == "npm_config_ignore_scripts" {
                    #expect(found.steps.isEmpty)
                }
            }
        }
        for text in ["ignore-scripts true\n", "--install.ignore-scripts true\n"] {
            let found = try scripts("yarn install", version: "1.22.22", settings: [text])
            #expect(found.steps.isEmpty)
        }
        let unset = try scripts(
            "yarn install", version: "1.22.22", settings: ["ignore-scripts false\n"])
        #expect(!unset.steps.isEmpty)
        #expect(try scripts("yarn install --mode=skip-build", version: "4.13.0").steps.isEmpty)
    }

    @Test(
        "yarn 1 wraps install and add, and leaves prepare out in production",
        arguments: [
            ("yarn", true), ("yarn add left", true), ("yarn remove left", false),
            ("yarn install --production", false),
        ])
    func classic(text: String, hasPrepare: Bool) throws {
        let found = try scripts(text, version: "1.22.22")
        #expect(found.steps.contains { $0.names.lists("prepare") } == hasPrepare)
        #expect(found.steps.allSatisfy { $0.owner != .root })
    }

    @Test("a script that run takes along is not run by itself")
    func neighbours() {
        let step = LifecycleScripts.Step("preinstall install postinstall prepare", of: .root)
        let some: Word = "preinstall install prepare"
        #expect(
            LifecycleScripts().runs(of: step) { some.lists(Word($0)) } == ["install", "prepare"])
        #expect(
            LifecycleScripts(takesNeighbours: false).runs(of: step) { some.lists(Word($0)) }
                == ["preinstall", "install", "prepare"])
        let apart: Word = "preinstall postinstall"
        #expect(
            LifecycleScripts().runs(of: step) { apart.lists(Word($0)) }
                == ["preinstall", "postinstall"])
    }
}
