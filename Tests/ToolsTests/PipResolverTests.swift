// The words of pip's phases: what chooses goes to the first, what places to the last.

import GateCore
import Testing

@testable import Tools

@Suite("Phases of pip's installs")
struct PipResolverTests {
    private func phases(
        _ words: String, tool: Word = "pip", version: String? = "26.3"
    ) throws -> [Phase] {
        let profile = tool == "pip" ? ToolProfile.pip : ToolProfile.python
        var line = Line(
            tool: tool, calledAs: tool,
            arguments: words.split(separator: " ").map { Word(String($0)) },
            cwd: "/p", home: "/h")
        line.version = tool == "pip" ? version : nil
        return try profile.plan(
            classified(line), of: line, program: "/usr/bin/\(tool)", hardening: Hardening(),
            facts: Facts()
        ).phases
    }

    private func text(_ phase: Phase) -> String {
        phase.arguments.map(\.text).joined(separator: " ")
    }

    @Test("Resolve, fetch and install get each what they need")
    func install() throws {
        let phases = try phases(
            "install --pre -U -i https://i.example --target lib left<2 -c c.txt")
        #expect(phases.map(\.purpose) == [.resolve, .fetch, .install])
        #expect(
            text(phases[0])
                == "install --only-binary=:all: --dry-run --report=/proc/self/fd/3 --pre --upgrade "
                + "--index-url=https://i.example --target=lib --constraint=c.txt left<2")
        #expect(
            text(phases[1])
                == "download --quiet --only-binary=:all: --no-deps --require-hashes "
                + "--requirement=/proc/self/fd/3 --index-url=https://i.example")
        #expect(
            text(phases[2])
                == "install --only-binary=:all: --no-index --no-deps --require-hashes "
                + "--requirement=/proc/self/fd/3 --upgrade --target=lib")
    }

    @Test("An interpreter's own words stand before each phase")
    func module() throws {
        let phases = try phases("-I -m pip install left", tool: "python")
        #expect(phases.count == 3)
        for phase in phases { #expect(text(phase).hasPrefix("-I -m pip ")) }
    }

    @Test("Download and wheel put the files where the line says")
    func files() throws {
        let download = try phases("download -d files left")
        #expect(download.map(\.purpose) == [.resolve, .fetch])
        #expect(
            text(download[0])
                == "install --only-binary=:all: --dry-run --report=/proc/self/fd/3 "
                + "--ignore-installed left")
        #expect(
            text(download[1])
                == "download --only-binary=:all: --no-deps --require-hashes "
                + "--requirement=/proc/self/fd/3 --dest=files")
        #expect(text(try phases("wheel left")[1]).hasPrefix("wheel "))
    }

    @Test("The project's own folder is installed last, without what it needs")
    func own() throws {
        let phases = try phases("install --no-build-isolation -e . left")
        #expect(phases.map(\.purpose) == [.resolve, .fetch, .install, .own])
        #expect(text(phases[3]) == "install --only-binary=:all: --no-deps --no-build-isolation")
    }

    @Test(
        "Lines that install nothing, and releases without a report, run in one piece",
        arguments: [
            ("install --dry-run left", "26.3"), ("lock left", "26.3"), ("install left", "22.1"),
        ])
    func whole(_ words: String, version: String) throws {
        #expect(try phases(words, version: version).isEmpty)
    }

    private func python(_ words: String, _ files: [String]) -> Invocation {
        var line = Line(
            tool: "pip", calledAs: "pip",
            arguments: words.split(separator: " ").map { Word(String($0)) }, cwd: "/p", home: "/h")
        line.version = "26.3"
        var texts: [String: String] = [:]
        for file in files { texts[file] = "" }
        return classified(line, files: texts)
    }

    @Test(
        "Another environment's python is what it is asked to be",
        arguments: [
            ("/p/v", Destination.environment), ("/p/deep/v", .environment),
            ("/tmp/build-env-x", .environment), ("/tmp/deep/v", .outside), ("/opt/v", .outside),
        ])
    func otherEnvironment(place: String, destination: Destination) throws {
        let files = [place + "/pyvenv.cfg", place + "/bin/python"]
        for named in [place, place + "/bin/python"] {
            let invocation = python("--python \(named) install left", files)
            #expect(invocation.ambiguous.isEmpty)
            #expect(invocation.destination == destination)
            #expect(invocation.resolvesFirst)
            #expect(invocation.environments == [place])
            guard case .words(let before, let after) = invocation.composition else {
                Issue.record("it is not composed")
                return
            }
            #expect(before.map(\.text) == ["--python=\(place)/bin/python", "install"])
            #expect(after == ["left"])
        }
    }

    @Test("What is no virtual environment, or could not be resolved first, stays in doubt")
    func otherPython() {
        let files = ["/usr/bin/python3", "/p/v/pyvenv.cfg", "/p/v/bin/python"]
        for words in [
            "--python /usr/bin/python3 install left", "--python /p/nowhere install left",
            "--python /p/v install git+https://h.example/x",
        ] {
            #expect(!python(words, files).ambiguous.isEmpty, "\(words)")
        }
        var line = Line(
            tool: "pip", calledAs: "pip", arguments: ["--python", "/p/v", "install", "left"],
            environment: Environment([.init(name: "_PIP_RUNNING_IN_SUBPROCESS", value: "1")]),
            cwd: "/p")
        line.version = "26.3"
        #expect(
            !classified(line, files: ["/p/v/pyvenv.cfg": "", "/p/v/bin/python": ""]).ambiguous
                .isEmpty)
        // pip itself refuses it there, and the phases would take it for theirs.
        #expect(!python("install --python /p/v left", files).resolvesFirst)
        #expect(python("--python /p/v list", files).ambiguous.isEmpty)
    }

    @Test("pip's own script is pip, with the version that lies beside it")
    func ownScript() {
        let site = "/p/v/lib/python3.11/site-packages"
        func reading(_ words: String, _ version: String) -> Invocation {
            let line = Line(
                tool: "python", calledAs: "python",
                arguments: ["-I", Word(site + "/pip/__pip-runner__.py")]
                    + words.split(separator: " ").map { Word(String($0)) }, cwd: "/p", home: "/h")
            return classified(
                line,
                files: [
                    site + "/pip-\(version).dist-info/RECORD": "",
                    "/var/tmp/pip-build-env-there/overlay/lib/x": "",
                ])
        }
        let place = "/var/tmp/pip-build-env-x/overlay"
        let words = "install --prefix \(place) --uploaded-prior-to 2026-01-01 -- setuptools>=61"
        let new = reading(words, "26.3")
        #expect(new.nested.first?.version == "26.3")
        #expect(new.nested.first?.ambiguous.isEmpty == true)
        #expect(new.nested.first?.destination == .environment)
        #expect(new.resolvesFirst)
        guard case .words(let before, _) = new.composition else {
            Issue.record("it is not composed")
            return
        }
        #expect(before == ["-I", Word(site + "/pip/__pip-runner__.py"), "install"])
        // An option that this pip does not have: it prints an error and installs nothing.
        #expect(reading(words, "23.2.1").nested.first?.isInert == true)
        for elsewhere in [
            "/var/tmp/x/overlay", "/var/tmp/pip-build-env-x", "/var/tmp/pip-build-env-x/other",
            "/usr/local", "/var/tmp/pip-build-env-there/overlay",
        ] {
            let reading = reading("install --prefix \(elsewhere) setuptools", "26.3")
            #expect(reading.nested.first?.destination == .outside)
        }
    }
}
