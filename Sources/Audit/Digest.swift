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
        guard digits.count == 64, let base = digits.baseAddress else { return nil }
        // Eight digits at a time.
        var wrong: UInt64 = 0
        var halves: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
            (0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &halves) { bytes in
            for place in 0..<8 {
                // Sound: 64 bytes are there.
                let text = UInt64(
                    littleEndian: (base + 8 * place).loadUnaligned(as: UInt64.self))
                let (value, isWrong) = Digest.fourBytes(text)
                wrong |= isWrong
                bytes.storeBytes(of: value.littleEndian, toByteOffset: 4 * place, as: UInt32.self)
            }
            words = bytes.load(as: (UInt64, UInt64, UInt64, UInt64).self)
        }
        if wrong != 0 { return nil }
    }

    /// Eight digits, the first in the lowest byte, as four bytes in the same order; the second value
    /// is not 0 where one of them is no digit.
    private static func fourBytes(_ text: UInt64) -> (UInt32, UInt64) {
        let letters = text >> 6 & 0x0101_0101_0101_0101
        var value = (text & 0x0F0F_0F0F_0F0F_0F0F) &+ letters &* 9
        // Whatever is no digit does not come back as it was.
        let tens = (value &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        let again = value &+ 0x3030_3030_3030_3030 &+ tens &* 0x27
        let wrong = again ^ text | value & 0xF0F0_F0F0_F0F0_F0F0
        value = (value << 4 | value >> 8) & 0x00FF_00FF_00FF_00FF
        value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
        value = (value | value >> 16) & 0x0000_0000_FFFF_FFFF
        return (UInt32(truncatingIfNeeded: value), wrong)
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
}

/// The 64 bytes where a line names a digest, compared without being decoded.
struct DigestText: Equatable {
    private typealias Half = (UInt64, UInt64, UInt64, UInt64)
    private var first: Half = (0, 0, 0, 0)
    private var second: Half = (0, 0, 0, 0)

    /// A copy of 64 bytes.
    init(_ text: UnsafeRawBufferPointer) {
        // Sound: both sides of both copies hold 32 bytes.
        withUnsafeMutableBytes(of: &first) { $0.copyMemory(from: .init(rebasing: text[..<32])) }
        withUnsafeMutableBytes(of: &second) {
            $0.copyMemory(from: .init(rebasing: text[32..<64]))
        }
    }

    /// The digits of a digest.
    init(_ digest: Digest) {
        withUnsafeBytes(of: digest) { bytes in
            withUnsafeMutableBytes(of: &first) { DigestText.write(bytes, from: 0, to: $0) }
            withUnsafeMutableBytes(of: &second) { DigestText.write(bytes, from: 16, to: $0) }
        }
    }

    /// Sixteen bytes as 32 digits, eight digits at a time, because a verifier does it on every line.
    private static func write(
        _ bytes: UnsafeRawBufferPointer, from start: Int, to digits: UnsafeMutableRawBufferPointer
    ) {
        for step in 0..<4 {
            let four = bytes.loadUnaligned(fromByteOffset: start + 4 * step, as: UInt32.self)
            var value = UInt64(UInt32(littleEndian: four))
            value = (value | value << 16) & 0x0000_FFFF_0000_FFFF
            value = (value | value << 8) & 0x00FF_00FF_00FF_00FF
            value = value >> 4 & 0x000F_000F_000F_000F | (value & 0x000F_000F_000F_000F) << 8
            let letters = (value &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
            value = value &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
            digits.storeBytes(of: value.littleEndian, toByteOffset: 8 * step, as: UInt64.self)
        }
    }

    /// The digest that they stand for; nil where they are no digits.
    var digest: Digest? {
        withUnsafeBytes(of: self) { Digest(hexadecimal: .init(rebasing: $0[..<64])) }
    }

    static func == (left: DigestText, right: DigestText) -> Bool {
        left.first == right.first && left.second == right.second
    }
}

/// A SHA-256 computation over pieces.
struct Hashing {
    private var context = SHA256_CTX()

    // Sound, all of them: the context is ours, the lengths are the buffers' own, nothing is kept.
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
        let value = end()
        SHA256_Init(&context)
        return value
    }

    private mutating func end() -> Digest {
        var value = Digest.zero
        withUnsafeMutableBytes(of: &value) { bytes in
            _ = SHA256_Final(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, &context)
        }
        return value
    }

    static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        var hashing = Hashing()
        hashing.add(bytes)
        return hashing.end()
    }
}
