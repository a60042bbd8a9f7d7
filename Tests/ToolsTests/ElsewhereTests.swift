// Lines that reach out of the working directory by something else than a plain option for a place:
// another directory to work in, another interpreter, a variable, a link; and files and variables
// that name a program to run in the tool's place.

import GateCore
import Testing

@testable import Tools

private func line(_ text: String, _ variables: [String: String] = [:]) -> Line {
    let words = text.split(separator: " ").map { Word($0) }
    let entries = variables.map { Environment.Entry(name: Word($0.key), value: Word($0.value)) }
    return Line(
        tool: Catalog.profile(calledAs: words[0])?.name ?? words[0], calledAs: words[0],
        arguments: Array(words.dropFirst()), environment: .init(entries), cwd: "/w/p",
        home: "/h")
}

/// Reads a line where these files are, and these links.
private func read(
    _ line: Line, files: [String: String] = [:], links: [String: String] = [:],
    version: String? = nil
) -> Invocation {
    var line = line
    line.version = version
    var facts = Facts()
    for _ in 0..<32 {
        facts.startRound()
        let invocation = classify(line, facts: &facts)
        if facts.needed.isEmpty { return invocation }
        for fact in facts.needed {
            switch fact {
            case .text(let path): facts.learn(fact, files[path].map { .text($0) } ?? .absent)
            case .place(let path): facts.learn(fact, .place(links[path] ?? path))
            case .entry, .names, .folders, .tracked: facts.learn(fact, .absent)
            }
        }
    }
    Issue.record("never stops asking")
    return Invocation(tool: line.tool, command: [], operation: .unknown)
}

@Suite struct ElsewhereTests {
    @Test(
        "what is installed with another directory to work in goes there",
        arguments: [
            ("yarn --cwd ../other add x", Destination.outside),
            ("yarn --cwd sub add x", .project),
            ("bun --cwd /other install", .outside), ("bun install --cwd /other", .outside),
            ("bun install --cwd=../other", .outside), ("bun install --cwd sub", .project),
            ("pnpm -C ../other install", .outside), ("pnpm --dir sub install", .project),
            ("npm --prefix ../other install", .outside), ("npm -C /other ci", .outside),
            ("uv --directory ../other sync", .outside), ("uv sync --project /other", .outside),
            ("poetry -C ../other install", .outside), ("poetry -P /other add x", .outside),
            ("pdm install -p /other", .outside),
            ("cargo update --manifest-path ../o/Cargo.toml", .outside),
            ("pip download -d /out x", .outside), ("pip download --dest out x", .project),
            ("pip wheel -w ../out .", .outside), ("pip download x", .project),
            ("pip install -e git+https://h/x#egg=x --src /out", .outside),
            ("pip install -e git+https://h/x#egg=x --src out", .environment),
        ])
    func workingElsewhere(_ text: String, _ destination: Destination) {
        let line = line(text)
        let invocation = read(line, version: line.tool == "yarn" ? "1.22.22" : nil)
        let worst = invocation.flattened.map(\.destination.rawValue).max() ?? 0
        // A line that cannot be placed is denied as well.
        if invocation.ambiguous.isEmpty { #expect(worst == destination.rawValue, "\(text)") }
        if destination != .outside { #expect(invocation.ambiguous.isEmpty, "\(text)") }
    }

    @Test(
        "variables that name an interpreter or an environment count",
        arguments: [
            ("uv pip install x", ["UV_PYTHON": "/usr/bin/python3"], Destination.outside),
            ("uv pip install x", ["UV_PYTHON": "3.12"], .outside),
            ("uv pip install x", ["UV_PYTHON": "v/bin/python"], .environment),
            ("uv pip install x", [:], .environment),
            ("uv sync", ["UV_PROJECT_ENVIRONMENT": "/usr/local"], .outside),
            ("uv add x", ["UV_PROJECT_ENVIRONMENT": "../e"], .outside),
            ("uv sync", ["UV_PROJECT_ENVIRONMENT": "e"], .environment),
            ("uv sync", [:], .project),
        ])
    func variablesCount(_ text: String, _ variables: [String: String], _ place: Destination) {
        #expect(read(line(text, variables)).destination == place, "\(text)")
    }

    @Test(
        "a linked node_modules or environment is where the link leads",
        arguments: [
            ("npm install x", "/w/p/node_modules"), ("npm ci", "/w/p/node_modules"),
            ("pnpm add x", "/w/p/node_modules"), ("yarn add x", "/w/p/node_modules"),
            ("bun add x", "/w/p/node_modules"), ("uv sync", "/w/p/.venv"),
            ("uv add x", "/w/p/.venv"),
        ])
    func linksCount(_ text: String, _ link: String) {
        #expect(read(line(text), links: [link: "/elsewhere"]).destination == .outside, "\(text)")
        #expect(read(line(text), links: [link: "/w/p/sub"]).destination != .outside, "\(text)")
    }

    @Test(
        "a toolchain file with a path names an unknown cargo",
        arguments: [
            ("/w/p/rust-toolchain.toml", "[toolchain]\npath = \"/tmp/x\"\n", false),
            ("/w/rust-toolchain.toml", "toolchain = { path = \"../x\" }\n", false),
            ("/w/p/rust-toolchain", "/tmp/x\n", false),
            ("/w/p/rust-toolchain.toml", "[toolchain\npath = ", false),
            ("/w/p/rust-toolchain.toml", "[toolchain]\nchannel = \"1.80\"\n", true),
            ("/w/p/rust-toolchain", "nightly-2024-01-01\n", true),
        ])
    func toolchainFiles(_ path: String, _ text: String, _ isClear: Bool) {
        let invocation = read(line("cargo build"), files: [path: text])
        #expect(invocation.ambiguous.isEmpty == isClear, "\(path)")
        // What is named closer to the line wins over the file.
        let named = read(line("cargo +stable build"), files: [path: text])
        #expect(named.ambiguous.isEmpty, "\(path)")
    }

    @Test("a compiler that the environment names makes a reading line a run")
    func compilersRun() {
        for name in ["RUSTC", "RUSTC_WRAPPER", "CARGO_BUILD_RUSTC"] {
            #expect(read(line("cargo metadata", [name: "/tmp/x"])).operation == .run)
            #expect(read(line("cargo metadata", [name: ""])).operation == .query)
        }
    }

    @Test("a compiler that the environment names is not passed on to an install")
    func compilersAreNotPassedOn() throws {
        let line = line("cargo fetch", ["RUSTC": "/tmp/x", "RUSTC_WRAPPER": "/tmp/y"])
        let plan = try ToolProfile.cargo.plan(
            read(line), of: line, program: "/usr/bin/cargo", hardening: .init(), facts: .init())
        #expect(plan.replaced.contains { $0.name == "RUSTC" && $0.value == "rustc" })
        #expect(plan.replaced.contains { $0.name == "RUSTC_WRAPPER" && $0.value.isEmpty })
    }

    @Test(
        "files that yarn loads for every command make a reading line a run",
        arguments: [
            "plugins:\n  - path: .yarn/plugins/x.cjs\n",
            "yarnPath: .yarn/releases/yarn-4.13.0.cjs\n",
            "\"plugins\": [x.cjs]\n",
        ])
    func loadedFilesRun(_ text: String) {
        for command in ["yarn npm info x", "yarn config get nodeLinker", "yarn --version"] {
            let with = read(
                line(command), files: ["/w/p/.yarnrc.yml": text], version: "4.13.0")
            #expect(with.operation == .run, "\(command)")
            #expect(!with.isInert, "\(command)")
            let without = read(
                line(command), files: ["/w/p/.yarnrc.yml": "nodeLinker: pnp\n"],
                version: "4.13.0")
            #expect(without.operation == .query, "\(command)")
        }
    }
}
