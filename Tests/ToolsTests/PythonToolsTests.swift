// The Python family: examples, everyday lines, runners, tricks, destinations, packages, and that
// composed words mean what the caller's words meant.

import GateCore
import Testing

@testable import Tools

/// Splits a line at spaces; the first word is the tool's name.
private func line(
    _ text: String, environment: [String: String] = [:], cwd: String? = nil
) -> Line {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { Word($0) }
    let name = words[0]
    let entries = environment.sorted { $0.key < $1.key }
        .map { Environment.Entry(name: Word($0.key), value: Word($0.value)) }
    return Line(
        tool: Catalog.profile(calledAs: name)?.name ?? name, calledAs: name,
        arguments: Array(words.dropFirst()), environment: .init(entries), cwd: cwd,
        home: cwd == nil ? nil : "/h")
}

private func read(_ text: String, environment: [String: String] = [:]) -> Invocation {
    classified(line(text, environment: environment))
}

private let names: [Word] = [
    "pip", "twine", "python", "uv", "uvx", "pipx", "poetry", "pdm", "hatch", "flit", "virtualenv",
]

@Suite struct PythonToolsTests {
    @Test("examples mean what they say", arguments: names)
    func examplesMeanWhatTheySay(name: Word) throws {
        let profile = try #require(Catalog.profile(calledAs: name))
        for example in profile.examples {
            let invocation = read(example.line.text)
            #expect(invocation.severity == example.operation, "\(example.line)")
        }
    }

    @Test(
        "everyday lines are clear",
        arguments: [
            "pip install requests", "pip install -r requirements.txt", "pip install -e .",
            "pip install -U pip", "pip3 install x==1", "pip list", "pip list --outdated",
            "pip freeze", "pip show x", "pip check", "pip search x", "pip download x",
            "pip uninstall -y x", "pip config list", "pip config get global.index-url",
            "pip --version", "pip help", "pip cache dir", "pip wheel . -w dist",
            "pip install --no-cache-dir -q x", "pip install .[dev]", "pip index versions x",
            "python --version", "python -m pip install x", "python3 -m venv v",
            "python3 -m pytest -x", "python script.py", "python -c print(1)", "python -m build",
            "python3.11 -m pip list", "pip3.11 list", "pip-3.11 list", "python setup.py build",
            "python setup.py sdist", "twine check dist/x", "twine --version",
            "uv run pytest", "uv run -m pytest -q", "uv run python -V", "uv run script.py",
            "uv sync", "uv sync --frozen --all-extras", "uv add requests", "uv add --dev pytest",
            "uv remove x", "uv lock --upgrade", "uv pip install x", "uv pip install -r r.txt",
            "uv pip install -e .", "uv pip list", "uv pip freeze", "uv venv", "uv venv .venv",
            "uv init x", "uv build", "uv tree", "uv version", "uv --version", "uv help",
            "uv tool list", "uv python list", "uv cache clean", "uv run --with x python s.py",
            "uv run -- ruff check .", "uv export -o r.txt", "uv audit", "uvx --version",
            "poetry install", "poetry install --no-root", "poetry add x", "poetry add -G dev x",
            "poetry update", "poetry lock", "poetry show --tree", "poetry run pytest -x",
            "poetry build", "poetry version", "poetry check", "poetry env info",
            "poetry config virtualenvs.in-project true", "poetry config --list", "poetry search x",
            "poetry init -n", "poetry --version", "poetry new x", "poetry -C sub install",
            "pdm install", "pdm add x", "pdm add -dG test x", "pdm run pytest -x", "pdm list",
            "pdm build", "pdm lock", "pdm sync --prod", "pdm --version", "pdm test", "pdm search x",
            "pdm info", "pdm init -n", "pdm show x", "hatch run test", "hatch run test:cov -x",
            "hatch build", "hatch test -p", "hatch env show", "hatch version", "hatch --version",
            "hatch new x", "hatch fmt", "hatch status", "hatch dep show table", "flit build",
            "flit install --symlink", "flit init", "flit --version", "pipx list", "pipx --version",
        ])
    func everydayLinesAreClear(text: String) {
        let invocation = read(text)
        #expect(invocation.flattened.allSatisfy { $0.ambiguous.isEmpty }, "\(invocation)")
        #expect(invocation.severity != .unknown)
        #expect(!invocation.severity.isGraver(than: .install), "\(invocation.severity)")
    }

    @Test(
        "publishing is seen through runners and spellings",
        arguments: [
            "python -m twine upload d", "python3 -Im twine upload d", "python -Bsmtwine upload d",
            "python -W ignore -X dev -m twine upload d", "python -I -m twine -- upload d",
            "python --check-hash-based-pycs always -m twine upload d",
            "python -m runpy twine upload d", "python -m twine.__main__ upload d",
            "python /usr/bin/twine upload d", "python setup.py sdist upload",
            "python ./setup.py register", "python setup.py -q sdist --formats=zip upload -r x",
            "uv run twine upload d", "uv run -- twine upload d",
            "uv run --with twine twine upload d",
            "uv run -m twine upload d", "uv run python -m twine upload d",
            "uv run setup.py upload", "uv run python setup.py sdist upload",
            "uvx twine upload d", "uvx twine@6.1 upload d", "uvx --from twine==6 twine upload d",
            "uv tool run twine upload d", "uv tool uvx twine upload d", "uvx uv publish",
            "uv --project x publish", "uv publish --dry-run", "uv publish -t x", "uvx flit publish",
            "pipx run twine upload d", "pipx run --spec twine==6 twine upload d",
            "poetry run twine upload d", "poetry --build publish", "poetry --foo publish",
            "poetry -C x publish", "poetry publish --dry-run", "poetry -n -vvv publish",
            "pdm run twine upload d", "pdm twine upload d", "pdm publish", "pdm -v publish",
            "hatch run twine upload d", "hatch run rel:twine upload d", "hatch -v publish",
            "hatch env run -e x -- twine upload d", "hatch run +py=3.12 x:twine upload d",
            "twine --no-c upload d", "twine -- upload d", "twine upload -- d", "flit publish",
            "uv run uv run uv run twine upload d", "poetry run python -m poetry publish",
        ])
    func publishingIsSeen(text: String) {
        #expect(read(text).severity == .publish, "\(read(text))")
    }

    @Test(
        "graver operations than they look",
        arguments: [
            ("pip -- install x", Operation.install),
            ("pip --prox install download x", .install),
            ("pip config edit --editor x", .configure),
            ("python -m pip config set global.index-url x", .configure),
            ("uv auth token h", .authenticate),
            ("uv tool update-shell", .configure),
            ("uv tool run x", .execute),
            ("uvx pip install x", .execute),
            ("pipx run x", .execute),
            ("poetry config pypi-token.pypi", .authenticate),
            ("poetry config repositories.x https://h", .configure),
            ("poetry config --unset repositories.x", .configure),
            ("pdm config pypi.password", .authenticate),
            ("pdm config -d pypi.url", .configure),
            ("python -m keyring get a b", .authenticate),
            ("uv version --bump patch", .install),
            ("uv run https://h/x.py", .execute),
            ("python setup.py develop", .install),
        ])
    func graverThanTheyLook(text: String, operation: Operation) {
        #expect(read(text).severity == operation, "\(read(text))")
    }

    @Test(
        "lines that cannot be placed are ambiguous or unknown",
        arguments: [
            "pip --python /x install y", "pip --isol install y", "pip install --log --isolated y",
            "uv --unheard-of publish", "uv -- publish", "uv pip install --unheard-of x y",
            "poetry --foo bar", "twine frobnicate x", "flit pub", "pip frobnicate",
            "pip lock x", "twine upload -- a -- b", "twine upload --cert=-- a", "hatch frobnicate",
            "uv frobnicate", "pipx run -- --version", "pipx runpip -- --x y",
        ])
    func unplacedLines(text: String) {
        let invocation = read(text)
        #expect(!invocation.ambiguous.isEmpty || invocation.operation == .unknown, "\(invocation)")
        #expect(!invocation.isInert)
    }

    @Test(
        "variables that change the line make it ambiguous",
        arguments: ["PIP_PYTHON", "PIP_LOG_\u{212A}"])
    func variablesMakeAmbiguous(name: String) {
        #expect(!read("pip list", environment: [name: "/x"]).ambiguous.isEmpty)
    }

    @Test(
        "unmanaged python is forwarded at once",
        arguments: [
            "python", "python -c print(1)", "python -", "python script.py -m twine upload",
            "python -m pytest -m slow", "python -m http.server", "python -Ic pass",
            "python3.12 x/y.py", "python -h", "python -W error x.py",
        ])
    func unmanagedPythonIsForwarded(text: String) {
        let invocation = read(text)
        #expect(invocation.command == ["python"])
        #expect(invocation.operation == .run)
        #expect(!invocation.isInert && invocation.nested.isEmpty)
        #expect(invocation.ambiguous.isEmpty && invocation.composition == .verbatim)
    }

    @Test("setup.py keeps its words and meets the short form")
    func setupKeepsItsWords() {
        let invocation = read("python3 setup.py sdist bdist_wheel upload")
        #expect(invocation.command == ["python", "setup.py", "sdist", "bdist_wheel", "upload"])
        #expect(invocation.otherSpellings == ["python setup.py upload"])
        #expect(read("python setup.py upload").otherSpellings.isEmpty)
    }

    @Test("aliases of setup.cfg are followed")
    func aliasesAreFollowed() {
        let files = ["/w/setup.cfg": "[aliases]\nship = pack_up\npack_up = sdist upload\n"]
        let invocation = classified(line("python setup.py ship", cwd: "/w"), files: files)
        #expect(invocation.operation == .publish)
    }

    @Test("pip.conf and PIP_ variables are in force")
    func settingsAreInForce() {
        let files = ["/h/.config/pip/pip.conf": "[install]\ntarget = /opt/x\n[global]\npython=/p\n"]
        let invocation = classified(line("pip install x", cwd: "/w"), files: files)
        #expect(invocation.inForce.contains(.init("target_dir", .text("/opt/x"))))
        #expect(invocation.destination == .outside)
        #expect(!invocation.ambiguous.isEmpty)
        let target = ["/h/.config/pip/pip.conf": "[install]\ntarget = /opt/x\n"]
        let isolated = classified(line("pip --isolated install x", cwd: "/w"), files: target)
        #expect(!isolated.ambiguous.isEmpty)
        let variables = read("pip install x", environment: ["PIP_INDEX_URL": "https://h/s"])
        #expect(variables.registry == "https://h/s")
        let lists = read("pip install -r a", environment: ["PIP_REQUIREMENT": "b c"])
        #expect(lists.packages.map(\.spelling) == ["b", "c", "a"])
    }

    @Test(
        "destinations",
        arguments: [
            ("pip install x", Destination.environment), ("pip install --target=d x", .project),
            ("pip install -t /opt/d x", .outside), ("pip install --user x", .outside),
            ("pip install --target d/../../e x", .outside), ("pip install --root / x", .outside),
            ("uv tool install x", .outside), ("pipx install x", .outside),
            ("uv pip install --system x", .outside), ("uv pip install x", .environment),
            ("uv pip install --target d x", .project), ("python -m venv v", .environment),
            ("uv venv v", .environment),
            ("poetry self add x", .outside), ("pip list", .project),
        ])
    func destinations(text: String, destination: Destination) {
        #expect(classified(line(text, cwd: "/w")).destination == destination)
        #expect(read(text).destination == destination)
    }

    @Test(
        "a place that holds tools is seen",
        arguments: [
            "pip install --target /t x", "pip install --prefix=/t x", "pip install -t /t/../t x",
            "python -m venv /t", "uv pip install --target /t x", "uv venv /t",
        ])
    func toolsAreSeen(text: String) {
        let call = line(text, cwd: "/w")
        var facts = Facts()
        var invocation = classify(call, facts: &facts)
        while !facts.needed.isEmpty {
            let needed = facts.needed
            facts.startRound()
            for fact in needed {
                let isTools = fact == .entry("/t/bin") || fact == .entry("/t")
                facts.learn(fact, isTools ? .directory(holdsTools: true) : .absent)
            }
            invocation = classify(call, facts: &facts)
        }
        #expect(invocation.destination == .tools)
    }

    @Test(
        "package requests",
        arguments: [
            ("requests", "requests", "", PackageRequest.Source.registry),
            ("Foo_Bar[x,y]>=1,<2", "foo-bar", ">=1,<2", .registry),
            ("x==1.0;python_version<'3'", "x", "==1.0", .registry),
            ("x@git+https://h/x", "x", "", .git), ("git+ssh://git@h/x", "", "", .git),
            ("x@https://h/x.whl", "x", "", .url), ("https://h/x.whl", "", "", .url),
            ("./x", "", "", .path), (".", "", "", .path), ("x.whl", "", "", .path),
            ("d/x.tar.gz", "", "", .path), ("file:///x", "", "", .path), ("/x", "", "", .path),
            ("x y", "", "", .ambiguous), ("", "", "", .ambiguous), ("=1", "", "", .ambiguous),
        ])
    func packageRequests(
        spelling: String, name: String, range: String, source: PackageRequest.Source
    ) {
        let request = pythonRequirement(Word(spelling))
        #expect(
            request
                == .init(
                    name: Word(name), range: Word(range), source: source,
                    spelling: Word(spelling)))
    }

    @Test("files and editables are requests of their own")
    func filesAreRequests() {
        let invocation = read("pip install x -r r.txt -c c.txt -e ./y")
        #expect(
            invocation.packages.map(\.source) == [.registry, .path, .requirements, .requirements])
        #expect(read("uv pip install -r r.txt").packages.map(\.source) == [.requirements])
        #expect(read("uvx ruff@0.5 check").packages.first?.range == "0.5")
    }

    @Test(
        "composed words mean the same",
        arguments: [
            "pip -qqU install x", "pip --prox h install -r a --no-deps x", "pip -- install -- -x",
            "pip install -rfile -e . --upg x", "pip config --user set a.b c", "pip -V",
            "pip install  x", "pip --log install install x", "pip --isolated install x",
            "pip install --index-url=-x y", "pip list --format json", "pip cache list x",
            "twine --no-c upload -rfoo --repository-u x --skip-e d", "twine upload a -- -d e",
            "twine -- upload -- -d",
            "twine upload -- d -s",
            "twine -- check --strict d", "uv -q pip install -rfile x", "uv run -qm pytest -x",
            "uv run --with=x -- y --z", "uv pip install -- x", "uv --directory d sync",
            "uvx --from x y --help", "uv tool run -q y", "uv publish -tx d/e",
            "poetry -C d add -G x y", "poetry --build publish", "poetry run a --b -c",
            "pdm add -dG x y", "pdm run -s a --b", "pdm foo --b", "hatch -e x build -t wheel",
            "hatch run a --b", "flit -f x publish --repo y", "pipx run --sp x y --z",
            "pipx install -f x", "python -Bm pip install -U x", "python -m twine upload d",
        ])
    func composedWordsMeanTheSame(text: String) {
        let call = line(text)
        let first = classified(call)
        guard case .words(let before, let after) = first.composition else { return }
        var again = call
        again.arguments = before + after
        var second = classified(again)
        second.roles = first.roles
        var expected = first
        expected.options.sort { $0.name < $1.name }
        second.options.sort { $0.name < $1.name }
        if let nested = second.nested.indices.first, !expected.nested.isEmpty {
            second.nested[nested].roles = expected.nested[nested].roles
        }
        #expect(second == expected, "\(before + after)")
        #expect(!first.isInert)
    }

    @Test("our switch goes behind the command and is understood")
    func ourSwitchIsUnderstood() throws {
        for text in [
            "uv sync", "uv pip install -q x", "uvx ruff", "uv run pytest -x", "uv tool install x",
        ] {
            let call = line(text)
            let invocation = classified(call)
            let profile = try #require(Catalog.profile(calledAs: call.calledAs))
            guard case .switches(let words, _) = profile.scripts,
                case .words(let before, let after) = invocation.composition
            else {
                Issue.record("\(text) has no switch")
                continue
            }
            var again = call
            again.arguments = before + words(invocation) + after
            let second = classified(again)
            #expect(second.has("no-build"), "\(again.arguments)")
            #expect(second.command == invocation.command && second.rest == invocation.rest)
        }
    }

    @Test(
        "uv is given no word twice that it takes once",
        arguments: [
            ("uv add --no-build x", "add --no-build x"),
            ("uv pip install --only-binary :all: x", "pip install --only-binary=:all: x"),
            ("uv pip install --only-binary y x", "pip install --no-build --only-binary=y x"),
            ("uvx --no-build ruff", "--no-build -- ruff"),
            // A global option at two levels counts at the inner one, so each stays at its level.
            (
                "uv --offline --project a pip --project b ls --project=c",
                "--offline --project=a pip --project=b list --project=c"
            ),
            ("uv -q sync -v", "--quiet sync --no-build --verbose"),
            ("uv -q clean x", "--quiet cache clean x"),
        ])
    func noWordIsGivenTwice(_ text: String, _ wanted: String) throws {
        let call = line(text)
        let profile = try #require(Catalog.profile(calledAs: call.calledAs))
        let plan = try profile.plan(
            classified(call), of: call, program: "/usr/bin/uv", hardening: .init(), facts: .init())
        #expect(plan.arguments.map(\.text).joined(separator: " ") == wanted)
    }

    @Test("roles cover every argument")
    func rolesCoverEveryArgument() {
        for text in [
            "pip --log a install -r b x", "twine --no-c upload -r a d", "uv -q run -m x y",
            "uvx --from a b c", "python -Bm pip install x", "poetry -C a add b", "pdm foo x",
            "hatch run a b", "flit publish", "pipx run a b", "python setup.py sdist",
        ] {
            let call = line(text)
            #expect(classified(call).roles.count == call.arguments.count, "\(text)")
        }
    }
}
