// Which addresses may be fetched: https at the registries that are asked and at the public ones; plain
// http on this machine, or where the policy writes the registry's address so. An address that a
// document or a redirect names is held to the same rule, so that no answer leads anywhere else.

internal import GateCore

/// An address taken apart: what clients could read in two ways is none.
struct RegistryAddress: Equatable {
    let scheme: Word
    /// In lower case.
    let host: Word
    /// With its colon; empty where none is written.
    let port: Word
    let path: Word

    init?(_ text: String) {
        let word = Word(text)
        for byte in text.utf8
        where byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\\") {
            return nil
        }
        let lower = word.prefix(8).lowercasedASCII
        let length: Int
        if lower.hasPrefix("https://") {
            (scheme, length) = ("https", 8)
        } else if lower.hasPrefix("http://") {
            (scheme, length) = ("http", 7)
        } else {
            return nil
        }
        let rest = word.dropFirst(length)
        var end = rest.text.utf8.prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }.count
        path = rest.dropFirst(end)
        let authority = rest.prefix(end).lowercasedASCII
        // Who asks is nobody's business; in a path it is the sign of npm's scopes.
        if authority.contains(UInt8(ascii: "@")) { return nil }
        if authority.first == UInt8(ascii: "[") {
            end = authority.text.utf8.prefix { $0 != UInt8(ascii: "]") }.count + 1
        } else {
            end = authority.text.utf8.prefix { $0 != UInt8(ascii: ":") }.count
        }
        guard end > 0, end <= authority.count else { return nil }
        host = authority.prefix(end)
        port = authority.dropFirst(end)
        let isPort =
            port.isEmpty
            || port.first == UInt8(ascii: ":")
                && port.dropFirst(1).text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        guard isPort else { return nil }
    }

    /// Whether it is this machine itself, written as a number or as `localhost` (RFC 6761, 6.3).
    var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.text.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("127".utf8) else { return false }
        return parts.allSatisfy { part in
            Int(String(Substring(part))).map { $0 >= 0 && $0 < 256 } ?? false
        }
    }

    func isSamePlace(as other: RegistryAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }
}

/// What one run may fetch.
public struct RegistryAccess: Sendable {
    private let asked: [RegistryAddress]
    private let plain: [RegistryAddress]

    /// Hosts of the public registries, and of what their documents name.
    private static let publicHosts: Word = """
        registry.npmjs.org registry.yarnpkg.com pypi.org rubygems.org index.rubygems.org crates.io \
        index.crates.io static.crates.io api.nuget.org
        """

    /// Access for a run.
    ///
    /// - Parameters:
    ///   - asked: addresses of the registries that questions name.
    ///   - plain: addresses that the policy lists with plain http.
    public init(asked: [String], plain: [String]) {
        self.asked = asked.compactMap { RegistryAddress(withoutProtocol($0)) }
        self.plain = plain.compactMap { RegistryAddress(withoutProtocol($0)) }.filter {
            $0.scheme == "http"
        }
    }

    /// How an address may be fetched.
    public struct Way: Sendable, Equatable {
        /// Without TLS.
        public let isPlain: Bool
        /// By a proxy that the environment names: never in plain, where a proxy could answer itself.
        public let mayUseProxy: Bool
    }

    /// How an address may be fetched; nil where it may not.
    public func way(to url: String) -> Way? {
        guard let address = RegistryAddress(url) else { return nil }
        if address.scheme == "https" {
            let isListed =
                address.port.isEmpty && RegistryAccess.publicHosts.lists(address.host)
                || asked.contains { $0.isSamePlace(as: address) }
            return isListed ? Way(isPlain: false, mayUseProxy: !address.isLoopback) : nil
        }
        let isListed = plain.contains {
            $0.isSamePlace(as: address) && address.path.hasPrefix($0.path)
        }
        let isAsked = asked.contains { $0.isSamePlace(as: address) }
        guard isListed || address.isLoopback && isAsked else { return nil }
        return Way(isPlain: true, mayUseProxy: false)
    }
}
