// What the loader says of broken files: each has a golden beside it.

import GateCore
import Testing

@testable import PolicyFile

@Suite struct BrokenPolicyTests {
    @Test(
        "a broken file is refused with the place, the line and a way out",
        arguments: Fixtures.names(in: "broken", ending: ".json"))
    func refused(name: String) throws {
        let bytes = try Fixtures.bytes("broken/\(name).json")
        let error = try #require(throws: PolicyErrors.self) {
            try PolicyFile.load(bytes: bytes, path: "policy.json")
        }
        try Fixtures.expect(error.text, isGolden: "broken/\(name).txt")
    }

    @Test("there are enough broken files for the test above to mean something")
    func enough() {
        #expect(Fixtures.names(in: "broken", ending: ".json").count >= 60)
    }

    @Test("bytes that are not text are refused with their place")
    func bytesThatAreNotText() throws {
        let rows: [(bytes: [UInt8], says: String)] = [
            ([0xEF, 0xBB, 0xBF] + Array("{\"rules\": []}".utf8), ":1:1: error: byte order mark"),
            (Array("{\"rules\": [\"".utf8) + [0xFF] + Array("\"]}".utf8), "not valid UTF-8"),
            (Array("{\"rules\": [\"".utf8) + [0xC0, 0xAF] + Array("\"]}".utf8), "not valid UTF-8"),
            ([0xFE, 0xFF, 0x00, 0x7B], ":1:1: error: expected a value"),
            ([0x00], ":1:1: error: expected a value"),
        ]
        for row in rows {
            let error = try #require(throws: PolicyErrors.self) {
                try PolicyFile.load(bytes: row.bytes, path: "p.json")
            }
            #expect(error.text.contains(row.says), "\(error.text)")
        }
    }

    @Test("a file larger than 16 MiB is refused before it is read")
    func large() throws {
        let bytes = [UInt8](repeating: 0x20, count: PolicyFile.largest + 1)
        let error = try #require(throws: PolicyErrors.self) {
            try PolicyFile.load(bytes: bytes, path: "p.json")
        }
        #expect(error.text.contains("p.json:1:1: error: the file is larger than 16 MiB"))
    }

    @Test("all mistakes are told at once, in the order of the file")
    func allAtOnce() throws {
        let text = """
            { "version": 9, "rulez": [],
              "defaults": { "unknown": "allow", "query": "maybe" },
              "rules": [ { "id": "", "action": "x", "match": { "tol": "npm" }, "effect": "y" } ] }
            """
        let error = try #require(throws: PolicyErrors.self) { try policy(text) }
        let lines = error.problems.map(\.place.line)
        #expect(error.problems.count == 8)
        #expect(lines == lines.sorted())
    }

    @Test("keys that stand twice hide no other mistake")
    func duplicates() throws {
        let text = """
            { "version": 1, "version": 2, "rulez": [],
              "rules": [ { "id": "a", "id": "b", "action": "x", "match": {}, "effect": "deny" } ] }
            """
        let error = try #require(throws: PolicyErrors.self) { try policy(text) }
        let messages = error.problems.map(\.message)
        #expect(
            messages == [
                "duplicate key \"version\"", "version 2 is newer than this program",
                "unknown key \"rulez\" in a policy", "duplicate key \"id\"",
                "\"x\" is not a value of \"action\"",
                "a rule that matches everything without saying so",
            ])
        // What is no JSON ends the reading; what stands before it is told.
        let open = try #require(throws: PolicyErrors.self) { try policy("{\"a\":1,\"a\":2,") }
        #expect(open.problems.count == 2)
    }

    @Test("a file full of mistakes is cut after a hundred")
    func cut() throws {
        let rules = Array(repeating: "7", count: 150).joined(separator: ",\n")
        let error = try #require(throws: PolicyErrors.self) {
            try policy("{ \"rules\": [ \(rules) ] }")
        }
        #expect(error.problems.count == 150)
        #expect(error.text.hasSuffix("policy.json: and 50 more\n"))
    }
}
