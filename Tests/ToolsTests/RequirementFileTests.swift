import GateCore
import Testing

@testable import Tools

@Suite struct RequirementFileTests {
    private func install(_ words: [String], _ files: [String: String] = [:]) -> Invocation {
        classified(
            Line(
                tool: "pip", arguments: words.map { Word($0) }, cwd: "/w", home: "/h",
                version: "26.3"),
            files: files)
    }

    private func requests(_ text: String, _ others: [String: String] = [:]) -> [String] {
        var files = others
        files["/w/r.txt"] = text
        return install(["install", "-r", "r.txt"], files).packages.map {
            "\($0.source.rawValue) \($0.name)"
        }
    }

    @Test(
        "a requirement file's lines count as if they stood on the command line",
        arguments: [
            ("requests\n", ["registry requests"]),
            (
                "requests==2.31 ; python_version < '3.9'  # why\n\n# only a comment\n",
                ["registry requests"]
            ),
            (
                "a \\\n  --hash=sha256:00 \\\n  --hash sha256:11\nb\n",
                ["registry a", "registry b"]
            ),
            ("./local\n", ["path "]),
            ("x @ https://h/x.tgz\n", ["url x"]),
            ("git+https://h/x.git#egg=x\n", ["git "]),
            ("https://h/x.whl\n", ["url "]),
            ("-e ./x\n--editable=git+https://h/y\n", ["path ", "git "]),
            ("-r https://h/r.txt\n", ["url "]),
            ("a # -r b.txt\n", ["registry a"]),
            ("# \\\nb\n", ["registry b"]),
            ("a\r\nb\rc", ["registry a", "registry b", "registry c"]),
            ("-e .\n", ["workspace "]),
            ("--require-hashes\n--prefer-binary\n--only-binary :all:\na\n", ["registry a"]),
        ])
    func contents(_ row: (String, [String])) {
        #expect(requests(row.0) == row.1)
        #expect(install(["install", "-r", "r.txt"], ["/w/r.txt": row.0]).ambiguous == [])
    }

    @Test("files in files are followed from where they lie")
    func nested() {
        let others = [
            "/w/sub/b.txt": "b\n-r ../c.txt\n-c limits.txt", "/w/c.txt": "c",
            "/w/sub/limits.txt": "d @ http://h/d.whl",
        ]
        #expect(
            requests("-r sub/b.txt\na\n-r r.txt", others)
                == ["registry b", "registry c", "url d", "registry a"])
    }

    @Test(
        "what would build from source or cannot be placed makes the line ambiguous",
        arguments: [
            "--no-binary :all:\n", "--no-binary=x\nx\n", "x --no-binary x\n", "--no-b x\n",
            "x --config-settings a=b\n", "--only-binary=:none:\n", "x --global-option=build_ext\n",
            "--index-url https://h/${TOKEN}/simple\n", "a\u{c}--no-binary x\n",
            "a\u{2028}--no-binary x\n", "a\u{85}b\n", "x --hash 'a' --no-binary x\n", "-i\n",
            "--trusted-host h\n", "--unheard-of\n", "a \\\n--no-binary a\n",
        ])
    func doubts(_ text: String) {
        let reading = install(["install", "-r", "r.txt"], ["/w/r.txt": text])
        #expect(!reading.ambiguous.isEmpty)
        #expect(reading.ambiguous.allSatisfy { $0.hasPrefix("/w/r.txt:") }, "\(reading.ambiguous)")
    }

    @Test("registries beside the line's own are named")
    func registries() {
        let reading = install(
            ["install", "--extra-index-url=https://a/", "-f", "https://b/", "-r", "r.txt"],
            ["/w/r.txt": "--extra-index-url https://c/\n-f ./wheels\nx"])
        #expect(reading.otherRegistries == ["https://a/", "https://b/", "https://c/", "./wheels"])
    }

    @Test("a line's own words on building are dropped and recorded")
    func hardened() throws {
        let line = Line(
            tool: "pip",
            arguments: ["install", "--no-binary", ":all:", "--only-binary=:none:", "x"],
            cwd: "/w", home: "/h", version: "26.3")
        let reading = classified(line)
        var facts = Facts()
        let plan = try ToolProfile.pip.plan(
            reading, of: line, program: "/usr/bin/pip", hardening: Hardening(), facts: facts)
        facts.startRound()
        #expect(plan.arguments == ["install", "--only-binary=:all:", "x"])
        #expect(plan.ignored == ["--no-binary=:all:", "--only-binary=:none:"])
    }

    @Test("the project's own metadata counts, and so do its groups")
    func project() {
        let files = [
            "/w/pyproject.toml": """
            [project]
            dependencies = ["a>=1", "b @ git+https://h/b"]
            [project.optional-dependencies]
            more = ["c", "d @ https://h/d.zip"]
            [build-system]
            requires = ["setuptools"]
            [dependency-groups]
            Dev-Tools = ["e", {include-group = "other"}]
            other = ["f @ file:///f"]
            """
        ]
        func named(_ words: [String]) -> [String] {
            install(words, files).packages.map { "\($0.source.rawValue) \($0.name)" }
        }
        #expect(
            named(["install", "-e", ".[more]"])
                == ["workspace ", "registry a", "git b", "registry setuptools", "url d"])
        #expect(named(["install", "--group", "dev_tools"]) == ["registry e", "path f"])
        #expect(named(["install", "--group", "none"]) == ["ambiguous "])
    }

    @Test("files nested without an end are a doubt and no gap")
    func deepFiles() {
        var files = ["/w/40.txt": "./evil"]
        for number in 0..<40 { files["/w/\(number).txt"] = "-r \(number + 1).txt" }
        #expect(!install(["install", "-r", "0.txt"], files).ambiguous.isEmpty)
    }

    @Test("a negated date is dropped like another one")
    func negatedDate() throws {
        let line = Line(
            tool: "npm", arguments: ["install", "x", "--no-before", "--before=2099-01-01"],
            version: "11.17.0")
        var hardening = Hardening()
        hardening.publishedBefore = "2026-01-01T00:00:00Z"
        let plan = try ToolProfile.npm.plan(
            classified(line), of: line, program: "/usr/bin/npm", hardening: hardening,
            facts: Facts())
        let dates = plan.arguments.filter { $0.text.contains("before") }
        #expect(dates == ["--before=2026-01-01T00:00:00Z"])
    }
}
