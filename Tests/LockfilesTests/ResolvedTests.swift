// What pip and gem say they would install, read as what is judged.

import GateCore
import Testing

@testable import Lockfiles

@Suite("Packages that would be installed")
struct ResolvedTests {
    private let digest = String(repeating: "ab", count: 32)

    private func item(_ changes: (String, String) = ("", "")) -> String {
        let text = """
            {"download_info": {"url": "https://files.pythonhosted.org/p/Left_Pad-1.0-py3-none-any.whl",
            "archive_info": {"hash": "sha256=\(digest)", "hashes": {"sha256": "\(digest)"}}},
            "is_direct": false, "requested": true,
            "metadata": {"name": "Left.Pad", "version": "1.0"}}
            """
        guard !changes.0.isEmpty, let range = text.firstRange(of: changes.0) else { return text }
        return text.replacingCharacters(range, changes.1)
    }

    private func read(_ item: String) throws -> [ResolvedPackage] {
        try ResolvedReport.pip(Array(#"{"version": "1", "install": [\#(item)]}"#.utf8))
    }

    @Test("A package has its normalised name, address, file and digest")
    func package() throws {
        let found = try #require(try read(item()).first)
        #expect(found.package.purl == "pkg:pypi/left-pad@1.0")
        #expect(found.file == "Left_Pad-1.0-py3-none-any.whl")
        #expect(found.digest?.text == "sha256-\(digest)")
        #expect(found.isOwnWheel)
        #expect(found.isPlainAddress)
        #expect(found.isAt([RegistryBase("https://pypi.org/simple")].compactMap { $0 }))
        #expect(!found.isAt([RegistryBase("https://pypi.example")].compactMap { $0 }))
    }

    @Test(
        "What no pip writes is refused",
        arguments: [
            ("\"Left.Pad\"", "\"left pad\""), ("\"Left.Pad\"", "\"-r\""),
            ("\"1.0\"}}", "\"1.0 \"}}"),
            ("\"1.0\"}}", "\"1.0\\n\"}}"), ("https://files", "https:\\\\files"),
            ("Left_Pad-1.0-py3-none-any.whl", "a%2Fb.whl"),
            ("Left_Pad-1.0-py3-none-any.whl", "..%2fx.whl"), ("\"is_direct\": false,", ""),
            ("\"archive_info\"", "\"unknown_info\""),
        ])
    func refused(_ change: (String, String)) {
        #expect(throws: ResolvedFault.self) { try self.read(self.item(change)) }
    }

    @Test("A wheel of another name is not the package's own")
    func otherWheel() throws {
        let found = try read(item(("Left_Pad-1.0", "right-1.0")))
        #expect(found.first?.isOwnWheel == false)
    }

    @Test("A digest of another kind is none")
    func weakDigest() throws {
        let weak = item(
            ("\"hash\": \"sha256=\(digest)\", \"hashes\": {\"sha256\"", "\"hashes\": {\"md5\""))
        #expect(try read(weak).first?.digest == nil)
    }

    @Test("Folders and archives by path are told apart from what a registry has")
    func direct() throws {
        let folder = """
            {"download_info": {"url": "file:///p/my%20code", "dir_info": {"editable": true}},
            "is_direct": true, "requested": true, "metadata": {"name": "mine", "version": "1"}}
            """
        let found = try #require(try read(folder).first)
        #expect(found.package.source == .path)
        #expect(found.path == "/p/my code")
        #expect(found.isEditable)
        #expect(found.file.isEmpty)
    }
}

extension String {
    fileprivate func firstRange(of text: String) -> Range<Int>? {
        let (whole, part) = (Array(utf8), Array(text.utf8))
        guard part.count <= whole.count else { return nil }
        for start in 0...(whole.count - part.count)
        where whole[start..<start + part.count].elementsEqual(part) {
            return start..<start + part.count
        }
        return nil
    }

    fileprivate func replacingCharacters(_ range: Range<Int>, _ text: String) -> String {
        var bytes = Array(utf8)
        bytes.replaceSubrange(range, with: Array(text.utf8))
        return String(decoding: bytes, as: UTF8.self)
    }
}
