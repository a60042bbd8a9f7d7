// The words of uv's phases: what chooses goes to the first, a list of files to the others.

import GateCore
import Testing

@testable import Tools

@Suite("Phases of uv's installs into an environment")
struct UvResolverTests {
    private func plan(
        _ words: String, tool: Word = "uv", version: String? = "0.13.8",
        date: Word? = "2026-01-01T00:00:00Z",
        exempts: Bool = false, facts: Facts = Facts()
    ) throws -> Plan {
        let profile = tool == "uv" ? ToolProfile.uv : ToolProfile.python
        var line = Line(
            tool: tool, calledAs: tool,
            arguments: words.split(separator: " ").map { Word(String($0)) },
            cwd: "/p", home: "/h")
        line.version = tool == "uv" ? version : nil
        var hardening = Hardening()
        hardening.publishedBefore = date
        hardening.exemptsRegistries = exempts
        return try profile.plan(
            classified(line), of: line, program: "/usr/bin/\(tool)", hardening: hardening,
            facts: facts)
    }

    private func text(_ phase: Phase) -> String {
        phase.arguments.map(\.text).joined(separator: " ")
    }

    @Test("Each phase gets what it needs and nothing that chooses anew")
    func install() throws {
        let phases = try plan(
            "pip install -U -i https://i.example --target lib -p 3.11 left<2 -c c.txt -q"
        ).phases
        #expect(phases.map(\.purpose) == [.resolve, .pin, .fetch, .remove, .install])
        #expect(
            text(phases[0])
                == "pip install --dry-run --output-format=json --color=never "
                + "--exclude-newer=2026-01-01T00:00:00Z --no-build --upgrade "
                + "--index-url=https://i.example --target=lib --python=3.11 --constraints=c.txt left<2"
        )
        #expect(
            text(phases[1])
                == "pip compile --quiet --color=never --no-deps --no-header --format=pylock.toml "
                + "--exclude-newer=2026-01-01T00:00:00Z --no-build --index-url=https://i.example "
                + "--python=3.11 /proc/self/fd/3")
        #expect(
            text(phases[2])
                == "pip install --quiet --color=never --no-deps --preview-features=pylock --no-build "
                + "--index-url=https://i.example --python=3.11")
        #expect(
            text(phases[3])
                == "pip uninstall --quiet --color=never --target=lib --python=3.11 "
                + "--requirements=/proc/self/fd/3")
        #expect(
            text(phases[4])
                == "pip install --no-deps --preview-features=pylock --no-build --target=lib "
                + "--python=3.11 --quiet")
    }

    @Test("A date is given where the line has none and no registry is exempted")
    func date() throws {
        func hasDate(_ plan: Plan) -> Bool {
            plan.phases[0].arguments.contains { $0.hasPrefix("--exclude-newer=2026") }
        }
        #expect(hasDate(try plan("pip install left")))
        #expect(!hasDate(try plan("pip install left", date: nil)))
        #expect(!hasDate(try plan("pip install left", exempts: true)))
        #expect(!hasDate(try plan("pip install --exclude-newer 2025-01-01 left")))
    }

    @Test("An environment is made what a file says")
    func sync() throws {
        let phases = try plan("pip sync --reinstall --no-cache r.txt").phases
        #expect(phases.map(\.purpose) == [.resolve, .pin, .fetch, .remove, .install])
        #expect(text(phases[0]).hasPrefix("pip sync --dry-run"))
        #expect(text(phases[0]).hasSuffix("--reinstall --no-cache r.txt"))
        #expect(
            text(phases[4])
                == "pip install --no-deps --preview-features=pylock --no-build --no-cache")
    }

    @Test("The project's own folder is installed last, without what it needs")
    func own() throws {
        let phases = try plan("pip install --no-build-isolation -e . left", date: nil).phases
        #expect(phases.last?.purpose == .own)
        #expect(
            phases.last.map(text) == "pip install --no-deps --no-build --no-build-isolation")
    }

    @Test("Below an interpreter it is refused where an age is demanded")
    func module() throws {
        #expect(throws: PlanRefusal.self) { try plan("-m uv pip install left", tool: "python") }
        let whole = try plan("-m uv pip install left", tool: "python", date: nil)
        #expect(whole.phases.isEmpty)
    }

    @Test(
        "Other lines are started as they are called",
        arguments: [
            "pip install --dry-run left", "pip sync --check r.txt", "pip compile r.in",
            "pip install git+https://h/x", "pip install ./x.whl", "tool install left", "sync",
            "add x",
        ])
    func inOnePiece(_ words: String) throws {
        #expect(try plan(words).phases.isEmpty)
    }

    @Test("A release that cannot say first is refused where an age is demanded")
    func old() throws {
        #expect(throws: PlanRefusal.self) { try plan("pip install left", version: "0.11.33") }
        #expect(try plan("pip install left", version: "0.11.33", date: nil).phases.isEmpty)
        #expect(try !plan("pip install left", version: nil).phases.isEmpty)
    }
}
