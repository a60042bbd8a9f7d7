// yarn 1: how it finds its command and what that command does. The line is cut at the first `--`,
// the command is the first word that is no option and follows none that takes a value, and only
// then does commander read the rest. `.yarnrc` inserts arguments of its own in front.
//
// Rules: yarnpkg/yarn, src/cli/index.js (`main`, `start`), src/cli/commands/, tags v1.21.1 and
// v1.22.22. From 1.22 on `workspace` and `workspaces` pass words on as `run` does, and `set
// version` exists.

import GateCore

/// One reading of a yarn 1 line.
struct YarnClassic {
    private let line: Line
    private let isLate: Bool
    private var invocation: Invocation
    /// The command word, and where it stands in the arguments.
    private var command: Word = "install"
    private var commandPlace: Int?
    /// Words after the command that commander reads.
    private var parsed: [CommanderToken] = []
    /// Words that commander never sees: after `--`, or passed on by `run` and its kin.
    private var passedOn: [CommanderToken] = []
    /// 1.21 hands these to `workspace` and `workspaces run` instead of what commander left.
    private var original: [Word] = []
    private var settings = CommanderSettings()
    /// What stands before the command word.
    private var leading = CommanderSettings()

    /// Reads `line` as the yarn of its version would.
    static func read(_ line: Line, facts: inout Facts) -> Invocation {
        var reading = YarnClassic(line)
        return reading.read(&facts)
    }

    private init(_ line: Line) {
        self.line = line
        let parts = (line.version ?? "").split(separator: ".").map { Int($0) ?? 0 }
        isLate = parts.count > 1 && parts[1] >= 22
        invocation = Invocation(
            tool: line.tool, version: line.version, command: [line.tool], operation: .query)
    }

    private mutating func read(_ facts: inout Facts) -> Invocation {
        let tokens = line.arguments.enumerated().map {
            CommanderToken(word: $1, source: $0)
        }
        let cut = tokens.firstIndex { $0.word == "--" } ?? tokens.count
        if tokens.first?.word == "-v" { return inert("-v", tokens) }
        let (before, isKnown) = findCommand(Array(tokens[..<cut]))
        let isProxy = separate(Array(tokens[cut...]))
        let table = Self.table(for: command)
        let inserted = YarnRC.arguments(
            for: command, line, given: (before + parsed).map(\.word), facts: &facts)
        invocation.ambiguous += inserted.problems + YarnRC.unreadable(line, facts: &facts)
        let reading = CommanderReading(
            inserted.words.map { .init(word: $0, source: nil) } + before + parsed, table: table)
        invocation.roles = roles(of: tokens, reading, cut: cut)
        if reading.printsVersion { return inert("-v", tokens) }
        if reading.lacksValue { return inert(command, tokens) }
        settings = CommanderSettings(reading, table: table, arguments: line.arguments)
        leading = CommanderSettings(
            CommanderReading(before, table: table), table: table, arguments: line.arguments)
        if !isLate, command == "workspace", original.first?.first == UInt8(ascii: "-") {
            // Commander drops it, 1.21 hands it on, and composed in another place it would be both.
            invocation.ambiguous.append("an option between workspace and its name")
        }
        if YarnRC.directoryOption((before + parsed).map(\.word)) != settings.splitDirectory {
            invocation.ambiguous.append("--cwd stands where another option takes it")
        }
        let skipsFiles = settings.options.contains { $0.spelling == "--no-default-rc" }
        if skipsFiles, !line.arguments.contains("--no-default-rc") {
            // Sought as a word of its own: `--no-default-rc=x` reads the files, composed it would not.
            invocation.ambiguous.append("--no-default-rc with a value")
        }
        invocation.options = settings.options
        invocation.inForce = settings.inForce
        let arguments = reading.positionals + passedOn
        if command == "help" {
            invocation.command.append(command)
            invocation.positionals = arguments.map(\.word)
            invocation.isInert = true
            return invocation
        }
        if !isLate, command.hasPrefix("workspace") {
            // 1.21 drops a word after it for itself and still hands that word on.
            let leading = CommanderReading(before, table: table)
            let hasUnknown = leading.uses.contains { use in
                if case .unknown = use { return true }
                return false
            }
            if hasUnknown {
                invocation.ambiguous.append("an unknown option before \(command.text)")
            }
        }
        place(arguments, isKnown: isKnown, &facts)
        surround(inserted)
        compose(arguments, isProxy: isProxy)
        invocation.install = YarnInstaller.classicShape(invocation, line)
        return invocation
    }

    private func inert(_ word: Word, _ tokens: [CommanderToken]) -> Invocation {
        var inert = invocation
        inert.command = [line.tool, word]
        inert.isInert = true
        if inert.roles.count != tokens.count {
            inert.roles = tokens.map { _ in .other("not read") }
        }
        return inert
    }

    // MARK: finding the command

    /// Sets `command` and `parsed`; gives the words before the command, and whether it is one of
    /// yarn's own.
    private mutating func findCommand(_ words: [CommanderToken]) -> ([CommanderToken], Bool) {
        let table = CommanderTable(Self.globalOptions)
        var found: Int?
        for (index, token) in words.enumerated() where token.word.first != UInt8(ascii: "-") {
            let previous = index > 0 ? table.option(for: words[index - 1].word) : nil
            if let previous, previous.value != .none { continue }
            found = index
            break
        }
        var before = words
        var name: Word = ""
        if let found {
            before = Array(words[..<found])
            name = words[found].word
            commandPlace = found
            parsed = Array(words[(found + 1)...])
        }
        var isKnown = Self.isCommand(name)
        let isHelp = { (token: CommanderToken) in token.word == "--help" || token.word == "-h" }
        let helpBefore = before.firstIndex(where: isHelp)
        if let helpBefore { before.removeSubrange(helpBefore...) }
        let helpFirst = isKnown && parsed.first.map(isHelp) ?? false
        if helpBefore == nil, helpFirst { parsed.removeAll() }
        if helpBefore != nil || helpFirst {
            if isKnown, let found { parsed.insert(words[found], at: 0) }
            name = "help"
            isKnown = true
        }
        if name.isEmpty {
            name = "install"
            isKnown = true
        }
        let isSetVersion = name == "set" && parsed.first?.word == "version"
        // 1.21 and 1.22 read all other lines alike; they stand first in the profile's versions.
        invocation.alike = isSetVersion || name.hasPrefix("workspace") ? 0 : 0b11
        if isLate, isSetVersion {
            name = "policies"
            parsed[0].word = "set-version"
            isKnown = true
        }
        if !isKnown, let found {
            parsed.insert(words[found], at: 0)
            name = "run"
        }
        command = name
        return (before, isKnown)
    }

    /// Takes from `parsed` what the command passes on; gives whether it is such a command.
    private mutating func separate(_ end: [CommanderToken]) -> Bool {
        passedOn = Array(end.dropFirst())
        let kept: Int
        if command == "run" || command == "create" {
            kept = 1
        } else if command == "node" {
            kept = 0
        } else if isLate, command == "workspaces" {
            kept = 1
        } else if isLate, command == "workspace" {
            kept = 2
        } else {
            original = parsed.map(\.word)
            return false
        }
        if end.isEmpty {
            let isInto = parsed.count > kept && parsed[kept].word == "--into"
            let first = min(parsed.count, isInto ? kept + 2 : kept)
            passedOn = Array(parsed[first...])
            parsed.removeSubrange(first...)
        }
        original = parsed.map(\.word)
        return true
    }

    private func roles(
        of tokens: [CommanderToken], _ reading: CommanderReading, cut: Int
    ) -> [Role] {
        var roles: [Role] = tokens.map { _ in .positional }
        for (source, role) in reading.roles { roles[source] = role }
        for token in passedOn { if let source = token.source { roles[source] = .passedOn } }
        if cut < roles.count { roles[cut] = .terminator }
        if let commandPlace { roles[commandPlace] = .command }
        return roles
    }

    // MARK: what the command does

    /// Sets command, operation, positionals, packages, destination and nesting.
    private mutating func place(
        _ arguments: [CommanderToken], isKnown: Bool, _ facts: inout Facts
    ) {
        var words = arguments.map(\.word)
        invocation.command.append(command)
        invocation.operation = Self.operation(of: command, "") ?? .query
        if Self.hasSubcommands(command) {
            guard let typed = words.first, let name = Self.subcommand(typed),
                let operation = Self.operation(of: command, name)
            else {
                invocation.positionals = words
                invocation.operation = .query
                invocation.isInert = true
                return
            }
            words.removeFirst()
            invocation.command.append(name)
            invocation.operation = operation
        }
        invocation.positionals = words
        placePackages(words)
        guard command == "run" || command == "exec" || command.hasPrefix("workspace") else {
            return
        }
        placeRunner(words, &facts)
    }

    private mutating func placePackages(_ words: [Word]) {
        let isGlobal = command == "global"
        let verb = isGlobal ? invocation.command.last ?? "" : command
        for taking: Word in [
            "add", "upgrade", "upgrade-interactive", "upgradeInteractive", "remove",
        ] where verb == taking {
            invocation.packages = words.map(YarnWords.package)
        }
        if command == "create" {
            invocation.packages = words.prefix(1).map(YarnWords.creator)
            invocation.rest = Array(words.dropFirst())
            invocation.positionals = Array(words.prefix(1))
            // The creator is installed with `yarn global add`.
            invocation.destination = .outside
        }
        if isGlobal, invocation.operation == .install { invocation.destination = .outside }
        if command == "link" || command == "unlink" { invocation.destination = .outside }
        if command == "config", let key = words.first, Self.isHarmlessSetting(key),
            invocation.operation == .configure
        {
            invocation.operation = .modify
        }
        if command == "init", settings.has("install") || settings.has("2") {
            invocation.operation = .configure
        }
        if command == "node" {
            invocation.positionals = []
            invocation.rest = words
        }
    }

    private mutating func placeRunner(_ words: [Word], _ facts: inout Facts) {
        let count = command == "workspaces" ? 0 : 1
        invocation.positionals = Array(words.prefix(count))
        invocation.rest = Array(words.dropFirst(count))
        if command == "workspaces" {
            guard invocation.command.last == "run" else {
                invocation.positionals = words
                invocation.rest = []
                return
            }
            // 1.21 starts yarn with the words themselves, so that `workspaces run publish`
            // publishes; 1.22 puts `run` in front.
            let inner = isLate ? ["run"] + words : Array(original.dropFirst())
            invocation.nested = [YarnWords.again(inner, by: line, facts: &facts)]
        } else if command == "workspace" {
            let inner = isLate ? words : original
            invocation.nested = [
                YarnWords.again(Array(inner.dropFirst()), by: line, facts: &facts)
            ]
            if inner.count < 2 {
                invocation.nested = []
                invocation.isInert = true
                invocation.operation = .query
            }
        } else if let program = words.first {
            let started = YarnWords.started(
                program, Array(words.dropFirst()), by: line, facts: &facts)
            if let started { invocation.nested = [started] }
        } else if command == "run" {
            invocation.operation = .query
        }
    }

    /// Directory, registry and destination, which any command can be given.
    private mutating func surround(_ inserted: YarnRC.Arguments) {
        if let directory = settings.text("cwd") {
            invocation.directories = [PathText.absolute(directory, from: line.cwd)]
        }
        invocation.registry = settings.text("registry")?.text ?? inserted.registry
        let operation = invocation.operation
        guard operation == .install || operation == .execute else { return }
        for name: Word in ["modules-folder", "global-folder", "link-folder", "prefix"] {
            if settings.text(name) != nil { invocation.destination = .outside }
        }
    }

    // MARK: composing

    private mutating func compose(_ arguments: [CommanderToken], isProxy: Bool) {
        guard !invocation.isInert else { return }
        let directory = settings.words(only: ["cwd"])
        let options = settings.words(except: ["cwd"])
        if command.hasPrefix("workspace") {
            // 1.21 reads all of the line for itself, the inner line's options as well: in front they
            // would count twice.
            let outer =
                isLate
                ? directory + options.early
                : leading.words(only: ["cwd"]) + leading.words(except: ["cwd"]).early
            if composeNested(outer) { return }
        }
        let all = arguments.map(\.word)
        if isProxy {
            let kept = command == "node" ? 0 : command == "workspace" ? 2 : 1
            let needsCut =
                all.prefix(kept).contains { $0.first == UInt8(ascii: "-") }
                || all.dropFirst(kept).first == "--into" || all.contains("--")
            invocation.composition = .words(
                before: directory + options.early + [command], after: (needsCut ? ["--"] : []) + all
            )
            // Our switches would be read as the script's name here, so they come first.
            if command == "create" {
                invocation.composition = .words(
                    before: directory,
                    after: options.early + [command] + (needsCut ? ["--"] : []) + all)
            }
            return
        }
        var words: [Word] = [command]
        if command.hasPrefix("workspace") {
            invocation.composition = .words(
                before: directory + options.early + words,
                after: original + (passedOn.isEmpty ? [] : ["--"] + passedOn.map(\.word)))
            return
        }
        var kept = Array(all.dropLast(passedOn.count))
        var cut = passedOn.map(\.word)
        if Self.hasSubcommands(command) {
            words = Array(invocation.command.dropFirst())
            if kept.isEmpty { cut.removeFirst() } else { kept.removeFirst() }
        }
        // Positionals with a dash in front, which came in behind `--=`.
        if let first = kept.firstIndex(where: { $0.first == UInt8(ascii: "-") && $0.count > 1 }) {
            cut = kept[first...] + cut
            kept.removeSubrange(first...)
        }
        invocation.composition = .words(
            before: directory + words,
            after: options.early + kept + options.late + (cut.isEmpty ? [] : ["--"] + cut))
    }

    /// `workspace W` in front of what its own yarn line is composed of, so that our switches land
    /// where that yarn reads them.
    private mutating func composeNested(_ options: [Word]) -> Bool {
        guard let inner = invocation.nested.first, inner.severity.suppressesScripts,
            case .words(let before, let after) = inner.composition,
            let first = before.first, first.first != UInt8(ascii: "-"),
            command == "workspace" || !isLate || first == "run"
        else { return false }
        let own = isLate ? invocation.positionals.first : original.first
        let fixed = command == "workspace" ? [own ?? ""] : [original.first ?? "run"]
        let inserted = command == "workspaces" && isLate ? Array(before.dropFirst()) : before
        let isCut = (fixed + inserted + after).contains("--")
        if isCut, !isLate { return false }
        invocation.composition = .words(
            before: options + [command] + (isCut ? ["--"] : []) + fixed + inserted, after: after)
        return true
    }
}

// MARK: tables

extension YarnClassic {
    /// src/cli/index.js, in the order of declaration.
    private static let globalOptions = """
        -v,--version --no-default-rc --use-yarnrc= --verbose --offline --prefer-offline \
        --enable-pnp,--pnp --disable-pnp --strict-semver --json --ignore-scripts --har \
        --ignore-platform --ignore-engines --ignore-optional --force --skip-integrity-check \
        --check-files --no-bin-links --flat --prod,--production? --no-lockfile --pure-lockfile \
        --frozen-lockfile --update-checksums --link-duplicates --link-folder= --global-folder= \
        --modules-folder= --preferred-cache-folder= --cache-folder= --mutex= --emoji? -s,--silent \
        --cwd= --proxy= --https-proxy= --registry= --no-progress --network-concurrency= \
        --network-timeout= --non-interactive --scripts-prepend-node-path? \
        --no-node-version-check --focus --otp=
        """

    private static let versionOptions = """
        --new-version? --major --minor --patch --premajor --preminor --prepatch --prerelease \
        --preid? --message? --no-git-tag-version --no-commit-hooks
        """

    /// `setFlags` of each command.
    private static let commandOptions: [(command: Word, options: String)] = [
        (
            "add",
            "-W,--ignore-workspace-root-check -D,--dev -P,--peer -O,--optional -E,--exact"
                + " -T,--tilde -A,--audit"
        ),
        ("audit", "--summary --groups= --level="), ("autoclean", "-I,--init -F,--force"),
        ("cache", "--pattern?"), ("check", "--integrity --verify-tree"),
        ("generateLockEntry", "--use-manifest= --resolved= --registry="),
        ("generate-lock-entry", "--use-manifest= --resolved= --registry="),
        ("global", "--prefix= --latest"), ("init", "-y,--yes -p,--private -i,--install= -2"),
        (
            "install",
            "-A,--audit -g,--global -S,--save -D,--save-dev -P,--save-peer -O,--save-optional"
                + " -E,--save-exact -T,--save-tilde"
        ),
        ("list", "--depth? --pattern?"), ("node", "--into="), ("pack", "-f,--filename="),
        ("publish", versionOptions + " --access? --tag?"),
        ("remove", "-W,--ignore-workspace-root-check"), ("unplug", "--clear --clear-all"),
        (
            "upgrade",
            "-S,--scope= -L,--latest -E,--exact -P,--pattern? -T,--tilde -C,--caret -A,--audit"
        ),
        ("version", versionOptions),
        ("upgradeInteractive", "-S,--scope= --latest -E,--exact -T,--tilde -C,--caret"),
        ("upgrade-interactive", "-S,--scope= --latest -E,--exact -T,--tilde -C,--caret"),
    ]

    /// Options that commander knows once the command is chosen.
    static func table(for command: Word) -> CommanderTable {
        for row in commandOptions where row.command == command {
            return CommanderTable(globalOptions, row.options)
        }
        return CommanderTable(globalOptions)
    }

    /// src/cli/commands/index.js and the sub-commands of each, with what they do.
    private static let operations = RowTable(
        """
        access administer
        add install
        audit query
        autoclean modify
        bin query
        cache list query
        cache ls query
        cache dir query
        cache clean modify
        check query
        config get query
        config list query
        config set configure
        config delete configure
        create execute
        dedupe query
        exec run
        generateLockEntry query
        generate-lock-entry query
        global add install
        global bin query
        global dir query
        global ls query
        global list query
        global remove install
        global upgrade install
        global upgrade-interactive install
        help query
        import install
        info query
        init modify
        install install
        licenses query
        link install
        list query
        lockfile query
        login authenticate
        logout authenticate
        node run
        outdated query
        owner add administer
        owner rm administer
        owner remove administer
        owner ls query
        owner list query
        pack pack
        policies set-version configure
        prune query
        publish publish
        remove install
        run run
        tag add administer
        tag rm administer
        tag remove administer
        tag ls query
        tag list query
        team create administer
        team destroy administer
        team add administer
        team remove administer
        team rm administer
        team ls query
        team list query
        unlink install
        unplug install
        upgrade install
        upgrade-interactive install
        upgradeInteractive install
        version run
        versions query
        why query
        workspace run
        workspaces info query
        workspaces run run
        """)

    private static func operation(of command: Word, _ subcommand: Word) -> Operation? {
        operations.operation(
            of: subcommand.isEmpty ? command : Word(command.text + " " + subcommand.text))
    }

    private static func isCommand(_ word: Word) -> Bool {
        operations.keyLength(startingWith: word) != nil
    }

    private static func hasSubcommands(_ command: Word) -> Bool {
        operations.keyLength(startingWith: command) == 2
    }

    /// yarn trims the word, drops separators around it and reads `_`, `.` and a space inside it
    /// as `-` (`_build-sub-commands.js` through the package `camelcase`); capitals match nothing.
    private static func subcommand(_ word: Word) -> Word? {
        var parts: [[UInt8]] = [[]]
        for byte in word.text.utf8 {
            switch byte {
            case 0x41...0x5A: return nil
            case 0x09...0x0D, 0x20, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
                parts.append([])
            default: parts[parts.count - 1].append(byte)
            }
        }
        let joined = Array(parts.filter { !$0.isEmpty }.joined(separator: [UInt8(ascii: "-")]))
        return joined.isEmpty ? nil : Word(String(decoding: joined, as: UTF8.self))
    }

    /// Settings of `yarn config` that name no registry, credential, script or program.
    private static func isHarmlessSetting(_ key: Word) -> Bool {
        let keys: [Word] = [
            "save-prefix", "init-author-name", "init-author-email", "init-author-url",
            "init-license", "init-version", "version-tag-prefix", "version-git-tag",
            "version-git-message", "version-git-sign", "no-progress", "network-timeout",
            "network-concurrency", "child-concurrency",
        ]
        return keys.contains(key)
    }
}
