// Which registries a line's packages come from: the line, the environment, and the settings files of
// project, user and machine, each place named. Asked for installs and what fetches to run, by facts as
// all reading is; nothing is started. A place that names a registry in a way that is not understood
// counts as one with an address that cannot be told, which no list holds.

import GateCore

extension Invocation {
    /// Fills in `registries` for a line that fetches packages.
    mutating func readRegistries(_ line: Line, _ facts: inout Facts) {
        guard line.cwd != nil, !isInert else { return }
        for row in registryReaders where row.tools.lists(tool) {
            var reader = RegistryReader(line, acting: directories, standard: row.standard)
            // What requirement files name was found with what they ask for.
            for use in registries { reader.add(use.address, at: use.place, from: use.origin) }
            row.read(self, &reader, &facts)
            registries = reader.uses
            areRegistriesKnown = reader.isComplete
            asksAllRegistries = reader.asksAll
            return
        }
    }
}

/// How a family of tools says where its packages come from.
private struct RegistryRow: Sendable {
    /// Names of profiles.
    let tools: Word
    /// The tool's own registry, and other names of it.
    let standard: [String]
    let read: @Sendable (Invocation, inout RegistryReader, inout Facts) -> Void
}

private let npmRegistry = ["https://registry.npmjs.org/", "https://registry.yarnpkg.com/"]
private let pythonIndex = ["https://pypi.org/", "https://files.pythonhosted.org/"]

private let registryReaders: [RegistryRow] = [
    .init(tools: "npm npx", standard: npmRegistry) { $1.readNpm($0, &$2) },
    .init(tools: "pnpm pnpx", standard: npmRegistry) { $1.readPnpm($0, &$2) },
    .init(
        tools: "yarn", standard: ["https://registry.yarnpkg.com/", "https://registry.npmjs.org/"]
    ) { $1.readYarn($0, &$2) },
    .init(tools: "pip", standard: pythonIndex) { $1.readPip($0, &$2) },
    .init(tools: "pipx", standard: pythonIndex) { $1.readPipx($0, &$2) },
    .init(tools: "uv uvx", standard: pythonIndex) { $1.readUv($0, &$2) },
    .init(tools: "poetry", standard: pythonIndex) { $1.readPoetry($0, &$2) },
    .init(tools: "pdm", standard: pythonIndex) { $1.readPdm($0, &$2) },
    .init(tools: "gem", standard: ["https://rubygems.org/", "https://index.rubygems.org/"]) {
        $1.readGem($0, &$2)
    },
    .init(tools: "bundle", standard: ["https://rubygems.org/", "https://index.rubygems.org/"]) {
        $1.readBundle($0, &$2)
    },
    .init(
        tools: "cargo",
        standard: [
            "https://index.crates.io/", "https://github.com/rust-lang/crates.io-index",
            "https://static.crates.io/",
        ]
    ) { $1.readCargo($0, &$2) },
    .init(tools: "nuget dotnet", standard: ["https://api.nuget.org/", "https://www.nuget.org/"]) {
        $1.readNuGet($0, &$2)
    },
]

/// Collects what places say.
struct RegistryReader {
    let line: Line
    /// Where the line works.
    let cwd: String
    /// The directories that settings of a project are looked for in, the working directory last.
    let places: [String]
    /// The tool's own registry, and other names of it.
    let standard: [String]
    var uses: [RegistryUse] = []
    /// Whether nothing in force was missed.
    var isComplete = true
    /// See `Invocation.asksAllRegistries`.
    var asksAll = false

    init(_ line: Line, acting directories: [String], standard: [String]) {
        self.line = line
        cwd = line.cwd ?? "/"
        places = directories.map { PathText.absolute(Word($0), from: line.cwd) } + [line.cwd ?? "/"]
        self.standard = standard
    }

    /// Notes what a place says.
    mutating func add(
        _ address: Word, for scope: Word? = nil, at place: String, from origin: RegistryUse.Origin,
        isInForce: Bool = true
    ) {
        var use = RegistryUse(address, for: scope, at: place, from: origin, isInForce: isInForce)
        let isStandard = standard.contains { name in
            RegistryBase(name).map { use.isAt($0) } ?? false
        }
        if isStandard { use.alsoKnownAs = standard }
        if !uses.contains(use) { uses.append(use) }
    }

    /// Notes what a place says where the first place of each scope is the one in force.
    mutating func addFirst(
        _ address: Word, for scope: Word? = nil, at place: String, from origin: RegistryUse.Origin
    ) {
        let isHidden = uses.contains { $0.scope == scope && $0.isInForce }
        add(address, for: scope, at: place, from: origin, isInForce: !isHidden)
    }

    /// The tool's own registry where no place names one for all packages.
    mutating func addStandard() {
        if uses.contains(where: { $0.scope == nil && $0.isInForce }) { return }
        add(Word(standard[0]), at: "\(line.tool)'s own default", from: .standard)
    }

    /// Hides every use for all packages.
    mutating func hideAll() {
        for index in uses.indices where uses[index].scope == nil { uses[index].isInForce = false }
    }

    /// A variable with something in it.
    func variable(_ name: Word) -> Word? {
        line.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The directory of settings below the home directory.
    var configuration: String? {
        variable("XDG_CONFIG_HOME")?.text ?? line.home.map { $0 + "/.config" }
    }
}
