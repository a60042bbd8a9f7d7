// What lint finds: a rule, a place in the file, the package, one clause, and what to do. Rules have
// ids because people and CI systems name them; docs/lockfiles.md lists them from this table.

public import GateCore

/// A rule of lint.
public enum LintRule: UInt8, Sendable, CaseIterable {
    /// In the order of the documentation: what an attacker would do first.
    case host, privateName, scheme, credentials, integrityMissing, integrityWeak,
        integrityMalformed,
        nameMismatch, source, notPinned, conflict, duplicate, resolvedMissing, includedFile,
        unknownKey

    /// The name in output.
    public var id: String {
        switch self {
        case .host: "host"
        case .privateName: "private-name"
        case .scheme: "scheme"
        case .credentials: "credentials"
        case .integrityMissing: "integrity-missing"
        case .integrityWeak: "integrity-weak"
        case .integrityMalformed: "integrity-malformed"
        case .nameMismatch: "name-mismatch"
        case .source: "source"
        case .notPinned: "not-pinned"
        case .conflict: "conflict"
        case .duplicate: "duplicate"
        case .resolvedMissing: "resolved-missing"
        case .includedFile: "included-file"
        case .unknownKey: "unknown-key"
        }
    }

    /// What it looks for, as a table of the documentation says it.
    public var summary: String {
        switch self {
        case .host:
            "an address whose host, or base address, is not allowed, or that clients read differently"
        case .privateName: "a package that belongs to one registry, with an address of another"
        case .scheme:
            "an address that is not fetched over TLS, or a certificate that is not checked"
        case .credentials: "a user name or password in an address"
        case .integrityMissing: "a downloaded archive without a digest"
        case .integrityWeak: "only a SHA-1 or MD5 digest"
        case .integrityMalformed: "a digest of the wrong length or alphabet"
        case .nameMismatch:
            "an archive whose address or file name is another package's or version's"
        case .source: "a git, url or path source that is not allowed"
        case .notPinned: "a package without an exact version, or a repository without a commit"
        case .conflict: "two entries, or two parts of the file, that contradict each other"
        case .duplicate: "the same package twice where the writer lists it once"
        case .resolvedMissing: "no address for one package in a file that gives them for others"
        case .includedFile: "a line that draws in another file, which is not looked into"
        case .unknownKey: "a key that the format's writers are not known to write"
        }
    }

    /// What a person does about it.
    public var advice: String {
        switch self {
        case .host:
            "find out who changed it; allow the host with --allow-host or in the policy if it is yours"
        case .privateName:
            "somebody may have taken the name elsewhere: restore the entry, and set its registry"
        case .scheme: "let the tool write it again from a registry that is set with https"
        case .credentials:
            "revoke them, and keep them in the tool's configuration outside of the project"
        case .integrityMissing: "let the tool write the entry again from the registry"
        case .integrityWeak: "let a current version of the tool write the file again"
        case .integrityMalformed: "restore the file from the last commit that was checked"
        case .nameMismatch: "find out who changed it, and restore the entry"
        case .source: "use a released version, or allow the kind with --allow-git or in the policy"
        case .notPinned: "pin an exact version, or a full commit id"
        case .conflict: "restore the file, or let the tool write it again"
        case .duplicate: "remove one of them, or let the tool write the file again"
        case .resolvedMissing: "let the tool write the entry again"
        case .includedFile: "lint that file too"
        case .unknownKey: "look at what it means; a newer tool may act on it"
        }
    }
}

/// Something that lint found.
public struct Finding: Sendable, Equatable {
    /// Which rule.
    public let rule: LintRule
    /// Where in the file.
    public let place: Place
    /// The package, as `name@version`; empty where it is about the whole file.
    public let package: String
    /// What is wrong, one clause; may hold text of the file, so escape it when shown.
    public let message: String

    /// A finding at a place.
    public init(_ rule: LintRule, at place: Place, package: String, _ message: String) {
        self.rule = rule
        self.place = place
        self.package = package
        self.message = message
    }
}
