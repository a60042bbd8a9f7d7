// Time stamps over a checkpoint (RFC 3161): a request for an authority, and its reply taken in. Both
// are the DER files that `openssl ts` writes and reads. Whether the authority's signature is to be
// trusted is for `openssl ts -verify -CAfile`; here we see that the reply grants a time to this very
// note, so that nobody keeps the wrong one.

internal import COpenSSL
internal import Glibc

/// Why a reply is no time stamp of a note.
public enum TimeStampError: Error, Sendable, Equatable {
    case malformed
    /// The authority refused.
    case refused
    /// It is about something else.
    case otherNote
}

/// An authority's word on when a note existed.
public struct TimeStamp: Sendable {
    /// RFC 3339 in UTC, to the second.
    public let time: String

    /// A request for a time stamp with the authority's certificate (RFC 3161 §2.4.1).
    ///
    /// - Parameter nonce: at most 8 bytes that nobody can foresee.
    public static func request(for note: [UInt8], nonce: [UInt8]) -> [UInt8] {
        var digest: [UInt8] = []
        Digest(of: note).append(to: &digest)
        // A nonce is a positive number in as few bytes as it takes (X.690 §8.3.2).
        var number = Array(nonce.prefix(8).drop { $0 == 0 })
        if number.first.map({ $0 >= 0x80 }) ?? true { number.insert(0, at: 0) }
        // SHA-256 is 2.16.840.1.101.3.4.2.1, with NULL for parameters.
        let algorithm: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
            0x00,
        ]
        let imprint = der(0x30, algorithm + der(0x04, digest))
        return der(0x30, [0x02, 0x01, 0x01] + imprint + der(0x02, number) + [0x01, 0x01, 0xFF])
    }

    /// Reads a reply (RFC 3161 §2.4.2).
    public init(_ reply: [UInt8], for note: [UInt8]) throws(TimeStampError) {
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
        var place: UnsafePointer<UInt8>?
        // Sound: d2i reads at most `count` bytes of the array, which lives for the call; what it
        // allocates is freed here.
        let parsed = reply.withUnsafeBufferPointer { bytes in
            place = bytes.baseAddress
            return d2i_TS_RESP(nil, &place, bytes.count)
        }
        guard let parsed else { throw .malformed }
        defer { TS_RESP_free(parsed) }
        guard let info = TS_RESP_get_tst_info(parsed) else { throw .refused }
        var digest: [UInt8] = []
        Digest(of: note).append(to: &digest)
        guard let imprint = TS_TST_INFO_get_msg_imprint(info),
            let stamped = TS_MSG_IMPRINT_get_msg(imprint),
            let bytes = ASN1_STRING_get0_data(stamped),
            // Sound: the string owns as many bytes as it says.
            UnsafeBufferPointer(start: bytes, count: Int(ASN1_STRING_length(stamped)))
                .elementsEqual(digest)
        else { throw .otherNote }
        guard let moment = TS_TST_INFO_get_time(info) else { throw .malformed }
        var calendar = tm()
        guard ASN1_TIME_to_tm(moment, &calendar) == 1 else { throw .malformed }
        var text = LineText(capacity: 32)
        text.time(timegm(&calendar) * 1_000_000_000)
        time = String(decoding: text.bytes.prefix(19), as: UTF8.self) + "Z"
    }

    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        // All of it is shorter than 128 bytes.
        [tag, UInt8(content.count)] + content
    }
}
