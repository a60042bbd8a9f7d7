// RubyGems: `gem COMMAND [options] [arguments] [-- build arguments]`.
//
// The command is the first word, in any case, or the start of one command's name. Options are
// Ruby's OptionParser. Before either is read, `gem_runner.rb` cuts off what follows the first `--`
// and `config_file.rb` takes `--debug`, `--backtrace`, `--config-file` and `--norc` from wherever
// they stand, full spelling only: the same options abbreviated reach the command and do nothing.
// Arguments from gemrc files come in front of the caller's.
//
// Native extensions run at install and no released version has a switch against it.

import GateCore

extension ToolProfile {
    static let gem = ToolProfile(
        name: "gem", ecosystem: .rubygems, summary: "RubyGems, Ruby's package manager",
        versions: ["3.3.15", "4.0.0"],
        versionSources: [
            .text(path: "../lib/ruby/site_ruby/*/rubygems.rb", before: "VERSION = \"", after: "\""),
            .text(path: "../lib/ruby/vendor_ruby/rubygems.rb", before: "VERSION = \"", after: "\""),
            .text(path: "../lib/ruby/*/rubygems.rb", before: "VERSION = \"", after: "\""),
        ],
        scripts: .guarded(file: "rubygems.rb"),
        staysAlone: { $0.command == ["gem", "install"] },
        pins: [
            .init("RUBYLIB", .unset), .init("RUBYGEMS_GEMDEPS", .unset),
            .init("SHIMGATE_GEM_STAGE", .unset), .init("SHIMGATE_GEM_UNBUILT", .unset),
        ],
        resolver: .gem,
        secrets: [
            .option("otp"), .option("key", commands: ["push", "yank", "owner"]),
        ],
        examples: [
            Example("gem push a.gem", .publish), Example("gem yank a -v 1.0", .unpublish),
            Example("gem owner -a x@example.com a", .administer), Example("gem owner a", .query),
            Example("gem signin", .authenticate), Example("gem signout", .authenticate),
            Example("gem sources --add https://gems.example", .configure),
            Example("gem sources", .query), Example("gem install rake", .install),
            Example("gem i rake:13.0.6", .install), Example("gem update", .install),
            Example("gem list", .query), Example("gem search rake", .query),
            Example("gem info rake", .query), Example("gem outdated", .query),
            Example("gem environment", .query), Example("gem which rake", .query),
            Example("gem build a.gemspec", .pack), Example("gem uninstall rake", .modify),
            Example("gem --version", .query), Example("gem help install", .query),
        ],
        read: readGem)
}

/// Reads a `gem` line with the rules of one version, or with both known sets of rules where the
/// version lies between them.
@Sendable private func readGem(_ line: Line, _ facts: inout Facts) -> Invocation {
    let parts = (line.version ?? "").utf8.split(separator: UInt8(ascii: "."))
        .map { Int(String(Substring($0))) ?? 0 }
    let major = parts.first ?? 0
    let minor = parts.count > 1 ? parts[1] : 0
    if major >= 4 { return GemLine(line, isNewer: true).read(&facts) }
    if major < 3 || (major == 3 && minor <= 3) { return GemLine(line, isNewer: false).read(&facts) }
    let readings = [
        GemLine(line, isNewer: false).read(&facts), GemLine(line, isNewer: true).read(&facts),
    ]
    return gravest(of: readings, tool: line.tool)
}

// MARK: - Commands

/// One command and its own options; those all commands have are in `commonForms`.
private struct GemCommand {
    let name: Word
    let operation: Operation
    let forms: String
    /// Options that only RubyGems 4 has.
    var newForms = ""
    var isOlderOnly = false
    var isNewerOnly = false
}

private let commonForms =
    "-h --help|-V --[no-]verbose|-q --quiet|--silent|--config-file FILE|--backtrace|--debug|--norc"

private let remoteForms =
    "-l --local|-r --remote|-b --both|-B --bulk-threshold COUNT|--clear-sources|-s --source URL|"
    + "-p --[no-]http-proxy [URL]|-u --[no-]update-sources"

private let listForms =
    "-i --[no-]installed|-I|-v --version VERSION|-d --[no-]details|--[no-]versions|-a --all|"
    + "-e --exact|--[no-]prerelease|" + remoteForms

private let installForms =
    "-i --install-dir DIR|-n --bindir DIR|--document [TYPES]|--build-root DIR|--vendor|"
    + "-N --no-document|-E --[no-]env-shebang|-f --[no-]force|-w --[no-]wrappers|"
    + "-P --trust-policy POLICY|--ignore-dependencies|--[no-]format-executable|"
    + "--[no-]user-install|--development|--development-all|--conservative|--[no-]minimal-deps|"
    + "--[no-]post-install-message|-g --file [FILE]|--without GROUPS|--default|--explain|"
    + "--[no-]lock|--[no-]suggestions|"

private let versionForm = "-v --version VERSION"

/// In the order of `gem help commands`, as dumped from 3.3.15 and 4.0.0.dev.
private let gemCommands: [GemCommand] = [
    .init(
        name: "build", operation: .pack,
        forms: "--platform PLATFORM|--force|--strict|-o --output FILE|-C PATH"),
    .init(
        name: "cert", operation: .modify,
        forms: "-a --add CERT|-l --list [FILTER]|-r --remove FILTER|-b --build EMAIL_ADDR|"
            + "-C --certificate CERT|-K --private-key KEY|-A --key-algorithm ALGORITHM|"
            + "-s --sign CERT|-d --days NUMBER_OF_DAYS|-R --re-sign"),
    .init(
        name: "check", operation: .query,
        forms: "-a --[no-]alien|--[no-]doctor|--[no-]dry-run|--[no-]gems|" + versionForm),
    .init(
        name: "cleanup", operation: .modify,
        forms: "-n -d --dry-run|-D --[no-]check-development|--[no-]user-install|--dryrun"),
    .init(
        name: "contents", operation: .query,
        forms: versionForm
            + "|--all|-s --spec-dir a,b,c|-l --[no-]lib-only|--[no-]prefix|--[no-]show-install-dir"),
    .init(
        name: "dependency", operation: .query,
        forms: versionForm
            + "|--platform PLATFORM|--[no-]prerelease|-R --[no-]reverse-dependencies|"
            + "-p --pipe|" + remoteForms),
    .init(name: "environment", operation: .query, forms: ""),
    .init(
        name: "exec", operation: .execute,
        forms: versionForm + "|--[no-]prerelease|-g --gem GEM|--conservative", isNewerOnly: true),
    .init(
        name: "fetch", operation: .query,
        forms: "-B --bulk-threshold COUNT|-p --[no-]http-proxy [URL]|-s --source URL|"
            + "--clear-sources|" + versionForm
            + "|--platform PLATFORM|--[no-]prerelease|--[no-]suggestions"),
    .init(
        name: "generate_index", operation: .pack,
        forms: "-d --directory DIRNAME|--[no-]modern|--update", isOlderOnly: true),
    // RubyGems 4 installs the gem `rubygems-generate_index` where it is missing, and runs it.
    .init(name: "generate_index", operation: .execute, forms: "", isNewerOnly: true),
    .init(name: "help", operation: .query, forms: ""),
    .init(
        name: "info", operation: .query,
        forms: "-i --[no-]installed|-I|-v --version VERSION|--[no-]versions|-a --all|-e --exact|"
            + "--[no-]prerelease|" + remoteForms),
    .init(
        name: "install", operation: .install,
        forms: installForms + remoteForms + "|--platform PLATFORM|-v --version VERSION|"
            + "--[no-]prerelease", newForms: "--target-rbconfig [FILE]|"),
    .init(name: "list", operation: .query, forms: listForms),
    .init(name: "lock", operation: .query, forms: "-s --[no-]strict"),
    .init(name: "mirror", operation: .query, forms: ""),
    .init(name: "open", operation: .run, forms: "-e --editor COMMAND|" + versionForm),
    .init(name: "outdated", operation: .query, forms: remoteForms + "|--platform PLATFORM"),
    .init(
        name: "owner", operation: .query,
        forms: "-p --[no-]http-proxy [URL]|-k --key KEYNAME|--otp CODE|-a --add NEW_OWNER|"
            + "-r --remove OLD_OWNER|-h --host HOST"),
    .init(
        name: "pristine", operation: .install,
        forms: "--all|--skip gem_name|--[no-]extensions|--only-executables|--only-plugins|"
            + "-E --[no-]env-shebang|-i --install-dir DIR|-n --bindir DIR|" + versionForm,
        newForms: "--only-missing-extensions|"),
    .init(
        name: "push", operation: .publish,
        forms: "-p --[no-]http-proxy [URL]|-k --key KEYNAME|--otp CODE|--host HOST",
        newForms: "--attestation FILE|"),
    .init(name: "query", operation: .query, forms: "-n --name-matches REGEXP|" + listForms),
    .init(
        name: "rdoc", operation: .modify,
        forms: "--all|--[no-]rdoc|--[no-]ri|--[no-]overwrite|" + versionForm),
    .init(
        name: "rebuild", operation: .install,
        forms: "--diff|--force|--strict|--source GEM_SOURCE|--original GEM_FILE|"
            + "--gemspec GEMSPEC_FILE|-C PATH", isNewerOnly: true),
    .init(name: "search", operation: .query, forms: listForms),
    .init(name: "server", operation: .run, forms: ""),
    .init(name: "signin", operation: .authenticate, forms: "--host HOST|--otp CODE"),
    .init(name: "signout", operation: .authenticate, forms: ""),
    .init(
        name: "sources", operation: .query,
        forms: "-a --add SOURCE_URI|-l --list|-r --remove SOURCE_URI|-c --clear-all|-u --update|"
            + "-f --[no-]force|-p --[no-]http-proxy [URL]",
        newForms: "--append SOURCE_URI|-p --prepend SOURCE_URI|"),
    .init(
        name: "specification", operation: .query,
        forms: versionForm + "|--platform PLATFORM|--[no-]prerelease|--all|--ruby|--yaml|--marshal|"
            + remoteForms),
    .init(name: "stale", operation: .query, forms: ""),
    .init(
        name: "uninstall", operation: .modify,
        forms: "-a --[no-]all|-I --[no-]ignore-dependencies|-D --[no-]check-development|"
            + "-x --[no-]executables|-i --install-dir DIR|-n --bindir DIR|--[no-]user-install|"
            + "--[no-]format-executable|--[no-]force|--[no-]abort-on-dependent|" + versionForm
            + "|--platform PLATFORM|--vendor"),
    .init(
        name: "unpack", operation: .modify,
        forms: "--target DIR|--spec|-v --version VERSION|-P --trust-policy POLICY"),
    .init(
        name: "update", operation: .install,
        forms: installForms + "--system [VERSION]|--platform PLATFORM|--[no-]prerelease|"
            + remoteForms, newForms: "--target-rbconfig [FILE]|"),
    .init(name: "which", operation: .query, forms: "-a --[no-]all|-g --[no-]gems-first"),
    .init(
        name: "yank", operation: .unpublish,
        forms: versionForm + "|--platform PLATFORM|--otp CODE|--host HOST|-k --key KEYNAME"),
]

// MARK: - Reading

/// One `gem` line under one set of rules.
private struct GemLine {
    let line: Line
    let isNewer: Bool
    var result: Invocation
    var roles: [Role]

    init(_ line: Line, isNewer: Bool) {
        self.line = line
        self.isNewer = isNewer
        result = Invocation(
            tool: line.tool, version: line.version, command: ["gem"], operation: .unknown)
        roles = Array(repeating: .other("not read"), count: line.arguments.count)
    }

    /// The story: cut off build arguments, take the early options, find the command, parse.
    consuming func read(_ facts: inout Facts) -> Invocation {
        let end = line.arguments.firstIndex(of: "--") ?? line.arguments.count
        for place in line.arguments.indices.dropFirst(end) { roles[place] = .passedOn }
        if end < line.arguments.count { roles[end] = .terminator }
        result.rest = Array(line.arguments.dropFirst(end + 1))
        let own = line.arguments.prefix(end).enumerated().map { (word: $1, place: $0) }
        // The early options are found by patterns that match any line of an argument.
        if own.contains(where: { $0.word.contains(0x0A) }) {
            result.ambiguous.append("a line break in an argument")
        }
        var left = own.filter { !Self.isTakenEarly($0.word) }
        for taken in own where Self.isTakenEarly(taken.word) {
            roles[taken.place] = .option(taken.word.dropFirst(2))
        }
        guard let first = left.first else { return inert() }
        if ["-h", "--help", "-v", "--version"].contains(first.word) {
            roles[first.place] = .option(first.word)
            return inert()
        }
        var before: [Word] = []
        if first.word == "-C" {
            // RubyGems 3.3 knows no -C and stops.
            guard isNewer, left.count > 2 else { return inert() }
            roles[first.place] = .option("C")
            roles[left[1].place] = .valueOf("C")
            before = ["-C", left[1].word]
            changeDirectory(to: left[1].word, &facts)
            left.removeFirst(2)
        }
        let typed = left.removeFirst()
        guard let command = command(typed.word) else {
            result.roles = roles
            return result
        }
        roles[typed.place] = .command
        result.command.append(command.name)
        parse(command, left, taken: own.filter { Self.isTakenEarly($0.word) }, before, &facts)
        result.roles = roles
        return result
    }

    /// `--debug` and its like, which are removed from wherever they stand.
    private static func isTakenEarly(_ word: Word) -> Bool {
        word == "--debug" || word == "--backtrace" || word == "--traceback"
    }

    private consuming func inert() -> Invocation {
        result.isInert = true
        result.operation = .query
        result.roles = roles
        return result
    }

    /// RubyGems stops where there is no such directory, but it may be made before RubyGems looks.
    private mutating func changeDirectory(to directory: Word, _ facts: inout Facts) {
        let path = PathText.absolute(directory, line: line) ?? directory.text
        result.directories.append(path)
        guard line.cwd != nil, case .absent = facts.ask(.entry(path)) else { return }
        result.ambiguous.append("\(directory) is not a directory")
    }

    /// The command of a word, with the reason noted where there is none.
    private mutating func command(_ typed: Word) -> GemCommand? {
        // Ruby's `downcase` turns KELVIN SIGN into `k`; no other character becomes ASCII.
        let kelvin = String(
            typed.text.unicodeScalars.map { $0 == "\u{212A}" ? "k" : Character($0) })
        let word = Self.alias(of: Word(kelvin).lowercasedASCII)
        if word.first == UInt8(ascii: "-") {
            result.ambiguous.append("gem takes no option \(typed) before the command")
            return nil
        }
        let known = gemCommands.filter { isNewer ? !$0.isOlderOnly : !$0.isNewerOnly }
        if let exact = known.first(where: { $0.name == word }) { return exact }
        let fitting = known.filter { $0.name.hasPrefix(word) }
        if fitting.count > 1 {
            let names = fitting.map(\.name.text).joined(separator: ", ")
            result.ambiguous.append("\(typed) is short for each of \(names)")
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    private static func alias(of word: Word) -> Word {
        if word == "i" { return "install" }
        if word == "login" { return "signin" }
        return word == "logout" ? "signout" : word
    }

    private mutating func parse(
        _ command: GemCommand, _ left: [(word: Word, place: Int)],
        taken: [(word: Word, place: Int)], _ before: [Word], _ facts: inout Facts
    ) {
        let parser = OptionParser(
            (isNewer ? command.newForms : "") + (command.forms.isEmpty ? "" : command.forms + "|")
                + commonForms, takesLoneDash: isNewer)
        let stops = command.name == "exec" || line.environment["POSIXLY_CORRECT"] != nil
        let reading = parser.read(left.map(\.word), stopsAtPositional: stops)
        for (role, argument) in zip(reading.roles, left) { roles[argument.place] = role }
        if let problem = reading.problem {
            result.ambiguous.append("gem \(command.name) rejects the line: \(problem)")
        }
        if command.name == "generate_index", isNewer {
            result.ambiguous.append("installs and runs the gem rubygems-generate_index")
        }
        let early = earlyConfiguration(left.map(\.word))
        checkEarly(early, parser, reading)
        let defaults = defaultArguments(command, parser, early, stops: stops, &facts)

        result.options = reading.uses.map { parser[$0.switchIndex].use($0) }
        result.options += taken.map { OptionUse(name: Self.untraced($0.word)) }
        let all = defaults.uses.map { parser[$0.switchIndex].use($0) } + result.options
        result.positionals = defaults.positionals + reading.positionals
        for use in all { note(use) }
        result.operation = operation(command, all)
        result.composition = composition(
            before, command, parser, reading, taken: taken.map(\.word), stops: stops)
        place(command, all, &facts)
        request(command, all)
        if command.name == "exec" { nest(&facts) }
        let loadsCode = all.contains { $0.name == "target-rbconfig" }
        let wantsHelp = reading.problem == nil && result.has("help") && !loadsCode
        if wantsHelp || command.name == "help" {
            result.isInert = true
            result.operation = .query
        }
        if !result.ambiguous.isEmpty || result.isInert { result.composition = .verbatim }
        result.resolvesFirst = result.gemResolvesFirst
    }

    // MARK: Configuration

    /// `--config-file` and `--norc` as `config_file.rb` finds them: in any place, option or value.
    private struct EarlyConfiguration {
        var file: Word?
        var fileCount = 0
        var norcCount = 0
    }

    private func earlyConfiguration(_ words: [Word]) -> EarlyConfiguration {
        var early = EarlyConfiguration()
        var isFileNext = false
        for word in words {
            if word == "--norc" { early.norcCount += 1 }
            if isFileNext {
                early.file = word
                isFileNext = false
            } else if word.hasPrefix("--config-file=") {
                early.file = word.dropFirst(14)
                early.fileCount += 1
            } else if word == "--config-file" {
                isFileNext = true
                early.fileCount += 1
            }
        }
        return early
    }

    /// The early reading and the command's own must see the same options, else no composed line
    /// means what the caller's means.
    private mutating func checkEarly(
        _ early: EarlyConfiguration, _ parser: OptionParser, _ reading: OptionParser.Reading
    ) {
        let full = reading.uses.filter(\.isSpelledOut).map { parser[$0.switchIndex].name }
        let files = full.filter { $0 == "config-file" }.count
        let norcs = full.filter { $0 == "norc" }.count
        if files != early.fileCount || norcs != early.norcCount {
            result.ambiguous.append("--config-file or --norc is also another option's value")
        }
    }

    /// What gemrc files put in front of the caller's arguments.
    private mutating func defaultArguments(
        _ command: GemCommand, _ parser: OptionParser, _ early: EarlyConfiguration, stops: Bool,
        _ facts: inout Facts
    ) -> OptionParser.Reading {
        var merged = OptionParser.Reading()
        guard line.cwd != nil, early.norcCount == 0 else { return merged }
        let configuration = GemConfiguration(
            file: early.file, keys: ["gem", command.name], line: line, facts: &facts)
        result.ambiguous += configuration.problems
        var extra =
            (configuration.arguments["gem"] ?? []) + (configuration.arguments[command.name] ?? [])
        while !extra.isEmpty {
            // Groups of an argument and its value; a group the command rejects is left out.
            var group = [extra.removeFirst()]
            if let next = extra.first, !next.isEmpty, next.first != UInt8(ascii: "-") {
                group.append(extra.removeFirst())
            }
            let reading = parser.read(group, stopsAtPositional: stops)
            if reading.problem != nil { continue }
            if reading.isTerminated || (stops && !reading.positionals.isEmpty) {
                result.ambiguous.append("a gemrc file ends the options")
            }
            merged.uses += reading.uses
            merged.positionals += reading.positionals
        }
        return merged
    }

    // MARK: Meaning

    private mutating func note(_ use: OptionUse) {
        let value: Setting.Value = use.value.map { .text($0) } ?? .flag(use.isOn)
        result.inForce.removeAll { $0.name == use.name }
        result.inForce.append(Setting(use.name, value))
    }

    private func operation(_ command: GemCommand, _ uses: [OptionUse]) -> Operation {
        let isOn = { (name: Word) in uses.contains { $0.name == name && $0.isOn } }
        if command.name == "owner", isOn("add") || isOn("remove") { return .administer }
        if command.name == "sources" {
            let changes: [Word] = ["add", "append", "prepend", "remove", "clear-all", "update"]
            if changes.contains(where: isOn) { return .configure }
        }
        // The file is loaded as Ruby while options are parsed, even with --explain.
        if isOn("target-rbconfig") { return .execute }
        if command.name == "check", isOn("doctor") { return .modify }
        let namesSource = result.positionals.contains { $0.hasSuffix(".gemspec") }
        if command.name == "specification", namesSource { return .pack }
        return command.operation
    }

    /// `--install-dir` and its like. Without them gems go where the active Ruby keeps its gems.
    private mutating func place(
        _ command: GemCommand, _ uses: [OptionUse], _ facts: inout Facts
    ) {
        let changesGems = command.operation == .install || command.operation == .modify
        guard changesGems || command.name == "exec" else { return }
        result.destination = .environment
        let directories = uses.filter {
            ["install-dir", "bindir", "build-root", "target"].contains($0.name)
        }
        .compactMap(\.value)
        result.directories += directories.map { PathText.absolute($0, line: line) ?? $0.text }
        // Programs of gems land in its `bin`.
        if let home = line.environment["GEM_HOME"], !home.isEmpty,
            PathText.destination(of: [home], line: line, facts: &facts) == .tools
        {
            result.destination = .tools
            return
        }
        let isElsewhere = uses.contains {
            ["user-install", "vendor", "build-root"].contains($0.name) && $0.isOn
        }
        if isElsewhere { result.destination = .outside }
        guard let named = PathText.destination(of: directories, line: line, facts: &facts) else {
            return
        }
        if named == .tools || !isElsewhere { result.destination = named }
    }

    private mutating func request(_ command: GemCommand, _ uses: [OptionUse]) {
        let valueOf = { (name: Word) in uses.last { $0.name == name && $0.isOn }?.value }
        let host = valueOf("host")
        let pushes = ["push", "yank", "owner", "signin"].contains(command.name)
        let variable = pushes ? line.environment["RUBYGEMS_HOST"] : nil
        result.registry = (host ?? valueOf("source") ?? variable)?.text
        let takesNames: [Word] = [
            "install", "update", "fetch", "exec", "push", "yank", "owner", "info", "uninstall",
            "pristine", "unpack",
        ]
        guard takesNames.contains(command.name) else { return }
        let words =
            command.name == "exec" ? Array(result.positionals.prefix(1)) : result.positionals
        for word in words {
            result.packages.append(Self.package(word, range: valueOf("version") ?? ""))
        }
        if command.name == "exec", let gem = valueOf("gem") {
            result.packages = [Self.package(gem, range: valueOf("version") ?? "")]
        }
        // A file of gem dependencies, which is Ruby.
        if let file = uses.last(where: { $0.name == "file" }) {
            result.packages.append(
                PackageRequest(
                    name: "", source: .requirements, spelling: file.value ?? "gem.deps.rb"))
        }
    }

    /// `NAME`, `NAME:VERSION`, or a `.gem` file.
    private static func package(_ word: Word, range: Word) -> PackageRequest {
        if word.hasSuffix(".gem") || word.contains(UInt8(ascii: "/")) {
            let isURL = word.hasPrefix("http://") || word.hasPrefix("https://")
            return PackageRequest(name: "", source: isURL ? .url : .path, spelling: word)
        }
        guard let (name, version) = word.split(at: UInt8(ascii: ":")) else {
            return PackageRequest(name: word, range: range, source: .registry, spelling: word)
        }
        return PackageRequest(name: name, range: version, source: .registry, spelling: word)
    }

    /// `gem exec PROGRAM ...` loads the program with the remaining words as its arguments.
    private mutating func nest(_ facts: inout Facts) {
        guard let program = result.positionals.first else {
            result.ambiguous.append("gem exec without a program")
            return
        }
        let name = program.split(at: UInt8(ascii: ":"))?.head ?? program
        result.rest = Array(result.positionals.dropFirst())
        result.positionals = [program]
        guard let profile = Catalog.profile(calledAs: name) else { return }
        var inner = line
        inner.tool = profile.name
        inner.calledAs = name
        inner.arguments = result.rest
        inner.version = name == "gem" ? line.version : nil
        inner.depth += 1
        result.nested = [classify(inner, facts: &facts)]
    }

    // MARK: Composition

    /// Positionals stand before the options because a value may be left out of `--document`, and
    /// the next word would then become it.
    private func composition(
        _ before: [Word], _ command: GemCommand, _ parser: OptionParser,
        _ reading: OptionParser.Reading, taken: [Word], stops: Bool
    ) -> Composition {
        var options: [Word] = []
        var endsWithoutValue = false
        for use in reading.uses {
            let one = parser[use.switchIndex]
            // Abbreviated, these reach the command and do nothing; in full they would act.
            let isEarly = ["config-file", "norc", "debug", "backtrace"].contains(one.name)
            if isEarly, !use.isSpelledOut { continue }
            let spelling = one.spelling(isOn: use.isOn)
            endsWithoutValue = one.style == .placed && use.isOn && use.value == nil
            if let value = use.value {
                if spelling.hasPrefix("--") {
                    options.append(Word(spelling.text + "=" + value.text))
                } else {
                    options += [spelling, value]
                }
            } else {
                options.append(spelling)
            }
        }
        options += taken.map { Word("--" + Self.untraced($0).text) }
        let tail = result.rest.isEmpty ? [] : ["--"] + result.rest
        let words = reading.positionals
        // Where options end at the first positional they have to come first, and one without its
        // value may not be the last; --backtrace would do no harm but is not what was written.
        if stops, endsWithoutValue, !words.isEmpty { return .verbatim }
        let after = stops ? options + words : words + options
        return .words(before: before + [command.name], after: after + tail)
    }

    /// `--traceback` is another spelling of `--backtrace`.
    private static func untraced(_ word: Word) -> Word {
        word == "--traceback" ? "backtrace" : word.dropFirst(2)
    }
}

extension OptionParser.Switch {
    fileprivate func use(_ use: OptionParser.Use) -> OptionUse {
        OptionUse(
            name: name, spelling: spelling(isOn: use.isOn), value: use.value, isOn: use.isOn)
    }
}
