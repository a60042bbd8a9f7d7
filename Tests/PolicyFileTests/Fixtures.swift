// Files beside the tests, and goldens: `RECORD=1` writes what is said now and fails the run.

import Foundation
import GateCore
import Testing

@testable import PolicyFile

/// The files of this target.
enum Fixtures {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    /// The shipped default, at the root of the repository.
    static var shippedPolicy: [UInt8] {
        get throws {
            let root = folder.deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return try bytes(root.appendingPathComponent("policy.json"))
        }
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        try bytes(folder.appendingPathComponent(name))
    }

    static func bytes(_ file: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: file)) }

    /// Names of the files in a folder that end so, without the ending.
    static func names(in name: String, ending: String) -> [String] {
        let files = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent(name).path)
        return (files ?? []).filter { $0.hasSuffix(ending) }.map {
            String($0.dropLast(ending.count))
        }.sorted()
    }

    /// Compares with a golden file.
    static func expect(_ text: String, isGolden name: String) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name)")
            return
        }
        let golden = try String(decoding: bytes(file), as: UTF8.self)
        #expect(text == golden, "\(name)")
    }
}

/// A policy from text that has to be sound.
func policy(_ text: String) throws -> Policy {
    try PolicyFile.load(bytes: [UInt8](text.utf8), path: "policy.json")
}
