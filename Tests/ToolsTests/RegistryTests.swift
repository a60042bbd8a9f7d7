// Which registries a line is found to use: by tool, from the line, the environment and the files.

import GateCore
import Testing

@testable import Tools

/// A line with its surroundings, and what it should be found to ask.
struct RegistryCase: Sendable, CustomTestStringConvertible {
    var line: String
    var version: String?
    var files: [String: String] = [:]
    var environment: [(Word, Word)] = []
    /// The python that runs pip.
    var python: String?
    /// `ORIGIN PLACE -> ADDRESS`, with ` (SCOPE)` where there is one; only what is in force.
    var asked: [String]

    init(
        _ line: String, _ version: String? = nil, files: [String: String] = [:],
        environment: [(Word, Word)] = [], python: String? = nil, asked: [String]
    ) {
        self.line = line
        self.version = version
        self.files = files
        self.environment = environment
        self.python = python
        self.asked = asked
    }

    var testDescription: String { line + " " + files.keys.sorted().joined(separator: " ") }

    /// The meaning of the line.
    var meaning: Invocation {
        let words = line.split(separator: " ").map { Word(String($0)) }
        var line = Line(
            tool: words[0], arguments: Array(words.dropFirst()),
            environment: Environment(environment.map { .init(name: $0.0, value: $0.1) }),
            cwd: "/w", home: "/h", version: version)
        line.python = python
        return classified(line, files: files)
    }
}

private func shown(_ use: RegistryUse) -> String {
    "\(use.origin) \(use.place) -> \(use.address)" + (use.scope.map { " (\($0))" } ?? "")
}

private let npmCases: [RegistryCase] = [
    .init(
        "npm install x", "10.9.0",
        asked: ["standard npm's own default -> https://registry.npmjs.org/"]),
    .init(
        "npm install x --registry https://a.example/", "10.9.0",
        files: ["/w/package.json": "{}", "/w/.npmrc": "registry=https://b.example/"],
        asked: ["line --registry -> https://a.example/"]),
    .init(
        "npm install x", "11.17.0",
        files: [
            "/w/package.json": "{}",
            "/w/.npmrc": "@corp:registry=https://b.example/\nregistry=https://c.example/",
            "/h/.npmrc": "registry=https://u:p@d.example/\n@own:registry=https://e.example/",
        ],
        asked: [
            "project /w/.npmrc: @corp:registry -> https://b.example/ (@corp)",
            "project /w/.npmrc: registry -> https://c.example/",
            "user /h/.npmrc: @own:registry -> https://e.example/ (@own)",
        ]),
    .init(
        "npm ci", "10.9.0", environment: [("NPM_CONFIG_REGISTRY", "https://a.example/")],
        asked: ["environment npm_config_registry -> https://a.example/"]),
    .init(
        "npm install x", "10.9.0",
        files: [
            "/w/package.json": "{}", "/package.json": "{\"workspaces\":[\"w\"]}",
            "/.npmrc": "registry=https://root.example/",
        ], asked: ["project /.npmrc: registry -> https://root.example/"]),
    .init(
        "pnpm add x", "10.0.0",
        files: ["/w/pnpm-workspace.yaml": "registries:\n  default: https://a.example/"],
        asked: ["project /w/pnpm-workspace.yaml -> "]),
    .init(
        "pnpm add x", "10.0.0", files: ["/w/.npmrc": "@a:registry=https://a.example/"],
        asked: [
            "project /w/.npmrc: @a:registry -> https://a.example/ (@a)",
            "standard pnpm's own default -> https://registry.npmjs.org/",
        ]),
    .init(
        "yarn add x", "1.22.0",
        files: [
            "/w/.yarnrc": "registry \"https://a.example/\"\n\"@s:registry\" \"https://s.example\""
        ],
        asked: [
            "project /w/.yarnrc: registry -> https://a.example/",
            "project /w/.yarnrc: @s:registry -> https://s.example (@s)",
        ]),
    .init(
        "yarn add x", "1.22.0", files: ["/.npmrc": "registry=https://a.example/"],
        asked: ["project /.npmrc: registry -> https://a.example/"]),
    .init(
        "yarn add x", "3.6.4",
        files: [
            "/w/.yarnrc.yml": """
            npmRegistryServer: "https://a.example"  # ours
            npmScopes:
              corp:
                npmRegistryServer: 'https://corp.example'
                npmAuthToken: x
            """
        ],
        asked: [
            "project /w/.yarnrc.yml: npmRegistryServer -> https://a.example",
            "project /w/.yarnrc.yml: npmScopes.corp.npmRegistryServer -> https://corp.example (@corp)",
        ]),
    .init(
        "yarn add x", "3.6.4", files: ["/w/.yarnrc.yml": "npmScopes: {corp: {}}"],
        asked: ["project /w/.yarnrc.yml: npmScopes -> "]),
    .init(
        "yarn add x", "3.6.4", environment: [("YARN_NPM_REGISTRY_SERVER", "https://a.example")],
        asked: ["environment YARN_NPM_REGISTRY_SERVER -> https://a.example"]),
]

private let pythonCases: [RegistryCase] = [
    .init("pip install x", "26.3", asked: ["standard pip's own default -> https://pypi.org/"]),
    .init(
        "pip install -i https://a.example/simple --extra-index-url=https://b.example x", "26.3",
        asked: [
            "line --index-url -> https://a.example/simple",
            "line --extra-index-url -> https://b.example",
        ]),
    .init(
        "pip install x", "26.3",
        files: [
            "/h/.config/pip/pip.conf":
                "[global]\nextra-index-url = https://a.example\n  https://b.example"
        ],
        asked: [
            "user /h/.config/pip/pip.conf: global.extra-index-url -> https://a.example",
            "user /h/.config/pip/pip.conf: global.extra-index-url -> https://b.example",
            "standard pip's own default -> https://pypi.org/",
        ]),
    .init(
        "pip install x", "26.3", environment: [("PIP_INDEX_URL", "https://u:p@a.example/")],
        asked: ["environment PIP_INDEX_URL -> https://a.example/"]),
    // The settings of the environment that pip belongs to, whatever is activated.
    .init(
        "pip install x", "26.3",
        files: [
            "/w/v/pip.conf": "[global]\nindex-url = https://v.example", "/w/v/pyvenv.cfg": "",
            "/w/active/pip.conf": "[global]\nindex-url = https://active.example",
        ], environment: [("VIRTUAL_ENV", "/w/active")], python: "/w/v/bin/python3",
        asked: ["project /w/v/pip.conf: global.index-url -> https://v.example"]),
    // What lies above a script, or above a link to the interpreter, pip does not read.
    .init(
        "pip install x", "26.3",
        files: ["/h/.local/pip.conf": "[global]\nindex-url = https://v.example"],
        python: "/usr/bin/python3", asked: ["standard pip's own default -> https://pypi.org/"]),
    .init(
        "pip install -r r.txt", "26.3",
        files: ["/w/r.txt": "--index-url https://a.example/\nx", "/w/.pip": ""],
        asked: ["project /w/r.txt:1: --index-url -> https://a.example/"]),
    .init(
        "pip install --no-index --find-links wheels x", "26.3",
        asked: ["line --find-links -> wheels"]),
    .init(
        "uv add x", "0.13.8",
        files: [
            "/w/pyproject.toml": """
            [tool.uv]
            extra-index-url = ["https://a.example"]
            [[tool.uv.index]]
            url = "https://b.example"
            default = true
            """
        ],
        asked: [
            "project /w/pyproject.toml: extra-index-url -> https://a.example",
            "project /w/pyproject.toml: index -> https://b.example",
        ]),
    .init(
        "uv pip install --index corp=https://a.example x", "0.13.8",
        asked: [
            "line --index -> https://a.example",
            "standard uv's own default -> https://pypi.org/",
        ]),
    .init(
        "poetry add x", nil,
        files: [
            "/w/pyproject.toml":
                "[[tool.poetry.source]]\nname = \"corp\"\nurl = \"https://a.example\"\npriority = \"supplemental\""
        ],
        asked: [
            "project /w/pyproject.toml: source corp -> https://a.example",
            "standard poetry's own default -> https://pypi.org/",
        ]),
    .init(
        "pdm add x", nil,
        files: ["/h/.config/pdm/config.toml": "[pypi]\nurl = \"https://a.example\""],
        asked: ["user /h/.config/pdm/config.toml: pypi.url -> https://a.example"]),
]

private let otherCases: [RegistryCase] = [
    .init(
        "gem install x", "3.3.15", files: ["/h/.gemrc": ":sources:\n- https://a.example/\n"],
        asked: ["user /h/.gemrc: :sources -> https://a.example/"]),
    .init(
        "gem install x --source https://b.example/", "3.3.15",
        files: ["/h/.gemrc": ":sources:\n- https://a.example/\n"],
        asked: ["line --source -> https://b.example/"]),
    .init(
        "gem install x", "3.3.15", asked: ["standard gem's own default -> https://rubygems.org/"]),
    .init(
        "bundle install", "2.4.20",
        files: [
            "/w/Gemfile": "source 'https://rubygems.org'\ngem 'a', source: \"https://a.example\"\n"
        ],
        asked: [
            "project /w/Gemfile:1 -> https://rubygems.org",
            "project /w/Gemfile:2 -> https://a.example",
        ]),
    .init(
        "bundle install", "2.4.20", files: ["/w/Gemfile": "source ENV.fetch('S')\n"],
        asked: ["project /w/Gemfile:1 -> S"]),
    .init(
        "bundle install", "2.4.20",
        files: [
            "/w/Gemfile": "source \"https://rubygems.org\"",
            "/h/.bundle/config":
                "---\nBUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG/: \"https://m.example/\"\n",
        ],
        asked: [
            "user /h/.bundle/config: BUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG/ -> https://m.example/",
            "project /w/Gemfile:1 -> https://rubygems.org",
        ]),
    .init(
        "cargo fetch", "1.85.0",
        files: [
            "/w/Cargo.toml": "[dependencies]\na = { version = \"1\", registry = \"corp\" }",
            "/w/.cargo/config.toml":
                "[registries.corp]\nindex = \"sparse+https://a.example/\"\n[source.crates-io]\nreplace-with = \"m\"\n[source.m]\nregistry = \"sparse+https://m.example/\"",
        ],
        asked: [
            "project /w/.cargo/config.toml: source.m.registry -> sparse+https://m.example/",
            "project /w/.cargo/config.toml: registries.corp.index -> sparse+https://a.example/",
        ]),
    .init(
        "cargo add x --registry corp", "1.85.0",
        environment: [("CARGO_REGISTRIES_CORP_INDEX", "sparse+https://a.example/")],
        asked: ["environment CARGO_REGISTRIES_CORP_INDEX -> sparse+https://a.example/"]),
    .init(
        "cargo fetch", "1.85.0", asked: ["standard cargo's own default -> https://index.crates.io/"]
    ),
    .init(
        "nuget install x", "6.0.0",
        files: [
            "/w/nuget.config":
                "<configuration><packageSources><clear/><add key=\"a\" value=\"https://a.example/v3/index.json\"/></packageSources></configuration>",
            "/h/.nuget/NuGet/NuGet.Config":
                "<configuration><packageSources><add key=\"b\" value=\"https://b.example/\" /></packageSources></configuration>",
        ], asked: ["project /w/nuget.config: a -> https://a.example/v3/index.json"]),
    .init(
        "nuget install x -Source https://a.example/", "6.0.0",
        asked: ["line -Source -> https://a.example/"]),
    .init(
        "dotnet restore", "8.0.100",
        files: ["/w/x.csproj": "<RestoreSources>https://a</RestoreSources>"],
        asked: [
            "project /w/x.csproj -> ", "standard NuGet's own default -> https://api.nuget.org/",
        ]),
]

@Suite struct RegistryTests {
    @Test(
        "the registries in force are found with the place that names them",
        arguments: npmCases + pythonCases + otherCases)
    func asked(row: RegistryCase) {
        let meaning = row.meaning
        #expect(meaning.areRegistriesKnown)
        #expect(meaning.registries.filter(\.isInForce).map(shown) == row.asked)
    }

    @Test("a registry that only the project names is told from the user's own and the public one")
    func ofProject() {
        func found(_ project: String, _ user: String) -> [String] {
            RegistryCase(
                "npm install x", "10.9.0",
                files: ["/w/package.json": "{}", "/w/.npmrc": project, "/h/.npmrc": user], asked: []
            ).meaning.registriesOfProject.map(shown)
        }
        #expect(found("registry=https://a.example/", "").count == 1)
        #expect(found("registry=https://a.example", "registry=https://a.example/").isEmpty)
        #expect(found("registry=https://registry.yarnpkg.com", "").isEmpty)
        #expect(found("", "registry=https://a.example/").isEmpty)
    }
}
