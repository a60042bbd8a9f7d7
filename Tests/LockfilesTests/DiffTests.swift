// What is said of two lockfiles, and that tampering at one version is never said mildly.

import Foundation
import GateCore
import Testing

@testable import Lockfiles

@Suite struct DiffTests {
    struct Edit: Sendable, CustomTestStringConvertible {
        let folder: String
        let old: String
        let new: String
        let kind: LockfileChange.Kind
        let detail: String

        var testDescription: String { "\(folder): \(old) -> \(new)" }

        init(
            _ folder: String, _ old: String, _ new: String, _ kind: LockfileChange.Kind,
            _ detail: String
        ) {
            (self.folder, self.old, self.new, self.kind) = (folder, old, new, kind)
            self.detail = detail
        }
    }

    @Test("a lockfile does not differ from itself", arguments: Fixture.all)
    func same(fixture: Fixture) throws {
        let lockfile = try fixture.lockfile()
        #expect(LockfileDiff(from: lockfile, to: lockfile).changes.isEmpty)
    }

    @Test(
        "a change is what it is called",
        arguments: [
            Edit("npm-v3", "sha512-BDCG", "sha512-ADCG", .replaced, "integrity was sha512-BDCG"),
            Edit(
                "npm-v3", "registry.npmjs.org/right/", "evil.example/right/", .replaced,
                "address was"),
            Edit(
                "npm-v3",
                "      \"integrity\": \"sha512-BDCGySYhID8ZYaWjqB7fHr+YYglEokFnBzUV4ymrqZ5bJBlL9m5B6DgCpZEfVDCQcT7p6aUXRe63hfvVHtAaXg==\",\n",
                "", .replaced, "is gone"),
            Edit(
                "npm-v3", "\"version\": \"2.0.0\"", "\"version\": \"2.0.1\"", .changed,
                "runs install scripts"),
            Edit("npm-v3", "      \"hasInstallScript\": true,\n", "", .refined, "no longer runs"),
            Edit("yarn-classic", "2.0.0.tgz#ffc6", "2.0.0.tgz#0fc6", .replaced, "address was"),
            Edit(
                "yarn-berry", "checksum: f97a", "checksum: 097a", .replaced,
                "integrity was yarn-8-f97a"),
            Edit(
                "pnpm-v5", "resolution: {integrity: sha512-",
                "resolution: {registry: 'https://evil.example/', integrity: sha512-", .replaced,
                "registry was not recorded"),
            Edit("pip", "sha256:1e61", "sha256:0e61", .replaced, "integrity was sha256-1e61"),
            Edit(
                "pipenv", "https://pypi.org/simple", "https://evil.example/simple", .replaced,
                "registry was"),
            Edit(
                "uv", "hash = \"sha256:028f", "hash = \"sha256:128f", .replaced,
                "integrity of https://files"),
            Edit(
                "poetry", "hash = \"sha256:1e61", "hash = \"sha256:0e61", .replaced,
                "integrity of six-1.16.0.tar.gz"),
            Edit(
                "cargo", "checksum = \"2704", "checksum = \"1704", .replaced,
                "integrity was sha256-2704"),
            Edit(
                "cargo",
                "version = \"2.1.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"",
                "version = \"2.1.0\"\nsource = \"sparse+https://evil.example/\"", .replaced,
                "registry was"),
            Edit(
                "bundler", "remote: https://rubygems.org/", "remote: https://evil.example/",
                .replaced, "registry was"),
            Edit("nuget", "\"resolved\": \"1.0.2\"", "\"resolved\": \"1.0.3\"", .changed, ""),
        ])
    func called(edit: Edit) throws {
        let fixture = try Fixture.named(edit.folder)
        let text = try fixture.text
        let range = try #require(text.range(of: edit.old), "the fixture has no such text")
        let new = try fixture.read(text.replacingCharacters(in: range, with: edit.new))
        let diff = LockfileDiff(from: try fixture.lockfile(), to: new)
        let change = try #require(diff.changes.first, "no change")
        #expect(change.kind == edit.kind)
        let isSaid = change.details.contains {
            $0.hasPrefix(edit.detail) || $0.hasSuffix(edit.detail)
        }
        #expect(edit.detail.isEmpty || isSaid, "\(change.details)")
    }

    @Test("packages that come and go are listed, the gravest kind first")
    func comeAndGo() throws {
        let text = """
            left==1.0.0 --hash=sha256:\(String(repeating: "a", count: 64))
            inner==1.0.0 --hash=sha256:\(String(repeating: "b", count: 64))
            gone==1.0.0 --hash=sha256:\(String(repeating: "c", count: 64))

            """
        let after = """
            come==1.0.0 --hash=sha256:\(String(repeating: "c", count: 64))
            Left==1.1.0 --hash=sha256:\(String(repeating: "a", count: 64))
            inner==1.0.0 --hash=sha256:\(String(repeating: "d", count: 64))

            """
        let format = LockfileFormat.requirements
        let diff = LockfileDiff(
            from: try format.read(Array(text.utf8)), to: try format.read(Array(after.utf8)))
        #expect(
            diff.changes.map { "\($0.kind.name) \($0.name)" } == [
                "replaced inner", "changed Left", "added come", "removed gone",
            ])
        #expect(diff.hasReplaced)
    }

    @Test("the order of a file's entries is no change")
    func order() throws {
        let one = "a==1 --hash=sha256:\(String(repeating: "a", count: 64))\n"
        let two = "b==2 --hash=sha256:\(String(repeating: "b", count: 64))\n"
        let format = LockfileFormat.requirements
        let left = try format.read(Array((one + two).utf8))
        let right = try format.read(Array((two + one).utf8))
        #expect(LockfileDiff(from: left, to: right).changes.isEmpty)
    }
}
