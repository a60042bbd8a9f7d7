// Lines that choose packages of a workspace: which directories they may act in, from manifests on an
// imagined disk.

import GateCore
import Testing

@testable import Tools

/// Reads a line in a world of these files; a path that ends in a slash is an empty directory.
private func read(
    _ text: String, in cwd: String, files: [String: String], variables: [String: String] = [:],
    version: String? = nil
) -> Invocation {
    let words = text.split(separator: " ").map { Word($0) }
    let entries = variables.map { Environment.Entry(name: Word($0.key), value: Word($0.value)) }
    let line = Line(
        tool: Catalog.profile(calledAs: words[0])?.name ?? words[0], calledAs: words[0],
        arguments: Array(words.dropFirst()), environment: .init(entries), cwd: cwd, home: "/h",
        version: version)
    var facts = Facts()
    for _ in 0..<32 {
        facts.startRound()
        let invocation = classify(line, facts: &facts)
        if facts.needed.isEmpty { return invocation }
        for fact in facts.needed {
            switch fact {
            case .text(let path): facts.learn(fact, files[path].map { .text($0) } ?? .absent)
            case .place(let path): facts.learn(fact, .place(path))
            case .folders(let path):
                let prefix = path == "/" ? "/" : path + "/"
                let rests = files.keys.filter { $0.hasPrefix(prefix) }
                    .map { $0.dropFirst(prefix.count) }.filter { $0.contains("/") }
                let names = Set(rests.map { String($0.prefix { $0 != "/" }) })
                facts.learn(fact, names.isEmpty ? .absent : .names(names.sorted()))
            case .entry, .names, .tracked: facts.learn(fact, .absent)
            }
        }
    }
    Issue.record("never stops asking")
    return Invocation(tool: line.tool, command: [], operation: .unknown)
}

private let monorepo = [
    "/m/package.json": #"{"workspaces":["packages/*","!packages/c","tools/deep/**","./one/"]}"#,
    "/m/pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n  - \"!packages/c\"\n",
    "/m/packages/a/package.json": #"{"name":"@s/a"}"#,
    "/m/packages/b/package.json": #"{"name":"b"}"#,
    "/m/packages/c/package.json": #"{"name":"c"}"#,
    "/m/tools/deep/x/y/package.json": #"{"name":"y"}"#,
    "/m/tools/deep/x/node_modules/z/package.json": #"{"name":"z"}"#,
    "/m/one/package.json": #"{"name":"one"}"#,
]

@Suite struct WorkspaceMemberTests {
    @Test(
        "names that npm and yarn compare exactly choose their packages",
        arguments: [
            ("npm -w @s/a install x", "/m", ["/m/packages/a"]),
            ("npm install x --workspace=b", "/m", ["/m/packages/b"]),
            ("npm -w b -w y test", "/m", ["/m/packages/b", "/m/tools/deep/x/y"]),
            ("npm -w packages/a test", "/m", ["/m/packages/a"]),
            ("npm -w ./packages test", "/m", ["/m/packages/a", "/m/packages/b", "/m/packages/c"]),
            ("npm -w b test", "/m/packages/a", ["/m/packages/b"]),
            ("npm --prefix /m -w b install", "/elsewhere", ["/m/packages/b"]),
            ("npx -w b tsc", "/m", ["/m/packages/b"]),
            ("yarn workspace b add x", "/m", ["/m/packages/b"]),
            ("yarn workspace nobody add x", "/m", []),
        ])
    func exact(line: String, cwd: String, members: [String]) {
        for version in [nil, line.hasPrefix("yarn") ? "3.5.0" : "10.9.0"] {
            let invocation = read(line, in: cwd, files: monorepo, version: version)
            #expect(invocation.members.sorted() == members, "\(version ?? "any")")
        }
    }

    @Test(
        "everything that chooses otherwise may mean all of them",
        arguments: [
            "npm --workspaces test", "npm test -ws", "npm run build --ws",
            "yarn workspaces run test",
            "bun --filter b run build", "bun install --filter b",
        ])
    func all(line: String) {
        let invocation = read(line, in: "/m", files: monorepo)
        let expected = [
            "/m/one", "/m/packages/a", "/m/packages/b", "/m/packages/c", "/m/tools/deep",
            "/m/tools/deep/x", "/m/tools/deep/x/y",
        ]
        #expect(invocation.members.sorted() == expected)
    }

    @Test(
        "pnpm's list is that of its own file",
        arguments: [
            "pnpm -r test", "pnpm --filter b add x", "pnpm add x -F ...b", "pnpm m run build",
            "pnpm recursive run build", "pnpm --filter-prod b build", "pnpm multi publish",
        ])
    func pnpm(line: String) {
        let invocation = read(line, in: "/m/packages/a", files: monorepo)
        let expected = ["/m/packages/a", "/m/packages/b", "/m/packages/c"]
        #expect(invocation.members.sorted() == expected, "\(invocation.inForce)")
    }

    @Test("without a file of its own pnpm takes everything below")
    func pnpmWithoutList() {
        var files = monorepo
        files["/m/pnpm-workspace.yaml"] = nil
        let found = read("pnpm -r test", in: "/m/packages", files: files).members.sorted()
        #expect(found == ["/m/packages", "/m/packages/a", "/m/packages/b", "/m/packages/c"])
        let elsewhere = read(
            "pnpm -r test", in: "/x", files: monorepo,
            variables: ["NPM_CONFIG_WORKSPACE_DIR": "/m"])
        #expect(elsewhere.members.contains("/m/packages/b"))
    }

    @Test("a variable chooses like an option")
    func variables() {
        let one = read(
            "npm install x", in: "/m", files: monorepo, variables: ["npm_config_workspace": "b"])
        #expect(one.members == ["/m/packages/b"])
        let all = read(
            "npm install x", in: "/m", files: monorepo,
            variables: ["NPM_CONFIG_WORKSPACES": "true"])
        #expect(all.members.count == 7)
    }

    @Test("cargo and uv choose among their own members")
    func cargoAndUv() {
        let files = [
            "/c/Cargo.toml": """
            [workspace]
            members = ["crates/*"]
            [workspace.dependencies]
            far = { path = "../far" }
            """,
            "/c/crates/a/Cargo.toml": "[dependencies]\nnear = { path = \"../../near\" }\n",
            "/c/crates/b/Cargo.toml": "[package]\nname = \"b\"\n",
            "/c/near/Cargo.toml": "[package]\nname = \"near\"\n",
            "/u/pyproject.toml": "[tool.uv.workspace]\nmembers = [\"libs/*\"]\n",
            "/u/libs/l/pyproject.toml": "[project]\nname = \"l\"\n",
        ]
        for line in ["cargo test -p b", "cargo build --workspace", "cargo publish -p near"] {
            let found = read(line, in: "/c", files: files).members.sorted()
            #expect(found == ["/c/crates/a", "/c/crates/b", "/c/near", "/far"], "\(line)")
        }
        for line in ["uv run --package l pytest", "uv sync --all-packages", "uv add --package l x"]
        {
            #expect(read(line, in: "/u", files: files).members == ["/u/libs/l"], "\(line)")
        }
        #expect(read("cargo build", in: "/c", files: files).members.isEmpty)
        #expect(read("npm install", in: "/m", files: monorepo).members.isEmpty)
    }

    @Test(
        "what is not understood of a list means everything, or makes the line unclear",
        arguments: [
            (#"{"workspaces":["packages/{a,b}"]}"#, false), (#"{"workspaces":["**"]}"#, false),
            (#"{"workspaces":["p[a]ckages/a"]}"#, false), (#"{"workspaces":7}"#, false),
            (#"{"workspaces":[7]}"#, false), (#"{"workspaces":{"packages":"x"}}"#, false),
            (#"{"name":"x","name":"y","workspaces":["packages/*"]}"#, false),
            (#"{"workspaces":["../m/packages/*"]}"#, false),
            (#"{"name":"x","name":"y","workspaces":["../m/packages/*"]}"#, true),
        ])
    func unclear(manifest: String, isUnclear: Bool) {
        var files = monorepo
        files["/m/package.json"] = manifest
        let invocation = read("npm --workspaces install", in: "/m", files: files)
        #expect(invocation.members.contains("/m/packages/a"), "\(invocation.members)")
        #expect(invocation.ambiguous.isEmpty != isUnclear)
    }

    @Test("a workspace without bounds is refused and not looked through")
    func bounds() {
        var files = ["/m/package.json": #"{"workspaces":["**"]}"#]
        for number in 0..<5_000 { files["/m/d\(number)/package.json"] = "{}" }
        let wide = read("npm --workspaces test", in: "/m", files: files)
        #expect(wide.ambiguous.contains { $0.contains("more than 4096") })
        let deep = [
            "/m/package.json": #"{"workspaces":["**"]}"#,
            "/m/" + String(repeating: "x/", count: 40) + "package.json": "{}",
        ]
        #expect(!read("npm --workspaces test", in: "/m", files: deep).ambiguous.isEmpty)
    }

    @Test(
        "the list of a pnpm-workspace.yaml is read in the forms that are in use",
        arguments: [
            ("packages:\n  - a\n  - 'b/*'\n", ["a", "b/*"]),
            ("# x\npackages: # y\n- \"a\" # z\n-   b\nother: 1\n", ["a", "b"]),
            ("packages: ['a', \"b/**\"]\n", ["a", "b/**"]), ("packages: []\n", []),
            ("---\npackages:\n  - a\n", ["a"]), ("catalog:\n  x: 1\n", ["**"]), ("", ["**"]),
            ("packagesExtra:\n  - c\npackages:\n  - a#b\n", ["a#b"]),
            ("{packages: [a]}\n", nil), ("packages: &x\n  - a\n", nil),
            ("packages:\n  - a\npackages:\n  - b\n", nil), ("packages:\n  - *x\n", nil),
            ("\"packages\":\n  - a\n", nil), ("packages:\n  - a\n    b\n", nil),
            ("packages: a\n", nil), ("packages: [a\n, b]\n", nil),
            ("packages:\n  - \"a\\u002fb\"\n", nil), ("? packages\n: [a]\n", nil),
            ("x: 1\n---\npackages:\n  - b\n", nil), ("packages:\n  - {a: b}\n", nil),
        ] as [(String, [Word]?)])
    func pnpmFile(text: String, patterns: [Word]?) {
        #expect(PnpmWorkspaceFile.patterns(in: text) == patterns)
    }
}
