// SHA-256 by libcrypto's low-level calls.
// They cost 0.04 ms in a fresh process where EVP costs about 1 ms, and they never read
// OPENSSL_CONF, which could name a library to load.

internal import COpenSSL

/// A SHA-256 value.
public struct Digest: Equatable, Sendable {
    // Four words in memory order, so that a copy is four registers and not an allocation.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// 32 zero bytes, which stand before the first record of a chain.
    public static let zero = Digest()

    private init() {}

    /// The digest of these bytes.
    public init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Hashing.digest(of: $0) }
    }

    /// The first 32 bytes of `bytes`, which holds at least as many.
    init(copying bytes: UnsafeRawBufferPointer) {
        // Sound: both sides hold 32 bytes.
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: .init(rebasing: bytes[..<32])) }
    }

    /// 64 lowercase hexadecimal digits, or nil for anything else.
    init?(hexadecimal digits: UnsafeRawBufferPointer) {
        guard digits.count == 64 else { return nil }
        var isHexadecimal = true
        withUnsafeMutableBytes(of: &words) { bytes in
            for place in 0..<32 {
                guard let high = Digest.value(of: digits[2 * place]),
                    let low = Digest.value(of: digits[2 * place + 1])
                else {
                    isHexadecimal = false
                    return
                }
                bytes[place] = high << 4 | low
            }
        }
        if !isHexadecimal { return nil }
    }

    public static func == (left: Digest, right: Digest) -> Bool {
        left.words == right.words
    }

    /// 64 lowercase hexadecimal digits.
    public var hexadecimal: String {
        var digits: [UInt8] = []
        appendHexadecimal(to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }

    func appendHexadecimal(to line: inout [UInt8]) {
        withUnsafeBytes(of: words) { bytes in
            for byte in bytes {
                line.append(Digest.digit(byte >> 4))
                line.append(Digest.digit(byte & 15))
            }
        }
    }

    func append(to page: inout [UInt8]) {
        withUnsafeBytes(of: words) { bytes in
            for byte in bytes { page.append(byte) }
        }
    }

    static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}

/// A SHA-256 computation over pieces.
struct Hashing {
    private var context = SHA256_CTX()

    // Sound, all four: the context is ours, the lengths are the buffers' own, nothing is kept.
    init() { SHA256_Init(&context) }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        SHA256_Update(&context, bytes.baseAddress, bytes.count)
    }

    mutating func add(_ byte: UInt8) {
        var byte = byte
        SHA256_Update(&context, &byte, 1)
    }

    mutating func add(_ digest: Digest) {
        withUnsafeBytes(of: digest) { add($0) }
    }

    /// The value so far. What follows starts anew.
    mutating func finish() -> Digest {
        var value = Digest.zero
        withUnsafeMutableBytes(of: &value) { bytes in
            _ = SHA256_Final(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, &context)
        }
        SHA256_Init(&context)
        return value
    }

    static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        var hashing = Hashing()
        hashing.add(bytes)
        return hashing.finish()
    }
}
