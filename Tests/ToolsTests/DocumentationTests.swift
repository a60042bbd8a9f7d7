// The generated documents are up to date. RECORD=1 writes them and fails the run.

import Foundation
import GateCore
import Testing

@testable import Tools

@Suite struct DocumentationTests {
    private let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

    @Test func toolsPageIsWhatTheCatalogSays() throws {
        let file = root.appendingPathComponent("docs/tools.md")
        try compare(Documentation.tools(), with: file)
    }

    @Test func tableOfTheReadmeIsWhatTheCatalogSays() throws {
        let file = root.appendingPathComponent("README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        let expected = try #require(
            Documentation.withTable(readme), "README.md has no \(Documentation.tableStart) marks")
        try compare(expected, with: file)
    }

    @Test func tableIsPutBetweenItsMarksOnly() throws {
        let readme = "a\n<!-- tools -->\nold\n<!-- /tools -->\nb\n"
        let made = try #require(Documentation.withTable(readme))
        #expect(made.hasPrefix("a\n<!-- tools -->\n| tool |"))
        #expect(made.hasSuffix("|\n<!-- /tools -->\nb\n"))
        #expect(Documentation.withTable("<!-- /tools -->\n<!-- tools -->\n") == nil)
        #expect(Documentation.withTable(made) == made)
    }

    @Test func exampleWordsKeepQuotedBlanks() {
        let example = Example("npx -c 'npm publish' \"\" a", .publish)
        #expect(example.words == ["npx", "-c", "npm publish", "", "a"])
    }

    private func compare(_ expected: String, with file: URL) throws {
        let present = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        if present == expected { return }
        if isRecording { try expected.write(to: file, atomically: true, encoding: .utf8) }
        let lines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let old = present.split(separator: "\n", omittingEmptySubsequences: false)
        let place = zip(lines, old).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        Issue.record(
            """
            \(file.lastPathComponent) \(isRecording ? "was rewritten" : "is stale (RECORD=1)"): \
            line \((place ?? min(lines.count, old.count)) + 1)
            """)
    }

    private var root: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }
}
