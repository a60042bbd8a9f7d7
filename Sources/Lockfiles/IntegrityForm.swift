// Whether a digest can be one at all: the right length and alphabet for its algorithm. It matters
// because ssri, which npm checks archives with, drops digests of algorithms that it does not know,
// and an entry that has no other is not checked at all (ssri lib/index.js, npm 11.17.0).

internal import GateCore

extension Integrity {
    /// Whether collisions can be made (SHA-1: RFC 6194 and shattered.io; MD5: RFC 6151).
    public var isWeak: Bool { Word(algorithm) == "sha1" || Word(algorithm) == "md5" }

    /// Whether length and alphabet are those of the algorithm.
    public var isWellFormed: Bool {
        guard let length else { return false }
        switch encoding {
        case .hexadecimal:
            return value.utf8.count == 2 * length
                && value.utf8.allSatisfy { hexadecimalValue($0) != nil }
        case .base64:
            let bytes = Array(value.utf8)
            let padding = (3 - length % 3) % 3
            guard bytes.count == (length + 2) / 3 * 4 else { return false }
            for (index, byte) in bytes.enumerated() {
                let isPadding = index >= bytes.count - padding
                if isPadding != (byte == UInt8(ascii: "=")) { return false }
                if !isPadding, base64Value(byte) == nil { return false }
            }
            // Bits behind the digest are zero, or two texts would be one digest.
            let last = base64Value(bytes[bytes.count - padding - 1]) ?? 0
            return padding == 0 || last & (padding == 2 ? 0x0F : 0x03) == 0
        }
    }

    /// Bytes of a digest; nil for an algorithm that no tool here writes.
    private var length: Int? {
        let name = Word(algorithm)
        // yarn's own are SHA-512 of the archive that it packs.
        if name.hasPrefix("yarn-") { return 64 }
        switch name {
        case "md5": return 16
        case "sha1": return 20
        case "sha224": return 28
        case "sha256": return 32
        case "sha384": return 48
        case "sha512": return 64
        default: return nil
        }
    }
}

private func base64Value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
}
