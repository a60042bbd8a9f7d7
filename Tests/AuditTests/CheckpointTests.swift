// Checkpoints that we sign: what they cover, what they refuse to follow, and that openssl and perl
// alone, with the lines of the documentation, come to the same answer.

import Foundation
import Testing

@testable import Audit

@Suite struct CheckpointTests {
    @Test func `a chain that begins with a key names it`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let (chain, key) = try folder.log.beginWithKey()
        #expect(key.text.hasPrefix("shimgate/\(chain.text)+"))
        #expect(try folder.lines()[0].contains("\"key\":\"\(key.text)\""))
        #expect(try folder.log.beginWithKey().key == key)
        #expect(try VerificationKey(key.text) == key)
        for name in [SigningKey.fileName, AuditLog.keyName] {
            let bits = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(bits[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `a checkpoint covers its own record, and then the log is proven`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let key = try folder.log.beginWithKey().key
        for _ in 0..<5 { try folder.log.append(sample()) }
        let note = try folder.log.checkpoint()
        let checkpoint = try key.checkpoint(in: note)
        #expect(checkpoint.lines == 7)
        let found = Verifier.verify(directory: folder.path, checkpoint: checkpoint)
        #expect(found.summary == "proven")
        #expect(found.exitCode() == 0)
        #expect(try folder.log.checkpoint() == note)
        try folder.log.append(sample())
        let later = Verifier.verify(directory: folder.path, checkpoint: checkpoint)
        #expect(later.summary == "intact, incomplete; unanchored tail 1")
        let second = try key.checkpoint(in: try folder.log.checkpoint())
        #expect(second.lines == 9)
        #expect(try folder.lines()[8].contains("\"previous\":\"shimgate/"))
    }

    @Test func `a checkpoint spans segments, and a later segment is proven by itself`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let key = try folder.log.beginWithKey().key
        for _ in 0..<6 {
            for _ in 0..<3 { try folder.log.append(sample()) }
            try folder.log.rotate()
        }
        let early = try key.checkpoint(in: try folder.log.checkpoint())
        try folder.log.append(sample())
        let checkpoint = try key.checkpoint(in: try folder.log.checkpoint())
        #expect(
            Verifier.verify(directory: folder.path, checkpoint: checkpoint).summary == "proven")
        let some = Array(folder.segments.dropFirst(3))
        let later = Verifier.verify(some, checkpoint: checkpoint)
        #expect(later.summary == "intact, incomplete")
        #expect(later.claims.contains { $0.standing == .proved && $0.statement.contains("signs") })
        // The tree that a segment claims to stand on cannot be another one.
        let text = String(decoding: try folder.bytes(some[0]), as: UTF8.self)
        #expect(text.contains("\"tree\":\""))
        #expect(Verifier.verify(some, checkpoint: early).exitCode() == 3)
        let first = Verifier.verify(Array(folder.segments.prefix(2)), checkpoint: checkpoint)
        #expect(first.verdict == .tampered(.truncated(have: 10, checkpoint: checkpoint.lines)))
    }

    @Test func `nothing is signed over a changed log or beside an earlier checkpoint`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        _ = try folder.log.beginWithKey()
        for _ in 0..<4 { try folder.log.append(sample()) }
        let before = try folder.log.checkpoint()
        let log = try folder.bytes(folder.logFile)
        try folder.log.append(sample("npm view changed"))
        var changed = try folder.bytes(folder.logFile)
        changed[900] ^= 1
        try folder.write(changed, folder.logFile)
        #expect(reason { try folder.log.checkpoint() }.contains("does not verify"))
        // Another chain of the same key: all of it hangs together, and it is not what was signed.
        try folder.write(log, folder.logFile)
        let other = try Scratch()
        defer { other.remove() }
        for name in [SigningKey.fileName, AuditLog.keyName] {
            try other.write(folder.bytes(folder.file(name)), other.file(name))
            #expect(chmod(other.file(name), 0o600) == 0)
        }
        for _ in 0..<9 { try other.log.append(sample()) }
        #expect(
            reason { try other.log.checkpoint(kept: [before]) }.contains("is not a prefix"))
        try other.write(before, other.file(AuditLog.checkpointName))
        #expect(reason { try other.log.checkpoint() }.contains("the last checkpoint"))
        #expect(reason { try Scratch().log.checkpoint() }.contains("no signing key"))
    }

    @Test func `a key that others can read signs nothing`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        _ = try folder.log.beginWithKey()
        #expect(chmod(folder.file(SigningKey.fileName), 0o640) == 0)
        #expect(reason { try folder.log.checkpoint() }.contains("others can read it"))
    }

    @Test func `a checkpoint is due after 100 lines and after a seal`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        try folder.log.append(sample())
        #expect(!folder.log.isCheckpointDue)
        _ = try folder.log.beginWithKey()
        #expect(!folder.log.isCheckpointDue)
        for _ in 0..<100 { try folder.log.append(sample()) }
        #expect(folder.log.isCheckpointDue)
        _ = try folder.log.checkpoint()
        #expect(!folder.log.isCheckpointDue)
        try folder.log.rotate()
        #expect(folder.log.isCheckpointDue)
        _ = try folder.log.checkpoint()
        #expect(!folder.log.isCheckpointDue)
    }

    @Test func `strangers' lines on record do not stop the signing of later ones`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        let key = try folder.log.beginWithKey().key
        try folder.smuggle("stranger\n")
        let checkpoint = try key.checkpoint(in: try folder.log.checkpoint())
        let found = Verifier.verify(directory: folder.path, checkpoint: checkpoint)
        #expect(found.exitCode() == 1)
        #expect(found.summary.contains("foreign, recorded"))
    }

    // MARK: Stock programs

    static let hasPrograms =
        (try? run("/usr/bin/perl", ["-MDigest::SHA", "-MMIME::Base64", "-e", "1"]).status) == 0
        && (try? run("/usr/bin/openssl", ["version"]).status) == 0

    /// The commands of docs/audit.md between two marks.
    private func documented(_ mark: String) throws -> String {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/audit.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let from = try #require(text.range(of: "<!-- \(mark) -->"))
        let to = try #require(text.range(of: "<!-- /\(mark) -->"))
        return text[from.upperBound..<to.lowerBound].split(separator: "\n")
            .filter { $0.hasPrefix("    ") }.joined(separator: "\n")
    }

    private func shell(_ text: String, in folder: Scratch) throws -> Ending {
        try run("/bin/sh", ["-ec", "cd \"$1\"\n" + text, "sh", folder.path])
    }

    @Test(.enabled(if: hasPrograms, "perl with Digest::SHA, openssl"))
    func `openssl and perl verify a checkpoint as documented`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        _ = try folder.log.beginWithKey()
        for step in 0..<37 {
            try folder.log.append(sample("npm view x\(step)"))
            if step % 10 == 9 { try folder.log.rotate() }
        }
        _ = try folder.log.checkpoint()
        let commands = try documented("checkpoint")
        let good = try shell(commands, in: folder)
        #expect(good.status == 0, "\(good.complaint)")
        #expect(good.output.contains("Signature Verified Successfully"))
        let root = String(
            decoding: try folder.bytes(folder.file("audit.checkpoint")), as: UTF8.self
        )
        .split(separator: "\n")[2]
        #expect(good.output.split(separator: "\n").contains(root), "\(good.output)")
        // With a byte changed neither agrees.
        var note = try folder.bytes(folder.file("audit.checkpoint"))
        note[45] ^= 1
        try folder.write(note, folder.file("audit.checkpoint"))
        let bad = try shell(commands, in: folder)
        #expect(!bad.output.contains("Signature Verified Successfully"))
    }

    @Test(.enabled(if: hasPrograms, "perl with Digest::SHA, openssl"))
    func `the documented one-liner reads all segments`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        for _ in 0..<12 {
            try folder.log.append(sample())
            try folder.log.rotate()
        }
        let found = try shell(try documented("segments"), in: folder)
        let state = folder.verifyAll()
        #expect(found.output == "\(state.records) \(state.lastHash.hexadecimal)\n")
    }

    @Test(.enabled(if: hasPrograms, "perl with Digest::SHA, openssl"))
    func `a time stamp is asked for and taken in as openssl does it`() throws {
        let folder = try Scratch()
        defer { folder.remove() }
        _ = try folder.log.beginWithKey()
        try folder.log.append(sample())
        let note = try folder.log.checkpoint()
        try folder.write(
            TimeStamp.request(for: note, nonce: [0x80, 1, 2, 3, 4, 5, 6, 7]),
            folder.file("request.tsq"))
        let authority = """
            openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 2 \
                -subj /CN=tsa -addext 'extendedKeyUsage=critical,timeStamping' 2>/dev/null
            echo 01 >serial
            cat >tsa.cnf <<'CNF'
            [tsa]
            default_tsa = main
            [main]
            serial = serial
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256
            CNF
            openssl ts -query -in request.tsq -text
            openssl ts -reply -config tsa.cnf -queryfile request.tsq -signer tsa.pem \
                -inkey tsa.key -out reply.tsr 2>/dev/null
            openssl ts -verify -data audit.checkpoint -in reply.tsr -CAfile tsa.pem 2>&1
            """
        let reply = try shell(authority, in: folder)
        #expect(reply.output.contains("Verification: OK"), "\(reply.output)\(reply.complaint)")
        #expect(reply.output.contains("Hash Algorithm: sha256"))
        let token = try folder.bytes(folder.file("reply.tsr"))
        let stamp = try TimeStamp(token, for: note)
        #expect(stamp.time.hasSuffix("Z"))
        #expect(throws: TimeStampError.otherNote) {
            try TimeStamp(token, for: note + [0x0A])
        }
        #expect(throws: TimeStampError.malformed) {
            try TimeStamp(Array(token.dropLast(9)), for: note)
        }
    }

    private func reason(_ work: () throws -> [UInt8]) -> String {
        do {
            _ = try work()
            return "signed"
        } catch let error as CheckpointError {
            return error.reason
        } catch {
            return "\(error)"
        }
    }
}
