// Places that policy names, as addresses are held against them: a host alone allows all of it; a base
// address allows what is below its path, and plain http only where it is written so.

/// An allowed host, or a base address on it.
public struct RegistryBase: Sendable, Equatable {
    /// nil where only the host was given.
    let scheme: Word?
    let host: String
    let path: [Word]

    /// Takes `host`, `host:port` or an address with a scheme, whose path then has to lead the way.
    public init?(_ text: String) {
        let hasScheme =
            text.utf8.split(separator: UInt8(ascii: ":")).dropFirst().first
            .map { $0.starts(with: "//".utf8) } ?? false
        guard let url = WebAddress(hasScheme ? text : "https://\(text)"), url.userinfo == nil,
            let segments = url.segments, hasScheme || segments.isEmpty
        else { return nil }
        scheme = hasScheme ? url.transport : nil
        host = RegistryBase.hostAndPort(url)
        path = segments
    }

    /// The host as messages show it.
    public var text: String { host }

    /// Whether an address is at this host, and below the path where `wholePath`.
    public func holds(_ url: WebAddress, wholePath: Bool) -> Bool {
        guard Word(RegistryBase.hostAndPort(url)) == Word(host) else { return false }
        guard wholePath else { return true }
        guard let segments = url.segments, !segments.contains(".."), !segments.contains(".") else {
            return false
        }
        return segments.starts(with: path)
    }

    /// Whether the scheme is the one that was given for this base.
    public func allowsScheme(of url: WebAddress) -> Bool { scheme == url.transport }

    /// Whether an address is at the same host and leads the way to this base.
    public func isBelow(_ url: WebAddress) -> Bool {
        guard Word(RegistryBase.hostAndPort(url)) == Word(host), let segments = url.segments else {
            return false
        }
        return path.starts(with: segments)
    }

    /// Without a port that the scheme means anyway.
    private static func hostAndPort(_ url: WebAddress) -> String {
        let standard: Word = url.transport == "http" ? "80" : "443"
        return url.port == standard ? url.host.text : url.hostAndPort
    }
}

extension RegistryBase {
    /// Whether `git@host:path` is at this host.
    public func isScpHost(of text: String) -> Bool {
        guard let host = Word(text).split(at: UInt8(ascii: ":"))?.head else { return false }
        let bare = host.split(at: UInt8(ascii: "@"))?.tail ?? host
        return Word(self.host) == bare.lowercasedASCII
    }
}
