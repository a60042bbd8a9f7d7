// Credentials that lie in a tool's settings files are kept from it: by variables that hide a key where
// the tool's environment wins over its files, else by a copy of the file without them, to which a
// variable leads the tool. Registries, scopes, proxies and certificates stay as they are, so nothing
// falls back to a public registry. A registry that policy names with packages of its own keeps what is
// its own. What a tool offers no way to hide is named.
//
// Reading is coarser than the tools': an `.npmrc` of any directory above counts, because hiding one
// key too many takes nothing away that a line without credentials could use.

public import GateCore

/// What is done so that a tool does not find credentials.
public struct HiddenCredentials: Sendable, Equatable {
    /// Variables that the tool gets.
    public var variables: [Environment.Entry] = []
    /// Files that it reads in the place of its own.
    public var copies: [SettingsCopy] = []
    /// What is hidden: `PATH: KEY`, never a value.
    public var hidden: [String] = []
    /// What cannot be hidden from this tool: `PATH: KEY`.
    public var left: [String] = []
    /// Files that hold credentials, absolute.
    public var files: [String] = []
    /// Where the copies lie, absolute; empty where there are none.
    public var directory = ""

    /// Nothing.
    public init() {}
}

extension Plan {
    /// Hides credentials from the tool.
    public mutating func hide(_ credentials: HiddenCredentials) {
        for variable in credentials.variables {
            // What an obligation has set or removed is stronger; an emptied one is emptied already.
            if replaced.contains(where: { $0.name == variable.name }) { continue }
            if removed.contains(variable.name), variable.value.isEmpty { continue }
            replaced.append(variable)
        }
        copies = credentials.copies
        copiesDirectory = credentials.directory
        credentialFiles = credentials.files
        stripped += credentials.hidden
        injected += credentials.left.map { "credentials:unenforced:\($0)" }
    }
}

/// Finds what has to be hidden from a line and everything nested in it.
///
/// - Parameters:
///   - kept: registries that keep their own credentials.
///   - directory: where copies would lie, absolute; asked for where there is one, and nothing is written.
///   - answer: reads files.
public func hiddenCredentials(
    from invocation: Invocation, of line: Line, keeping kept: [PrivateRegistry],
    copiesIn directory: () -> String, answering answer: (Fact) -> Answer
) -> HiddenCredentials {
    guard line.cwd != nil, !invocation.isInert else { return HiddenCredentials() }
    return withoutActuallyEscaping(answer) { answer in
        withoutActuallyEscaping(directory) { directory in
            var search = CredentialSearch(line, kept, directory, answer)
            for inner in invocation.flattened { search.hide(from: inner) }
            return search.found
        }
    }
}

/// One search.
struct CredentialSearch {
    let line: Line
    let cwd: String
    /// Base addresses that keep their credentials.
    let kept: [RegistryBase]
    private let place: () -> String
    private let answer: (Fact) -> Answer
    var found = HiddenCredentials()
    private var done = WordPlaces()

    init(
        _ line: Line, _ kept: [PrivateRegistry], _ place: @escaping () -> String,
        _ answer: @escaping (Fact) -> Answer
    ) {
        self.line = line
        cwd = line.cwd ?? "/"
        self.kept = kept.filter(\.keepsCredentials).compactMap(\.base)
        self.place = place
        self.answer = answer
    }

    /// Hides what this tool would read.
    fileprivate mutating func hide(from invocation: Invocation) {
        let places = invocation.directories.map { PathText.absolute(Word($0), from: cwd) } + [cwd]
        let isRun = invocation.operation == .run
        for family in credentialFamilies where family.tools.lists(invocation.tool) {
            // Variables of addresses count for every line; nothing else of a line that only runs
            // the project's own programs asks a registry.
            if isRun, !family.hidesFromRuns { continue }
            if done.add(family.tools) != nil { continue }
            family.hide(invocation, places, &self)
        }
    }

    /// The text of a file; nil where there is none. One that cannot be read may hold anything.
    mutating func text(_ path: String) -> String? {
        switch answer(.text(path)) {
        case .text(let text): return text
        case .unreadable:
            found.left.append("\(path): cannot be read")
            return nil
        case .absent, .file, .directory, .names, .place, .tracked: return nil
        }
    }

    /// An answer for a question of the readers.
    func ask(_ fact: Fact) -> Answer { answer(fact) }

    /// The names in a directory.
    func names(in path: String) -> [String] {
        if case .names(let names) = answer(.names(path)) { return names }
        return []
    }

    /// Notes that a key of a file is hidden.
    mutating func noteHidden(_ path: String, _ key: Word) {
        note(path)
        let name = "\(path): \(key)"
        if !found.hidden.contains(where: { Word($0) == Word(name) }) { found.hidden.append(name) }
    }

    /// Notes that a key of a file cannot be hidden.
    mutating func noteLeft(_ path: String, _ key: Word) {
        note(path)
        let name = "\(path): \(key)"
        if !found.left.contains(where: { Word($0) == Word(name) }) { found.left.append(name) }
    }

    private mutating func note(_ path: String) {
        if !found.files.contains(where: { Word($0) == Word(path) }) { found.files.append(path) }
    }

    /// Gives the tool a variable. The first value of a name stays.
    mutating func set(_ name: Word, _ value: Word) {
        if found.variables.contains(where: { $0.name == name }) { return }
        found.variables.append(.init(name: name, value: value))
    }

    /// Writes a copy, later, and says where it will lie.
    mutating func copy(_ text: String, as name: String) -> Word {
        if found.copies.isEmpty { found.directory = place() }
        found.copies.append(SettingsCopy(name: name, text: text))
        return Word("\(found.directory)/\(name)")
    }

    /// A variable with something in it.
    func variable(_ name: Word) -> Word? {
        line.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Directories that settings of a project lie in, nearest first, without the home directory.
    func folders(of places: [String]) -> [String] {
        var folders: [String] = []
        var seen = WordPlaces()
        for place in places {
            for folder in YarnWords.ancestors(of: straightened(place))
            where seen.add(Word(folder)) == nil {
                folders.append(folder)
            }
        }
        return folders
    }

    /// Whether a registry keeps its credentials: an address below its base, or one that holds the base.
    func keeps(_ address: String) -> Bool {
        guard let url = WebAddress(address) else { return false }
        for base in kept {
            if base.holds(url, wholePath: true) { return true }
            if base.isBelow(url) { return true }
        }
        return false
    }
}

/// A family of tools that read the same files.
private struct CredentialFamily: Sendable {
    let tools: Word
    var hidesFromRuns = false
    let hide: @Sendable (Invocation, [String], inout CredentialSearch) -> Void
}

private let credentialFamilies: [CredentialFamily] = [
    .init(tools: "npm npx", hidesFromRuns: true) { $2.hideFromNpm($0, $1) },
    .init(tools: "pnpm pnpx", hidesFromRuns: true) { $2.hideFromPnpm($0, $1) },
    .init(tools: "yarn", hidesFromRuns: true) { $2.hideFromYarn($0, $1) },
    .init(tools: "pip pipx uv uvx poetry pdm hatch") { $2.hideFromPython($0, $1) },
    .init(tools: "gem") { $2.hideFromGem($0, $1) },
    .init(tools: "bundle") { $2.hideFromBundle($0, $1) },
    .init(tools: "cargo") { $2.hideFromCargo($0, $1) },
    .init(tools: "nuget dotnet") { $2.hideFromNuGet($0, $1) },
]
