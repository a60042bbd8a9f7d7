// The schema and the reference are what the loader's table says. RECORD=1 writes them and fails the
// run.

import Foundation
import GateCore
import StrictJSON
import Testing

@testable import PolicyFile

@Suite struct PolicyDocumentationTests {
    private let docs = Fixtures.folder.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs")

    @Test("docs/policy.schema.json is what the table says")
    func schema() throws {
        try compare(PolicyFile.schema, with: docs.appendingPathComponent("policy.schema.json"))
    }

    @Test("docs/policy-tests.schema.json is what the table of test files says")
    func casesSchema() throws {
        try compare(
            PolicyCases.schema, with: docs.appendingPathComponent("policy-tests.schema.json"))
        let schema = try JSON.parse(Array(PolicyCases.schema.utf8))
        let keys = schema["$defs"]?["case"]?["properties"]?.object?.map(\.name)
        #expect(keys == PolicyCaseKey.entry.map(\.name))
    }

    @Test("the reference in docs/policy.md is what the table says")
    func reference() throws {
        let file = docs.appendingPathComponent("policy.md")
        let page = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let start = try #require(page.range(of: "<!-- reference -->\n"))
        let end = try #require(page.range(of: "<!-- /reference -->"))
        var written = page
        written.replaceSubrange(
            start.upperBound..<end.lowerBound, with: "\n\(PolicyFile.reference)\n")
        try compare(written, with: file)
    }

    @Test("the schema is JSON, and names every key of every object with its meaning")
    func complete() throws {
        let schema = try JSON.parse(Array(PolicyFile.schema.utf8))
        let described = schema["$defs"]?.object?.map(\.value) ?? []
        #expect(described.count == PolicyObject.allCases.count - 1)
        var keys: [String] = []
        for object in [schema] + described {
            for member in object["properties"]?.object ?? [] {
                keys.append(member.name)
                #expect(member.value["description"]?.string?.isEmpty == false, "\(member.name)")
            }
        }
        #expect(keys.sorted() == PolicyObject.allCases.flatMap { $0.keys.map(\.name) }.sorted())
    }

    private func compare(_ text: String, with file: URL) throws {
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(file.lastPathComponent)")
            return
        }
        let written = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(
            text == written, "\(file.lastPathComponent) is stale: RECORD=1 swift test writes it")
    }
}
