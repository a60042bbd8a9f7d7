// Which lockfile a line is held to, from manifests on an imagined disk: the one of the workspace or
// project that the tool itself would find.

import GateCore
import Testing

@testable import Tools

@Suite struct LockfilePlaceTests {
    /// A line and the lockfile that it is held to; empty where it cannot be told.
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let cwd: String
        let place: String
        var variables: [String: String] = [:]
        var version: String?
        var testDescription: String { "\(text) in \(cwd)" }

        init(
            _ text: String, in cwd: String, _ place: String, _ variables: [String: String] = [:],
            version: String? = nil
        ) {
            (self.text, self.cwd, self.place) = (text, cwd, place)
            (self.variables, self.version) = (variables, version)
        }
    }

    private func answer(_ fact: Fact, _ files: [String: String]) -> Answer {
        switch fact {
        case .text(let path): files[path].map { .text($0) } ?? .absent
        case .entry(let path):
            if files[path] != nil {
                .file(isExecutable: false)
            } else if files.keys.contains(where: { $0.hasPrefix(path + "/") }) {
                .directory(holdsTools: false)
            } else {
                .absent
            }
        case .place(let path): .place(straightened(path))
        case .names, .folders, .tracked: .absent
        }
    }

    private func place(_ row: Row, _ files: [String: String]) throws -> String {
        let words = row.text.split(separator: " ").map { Word($0) }
        let profile = try #require(Catalog.profile(calledAs: words[0]))
        let line = Line(
            tool: profile.name, calledAs: words[0], arguments: Array(words.dropFirst()),
            environment: .init(
                row.variables.map { .init(name: Word($0.key), value: Word($0.value)) }),
            cwd: row.cwd, home: "/h", version: row.version)
        var facts = Facts()
        var invocation = classify(line, with: profile, facts: &facts)
        for _ in 0..<32 where !facts.needed.isEmpty {
            for fact in facts.needed { facts.learn(fact, answer(fact, files)) }
            facts.startRound()
            invocation = classify(line, with: profile, facts: &facts)
        }
        let freezing = try #require(Freezing.of(invocation))
        do throws(PlanRefusal) {
            let place = try LockfilePlace(of: invocation, line, freezing) { answer($0, files) }
            return "\(place.directory)/\(place.names[0])"
        } catch {
            #expect(error.reason.contains("cannot be told"))
            return ""
        }
    }

    private func expect(_ row: Row, _ files: [String: String]) throws {
        let found = try place(row, files)
        #expect(found == row.place)
    }

    private static let crates = [
        "/w/Cargo.toml": "[workspace]\nmembers = [\"a\", \"out/in\"]\nexclude = [\"out\", \"x\"]\n",
        "/w/a/Cargo.toml": "[package]\nname = \"a\"\n",
        "/w/a/deep/Cargo.toml": "[package]\nname = \"deep\"\n",
        "/w/out/Cargo.toml": "[package]\nname = \"out\"\n",
        "/w/out/in/Cargo.toml": "[package]\nname = \"in\"\n",
        "/w/x/Cargo.toml": "[package]\nname = \"x\"\nworkspace = \"../own\"\n",
        "/w/own/Cargo.toml": "[workspace]\n",
        "/w/old/Cargo.toml": "[project]\nname = \"old\"\n",
        "/w/torn/Cargo.toml": "[package\n",
        "/w/target/package/p-1/Cargo.toml": "[package]\nname = \"p\"\n",
        "/h/.cargo/registry/c/Cargo.toml": "[package]\nname = \"c\"\n",
        "/h/Cargo.toml": "[workspace]\n",
        "/s/.cargo/config.toml": "[resolver]\nlockfile-path = \"../x/Cargo.lock\"\n",
        "/s/Cargo.toml": "[package]\nname = \"s\"\n",
    ]

    @Test(
        "cargo goes to the workspace that a package belongs to",
        arguments: [
            Row("cargo fetch", in: "/w", "/w/Cargo.lock"),
            Row("cargo fetch", in: "/w/a", "/w/Cargo.lock"),
            Row("cargo fetch", in: "/w/a/src", "/w/Cargo.lock"),
            Row("cargo fetch", in: "/w/a/deep", "/w/Cargo.lock"),
            Row("cargo vendor third", in: "/w/a", "/w/Cargo.lock"),
            Row("cargo fetch", in: "/w/out", "/w/out/Cargo.lock"),
            Row("cargo fetch", in: "/w/out/in", "/w/Cargo.lock"),
            Row("cargo fetch", in: "/w/x", "/w/own/Cargo.lock"),
            Row("cargo fetch", in: "/w/old", ""),
            Row("cargo fetch", in: "/w/torn", ""),
            Row("cargo fetch", in: "/w/target/package/p-1", "/w/target/package/p-1/Cargo.lock"),
            Row("cargo fetch", in: "/h/.cargo/registry/c", "/h/.cargo/registry/c/Cargo.lock"),
            Row("cargo fetch --manifest-path a/Cargo.toml", in: "/w", "/w/Cargo.lock"),
            Row("cargo fetch --manifest-path ../w/out/Cargo.toml", in: "/w", "/w/out/Cargo.lock"),
            Row("cargo fetch --manifest-path a/x.rs", in: "/w", ""),
            Row("cargo vendor --sync x/Cargo.toml", in: "/w", ""),
            Row("cargo fetch", in: "/s", ""),
            Row("cargo fetch", in: "/w", "", ["CARGO_RESOLVER_LOCKFILE_PATH": "/x/Cargo.lock"]),
        ])
    func cargo(_ row: Row) throws { try expect(row, Self.crates) }

    private static let python = [
        "/w/pyproject.toml":
            "[project]\nname=\"w\"\n[tool.uv.workspace]\nmembers=[\"p/*\",\"q\"]\nexclude=[\"p/no\"]\n",
        "/w/p/a/pyproject.toml": "[project]\nname=\"a\"\n",
        "/w/p/no/pyproject.toml": "[project]\nname=\"no\"\n",
        "/w/p/a/tests/b/pyproject.toml": "[project]\nname=\"b\"\n",
        "/w/p/deep/er/pyproject.toml": "[project]\nname=\"er\"\n",
        "/w/other/pyproject.toml": "[project]\nname=\"other\"\n",
        "/n/pyproject.toml": "[tool.uv.workspace]\nmembers=[\"**\"]\n",
        "/n/a/pyproject.toml": "[project]\nname=\"a\"\n",
    ]

    @Test(
        "uv and poetry go to the project, and uv on to its workspace",
        arguments: [
            Row("uv sync", in: "/w", "/w/uv.lock"),
            Row("uv sync", in: "/w/p/a", "/w/uv.lock"),
            Row("uv sync", in: "/w/p/a/src", "/w/uv.lock"),
            Row("uv sync", in: "/w/p/no", "/w/p/no/uv.lock"),
            Row("uv sync", in: "/w/p/a/tests/b", "/w/p/a/tests/b/uv.lock"),
            Row("uv sync", in: "/w/p/deep/er", ""),
            Row("uv sync", in: "/w/other", "/w/other/uv.lock"),
            Row("uv sync", in: "/n/a", ""),
            Row("uv sync --project p/a", in: "/w", "/w/uv.lock"),
            Row("uv sync --directory other", in: "/w", "/w/other/uv.lock"),
            Row("uv --directory p sync --project a", in: "/w", "/w/uv.lock"),
            Row("uv sync", in: "/w", "/w/other/uv.lock", ["UV_PROJECT": "other"]),
            Row("uv sync --script x.py", in: "/w", ""),
            Row("poetry install", in: "/w/p/a/src", "/w/p/a/poetry.lock"),
            Row("poetry install -C p/a", in: "/w", "/w/p/a/poetry.lock"),
            Row("poetry install", in: "/none", "/none/poetry.lock"),
            Row("pdm install", in: "/w/p/a/src", "/w/p/a/pdm.lock"),
            Row("pdm sync", in: "/w/other/1/2/3/4/5", ""),
            Row("pdm sync", in: "/w/p", "/w/other/pdm.lock", ["PDM_PROJECT": "/w/other"]),
        ])
    func python(_ row: Row) throws { try expect(row, Self.python) }

    private static let node = [
        "/w/package.json": #"{"workspaces":["p/*"]}"#,
        "/w/yarn.lock": "", "/w/pnpm-workspace.yaml": "packages:\n  - p/*\n",
        "/w/p/a/package.json": "{}", "/w/q/package.json": "{}",
        "/o/package.json": "{}", "/o/.npmrc": "shared-workspace-lockfile=false\n",
        "/y/.yarnrc.yml": "lockfileFilename: other.lock\n", "/y/package.json": "{}",
        "/b/package.json": #"{"workspaces":["{a,b}"]}"#, "/b/a/package.json": "{}",
        "/l/package.json": "{}",
    ]

    @Test(
        "pnpm and yarn go to the root of the workspace",
        arguments: [
            Row("pnpm install", in: "/w/p/a", "/w/pnpm-lock.yaml", version: "10.0.0"),
            Row("pnpm install", in: "/w/p/a/src", "/w/pnpm-lock.yaml", version: "10.0.0"),
            Row("pnpm -C p/a install", in: "/w", "/w/pnpm-lock.yaml", version: "10.0.0"),
            Row(
                "pnpm install --ignore-workspace", in: "/w/p/a", "/w/p/a/pnpm-lock.yaml",
                version: "10.0.0"),
            Row("pnpm install", in: "/l/src", "/l/pnpm-lock.yaml", version: "10.0.0"),
            Row(
                "pnpm install", in: "/l", "/w/pnpm-lock.yaml",
                ["NPM_CONFIG_WORKSPACE_DIR": "/w"], version: "10.0.0"),
            Row("pnpm install", in: "/o", "", version: "10.0.0"),
            Row(
                "pnpm install --lockfile-dir /z", in: "/l", "/z/pnpm-lock.yaml",
                version: "10.0.0"),
            Row("yarn", in: "/w/p/a", "/w/yarn.lock", version: "1.22.22"),
            Row("yarn", in: "/w/p/a/src", "/w/yarn.lock", version: "1.22.22"),
            Row("yarn --cwd p/a", in: "/w", "/w/yarn.lock", version: "1.22.22"),
            Row("yarn", in: "/w/q", "/w/q/yarn.lock", version: "1.22.22"),
            Row("yarn", in: "/b/a", "", version: "1.22.22"),
            Row("yarn install", in: "/w/p/a/src", "/w/yarn.lock", version: "3.5.0"),
            Row("yarn install", in: "/b/a", "/b/yarn.lock", version: "3.5.0"),
            Row("yarn install", in: "/y", "", version: "3.5.0"),
        ])
    func node(_ row: Row) throws { try expect(row, Self.node) }

    private static let ruby = [
        "/w/Gemfile": "", "/w/gemfiles/rails.gemfile": "", "/w/both/Gemfile": "",
        "/w/both/gems.rb": "", "/s/Gemfile": "",
        "/s/.bundle/config": "---\nBUNDLE_GEMFILE: \"../w/Gemfile\"\n",
    ]

    @Test(
        "Bundler takes the nearest Gemfile upwards, or the one that is named",
        arguments: [
            Row("bundle", in: "/w/lib/deep", "/w/Gemfile.lock"),
            Row("bundle install", in: "/w/both", "/w/both/gems.locked"),
            Row("bundle install", in: "/none", "/none/Gemfile.lock"),
            Row(
                "bundle install --gemfile gemfiles/rails.gemfile", in: "/w",
                "/w/gemfiles/rails.gemfile.lock"),
            Row(
                "bundle install", in: "/w/lib", "/w/gemfiles/rails.gemfile.lock",
                ["BUNDLE_GEMFILE": "../gemfiles/rails.gemfile"]),
            Row("bundle install", in: "/s", ""),
            Row("bundle install", in: "/w", "", ["BUNDLE_LOCKFILE": "x.lock"]),
        ])
    func ruby(_ row: Row) throws { try expect(row, Self.ruby) }
}
