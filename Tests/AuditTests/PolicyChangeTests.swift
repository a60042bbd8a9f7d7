// A policy that changed between two decisions is a record of its own, before the second.

import Foundation
import Testing

@testable import Audit

@Suite struct PolicyChangeTests {
    private func basis(_ text: String, managed: String? = nil) -> PolicyBasis {
        var files: [PolicyBasis.File] = []
        if let managed {
            files.append(
                .init(
                    layer: "managed", path: "/etc/shimgate/policy.json",
                    digest: Digest(of: Array(managed.utf8))))
        }
        files.append(
            .init(
                layer: "install", path: "/opt/etc/shimgate/policy.json",
                digest: Digest(of: Array(text.utf8))))
        return PolicyBasis(files: files)
    }

    private func decision(_ basis: PolicyBasis?) throws -> DecisionRecord {
        var record = try sample()
        record.policy = .init(sha256: basis?.digest.hexadecimal ?? "", basis: basis)
        return record
    }

    private func types(_ folder: Scratch) throws -> [String] {
        try folder.lines().map { line in
            let fields = try #require(
                try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return fields["type"] as? String ?? ""
        }
    }

    @Test("the first decision records no change, and neither does the same policy again")
    func unchanged() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<3 { try folder.log.append(decision(basis("a"))) }
        #expect(try types(folder) == ["chain.open", "decision", "decision", "decision"])
    }

    @Test("a change is recorded once, with both digests and the files, and the chain stays whole")
    func changed() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(decision(basis("a")))
        let second = try folder.log.append(decision(basis("b", managed: "m")))
        try folder.log.append(decision(basis("b", managed: "m")))
        #expect(
            try types(folder) == [
                "chain.open", "decision", "policy.changed", "decision", "decision",
            ])
        #expect(second.number == 4)
        let line = try folder.lines()[2]
        let fields = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let policy = try #require(fields["policy"] as? [String: Any])
        #expect(policy["before"] as? String == basis("a").digest.hexadecimal)
        #expect(policy["sha256"] as? String == basis("b", managed: "m").digest.hexadecimal)
        let files = try #require(policy["files"] as? [[String: String]])
        #expect(files.map { $0["layer"] } == ["managed", "install"])
        #expect(files.last?["sha256"] == Digest(of: Array("b".utf8)).hexadecimal)
        #expect(fields["by"] as? String == "seen")
        #expect(folder.verify().summary == "intact, unanchored")
    }

    @Test("what speaks of no policy changes nothing, also across segments")
    func others() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let first = try folder.log.append(decision(basis("a")))
        try folder.log.append(sample())
        try folder.log.append(OutcomeRecord(ref: first.id, ending: .exit(0), milliseconds: 1))
        try folder.log.rotate()
        try folder.log.append(decision(basis("a")))
        try folder.log.append(decision(basis("b")))
        #expect(
            try types(folder) == ["chain.open", "decision", "policy.changed", "decision"])
        #expect(folder.verifyAll().summary == "intact, unanchored")
    }

    @Test("a head keeps the digest, and one without it is read as before")
    func head() throws {
        var head = Head(chain: try ChainID())
        for policy in [nil, Digest(of: [1]), nil] {
            head.policy = policy
            let slot = head.next()
            var page = [UInt8](repeating: 0, count: Head.pageSize)
            page.replaceSubrange(slot.offset..<slot.offset + slot.bytes.count, with: slot.bytes)
            guard case .head(let read) = Head.read(page) else {
                Issue.record("no head")
                continue
            }
            #expect(read == head)
            page[slot.offset + slot.bytes.count - 40] ^= 1
            guard case .damaged = Head.read(page) else {
                Issue.record("a damaged head was read")
                continue
            }
        }
    }
}
