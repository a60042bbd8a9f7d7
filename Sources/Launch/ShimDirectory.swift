// The shim directory of an installation: which names are shimmed, what stands behind them, and
// what comes before us on PATH. Shims are made for tools that are present only, so that
// `command -v pnpm` stays honest.

public import Audit
public import GateCore
public import Platform
internal import StrictJSON

/// One name and what a PATH makes of it.
public struct ShimState: Sendable {
    public let name: Word
    /// Whether the shim directory holds it.
    public let isShimmed: Bool
    /// The real tool, unresolved; nil where there is none.
    public let realTool: String?
    /// What a shell would start now; nil where nothing.
    public let first: String?
    /// Whether what a shell would start is one of our shims.
    public let isGuarded: Bool
}

/// What `sync` changed.
public struct ShimChanges: Sendable {
    public var added: [Word] = []
    public var removed: [Word] = []
    public var tools: [(name: Word, path: String)] = []
}

/// The directory of symlinks that goes first on an agent's PATH.
public struct ShimDirectory: Sendable {
    let installation: Installation
    /// Every name of the catalog; `pip3.` and `python3.` names on PATH are added.
    let names: [Word]

    public init(_ installation: Installation, names: [Word]) {
        self.installation = installation
        self.names = names
    }

    /// The state of every name that is shimmed or on PATH.
    public func states(on path: String) -> [ShimState] {
        var states: [ShimState] = []
        for name in names + minorVersions(on: path) {
            let candidates = programs(name, on: path)
            let shim = installation.shims + "/" + name.text
            let isShimmed = FileStatus(shim)?.isSameFile(as: installation.identity) ?? false
            let real = candidates.first { !$0.isOurs }
            guard isShimmed || real != nil else { continue }
            states.append(
                ShimState(
                    name: name, isShimmed: isShimmed, realTool: real?.path,
                    first: candidates.first?.path, isGuarded: candidates.first?.isOurs ?? false))
        }
        return states
    }

    /// Makes shims for the tools on `path`, removes those without one, and writes the table of
    /// real tools to `install.json`. Each change is atomic, and a second run changes nothing.
    public func sync(on path: String) throws -> ShimChanges {
        guard let manifestPath = installation.manifestPath else {
            throw InstallationError("a checkout's shims are part of it; install shimgate to sync")
        }
        var changes = ShimChanges()
        for state in states(on: path) {
            let shim = installation.shims + "/" + state.name.text
            if let real = state.realTool {
                changes.tools.append((state.name, real))
                if !state.isShimmed {
                    try DirectoryEntry.link(shim, to: "../../../bin/shimgate")
                    changes.added.append(state.name)
                }
            } else if state.isShimmed {
                try DirectoryEntry.remove(shim)
                changes.removed.append(state.name)
            }
        }
        var manifest = installation.manifest
        manifest.tools = changes.tools
        try DirectoryEntry.replace(manifestPath, with: manifest.encoded, mode: 0o644)
        return changes
    }

    /// `pip3.N`, `pip-3.N` and `python3.N` on PATH, because a distribution installs one for each version.
    private func minorVersions(on path: String) -> [Word] {
        var found: [Word] = []
        let directories = RealTool.candidates("x", path, cwd: nil).map(FilePath.parent)
        for directory in directories + [installation.shims] {
            for name in FilePath.names(in: directory) ?? [] {
                let word = Word(name)
                let isVersion =
                    word.hasPrefix("pip3.") || word.hasPrefix("pip-3.")
                    || word.hasPrefix("python3.")
                guard isVersion, let dot = word.split(at: UInt8(ascii: ".")) else { continue }
                let isNumber = dot.tail.text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
                if isNumber, !dot.tail.isEmpty, !found.contains(word) { found.append(word) }
            }
        }
        return found.sorted()
    }

    private func programs(_ name: Word, on path: String) -> [(path: String, isOurs: Bool)] {
        var found: [(path: String, isOurs: Bool)] = []
        for candidate in RealTool.candidates(name, path, cwd: nil) {
            guard let status = FileStatus(candidate), status.isRegular,
                FilePath.isExecutable(candidate)
            else { continue }
            let isOurs =
                status.isSameFile(as: installation.identity) || AdoptedProgram.isOurs(candidate)
            found.append((candidate, isOurs))
        }
        return found
    }
}

extension Installation {
    /// Writes into `install.json` which chain a user has, so that its log can no more vanish and
    /// start anew. A checkout has no such file, and nothing is written.
    public func note(chain: ChainID, of user: UInt32) throws(SystemError) {
        guard let manifestPath else { return }
        var manifest = manifest
        let uid = Word(String(user))
        manifest.chains.removeAll { $0.uid == uid }
        manifest.chains.append((uid, chain.text))
        try DirectoryEntry.replace(manifestPath, with: manifest.encoded, mode: 0o644)
    }

    /// The log of a user, with the chain that `install.json` knows.
    public func log(of user: UInt32) -> AuditLog {
        let uid = Word(String(user))
        var known: ChainID?
        for chain in manifest.chains where chain.uid == uid { known = ChainID(chain.id) }
        return AuditLog(directory: manifest.state(of: user), known: known)
    }
}

extension InstallManifest {
    /// `install.json`: one member a line, so that a person can read and compare it.
    var encoded: String {
        var json = JSONText()
        json.raw("{\n  \"version\": 1,\n  \"state\": ")
        json.string(state)
        section("tools", tools.map { ($0.name.text, $0.path) }, into: &json)
        section("labels", labels.map { ($0.name.text, $0.value) }, into: &json)
        section("chains", chains.map { ($0.uid.text, $0.id) }, into: &json)
        if !profiles.isEmpty {
            json.raw(",\n  \"profile\": ")
            json.strings(profiles)
        }
        json.raw("\n}\n")
        return json.text
    }

    private func section(_ name: String, _ members: [(String, String)], into json: inout JSONText) {
        if members.isEmpty { return }
        json.raw(",\n  \"\(name)\": {")
        for (index, member) in members.enumerated() {
            json.raw(index > 0 ? ",\n    " : "\n    ")
            json.string(member.0)
            json.raw(": ")
            json.string(member.1)
        }
        json.raw("\n  }")
    }
}
