// The lockfiles beside the tests, and goldens: `RECORD=1` writes what is read now and fails the run.

import Foundation
import GateCore
import Lockfiles
import Testing

/// A lockfile of a real tool, or of the documentation of its format.
struct Fixture: CustomTestStringConvertible {
    let folder: String
    let file: String

    var testDescription: String { folder }

    static let all: [Fixture] = [
        .init(folder: "npm-v1", file: "package-lock.json"),
        .init(folder: "npm-v2", file: "package-lock.json"),
        .init(folder: "npm-v3", file: "package-lock.json"),
        .init(folder: "yarn-classic", file: "yarn.lock"),
        .init(folder: "yarn-berry", file: "yarn.lock"),
        .init(folder: "pnpm-v5", file: "pnpm-lock.yaml"),
        .init(folder: "pnpm-v6", file: "pnpm-lock.yaml"),
        .init(folder: "pnpm-v9", file: "pnpm-lock.yaml"),
        .init(folder: "pip", file: "requirements.txt"),
        .init(folder: "pipenv", file: "Pipfile.lock"),
        .init(folder: "poetry", file: "poetry.lock"),
        .init(folder: "uv", file: "uv.lock"),
        .init(folder: "pdm", file: "pdm.lock"),
        .init(folder: "pdm-addresses", file: "pdm.lock"),
        .init(folder: "bundler", file: "Gemfile.lock"),
        .init(folder: "bundler-checksums", file: "Gemfile.lock"),
        .init(folder: "cargo", file: "Cargo.lock"),
        .init(folder: "nuget", file: "packages.lock.json"),
    ]

    static func named(_ folder: String) throws -> Fixture {
        try #require(all.first { $0.folder == folder })
    }

    private var url: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures").appendingPathComponent(folder)
    }

    var text: String {
        get throws {
            String(decoding: try Data(contentsOf: url.appendingPathComponent(file)), as: UTF8.self)
        }
    }

    /// Reads a text as a file of this name.
    func read(_ text: String) throws -> Lockfile {
        let bytes = Array(text.utf8)
        return try #require(LockfileFormat(path: "project/" + file, bytes: bytes)).read(bytes)
    }

    func lockfile() throws -> Lockfile { try read(text) }

    func expect(_ text: String, isGolden name: String) throws {
        let golden = url.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try Data(text.utf8).write(to: golden)
            Issue.record("recorded \(folder)/\(name)")
            return
        }
        let wanted = String(decoding: try Data(contentsOf: golden), as: UTF8.self)
        #expect(text == wanted, "\(folder)/\(name)")
    }
}

extension Lockfile {
    /// What lint says by default; git is allowed where the fixture shows it.
    func findings(allowing sources: [LockedSource] = []) -> [Finding] {
        var settings = LintSettings(for: format)
        settings.sources += sources
        if sources.contains(.git) {
            settings.bases += [RegistryBase("github.com")].compactMap { $0 }
        }
        return lint(settings)
    }

    /// The packages as text, one a line.
    var listing: String {
        var text = ""
        for package in packages {
            let place = "\(package.place.line):\(package.place.column)"
            text += "\(place) \(package.title) \(package.source.name)"
            text += " direct=\(package.isDirect.map { "\($0)" } ?? "-")"
            text += " scripts=\(package.hasInstallScripts.map { "\($0)" } ?? "-") \(package.purl)\n"
            if let registry = package.registry { text += "  registry \(registry.text)\n" }
            for file in package.files {
                let digests = file.integrity.map(\.text).joined(separator: " ")
                text += "  file \(file.location?.text ?? "-") \(digests)\n"
            }
        }
        return text
    }
}

/// A generator with a seed, so that a failing run can be had again (SplitMix64).
struct SeededBytes: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
