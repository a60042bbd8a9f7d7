// Lint: what can be wrong with a lockfile whose syntax is sound. The checks are those of
// lockfile-lint (github.com/lirantal/lockfile-lint: hosts, schemes, integrity, package names), held
// against every format, and those that a change by a stranger's hand would need to get past.
//
// A lockfile says nothing of what an archive holds; lint says whether the entry is one that the
// tool itself could have written from an allowed registry.

internal import GateCore

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

extension Lockfile {
    /// Everything that is wrong with it, in the order of the file.
    public func lint(_ settings: LintSettings) -> [Finding] {
        var findings = remarks
        if !recordsIntegrity, packages.contains(where: { $0.source == .registry }) {
            findings.append(
                Finding(
                    .integrityMissing, at: Place(line: 1, column: 1), package: "",
                    "the file has no section CHECKSUMS (bundler 2.6 and later: bundle lock --add-checksums)"
                ))
        }
        for other in otherRegistries {
            checkAddress(other, "", .registry, wholePath: true, settings, &findings)
        }
        var checked: Set<Word> = []
        for package in packages {
            check(package, settings, &checked, &findings)
        }
        findings += contradictions()
        findings += missingAddresses()
        return findings.enumerated().sorted { left, right in
            let (first, second) = (left.element.place, right.element.place)
            if first.line != second.line { return first.line < second.line }
            if first.column != second.column { return first.column < second.column }
            if left.element.rule != right.element.rule {
                return left.element.rule.rawValue < right.element.rule.rawValue
            }
            return left.offset < right.offset
        }.map(\.element)
    }

    private func check(
        _ package: LockedPackage, _ settings: LintSettings, _ checked: inout Set<Word>,
        _ findings: inout [Finding]
    ) {
        if package.source != .bundled, !settings.sources.contains(package.source) {
            let place = package.files.first?.location?.place ?? package.place
            let address = package.resolved.map { ": \($0)" } ?? ""
            findings.append(
                Finding(
                    .source, at: place, package: package.title,
                    "its source is of the kind \(package.source.name)\(address)"))
        }
        // One registry is the registry of many packages; it is judged once where it stands once.
        if let registry = package.registry,
            checked.insert(Word("\(registry.place.line):\(registry.place.column)")).inserted
        {
            let isAddress = LockedURL(registry.text) != nil
            if isAddress || package.ecosystem != .pypi {
                checkAddress(
                    registry, package.title, .registry, wholePath: true, settings, &findings)
            } else {
                findings.append(
                    Finding(
                        .host, at: registry.place, package: package.title,
                        "its index is no address: \(registry.text)"))
            }
        }
        for file in package.files {
            if let location = file.location { checkFile(location, package, settings, &findings) }
            checkDigests(file, package, &findings)
        }
        let isFetched = package.source == .registry || package.source == .url
        if isFetched, package.files.isEmpty, recordsIntegrity, !package.mayLackDigest {
            findings.append(
                Finding(
                    .integrityMissing, at: package.place, package: package.title,
                    "it has no digest"))
        }
    }

    private func checkFile(
        _ location: LockedText, _ package: LockedPackage, _ settings: LintSettings,
        _ findings: inout [Finding]
    ) {
        switch package.source {
        case .workspace, .bundled, .path:
            // No host; a user name in an address of a file is one all the same.
            if let url = LockedURL(location.text), url.scheme != "file" {
                checkAddress(
                    location, package.title, package.source, wholePath: false, settings, &findings)
            }
        case .git, .url:
            checkAddress(
                location, package.title, package.source, wholePath: true, settings, &findings)
        case .registry:
            let isPython = package.ecosystem == .pypi
            if !isPython || LockedURL(location.text) != nil
                || Word(location.text).contains(UInt8(ascii: "/"))
            {
                // Indexes of Python name archives on any path of their host.
                checkAddress(
                    location, package.title, .registry, wholePath: !isPython, settings, &findings)
            }
            let isNamed =
                isPython
                ? isPythonArchive(location.text, of: package)
                : LockedURL(location.text).flatMap { NpmTarball($0) }?.isOf(package) ?? true
            if !isNamed {
                findings.append(
                    Finding(
                        .nameMismatch, at: location.place, package: package.title,
                        "its archive is \(location.text)"))
            }
        }
    }

    private func checkAddress(
        _ location: LockedText, _ package: String, _ source: LockedSource, wholePath: Bool,
        _ settings: LintSettings, _ findings: inout [Finding]
    ) {
        func note(_ rule: LintRule, _ message: String) {
            findings.append(Finding(rule, at: location.place, package: package, message))
        }
        guard let url = LockedURL(location.text) else {
            // `git@host:path` and `github:owner/name` are git's own forms; the source is judged.
            if source != .git || !settings.sources.contains(.git) {
                if settings.sources.contains(source) {
                    note(
                        .host, "no address, or one that clients read differently: \(location.text)")
                }
                return
            }
            if !settings.bases.contains(where: { $0.isScpHost(of: location.text) }) {
                note(.host, "the host is not allowed: \(location.text)")
            }
            return
        }
        if let userinfo = url.userinfo {
            // `git@` names the account of all; a variable's name is no secret.
            let isSecret = Word(userinfo).contains(UInt8(ascii: ":")) || url.transport != "ssh"
            let isVariable = Word(userinfo).hasPrefix("${")
            if isSecret, !isVariable, !(source == .git && Word(userinfo) == "git") {
                note(.credentials, "user name or password in the address of \(url.hostAndPort)")
            }
        }
        let base = settings.bases.first { $0.holds(url, wholePath: wholePath) }
        let isSafe = url.transport == "https" || source == .git && url.transport == "ssh"
        if !isSafe, base.map({ !$0.allowsScheme(of: url) }) ?? true {
            note(.scheme, "\(url.scheme) is not https: \(shown(url))")
        }
        // Of a source that is not allowed at all, the host is no news.
        if base == nil, settings.sources.contains(source) {
            let isHostKnown = settings.bases.contains { $0.holds(url, wholePath: false) }
            let what =
                isHostKnown ? "the path is below no allowed address" : "the host is not allowed"
            note(.host, "\(what): \(shown(url))")
        }
    }

    /// An address without what must not be shown.
    private func shown(_ url: LockedURL) -> String {
        "\(url.scheme)://\(url.hostAndPort)\(url.path)"
    }

    private func checkDigests(
        _ file: LockedFile, _ package: LockedPackage, _ findings: inout [Finding]
    ) {
        let isFetched = package.source == .registry || package.source == .url
        if isFetched, file.integrity.isEmpty, recordsIntegrity {
            let place = file.location?.place ?? package.place
            findings.append(
                Finding(
                    .integrityMissing, at: place, package: package.title,
                    "an archive without a digest"))
        }
        for digest in file.integrity where !digest.isWellFormed {
            findings.append(
                Finding(
                    .integrityMalformed, at: digest.place, package: package.title,
                    "this is no digest of \(digest.algorithm): \(digest.value)"))
        }
        if let first = file.integrity.first, file.integrity.allSatisfy(\.isWeak) {
            findings.append(
                Finding(
                    .integrityWeak, at: first.place, package: package.title,
                    "its only digest is of \(first.algorithm)"))
        }
    }

    /// Entries of one package at one version that do not agree, or are there twice.
    private func contradictions() -> [Finding] {
        var findings: [Finding] = []
        var seen: [Word: LockedPackage] = [:]
        let listsOnce =
            format == .cargo || format == .poetry || format == .uv || format == .bundler
            || format == .requirements
        for package in packages where package.source != .bundled && package.source != .workspace {
            let key = Word("\(package.name)\n\(package.version)\n\(package.variant)")
            guard let first = seen[key] else {
                seen[key] = package
                continue
            }
            let line = first.place.line
            if let difference = difference(first, package) {
                findings.append(
                    Finding(
                        .conflict, at: package.place, package: package.title,
                        "line \(line) gives another \(difference)"))
            } else if listsOnce {
                findings.append(
                    Finding(
                        .duplicate, at: package.place, package: package.title,
                        "line \(line) has it already"))
            }
        }
        return findings
    }

    private func difference(_ left: LockedPackage, _ right: LockedPackage) -> String? {
        if left.source != right.source { return "source" }
        if let first = left.registry, let second = right.registry,
            Word(first.text) != Word(second.text)
        {
            return "registry"
        }
        if let first = left.resolved, let second = right.resolved, left.ecosystem != .pypi,
            Word(first) != Word(second)
        {
            return "address"
        }
        for digest in right.integrity {
            let comparable = left.integrity.filter { Word($0.algorithm) == Word(digest.algorithm) }
            let isListed = comparable.contains { isSame($0, digest) }
            if left.ecosystem != .pypi, !comparable.isEmpty, !isListed { return "digest" }
        }
        return nil
    }

    /// npm and yarn 1 write an address for all packages of a registry or, where they are told so,
    /// for none.
    private func missingAddresses() -> [Finding] {
        guard format == .npm || format == .yarnClassic else { return [] }
        let fetched = packages.filter { $0.source == .registry }
        guard fetched.contains(where: { $0.resolved != nil }) else { return [] }
        return fetched.filter { $0.resolved == nil }.map {
            Finding(.resolvedMissing, at: $0.place, package: $0.title, "it has no address")
        }
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
