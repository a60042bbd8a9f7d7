// yarn 2 and later: what its commands do, which lines they start again, and how a line is written
// down so that it means the same. A first word that is a directory (`yarn packages/a npm publish`)
// enters it and reads the rest anew; any other unknown first word runs a script or a program.
//
// Rules: yarnpkg/berry, packages/yarnpkg-cli/sources/{lib,commands/entries/run}.ts and the command
// classes of its plugins.

import GateCore

/// One reading of a yarn 2, 3 or 4 line.
struct YarnBerry {
    private let line: Line
    private let major: Int
    private var invocation: Invocation
    /// Words that go before the command in the composed line: `--cwd=DIR` and directories.
    private var lead: [Word] = []
    /// Directory that the command acts in.
    private var directory: String?

    /// Reads `line` as the yarn of its version would.
    static func read(_ line: Line, facts: inout Facts) -> Invocation {
        var reading = YarnBerry(line)
        return reading.read(&facts)
    }

    private init(_ line: Line) {
        self.line = line
        let major = (line.version ?? "").split(separator: ".").first.flatMap { Int($0) }
        self.major = major ?? 4
        directory = line.cwd
        invocation = Invocation(
            tool: line.tool, version: line.version, command: [line.tool], operation: .query)
    }

    private mutating func read(_ facts: inout Facts) -> Invocation {
        var words = takeDirectoryOption(line.arguments)
        let consumed = line.arguments.count - words.count
        var roles: [Role] = (0..<consumed).map { $0 == 0 ? .option("cwd") : .valueOf("cwd") }
        let program = major >= 4 ? ClipanionProgram.yarn4 : .yarn3
        // Every turn takes a word away or puts `run` in front, which never happens twice.
        for _ in 0...(line.arguments.count + 1) {
            switch program.read(words) {
            case .usageError: return refused(roles)
            case .help(let path): return inert(path.isEmpty ? ["help"] : path, roles)
            case .command(let match):
                guard match.command.canonicalPath.isEmpty, let first = match.required.first else {
                    place(match, roles: roles, &facts)
                    return invocation
                }
                let skipped = words.count - match.others.count - 1
                for option in match.options { if let name = option.value { enterOption(name) } }
                roles += Array(match.roles.prefix(skipped))
                if Self.isDirectory(first) {
                    roles.append(.other("directory to act in"))
                    enter(first)
                    words = match.others
                } else {
                    let run = program.read(["run", first] + match.others)
                    guard case .command(let inner) = run else { return refused(roles) }
                    var placed = inner
                    placed.roles = Array(inner.roles.dropFirst())
                    place(placed, roles: roles, &facts)
                    return invocation
                }
            }
        }
        return refused(roles)
    }

    /// A usage error. Another version than the ones in the tables may know the word or option,
    /// and then anything could run.
    private func refused(_ roles: [Role]) -> Invocation {
        var refused = inert([], roles)
        let known: [Word] = ["3.5.0", "4.13.0"]
        if !known.contains(Word(line.version ?? "")) {
            refused.isInert = false
            refused.operation = .unknown
        }
        return refused
    }

    private func inert(_ path: [Word], _ roles: [Role]) -> Invocation {
        var inert = invocation
        inert.command += path
        inert.isInert = true
        inert.roles = line.arguments.indices.map {
            $0 < roles.count ? roles[$0] : .other("not read")
        }
        return inert
    }

    // MARK: directories

    /// 4.x takes `--cwd DIR` in front of the line and, for `add`, at its end.
    private mutating func takeDirectoryOption(_ words: [Word]) -> [Word] {
        guard let first = words.first else { return words }
        if major >= 4, first == "add", words.count > 2, words[words.count - 2] == "--cwd" {
            enterOption(words[words.count - 1])
            return Array(words.dropLast(2))
        }
        let named: Word
        let rest: [Word]
        if first == "--cwd", words.count >= 2 {
            named = words[1]
            rest = Array(words.dropFirst(2))
        } else if first.hasPrefix("--cwd=") {
            named = first.dropFirst(6)
            rest = Array(words.dropFirst())
        } else {
            return words
        }
        // 3.x reads it as an option of the command, which `yarn install` then refuses.
        guard major >= 4 else { return words }
        enterOption(named)
        return rest
    }

    private mutating func enterOption(_ name: Word) {
        lead.append(Word("--cwd=" + name.text))
        let path = PathText.absolute(name, from: directory)
        invocation.directories.append(path)
        directory = directory == nil ? nil : path
    }

    private mutating func enter(_ name: Word) {
        if name.first == UInt8(ascii: "-") { lead.append("--") }
        lead.append(name)
        let path = PathText.absolute(name, from: directory)
        invocation.directories.append(path)
        directory = directory == nil ? nil : path
    }

    /// A path, and not a package name such as `@scope/name` or `a\b`.
    private static func isDirectory(_ word: Word) -> Bool {
        guard word.contains(UInt8(ascii: "/")) || word.contains(UInt8(ascii: "\\")) else {
            return false
        }
        var name = word
        if word.first == UInt8(ascii: "@"),
            let (scope, tail) = word.dropFirst(1).split(at: UInt8(ascii: "/")), !scope.isEmpty
        {
            name = tail
        }
        let isName =
            !name.isEmpty && !name.contains(UInt8(ascii: "/")) && !name.contains(UInt8(ascii: "@"))
        return !isName
    }

    // MARK: what the command does

    private mutating func place(
        _ match: ClipanionMatch, roles: [Role], _ facts: inout Facts
    ) {
        let path = match.command.canonicalPath
        let name = Word(path.map(\.text).joined(separator: " "))
        invocation.command += path
        invocation.operation = Self.operation(of: name)
        invocation.options = match.options
        invocation.inForce = Self.settings(of: match)
        invocation.roles = roles + match.roles
        if match.command.isProxy {
            invocation.positionals = match.required
            invocation.rest = match.others
        } else {
            invocation.positionals = match.required + match.others
        }
        if Self.isRefused(name, match) {
            invocation.operation = .query
            invocation.isInert = true
            return
        }
        if path == ["-v"] || path == ["help"] || path == ["--clipanion=definitions"] {
            invocation.isInert = true
            return
        }
        placeDirectory(match)
        placePackages(name, match)
        placeNested(name, match, &facts)
        compose(name, match)
        invocation.install = YarnInstaller.berryShape(invocation, line, facts: &facts)
    }

    /// Values that an option's validator refuses. `--jobs` takes a whole number as JavaScript
    /// would print it; one too large to be exact is refused too, which nothing here relies on.
    private static func isRefused(_ value: Word, of option: Word) -> Bool {
        let modes: [Word] = ["skip-build", "update-lockfile"]
        switch option {
        case "mode": return !modes.contains(value)
        case "strategy": return value != "highest"
        case "environment":
            let kinds: [Word] = ["all", "production", "development"]
            return !kinds.contains(value)
        case "severity":
            let levels: [Word] = ["info", "low", "moderate", "high", "critical"]
            return !levels.contains(value)
        case "jobs":
            let digits = value.text.utf8
            let isCount =
                digits.first.map { $0 >= 0x31 && $0 <= 0x39 } == true
                && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            return !isCount && value != "unlimited"
        default: return false
        }
    }

    /// Values that the command class itself refuses before it runs.
    private static func isRefused(_ name: Word, _ match: ClipanionMatch) -> Bool {
        for option in match.options {
            if let value = option.value, isRefused(value, of: option.name) { return true }
        }
        if name == "explain", let code = match.others.first {
            let digits = code.text.utf8.dropFirst(2)
            let isCode = digits.count == 4 && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            return !code.hasPrefix("YN") || !isCode
        }
        guard name == "explain peer-requirements", let hash = match.others.first else {
            return false
        }
        let isHash = hash.text.utf8.dropFirst().allSatisfy {
            $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x66
        }
        return hash.first != UInt8(ascii: "p") || !isHash
    }

    private mutating func placeDirectory(_ match: ClipanionMatch) {
        for option in match.options where option.name == "cwd" {
            guard let value = option.value else { continue }
            invocation.directories.append(PathText.absolute(value, from: directory))
        }
        for option in match.options where option.name == "registry" {
            invocation.registry = option.value?.text
        }
        if invocation.registry == nil {
            invocation.registry = line.environment["YARN_NPM_REGISTRY_SERVER"]?.text
        }
    }

    private mutating func placePackages(_ name: Word, _ match: ClipanionMatch) {
        let words = invocation.positionals
        if name == "add" || name == "up" || name == "remove" {
            invocation.packages = words.map(YarnWords.package)
        } else if name == "dlx" {
            let named = match.options.filter { $0.name == "package" }.compactMap(\.value)
            invocation.packages = (named.isEmpty ? words : named).map(YarnWords.package)
        } else if name == "create" || name == "init" && match.command.isProxy {
            invocation.operation = .execute
            invocation.packages = words.map(YarnWords.creator)
        } else if name == "run", words.isEmpty {
            invocation.operation = .query
        } else if name == "config set" || name == "config unset" {
            if let key = words.first, Self.isHarmlessSetting(key) { invocation.operation = .modify }
        } else if name == "link" {
            invocation.packages = words.map {
                PackageRequest(name: "", source: .path, spelling: $0)
            }
        }
    }

    private mutating func placeNested(
        _ name: Word, _ match: ClipanionMatch, _ facts: inout Facts
    ) {
        var inner = line
        inner.cwd = directory
        if name == "workspace" || name == "workspaces foreach" {
            let all = match.required + match.others
            let words = Array(all.dropFirst(name == "workspace" ? 1 : 0))
            invocation.positionals = Array(all.dropLast(words.count))
            invocation.rest = words
            invocation.nested = [YarnWords.again(words, by: inner, facts: &facts)]
        } else if let program = match.required.first {
            if name == "run" { start(program, match.others, by: inner, &facts) }
            if name == "exec" { startShell(program, match.others, by: inner, &facts) }
            if name == "dlx" {
                start(YarnWords.split(program).name, match.others, by: inner, &facts)
            }
        }
    }

    private mutating func start(
        _ program: Word, _ arguments: [Word], by inner: Line, _ facts: inout Facts
    ) {
        if let started = YarnWords.started(program, arguments, by: inner, facts: &facts) {
            invocation.nested = [started]
        }
    }

    /// `yarn exec` hands its first word to yarn's own shell; only plain words are followed.
    private mutating func startShell(
        _ text: Word, _ arguments: [Word], by inner: Line, _ facts: inout Facts
    ) {
        let marks: [UInt8] = Array("@%+=:,./_- ".utf8)
        let isPlain = text.text.utf8.allSatisfy { byte in
            byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
                || marks.contains(byte)
        }
        let words = text.text.split(separator: " ").map { Word($0) }
        guard isPlain, let program = words.first, !program.contains(UInt8(ascii: "=")) else {
            invocation.ambiguous.append("yarn exec is given shell text")
            return
        }
        start(program, Array(words.dropFirst()) + arguments, by: inner, &facts)
    }

    // MARK: composing

    private mutating func compose(_ name: Word, _ match: ClipanionMatch) {
        let path = match.command.canonicalPath
        var front = lead
        if !lead.isEmpty, match.options.contains(where: { $0.name == "cwd" }) {
            // yarn 3 goes to the first and no longer looks at the second.
            invocation.ambiguous.append("two directories to act in")
        }
        var options: [Word] = []
        let mode = match.options.last { $0.name == "mode" }?.value
        for (place, option) in match.options.enumerated() {
            let word = option.value.map { Word(option.spelling.text + "=" + $0.text) }
            if option.name == "mode" {
                // `update-lockfile` links nothing and so builds nothing; any other mode is ours.
                guard mode == "update-lockfile", let word else {
                    if mode != "skip-build" { invocation.ignored.append("--mode") }
                    continue
                }
                if !options.contains(word) { options.append(word) }
                continue
            }
            if place == 0, option.name == "cwd", line.arguments[0].hasPrefix("--cwd"),
                name != "install", let word
            {
                front = [word]
                continue
            }
            options.append(word ?? option.spelling)
        }
        // Only where our switches must reach the inner line: `foreach run build` passes over
        // workspaces without that script and `foreach build` does not.
        if name == "workspace" || name == "workspaces foreach",
            let inner = invocation.nested.first, inner.severity.suppressesScripts,
            case .words(let before, let after) = inner.composition,
            let first = before.first, first.first != UInt8(ascii: "-")
        {
            let fixed = name == "workspace" ? Array(match.required.prefix(1)) : []
            let cut = Self.terminator(before: fixed)
            invocation.composition = .words(
                before: front + path + options + cut + fixed + before, after: after)
            return
        }
        let words = match.required + match.others
        let guarded = match.command.isProxy ? match.required : words
        var cut = Self.terminator(before: guarded)
        // `yarn config -- set` lists a setting called `set`; without the terminator it would set.
        for row in Self.longerPaths where row.path == name && row.word == words.first {
            cut = ["--"]
        }
        invocation.composition = .words(before: front + path, after: options + cut + words)
    }

    /// Words that would lengthen a command's path into another command's.
    private static let longerPaths: [(path: Word, word: Word)] = [
        ("config", "get"), ("config", "set"), ("config", "unset"),
        ("explain", "peer-requirements"), ("version", "apply"), ("version", "check"),
        ("constraints", "query"), ("constraints", "source"), ("set version", "from"),
        ("plugin import", "from"),
    ]

    private static func terminator(before words: [Word]) -> [Word] {
        words.contains { $0.first == UInt8(ascii: "-") && $0.count > 1 } ? ["--"] : []
    }

    // MARK: tables

    /// Options in force: the last of each name, lists for those that collect.
    private static func settings(of match: ClipanionMatch) -> [Setting] {
        var settings: [Setting] = []
        for use in match.options {
            let place = settings.firstIndex { $0.name == use.name }
            var value: Setting.Value = use.value.map { .text($0) } ?? .flag(use.isOn)
            if collecting.contains(use.name), let text = use.value {
                value = .list([text])
                if let place, case .list(let known) = settings[place].value {
                    value = .list(known + [text])
                }
            }
            if let place {
                settings[place].value = value
            } else {
                settings.append(Setting(use.name, value))
            }
        }
        return settings
    }

    /// Options declared with `Option.Array`.
    private static let collecting: [Word] = [
        "package", "from", "include", "exclude", "ignore", "extra", "plugin",
    ]

    private static let operations = RowTable(
        """
        npm publish publish
        npm tag add administer
        npm tag remove administer
        npm login authenticate
        npm logout authenticate
        config set configure
        config unset configure
        plugin remove configure
        plugin import configure
        plugin import from sources configure
        set version configure
        set version from sources configure
        dlx execute
        create execute
        install install
        add install
        remove install
        up install
        upgrade-interactive install
        dedupe install
        rebuild install
        link install
        unlink install
        unplug install
        patch install
        patch-commit install
        workspaces focus install
        set resolution install
        run run
        exec run
        node run
        workspace run
        workspaces foreach run
        constraints run
        pack pack
        init modify
        cache clean modify
        version modify
        version apply modify
        version check query
        stage modify
        constraints query query
        constraints source query
        bin query
        config query
        config get query
        explain query
        explain peer-requirements query
        info query
        why query
        search query
        npm audit query
        npm info query
        npm tag list query
        npm whoami query
        plugin list query
        plugin runtime query
        plugin check query
        workspaces list query
        help query
        -v query
        --clipanion=definitions query
        """)

    private static func operation(of name: Word) -> Operation {
        operations.operation(of: name) ?? .unknown
    }

    /// Settings that name no registry, credential, script or program.
    private static func isHarmlessSetting(_ key: Word) -> Bool {
        let keys: [Word] = [
            "nodeLinker", "enableTelemetry", "enableColors", "enableProgressBars",
            "progressBarStyle", "defaultSemverRangePrefix", "compressionLevel", "enableEmojis",
            "enableHyperlinks", "enableMessageNames", "enableTimers", "preferDeferredVersions",
            "nmHoistingLimits", "nmMode", "httpTimeout", "httpRetry", "networkConcurrency",
        ]
        return keys.contains(key)
    }
}
