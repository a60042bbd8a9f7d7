// What lint is told: where archives may come from, and which kinds of sources may be there. A host
// alone allows all of it; a base address allows what is below its path, and plain http only where it
// is written so.

public import GateCore

/// What lint takes as given.
public struct LintSettings: Sendable, Equatable {
    /// Where archives and indexes may be.
    public var bases: [RegistryBase]
    /// Kinds of sources that may be there; bundled packages may always.
    public var sources: [LockedSource]

    /// Settings; by default packages of registries and of the project itself.
    public init(bases: [RegistryBase], sources: [LockedSource] = [.registry, .workspace]) {
        self.bases = bases
        self.sources = sources
    }

    /// What holds for a format where nobody says otherwise: its public registry.
    public init(for format: LockfileFormat) {
        self.init(bases: format.publicRegistry.compactMap { RegistryBase($0) })
    }
}

extension LockedSource {
    /// The kind that policies name so.
    public init(_ source: PackageSource) {
        switch source {
        case .registry: self = .registry
        case .workspace: self = .workspace
        case .git: self = .git
        case .url: self = .url
        case .path: self = .path
        }
    }
}

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
        guard let url = LockedURL(hasScheme ? text : "https://\(text)"), url.userinfo == nil,
            let segments = url.segments, hasScheme || segments.isEmpty
        else { return nil }
        scheme = hasScheme ? url.transport : nil
        host = RegistryBase.hostAndPort(url)
        path = segments
    }

    /// The host as messages show it.
    public var text: String { host }

    /// Whether an address is at this host, and below the path where `wholePath`.
    func holds(_ url: LockedURL, wholePath: Bool) -> Bool {
        guard Word(RegistryBase.hostAndPort(url)) == Word(host) else { return false }
        guard wholePath else { return true }
        guard let segments = url.segments, !segments.contains(".."), !segments.contains(".") else {
            return false
        }
        return segments.starts(with: path)
    }

    /// Whether the scheme is the one that was given for this base.
    func allowsScheme(of url: LockedURL) -> Bool { scheme == url.transport }

    /// Without a port that the scheme means anyway.
    private static func hostAndPort(_ url: LockedURL) -> String {
        let standard: Word = url.transport == "http" ? "80" : "443"
        return url.port == standard ? url.host.text : url.hostAndPort
    }
}

extension RegistryBase {
    /// Whether `git@host:path` is at this host.
    func isScpHost(of text: String) -> Bool {
        guard let host = Word(text).split(at: UInt8(ascii: ":"))?.head else { return false }
        let bare = host.split(at: UInt8(ascii: "@"))?.tail ?? host
        return Word(self.host) == bare.lowercasedASCII
    }
}
