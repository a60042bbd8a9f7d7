// What a registry says of a package: which versions there are, and when each was published. The
// documents of all registries end here, so that a judgement knows nothing of their forms.
//
// What a registry does not say is nil, never a guess: an unknown time is not an old one.

internal import GateCore
public import Lockfiles

/// One version of a package.
public struct Release: Sendable, Equatable {
    /// As the registry writes it.
    public let version: String
    /// Milliseconds since 1970-01-01 UTC; of several files of a version, the last one's.
    public var published: Int?
    /// Whether the registry took it back, or hides it from those who name no version.
    public var isWithdrawn: Bool
    /// Whether its author warns of it.
    public var isDeprecated: Bool

    /// A version.
    public init(
        _ version: String, published: Int?, isWithdrawn: Bool = false, isDeprecated: Bool = false
    ) {
        self.version = version
        self.published = published
        self.isWithdrawn = isWithdrawn
        self.isDeprecated = isDeprecated
    }
}

/// All versions of a package.
public struct Releases: Sendable, Equatable {
    /// In the registry's order.
    public var all: [Release]
    /// Versions by the words that the registry has for them (npm's dist-tags); `latest` is given to
    /// those who name none.
    public var tags: [Tag] = []
    /// How often the package was fetched, as far as the registry tells; over which time differs.
    public var downloads: Int?

    /// Versions.
    public init(_ all: [Release]) { self.all = all }

    /// A word for a version.
    public struct Tag: Sendable, Equatable {
        /// The word.
        public let name: String
        /// What it stands for.
        public let version: String
    }

    /// The version that a word stands for.
    public func version(tagged name: String) -> String? {
        for tag in tags where Word(tag.name) == Word(name) { return tag.version }
        return nil
    }
}

/// What came of looking for a package.
public enum RegistryFinding: Sendable, Equatable {
    /// It is there.
    case found(Releases)
    /// The registry says that there is no such name.
    case absent
    /// The registry could not be asked, or what it said is not understood: one clause.
    case unknown(String)
}

extension Releases {
    /// The version, where it is there. Names of versions are compared as the ecosystem does.
    public func release(_ version: String, in ecosystem: PackageEcosystem) -> Release? {
        let wanted = comparable(version, in: ecosystem)
        for release in all where comparable(release.version, in: ecosystem) == wanted {
            return release
        }
        return nil
    }

    /// The final version that was published last before a time; nil where there is none.
    public func newest(before limit: Int, in ecosystem: PackageEcosystem) -> Release? {
        var newest: (release: Release, time: Int)?
        for release in all where !release.isWithdrawn {
            guard !isPreliminary(release.version, in: ecosystem), let time = release.published,
                time <= limit
            else { continue }
            if newest.map({ time >= $0.time }) ?? true { newest = (release, time) }
        }
        return newest?.release
    }
}

/// Whether a version is not final, so that nobody gets it who does not ask for such: `1.0-rc.1` (semver
/// 9, NuGet), `2.0.0.pre` (any letter, Gem::Version#prerelease?), `1.0rc1`, `1.0.dev4` (PEP 440).
/// What follows a `+` says nothing of that.
public func isPreliminary(_ version: String, in ecosystem: PackageEcosystem) -> Bool {
    let whole = Word(version).lowercasedASCII
    let text = whole.split(at: UInt8(ascii: "+"))?.head ?? whole
    switch ecosystem {
    case .npm, .cargo, .nuget: return text.contains(UInt8(ascii: "-"))
    case .gem: return text.text.utf8.contains { $0 >= 0x61 && $0 <= 0x7A }
    case .pypi:
        let words: Word = "a b c rc alpha beta pre preview dev"
        let parts = text.text.utf8.split { !($0 >= 0x61 && $0 <= 0x7A) }
        return parts.contains { words.lists(Word(Substring($0))) }
    }
}

/// A version in the form in which the ecosystem compares it: without build metadata, PyPI and NuGet
/// without case and without zeros at the end (PEP 440 "normalization", NuGet "normalized version
/// numbers"). Two that differ here may still be the same; that makes a version unknown, not old.
func comparable(_ version: String, in ecosystem: PackageEcosystem) -> Word {
    let lower = Word(version).lowercasedASCII
    switch ecosystem {
    case .npm, .gem: return Word(version)
    case .cargo: return lower.split(at: UInt8(ascii: "+"))?.head ?? lower
    case .nuget, .pypi:
        let isPython = ecosystem == .pypi
        let bare = isPython ? lower : lower.split(at: UInt8(ascii: "+"))?.head ?? lower
        let plain = bare.first == UInt8(ascii: "v") ? bare.dropFirst(1) : bare
        let end = plain.text.utf8.prefix { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") }
        let rest = plain.dropFirst(end.count)
        var numbers: [String] = []
        for part in end.split(separator: UInt8(ascii: ".")) {
            let digits = part.drop { $0 == UInt8(ascii: "0") }
            numbers.append(digits.isEmpty ? "0" : String(Substring(digits)))
        }
        while numbers.count > 1, numbers.last.map({ Word($0) == "0" }) == true {
            numbers.removeLast()
        }
        let separator =
            isPython && end.last == UInt8(ascii: ".") && !rest.isEmpty ? "." : ""
        return Word(numbers.joined(separator: ".") + separator + rest.text)
    }
}

/// A package's name in the form that its registry's addresses have, and in which names are compared.
public func registryName(_ name: String, in ecosystem: PackageEcosystem) -> String {
    switch ecosystem {
    case .pypi: normalisedPythonName(name)
    case .nuget: Word(name).lowercasedASCII.text
    case .npm, .gem, .cargo: name
    }
}
