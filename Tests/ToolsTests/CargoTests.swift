// cargo by name: aliases, externals, toolchains, packages, and the words that are executed.

import GateCore
import Testing

@testable import Tools

@Suite struct CargoTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let command: String
        let operation: Operation
        var environment: [String: String] = [:]
        var files: [String: String] = [:]
        var testDescription: String { line }
    }

    static let cases: [Case] = [
        .init(line: "b", command: "cargo build", operation: .run),
        .init(line: "-- b", command: "cargo build", operation: .run),
        .init(
            line: "b", command: "cargo publish", operation: .publish,
            environment: ["CARGO_ALIAS_B": "publish"]),
        .init(
            line: "t", command: "cargo publish", operation: .publish,
            files: ["/w/.cargo/config.toml": "[alias]\nt = \"publish\""]),
        .init(
            line: "t", command: "cargo publish", operation: .publish,
            files: ["/w/.cargo/config": "alias.t = ['publish', '--dry-run']"]),
        .init(
            line: "fmt", command: "cargo publish", operation: .publish,
            files: ["/.cargo/config.toml": "alias = { fmt = \"publish\" } # everywhere"]),
        .init(
            line: "ship it", command: "cargo yank", operation: .unpublish,
            files: ["/h/.cargo/config.toml": "[alias]\nship = \"-v out\"\nout = [\"yank\"]"]),
        .init(
            line: "a.b", command: "cargo publish", operation: .publish,
            files: ["/w/.cargo/config.toml": "[alias.a]\nb = \"publish\""]),
        .init(
            line: "t", command: "cargo check", operation: .run,
            files: [
                "/w/.cargo/config.toml": "[alias]\nt = \"check\"",
                "/.cargo/config.toml": "[alias]\nt = \"publish\"",
            ]),
        // The options before an alias are lost, so this runs the tests.
        .init(line: "--version t", command: "cargo test", operation: .run),
        .init(
            line: "--list p", command: "cargo publish", operation: .publish,
            environment: ["CARGO_ALIAS_P": "publish"]),
        .init(
            line: "build", command: "cargo build", operation: .run,
            environment: ["CARGO_ALIAS_BUILD": "publish"]),
        .init(
            line: "xtask ci", command: "cargo run", operation: .run,
            files: ["/w/.cargo/config.toml": "[alias]\nxtask = \"run --package xtask --\""]),
        .init(
            line: "mine --x", command: "cargo mine", operation: .run,
            environment: ["PATH": "/bin:/tools"], files: ["/tools/cargo-mine": ""]),
        .init(
            line: "mine publish", command: "cargo mine", operation: .publish,
            environment: ["PATH": "/tools"], files: ["/tools/cargo-mine": ""]),
        .init(line: "mine", command: "cargo mine", operation: .unknown),
        .init(line: "watch -x publish", command: "cargo watch", operation: .publish),
        .init(
            line: "hack --each-feature publish", command: "cargo hack", operation: .publish,
            environment: ["PATH": "/tools"], files: ["/tools/cargo-hack": ""]),
        .init(line: "workspaces publish", command: "cargo workspaces", operation: .publish),
        .init(line: "owner serde -l", command: "cargo owner", operation: .query),
        .init(line: "owner serde -l -a me", command: "cargo owner", operation: .administer),
        .init(line: "install --list", command: "cargo install", operation: .query),
        .init(line: "--color always test publish", command: "cargo test", operation: .run),
        .init(line: "run publish", command: "cargo run", operation: .run),
    ]

    @Test(arguments: cases)
    func readsAsCargoDoes(_ example: Case) {
        let invocation = reading(example)
        #expect(invocation.command.map(\.text).joined(separator: " ") == example.command)
        #expect(invocation.operation == example.operation)
        #expect(invocation.ambiguous.isEmpty)
        #expect(!invocation.isInert)
    }

    static let unclear: [Case] = [
        .init(line: "+/tmp/scratch build", command: "", operation: .run),
        .init(line: "+../scratch build", command: "", operation: .run),
        .init(line: "+ build", command: "", operation: .run),
        .init(line: "+mine build", command: "", operation: .run),
        .init(
            line: "build", command: "", operation: .run,
            environment: ["RUSTUP_TOOLCHAIN": "/tmp/scratch"]),
        .init(line: "-C /tmp build", command: "", operation: .run),
        .init(line: "--bogus publish build", command: "", operation: .publish),
        .init(line: "publish --next-option x", command: "", operation: .publish),
        .init(line: "-- publish x", command: "", operation: .publish),
        .init(line: "-- publish", command: "", operation: .publish),
        .init(
            line: "loop", command: "", operation: .unknown,
            environment: ["CARGO_ALIAS_LOOP": "loop"]),
        .init(
            line: "p", command: "", operation: .unknown,
            files: ["/w/.cargo/config.toml": "include = ['other.toml']\n"]),
        .init(
            line: "t", command: "", operation: .unknown,
            files: [
                "/w/.cargo/config.toml": "alias.t = ['test']",
                "/.cargo/config.toml": "alias.t = ['-v', 'publish']",
            ]),
        .init(
            line: "t", command: "", operation: .unknown,
            environment: ["CARGO_ALIAS_T": "publish"],
            files: ["/w/.cargo/config.toml": "alias.t = ['test']"]),
        .init(
            line: "t", command: "", operation: .unknown,
            files: ["/w/.cargo/config.toml": "alias.t = 'test"]),
        .init(
            line: "fetch --config build.rustc-wrapper=\"x\"", command: "", operation: .install),
        .init(line: "add serde --config evil.toml", command: "", operation: .install),
        // clap's group of both: one of them, each as often as one likes.
        .init(line: "update serde -p rand", command: "", operation: .install),
        .init(line: "update serde -p", command: "", operation: .install),
    ]

    @Test(arguments: unclear)
    func saysWhatItCannotPlace(_ example: Case) {
        let invocation = reading(example)
        #expect(!invocation.ambiguous.isEmpty)
        #expect(invocation.operation == example.operation)
    }

    @Test func configuredAliasOfTheCommandLineIsNone() {
        let invocation = reading(
            .init(line: "--config alias.x=\"publish\" x", command: "", operation: .unknown))
        #expect(invocation.operation == .unknown)
    }

    @Test(arguments: [
        ("+nightly -v b --release", "+nightly build --verbose --release"),
        (
            "-v --color always t --bin -- --nocapture x",
            "test --bin --verbose --color=always -- --nocapture x"
        ),
        (
            "--config a.b=1 publish -p core --token=t",
            "--config=a.b=1 publish --package=core --token=t"
        ),
        ("test name --test", "test name --test"),
        ("update -p", "update --package"),
        ("update -p a -p b", "update --package=a --package=b"),
        ("add -- -x y", "add -- -x y"),
        ("run --bin -q x -- --help", "run --bin --quiet -- x -- --help"),
        ("build -j-1", "build --jobs=-1"),
        ("+nightly -Zunstable-options -C/x doc", "+nightly -Z=unstable-options -C=/x doc"),
        ("clippy -- -D warnings", "clippy -- -D warnings"),
        ("-q -- +stable x", "--quiet -- +stable x"),
        ("report --locked timings --id a", "report --locked timings --id=a"),
    ])
    func composesWordsThatMeanTheSame(_ line: String, _ expected: String) {
        let first = reading(.init(line: line, command: "", operation: .run))
        guard case .words(let before, let after) = first.composition else {
            Issue.record("verbatim")
            return
        }
        let words = before + after
        #expect(words.map(\.text).joined(separator: " ") == expected)
        let again = reading(.init(line: expected, command: "", operation: .run))
        #expect(again.command == first.command)
        #expect(again.positionals == first.positionals)
        #expect(again.rest == first.rest)
        #expect(again.inForce.count == first.inForce.count)
        #expect(again.inForce.allSatisfy { first.inForce.contains($0) })
    }

    @Test func namesPackagesAndTheirSources() {
        let cases: [(String, [PackageRequest])] = [
            (
                "add serde@1.0 rand",
                [
                    .init(name: "serde", range: "1.0", source: .registry, spelling: "serde@1.0"),
                    .init(name: "rand", source: .registry, spelling: "rand"),
                ]
            ),
            ("add --git https://h/x", [.init(name: "", source: .git, spelling: "https://h/x")]),
            ("add x --git https://h/x", [.init(name: "x", source: .git, spelling: "x")]),
            ("add --path ../x", [.init(name: "", source: .path, spelling: "../x")]),
            ("add ./x", [.init(name: "./x", source: .ambiguous, spelling: "./x")]),
            (
                "install rg --version 1.2.3",
                [
                    .init(name: "rg", range: "1.2.3", source: .registry, spelling: "rg")
                ]
            ),
            ("install --path .", [.init(name: "", source: .path, spelling: ".")]),
        ]
        for (line, packages) in cases {
            let invocation = reading(.init(line: line, command: "", operation: .run))
            #expect(invocation.packages == packages, "\(line)")
        }
    }

    @Test func installGoesWhereRootSays() {
        let outside = reading(.init(line: "install rg", command: "", operation: .install))
        #expect(outside.destination == .outside)
        let inside = reading(.init(line: "install rg --root x", command: "", operation: .install))
        #expect(inside.destination == .environment)
        #expect(inside.directories == ["/w/x"])
        let away = reading(.init(line: "install rg --root ../x", command: "", operation: .install))
        #expect(away.destination == .outside)
        let variable = reading(
            .init(
                line: "install rg", command: "", operation: .install,
                environment: ["CARGO_INSTALL_ROOT": "/opt"]))
        #expect(variable.destination == .outside)
        #expect(variable.directories == ["/opt"])
    }

    @Test func everydayLinesAskForNoFileButTheToolchains() {
        for text in ["build", "test", "publish", "install x --root y", "--version", "tree"] {
            var facts = Facts()
            let line = Line(
                tool: "cargo", arguments: text.split(separator: " ").map { Word($0) },
                cwd: "/w", home: "/h")
            _ = classify(line, facts: &facts)
            let places: [Fact] = [
                .entry("/w/y"), .entry("/w/y/bin"), .place("/w"), .place("/w/y"),
                // rustup looks for these first, and they can name another cargo.
                .text("/w/rust-toolchain"), .text("/w/rust-toolchain.toml"),
                .text("/rust-toolchain"), .text("/rust-toolchain.toml"),
            ]
            // What fetches asks where from.
            let settings: [Fact] = ["/w/", "/", "/h/", "/w/y/"].flatMap { folder in
                [".cargo/config", ".cargo/config.toml", "Cargo.toml"].map { .text(folder + $0) }
            }
            let known = text.hasPrefix("install") ? places + settings : places
            #expect(facts.needed.allSatisfy { known.contains($0) }, "\(text)")
        }
    }

    @Test func tomlThatIsNotUnderstoodIsNil() {
        for text in [
            "a", "a = ", "a = 'x", "[a", "a = [1", "a = 1\na = 2", "a.b = 1\na = 2", "= 1",
        ] {
            #expect(TomlTable(text) == nil, "\(text)")
        }
    }

    @Test func tomlStringsAreExact() {
        let text = """
            # comment
            plain = "a\\tb\\u00e9\\U0001F600" # after
            'quoted key' = 'C:\\x' \n\n[a."b.c"]
            long = \"\"\"
            one \\
               two\"\"\"\n[[list]]
            x = [ "1", # first
              '2', ]
            [list.inner]
            y = {z = {w = "deep"}, d = 1979-05-27 07:32:00}
            """
        let table = TomlTable(text)
        #expect(table?[["plain"]]?.string == "a\tb\u{e9}\u{1F600}")
        #expect(table?[["quoted key"]]?.string == "C:\\x")
        #expect(table?[["a", "b.c", "long"]]?.string == "one two")
        guard case .list(let values)? = table?[["list"]], case .table(let first)? = values.first
        else {
            Issue.record("no list")
            return
        }
        #expect(first[["x"]]?.strings == ["1", "2"])
        #expect(first[["inner", "y", "z", "w"]]?.string == "deep")
    }

    private func reading(_ example: Case) -> Invocation {
        let line = Line(
            tool: "cargo",
            arguments: example.line.split(separator: " ", omittingEmptySubsequences: false)
                .map { Word($0) },
            environment: Environment(
                example.environment.map { .init(name: Word($0.key), value: Word($0.value)) }),
            cwd: "/w", home: "/h")
        return classified(line, files: example.files)
    }
}
