// Checkpoints as C2SP signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint): the log's
// name, its size in lines, the base64 root, an empty line, and a signature line
// `— NAME BASE64(key hash ‖ Ed25519 signature)`. The key text is `NAME+HASH+BASE64(0x01 ‖ key)`.
// No extension lines are accepted, so that a note has one reading.

internal import COpenSSL

/// Why a note is no proof.
public enum NoteError: Error, Sendable, Equatable {
    case malformedKey
    case malformedNote
    /// No signature by the key's name and hash.
    case unknownSigner
    case wrongSignature
}

/// A public key that signs checkpoints.
public struct VerificationKey: Sendable, Equatable {
    public let name: String
    private let hash: [UInt8]
    private let key: [UInt8]

    /// Reads the key's text; white space around it does not count.
    public init(_ text: String) throws(NoteError) {
        let bytes = text.utf8.filter { $0 > 0x20 }
        let parts = bytes.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let blob = Base64.decode(parts[2]),
            blob.count == 33, blob[0] == 0x01
        else { throw .malformedKey }
        name = String(decoding: parts[0], as: UTF8.self)
        key = Array(blob[1...])
        hash = VerificationKey.hash(of: Array(parts[0]), key: key)
        guard parts[1].elementsEqual(VerificationKey.digits(hash)) else { throw .malformedKey }
    }

    /// A key and the name that it signs under.
    init(name: String, key: [UInt8]) {
        self.name = name
        self.key = key
        hash = VerificationKey.hash(of: Array(name.utf8), key: key)
    }

    /// The key's text, which is all that a verifier needs.
    public var text: String {
        let digits = String(decoding: VerificationKey.digits(hash), as: UTF8.self)
        return "\(name)+\(digits)+\(Base64.encode([0x01] + key))"
    }

    /// The hash names the key: SHA-256 over name, LF and the typed key, cut to 4 bytes.
    private static func hash(of name: [UInt8], key: [UInt8]) -> [UInt8] {
        let named = name + [0x0A, 0x01] + key
        var digest: [UInt8] = []
        named.withUnsafeBytes { Hashing.digest(of: $0) }.append(to: &digest)
        return Array(digest[..<4])
    }

    private static func digits(_ hash: [UInt8]) -> [UInt8] {
        var digits: [UInt8] = []
        for byte in hash {
            digits.append(Digest.digit(byte >> 4))
            digits.append(Digest.digit(byte & 15))
        }
        return digits
    }

    /// A note over so many lines with this root, signed by the key's other half.
    func note(lines: UInt64, root: Digest, signedBy seed: [UInt8]) -> [UInt8]? {
        var rootBytes: [UInt8] = []
        root.append(to: &rootBytes)
        let text = Array("\(name)\n\(lines)\n\(Base64.encode(rootBytes))\n".utf8)
        guard let signature = Ed25519.signature(of: text, by: seed) else { return nil }
        return text + Array("\n— \(name) \(Base64.encode(hash + signature))\n".utf8)
    }

    /// Checks a note and reads its checkpoint.
    public func checkpoint(in note: [UInt8]) throws(NoteError) -> Checkpoint {
        let lines = note.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count >= 6, lines[3].isEmpty, let last = lines.last, last.isEmpty,
            lines[1].count <= 16, let first = lines[1].first, first != 0x30,
            let count = UInt64(String(decoding: lines[1], as: UTF8.self)),
            lines[1].allSatisfy({ 0x30...0x39 ~= $0 }), count <= Entry.greatestNumber,
            let root = Base64.decode(lines[2]), root.count == 32
        else { throw .malformedNote }
        guard lines[0].elementsEqual(name.utf8) else { throw .unknownSigner }
        let textLength = lines[0].count + lines[1].count + lines[2].count + 3
        let prefix = Array("— \(name) ".utf8)
        var isKnown = false
        for line in lines[4..<lines.count - 1] where line.starts(with: prefix) {
            guard let blob = Base64.decode(line.dropFirst(prefix.count)), blob.count == 68,
                blob[..<4].elementsEqual(hash)
            else { continue }
            isKnown = true
            if Ed25519.isSignature(Array(blob[4...]), of: Array(note[..<textLength]), by: key) {
                return Checkpoint(
                    origin: name, lines: count,
                    root: root.withUnsafeBytes { Digest(copying: $0) })
            }
        }
        throw isKnown ? .wrongSignature : .unknownSigner
    }
}

enum Ed25519 {
    /// The public key of a seed.
    static func publicKey(of seed: [UInt8]) -> [UInt8]? {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        // Sound: as below; a raw Ed25519 key has 32 bytes (RFC 8032 §5.1.5).
        guard seed.count == 32,
            let pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        defer { EVP_PKEY_free(pair) }
        var key = [UInt8](repeating: 0, count: 32)
        var length = key.count
        guard EVP_PKEY_get_raw_public_key(pair, &key, &length) == 1, length == 32 else {
            return nil
        }
        return key
    }

    static func signature(of text: [UInt8], by seed: [UInt8]) -> [UInt8]? {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        // Sound: as below; a signature has 64 bytes.
        guard let pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        else { return nil }
        defer { EVP_PKEY_free(pair) }
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, nil, nil, pair) == 1 else { return nil }
        var signature = [UInt8](repeating: 0, count: 64)
        var length = signature.count
        guard EVP_DigestSign(context, &signature, &length, text, text.count) == 1, length == 64
        else { return nil }
        return signature
    }

    static func isSignature(_ signature: [UInt8], of text: [UInt8], by key: [UInt8]) -> Bool {
        // Before any other EVP call: otherwise libcrypto reads what OPENSSL_CONF names, and that
        // can name a library to load.
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        // Sound: libcrypto copies the key; what it allocates is freed here; lengths are the
        // arrays' own.
        guard let publicKey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, key, key.count)
        else { return false }
        defer { EVP_PKEY_free(publicKey) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, publicKey) == 1 else { return false }
        return EVP_DigestVerify(context, signature, signature.count, text, text.count) == 1
    }
}

/// Base64 with padding (RFC 4648 §4), strictly: one spelling for each value.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        var text = LineText(capacity: bytes.count / 3 * 4 + 6)
        _ = text.base64(bytes, limit: .max)
        // Without the quotes.
        return String(decoding: text.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        var value: UInt32 = 0
        var sextets = 0
        var padding = 0
        for digit in text {
            let sextet: UInt32
            switch digit {
            case 0x41...0x5A: sextet = UInt32(digit - 0x41)
            case 0x61...0x7A: sextet = UInt32(digit - 0x61 + 26)
            case 0x30...0x39: sextet = UInt32(digit - 0x30 + 52)
            case 0x2B: sextet = 62
            case 0x2F: sextet = 63
            case 0x3D:
                padding += 1
                sextet = 0
            default: return nil
            }
            if padding > 0, digit != 0x3D { return nil }
            value = value << 6 | sextet
            sextets += 1
            guard sextets == 4 else { continue }
            bytes.append(UInt8(truncatingIfNeeded: value >> 16))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
            bytes.append(UInt8(truncatingIfNeeded: value))
            value = 0
            sextets = 0
        }
        guard padding <= 2, bytes.suffix(padding).allSatisfy({ $0 == 0 }) else { return nil }
        bytes.removeLast(padding)
        return bytes
    }
}
