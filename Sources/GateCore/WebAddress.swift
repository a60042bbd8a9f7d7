// Addresses of registries and archives, taken apart as strictly as can be: what clients read in two
// ways (a backslash, white space, characters outside ASCII, a percent sign in the host) is no address
// at all, because an allowlist is only as good as its reading of the host. Rules: RFC 3986, and the
// WHATWG URL standard where the two differ.

/// An address with a host.
public struct WebAddress: Sendable, Equatable {
    /// In lower case, `git+https` included.
    public let scheme: Word
    /// What stands before the `@`.
    public let userinfo: String?
    /// In lower case.
    public let host: Word
    /// As written; nil where none is.
    public let port: Word?
    /// From the first slash on, without query and fragment.
    public let path: String
    /// Behind the `?`.
    public let query: String?
    /// Behind the `#`.
    public let fragment: String?

    /// Takes an address apart; nil where it is none, or where clients differ about it.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        for byte in bytes where byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\\") {
            return nil
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            bytes[(colon + 1)...].starts(with: "//".utf8),
            bytes[..<colon].allSatisfy({ isSchemeByte($0) })
        else { return nil }
        scheme = Word(String(decoding: bytes[..<colon], as: UTF8.self)).lowercasedASCII
        var rest = bytes[(colon + 3)...]
        fragment = WebAddress.cut(&rest, from: UInt8(ascii: "#"))
        query = WebAddress.cut(&rest, from: UInt8(ascii: "?"))
        let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        path = String(decoding: rest[slash...], as: UTF8.self)
        var authority = rest[..<slash]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            userinfo = String(decoding: authority[..<at], as: UTF8.self)
            authority = authority[(at + 1)...]
        } else {
            userinfo = nil
        }
        if let colon = authority.lastIndex(of: UInt8(ascii: ":")) {
            let digits = authority[(colon + 1)...]
            guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
            port = digits.isEmpty ? nil : Word(String(decoding: digits, as: UTF8.self))
            authority = authority[..<colon]
        } else {
            port = nil
        }
        guard !authority.isEmpty, authority.allSatisfy({ isHostByte($0) }) else { return nil }
        host = Word(String(decoding: authority, as: UTF8.self)).lowercasedASCII
    }

    /// The scheme without what says how the address is used (`git+`, `registry+`, `sparse+`).
    public var transport: Word {
        guard let parts = scheme.split(at: UInt8(ascii: "+")) else { return scheme }
        return parts.tail
    }

    /// The host, with the port where one is written.
    public var hostAndPort: String { port.map { "\(host):\($0)" } ?? host.text }

    /// The segments of the path, percent signs resolved; nil where one cannot be.
    public var segments: [Word]? {
        var segments: [Word] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")) {
            guard let text = percentDecoded(String(Substring(part))) else { return nil }
            segments.append(Word(text))
        }
        return segments
    }

    private static func cut(_ rest: inout ArraySlice<UInt8>, from byte: UInt8) -> String? {
        guard let place = rest.firstIndex(of: byte) else { return nil }
        let text = String(decoding: rest[(place + 1)...], as: UTF8.self)
        rest = rest[..<place]
        return text
    }
}

private func isSchemeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        true
    default: false
    }
}

private func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
        true
    default: false
    }
}

/// A text with `%XX` resolved; nil where a percent sign is followed by anything else or the result
/// is not UTF-8.
public func percentDecoded(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        if bytes[index] != UInt8(ascii: "%") {
            result.append(bytes[index])
            index += 1
            continue
        }
        guard index + 2 < bytes.count, let high = hexadecimalValue(bytes[index + 1]),
            let low = hexadecimalValue(bytes[index + 2])
        else { return nil }
        result.append(high << 4 | low)
        index += 3
    }
    return String(validating: result, as: UTF8.self)
}

/// The value of a hexadecimal digit; nil for any other byte.
public func hexadecimalValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
    default: nil
    }
}
