// Laws of the tables: what must hold for every name and every profile, whoever wrote it.

import GateCore
import Testing

@testable import Tools

@Suite struct CatalogTests {
    @Test func namesAreUnique() {
        var seen: [Word] = []
        for entry in Catalog.entries {
            #expect(!seen.contains(entry.name), "\(entry.name)")
            seen.append(entry.name)
        }
        #expect(!seen.isEmpty)
    }

    @Test func everyProfileIsReachedByItsOwnName() {
        for (profile, names) in Documentation.profiles() {
            #expect(names.contains(profile.name), "\(profile.name)")
        }
    }

    @Test func everyProfileSaysWhatItIs() {
        for (profile, _) in Documentation.profiles() {
            #expect(!profile.summary.isEmpty, "\(profile.name)")
            #expect(!profile.summary.hasSuffix("."), "\(profile.name): a clause, not a sentence")
            #expect(!profile.versions.isEmpty, "\(profile.name)")
            #expect(Set(profile.versions).count == profile.versions.count, "\(profile.name)")
            #expect(!profile.examples.isEmpty, "\(profile.name)")
        }
    }

    @Test func everyExampleIsOfItsOwnProfile() {
        for (profile, _) in Documentation.profiles() {
            for example in profile.examples {
                let found = Catalog.profile(calledAs: example.words.first ?? "")
                #expect(found?.name == profile.name, "\(example.line)")
            }
        }
    }

    @Test func everyExampleDoesWhatItSays() {
        for example in examples {
            let invocation = Documentation.reading(of: example)
            #expect(
                invocation.severity == example.operation,
                "\(example.line): \(invocation.command) \(invocation.ambiguous)")
        }
    }

    @Test func everydayExamplesAreClear() {
        for example in examples where Operation.execute.isGraver(than: example.operation) {
            let invocation = Documentation.reading(of: example)
            let reasons = invocation.flattened.flatMap(\.ambiguous)
            #expect(reasons.isEmpty, "\(example.line)")
        }
    }

    @Test func everyArgumentOfAnExampleHasARole() {
        for example in examples {
            let invocation = Documentation.reading(of: example)
            #expect(invocation.roles.count == example.words.count - 1, "\(example.line)")
        }
    }

    /// Tools that can publish have an example of it, so that documents and tests show the verb.
    @Test(arguments: [
        "npm", "pnpm", "yarn", "bun", "deno", "twine", "uv", "poetry", "pdm", "hatch", "flit",
        "maturin", "gem", "cargo", "nuget", "dotnet", "vsce", "ovsx",
    ])
    func publishersShowHowTheyPublish(_ name: String) {
        guard let profile = Catalog.profile(calledAs: Word(name)) else { return }
        #expect(profile.examples.contains { $0.operation == .publish }, "\(name)")
    }

    @Test(arguments: ["npm", "pnpm", "pip", "gem", "cargo", "nuget", "dotnet", "uv", "poetry"])
    func everydayToolsShowInstallAndQuery(_ name: String) {
        guard let profile = Catalog.profile(calledAs: Word(name)) else { return }
        #expect(profile.examples.contains { $0.operation == .install }, "\(name)")
        #expect(profile.examples.contains { $0.operation == .query }, "\(name)")
    }

    @Test func composedExamplesMeanTheSame() {
        for example in examples {
            let words = example.words
            let invocation = Documentation.reading(of: example)
            for problem in recomposed(invocation, calledAs: words[0]) {
                Issue.record("\(example.line): \(problem)")
            }
        }
    }

    @Test func scriptSwitchesChangeNothingElse() {
        for (profile, _) in Documentation.profiles() {
            guard case .switches(let switches, _) = profile.scripts else { continue }
            for example in profile.examples where example.operation.suppressesScripts {
                for version in profile.versions {
                    let invocation = Documentation.reading(of: example, version: version)
                    let problems = recomposed(
                        invocation, calledAs: example.words[0], version: version,
                        adding: switches(invocation) + invocation.requiredSwitches)
                    for problem in problems {
                        Issue.record("\(version) \(example.line): \(problem)")
                    }
                }
            }
        }
    }

    @Test func everydayLinesAreNeitherAmbiguousNorUnknown() {
        for line in everydayLines {
            let example = Example(Word(line), .query)
            guard Catalog.profile(calledAs: example.words[0]) != nil else { continue }
            let invocation = Documentation.reading(of: example)
            for reading in invocation.flattened {
                #expect(reading.ambiguous.isEmpty, "\(line): \(reading.ambiguous)")
                #expect(reading.operation != .unknown, "\(line): \(reading.command)")
            }
            #expect(
                !invocation.severity.isGraver(than: .install), "\(line): \(invocation.severity)")
        }
    }

    private var examples: [Example] { Documentation.profiles().flatMap(\.profile.examples) }
}

/// How the composed words read differently from the invocation they were made from; empty where
/// they mean the same, or where the caller's words go on as they are.
func recomposed(
    _ invocation: Invocation, calledAs name: Word, version: String? = nil,
    adding switches: [Word] = []
) -> [String] {
    guard case .words(let before, let after) = invocation.composition else { return [] }
    guard invocation.ambiguous.isEmpty else { return ["ambiguous, and yet composed"] }
    let words = before + switches + after
    // A runner such as `npx` may be composed as words of the tool it belongs to.
    var problems: [String] = []
    for tool in [name, invocation.tool] {
        guard let profile = Catalog.profile(calledAs: tool) else { continue }
        let line = Line(
            tool: profile.name, calledAs: tool, arguments: words, version: version)
        problems = differences(classified(line), invocation)
        if problems.isEmpty { return [] }
    }
    return problems.map { "\($0) in \(words)" }
}

private func differences(_ again: Invocation, _ first: Invocation) -> [String] {
    var found: [String] = []
    if again.command != first.command { found.append("command \(again.command)") }
    if again.operation != first.operation { found.append("operation \(again.operation)") }
    if again.positionals != first.positionals { found.append("positionals \(again.positionals)") }
    // What a runner starts may itself be composed anew; then its readings are compared.
    if first.nested.isEmpty, again.rest != first.rest { found.append("rest \(again.rest)") }
    if again.nested.count != first.nested.count { found.append("starts \(again.nested)") }
    for (inner, firstInner) in zip(again.nested, first.nested) {
        found += differences(inner, firstInner).map { "inside: \($0)" }
    }
    if again.packages != first.packages { found.append("packages \(again.packages)") }
    if again.destination != first.destination { found.append("goes \(again.destination)") }
    if again.severity != first.severity { found.append("severity \(again.severity)") }
    if again.ambiguous.isEmpty != first.ambiguous.isEmpty {
        found.append("ambiguous \(again.ambiguous)")
    }
    return found
}

/// What people and agents type all day. None may be held up.
private let everydayLines = [
    "npm install lodash", "npm i -D typescript", "npm ci", "npm test", "npm test -- --watch",
    "npm run build", "npm run build --stage=dev", "npm start", "npm view lodash",
    "npm view lodash version", "npm ls", "npm ls --depth=0", "npm audit", "npm pack",
    "npm search left-pad", "npm init -y", "npm version patch", "npm --version", "npm help install",
    "npm outdated", "npm config get registry", "npm owner ls x", "npm update", "npm uninstall x",
    "pnpm install", "pnpm add lodash", "pnpm test", "pnpm run build", "pnpm list", "pnpm audit",
    "pnpm pack", "pnpm --version", "pnpm why x", "pnpm outdated",
    "yarn", "yarn install", "yarn add lodash", "yarn test", "yarn build", "yarn --version",
    "yarn why x", "yarn pack",
    "bun install", "bun add lodash", "bun test", "bun run build",
    "pip install requests", "pip install -r requirements.txt", "pip install -e .", "pip list",
    "pip show requests", "pip freeze", "pip check", "pip --version", "pip help install",
    "pip download requests", "pip uninstall -y requests", "pip3 install requests",
    "python3 -m pip install requests", "python -m pip list", "python3 -m venv .venv",
    "twine check dist/a.whl", "twine --version",
    "uv sync", "uv add requests", "uv run pytest", "uv pip install requests", "uv pip list",
    "uv lock", "uv build", "uv init", "uv venv", "uv tree", "uv --version",
    "poetry install", "poetry add requests", "poetry run pytest", "poetry build", "poetry show",
    "poetry lock", "poetry init", "poetry --version",
    "poetry config virtualenvs.in-project true",
    "pdm install", "pdm add requests", "pdm run pytest", "pdm build", "pdm list",
    "hatch build", "hatch version", "hatch env show", "flit build", "pipx list",
    "gem install rake", "gem list", "gem build a.gemspec", "gem search rake", "gem --version",
    "gem help install", "gem outdated", "gem contents rake", "gem env",
    "bundle install", "bundle exec rake", "bundle list", "bundle update", "bundle show",
    "bundle outdated", "bundle init", "bundle --version",
    "cargo build", "cargo build --release", "cargo test", "cargo test -- --nocapture",
    "cargo run -- --help", "cargo check", "cargo fmt", "cargo clippy", "cargo add serde",
    "cargo install ripgrep", "cargo update", "cargo tree", "cargo audit", "cargo package",
    "cargo search serde", "cargo init", "cargo new x", "cargo version", "cargo --version",
    "cargo doc --no-deps", "cargo bench", "cargo fetch", "cargo metadata --format-version 1",
    "maturin build", "maturin develop", "maturin --version",
    "nuget install Newtonsoft.Json", "nuget restore", "nuget list json", "nuget pack a.nuspec",
    "nuget help",
    "dotnet build", "dotnet test", "dotnet run", "dotnet restore", "dotnet add package X",
    "dotnet list package", "dotnet pack", "dotnet new console", "dotnet --version",
    "dotnet --info", "dotnet ef migrations list", "dotnet publish",
    "vsce package", "vsce ls", "deno test", "deno fmt",
]
