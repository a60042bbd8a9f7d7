// Lines that make virtual environments: where they are made, and that a parent of ours stays.

import GateCore
import Testing

@testable import Tools

private func invocation(_ text: String, _ variables: [Environment.Entry] = []) -> Invocation {
    classified(line(text, variables))
}

private func line(_ text: String, _ variables: [Environment.Entry]) -> Line {
    let words = text.split(separator: " ").map { Word($0) }
    return Line(
        tool: Catalog.profile(calledAs: words[0])?.name ?? words[0], calledAs: words[0],
        arguments: Array(words.dropFirst()), environment: .init(variables), cwd: "/w/p",
        home: "/h")
}

@Suite struct EnvironmentMakingTests {
    @Test(
        "the directories that become environments are known",
        arguments: [
            ("python -m venv v", ["/w/p/v"]),
            ("python3.11 -Bm venv --prompt x --copies v sub/../w", ["/w/p/v", "/w/p/w"]),
            ("python -m venv --prom x v", ["/w/p/v"]),
            ("python -m venv -- v", ["/w/p/v"]),
            // Not known to any release we read: each plain word may be the place.
            ("python -m venv --from-the-future x v", ["/w/p/x", "/w/p/v"]),
            ("python -m venv --help", []),
            ("python -m virtualenv -p python3.11 v", ["/w/p/v"]),
            ("virtualenv -p python3.11 --seeder x --pip 23 v", ["/w/p/v"]),
            ("virtualenv --version", []),
            ("uv venv", ["/w/p/.venv"]),
            ("uv venv --directory sub", ["/w/p/sub/.venv"]),
            ("uv venv --seed v", ["/w/p/v"]),
            ("uv virtualenv -p 3.12 v", ["/w/p/v"]),
            ("uv venv --project q", ["/w/p/.venv", "/w/p/q/.venv"]),
            ("uv run -m venv v", ["/w/p/v"]),
            ("uvx virtualenv v", ["/w/p/v"]),
            ("pipx run virtualenv v", ["/w/p/v"]),
            ("uv sync", ["/w/p/.venv"]),
            ("uv add requests", ["/w/p/.venv"]),
            ("uv remove requests", ["/w/p/.venv"]),
            ("uv version --bump minor", ["/w/p/.venv"]),
            ("uv sync --directory sub --project q", ["/w/p/sub/q/.venv"]),
            ("uv lock", []), ("uv pip install x", []), ("uv tool install x", []),
            ("poetry install", ["/w/p/.venv"]),
            ("poetry -C sub add x", ["/w/p/sub/.venv"]),
            ("poetry -P q update", ["/w/p/q/.venv"]),
            ("poetry self add x", []), ("poetry show", []),
            ("pdm install", ["/w/p/.venv"]),
            ("pdm sync -p q", ["/w/p/q/.venv"]),
            ("pdm add -g x", []), ("pdm list", []),
        ])
    func placesAreKnown(_ text: String, _ places: [String]) {
        let made = invocation(text).flattened.flatMap(\.environments)
        #expect(made == places, "\(text)")
    }

    @Test("a line that makes an environment is supervised, and no other")
    func isSupervised() throws {
        for (text, launch) in [
            ("python -m venv v", Plan.Launch.supervise), ("uv venv", .supervise),
            ("uv sync", .supervise), ("poetry install", .supervise),
            ("pdm install", .supervise), ("pdm list", .replace),
            ("python -m venv --help", .replace), ("uv pip list", .replace),
        ] {
            let line = line(text, [])
            let profile = try #require(Catalog.profile(calledAs: line.calledAs))
            let plan = try profile.plan(
                classified(line), of: line, program: "/usr/bin/x", hardening: .init(),
                facts: .init())
            #expect(plan.launch == launch, "\(text)")
        }
    }

    @Test("what is fetched for a new environment is an install")
    func fetchingIsAnInstall() {
        #expect(invocation("python -m venv --upgrade-deps v").severity == .install)
        #expect(invocation("virtualenv --down v").severity == .install)
        #expect(
            invocation("virtualenv v", [.init(name: "VIRTUALENV_DOWNLOAD", value: "1")]).severity
                == .install)
        #expect(invocation("virtualenv v").severity == .modify)
    }

    @Test("UV_PROJECT_ENVIRONMENT names the place")
    func variableNamesThePlace() {
        let outside = invocation(
            "uv venv", [.init(name: "UV_PROJECT_ENVIRONMENT", value: "/opt/e")])
        #expect(outside.environments.contains("/opt/e"))
    }

    @Test(
        "an environment outside the project is made where nothing is, and nowhere else",
        arguments: ["python -m venv --clear /opt/e", "virtualenv /opt/e", "uv venv /opt/e"])
    func placesOutside(_ text: String) {
        let line = line(text, [])
        #expect(classified(line).destination == .environment)
        #expect(classified(line, files: ["/opt/e/pyvenv.cfg": ""]).destination == .outside)
        var unplaced = line
        unplaced.cwd = nil
        #expect(classified(unplaced).destination == .outside)
    }

    @Test("the environment of a project around the working directory is one of them")
    func workspacesCount() {
        let found = classified(
            line("uv sync", [.init(name: "UV_PROJECT_ENVIRONMENT", value: "env")]),
            files: ["/w/pyproject.toml": ""])
        #expect(found.environments == ["/w/p/env", "/w/env"])
        #expect(found.destination == .environment)
    }
}
