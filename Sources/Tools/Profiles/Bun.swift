// bun. Its dispatcher takes the first word without a dash for the command and never counts a value
// of an option before it, although the command's own parser does; a line where the two may differ
// is ambiguous. `bunx` is `bun x`. Scripts of dependencies run for a built-in list of names only.
//
// Rules: oven-sh/bun src/cli.zig (`Command.which`), src/install/PackageManager/CommandLineArguments.

import GateCore

extension ToolProfile {
    static let bun = ToolProfile(
        name: "bun", ecosystem: .npm, summary: "runtime and package manager, with bunx",
        versions: ["1.3.0"],
        scripts: .switches(words: Bun.words, environment: Bun.environment),
        pins: [
            .init("NODE_OPTIONS", .unset), .init("NODE_PATH", .unset),
            .init("BUN_OPTIONS", .unset), .init("BUN_INSPECT_PRELOAD", .unset),
        ],
        secrets: [.option("otp")],
        examples: [
            Example("bun install", .install), Example("bun add --dev typescript", .install),
            Example("bun remove left-pad", .install), Example("bun ci", .install),
            Example("bun run build", .run), Example("bun test", .run),
            Example("bun build src/index.ts", .run), Example("bun start.ts", .run),
            Example("bun pm ls", .query), Example("bun audit", .query),
            Example("bun outdated", .query), Example("bun info lodash", .query),
            Example("bun pm pack", .pack), Example("bun init", .modify),
            Example("bun --version", .query), Example("bun publish --access public", .publish),
            Example("bun --cwd publish", .publish), Example("bun x cowsay", .execute),
            Example("bun create vite", .execute), Example("bun pm trust esbuild", .configure),
        ],
        read: { line, facts in Bun.read(line, facts: &facts) })
}

private enum Bun {
    /// Words, their canonical form, and what they do.
    private static let commands: [(word: Word, canonical: Word, operation: Operation)] = [
        ("install", "install", .install), ("i", "install", .install), ("ci", "ci", .install),
        ("add", "add", .install), ("a", "add", .install), ("remove", "remove", .install),
        ("rm", "remove", .install), ("r", "remove", .install),
        ("uninstall", "remove", .install), ("update", "update", .install),
        ("outdated", "outdated", .query), ("link", "link", .install),
        ("unlink", "unlink", .install), ("patch", "patch", .install),
        ("patch-commit", "patch-commit", .install), ("pm", "pm", .query),
        ("publish", "publish", .publish), ("create", "create", .execute),
        ("c", "create", .execute), ("init", "init", .modify), ("x", "x", .execute),
        ("run", "run", .run), ("test", "test", .run), ("exec", "exec", .run),
        ("build", "build", .run), ("repl", "repl", .run), ("upgrade", "upgrade", .configure),
        ("audit", "audit", .query), ("info", "info", .query), ("why", "why", .query),
        ("help", "help", .query), ("discord", "discord", .query),
        ("completions", "completions", .modify), ("getcompletes", "getcompletes", .query),
    ]

    private static let packageCommands: [(word: Word, operation: Operation)] = [
        ("pack", .pack), ("trust", .configure), ("untrusted", .query), ("bin", .query),
        ("ls", .query), ("list", .query), ("whoami", .query), ("hash", .query),
        ("hash-string", .query), ("hash-print", .query), ("cache", .modify),
        ("migrate", .install), ("default-trusted", .query), ("version", .run),
        ("pkg", .modify), ("view", .query), ("scan", .query), ("why", .query),
    ]

    /// Flags before the command that surely take no value.
    private static let flags: [Word] = [
        "--bun", "-b", "--silent", "--hot", "--watch", "--smol", "--no-install", "--if-present",
        "--verbose", "--quiet", "--no-clear-screen", "--prefer-offline", "--prefer-latest", "-i",
        "--no-env-file", "--help", "-h",
    ]

    private static let valued: [Word] = [
        "--cwd", "--config", "-c", "--registry", "--cache-dir", "--network-concurrency",
        "--concurrent-scripts", "--filter", "-F", "--omit", "--backend", "--access", "--tag",
        "--otp", "--auth-type", "--package", "-p", "--minimum-release-age", "--ca", "--cafile",
        "--cpu", "--os", "--linker", "--env-file", "--preload", "-r", "--destination",
        "--filename", "--gzip-level",
    ]

    static func read(_ line: Line, facts: inout Facts) -> Invocation {
        if line.calledAs == "bunx" {
            return place("x", at: nil, line.arguments, lead: [], line, &facts)
        }
        let words = line.arguments
        if let evaluated = words.first,
            evaluated.hasPrefix("-e") || evaluated.hasPrefix("-p")
                || evaluated.hasPrefix("--eval") || evaluated.hasPrefix("--print")
        {
            return place("run", at: nil, words, lead: [], line, &facts)
        }
        let isInert: [Word] = ["-v", "--version", "--revision", "-h", "--help"]
        guard let place = words.firstIndex(where: { $0.first != UInt8(ascii: "-") }) else {
            return inert(line, isKnown: words.allSatisfy { isInert.contains($0) })
        }
        if let first = words.first, isInert.contains(first) { return inert(line, isKnown: true) }
        var invocation = reading(at: place, line, &facts)
        let previous = place > 0 ? words[place - 1] : "--bun"
        guard !flags.contains(previous), !previous.contains(UInt8(ascii: "=")) else {
            return invocation
        }
        // `previous` may take the word that the dispatcher chose.
        let next = words[(place + 1)...].firstIndex { $0.first != UInt8(ascii: "-") }
        if let next {
            let other = reading(at: next, line, &facts)
            if other.severity.isGraver(than: invocation.severity) { invocation = other }
        }
        invocation.ambiguous.append(previous.text + " may take the next word")
        return invocation
    }

    private static func inert(_ line: Line, isKnown: Bool) -> Invocation {
        var invocation = Invocation(
            tool: "bun", version: line.version, command: ["bun"],
            operation: isKnown ? .query : .run)
        invocation.isInert = isKnown
        invocation.roles = line.arguments.map { _ in .other("not read") }
        return invocation
    }

    private static func reading(
        at place: Int, _ line: Line, _ facts: inout Facts
    ) -> Invocation {
        let words = line.arguments
        return self.place(
            words[place], at: place, Array(words[(place + 1)...]), lead: Array(words[..<place]),
            line, &facts)
    }

    private static func place(
        _ word: Word, at place: Int?, _ words: [Word], lead: [Word], _ line: Line,
        _ facts: inout Facts
    ) -> Invocation {
        var command: Word = "run"
        var operation = Operation.run
        var isScript = true
        for row in commands where row.word == word {
            command = row.canonical
            operation = row.operation
            isScript = false
        }
        var invocation = Invocation(
            tool: "bun", version: line.version, command: ["bun", command], operation: operation)
        let runs = command == "run" || command == "x" || command == "exec" || command == "create"
        let given = isScript ? [word] + words : words
        let plain = PlainOptions(given, valued: valued, stopsEarly: runs)
        invocation.options = plain.options
        invocation.positionals = plain.positionals
        invocation.rest = plain.rest
        let before: [Role] = lead.map { .option($0) }
        invocation.roles =
            before + (place != nil && !isScript ? [.command] : []) + plain.roles
        invocation.directories =
            plain.value("--cwd").map {
                [PathText.absolute($0, from: line.cwd)]
            } ?? []
        invocation.registry = plain.value("--registry")?.text
        settle(&invocation, plain, line, &facts)
        invocation.composition = .words(
            before: (line.calledAs == "bunx" ? [] : lead + invocation.command.dropFirst()),
            after: kept(given, plain, &invocation))
        // `bun FILE` and `bun -e CODE` have no spelling with a command word that is surely the same.
        if isScript || place == nil && command == "run" { invocation.composition = .verbatim }
        return invocation
    }

    /// Package names, nested lines and what depends on sub-commands.
    private static func settle(
        _ invocation: inout Invocation, _ plain: PlainOptions, _ line: Line,
        _ facts: inout Facts
    ) {
        let command = invocation.command[1]
        if invocation.operation == .install {
            invocation.packages = plain.positionals.map(YarnWords.package)
            if plain.has("-g", "--global") { invocation.destination = .outside }
        }
        // `link` registers the package, and its programs, in the global tree.
        if ["upgrade", "link", "unlink"].contains(command) { invocation.destination = .outside }
        if command == "install", !plain.positionals.isEmpty { invocation.command[1] = "add" }
        if command == "pm", let sub = plain.positionals.first {
            invocation.operation = .unknown
            for row in packageCommands where row.word == sub {
                invocation.operation = row.operation
            }
            invocation.command.append(sub)
            invocation.positionals.removeFirst()
        }
        guard let first = plain.positionals.first else { return }
        if command == "create" {
            invocation.packages = [YarnWords.creator(first)]
        } else if command == "x" {
            invocation.otherSpellings = [
                (["bunx"] + line.arguments.map(\.text)).joined(separator: " ")
            ]
            let named = plain.value("--package") ?? plain.value("-p") ?? first
            invocation.packages = [YarnWords.package(named)]
            start(YarnWords.split(first).name, plain.rest, &invocation, line, &facts)
            settleLocal(YarnWords.split(first), plain, &invocation, line, &facts)
        } else if command == "run" {
            start(first, plain.rest, &invocation, line, &facts)
        } else if command == "exec" {
            invocation.ambiguous.append("bun exec is given shell text")
        }
    }

    private static func start(
        _ program: Word, _ arguments: [Word], _ invocation: inout Invocation, _ line: Line,
        _ facts: inout Facts
    ) {
        let started = YarnWords.started(program, arguments, by: line, facts: &facts)
        if let started { invocation.nested = [started] }
    }

    /// A program in the project is run and not fetched.
    private static func settleLocal(
        _ package: (name: Word, range: Word), _ plain: PlainOptions,
        _ invocation: inout Invocation, _ line: Line, _ facts: inout Facts
    ) {
        guard package.range.isEmpty, !plain.has("-p", "--package"), let cwd = line.cwd else {
            return
        }
        for folder in YarnWords.ancestors(of: cwd) {
            let file = YarnWords.file("node_modules/.bin/" + package.name.text, in: folder)
            guard facts.hasFile(file) else { continue }
            invocation.operation = .run
            invocation.requiredSwitches = ["--no-install"]
            return
        }
    }

    /// The words after the command, without spellings that would undo our switches.
    private static func kept(
        _ words: [Word], _ plain: PlainOptions, _ invocation: inout Invocation
    ) -> [Word] {
        var kept = words
        if invocation.command.count > 2 {
            let sub = invocation.command[2]
            if let place = kept.firstIndex(of: sub) { kept.remove(at: place) }
        }
        guard invocation.operation == .install else { return kept }
        for (index, option) in plain.options.enumerated().reversed() {
            let isOurs =
                option.spelling == "--ignore-scripts" || option.spelling == "--no-ignore-scripts"
            let isTrust = option.spelling == "--trust"
            guard isOurs || isTrust else { continue }
            kept.remove(at: plain.places[index])
            if option.spelling != "--ignore-scripts" {
                invocation.ignored.append(option.spelling.text)
            }
        }
        return kept
    }

    @Sendable static func words(_ invocation: Invocation) -> [Word] {
        invocation.operation == .install && invocation.command.dropFirst().first != "patch-commit"
            ? ["--ignore-scripts"] : []
    }

    static let environment: [EnvironmentRule] = [
        .init("npm_config_ignore_scripts", .set("true"), isLoose: true)
    ]
}
