// Every format as its tool writes it, and the first thing that no tool writes.

import Foundation
import GateCore
import Testing

@testable import Lockfiles

@Suite struct ReadingTests {
    @Test("a lockfile is read as the packages that its tool pinned", arguments: Fixture.all)
    func packages(fixture: Fixture) throws {
        try fixture.expect(fixture.lockfile().listing, isGolden: "packages.txt")
    }

    @Test("a lockfile that a tool wrote has no findings", arguments: Fixture.all)
    func clean(fixture: Fixture) throws {
        let findings = try fixture.lockfile().findings(allowing: [.git])
        // Bundler 2.3 records no digests, and that is one finding and not one for each gem.
        let expected: [LintRule] = fixture.folder == "bundler" ? [.integrityMissing] : []
        #expect(findings.map(\.rule) == expected, "\(findings)")
    }

    @Test("line ends of another system change nothing", arguments: Fixture.all)
    func lineEnds(fixture: Fixture) throws {
        let text = try fixture.text
        let crossed = try fixture.read(text.replacingOccurrences(of: "\n", with: "\r\n"))
        #expect(try crossed == fixture.lockfile())
    }

    @Test("a file cut anywhere is refused, found fault with, or pins less", arguments: Fixture.all)
    func truncated(fixture: Fixture) throws {
        let text = Array(try fixture.text.utf8)
        let whole = try fixture.lockfile()
        let sound = whole.findings(allowing: [.git]).count
        for end in stride(from: 0, to: text.count - 2, by: 19) {
            let part = String(decoding: text[..<end], as: UTF8.self)
            guard let read = try? fixture.read(part) else { continue }
            if read.findings(allowing: [.git]).count != sound { continue }
            let isLess =
                read.packages.count < whole.packages.count
                || read.packages.flatMap(\.integrity).count
                    < whole.packages.flatMap(\.integrity).count
            #expect(isLess || contents(read) == contents(whole), "cut at byte \(end)")
        }
    }

    private func contents(_ lockfile: Lockfile) -> [String] {
        lockfile.packages.map { package in
            let digests = package.integrity.map(\.text).joined(separator: " ")
            return "\(package.purl) \(package.source.name) \(package.resolved ?? "-") \(digests)"
        }
    }

    struct Broken: Sendable {
        let file: String
        let text: String
        let line: Int
        let column: Int
        let message: String

        init(_ file: String, _ text: String, _ line: Int, _ column: Int, _ message: String) {
            (self.file, self.text, self.line, self.column) = (file, text, line, column)
            self.message = message
        }
    }

    @Test(
        "what no tool writes is refused at its place",
        arguments: [
            Broken("package-lock.json", "{\"lockfileVersion\": 4}", 1, 21, "not known here"),
            Broken("package-lock.json", "{}", 1, 1, "no lockfileVersion"),
            Broken("package-lock.json", "{\n  \"a\": 1,\n  \"a\": 2\n}", 3, 3, "duplicate key"),
            Broken(
                "package-lock.json",
                "{\"lockfileVersion\": 3, \"packages\": {\n\"node_modules/../x\": {}}}", 2, 1,
                "no package name"),
            Broken(
                "package-lock.json",
                "{\"lockfileVersion\": 3, \"packages\": {\n\"node_modules/x\": {}}}", 2, 1,
                "no version"),
            Broken(
                "package-lock.json",
                "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/x\":\n{\"version\": 1}},\n"
                    + "\"dependencies\": {\"x\": {}}}", 3, 18, "has no dependencies"),
            Broken("yarn.lock", "a@1:\n   version \"1\"\n", 2, 4, "2 or 4 spaces"),
            Broken("yarn.lock", "a@1:\n  version \"1\"\n\na@1:\n  version \"1\"\n", 4, 1, "twice"),
            Broken("yarn.lock", "<<<<<<< HEAD\na@1:\n  version \"1\"\n", 1, 1, "a word"),
            Broken("yarn.lock", "__metadata:\n  version: 99\n", 2, 12, "not known here"),
            Broken("yarn.lock", "__metadata:\n  version: 6\n\n\"a@npm:1\": &x\n", 4, 12, "YAML"),
            Broken("pnpm-lock.yaml", "lockfileVersion: '7.0'\n", 1, 18, "not known here"),
            Broken("pnpm-lock.yaml", "lockfileVersion: '9.0'\n\tpackages:\n", 2, 1, "YAML"),
            Broken(
                "pnpm-lock.yaml", "lockfileVersion: '9.0'\nlockfileVersion: '9.0'\n", 2, 1, "twice"),
            Broken(
                "pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    dev: true\n",
                3, 3, "no resolution"),
            Broken("Cargo.lock", "version = 9\n", 1, 1, "not known here"),
            Broken("Cargo.lock", "[[package]]\nname = \"a\"\nname = \"b\"\n", 3, 1, "twice"),
            Broken("Cargo.lock", "[[package]]\nname = \"\"\"a\"\"\"\n", 2, 10, "end of the line"),
            Broken("poetry.lock", "package = [1]\n", 1, 1, "poetry does not write"),
            Broken("poetry.lock", "[other]\n", 1, 1, "poetry does not write"),
            Broken("pdm.lock", "[other]\n", 1, 1, "pdm does not write"),
            Broken("pdm.lock", "[metadata]\nlock_version = \"5.0\"\n", 2, 16, "not known here"),
            Broken("uv.lock", "version = 2\n", 1, 11, "not known here"),
            Broken("Gemfile.lock", "<<<<<<< HEAD\nGEM\n", 1, 1, "bundler does not write"),
            Broken("Gemfile.lock", "GEM\n  specs:\n    a (1)\n", 3, 5, "without a remote"),
            Broken("Pipfile.lock", "{\"default\": {}}", 1, 1, "no _meta"),
            Broken("requirements.txt", "a==1 --hash\n", 1, 6, "without a digest"),
            Broken(
                "packages.lock.json",
                "{\"version\": 1, \"dependencies\": {\"net8.0\": {\"A\": {\"type\": \"Own\"}}}}", 1,
                58,
                "NuGet does not write"),
            Broken("uv.lock", "\u{FEFF}version = 1\n", 1, 1, "byte order mark"),
            Broken("pdm.lock", "[other]\n", 1, 1, "pdm does not write"),
            Broken("pdm.lock", "[metadata]\nlock_version = \"5.0\"\n", 2, 16, "not known here"),
            Broken("uv.lock", "version = 1\n# \u{7}\n", 2, 3, "control character"),
        ])
    func refused(broken: Broken) throws {
        let bytes = Array(broken.text.utf8)
        let format = try #require(LockfileFormat(path: broken.file, bytes: bytes))
        let error = #expect(throws: LockfileError.self) { try format.read(bytes) }
        #expect(error?.place == Place(line: broken.line, column: broken.column), "\(broken.text)")
        #expect(error?.message.contains(broken.message) == true, "\(error?.message ?? "")")
    }

    @Test func bytesThatAreNoTextAreRefused() {
        #expect(throws: LockfileError("not valid UTF-8", at: Place(line: 1, column: 2))) {
            try LockfileFormat.cargo.read([0x23, 0xFF, 0x0A])
        }
    }

    @Test(
        "a file's name says its format",
        arguments: [
            ("a/package-lock.json", "npm"), ("npm-shrinkwrap.json", "npm"),
            ("node_modules/.package-lock.json", "npm"), ("yarn.lock", "yarn-classic"),
            ("gems.locked", "bundler"), ("obj/packages.lock.json", "nuget"),
            ("dev-requirements.txt", "requirements"), ("lock.json", "-"), ("", "-"),
        ])
    func names(path: String, format: String) {
        #expect(LockfileFormat(path: path, bytes: [])?.name ?? "-" == format)
    }
}
