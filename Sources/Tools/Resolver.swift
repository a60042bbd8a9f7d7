// Installs into an environment that the tool keeps itself (pip, gem): the tool finds out what it would
// install, that is judged, and then exactly that is fetched and installed. The words of the phases
// are data of the profile; which packages they are about is handed to them when they are known.

public import GateCore

/// How a tool's installs are resolved first.
public struct Resolver: Sendable {
    /// In which form the tool says what it would install.
    public enum Report: Sendable {
        /// pip's installation report, version 1.
        case pip
        /// What guards/rubygems.rb writes.
        case gem
        /// uv's changes as JSON, and a pylock.toml of them.
        case uv
    }

    /// The form.
    public let report: Report
    /// The words of the phases; nil where a line is run in one piece, as it was called.
    public let words: @Sendable (Invocation, ResolverCircumstances) -> ResolvedWords?
    /// Whether a line is one that installs into an environment at all. Where the policy needs to know
    /// what such a line would install, it has to be resolved first.
    public var concerns: @Sendable (Invocation) -> Bool = { _ in true }
    /// Why a line that should be resolved first cannot be, one clause; nil for any other line.
    public var refusal: @Sendable (Invocation) -> String? = { _ in nil }

    /// A resolver by its parts.
    public init(
        report: Report,
        words: @escaping @Sendable (Invocation, ResolverCircumstances) -> ResolvedWords?
    ) {
        self.report = report
        self.words = words
    }

    /// The file by which a phase is told what to fetch and install, and by which it answers: an open
    /// descriptor of ours.
    public static let exchange: Word = "/proc/self/fd/3"
}

extension ToolProfile {
    /// How a line's install is resolved first; nil where it never is.
    public func resolver(of invocation: Invocation) -> Resolver? {
        // An interpreter that is asked for a module is that module's tool.
        guard name == "python", let module = invocation.nested.first else { return resolver }
        return Catalog.profile(calledAs: module.tool)?.resolver ?? resolver
    }
}

/// What the words of a phase depend on besides the line.
public struct ResolverCircumstances: Sendable {
    /// Words in front of the tool's own command: an interpreter's `-m pip`.
    public var before: [Word]
    /// Switches that the plan adds to the line in one piece.
    public var switches: [Word]
    /// The latest publish time of what may be chosen, RFC 3339; nil where any will do, or not for all.
    public var publishedBefore: Word?

    /// Circumstances.
    public init(before: [Word], switches: [Word], publishedBefore: Word? = nil) {
        self.before = before
        self.switches = switches
        self.publishedBefore = publishedBefore
    }
}

/// The words of the phases, without argv[0].
public struct ResolvedWords: Sendable, Equatable {
    /// Finds out what would be installed.
    public var resolve: [Word]
    /// Finds out which files that are; empty where resolving has done that.
    public var pin: [Word] = []
    /// Fetches it; empty where resolving has done that.
    public var fetch: [Word] = []
    /// Takes away what is to go; empty where the line takes nothing away.
    public var remove: [Word] = []
    /// Installs what was fetched; empty where the line only fetches.
    public var install: [Word] = []
    /// Installs the project's own folders, which follow; empty where there are none.
    public var own: [Word] = []

    /// Words that only resolve.
    public init(resolve: [Word]) { self.resolve = resolve }
}

extension Plan {
    /// Splits the plan into the phases of a resolved install.
    mutating func split(_ words: ResolvedWords) {
        launch = .supervise
        let whole = arguments
        for (purpose, words) in [
            (Phase.Purpose.resolve, words.resolve), (.pin, words.pin), (.fetch, words.fetch),
            (.remove, words.remove), (.install, words.install), (.own, words.own),
        ] where !words.isEmpty {
            phases.append(
                Phase(
                    purpose, program: program, calledAs: calledAs, arguments: words, in: .project))
            for word in words where word.first == UInt8(ascii: "-") {
                let isNew =
                    !whole.contains(word) && !injected.contains { Word($0) == word }
                if isNew { injected.append(word.text) }
            }
        }
    }
}
