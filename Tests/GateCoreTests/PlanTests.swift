// Environment rules: what covers what, and what a plan makes of the caller's variables.

import GateCore
import Testing

@Suite struct PlanTests {
    @Test("a pattern covers what it says, loosely where it says so")
    func patterns() {
        let exact = EnvironmentRule("NPM_TOKEN", .unset)
        #expect(exact.covers("NPM_TOKEN"))
        #expect(!exact.covers("npm_token") && !exact.covers("NPM_TOKENS"))
        let loose = EnvironmentRule("npm_config_ignore_scripts", .set("true"), isLoose: true)
        for name: Word in [
            "npm_config_ignore_scripts", "NPM_CONFIG_IGNORE_SCRIPTS", "Npm_Config_Ignore-Scripts",
            "npm_config_ignore-scripts",
        ] {
            #expect(loose.covers(name), "\(name)")
        }
        let middle = EnvironmentRule("UV_INDEX_*_PASSWORD", .unset)
        #expect(middle.covers("UV_INDEX_A_B_PASSWORD"))
        #expect(!middle.covers("UV_INDEX_PASSWORD") && !middle.covers("UV_INDEX_A_PASSWORDX"))
        #expect(EnvironmentRule("POETRY_PYPI_TOKEN_*", .unset).covers("POETRY_PYPI_TOKEN_X"))
    }

    @Test("every spelling goes and ours is set once")
    func set() {
        var plan = Plan(program: "/bin/npm", arguments: [])
        let environment = Environment([
            .init(name: "NPM_CONFIG_IGNORE_SCRIPTS", value: "false"),
            .init(name: "npm_config_ignore-scripts", value: "false"),
            .init(name: "HOME", value: "/h"),
        ])
        plan.apply(
            [.init("npm_config_ignore_scripts", .set("true"), isLoose: true)], to: environment)
        #expect(plan.removed == ["NPM_CONFIG_IGNORE_SCRIPTS", "npm_config_ignore-scripts"])
        #expect(plan.replaced == [.init(name: "npm_config_ignore_scripts", value: "true")])
        #expect(plan.ignored.count == 2 && plan.stripped.isEmpty)
    }

    @Test("a variable that is there twice goes twice, and values are never noted")
    func twice() {
        var plan = Plan(program: "/bin/npm", arguments: [])
        let environment = Environment([
            .init(name: "NPM_TOKEN", value: "s3cret"), .init(name: "NPM_TOKEN", value: "t0ken"),
        ])
        plan.apply([.init("NPM_TOKEN", .empty)], to: environment)
        #expect(plan.replaced == [.init(name: "NPM_TOKEN", value: "")])
        #expect(plan.stripped == ["NPM_TOKEN"])
    }

    @Test(
        "logins leave index addresses and the hosts stay",
        arguments: [
            ("https://u:p@host/simple", "https://host/simple"),
            ("https://host/a@b", "https://host/a@b"),
            ("https://tok@h/ https://x:y@z:8/?q=@", "https://h/ https://z:8/?q=@"),
            ("", ""), ("no url", "no url"), ("://a@b", "://b"),
        ])
    func userinfo(_ value: String, _ expected: String) {
        #expect(withoutUserinfo(Word(value)) == Word(expected))
    }
}
