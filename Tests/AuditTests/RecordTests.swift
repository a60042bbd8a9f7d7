// The form of a record: bounded whatever is in it, ASCII, and one that every JSON reader reads
// alike. The same strings go in everywhere, so no field can be forgotten.
// The Merkle tree is checked against its definition.

import Foundation
import GateCore
import StrictJSON
import Testing

@testable import Audit

@Suite struct RecordTests {
    static let hostile: [String] = [
        "", "plain", "\"quoted\" \\ and \n\t\r\u{0}\u{1B}[2J", "\u{7F}\u{80}\u{85}\u{2028}\u{202E}",
        "日本語 ✂ 🦑", String(repeating: "\u{1F991}", count: 3_000),
        String(repeating: "\u{0}", count: 9_000), String(repeating: "a", count: 20_000),
    ]

    @Test(arguments: hostile)
    func `whatever the words are, the line fits and can be read`(text: String) throws {
        var record = try DecisionRecord(
            kind: .approvalRequested, action: text, tool: text, operation: text, command: text,
            argv: [.text(text), .bytes([0xFF, 0x00]), .text(text)], effect: text)
        record.ref = text
        record.user = text
        record.agent = .init(name: text, session: text, task: text, source: text)
        record.real = text
        record.cwd = text
        record.rule = text
        record.layer = text
        record.reason = text
        record.message = text
        record.launch = text
        record.parents = [text, text]
        record.repository = .init(url: text, revision: text)
        record.artifact = .init(name: text, version: text, scope: text, tag: text, registry: text)
        record.policy = .init(sha256: text, version: text, profile: text)
        record.injected = [text, text]
        record.stripped = Array(repeating: "A_NAME", count: 400)
        record.ignored = [text]
        let entry = record.entry()
        #expect(entry.fields.count <= Entry.longestFields)
        var line = LineText(capacity: 0)
        _ = entry.write(
            number: Entry.greatestNumber, time: Int.max, previous: .zero, to: &line)
        #expect(line.bytes.count <= Entry.longestLine + 1)
        let json = try JSON.parse(Array(line.bytes.dropLast()))
        #expect(json["argc"]?.integer == 3)
        #expect(json["cut"]?.array?.contains { $0.string == "stripped" } == true)
        if text.utf8.count < 100 {
            #expect(json["reason"]?.string == text)
            #expect(json["argv"]?.array?[2].string == text)
            #expect(json["argv"]?.array?[1]["b64"]?.string == "/wA=")
            #expect(json["argvTruncated"] == nil)
        } else {
            #expect(json["argvTruncated"]?.bool == true)
        }
        line.bytes.withUnsafeBytes { bytes in
            let line = UnsafeRawBufferPointer(rebasing: bytes.dropLast())
            #expect(Frame(line) != nil)
            #expect(LineStructure.flaw(of: line) == nil)
        }
    }

    @Test func `a long argv loses its tail`() throws {
        let argv = (0..<2_000).map { DecisionRecord.Argument.text("argument-\($0)") }
        let record = try DecisionRecord(
            action: "shell.exec", tool: "pip", operation: "install", command: "pip install",
            argv: argv, effect: "allow")
        var line = LineText(capacity: 0)
        _ = record.entry().write(number: 7, time: 0, previous: .zero, to: &line)
        let json = try JSON.parse(Array(line.bytes.dropLast()))
        #expect(json["argc"]?.integer == 2_000)
        #expect(json["argvTruncated"]?.bool == true)
        #expect((json["argv"]?.array?.count ?? 0) > 300)
        #expect(json["effect"]?.string == "allow")
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"),
        (951_782_399_999_999_999, "2000-02-28T23:59:59.999999Z"),
        (951_782_400_000_001_000, "2000-02-29T00:00:00.000001Z"),
        (1_770_997_233_123_456_789, "2026-02-13T15:40:33.123456Z"),
        (4_102_444_800_000_000_000, "2100-01-01T00:00:00.000000Z"),
    ])
    func `time is RFC 3339 in UTC`(nanoseconds: Int, text: String) {
        var line = LineText(capacity: 32)
        line.time(nanoseconds)
        #expect(String(decoding: line.bytes, as: UTF8.self) == text)
    }

    @Test func `a record's name is a UUID of version 7`() throws {
        let first = try RecordID().text
        let second = try RecordID().text
        #expect(first != second)
        #expect(first.utf8.count == 36)
        let digits = Array(first)
        #expect(digits[14] == "7")
        #expect("89ab".contains(digits[19]))
    }

    @Test(arguments: [
        ("{\"a\":1,\"a\":2}", Flaw.duplicateKey), ("{\"a\":{\"b\":1,\"b\":2}}", .duplicateKey),
        ("{\"a\":1.5}", .format), ("{\"a\":1e5}", .format), ("{\"a\":01}", .format),
        ("{\"a\":\"\\ud800\"}", .format), ("{\"a\":\"\\udc00\\ud800\"}", .format),
        ("{\"a\":\"\\x\"}", .format), ("{\"\\u0061\":1}", .format), ("{\"a\":1,}", .format),
        ("{\"a\" :1}", .format), ("{\"a\":1}x", .format), ("{\"a\":[1,2}", .format),
        ("[[[[[[[[[1]]]]]]]]]", .format), ("{\"a\":tru}", .format), ("{\"a\":\"b", .format),
    ])
    func `what readers could read differently is a flaw`(text: String, flaw: Flaw) {
        let found = Array(text.utf8).withUnsafeBytes { LineStructure.flaw(of: $0) }
        #expect(found == flaw)
    }

    @Test(arguments: [
        "{}", "{\"a\":{\"b\":1},\"b\":{\"b\":1}}", "{\"a\":[{\"b\":1},{\"b\":-20}]}",
        "{\"a\":\"\\ud83e\\udd91\\n\\\"\",\"b\":null,\"c\":[true,false]}",
    ])
    func `strict JSON without surprises has no flaw`(text: String) {
        #expect(Array(text.utf8).withUnsafeBytes { LineStructure.flaw(of: $0) } == nil)
    }

    @Test(arguments: ["prev", "hash", "seq", "type", "v", "time"])
    func `a name of the frame cannot stand in the fields again`(name: String) {
        let entry = Entry(type: .decision, fields: Array(",\"a\":1,\"\(name)\":\"x\"".utf8))
        var line = LineText(capacity: 0)
        _ = entry.write(number: 2, time: 0, previous: .zero, to: &line)
        let keys = LineStructure.Keys()
        line.bytes.dropLast().withUnsafeBytes { bytes in
            let facts = LineFacts(bytes, keys, isLeafWanted: false)
            #expect(facts.hasRightHash)
            #expect(facts.flaw == .duplicateKey)
        }
    }

    @Test func `every kind of record is a line of its own form`() throws {
        let ref = try RecordID()
        var packages: [PackagesRecord.Package] = []
        for step in 0..<200 {
            var package = PackagesRecord.Package(purl: "pkg:npm/p\(step)@1.0.0", status: "added")
            package.integrity = "sha512-" + String(repeating: "A", count: 86) + "=="
            packages.append(package)
        }
        packages.append(.init(purl: "pkg:npm/made-up", status: "not_found"))
        var approval = ApprovalRecord(.granted, ref: ref, request: "r-1")
        approval.by = "uid:1000"
        approval.reason = String(repeating: "\u{202E}", count: 3_000)
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(PackagesRecord(ref: ref, packages: packages))
        for kind in [ApprovalRecord.Kind.granted, .denied, .expired, .consumed] {
            approval.kind = kind
            try folder.log.append(approval)
        }
        try folder.log.append(
            PolicyChangedRecord(before: nil, after: "ab", path: "/etc/x", by: "policy import"))
        try folder.log.append(TrailErrorRecord(code: "outcome", message: "lost", ref: ref))
        try folder.log.append(OutcomeRecord(ref: ref, ending: .signal(9), milliseconds: 3))
        #expect(folder.verify().summary == "intact, unanchored")
        let lines = try folder.lines()
        let parts = try lines.compactMap { line -> JSON? in
            let json = try JSON.parse(Array(line.utf8))
            return json["type"]?.string == "outcome.packages" ? json : nil
        }
        #expect(parts.count > 3)
        #expect(parts.allSatisfy { $0["parts"]?.integer == parts.count })
        #expect(parts.reduce(0) { $0 + ($1["packages"]?.array?.count ?? 0) } == 201)
        #expect(lines.contains { $0.contains("\"status\":\"not_found\"") })
        for type in ["approval.granted", "approval.expired", "policy.changed", "audit.error"] {
            #expect(lines.contains { $0.contains("\"type\":\"\(type)\"") }, "\(type)")
        }
    }

    @Test func `a supervised decision without an outcome is missed`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        var record = try sample()
        record.launch = "supervise"
        let key = try folder.log.beginWithKey().key
        let first = try folder.log.append(record)
        let missing = folder.verify()
        #expect(missing.summary == "intact, unanchored; missing outcomes 1")
        #expect(missing.exitCode(acceptingUnanchored: true) == 3)
        let checkpoint = try key.checkpoint(in: folder.log.checkpoint())
        #expect(
            Verifier.verify(directory: folder.path, checkpoint: checkpoint).summary
                == "intact, incomplete; missing outcomes 1")
        try folder.log.append(OutcomeRecord(ref: first.id, ending: .exit(0), milliseconds: 1))
        #expect(folder.verify().summary == "intact, unanchored")
    }

    @Test func `argv that is not UTF-8 is kept byte for byte unless it holds a secret`() {
        let argv: [[UInt8]] = [
            Array("npm".utf8), [0x78, 0xFF], Array("--otp".utf8), Array("123456".utf8),
            Array("https://u:pw@h/".utf8) + [0xFE],
        ]
        let recorded = DecisionRecord.Argument.recorded(argv, tool: "npm")
        #expect(
            recorded == [
                .text("npm"), .bytes([0x78, 0xFF]), .text("--otp"), .text("[redacted:arg]"),
                .text("https://[redacted:userinfo]@h/"),
            ])
    }

    @Test func `the frontier's root is the tree's root`() {
        func root(_ leaves: ArraySlice<Digest>) -> Digest {
            if leaves.count == 1, let only = leaves.first { return only }
            var half = 1
            while half * 2 < leaves.count { half *= 2 }
            var hashing = Hashing()
            hashing.add(0x01)
            hashing.add(root(leaves.prefix(half)))
            hashing.add(root(leaves.dropFirst(half)))
            return hashing.finish()
        }
        var frontier = MerkleFrontier()
        var leaves: [Digest] = []
        for step in 0..<70 {
            var hashing = MerkleFrontier.leafHashing()
            hashing.add(UInt8(step))
            leaves.append(hashing.finish())
            frontier.append(leaf: leaves[step])
            #expect(frontier.root == root(leaves[...]), "\(step + 1) leaves")
        }
    }
}
