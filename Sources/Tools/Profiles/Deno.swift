// deno. Exact command words with few aliases; before them only `-q`, `-L LEVEL` and `--unstable*`;
// any other first word is a file or an address to run. npm lifecycle scripts run only where
// `--allow-scripts` or the configuration names the package.
//
// Rules: denoland/deno cli/args/flags.rs; command list as printed by 2.9.8.

import GateCore

extension ToolProfile {
    static let deno = ToolProfile(
        name: "deno", ecosystem: .npm, summary: "runtime with npm and JSR packages",
        versions: ["2.9.8"], scripts: .none,
        pins: [.init("NODE_OPTIONS", .unset), .init("DENO_V8_FLAGS", .unset)],
        secrets: [.option("token")],
        examples: [
            Example("deno publish --dry-run", .publish), Example("deno install", .install),
            Example("deno add npm:chalk", .install), Example("deno remove chalk", .install),
            Example("deno ci", .install), Example("deno run main.ts", .run),
            Example("deno main.ts", .run), Example("deno task build", .run),
            Example("deno test", .run), Example("deno fmt", .run), Example("deno lint", .query),
            Example("deno check main.ts", .query), Example("deno info", .query),
            Example("deno outdated", .query), Example("deno audit", .query),
            Example("deno init", .modify), Example("deno --version", .query),
            Example("deno x npm:cowsay", .execute), Example("deno run npm:cowsay", .execute),
            Example("deno create npm:vite", .execute),
            Example("deno approve-scripts npm:esbuild", .configure),
            Example("deno deploy", .publish),
        ],
        read: { line, facts in Deno.read(line, facts: &facts) })
}

private enum Deno {
    private static let commands: [(word: Word, canonical: Word, operation: Operation)] = [
        ("run", "run", .run), ("watch", "watch", .run), ("serve", "serve", .run),
        ("eval", "eval", .run), ("fmt", "fmt", .run), ("lint", "lint", .query),
        ("test", "test", .run), ("upgrade", "upgrade", .configure), ("cache", "cache", .install),
        ("check", "check", .query), ("info", "info", .query), ("doc", "doc", .query),
        ("task", "task", .run), ("bench", "bench", .run), ("compile", "compile", .run),
        ("coverage", "coverage", .query), ("repl", "repl", .run),
        ("install", "install", .install), ("i", "install", .install),
        ("uninstall", "uninstall", .install), ("types", "types", .query),
        ("completions", "completions", .query), ("init", "init", .modify),
        ("create", "create", .execute), ("jupyter", "jupyter", .run),
        ("publish", "publish", .publish), ("add", "add", .install),
        ("remove", "remove", .install), ("rm", "remove", .install),
        ("outdated", "outdated", .query), ("update", "update", .install),
        ("deploy", "deploy", .publish), ("sandbox", "sandbox", .publish),
        ("clean", "clean", .modify), ("list", "list", .query), ("link", "link", .install),
        ("unlink", "unlink", .install), ("approve-scripts", "approve-scripts", .configure),
        ("lsp", "lsp", .run), ("vendor", "vendor", .query), ("bundle", "bundle", .run),
        ("audit", "audit", .query), ("why", "why", .query), ("transpile", "transpile", .run),
        ("bump-version", "bump-version", .modify), ("ci", "ci", .install),
        ("desktop", "desktop", .run), ("pack", "pack", .pack), ("x", "x", .execute),
        ("help", "help", .query), ("json_reference", "json_reference", .query),
    ]

    private static let valued: [Word] = [
        "-L", "--log-level", "-c", "--config", "--import-map", "--cert", "--location", "--seed",
        "--preload", "--import", "--require", "--ext", "--min-dep-age", "--node-modules-linker",
        "-p", "--package", "--token", "--set-version", "--root", "-n", "--name", "--cwd", "-o",
        "--output", "--entrypoint", "-e", "--filter", "-f", "--port", "--host",
    ]

    static func read(_ line: Line, facts: inout Facts) -> Invocation {
        let words = line.arguments
        var place = 0
        while place < words.count, words[place].first == UInt8(ascii: "-") {
            let word = words[place]
            if word == "-V" || word == "--version" || word == "-h" || word.hasPrefix("--help") {
                return inert(line)
            }
            let isLevel = word == "-L" || word == "--log-level"
            let isKnown =
                isLevel || word == "-q" || word == "--quiet" || word.hasPrefix("--unstable")
                || word.hasPrefix("--log-level=") || word.hasPrefix("-L")
                || word.hasPrefix("--env-file")
            if !isKnown { return flagged(line, at: place, &facts) }
            place += isLevel ? 2 : 1
        }
        guard place < words.count else { return repl(line) }
        return reading(at: place, line, &facts)
    }

    private static func inert(_ line: Line) -> Invocation {
        var invocation = Invocation(
            tool: "deno", version: line.version, command: ["deno"], operation: .query)
        invocation.isInert = true
        invocation.roles = line.arguments.map { _ in .other("not read") }
        return invocation
    }

    private static func repl(_ line: Line) -> Invocation {
        var invocation = Invocation(
            tool: "deno", version: line.version, command: ["deno", "repl"], operation: .run)
        invocation.roles = line.arguments.map { .option($0) }
        return invocation
    }

    /// An option of `run` in front: `deno -A main.ts` runs, with any word as the file.
    private static func flagged(
        _ line: Line, at place: Int, _ facts: inout Facts
    ) -> Invocation {
        let words = line.arguments
        var worst = settle(
            "run", true, Array(words[place...]), Array(words[..<place]), line, &facts)
        for (index, word) in words.enumerated() where index > place {
            guard commands.contains(where: { $0.word == word }) else { continue }
            let other = reading(at: index, line, &facts)
            if other.severity.isGraver(than: worst.severity) {
                worst = other
                worst.ambiguous.append("an option stands before the command")
            }
        }
        return worst
    }

    private static func reading(
        at place: Int, _ line: Line, _ facts: inout Facts
    ) -> Invocation {
        let words = line.arguments
        let word = words[place]
        let lead = Array(words[..<place])
        for row in commands where row.word == word {
            return settle(
                row.canonical, false, Array(words[(place + 1)...]), lead, line, &facts)
        }
        return settle("run", true, Array(words[place...]), lead, line, &facts)
    }

    private static func settle(
        _ command: Word, _ isFile: Bool, _ words: [Word], _ lead: [Word], _ line: Line,
        _ facts: inout Facts
    ) -> Invocation {
        var invocation = Invocation(
            tool: "deno", version: line.version, command: ["deno", command], operation: .unknown)
        for row in commands where row.word == command { invocation.operation = row.operation }
        let runs: [Word] = ["run", "watch", "serve", "x", "create", "task", "compile", "desktop"]
        let plain = PlainOptions(words, valued: valued, stopsEarly: runs.contains(command))
        invocation.options = plain.options
        invocation.positionals = plain.positionals
        invocation.rest = plain.rest
        let before: [Role] = lead.map { .option($0) }
        invocation.roles = before + (isFile ? [] : [.command]) + plain.roles
        if command == "help" { invocation.isInert = true }
        let remote = words.contains { word in
            let prefixes: [Word] = ["npm:", "jsr:", "http://", "https://"]
            // `--eval-file=URL`, `--preload=URL`.
            if word.hasPrefix("--"), let (name, value) = word.split(at: UInt8(ascii: "=")),
                name != "--allow-net", name != "--allow-import"
            {
                return prefixes.contains { value.hasPrefix($0) }
            }
            return prefixes.contains { word.hasPrefix($0) }
        }
        if remote, invocation.operation == .run { invocation.operation = .execute }
        if command == "init", !plain.positionals.isEmpty, plain.has("--npm", "--jsr") || remote {
            invocation.operation = .execute
        }
        if command == "outdated", plain.has("-u", "--update") { invocation.operation = .install }
        place(command, plain, &invocation, line, &facts)
        invocation.composition = .words(
            before: lead + [command], after: kept(words, plain, &invocation))
        if isFile, invocation.operation == .run { invocation.composition = .verbatim }
        return invocation
    }

    private static func place(
        _ command: Word, _ plain: PlainOptions, _ invocation: inout Invocation, _ line: Line,
        _ facts: inout Facts
    ) {
        let isGlobal = plain.has("-g", "--global", "--root")
        if isGlobal || command == "upgrade" { invocation.destination = .outside }
        if invocation.operation == .install {
            invocation.packages = plain.positionals.map(package)
        }
        guard invocation.operation == .execute, let first = plain.positionals.first else { return }
        invocation.packages = [package(plain.value("--package") ?? plain.value("-p") ?? first)]
        guard command != "create", command != "init" else { return }
        let name = package(first).name
        let started = YarnWords.started(name, plain.rest, by: line, facts: &facts)
        if let started { invocation.nested = [started] }
    }

    private static func package(_ word: Word) -> PackageRequest {
        for prefix: Word in ["npm:", "jsr:"] where word.hasPrefix(prefix) {
            let (name, range) = YarnWords.split(word.dropFirst(4))
            return PackageRequest(name: name, range: range, source: .registry, spelling: word)
        }
        return YarnWords.package(word)
    }

    /// The words after the command, without permission for lifecycle scripts.
    private static func kept(
        _ words: [Word], _ plain: PlainOptions, _ invocation: inout Invocation
    ) -> [Word] {
        var kept = words
        guard invocation.operation.suppressesScripts else { return kept }
        for (index, option) in plain.options.enumerated().reversed() {
            guard option.spelling == "--allow-scripts" else { continue }
            kept.remove(at: plain.places[index])
            invocation.ignored.append(option.spelling.text)
        }
        return kept
    }
}
