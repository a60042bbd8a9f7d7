// docs/lockfiles.md is held to the tables of the program and to the transcripts that run it.

import Foundation
import Testing

@testable import Lockfiles

@Suite struct LockfileDocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let page = root.appendingPathComponent("docs/lockfiles.md")

    private static func text(_ url: URL) throws -> String {
        String(decoding: try Data(contentsOf: url), as: UTF8.self)
    }

    @Test("the page lists every rule as the program has it")
    func rules() throws {
        var table = "| rule | finds | what to do |\n| --- | --- | --- |\n"
        for rule in LintRule.allCases {
            table += "| `\(rule.id)` | \(rule.summary) | \(rule.advice) |\n"
        }
        let text = try Self.text(Self.page)
        let start = try #require(text.range(of: "<!-- rules -->\n"))
        let end = try #require(text.range(of: "<!-- /rules -->"))
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            let written = text[..<start.upperBound] + table + text[end.lowerBound...]
            try Data(written.utf8).write(to: Self.page)
            Issue.record("recorded the rules")
            return
        }
        #expect(text[start.upperBound..<end.lowerBound] == table)
    }

    @Test("the page names every format")
    func formats() throws {
        let text = try Self.text(Self.page)
        for format in LockfileFormat.allCases {
            #expect(text.contains("| `\(format.name)` |"), "\(format.name)")
        }
    }

    @Test("sessions of the page are those of the transcripts")
    func sessions() throws {
        var transcripts = ""
        for name in ["lint", "diff"] {
            transcripts += try Self.text(
                Self.root.appendingPathComponent("Tests/Transcripts/lockfile-\(name).txt"))
        }
        let played = Set(transcripts.split(separator: "\n").map { trimmed($0) })
        var isInSession = false
        var count = 0
        for line in try Self.text(Self.page).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            if line.hasPrefix("    $ ") { isInSession = true }
            if !line.isEmpty, !line.hasPrefix("    ") { isInSession = false }
            guard isInSession, !line.isEmpty else { continue }
            count += 1
            #expect(played.contains(trimmed(line)), "\(line)")
        }
        #expect(count > 10)
    }

    private func trimmed(_ line: Substring) -> String {
        line.trimmingCharacters(in: .whitespaces)
    }
}
