// Obligations: the conditions under which something is allowed. A missing key means the default of
// docs/policy.md, so that a layer that says nothing never opens what another one keeps shut.
// `merged` is the strictest of two, which makes the order of layers irrelevant.

/// A `require` object, of a rule or of a whole policy.
public struct Obligations: Sendable, Equatable {
    /// Which third parties' lifecycle and build scripts may run.
    public var scripts: [ScriptGrant]?
    /// What an install may do to the lockfile; nil lets a line change it that names what to
    /// change, and holds all others to it.
    public var lockfile: LockfileRule?
    /// Least age of a package version in seconds.
    public var minimumReleaseAge: Int?
    /// Base URLs of registries whose packages may be of any age, because they do not say when they
    /// were published; nil is none.
    public var cooldownExempt: [String]?
    /// Base URLs packages may come from; nil is any.
    public var registries: [String]?
    /// Registries of which the packages that policy names may come from no other.
    public var privateRegistries: [PrivateRegistry] = []
    /// Kinds of places packages may come from; nil is registry and workspace.
    public var sources: [PackageSource]?
    /// Where installed files may go; nil is project and environment.
    public var destinations: [Destination]?
    /// Lists of which each must hold every package that a line names.
    public var packagesAllowed: [GlobList] = []
    /// Lists of packages that no line may name.
    public var packagesDenied: [GlobList] = []
    /// Whether named packages must carry an exact version.
    public var pinned = false
    /// What is expected of attestations; nil is nothing.
    public var provenance: Provenance?
    /// What becomes of registry tokens; nil is stripped.
    public var credentials: CredentialRule?
    /// What a request for approval must carry.
    public var justification: [Justification] = []
    /// Confinement of the run phase; nil is none.
    public var sandbox: SandboxRule?
    /// Whether the tool is supervised and its end recorded.
    public var outcome = false

    /// The defaults.
    public init() {}

    /// A package whose scripts may run, until a time where one is given.
    public struct ScriptGrant: Sendable, Equatable {
        /// The package.
        public let name: String
        /// Seconds since 1970-01-01 UTC.
        public let until: Int?

        /// A grant for one package.
        public init(name: String, until: Int? = nil) {
            self.name = name
            self.until = until
        }
    }

    /// What an install may do to the lockfile, mildest first.
    public enum LockfileRule: UInt8, Sendable, CaseIterable {
        /// Anything; a diff for review; nothing.
        case any, review, frozen

        /// The word used in policies.
        public var name: String {
            switch self {
            case .any: "any"
            case .review: "review"
            case .frozen: "frozen"
            }
        }
    }

    /// What is expected of attestations, mildest first.
    public enum Provenance: UInt8, Sendable, CaseIterable {
        /// Not looked at; noted; needed.
        case off, warn, require

        /// The word used in policies.
        public var name: String {
            switch self {
            case .off: "off"
            case .warn: "warn"
            case .require: "require"
            }
        }
    }

    /// What becomes of registry tokens, mildest first.
    public enum CredentialRule: UInt8, Sendable, CaseIterable {
        /// Left in place; removed.
        case keep, strip

        /// The word used in policies.
        public var name: String {
            switch self {
            case .keep: "keep"
            case .strip: "strip"
            }
        }
    }

    /// Confinement of the run phase, mildest first.
    public enum SandboxRule: UInt8, Sendable, CaseIterable {
        /// None; where it can be had; needed.
        case off, auto, require

        /// The word used in policies.
        public var name: String {
            switch self {
            case .off: "off"
            case .auto: "auto"
            case .require: "require"
            }
        }
    }

    /// A part of a request for approval.
    public enum Justification: UInt8, Sendable, CaseIterable {
        /// In the order in which people are asked.
        case purpose, alternatives, risk, scope, testPlan

        /// The word used in policies.
        public var name: String {
            switch self {
            case .purpose: "purpose"
            case .alternatives: "alternatives"
            case .risk: "risk"
            case .scope: "scope"
            case .testPlan: "testPlan"
            }
        }
    }
}

extension Obligations {
    /// Kinds of places that packages may come from, the default filled in.
    public var sourcesInForce: [PackageSource] { sources ?? [.registry, .workspace] }

    /// Places that files may be written to, the default filled in.
    public var destinationsInForce: [Destination] { destinations ?? [.project, .environment] }

    /// Whether registry tokens are removed; they are unless every layer keeps them.
    public var stripsCredentials: Bool { (credentials ?? .strip) == .strip }

    /// Packages whose scripts may run at `now`, by name.
    public func scriptsAllowed(at now: Int) -> [String] {
        var names: [String] = []
        for grant in scripts ?? [] where now < grant.until ?? .max { names.append(grant.name) }
        return names
    }

    /// The strictest of both in every key.
    public func merged(with other: Obligations) -> Obligations {
        var result = self
        result.scripts = Obligations.common(scripts, other.scripts)
        result.lockfile = Obligations.lockfileRule(lockfile, other.lockfile)
        result.minimumReleaseAge = stricter(minimumReleaseAge, other.minimumReleaseAge)
        result.cooldownExempt = exemptions(with: other)
        if let mine = registries, let others = other.registries {
            result.registries = shared(mine, others)
        } else {
            result.registries = registries ?? other.registries
        }
        result.privateRegistries = Obligations.together(self, other)
        if sources != nil || other.sources != nil {
            let others = other.sourcesInForce
            result.sources = sourcesInForce.filter { others.contains($0) }
        }
        if destinations != nil || other.destinations != nil {
            let others = other.destinationsInForce
            result.destinations = destinationsInForce.filter { others.contains($0) }
        }
        for list in other.packagesAllowed where !packagesAllowed.contains(list) {
            result.packagesAllowed.append(list)
        }
        for list in other.packagesDenied where !packagesDenied.contains(list) {
            result.packagesDenied.append(list)
        }
        result.pinned = pinned || other.pinned
        result.provenance = stricter(provenance, other.provenance)
        if credentials != nil || other.credentials != nil {
            let isKept = !stripsCredentials && !other.stripsCredentials
            result.credentials = isKept ? .keep : .strip
        }
        for part in other.justification where !justification.contains(part) {
            result.justification.append(part)
        }
        result.sandbox = stricter(sandbox, other.sandbox)
        result.outcome = outcome || other.outcome
        return result
    }

    /// These, and of the others what these say nothing of, key by key. `packages` counts as two keys.
    public func over(_ others: Obligations) -> Obligations {
        var result = self
        result.scripts = scripts ?? others.scripts
        result.lockfile = lockfile ?? others.lockfile
        result.minimumReleaseAge = minimumReleaseAge ?? others.minimumReleaseAge
        result.cooldownExempt = cooldownExempt ?? others.cooldownExempt
        if registries == nil {
            result.registries = others.registries
            result.privateRegistries = others.privateRegistries
        }
        result.sources = sources ?? others.sources
        result.destinations = destinations ?? others.destinations
        if packagesAllowed.isEmpty { result.packagesAllowed = others.packagesAllowed }
        if packagesDenied.isEmpty { result.packagesDenied = others.packagesDenied }
        result.pinned = pinned || others.pinned
        result.provenance = provenance ?? others.provenance
        result.credentials = credentials ?? others.credentials
        if justification.isEmpty { result.justification = others.justification }
        result.sandbox = sandbox ?? others.sandbox
        result.outcome = outcome || others.outcome
        return result
    }

    /// The strictest of both where the other one speaks, and otherwise these: what a policy that
    /// neither allows nor denies demands of what others allow.
    public func tightened(by other: Obligations) -> Obligations {
        var whole = other.over(self)
        // Exemptions from an age that nobody demanded exempt from no other.
        if minimumReleaseAge == nil { whole.cooldownExempt = other.cooldownExempt }
        return merged(with: whole)
    }

    /// The later rung. Who says nothing keeps a bare install to its lockfile, so `any` counts only
    /// where both say it.
    private static func lockfileRule(_ left: LockfileRule?, _ right: LockfileRule?) -> LockfileRule?
    {
        guard let left, let right else {
            let said = left ?? right
            return said == .any ? nil : said
        }
        return left.rawValue >= right.rawValue ? left : right
    }

    /// The private registries of both. Credentials are kept where every layer that lists registries
    /// lists this one with packages.
    private static func together(
        _ left: Obligations, _ right: Obligations
    ) -> [PrivateRegistry] {
        func kept(_ own: PrivateRegistry, by other: Obligations) -> PrivateRegistry {
            var own = own
            let isKept = other.privateRegistries.contains {
                Word($0.url) == Word(own.url) && $0.keepsCredentials
            }
            if other.registries != nil, !isKept { own.keepsCredentials = false }
            return own
        }
        if left.privateRegistries.isEmpty, right.privateRegistries.isEmpty { return [] }
        var all: [PrivateRegistry] = []
        for own in left.privateRegistries.map({ kept($0, by: right) })
            + right.privateRegistries.map({ kept($0, by: left) }) where !all.contains(own)
        {
            all.append(own)
        }
        return all
    }

    /// What both exempt, as far as both demand an age: who demands none can neither give nor take.
    private func exemptions(with other: Obligations) -> [String]? {
        if minimumReleaseAge == nil { return other.exemptionsInForce }
        if other.minimumReleaseAge == nil { return exemptionsInForce }
        guard let mine = cooldownExempt, let others = other.cooldownExempt else { return nil }
        return shared(mine, others)
    }

    private var exemptionsInForce: [String]? { minimumReleaseAge == nil ? nil : cooldownExempt }

    /// The grants of both, each with the earlier end.
    private static func common(_ left: [ScriptGrant]?, _ right: [ScriptGrant]?) -> [ScriptGrant]? {
        guard let left, let right else { return nil }
        var grants: [ScriptGrant] = []
        for mine in left {
            for other in right where Word(mine.name) == Word(other.name) {
                let end = min(mine.until ?? .max, other.until ?? .max)
                grants.append(.init(name: mine.name, until: end == .max ? nil : end))
                break
            }
        }
        return grants
    }
}

/// The addresses that both lists have.
private func shared(_ left: [String], _ right: [String]) -> [String] {
    left.filter { url in right.contains { Word($0) == Word(url) } }
}

/// The greater of two numbers, nil counting as none.
private func stricter(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    return max(left, right)
}

/// The later of two rungs of a ladder that is written mildest first, nil counting as none.
private func stricter<Rung: RawRepresentable>(_ left: Rung?, _ right: Rung?) -> Rung?
where Rung.RawValue == UInt8 {
    guard let left, let right else { return left ?? right }
    return left.rawValue >= right.rawValue ? left : right
}
