// Where a line's packages come from, as its settings say it: one value for each place that names a
// registry, whether it is in force or another one hides it. Policy holds what is in force against its
// lists; what only a project's own file says is told even where policy lists none.

/// A registry as one place names it.
public struct RegistryUse: Sendable, Equatable {
    /// Who can write the place.
    public enum Origin: UInt8, Sendable, CaseIterable {
        /// The tool's own default, the line, its environment, a file of the project, of the user, of
        /// the machine.
        case standard, line, environment, project, user, machine
    }

    /// The address as written, without user and password. Empty where a place names one in a way that
    /// is not understood.
    public var address: Word
    /// The address by other names (`registry.yarnpkg.com` of `registry.npmjs.org`).
    public var alsoKnownAs: [String] = []
    /// `@corp` where it is for packages of that scope only; nil for all.
    public var scope: Word?
    /// The option, variable, or file and key: `--registry`, `PIP_INDEX_URL`, `.npmrc: registry`.
    public var place: String
    /// Who can write the place.
    public var origin: Origin
    /// Whether the tool asks it, rather than another place hiding it.
    public var isInForce: Bool

    /// A use by its parts.
    public init(
        _ address: Word, for scope: Word? = nil, at place: String, from origin: Origin,
        isInForce: Bool = true
    ) {
        self.address = withoutUserinfo(address)
        self.scope = scope
        self.place = place
        self.origin = origin
        self.isInForce = isInForce
    }
}

extension RegistryUse {
    /// Whether the registry lies below a base address, under any of its names.
    public func isAt(_ base: RegistryBase) -> Bool {
        for name in [address.text] + alsoKnownAs {
            // Yarn and npm take `//host/path` for the page's own scheme; nobody means that.
            guard let url = WebAddress(name), base.holds(url, wholePath: true) else { continue }
            if url.transport == "https" || base.allowsScheme(of: url) { return true }
        }
        return false
    }

    /// Whether both name the same registry.
    public func isSame(as other: RegistryUse) -> Bool {
        let names = [address.text] + alsoKnownAs
        return ([other.address.text] + other.alsoKnownAs).contains { name in
            names.contains { withoutSlash(Word($0)) == withoutSlash(Word(name)) }
        }
    }

    /// The words that messages use: where it is said and what it says.
    public var shown: String {
        let what = address.isEmpty ? "a registry that cannot be told" : quoted(address)
        let whose = scope.map { " for \($0)" } ?? ""
        return "\(place) names \(what)\(whose)"
    }
}

private func withoutSlash(_ address: Word) -> Word {
    address.hasSuffix("/") ? address.prefix(address.count - 1) : address
}

/// A registry that policy names for certain packages, which may come from no other.
public struct PrivateRegistry: Sendable, Equatable {
    /// Its base address.
    public let url: String
    /// The packages, by patterns of their names.
    public let packages: GlobList
    /// Whether a tool may use its credentials for it. Only a policy that can allow says so.
    public var keepsCredentials: Bool

    /// A registry and its packages.
    public init(url: String, packages: GlobList, keepsCredentials: Bool = true) {
        self.url = url
        self.packages = packages
        self.keepsCredentials = keepsCredentials
    }

    /// The base address as addresses are held against it.
    public var base: RegistryBase? { RegistryBase(url) }

    /// Whether a package of this name is one of its own. Spellings that registries take for one name
    /// count as one.
    public func owns(_ name: Word) -> Bool {
        let request = PackageRequest(name: name, source: .registry, spelling: name)
        return matchesPackage(packages, PackageTexts(request), false)
    }

    /// Whether packages of a scope are its own.
    func ownsScope(_ scope: Word) -> Bool { owns(Word(scope.text + "/x")) }
}
