// cargo: exact words, options of clap, then what the word stands for:
//
//   1. a built-in command; nothing can take its name;
//   2. an alias from CARGO_ALIAS_NAME or `[alias]` of `.cargo/config(.toml)` in the working
//      directory and above, then of CARGO_HOME; it may hold options and name another alias;
//   3. a built-in alias (b c d r t rm): last, so a user's alias of that name wins over it;
//   4. a program `cargo-NAME` in CARGO_HOME/bin or PATH.
//
// Sources: cargo src/bin/cargo/{main,cli}.rs, src/context/{mod,key}.rs and each commands/*.rs;
// option tables as cargo 1.95 prints them. rustup's proxy reads `+toolchain` before cargo does.

internal import GateCore

extension ToolProfile {
    static let cargo = ToolProfile(
        name: "cargo", ecosystem: .crates, summary: "Rust's package manager and build tool",
        versions: ["1.95.0"],
        // cargo has no switch for build.rs and proc macros (grammars §10); a fetch runs neither,
        // but `cargo install` does.
        scripts: .refused(commands: ["install"]),
        // A project's `build.rustc-wrapper` and `build.rustc` run even in `cargo fetch`. A variable
        // beats the configuration file: an empty one for the wrappers, cargo's own default for rustc.
        pins: [
            .init("RUSTC_WRAPPER", .set("")), .init("RUSTC_WORKSPACE_WRAPPER", .set("")),
            .init("CARGO_BUILD_RUSTC_WRAPPER", .unset),
            .init("CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER", .unset),
            .init("RUSTC", .set("rustc")), .init("CARGO_BUILD_RUSTC", .unset),
            .init("RUSTDOC", .unset), .init("CARGO_BUILD_RUSTDOC", .unset),
        ],
        secrets: [.option("--token"), .positional(0, command: "login")],
        examples: cargoExamples,
        read: { line, facts in
            var reader = CargoReader(line: line, facts: facts)
            let invocation = reader.read()
            facts = reader.facts
            return invocation
        })
}

private let cargoExamples: [Example] = [
    .init("cargo publish", .publish),
    .init("cargo publish --dry-run", .publish),
    .init("cargo --locked publish -p core --allow-dirty", .publish),
    .init("cargo +nightly publish", .publish),
    .init("cargo release patch --execute", .publish),
    .init("cargo smart-release", .publish),
    .init("cargo workspaces publish", .publish),
    .init("cargo yank --version 1.0.0 serde", .unpublish),
    .init("cargo owner --add alice serde", .administer),
    .init("cargo login", .authenticate),
    .init("cargo logout", .authenticate),
    .init("cargo generate gh:owner/template", .execute),
    .init("cargo add serde --features derive", .install),
    .init("cargo install ripgrep --locked", .install),
    .init("cargo binstall ripgrep", .install),
    .init("cargo update", .install),
    .init("cargo fetch --locked", .install),
    .init("cargo vendor", .install),
    .init("cargo build --release", .run),
    .init("cargo b", .run),
    .init("cargo test -- --nocapture", .run),
    .init("cargo t some_test", .run),
    .init("cargo run -- --help", .run),
    .init("cargo check --workspace --all-targets", .run),
    .init("cargo fmt --check", .run),
    .init("cargo clippy -- -D warnings", .run),
    .init("cargo bench", .run),
    .init("cargo doc --no-deps", .run),
    .init("cargo nextest run", .run),
    .init("cargo audit", .run),
    .init("cargo package --list", .pack),
    .init("cargo new hello", .modify),
    .init("cargo init", .modify),
    .init("cargo clean", .modify),
    .init("cargo remove serde", .modify),
    .init("cargo tree -d", .query),
    .init("cargo search serde", .query),
    .init("cargo info serde", .query),
    .init("cargo metadata --format-version 1", .query),
    .init("cargo install --list", .query),
    .init("cargo owner --list serde", .query),
    .init("cargo version", .query),
    .init("cargo --version", .query),
    .init("cargo --list", .query),
    .init("cargo help build", .query),
    .init("cargo build --help", .query),
    .init("cargo", .query),
]

/// What each built-in command does. `package --list` stays `pack`: it reads the same settings.
private let cargoOperations: [(operation: Operation, commands: String)] = [
    (.publish, "publish"), (.unpublish, "yank"), (.administer, "owner"),
    (.authenticate, "login logout"),
    (.install, "add install update fetch vendor generate-lockfile"),
    (.run, "build check test bench run rustc rustdoc doc fix"),
    (.pack, "package"),
    (.modify, "init new remove clean uninstall"),
    (
        .query,
        "metadata tree search info pkgid locate-project read-manifest verify-project version help "
            + "config report git-checkout"
    ),
]

/// External programs that are known, by what they do. Those of `run` are taken to be there even
/// where no file may be asked for; a missing one only makes cargo say so.
private let cargoExternals: [(operation: Operation, names: String)] = [
    (
        .publish,
        "release smart-release release-plz unleash publish-all publish-workspace publish-crates "
            + "semantic-release mono shipit workspaces ws"
    ),
    (.execute, "generate quickinstall script eval play scaffold"),
    (
        .install,
        "binstall install-update install-upgrade upgrade local-registry prebuilt dl download"
    ),
    (
        .run,
        "fmt clippy miri nextest audit deny outdated udeps machete expand llvm-cov tarpaulin mutants "
            + "bloat geiger license about sort semver-checks public-api insta fuzz criterion "
            + "flamegraph bench-cmp asm show-asm doc2readme readme rdme spellcheck deadlinks vet "
            + "crev llvm-lines tauri leptos ndk apk dylint kcov cov careful sweep cache edit "
            + "features info-ext tokei lambda shuttle wasi wasm component-ls espflash embed flash "
            + "size objdump objcopy nm readobj strip profdata modules depgraph graph deps msrv "
            + "minimal-versions hakari pgo binutils limit chef dist deb rpm bundle wix aur vcpkg "
            + "watch hack auditable with limit bacon zigbuild xwin cross cbuild cinstall ctest c hfuzz afl prusti kani verify creusot "
            + "sqlx diesel typify tally unused-features diet all-features"
    ),
    (.modify, "set-version bump rename rm-ext sort-derives"),
]

/// External programs that run cargo again with words of their line.
private let cargoRunners = "hack watch auditable with all-features limit bacon mono each foreach"

private let cargoGrammar = ClapGrammar(
    text: """
        .|&root
        &global|verbose/v+ quiet/q color=%{auto,always,never} locked offline frozen config=* /Z=*
        &root|&global version/V list explain= /C=
        &feature|features/F=* all-features no-default-features
        &packages|package/p?* workspace exclude=*
        &libs|lib bins bin?* examples example?*
        &targets|&libs tests test?* benches bench?* all-targets
        &where|target?* target-dir= manifest-path=
        &format|message-format=*%;{human,short,json,json-diagnostic-short,\
        json-diagnostic-rendered-ansi,json-render-diagnostics}
        &compile|&format jobs/j=~ profile= &where &feature ignore-rust-version timings
        &build|&compile unit-graph
        &index|index= registry=
        add|&global no-default-features default-features features/F=* optional no-optional public \
        no-public rename= manifest-path= package/p? ignore-rust-version dry-run/n path= base= git= \
        branch= tag= rev= registry= dev build target=|crates*|dev,build path,git branch,tag,rev \
        dev,optional dev,no-optional dev,public build,public dev,no-public build,no-public|\
        *>1,path,git base>path branch>git tag>git rev>git
        bench|&global no-run no-fail-fast &packages all &targets &build|BENCHNAME args--
        build|&global future-incompat-report &packages all &targets release/r keep-going \
        artifact-dir= compile-time-deps &build||release,profile
        check|&global future-incompat-report &packages all &targets release/r keep-going \
        compile-time-deps &build||release,profile
        clean|&global doc dry-run/n package/p?* workspace release/r profile= &where||release,profile
        clean/gc|&global dry-run/n max-src-age= max-crate-age= max-index-age= max-git-co-age= \
        max-git-db-age= max-download-age= max-src-size= max-crate-size= max-git-size= \
        max-download-size=
        config|&global|(sub)
        config/get|&global format={toml,json,json-value} show-origin merged={yes,no}|key
        doc|&global open no-deps document-private-items &packages all &libs release/r keep-going \
        &build||release,profile
        fetch|&global target?* manifest-path=
        fix|&global edition edition-idioms broken-code allow-no-vcs allow-dirty allow-staged \
        &packages all &targets release/r keep-going &compile||release,profile
        generate-lockfile|&global manifest-path= ignore-rust-version publish-time=
        git-checkout|&global
        help|&global|COMMAND
        info|&global &index|SPEC!|index,registry
        init|&global vcs={git,hg,pijul,fossil,none} bin lib edition={2015,2018,2021,2024} name= \
        registry=|PATH
        install|&global version,vers= &index git= branch= tag= rev= path= root= force/f dry-run/n \
        no-track list &format debug ignore-rust-version bin?* bins example?* examples &feature \
        jobs/j=~ keep-going profile= target?* target-dir= timings|CRATE*|index,git index,path \
        index,registry registry,git registry,path git,path debug,profile|\
        version>1 index>1 registry>1 branch>git tag>git rev>git
        locate-project|&global workspace message-format=%{json,plain} manifest-path=
        login|&global registry=|token args--
        logout|&global registry=
        metadata|&global filter-platform=* no-deps format-version={1} &feature manifest-path=
        new|&global vcs={git,hg,pijul,fossil,none} bin lib edition={2015,2018,2021,2024} name= \
        registry=|PATH!
        owner|&global add/a=* remove/r=* list/l &index token=|CRATE|index,registry
        package|&global &index list/l no-verify no-metadata allow-dirty exclude-lockfile \
        message-format={human,json} &packages &feature jobs/j=~ keep-going &where||index,registry|\
        message-format>list
        pkgid|&global package/p? manifest-path=|SPEC
        publish|&global dry-run/n &index token= no-verify allow-dirty &packages &feature jobs/j=~ \
        keep-going &where||index,registry
        read-manifest|&global manifest-path=
        remove|&global dry-run/n dev build target= package/p? manifest-path=|DEP_ID+|dev,build
        report|&global|(sub)
        report/future-incompatibilities future-incompat|&global id= package/p?
        report/timings|&global open id= manifest-path=
        report/sessions|&global limit= manifest-path=
        report/rebuilds|&global id= manifest-path=
        run|&global package/p? bin?* example?* release/r keep-going &build|args~|release,profile
        rustc|&global print= crate-type=* future-incompat-report package/p? &targets release/r \
        keep-going &build|args~|release,profile
        rustdoc|&global open package/p? &targets release/r keep-going output-format={html,json} \
        &build|args~|release,profile
        search|&global limit= &index|QUERY*|index,registry
        test|&global no-run no-fail-fast future-incompat-report &packages all &targets doc \
        release/r &build|TESTNAME args--|release,profile
        tree|&global all/a no-dev-dependencies edges/e=*;{all,normal,build,dev,features,public,\
        no-normal,no-build,no-dev,no-proc-macro} invert/i?* prune=* depth= no-indent prefix-depth \
        prefix={depth,indent,none} no-dedupe duplicates,duplicate/d charset={utf8,ascii} format/f= \
        version/V &packages &feature all-targets target?* manifest-path=
        uninstall|&global root= package/p?* bin=*|SPEC*
        update|&global dry-run/n recursive,aggressive precise= breaking/b workspace/w package/p?* \
        manifest-path= ignore-rust-version|SPEC*|recursive,precise package,1|precise>1,package
        vendor|&global no-delete sync/s=* respect-source-config versioned-dirs manifest-path=|path
        verify-project|&global manifest-path=
        version|&global
        yank|&global version,vers= undo &index token=|CRATE|index,registry
        """, takesExternalCommands: true)

/// Reads one line.
private struct CargoReader {
    let line: Line
    var facts: Facts
    private var invocation: Invocation
    private var toolchain: Word?
    /// Where cargo looks for configuration from: the working directory, or that of `-C`.
    private var directory: String?

    init(line: Line, facts: Facts) {
        self.line = line
        self.facts = facts
        invocation = Invocation(
            tool: "cargo", version: line.version, command: ["cargo"], operation: .unknown)
    }

    mutating func read() -> Invocation {
        var words = line.arguments
        readToolchain(&words)
        let outer = cargoGrammar.read(words)
        invocation.roles += outer.roles
        noteProblems(of: outer)
        directory = outer.use("C")?.value.flatMap { absolute($0) } ?? line.cwd
        guard let expanded = expand(outer, words: words, passed: []) else { return invocation }
        fill(expanded, outer: outer)
        return invocation
    }

    /// rustup's proxy takes a first word that starts with `+`; a path there, or in
    /// RUSTUP_TOOLCHAIN, names an arbitrary program to run as cargo.
    private mutating func readToolchain(_ words: inout [Word]) {
        if let named = line.environment["RUSTUP_TOOLCHAIN"], named.contains(UInt8(ascii: "/")) {
            unclear("RUSTUP_TOOLCHAIN names a directory, whose cargo is not known")
        }
        guard let first = words.first, first.first == UInt8(ascii: "+") else {
            if (line.environment["RUSTUP_TOOLCHAIN"] ?? "").isEmpty { readToolchainFile() }
            return
        }
        words.removeFirst()
        toolchain = first
        invocation.roles.append(.other("toolchain"))
        let name = first.dropFirst(1)
        if name.contains(UInt8(ascii: "/")) || name.isEmpty {
            unclear("toolchain \(first.text) is not a name")
        } else if !isOfficialToolchain(name), !hasToolchain(name) {
            unclear("toolchain \(first.text) is not known")
        }
    }

    /// `rust-toolchain` or `rust-toolchain.toml` of the nearest directory that has one: a path in it
    /// names an arbitrary program to run as cargo (rustup src/config.rs, `find_override_from_dir_walk`
    /// and `parse_override_file`; a file of one line is a toolchain's name or path).
    private mutating func readToolchainFile() {
        guard let cwd = line.cwd else { return }
        for folder in YarnWords.ancestors(of: cwd) {
            for name in ["rust-toolchain", "rust-toolchain.toml"] {
                let file = YarnWords.file(name, in: folder)
                guard let text = facts.text(file) else { continue }
                var named: Word?
                if let table = TomlTable(text) {
                    if case .string(let path)? = table[["toolchain", "path"]] { named = path }
                } else if name.utf8.elementsEqual("rust-toolchain".utf8), text.contains("/") {
                    named = Word(text)
                } else if text.contains("path") {
                    named = ""
                }
                if named != nil { unclear("\(file) names a directory, whose cargo is not known") }
                return
            }
        }
    }

    /// Programs that the environment puts in the compiler's place run even where a line only reads.
    private mutating func raiseWhereCompilerIsNamed() {
        guard Operation.run.isGraver(than: invocation.operation) else { return }
        for name: Word in [
            "RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_RUSTC",
            "CARGO_BUILD_RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
        ] where !(line.environment[name] ?? "").isEmpty {
            invocation.operation = .run
        }
    }

    /// A command line with all aliases resolved.
    private struct Expanded {
        var reading: ClapReading
        var words: [Word]
        var aliases: [Word]
        var isBuiltIn: Bool
    }

    /// Follows aliases to a command; nil where the line is finished already.
    private mutating func expand(
        _ reading: ClapReading, words: [Word], passed: [Word]
    ) -> Expanded? {
        if reading.wantsHelp {
            // The help of a user's alias is named as it was typed.
            let isUsers = passed.first.map { builtInAlias($0) != reading.path.first } == true
            finishInert(command: isUsers ? Array(passed.prefix(1)) : reading.path)
            return nil
        }
        guard let place = reading.external else {
            if reading.path.isEmpty, !passed.isEmpty {
                unclear("alias \(passed[0].text) names no command")
                invocation.command += passed.prefix(1)
                return nil
            }
            return Expanded(reading: reading, words: words, aliases: passed, isBuiltIn: true)
        }
        let word = words[place]
        let rest = words[(place + 1)...]
        if cargoGrammar.command(word) != nil {
            // Only after `--`, where cargo refuses built-in commands but takes aliases.
            let inner = cargoGrammar.read(Array(words[..<place].dropLast()) + [word])
            unclear("built-in commands after `--` are refused by cargo")
            return Expanded(reading: inner, words: words, aliases: passed, isBuiltIn: true)
        }
        switch alias(word) {
        case .none:
            return Expanded(reading: reading, words: words, aliases: passed, isBuiltIn: false)
        case .unclear(let reason):
            unclear(reason)
            invocation.command.append(word)
            return nil
        case .words(let replacement):
            let chain = passed + [word]
            let longer = replacement + rest
            let inner = cargoGrammar.read(longer)
            let next = inner.external.map { longer[$0] } ?? inner.path.first
            if let next, chain.contains(next) {
                unclear("alias \(chain[0].text) leads back to \(next.text)")
                invocation.command.append(chain[0])
                return nil
            }
            if inner.use("C") != nil { unclear("alias \(word.text) holds -C, which cargo ignores") }
            noteProblems(of: inner)
            return expand(inner, words: longer, passed: chain)
        }
    }

    private mutating func fill(_ expanded: Expanded, outer: ClapReading) {
        let reading = expanded.reading
        let isAlias = !expanded.aliases.isEmpty
        let uses = isAlias ? joined(outer: outer, inner: reading) : reading.uses
        note(uses)
        let first = reading.external.map { expanded.words[$0] } ?? reading.path.first
        if outer.use("C") != nil, !allowsUnstable(outer) {
            unclear("-C is for nightly toolchains with -Z unstable-options")
        }
        // `--version`, `--list` and `--explain` before an alias are lost when cargo expands it:
        // `cargo --version t` runs the tests.
        let rootUses = reading.uses.filter { $0.level == 0 }
        let stops = rootUses.contains {
            $0.name == "version" || $0.name == "list" || $0.name == "explain"
        }
        let isUnstableHelp = reading.values("Z").first == "help"
        guard let first, !stops, !isUnstableHelp else {
            finishInert(command: expanded.aliases.first.map { [$0] } ?? first.map { [$0] } ?? [])
            return
        }
        guard expanded.isBuiltIn else {
            fillExternal(expanded, uses: uses, name: first)
            return
        }
        invocation.command += reading.path
        invocation.positionals = reading.positionals
        invocation.rest = reading.rest
        invocation.operation = operation(of: reading)
        if first == "git-checkout" || first == "help" { finishHelp(reading) }
        if first == "tree", reading.use("version") != nil { invocation.isInert = true }
        if first == "add" || first == "install" { readPackages(reading) }
        if first == "install" || first == "uninstall" { readDestination(reading) }
        if first == "vendor", let folder = reading.positionals.first {
            invocation.destination = isInside(folder) ? .project : .outside
        }
        readDirectories(reading)
        invocation.registry =
            reading.use("index")?.value?.text ?? reading.use("registry")?.value?.text
        if invocation.operation.suppressesScripts { refuseWrappers(uses) }
        if !invocation.isInert { raiseWhereCompilerIsNamed() }
        raiseWhereUnclear(outer)
        invocation.composition = reading.composition(
            before: [toolchain].compactMap { $0 }, uses: uses)
    }

    /// `cargo help WORD` shows a manual page, but of a program that is not cargo's own it asks
    /// the program itself.
    private mutating func finishHelp(_ reading: ClapReading) {
        if let word = reading.positionals.first, cargoGrammar.command(word) == nil {
            switch alias(word) {
            case .none: invocation.operation = .run
            case .unclear(let reason): unclear(reason)
            case .words: break
            }
        } else if invocation.ambiguous.isEmpty {
            invocation.isInert = true
        }
    }

    // MARK: External programs

    private mutating func fillExternal(_ expanded: Expanded, uses: [ClapUse], name: Word) {
        guard let place = expanded.reading.external else { return }
        let arguments = Array(expanded.words[(place + 1)...])
        invocation.command.append(name)
        invocation.rest = arguments
        let runsScript = uses.contains { $0.name == "Z" && $0.value == "script" }
        invocation.operation = externalOperation(
            name, arguments: arguments, runsScript: runsScript)
        // Such a name is one only after `--`; in front it would be an option or a toolchain.
        let isUnsafe = name.first == UInt8(ascii: "-") || name.first == UInt8(ascii: "+")
        let terminator: [Word] = isUnsafe ? ["--"] : []
        let before = [toolchain].compactMap { $0 } + uses.map(\.word) + terminator + [name]
        invocation.composition = .words(before: before, after: arguments)
    }

    private mutating func externalOperation(
        _ name: Word, arguments: [Word], runsScript: Bool
    ) -> Operation {
        let plain = arguments.first { $0.first != UInt8(ascii: "-") } ?? ""
        var known: Operation?
        for row in cargoExternals where name.isOne(of: row.names) { known = row.operation }
        if runsScript, name.hasSuffix(".rs") || name.contains(UInt8(ascii: "/")) { return .run }
        guard let operation = known ?? foundProgram(name) else {
            // Not there: cargo ends with "no such command", and we cannot say what it would do.
            return .unknown
        }
        if name.isOne(of: cargoRunners) || known == nil {
            return arguments.reduce(operation) { worst, word in
                let inner = graveWord(in: word)
                return inner.map { $0.isGraver(than: worst) ? $0 : worst } ?? worst
            }
        }
        let inner = operation == .run && name != "nextest" ? graveWord(in: plain) : nil
        return inner ?? operation
    }

    /// The gravest built-in verb among the parts of a word (`-x "publish --dry-run"`).
    private func graveWord(in word: Word) -> Operation? {
        var worst: Operation?
        for part in word.text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x3D || $0 == 0x09 })
        {
            let verb = Word(Substring(part))
            guard let found = builtInOperation(verb), found.isGraver(than: .configure) else {
                continue
            }
            if let known = worst, !found.isGraver(than: known) { continue }
            worst = found
        }
        return worst
    }

    /// `run` where a program of that name is found, nil where it is not or may not be asked for.
    private mutating func foundProgram(_ name: Word) -> Operation? {
        guard line.cwd != nil, name.isASCII, !name.contains(UInt8(ascii: "/")), !name.isEmpty else {
            return nil
        }
        var folders = cargoHome().map { [$0 + "/bin"] } ?? []
        if let path = line.environment["PATH"] {
            folders += path.text.utf8.split(separator: UInt8(ascii: ":")).map {
                String(Substring($0))
            }
        }
        var isFound = false
        for folder in folders {
            let file = absolute(Word(folder + "/cargo-" + name.text)) ?? ""
            if case .file(isExecutable: true)? = facts.ask(.entry(file)) { isFound = true }
            if isFound { break }
        }
        return isFound ? .run : nil
    }

    // MARK: Aliases

    private enum Alias {
        case none
        case words([Word])
        case unclear(String)
    }

    /// What a word that is no built-in command stands for.
    private mutating func alias(_ word: Word) -> Alias {
        guard word.isASCII else { return .unclear("\(word.text) is not an ASCII name") }
        var variable = "CARGO_ALIAS_"
        for byte in word.text.utf8 {
            let isLower = byte >= 0x61 && byte <= 0x7A
            let separates = byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            let upper = isLower ? byte & 0xDF : separates ? UInt8(ascii: "_") : byte
            variable += String(decoding: [upper], as: UTF8.self)
        }
        let fromVariable = line.environment[Word(variable)]
        let fromFiles = aliasInFiles(word)
        if case .unclear = fromFiles { return fromFiles }
        if let text = fromVariable {
            if text == "true" || text == "false" || Int(text.text) != nil {
                return .unclear("\(variable) is not a command")
            }
            if case .words = fromFiles, aliasIsList { return .unclear("\(variable) joins a list") }
            return split(text, of: word)
        }
        if case .words(let words) = fromFiles {
            return words.isEmpty ? .unclear("alias \(word.text) is empty") : fromFiles
        }
        return builtInAlias(word).map { .words([$0]) } ?? .none
    }

    private func builtInAlias(_ word: Word) -> Word? {
        let all: [(Word, Word)] = [
            ("b", "build"), ("c", "check"), ("d", "doc"), ("r", "run"), ("t", "test"),
            ("rm", "remove"),
        ]
        for (short, full) in all where short == word { return full }
        return nil
    }

    /// Whether the alias found last was written as a list.
    private var aliasIsList = false

    private mutating func aliasInFiles(_ word: Word) -> Alias {
        let path =
            [Word("alias")]
            + word.text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { Word(Substring($0)) }
        var found: [TomlValue] = []
        for folder in configurationFolders() {
            // The name without an extension wins where both are there.
            var text: Answer?
            for name in ["/config", "/config.toml"] {
                let answer = facts.ask(.text(folder + name))
                if case .text? = answer, text == nil { text = answer }
                if answer == .unreadable, text == nil { text = answer }
            }
            switch text {
            case .text(let content)?:
                guard let table = TomlTable(content) else {
                    return .unclear("\(folder)/config is not understood")
                }
                if table.value(of: "include") != nil {
                    return .unclear("\(folder)/config includes other files")
                }
                if let value = table[path] { found.append(value) }
            case .unreadable?: return .unclear("\(folder)/config cannot be read")
            default: break
            }
        }
        aliasIsList = false
        guard let first = found.first else { return .none }
        if let text = first.string {
            let areStrings = found.allSatisfy { $0.string != nil }
            return areStrings ? split(text, of: word) : .unclear("alias \(word.text) is mixed")
        }
        // cargo joins the lists of several files.
        guard let words = first.strings, found.count == 1 else {
            return .unclear("alias \(word.text) is not one list of words")
        }
        aliasIsList = true
        return .words(words)
    }

    private func split(_ text: Word, of word: Word) -> Alias {
        guard text.isASCII else { return .unclear("alias \(word.text) is not ASCII") }
        let words = text.text.utf8.split { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
            .map { Word(Substring($0)) }
        return words.isEmpty ? .unclear("alias \(word.text) is empty") : .words(words)
    }

    /// Folders that may hold a configuration file, nearest first.
    private func configurationFolders() -> [String] {
        guard var folder = directory else { return [] }
        var folders: [String] = []
        while true {
            folders.append((folder == "/" ? "" : folder) + "/.cargo")
            guard folder != "/", let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/")) else {
                break
            }
            folder = slash == folder.utf8.startIndex ? "/" : String(folder[..<slash])
        }
        if let home = cargoHome(), !folders.contains(home) { folders.append(home) }
        return folders
    }

    // MARK: What the options say

    private func operation(of reading: ClapReading) -> Operation {
        let command = reading.path.first ?? ""
        let plain = builtInOperation(command) ?? .unknown
        if command == "owner", reading.use("list") != nil, reading.use("add") == nil,
            reading.use("remove") == nil
        {
            return .query
        }
        return command == "install" && reading.use("list") != nil ? .query : plain
    }

    private mutating func note(_ uses: [ClapUse]) {
        for use in uses {
            invocation.options.append(
                OptionUse(name: use.name, spelling: use.spelling, value: use.value))
            let isKnown = invocation.inForce.contains { $0.name == use.name }
            guard !isKnown else { continue }
            let values = uses.compactMap { $0.name == use.name ? $0.value : nil }
            let value: Setting.Value =
                values.isEmpty
                ? .flag(true) : use.repeats ? .list(values) : .text(values[values.count - 1])
            invocation.inForce.append(Setting(use.name, value))
        }
    }

    private mutating func readPackages(_ reading: ClapReading) {
        let source: PackageRequest.Source =
            reading.use("git") != nil ? .git : reading.use("path") != nil ? .path : .registry
        for word in reading.positionals {
            let parts = word.split(at: UInt8(ascii: "@"))
            let name = parts?.head ?? word
            let range = parts?.tail ?? reading.use("version")?.value ?? ""
            let isName = !name.isEmpty && name.text.utf8.allSatisfy(isNameByte)
            if reading.path == ["install"], !isVersion(range) {
                unclear("\(range.text) is not a version")
            }
            if name.isEmpty { unclear("\(word.text) names no package") }
            invocation.packages.append(
                PackageRequest(
                    name: name, range: range, source: isName ? source : .ambiguous, spelling: word))
        }
        if reading.positionals.isEmpty, source != .registry {
            let place = reading.use("git")?.value ?? reading.use("path")?.value ?? ""
            invocation.packages.append(PackageRequest(name: "", source: source, spelling: place))
        }
    }

    /// `cargo install` writes into ROOT/bin.
    private mutating func readDestination(_ reading: ClapReading) {
        let given = reading.use("root")?.value ?? line.environment["CARGO_INSTALL_ROOT"]
        let isOwn = given.map { isInside($0) && !PathText.leads($0.text, outside: line, &facts) }
        invocation.destination = isOwn == true ? .environment : .outside
        let root = given.flatMap { absolute($0) } ?? (given == nil ? cargoHome() : nil)
        if let root, line.cwd != nil,
            case .directory(holdsTools: true)? = facts.ask(.entry(root + "/bin"))
        {
            invocation.destination = .tools
        }
        if let given { invocation.directories.append(absolute(given) ?? given.text) }
    }

    private mutating func readDirectories(_ reading: ClapReading) {
        if let folder = reading.use("C")?.value {
            invocation.directories.append(absolute(folder) ?? folder.text)
        }
        if let file = reading.use("manifest-path")?.value {
            let path = absolute(file) ?? file.text
            let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
            invocation.directories.append(slash.map { String(path[..<$0]) } ?? ".")
        }
        let command = reading.path.first ?? ""
        if command == "new" || command == "init" || command == "vendor" {
            for folder in reading.positionals {
                invocation.directories.append(absolute(folder) ?? folder.text)
            }
        }
        if command == "install", let folder = reading.use("path")?.value {
            invocation.directories.append(absolute(folder) ?? folder.text)
        }
    }

    /// `--config build.rustc-wrapper=...` beats the variables that we pin.
    private mutating func refuseWrappers(_ uses: [ClapUse]) {
        for use in uses where use.name == "config" {
            guard let value = use.value, let table = TomlTable(value.text) else {
                unclear("--config names a file, which may set programs to run")
                continue
            }
            let isHarmless = table.entries.allSatisfy { entry in
                entry.key.isOne(of: "net http term profile patch registry registries source")
            }
            if !isHarmless { unclear("--config \(value.text) may set programs to run") }
        }
    }

    /// An unknown option before the command might take the next word: the line is then graded by
    /// the gravest command word in it.
    private mutating func raiseWhereUnclear(_ outer: ClapReading) {
        guard outer.hasUnknownRootOption else { return }
        for word in line.arguments {
            guard let found = builtInOperation(word) else { continue }
            if found.isGraver(than: invocation.operation) { invocation.operation = found }
        }
    }

    /// What cargo makes of the options before an alias and those that the alias brings: lists and
    /// counts are joined, single values of the alias win (cli.rs, `GlobalArgs`).
    private func joined(outer: ClapReading, inner: ClapReading) -> [ClapUse] {
        var uses: [ClapUse] = []
        for var use in outer.uses where use.level == 0 {
            if use.name == "version" || use.name == "list" || use.name == "explain" { continue }
            if !use.repeats, inner.use(use.name) != nil { continue }
            if use.name != "C" { use.level = 1 }
            uses.append(use)
        }
        for var use in inner.uses {
            let isHidden =
                use.level == 0
                && inner.uses.contains { $0.level > 0 && $0.name == use.name }
            if isHidden { continue }
            use.level = max(use.level, 1)
            uses.append(use)
        }
        return uses
    }

    // MARK: Small things

    private mutating func finishInert(command: [Word]) {
        invocation.command += command
        invocation.operation = .query
        invocation.isInert = invocation.ambiguous.isEmpty
    }

    private mutating func noteProblems(of reading: ClapReading) {
        for problem in reading.problems { unclear("cargo would refuse this: \(problem)") }
    }

    private mutating func unclear(_ reason: String) { invocation.ambiguous.append(reason) }

    private func builtInOperation(_ word: Word) -> Operation? {
        for row in cargoOperations where word.isOne(of: row.commands) { return row.operation }
        return nil
    }

    private func allowsUnstable(_ reading: ClapReading) -> Bool {
        let isNightly =
            toolchain?.hasPrefix("+nightly") == true
            || line.version.map { Word($0).hasSuffix("-nightly") } == true
        return isNightly && reading.values("Z").contains("unstable-options")
    }

    /// `stable`, `beta`, `nightly`, `1.95.0`, `nightly-2026-01-01`, each with a host after it.
    private func isOfficialToolchain(_ name: Word) -> Bool {
        let channel = name.split(at: UInt8(ascii: "-"))?.head ?? name
        if channel == "stable" || channel == "beta" || channel == "nightly" { return true }
        let digits = channel.text.utf8.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard digits.count == 2 || digits.count == 3 else { return false }
        return digits.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
    }

    private mutating func hasToolchain(_ name: Word) -> Bool {
        guard line.cwd != nil else { return false }
        let folder =
            line.environment["RUSTUP_HOME"].flatMap { absolute($0) }
            ?? line.home.map { $0 + "/.rustup" }
        guard let folder else { return false }
        return facts.hasDirectory(folder + "/toolchains/" + name.text)
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// `1.2.3`, or a range that starts with one of `<>=^~` or holds `*`; empty is the newest.
    private func isVersion(_ text: Word) -> Bool {
        guard !text.isEmpty else { return true }
        let first = text.first
        let marks = [UInt8]("<>=^~".utf8)
        if marks.contains(first) || text.contains(UInt8(ascii: "*")) { return true }
        let core = text.text.utf8.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
        let parts = core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 3
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            }
    }

    // MARK: Paths

    private func cargoHome() -> String? {
        if let home = line.environment["CARGO_HOME"], !home.isEmpty { return absolute(home) }
        return line.home.map { $0 + "/.cargo" }
    }

    private func isInside(_ folder: Word) -> Bool {
        guard let cwd = line.cwd, let path = absolute(folder) else {
            return folder.first != UInt8(ascii: "/") && !folder.text.utf8.starts(with: "..".utf8)
        }
        return path == cwd || path.utf8.starts(with: (cwd + "/").utf8)
    }

    /// The path with the working directory before it; nil where that is needed and not known.
    private func absolute(_ path: Word) -> String? {
        guard path.first == UInt8(ascii: "/") || line.cwd != nil else { return nil }
        return PathText.absolute(path.text, cwd: line.cwd ?? "/", home: nil)
    }
}
