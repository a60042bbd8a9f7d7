// maturin: builds Rust crates as Python packages and uploads them. clap with exact words and no
// configuration file of its own that could change the command.
//
// Source: the option lists that maturin 1.16.0 prints; `build b`, `develop dev` and the hidden
// `pep517` as it accepts them.

internal import GateCore

extension ToolProfile {
    static let maturin = ToolProfile(
        name: "maturin", ecosystem: .pypi,
        summary: "builds and publishes Rust crates as Python packages", versions: ["1.16.0"],
        versionSources: [.distInfo(name: "maturin")],
        // It builds the project's own crate, build.rs and proc macros included; nothing to switch.
        scripts: .unenforced,
        secrets: [.option("--password"), .option("-p"), .option("--username"), .option("-u")],
        examples: [
            .init("maturin publish", .publish),
            .init("maturin publish --skip-existing -r testpypi", .publish),
            .init("maturin -v upload dist/a.whl", .publish),
            .init("maturin build --release", .run),
            .init("maturin b -r", .run),
            .init("maturin develop", .run),
            .init("maturin dev -r", .run),
            .init("maturin sdist", .pack),
            .init("maturin new hello", .modify),
            .init("maturin init", .modify),
            .init("maturin generate-ci github", .modify),
            .init("maturin list-python", .query),
            .init("maturin --version", .query),
            .init("maturin help build", .query),
            .init("maturin build --help", .query),
        ],
        read: { line, _ in readMaturin(line) })
}

private let maturinOperations: [(operation: Operation, commands: [Word])] = [
    (.publish, ["publish", "upload"]),
    (.run, ["build", "develop", "generate-stubs", "pep517", "zig"]),
    (.pack, ["sdist"]),
    (.modify, ["new", "init", "generate-ci"]),
    (.query, ["list-python", "help", "completions"]),
]

private let maturinGrammar = ClapGrammar(
    text: """
        .|&any version/V.|(sub)
        &any|verbose/v+
        &cargo|quiet/q ignore-rust-version &any color= config=* /Z=* future-incompat-report \
        jobs/j= profile= target= target-dir= timings features/F=* all-features \
        no-default-features manifest-path/m= frozen locked offline
        &wheel|compression-method= compression-level= compression-enable-large-file-support \
        generate-stubs
        &build|interpreter/i?*^ find-interpreter/f bindings/b= compatibility,manylinux?*^ \
        auditwheel= zig out/o= include-debuginfo sbom-include=*^ &cargo &wheel
        &upload|repository/r= repository-url= username/u= password/p= skip-existing \
        non-interactive
        build b|strip? sdist pgo release/r &build|ARGS~
        publish|debug no-strip no-sdist pgo &upload &build|ARGS~
        upload|&any &upload|FILE*
        develop dev|bindings/b= pgo strip extras/E=* group/G=* skip-install pip-path= uv \
        release/r &cargo &wheel|ARGS~
        sdist|manifest-path/m= &any out/o=
        new|name= &any mixed src bindings/b=|PATH!
        init|name= &any mixed src bindings/b=|PATH
        list-python|target= &any
        generate-ci|manifest-path/m= &any output/o= platform=*^ pytest zig skip-attestation|CI!
        generate-stubs|interpreter/i?*^ find-interpreter/f bindings/b= &cargo out/o=|ARGS~
        pep517|&any|(sub)
        pep517/write-dist-info|&any &build
        pep517/build-wheel|&any &build
        pep517/write-sdist|&any
        completions|&any|SHELL
        zig|&any|ARGS~
        help||COMMAND*
        """, takesExternalCommands: false)

private func readMaturin(_ line: Line) -> Invocation {
    let reading = maturinGrammar.read(line.arguments)
    var invocation = Invocation(
        tool: "maturin", version: line.version, command: ["maturin"] + reading.path,
        operation: .unknown)
    invocation.roles = reading.roles
    invocation.options = reading.uses.map {
        OptionUse(name: $0.name, spelling: $0.spelling, value: $0.value)
    }
    invocation.inForce = reading.uses.map {
        Setting($0.name, $0.value.map { .text($0) } ?? .flag(true))
    }
    invocation.positionals = reading.positionals
    invocation.rest = reading.rest
    invocation.ambiguous = reading.problems.map { "maturin would refuse this: \($0)" }
    invocation.registry =
        reading.use("repository-url")?.value?.text
        ?? reading.use("repository")?.value?.text
    for row in maturinOperations where row.commands.contains(reading.path.first ?? "") {
        invocation.operation = row.operation
    }
    if reading.problems.isEmpty { invocation.composition = reading.composition() }
    if reading.problems.isEmpty,
        reading.wantsHelp || reading.path.isEmpty || reading.path.first == "help"
    {
        invocation.isInert = true
        invocation.composition = .verbatim
        invocation.operation = .query
    }
    return invocation
}
