// The key that signs checkpoints: `audit.key`, a PKCS#8 PEM file for its owner only, so that stock
// openssl reads it, and `audit.vkey`, the text that a verifier needs. A chain has a key of its own,
// and the key's name names the chain, because a checkpoint's first line has to be unique to one log.
//
// In file mode the agent's own user can read the key. Signing with it says nothing about who wrote a
// record; a checkpoint that is kept elsewhere says what the records were at that time.

internal import Platform

/// The key pair of a chain.
public struct SigningKey: Sendable {
    /// The name of the file that holds the private half.
    public static let fileName = "audit.key"

    public let verification: VerificationKey
    private let seed: [UInt8]

    /// Ed25519 in PKCS#8 (RFC 8410 §7): what stands before the 32 bytes of the seed.
    private static let pkcs8: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ]

    init(name: String, seed: [UInt8]) throws(CheckpointError) {
        guard let key = Ed25519.publicKey(of: seed) else { throw .keyUnusable }
        verification = VerificationKey(name: name, key: key)
        self.seed = seed
    }

    /// Reads the key of a chain's directory; nil where it has none.
    public init?(directory: String) throws(CheckpointError) {
        let text: [UInt8]
        let published: [UInt8]
        do throws(WholeFile.Failure) {
            let file = try WholeFile("\(directory)/\(SigningKey.fileName)", limit: 4_096)
            guard file.status.owner == effectiveUser, file.status.mode & 0o077 == 0 else {
                throw .irregular
            }
            text = file.bytes
            published = try WholeFile("\(directory)/\(AuditLog.keyName)", limit: 4_096).bytes
        } catch {
            if error == .absent { return nil }
            throw .keyUnusable
        }
        guard let verification = try? VerificationKey(String(decoding: published, as: UTF8.self)),
            let seed = SigningKey.seed(inPEM: text)
        else { throw .keyUnusable }
        try self.init(name: verification.name, seed: seed)
        guard self.verification == verification else { throw .keyUnusable }
    }

    /// Makes the key of a chain and writes both files, readable by their owner only.
    static func make(
        for chain: ChainID, in directory: String
    ) throws(CheckpointError) -> SigningKey {
        do throws(SystemError) {
            let seed = try randomBytes(count: 32)
            let key: SigningKey
            do throws(CheckpointError) {
                key = try SigningKey(name: "shimgate/\(chain.text)", seed: seed)
            } catch { throw SystemError.notOurs }
            // The verification key last: with it the pair is whole, and only then it is used.
            try DirectoryEntry.replace(
                "\(directory)/\(fileName)",
                with: """
                    -----BEGIN PRIVATE KEY-----
                    \(Base64.encode(pkcs8 + seed))
                    -----END PRIVATE KEY-----

                    """, mode: 0o600)
            try DirectoryEntry.replace(
                "\(directory)/\(AuditLog.keyName)", with: key.verification.text + "\n", mode: 0o600)
            return key
        } catch {
            throw .notWritten(error)
        }
    }

    /// A signed checkpoint.
    func note(lines: UInt64, root: Digest) throws(CheckpointError) -> [UInt8] {
        guard let note = verification.note(lines: lines, root: root, signedBy: seed) else {
            throw .keyUnusable
        }
        return note
    }

    private static func seed(inPEM text: [UInt8]) -> [UInt8]? {
        let lines = text.split(separator: 0x0A)
        guard lines.count == 3, lines[0].elementsEqual("-----BEGIN PRIVATE KEY-----".utf8),
            let bytes = Base64.decode(lines[1]), bytes.count == pkcs8.count + 32,
            bytes.starts(with: pkcs8)
        else { return nil }
        return Array(bytes[pkcs8.count...])
    }
}
