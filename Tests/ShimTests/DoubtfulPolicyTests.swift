// What `policy check` says of files that load and cannot be meant: each has a golden beside it. The
// tools are those of the catalog.

import Foundation
import GateCore
import PolicyFile
import Testing

@testable import Shim

@Suite struct DoubtfulPolicyTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let folder = root.appendingPathComponent(
        "Tests/PolicyFileTests/Fixtures/doubtful")
    /// 2026-01-01.
    private static let now = 1_767_225_600

    private static var names: [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
            .sorted()
    }

    private func examine(_ file: URL) throws -> PolicyExamination {
        PolicyFile.examine(
            bytes: [UInt8](try Data(contentsOf: file)), path: "policy.json", knowing: .catalog,
            now: Self.now)
    }

    @Test("a doubtful file is usable, and each doubt is told with its place", arguments: names)
    func told(name: String) throws {
        let examined = try examine(Self.folder.appendingPathComponent("\(name).json"))
        #expect(examined.policy != nil)
        #expect(examined.problems.allSatisfy { $0.severity == .warning })
        let golden = Self.folder.appendingPathComponent("\(name).txt")
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try Data(examined.text.utf8).write(to: golden)
            Issue.record("recorded \(name)")
            return
        }
        #expect(examined.text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
        #expect(examined.problems.isEmpty == (name == "not-shadowed"))
    }

    @Test("there are enough doubtful files for the test above to mean something")
    func enough() { #expect(Self.names.count >= 16) }

    @Test("the shipped policy and the documents it follows raise no doubt")
    func shipped() throws {
        var files = [Self.root.appendingPathComponent("policy.json")]
        for folder in ["profiles", "Examples"] {
            let names = try FileManager.default.contentsOfDirectory(
                atPath: Self.root.appendingPathComponent(folder).path)
            for name in names where name.hasSuffix(".json") && !name.hasSuffix(".tests.json") {
                files.append(Self.root.appendingPathComponent("\(folder)/\(name)"))
            }
        }
        #expect(files.count > 10)
        for name in ["deny", "approval", "pack"] {
            files.append(
                Self.root.appendingPathComponent(
                    "Tests/PolicyFileTests/Fixtures/seeds/\(name).json"))
        }
        for file in files {
            let examined = try examine(file)
            #expect(examined.policy != nil)
            #expect(examined.text == "", "\(file.lastPathComponent)")
        }
    }

    @Test("a file that does not load has its errors and nothing else")
    func broken() {
        let examined = PolicyFile.examine(
            bytes: Array("{ \"rules\": 7 }".utf8), path: "p.json", knowing: .catalog, now: 0)
        #expect(examined.policy == nil)
        #expect(examined.problems.map(\.severity) == [.error])
    }
}
