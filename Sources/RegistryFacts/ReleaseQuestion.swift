// What is asked about a package that a line would bring, what the answer is, and whether it is old
// enough. Questions and answers travel as lines of JSON between the shim and the executable that
// fetches; each answer bears the number of its question.

internal import GateCore
public import Lockfiles
public import StrictJSON

/// A package that would be chosen.
public struct ReleaseQuestion: Sendable, Equatable {
    /// Whose package.
    public var ecosystem: PackageEcosystem
    /// Where it would come from: the address of the index as the tool has it.
    public var registry: String
    /// The package's name.
    public var name: String
    /// The version or what may be chosen, as the tool reads it; empty for any.
    public var range: String
    /// Whether `range` is one version (a lockfile's), however the tool would read it.
    public var isVersion: Bool
    /// The latest time of publication that is old enough, in milliseconds since 1970-01-01 UTC.
    public var before: Int
    /// Whether the times themselves are wanted, and not only whether they are before that one.
    public var wantsTimes = false
    /// Whether versions that are not final may be chosen although nothing asks for one by its name.
    public var includesPreliminary = false

    /// A question.
    public init(
        _ ecosystem: PackageEcosystem, _ name: String, range: String = "", isVersion: Bool = false,
        at registry: String, before: Int
    ) {
        self.ecosystem = ecosystem
        self.registry = registry
        self.name = name
        self.range = range
        self.isVersion = isVersion
        self.before = before
    }

    /// `name@range`, as messages call it.
    public var title: String { range.isEmpty ? name : "\(name)@\(range)" }
}

/// What is known of it.
public struct ReleaseAnswer: Sendable, Equatable {
    /// Whether the registry has the name; nil where that is not known.
    public var exists: Bool?
    /// Why nothing is known; one clause.
    public var failure: String?
    /// The one version that would be chosen, where that can be told.
    public var version: String?
    /// When that version was published, in milliseconds since 1970-01-01 UTC.
    public var published: Int?
    /// Whether that version was taken back.
    public var isWithdrawn = false
    /// Whether its author warns of it.
    public var isDeprecated = false
    /// A version that could be chosen and is too young, or whose time is unknown; else nil.
    public var young: String?
    /// When that one was published.
    public var youngPublished: Int?
    /// The final version that was published last among those that are old enough.
    public var newest: String?
    /// The time at which the package's first version was published.
    public var firstPublished: Int?
    /// How often the package was fetched, as far as the registry tells.
    public var downloads: Int?

    /// Nothing is known.
    public init(exists: Bool? = nil, failure: String? = nil) {
        self.exists = exists
        self.failure = failure
    }
}

extension ReleaseQuestion {
    /// The answer that a finding gives.
    public func answer(_ finding: RegistryFinding) -> ReleaseAnswer {
        switch finding {
        case .absent: return ReleaseAnswer(exists: false)
        case .unknown(let reason): return ReleaseAnswer(failure: reason)
        case .found(let releases): return answer(releases)
        }
    }

    private func answer(_ releases: Releases) -> ReleaseAnswer {
        var answer = ReleaseAnswer(exists: true)
        answer.downloads = releases.downloads
        answer.newest = releases.newest(before: before, in: ecosystem)?.version
        answer.firstPublished = releases.all.compactMap(\.published).min()
        if let wanted = chosen(releases) {
            answer.version = wanted
            guard let release = releases.release(wanted, in: ecosystem) else {
                answer.failure = "\(name) has no version \(wanted)"
                return answer
            }
            answer.published = release.published
            answer.isWithdrawn = release.isWithdrawn
            answer.isDeprecated = release.isDeprecated
            if !isOld(release) {
                answer.young = release.version
                answer.youngPublished = release.published
            }
            return answer
        }
        let wantsPreliminary =
            includesPreliminary || isPreliminary(range, in: ecosystem)
            || releases.all.allSatisfy { isPreliminary($0.version, in: ecosystem) }
        for release in releases.all where !release.isWithdrawn && !isOld(release) {
            if !wantsPreliminary, isPreliminary(release.version, in: ecosystem) { continue }
            guard mayMeet(range, release.version, in: ecosystem) else { continue }
            // One without a time says more than a young one: nothing can be told.
            let isStranger = answer.young == nil || release.published == nil
            if isStranger {
                answer.young = release.version
                answer.youngPublished = release.published
            }
        }
        return answer
    }

    /// The one version that would be chosen; nil where there is more than one candidate.
    private func chosen(_ releases: Releases) -> String? {
        if isVersion { return range }
        if let tagged = releases.version(tagged: range.isEmpty ? "latest" : range) {
            return tagged
        }
        return exactVersion(range, in: ecosystem)
    }

    private func isOld(_ release: Release) -> Bool {
        release.published.map { $0 <= before } ?? false
    }

    /// Why the package is not old enough; nil where it is. A name that is not there is another matter.
    public func refusal(_ answer: ReleaseAnswer) -> String? {
        let rule = "the policy's minimumReleaseAge"
        if answer.exists == false { return nil }
        if let failure = answer.failure {
            if answer.exists == true { return failure }
            return "when \(title) was published cannot be told, which \(rule) needs: "
                + "\(registry): \(failure)"
        }
        guard let young = answer.young else { return nil }
        guard let time = answer.youngPublished else {
            return "\(registry) does not say when \(name)@\(young) was published, which \(rule) "
                + "needs"
        }
        let reason =
            "\(name)@\(young) was published at \(publishText(time)), after "
            + "\(publishText(before)), which \(rule) forbids"
        guard let newest = answer.newest else {
            return reason + "; no version of it is old enough"
        }
        return reason + "; the newest that is old enough is \(name)@\(newest)"
    }
}

// MARK: lines

extension ReleaseQuestion {
    /// One line, without its end.
    public func line(_ number: Int) -> [UInt8] {
        var json = JSONText()
        json.raw("{\"id\":\(number),\"ecosystem\":")
        json.string(ecosystem.name)
        json.raw(",\"registry\":")
        json.string(registry)
        json.raw(",\"name\":")
        json.string(name)
        json.raw(",\"range\":")
        json.string(range)
        json.raw(
            ",\"exact\":\(isVersion),\"before\":\(before),\"times\":\(wantsTimes),\"pre\":\(includesPreliminary)}"
        )
        return json.bytes
    }

    /// Reads a line; nil where it is no question.
    public init?(line: JSON) {
        guard let kind = line["ecosystem"]?.string,
            let ecosystem = PackageEcosystem.allCases.first(where: { Word($0.name) == Word(kind) }),
            let registry = line["registry"]?.string, let name = line["name"]?.string,
            let range = line["range"]?.string, let isVersion = line["exact"]?.bool,
            let before = line["before"]?.integer
        else { return nil }
        self.init(
            ecosystem, name, range: range, isVersion: isVersion, at: registry, before: before)
        wantsTimes = line["times"]?.bool ?? false
        includesPreliminary = line["pre"]?.bool ?? true
    }
}

extension ReleaseAnswer {
    /// One line, without its end.
    public func line(_ number: Int) -> [UInt8] {
        var json = JSONText()
        json.raw("{\"id\":\(number),\"exists\":")
        json.string(exists.map { $0 ? "yes" : "no" } ?? "unknown")
        json.text("failure", failure)
        json.text("version", version)
        json.number("published", published)
        json.raw(",\"withdrawn\":\(isWithdrawn),\"deprecated\":\(isDeprecated)")
        json.text("young", young)
        json.number("youngPublished", youngPublished)
        json.text("newest", newest)
        json.number("firstPublished", firstPublished)
        json.number("downloads", downloads)
        json.raw("}")
        return json.bytes
    }

    /// Reads a line; nil where it is no answer.
    public init?(line: JSON) {
        guard let word = line["exists"]?.string else { return nil }
        switch Word(word) {
        case "yes": exists = true
        case "no": exists = false
        case "unknown": exists = nil
        default: return nil
        }
        failure = line["failure"]?.string
        version = line["version"]?.string
        published = line["published"]?.integer
        isWithdrawn = line["withdrawn"]?.bool ?? false
        isDeprecated = line["deprecated"]?.bool ?? false
        young = line["young"]?.string
        youngPublished = line["youngPublished"]?.integer
        newest = line["newest"]?.string
        firstPublished = line["firstPublished"]?.integer
        downloads = line["downloads"]?.integer
        if exists == nil, failure == nil { return nil }
    }
}

extension JSONText {
    fileprivate mutating func text(_ name: String, _ value: String?) {
        guard let value else { return }
        raw(",\"\(name)\":")
        string(value)
    }

    fileprivate mutating func number(_ name: String, _ value: Int?) {
        if let value { raw(",\"\(name)\":\(value)") }
    }
}
