// Corepack: starts npm, pnpm or yarn in the version that the project or the line names, without
// looking at PATH, so its first word decides everything. Its own commands change which package
// manager a name starts.
//
// Rules: nodejs/corepack sources/main.ts (`getPackageManagerRequestFromCli`) and sources/commands,
// version 0.34.6.

import GateCore

extension ToolProfile {
    static let corepack = ToolProfile(
        name: "corepack", ecosystem: .npm,
        summary: "starts the package manager version that a project names",
        versions: ["0.34.6"],
        versionSources: [.packageJSON(path: "../package.json", names: ["corepack"])],
        scripts: .switches(words: Corepack.words, environment: Corepack.environment),
        pins: [
            .init("COREPACK_ENV_FILE", .set("0")), .init("COREPACK_INTEGRITY_KEYS", .unset),
            .init("COREPACK_ENABLE_UNSAFE_CUSTOM_URLS", .unset), .init("NODE_OPTIONS", .unset),
            .init("NODE_PATH", .unset),
        ],
        examples: [
            Example("corepack yarn test", .run), Example("corepack yarn@4 test", .execute),
            Example("corepack enable", .configure), Example("corepack disable", .configure),
            Example("corepack use yarn@4.13.0", .configure), Example("corepack up", .configure),
            Example("corepack install", .install), Example("corepack prepare", .configure),
            Example("corepack cache clean", .modify), Example("corepack --version", .query),
        ],
        read: { line, facts in Corepack.read(line, facts: &facts) })
}

private enum Corepack {
    private static let managers: [Word] = ["npm", "npx", "pnpm", "pnpx", "yarn", "yarnpkg"]

    private static let program = ClipanionProgram(
        table: """
            -h,--help|0|
            -v,--version|0|
            cache clean,cache clear|0|
            disable|0*|--install-directory=
            enable|0*|--install-directory=
            install|0*|-g,--global --cache-only
            pack|0*|--json -o,--output?
            up|0|
            use|1|
            hydrate|1|--activate
            prepare|0*|--activate --json -o,--output?
            """, isFourth: true, common: [])

    private static let operations: [(command: Word, operation: Operation)] = [
        ("cache", .modify), ("disable", .configure), ("enable", .configure),
        ("install", .install), ("pack", .install), ("up", .configure), ("use", .configure),
        ("hydrate", .configure), ("prepare", .configure), ("-h", .query), ("-v", .query),
    ]

    static func read(_ line: Line, facts: inout Facts) -> Invocation {
        guard let first = line.arguments.first else { return inert([], line) }
        let (name, version) = first.split(at: UInt8(ascii: "@")) ?? (first, "")
        let isVersioned = first.contains(UInt8(ascii: "@"))
        if managers.contains(name) {
            return manager(name, version, isVersioned: isVersioned, line, &facts)
        }
        if isVersioned, !version.contains(UInt8(ascii: "@")) {
            var unknown = Invocation(
                tool: "corepack", version: line.version, command: ["corepack"],
                operation: .unknown)
            unknown.roles = line.arguments.map { _ in .passedOn }
            return unknown
        }
        return own(line)
    }

    /// A package manager, in the project's version or in the one named.
    private static func manager(
        _ name: Word, _ version: Word, isVersioned: Bool, _ line: Line, _ facts: inout Facts
    ) -> Invocation {
        var invocation = Invocation(
            tool: "corepack", version: line.version, command: ["corepack", name],
            operation: isVersioned ? .execute : .run)
        var inner = line
        inner.calledAs = name
        inner.tool = Catalog.profile(calledAs: name)?.name ?? name
        inner.arguments = Array(line.arguments.dropFirst())
        inner.depth = line.depth + 1
        inner.version = nil
        if name.hasPrefix("yarn") {
            // Corepack's own version stands for "whatever the project names".
            inner.version = isVersioned ? full(version) : line.version
        }
        let started = classify(inner, facts: &facts)
        invocation.nested = [started]
        invocation.rest = inner.arguments
        invocation.roles = [.command] + inner.arguments.map { _ in .passedOn }
        if isVersioned {
            invocation.packages = [
                PackageRequest(
                    name: name, range: version, source: source(version),
                    spelling: line.arguments[0])
            ]
        }
        invocation.composition = .words(
            before: [line.arguments[0]], after: Array(line.arguments.dropFirst()))
        if case .words(let before, let after) = started.composition {
            invocation.composition = .words(before: [line.arguments[0]] + before, after: after)
        }
        return invocation
    }

    /// A version with its numbers; nil for a tag or a range, which may be any version.
    private static func full(_ version: Word) -> String? {
        let plain = version.split(at: UInt8(ascii: "+"))?.head ?? version
        let parts = plain.text.split(separator: ".")
        guard let major = parts.first, let number = Int(major), number > 0 else { return nil }
        // A bare major stands for its newest release.
        if parts.count < 3 { return number == 1 ? "1.22.22" : "\(number).99.0" }
        return plain.text
    }

    private static func source(_ version: Word) -> PackageRequest.Source {
        version.contains(UInt8(ascii: ":")) ? .url : .registry
    }

    private static func own(_ line: Line) -> Invocation {
        switch program.read(line.arguments) {
        case .usageError, .help: return inert([], line)
        case .command(let match):
            let path = match.command.canonicalPath
            var invocation = Invocation(
                tool: "corepack", version: line.version, command: ["corepack"] + path,
                operation: .unknown)
            for row in operations where row.command == path.first {
                invocation.operation = row.operation
            }
            invocation.isInert = path == ["-h"] || path == ["-v"]
            invocation.options = match.options
            invocation.positionals = match.required + match.others
            invocation.roles = match.roles
            if invocation.operation == .install || invocation.operation == .configure {
                invocation.destination = .outside
                invocation.packages = invocation.positionals.map(YarnWords.package)
            }
            if invocation.has("install-directory") { invocation.operation = .configure }
            return invocation
        }
    }

    private static func inert(_ path: [Word], _ line: Line) -> Invocation {
        var invocation = Invocation(
            tool: "corepack", version: line.version, command: ["corepack"] + path,
            operation: .query)
        invocation.isInert = true
        invocation.roles = line.arguments.map { _ in .other("not read") }
        return invocation
    }

    /// The switches of the package manager that is started.
    @Sendable static func words(_ invocation: Invocation) -> [Word] {
        guard let inner = invocation.nested.first,
            let profile = Catalog.profile(calledAs: inner.tool),
            case .switches(let words, _) = profile.scripts
        else { return [] }
        return words(inner)
    }

    static let environment: [EnvironmentRule] =
        [.init("pnpm_config_ignore_scripts", .set("true"), isLoose: true)]
        + YarnScripts.environment
}
