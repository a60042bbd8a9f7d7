// What a command line does, in the words of the glossary, and how grave that is.

/// The consequence of an invocation, gravest first.
public enum Operation: UInt8, Sendable, CaseIterable {
    /// Makes something public: publish, push, upload, stage approve.
    case publish
    /// Takes something public away: unpublish, yank, delete.
    case unpublish
    /// Changes who or what a registry serves: owners, dist-tags, access, teams, trust.
    case administer
    /// Obtains or stores credentials: login, adduser, token, setapikey.
    case authenticate
    /// Changes settings that touch registries, authentication, scripts or executables.
    case configure
    /// Fetches a program and runs it in one step.
    case execute
    /// Fetches packages into a project or environment.
    case install
    /// Runs the project's own code, or programs already in the project.
    case run
    /// Builds an archive locally.
    case pack
    /// Changes local metadata or a harmless setting.
    case modify
    /// Reads only.
    case query
    /// Not understood; denied unless a rule names it.
    case unknown

    /// The name used in policies, records and messages.
    public var name: String {
        switch self {
        case .publish: "publish"
        case .unpublish: "unpublish"
        case .administer: "administer"
        case .authenticate: "authenticate"
        case .configure: "configure"
        case .execute: "execute"
        case .install: "install"
        case .run: "run"
        case .pack: "pack"
        case .modify: "modify"
        case .query: "query"
        case .unknown: "unknown"
        }
    }

    /// The operation of that name, byte for byte.
    public init?(name: Word) {
        // Every start-up asks, so no list of the cases is made for it.
        var code: UInt8 = 0
        while let operation = Operation(rawValue: code) {
            if Word(operation.name) == name {
                self = operation
                return
            }
            code += 1
        }
        return nil
    }

    /// Whether this is graver than `other`. `unknown` is graver than all: nobody knows what it does.
    public func isGraver(than other: Operation) -> Bool {
        rank < other.rank
    }

    private var rank: Int { self == .unknown ? -1 : Int(rawValue) }

    /// Whether strangers' code could run during it, so that scripts are suppressed.
    public var suppressesScripts: Bool { self == .install || self == .execute }
}
