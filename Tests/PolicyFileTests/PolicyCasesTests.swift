// Files of test cases: read whole or refused with a place.

import GateCore
import Testing

@testable import PolicyFile

@Suite struct PolicyCasesTests {
    private func load(_ text: String) throws -> PolicyCases {
        try PolicyCases.load(bytes: [UInt8](text.utf8), path: "t.json")
    }

    @Test("a file is read with everything that it says")
    func whole() throws {
        let cases = try load(
            """
            { "version": 1, "policy": "../policy.json", "versions": { "npm": "11.17.0" },
              "cases": [
                { "command": "npm publish", "effect": "deny" },
                { "name": "n", "path": "~/.npmrc", "effect": "deny", "rule": null,
                  "agent": "a", "task": "t", "labels": "asserted", "profile": ["p", "q"],
                  "cwd": "/srv/a", "home": "/h", "env": { "A": "b" },
                  "files": { "x/../y": "", "/z": "#!" }, "at": "1970-01-01T00:01:00Z" } ] }
            """)
        #expect(cases.policy == "../policy.json")
        #expect(cases.version(of: "npm") == "11.17.0")
        #expect(cases.version(of: "pnpm") == nil)
        let plain = PolicyCase(
            .command("npm publish"), effect: .deny, place: .init(line: 3, column: 5))
        #expect(cases.cases.first == plain)
        #expect(plain.name == "npm publish")
        var full = PolicyCase(
            .path("~/.npmrc"), name: "n", effect: .deny, rule: .none,
            place: .init(line: 4, column: 5))
        full.agent = "a"
        full.task = "t"
        full.isAsserted = true
        full.profiles = ["p", "q"]
        full.cwd = "/srv/a"
        full.home = "/h"
        full.environment = [.init(name: "A", value: "b")]
        full.files = [.init(path: "/srv/a/y", text: ""), .init(path: "/z", text: "#!")]
        full.time = 60
        #expect(cases.cases.last == full)
    }

    @Test(
        "what is not understood is an error with its place",
        arguments: [
            ("[]", "1:1: error: a test file must be an object, found a list"),
            ("{}", "1:1: error: a test file without \"cases\""),
            (#"{"cases":[]}"#, "1:10: error: \"cases\" must be a list of cases, found a list"),
            (#"{"cases":[1]}"#, "1:11: error: a case must be an object, found 1"),
            (#"{"cases":[{"effect":"deny"}]}"#, "1:11: error: a case that asks nothing"),
            (#"{"cases":[{"command":"a"}]}"#, "1:11: error: a case without \"effect\""),
            (
                #"{"cases":[{"command":"a","path":"b","effect":"deny"}]}"#,
                "1:33: error: a case asks for a command or for a file, not for both"
            ),
            (
                #"{"cases":[{"command":"a","effect":"denied"}]}"#,
                "1:35: error: \"denied\" is not an effect"
            ),
            (
                #"{"cases":[{"comand":"a","effect":"deny"}]}"#,
                "1:12: error: unknown key \"comand\" in a case"
            ),
            (
                #"{"cases":[{"command":"","effect":"deny"}]}"#,
                "1:22: error: \"command\" must be a text that is not empty"
            ),
            (
                #"{"cases":[{"command":"a","effect":"deny","rule":7}]}"#,
                "1:49: error: 7 is not the id of a rule"
            ),
            (
                #"{"cases":[{"command":"a","effect":"deny","labels":"asserted"}]}"#,
                "1:51: error: \"labels\" without an agent or a task"
            ),
            (
                #"{"cases":[{"command":"a","effect":"deny","agent":"a","labels":"real"}]}"#,
                "1:63: error: \"real\" is not a value of \"labels\""
            ),
            (
                #"{"cases":[{"command":"a","effect":"deny","cwd":"x"}]}"#,
                "1:48: error: \"cwd\" must be an absolute path"
            ),
            (
                #"{"cases":[{"command":"a","effect":"deny","at":"soon"}]}"#,
                "1:47: error: \"at\" must be a time"
            ),
            (
                #"{"cases":[{"command":"a","effect":"deny","env":[]}]}"#,
                "1:48: error: \"env\" must be an object, found a list"
            ),
            (#"{"version":2,"cases":[{}]}"#, "1:12: error: version 2 is not one that this"),
            (#"{"cases":[{}],}"#, "1:15: error: expected a name in quotes"),
            (#"{"cases":[{}],"cases":[]}"#, "1:15: error: duplicate key \"cases\""),
        ])
    func refused(text: String, message: String) throws {
        let errors = try #require(throws: PolicyErrors.self) { try load(text) }
        #expect(errors.text.contains("t.json:\(message)"), "\(errors.text)")
        #expect(errors.text.contains("help: "))
    }
}
