// How tools whose installs are not staged are held to their lockfile: a switch or a variable for
// lines that name nothing to change, where the project has a lockfile (`LockfilePlace`).
// Before that the lockfile is judged, against the registries that the settings of the line name.
// Sources: yarn 1 src/cli/commands/install.js, yarn 2+ `yarn install` (--immutable), pnpm install,
// uv sync, cargo(1) fetch and vendor, bundle-config(1) frozen, poetry install (which fails where its
// lockfile does not fit pyproject.toml), pdm install (--check) and PDM_LOCKFILE.

public import GateCore

/// What holds one command of a tool to its lockfile.
public struct Freezing: Sendable {
    let tool: Word
    let command: Word
    /// Of the version's major number; nil for all.
    var majors: ClosedRange<Int>?
    /// The lockfile's names.
    public let lockfiles: [String]
    /// Words that are added.
    var words: [Word] = []
    /// Variables that are set.
    var environment: [EnvironmentRule] = []
    /// Whether the digests in requirement files stand for a lockfile; only where policy demands one.
    public var isByDigests = false
    /// Options of the caller that hold the line to its lockfile already.
    var already: Word = ""
    /// Options of the caller that ask for another lockfile.
    var changing: Word = ""
    /// Options of the caller that name another lockfile, or that bring what no lockfile pins.
    var elsewhere: Word = ""
    /// Where the line's registries stand.
    public var registries: RegistrySettings

    static let rows: [Freezing] = [
        Freezing(
            tool: "yarn", command: "install", majors: 0...1, lockfiles: ["yarn.lock"],
            words: ["--frozen-lockfile"], already: "frozen-lockfile", registries: .yarnClassic),
        Freezing(
            tool: "yarn", command: "install", majors: 2...99, lockfiles: ["yarn.lock"],
            words: ["--immutable"], already: "immutable frozen-lockfile",
            changing: "refresh-lockfile", registries: .yarnBerry),
        Freezing(
            tool: "pnpm", command: "install", lockfiles: ["pnpm-lock.yaml"],
            words: ["--frozen-lockfile=true"], already: "frozen-lockfile",
            changing: "fix-lockfile lockfile-only", registries: .pnpm),
        Freezing(
            tool: "uv", command: "sync", lockfiles: ["uv.lock"], words: ["--locked"],
            already: "locked frozen", changing: "upgrade upgrade-package refresh",
            registries: .python),
        Freezing(
            tool: "poetry", command: "install", lockfiles: ["poetry.lock"], registries: .python),
        Freezing(
            tool: "poetry", command: "sync", lockfiles: ["poetry.lock"], registries: .python),
        Freezing(
            tool: "pdm", command: "install", lockfiles: ["pdm.lock"], words: ["--check"],
            environment: pdmLockfile, already: "check", changing: "project override",
            elsewhere: "lockfile plugins", registries: .python),
        Freezing(
            tool: "pdm", command: "sync", lockfiles: ["pdm.lock"], environment: pdmLockfile,
            changing: "project override", elsewhere: "lockfile", registries: .python),
        Freezing(
            tool: "cargo", command: "fetch", lockfiles: ["Cargo.lock"], words: ["--locked"],
            already: "locked frozen", registries: .cargo),
        Freezing(
            tool: "cargo", command: "vendor", lockfiles: ["Cargo.lock"], words: ["--locked"],
            already: "locked frozen", registries: .cargo),
        Freezing(
            tool: "bundle", command: "install", lockfiles: ["Gemfile.lock", "gems.locked"],
            environment: [.init("BUNDLE_FROZEN", .set("true"))], registries: .bundler),
        Freezing(
            tool: "dotnet", command: "restore", lockfiles: ["packages.lock.json"],
            words: ["--locked-mode"], already: "locked-mode",
            changing: "force-evaluate", registries: .nuGet),
        Freezing(
            tool: "nuget", command: "restore", majors: 5...99, lockfiles: ["packages.lock.json"],
            words: ["-LockedMode"], already: "LockedMode", changing: "ForceEvaluate",
            registries: .nuGet),
        Freezing(
            tool: "pip", command: "install", lockfiles: [], words: ["--require-hashes"],
            isByDigests: true, already: "require-hashes", changing: "no-require-hashes",
            registries: .python),
        Freezing(
            tool: "pip", command: "download", lockfiles: [], words: ["--require-hashes"],
            isByDigests: true, already: "require-hashes", changing: "no-require-hashes",
            registries: .python),
    ]

    /// Settings and workspaces may name another lockfile than the one beside pyproject.toml.
    static let pdmLockfile: [EnvironmentRule] = [
        .init("PDM_LOCKFILE", .set("pdm.lock")), .init("PDM_LOCK_FORMAT", .set("pdm")),
    ]

    /// Whether an option of the line leads away from the lockfile of its directory.
    public static func leadsElsewhere(_ invocation: Invocation) -> Bool {
        for row in rows where row.tool == invocation.tool {
            for option in invocation.options where row.elsewhere.lists(option.name) { return true }
        }
        return false
    }

    /// The lockfiles of a tool, whatever its version.
    public static func lockfiles(of tool: Word) -> [String] {
        for row in rows where row.tool == tool { return row.lockfiles }
        return []
    }

    /// What holds this line to its lockfile; nil where nothing does, or where it names what to change.
    public static func of(_ invocation: Invocation) -> Freezing? {
        guard invocation.operation == .install, !invocation.isInert else { return nil }
        for row in rows where row.tool == invocation.tool {
            guard invocation.command.count == 2, invocation.command[1] == row.command else {
                continue
            }
            guard row.isByDigests ? invocation.asksByFile : invocation.packages.isEmpty else {
                continue
            }
            if let majors = row.majors {
                let digits = (invocation.version ?? "").prefix { $0 >= "0" && $0 <= "9" }
                guard let major = Int(digits), majors.contains(major) else { continue }
            }
            let isChange = invocation.options.contains { option in
                row.elsewhere.lists(option.name)
                    || row.changing.lists(option.name) && option.isOn
            }
            return isChange ? nil : row
        }
        return nil
    }

    /// The words that are still to be added to the line.
    ///
    /// - Throws: where the caller says the opposite.
    func missingWords(_ invocation: Invocation) throws(PlanRefusal) -> [Word] {
        for option in invocation.options where already.lists(option.name) {
            guard option.isOn, option.value.map({ $0 != "false" }) ?? true else {
                throw PlanRefusal(
                    "an install that names no package keeps to its lockfile, and "
                        + "\(option.spelling) says otherwise")
            }
            return []
        }
        return words
    }
}

extension Invocation {
    /// Whether everything that is asked for stands in requirement files.
    fileprivate var asksByFile: Bool {
        guard positionals.isEmpty else { return false }
        return inForce.contains { $0.name == "requirements" }
            && !inForce.contains { $0.name == "editables" }
    }
}
