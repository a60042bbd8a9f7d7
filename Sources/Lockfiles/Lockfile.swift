// A lockfile as a value: which packages it pins, where each comes from, and by which digest it is
// recognised. Readers of all formats end here, so that lint and diff know nothing of syntax.
//
// What a format does not record is nil or empty, never a guess.

public import GateCore

/// A lockfile that was read.
public struct Lockfile: Sendable, Equatable {
    /// Which writer's.
    public let format: LockfileFormat
    /// Every package that it pins, in the order of the file.
    public var packages: [LockedPackage] = []
    /// Registries that the file names besides those of its packages.
    public var otherRegistries: [LockedText] = []
    /// Whether the file has a part for digests at all; without one lint says so once.
    public var recordsIntegrity = true
    /// What the reader noticed and no package can say: parts that contradict each other, keys that
    /// nobody knows.
    public var remarks: [Finding] = []

    /// An empty lockfile.
    public init(format: LockfileFormat) {
        self.format = format
        // Bundler's section is optional.
        recordsIntegrity = format != .bundler
    }
}

/// A family of registries, named as package URLs name them (purl-spec, PURL-TYPES).
public enum PackageEcosystem: UInt8, Sendable, CaseIterable {
    /// One for each registry that lockfiles here can name.
    case npm, pypi, gem, cargo, nuget

    /// The type of a package URL.
    public var name: String {
        switch self {
        case .npm: "npm"
        case .pypi: "pypi"
        case .gem: "gem"
        case .cargo: "cargo"
        case .nuget: "nuget"
        }
    }
}

/// Where a package comes from.
public enum LockedSource: UInt8, Sendable, CaseIterable {
    /// A registry of the ecosystem.
    case registry
    /// A commit of a repository.
    case git
    /// A file at an address that is no registry's.
    case url
    /// A file, or a directory outside of the project.
    case path
    /// A directory of the project itself.
    case workspace
    /// Inside another package's archive.
    case bundled

    /// The word in messages; the first five are those of policies.
    public var name: String {
        switch self {
        case .registry: "registry"
        case .git: "git"
        case .url: "url"
        case .path: "path"
        case .workspace: "workspace"
        case .bundled: "bundled"
        }
    }
}

/// A package at one version.
public struct LockedPackage: Sendable, Equatable {
    /// Its family of registries.
    public var ecosystem: PackageEcosystem
    /// The name at the registry, whatever the project calls it.
    public var name: String
    /// The version; empty where only the source says which.
    public var version: String
    /// Where it comes from.
    public var source: LockedSource
    /// Index or base URL of the registry, where the format records one.
    public var registry: LockedText?
    /// Archives, each with digests; one without a location where only digests are recorded.
    public var files: [LockedFile] = []
    /// Whether it has code that runs when it is installed; nil where that is not recorded.
    public var hasInstallScripts: Bool?
    /// Whether the project itself asks for it; nil where that is not recorded.
    public var isDirect: Bool?
    /// What the project asks for, where the format records it: a range, a tag, an address.
    public var requested: String?
    /// Programs that it brings along, where the format records them.
    public var programs: [String] = []
    /// Which build of the version it is: a gem's platform, `patched` by yarn; else empty.
    public var variant = ""
    /// Whether the writer leaves the digest out on purpose.
    public var mayLackDigest = false
    /// Where the package stands in the file.
    public var place: Place

    /// A package; what is left out is not recorded.
    public init(
        _ ecosystem: PackageEcosystem, name: String, version: String, source: LockedSource,
        at place: Place
    ) {
        self.ecosystem = ecosystem
        self.name = name
        self.version = version
        self.source = source
        self.place = place
    }

    /// The address that it is fetched from; the first, where there are several files.
    public var resolved: String? {
        for file in files { if let location = file.location { return location.text } }
        return nil
    }

    /// Digests of all files.
    public var integrity: [Integrity] {
        var digests: [Integrity] = []
        for file in files { digests += file.integrity }
        return digests
    }

    /// `name@version`, as messages call it.
    public var title: String { version.isEmpty ? name : "\(name)@\(version)" }
}

/// A text of the file and where it stands.
public struct LockedText: Sendable, Equatable {
    /// The text, escapes resolved.
    public var text: String
    /// Its first character.
    public var place: Place

    /// A text at a place.
    public init(_ text: String, at place: Place) {
        self.text = text
        self.place = place
    }
}

/// An archive of a package.
public struct LockedFile: Sendable, Equatable {
    /// URL, path or bare file name; nil where the format records none.
    public var location: LockedText?
    /// Digests of which any one is enough.
    public var integrity: [Integrity]

    /// A file with its digests.
    public init(location: LockedText?, integrity: [Integrity] = []) {
        self.location = location
        self.integrity = integrity
    }
}

/// A digest of an archive.
public struct Integrity: Sendable, Equatable {
    /// How the digest is written.
    public enum Encoding: UInt8, Sendable {
        /// RFC 4648, section 4, and section 8 in lower case.
        case base64, hexadecimal
    }

    /// `sha512`, `sha256`, `sha1` ...; yarn's own, of the archive that it packs itself, are
    /// `yarn-KEY`.
    public let algorithm: String
    /// The digest as written.
    public let value: String
    /// How it is written.
    public let encoding: Encoding
    /// Where it stands.
    public let place: Place

    /// A digest as written.
    public init(algorithm: String, value: String, encoding: Encoding, at place: Place) {
        self.algorithm = algorithm
        self.value = value
        self.encoding = encoding
        self.place = place
    }

    /// `algorithm-value`, for comparing and for messages.
    public var text: String { "\(algorithm)-\(value)" }
}

/// Why a file is not the lockfile it is named as, and where.
public struct LockfileError: Error, Equatable, Sendable {
    /// The first character that does not fit.
    public let place: Place
    /// One clause without a full stop; may hold text of the file, so escape it when shown.
    public let message: String

    /// An error at a place.
    public init(_ message: String, at place: Place) {
        self.place = place
        self.message = message
    }
}

/// Same digest, wherever it stands.
func isSame(_ left: Integrity, _ right: Integrity) -> Bool {
    Word(left.algorithm) == Word(right.algorithm) && Word(left.value) == Word(right.value)
}
