// What uv says it would change, and where it would fetch that from.

import GateCore
import Testing

@testable import Lockfiles

@Suite("Changes of uv and their files")
struct ResolvedUvTests {
    private let digest = String(repeating: "ab", count: 32)

    private func changes(
        _ items: String, schema: String = "preview", trial: String = "true", said: String = ""
    ) throws -> UvChanges {
        let text =
            #"{"schema": {"version": "\#(schema)"}, "changes": [\#(items)], "dry_run": \#(trial)}"#
        return try ResolvedReport.uv(Array(text.utf8), said: Array(said.utf8))
    }

    @Test("What comes and what goes is told apart")
    func actions() throws {
        let found = try changes(
            """
            {"name": "Left.Pad", "version": "1.0", "action": "uninstalled"},
            {"name": "Left.Pad", "version": "2.0", "action": "installed"},
            {"name": "old", "version": "1", "action": "uninstalled"}
            """)
        #expect(found.coming.map(\.package.title) == ["left-pad@2.0"])
        #expect(found.leaving.map(\.title) == ["left-pad@1.0", "old@1"])
    }

    @Test("A package without a version is where uv says it is")
    func places() throws {
        let item = #"{"name": "own", "action": "installed"}"#
        let own = try changes(item, said: "Would\n + own @ file:///p/a%20b\n - own==1 (from x)\n")
        #expect(own.coming[0].package.source == .path)
        #expect(own.coming[0].path == "/p/a b")
        let far = try changes(item, said: " + own @ https://h/own-1.whl\n")
        #expect(far.coming[0].package.source == .url)
        for said in ["", " + other @ file:///p\n", " + own @ file:///p\n + own @ file:///q\n"] {
            #expect(throws: ResolvedFault.self) { try self.changes(item, said: said) }
        }
    }

    @Test(
        "What no such uv writes is refused",
        arguments: [
            #"{"name": "a", "version": "1", "action": "reinstalled"}"#,
            #"{"name": "a b", "version": "1", "action": "installed"}"#,
            #"{"name": "a", "version": "1 --pre", "action": "installed"}"#,
            #"{"name": "a", "version": "1"}"#, #"{"version": "1", "action": "installed"}"#,
        ])
    func refused(_ item: String) {
        #expect(throws: ResolvedFault.self) { try self.changes(item) }
    }

    @Test("Another schema, a line that has installed, and no answer at all are refused")
    func forms() {
        #expect(throws: ResolvedFault.self) { try self.changes("", schema: "2") }
        #expect(throws: ResolvedFault.self) { try self.changes("", trial: "false") }
        #expect(throws: ResolvedFault.self) { try ResolvedReport.uv([], said: []) }
    }

    private func pylock(_ lines: String, version: String = "1.0") throws -> [ResolvedPackage] {
        let head = """
            lock-version = "\(version)"
            created-by = "uv"
            requires-python = ">=3.11.7"

            [[packages]]
            name = "left-pad"
            version = "1.0"

            """
        return try ResolvedReport.pylock(Array((head + lines + "\n").utf8))
    }

    private func wheel(_ address: String) -> String {
        "{ url = \"\(address)\", upload-time = 2020-01-01T00:00:00Z, "
            + "hashes = { sha256 = \"\(digest)\" } }"
    }

    @Test("A pin has its address, file, digest and time, and is handed back as such")
    func pin() throws {
        let address = "https://h/f/left_pad-1.0-py3-none-any.whl"
        let found = try pylock("wheels = [\(wheel(address))]")
        let one = try #require(found.first)
        #expect(one.file == "left_pad-1.0-py3-none-any.whl")
        #expect(one.digest?.text == "sha256-\(digest)")
        #expect(one.published == "2020-01-01T00:00:00Z")
        #expect(one.path == nil)
        let again = try ResolvedReport.pylock(ResolvedPackage.pylock(found))
        #expect(again.map(\.address) == [address])
        #expect(again.map(\.digest?.value) == [digest])
        let local = try pylock("wheels = [\(wheel("file:///p/left_pad-1.0-py3-none-any.whl"))]")
        #expect(local.first?.path == "/p/left_pad-1.0-py3-none-any.whl")
    }

    @Test("Of several files for this machine each is handed back")
    func several() throws {
        let one = wheel("https://h/left_pad-1.0-cp311-cp311-any.whl")
        let other = wheel("https://h/left_pad-1.0-py3-none-any.whl")
        let found = try pylock("wheels = [\(one), \(other)]")
        #expect(found.map(\.others.count) == [1])
        #expect(try ResolvedReport.pylock(ResolvedPackage.pylock(found)).first?.others.count == 1)
    }

    @Test("A pin of no file or from elsewhere is refused")
    func unclear() throws {
        let one = wheel("https://h/left_pad-1.0-py3-none-any.whl")
        for lines in ["", "wheels = []", "vcs = { type = \"git\" }"] {
            #expect(throws: ResolvedFault.self) { try self.pylock(lines) }
        }
        #expect(throws: ResolvedFault.self) { try self.pylock("wheels = [\(one)]", version: "2.0") }
        let source = try pylock("sdist = \(wheel("https://h/left_pad-1.0.tar.gz"))")
        #expect(source.first?.isOwnWheel == false)
    }
}
