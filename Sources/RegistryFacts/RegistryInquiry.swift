// How each kind of registry is asked about a package, as steps without any effect: an address to
// fetch, and what its answer leads to. Whoever runs the steps fetches, within limits of size and time.
//
// Sources: npm registry-metadata "package metadata"; PEP 691 and 700 (simple API as JSON,
// `upload-time`); guides.rubygems.org "RubyGems.org API", gem version methods; RFC 2789 of cargo
// (sparse index) with `pubtime`, crates.io's `/api/v1/crates/NAME`; NuGet "Package metadata resource".

internal import GateCore
public import Lockfiles
internal import StrictJSON

/// An address to fetch.
public struct RegistryRequest: Sendable, Equatable {
    /// The whole address.
    public let url: String
    /// What the answer should be.
    public let accept: String

    init(_ url: String, accept: String = "application/json") {
        self.url = url
        self.accept = accept
    }
}

/// What came back from an address.
public struct RegistryReply: Sendable {
    /// The status of HTTP; 0 where nothing came.
    public let status: Int
    /// The body.
    public let body: [UInt8]
    /// Why nothing came; one clause.
    public let failure: String?

    /// A reply.
    public init(status: Int, body: [UInt8], failure: String? = nil) {
        self.status = status
        self.body = body
        self.failure = failure
    }
}

/// What follows.
public enum RegistryStep: Sendable, Equatable {
    /// Fetch these, and give all replies at once.
    case fetch([RegistryRequest])
    /// This is known now.
    case done(RegistryFinding)
}

/// One package at one registry, as far as it has been asked for.
public struct RegistryInquiry: Sendable {
    private let ecosystem: PackageEcosystem
    private let base: String
    private let name: String
    /// What was published until then may have any time before it; nil where each has to be known.
    private let before: Int?
    private var stage = Stage.begin
    /// Versions of cargo's index, while their times are looked for elsewhere.
    private var indexed = Releases([])

    private enum Stage { case begin, document, configuration, times, service, pages }

    /// The deepest nesting of a document.
    private static let deepest = 64
    /// The most pages of one package.
    private static let mostPages = 128

    /// An inquiry.
    ///
    /// - Parameters:
    ///   - registry: its address, as the tool has it: with the path of the index.
    ///   - before: in milliseconds since 1970-01-01 UTC; where a registry says of a package that
    ///     nothing changed since, all its versions bear the time of that change.
    public init(
        _ ecosystem: PackageEcosystem, name: String, at registry: String, before: Int? = nil
    ) {
        self.ecosystem = ecosystem
        self.before = before
        self.name = registryName(name, in: ecosystem)
        var base = withoutProtocol(registry)
        while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        self.base = base
    }

    /// The first step.
    public mutating func begin() -> RegistryStep {
        guard isSoundName(name, in: ecosystem) else {
            return .done(.unknown("\"\(name)\" is no name that the registry could have"))
        }
        stage = .document
        switch ecosystem {
        case .npm:
            // The slash of a scope is part of the name.
            let accept =
                before == nil
                ? "application/json"
                : "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8"
            return .fetch([.init("\(base)/\(encoded(name))", accept: accept)])
        case .pypi:
            return .fetch([
                .init(
                    "\(base)/\(encoded(name))/", accept: "application/vnd.pypi.simple.v1+json")
            ])
        case .gem: return .fetch([.init("\(base)/api/v1/versions/\(encoded(name)).json")])
        case .cargo: return .fetch([.init("\(base)/\(cratePath)", accept: "text/plain")])
        case .nuget:
            stage = .service
            return .fetch([.init(serviceIndex)])
        }
    }

    /// The step after the replies to the last one's requests, in their order.
    public mutating func receive(_ replies: [RegistryReply]) -> RegistryStep {
        guard let reply = replies.first else { return .done(.unknown("it was not asked")) }
        for reply in replies {
            if let failure = reply.failure { return .done(.unknown(failure)) }
        }
        let isName = stage == .document
        if isName, reply.status == 404 || reply.status == 410 { return .done(.absent) }
        for reply in replies where reply.status != 200 {
            return .done(.unknown("it answered with status \(reply.status)"))
        }
        if ecosystem == .cargo, stage == .document { return crate(reply.body) }
        var documents: [JSON] = []
        for reply in replies {
            do throws(JSONError) {
                documents.append(
                    try JSON.parse(reply.body, deepest: RegistryInquiry.deepest))
            } catch {
                return .done(
                    .unknown("its answer is no JSON (\(error.message) at byte \(error.offset))"))
            }
        }
        switch ecosystem {
        case .npm: return npm(documents[0])
        case .pypi: return done(pythonReleases(documents[0], name: name))
        case .gem: return done(gemReleases(documents[0]))
        case .cargo: return crateTimes(documents[0])
        case .nuget: return nuget(documents)
        }
    }

    private func done(_ releases: Releases?) -> RegistryStep {
        .done(releases.map { .found($0) } ?? .unknown("its answer has another form"))
    }

    // MARK: npm

    /// The short form of a document has no times, but says when anything last changed ("package
    /// metadata", abbreviated). Most packages of a lockfile have not changed for long.
    private mutating func npm(_ document: JSON) -> RegistryStep {
        guard let before, stage == .document, document["time"] == nil else {
            return done(npmReleases(document))
        }
        let modified = document["modified"]?.string.flatMap { publishTime($0) }
        guard let modified, modified <= before, var releases = npmReleases(document) else {
            stage = .times
            return .fetch([.init("\(base)/\(encoded(name))")])
        }
        for index in releases.all.indices { releases.all[index].published = modified }
        return .done(.found(releases))
    }

    // MARK: cargo

    /// The place of a name in an index (cargo book, "Index files").
    private var cratePath: String {
        let lower = Word(name).lowercasedASCII
        switch lower.count {
        case 1, 2: return "\(lower.count)/\(lower)"
        case 3: return "3/\(lower.prefix(1))/\(lower)"
        default: return "\(lower.prefix(2))/\(lower.dropFirst(2).prefix(2))/\(lower)"
        }
    }

    private mutating func crate(_ body: [UInt8]) -> RegistryStep {
        guard let releases = crateReleases(body) else { return done(nil) }
        if releases.all.allSatisfy({ $0.published != nil }) { return .done(.found(releases)) }
        indexed = releases
        stage = .configuration
        return .fetch([.init("\(base)/config.json")])
    }

    private mutating func crateTimes(_ document: JSON) -> RegistryStep {
        if stage == .configuration {
            guard let api = document["api"]?.string else { return .done(.found(indexed)) }
            stage = .times
            var address = api
            while address.utf8.last == UInt8(ascii: "/") { address.removeLast() }
            return .fetch([.init("\(address)/api/v1/crates/\(encoded(name))")])
        }
        return .done(.found(addCrateTimes(document, to: indexed)))
    }

    // MARK: NuGet

    private var serviceIndex: String {
        Word(base).hasSuffix("/index.json") ? base : "\(base)/index.json"
    }

    private mutating func nuget(_ documents: [JSON]) -> RegistryStep {
        switch stage {
        case .service:
            guard let registrations = nugetRegistrations(documents[0]) else {
                return .done(.unknown("it has no package metadata (NuGet protocol version 3)"))
            }
            stage = .document
            return .fetch([.init("\(registrations)\(encoded(name))/index.json")])
        case .document:
            guard let pages = documents[0]["items"]?.array else { return done(nil) }
            let missing = pages.filter { $0["items"] == nil }
            guard missing.count <= RegistryInquiry.mostPages else { return done(nil) }
            var read = Releases([])
            for page in pages where page["items"] != nil {
                guard nugetReleases(page, into: &read) else { return done(nil) }
            }
            if missing.isEmpty { return .done(.found(read)) }
            indexed = read
            stage = .pages
            let addresses = missing.compactMap { $0["@id"]?.string }
            guard addresses.count == missing.count else { return done(nil) }
            return .fetch(addresses.map { .init($0) })
        case .begin, .configuration, .times, .pages:
            for page in documents {
                guard nugetReleases(page, into: &indexed) else { return done(nil) }
            }
            return .done(.found(indexed))
        }
    }
}

/// Whether a name could be in an address of the registry without changing it.
func isSoundName(_ name: String, in ecosystem: PackageEcosystem) -> Bool {
    var parts = [Word(name)]
    if ecosystem == .npm, Word(name).first == UInt8(ascii: "@") {
        guard let (scope, rest) = Word(name).dropFirst(1).split(at: UInt8(ascii: "/")) else {
            return false
        }
        parts = [scope, rest]
    }
    for part in parts {
        if part.isEmpty || part.count > 214 || part.first == UInt8(ascii: ".") { return false }
        for byte in part.text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                break
            // Old names of npm have these too (validate-npm-package-name).
            case UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "'"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "*"):
                if ecosystem != .npm { return false }
            default: return false
            }
        }
    }
    return true
}

/// A sound name as part of a path; only the slash of a scope needs an escape.
private func encoded(_ name: String) -> String {
    guard let (scope, rest) = Word(name).split(at: UInt8(ascii: "/")) else { return name }
    return "\(scope)%2f\(rest)"
}
