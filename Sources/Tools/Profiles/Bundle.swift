// Bundler (`bundle`, `bundler`): Thor commands, and `bundle exec PROGRAM ...`, which runs a program
// with the project's gems.
//
// A Gemfile is Ruby, so nearly every command runs the project's own code. Gems' extensions run at
// install and no released version has a switch against it. A first word that starts with a dash
// means the default command, which is `install`.

import GateCore

extension ToolProfile {
    static let bundle = ToolProfile(
        name: "bundle", ecosystem: .rubygems, summary: "Bundler, dependencies of a Ruby project",
        versions: ["4.0.0"],
        versionSources: [
            .text(path: "../lib/ruby/*/bundler/version.rb", before: "VERSION = \"", after: "\"")
        ],
        scripts: .guarded(file: "bundler.rb"),
        pins: [.init("RUBYLIB", .unset)], installer: .bundle,
        examples: [
            Example("bundle", .install), Example("bundle install", .install),
            Example("bundle update rake", .install), Example("bundle add rake", .install),
            Example("bundle exec rspec", .run), Example("bundle exec gem push a.gem", .publish),
            Example("bundle list", .query), Example("bundle outdated", .query),
            Example("bundle check", .query), Example("bundle show rake", .query),
            Example("bundle lock", .modify), Example("bundle init", .modify),
            Example("bundle config", .query), Example("bundle config get path", .query),
            Example("bundle config set --local jobs 4", .modify),
            Example("bundle config set path /usr/lib", .configure),
            Example("bundle config gems.example.com user:password", .authenticate),
            Example("bundle plugin install a", .install), Example("bundle --version", .query),
            Example("bundle help install", .query),
        ],
        read: { line, facts in BundleLine(line).read(&facts) })
}

/// One command: the operation and its options in `Thor`'s notation.
private struct BundleCommand {
    let name: Word
    let operation: Operation
    var forms = ""
}

private let commonForms = "no-color retry/-r=n verbose/-V"

private let levelForms = "patch minor major pre strict"

/// Commands of Bundler 2.3 to 4.0, hidden ones included.
private let bundleCommands: [BundleCommand] = [
    .init(
        name: "add", operation: .install,
        forms: "version/-v=s group/-g=s source/-s=s require/-r=s path=s git=s github=s branch=s "
            + "ref=s glob=s quiet skip-install optimistic strict"),
    .init(
        name: "binstubs", operation: .modify,
        forms: "force path=s shebang=s standalone all all-platforms"),
    .init(
        name: "cache", operation: .install,
        forms: "all all-platforms cache-path=s gemfile=s no-install no-prune path=s quiet frozen"),
    .init(name: "check", operation: .query, forms: "dry-run gemfile=s path=s"),
    .init(name: "clean", operation: .modify, forms: "dry-run force"),
    .init(name: "cli_help", operation: .query),
    .init(name: "config", operation: .query),
    .init(name: "console", operation: .run),
    .init(name: "doctor", operation: .query, forms: "gemfile=s quiet ssl host=s tls-version=s"),
    .init(name: "env", operation: .query),
    .init(name: "exec", operation: .run, forms: "keep-file-descriptors gemfile=s"),
    .init(name: "fund", operation: .query, forms: "group/-g=a"),
    .init(
        name: "gem", operation: .modify,
        forms: "exe/--bin/-b coc edit/-e=s ext=s git mit rubocop changelog test/-t=s ci=s linter=s "
            + "github-username=s bundle"),
    .init(name: "help", operation: .query),
    .init(name: "info", operation: .query, forms: "path version"),
    .init(name: "init", operation: .modify, forms: "gemspec=s gemfile=s"),
    .init(name: "inject", operation: .modify, forms: "source=s group=s"),
    .init(
        name: "install", operation: .install,
        forms: "binstubs=s clean deployment frozen full-index gemfile=s jobs/-j=n local "
            + "prefer-local no-cache force/--redownload no-prune path=s quiet shebang=s "
            + "standalone=a system trust-policy=s target-rbconfig=s without=a with=a"),
    .init(name: "issue", operation: .query),
    .init(name: "licenses", operation: .query),
    .init(
        name: "list", operation: .query,
        forms: "name-only only-group=a without-group=a format=s paths"),
    .init(
        name: "lock", operation: .modify,
        forms: "update=a local print gemfile=s lockfile=s full-index add-checksums add-platform=a "
            + "remove-platform=a normalize-platforms conservative bundler=s " + levelForms),
    .init(name: "open", operation: .run, forms: "path=s"),
    .init(
        name: "outdated", operation: .query,
        forms: "group=s groups local pre source=a filter-strict/--strict update-strict minor "
            + "major patch filter-major filter-minor filter-patch parseable/--porcelain "
            + "only-explicit"),
    .init(name: "platform", operation: .query, forms: "ruby"),
    .init(name: "plugin", operation: .unknown),
    .init(name: "pristine", operation: .install),
    .init(name: "remove", operation: .install, forms: "install"),
    .init(name: "show", operation: .query, forms: "paths outdated"),
    .init(
        name: "update", operation: .install,
        forms: "full-index gemfile=s group/-g=a jobs/-j=n local quiet source=a force/--redownload "
            + "ruby bundler=s conservative all " + levelForms),
    .init(name: "version", operation: .query),
    .init(
        name: "viz", operation: .query,
        forms: "file/-f=s format/-F=s requirements/-R version/-v without/-W=a"),
]

private let bundleAliases: [(alias: Word, name: Word)] = [
    ("c", "check"), ("i", "install"), ("ls", "list"), ("e", "exec"), ("ex", "exec"),
    ("exe", "exec"), ("package", "cache"), ("pack", "cache"), ("-v", "version"),
    ("--version", "version"), ("-h", "help"), ("-?", "help"), ("--help", "help"), ("-D", "help"),
]

/// Settings that change neither where gems come from, nor where they go, nor what runs.
private let harmlessSettings: [Word] = [
    "jobs", "retry", "timeout", "frozen", "deployment", "with", "without", "cache_all",
    "cache_all_platforms", "clean", "no_prune", "silence_deprecations", "silence_root_warning",
    "ignore_messages", "suppress_install_using_messages", "disable_version_check", "redirect",
    "version", "force_ruby_platform", "specific_platform", "prefer_patch",
    "only_update_to_newer_versions",
    "gem.test", "gem.mit", "gem.coc", "gem.ci", "gem.linter", "gem.changelog",
    "gem.github_username",
]

/// One `bundle` line.
private struct BundleLine {
    let line: Line
    var result: Invocation

    init(_ line: Line) {
        self.line = line
        result = Invocation(
            tool: line.tool, version: line.version, command: ["bundle"], operation: .unknown)
        result.roles = Array(repeating: .other("not read"), count: line.arguments.count)
    }

    consuming func read(_ facts: inout Facts) -> Invocation {
        let words = line.arguments
        if words.contains(where: { $0.contains(0x0A) }) {
            result.ambiguous.append("a line break in an argument")
        }
        if asksForHelp(words) { return inert("help") }
        var rest = words
        var name: Word = "install"
        if let first = words.first {
            let found = Thor.command(
                first, names: bundleCommands.map(\.name), aliases: bundleAliases)
            let isCommandWord =
                first.first != UInt8(ascii: "-")
                || bundleAliases.contains { $0.alias == first }
            if isCommandWord {
                guard let known = found.name else { return unplaced(first, found.isAmbiguous) }
                name = known
                rest.removeFirst()
                result.roles[0] = .command
            }
        }
        if rest.count == words.count, line.environment["BUNDLE_DEFAULT_CLI_COMMAND"] != nil {
            result.ambiguous.append("BUNDLE_DEFAULT_CLI_COMMAND chooses the command")
        }
        if name == "help" || name == "version" || name == "cli_help" { return inert(name) }
        guard let command = bundleCommands.first(where: { $0.name == name }) else { return result }
        result.command.append(name)
        parse(command, rest, &facts)
        return result
    }

    /// `--help` anywhere turns the line into `help`, unless a word is `exec` or an alias of it.
    private func asksForHelp(_ words: [Word]) -> Bool {
        guard let help = words.firstIndex(where: { $0 == "--help" || $0 == "-h" }) else {
            return false
        }
        let runners: [Word] = ["exec", "e", "ex", "exe"]
        guard let exec = words.firstIndex(where: { runners.contains($0) }) else { return true }
        return exec + help == 1
    }

    private consuming func inert(_ name: Word) -> Invocation {
        result.command.append(name)
        result.operation = .query
        result.isInert = true
        result.positionals = Array(line.arguments.dropFirst())
        return result
    }

    /// A plugin's command or a program `bundler-NAME`.
    private consuming func unplaced(_ word: Word, _ isAmbiguous: Bool) -> Invocation {
        if isAmbiguous { result.ambiguous.append("\(word) is short for several commands") }
        return result
    }

    private mutating func parse(
        _ command: BundleCommand, _ rest: [Word], _ facts: inout Facts
    ) {
        let offset = line.arguments.count - rest.count
        if command.name == "config" || command.name == "plugin" {
            readNested(command.name, rest)
            return
        }
        let isExec = command.name == "exec"
        // Thor keeps words before the first option as they are.
        let leading = rest.prefix { $0.first != UInt8(ascii: "-") }
        let thor = Thor(
            command.forms.isEmpty ? commonForms : command.forms + " " + commonForms)
        var reading = Thor.Reading()
        if isExec, !leading.isEmpty {
            reading.extra = rest
            reading.roles = rest.map { _ in .passedOn }
        } else {
            reading = thor.read(Array(rest.dropFirst(leading.count)), stopsAtUnknown: isExec)
            reading.roles = leading.map { _ in .positional } + reading.roles
            reading.extra = leading + reading.extra
        }
        for (place, role) in reading.roles.enumerated() { result.roles[offset + place] = role }
        if let problem = reading.problem {
            result.ambiguous.append("bundle \(command.name) rejects the line: \(problem)")
        }
        result.options = reading.uses.map(\.optionUse)
        for use in result.options {
            let value: Setting.Value = use.value.map { .text($0) } ?? .flag(use.isOn)
            result.inForce.append(Setting(use.name, value))
        }
        result.operation = operation(command)
        if isExec {
            run(reading.extra, &facts)
        } else {
            result.positionals = reading.extra
            place(command, &facts)
            request(command)
        }
        guard result.ambiguous.isEmpty else { return }
        let options = reading.uses.flatMap(\.words)
        if isExec {
            result.composition = .words(before: [command.name], after: options + reading.extra)
        } else if reading.extra.contains(where: { $0.first == UInt8(ascii: "-") }) {
            result.composition = .words(
                before: [command.name], after: options + ["--"] + reading.extra)
        } else {
            result.composition = .words(before: [command.name], after: reading.extra + options)
        }
        result.install = bundleInstallShape(result, line)
        result.leavesUnbuilt = result.install != nil || command.name == "install"
    }

    private func operation(_ command: BundleCommand) -> Operation {
        if command.name == "gem", result.has("bundle") { return .install }
        // The file is loaded as Ruby.
        if result.has("target-rbconfig") { return .execute }
        return command.operation
    }

    /// Gems go where the active Ruby keeps them, unless an option says otherwise.
    private mutating func place(_ command: BundleCommand, _ facts: inout Facts) {
        let values = { (name: Word, options: [OptionUse]) in
            options.filter { $0.name == name }.compactMap(\.value)
        }
        let gemfiles = values("gemfile", result.options)
        result.directories = gemfiles.map { PathText.absolute($0, line: line) ?? $0.text }
        guard result.operation == .install || command.name == "binstubs" else { return }
        result.destination = .environment
        if result.has("system") { result.destination = .outside }
        guard command.name != "add" else { return }
        let named = values("path", result.options) + values("binstubs", result.options)
        if let place = PathText.destination(of: named, line: line, facts: &facts) {
            result.destination = place
        }
        // Images set these to where Ruby keeps its gems; a place with tools is another matter.
        for variable: Word in ["BUNDLE_PATH", "BUNDLE_BIN", "GEM_HOME"] {
            guard let folder = line.environment[variable], !folder.isEmpty else { continue }
            let place = PathText.destination(of: [folder], line: line, facts: &facts)
            if place == .tools { result.destination = .tools }
        }
    }

    private mutating func request(_ command: BundleCommand) {
        guard command.name == "add" || command.name == "update" else { return }
        let valueOf = { (options: [OptionUse], name: Word) in
            options.last { $0.name == name }?.value
        }
        result.registry = valueOf(result.options, "source")?.text
        var source = PackageRequest.Source.registry
        if result.has("git") || result.has("github") { source = .git }
        if result.has("path") { source = .path }
        let range = valueOf(result.options, "version") ?? ""
        result.packages = result.positionals.map {
            PackageRequest(name: $0, range: range, source: source, spelling: $0)
        }
    }

    // MARK: exec

    private mutating func run(_ words: [Word], _ facts: inout Facts) {
        result.positionals = Array(words.prefix(1))
        result.rest = Array(words.dropFirst())
        guard let program = words.first else {
            result.ambiguous.append("bundle exec without a program")
            return
        }
        if program.first == UInt8(ascii: "-") {
            result.ambiguous.append("\(program) is no option of bundle exec")
        }
        result.nested = NestedProgram.read(words, line: line, facts: &facts)
        if let reason = NestedProgram.hides(words) { result.ambiguous.append(reason) }
    }

    // MARK: config, plugin

    /// Subcommands, again by unique prefix; `bundle config NAME [VALUE]` is the older form.
    private mutating func readNested(_ name: Word, _ rest: [Word]) {
        let isFlag = { (word: Word) in word.first == UInt8(ascii: "-") && word.count > 1 }
        var words = rest.filter { !isFlag($0) }
        result.options = rest.filter(isFlag).map {
            OptionUse(name: $0.hasPrefix("--") ? $0.dropFirst(2) : $0, spelling: $0)
        }
        let names: [Word] =
            name == "config"
            ? ["base", "get", "list", "set", "unset", "help"]
            : ["install", "uninstall", "list", "help"]
        // With an option in front the first word is not looked up.
        let isLookedUp = rest.first.map { !isFlag($0) } ?? false
        let verb =
            isLookedUp
            ? words.first.flatMap { typed in
                Thor.command(typed, names: names, aliases: []).name
            } : nil
        if let verb {
            result.command.append(verb)
            words.removeFirst()
        }
        result.positionals = words
        if name == "plugin" {
            let operations: [(Word, Operation)] = [
                ("install", .install), ("uninstall", .modify), ("list", .query), ("help", .query),
            ]
            result.operation = operations.first { $0.0 == verb }?.1 ?? .unknown
            if verb == "install" {
                result.packages = words.map {
                    PackageRequest(name: $0, source: .registry, spelling: $0)
                }
            }
            return
        }
        let deletes = result.has("delete")
        let isReading =
            verb == "get" || verb == "list" || verb == "help"
            || (verb != "set" && verb != "unset" && words.count < 2 && !deletes)
        result.operation = isReading ? .query : effect(of: words.first ?? "", isLookedUp)
    }

    private func effect(of setting: Word, _ isCertain: Bool) -> Operation {
        let key = setting.lowercasedASCII
        if isCertain, harmlessSettings.contains(key) { return .modify }
        let known: [Word] = ["mirror.", "build.", "local.", "gem."]
        let isHost = key.contains(UInt8(ascii: ".")) && !known.contains { key.hasPrefix($0) }
        return isHost || key == "gem.push_key" ? .authenticate : .configure
    }
}
