// Credentials of settings files: what is hidden from which tool and how, what stays, what is named as
// left over.

import GateCore
import Testing

@testable import Tools

/// A line with files, and what is done about them.
struct HidingCase: Sendable, CustomTestStringConvertible {
    var line: String
    var version: String?
    var files: [String: String]
    var environment: [(Word, Word)] = []
    /// `NAME=VALUE`.
    var variables: [String]
    var copies: [String: String] = [:]
    var left: [String] = []

    init(
        _ line: String, _ version: String? = nil, _ files: [String: String],
        environment: [(Word, Word)] = [], variables: [String], copies: [String: String] = [:],
        left: [String] = []
    ) {
        self.line = line
        self.version = version
        self.files = files
        self.environment = environment
        self.variables = variables
        self.copies = copies
        self.left = left
    }

    var testDescription: String { line + " " + files.keys.sorted().joined(separator: " ") }

    /// What is found for the line.
    var found: HiddenCredentials {
        let words = line.split(separator: " ").map { Word(String($0)) }
        let line = Line(
            tool: words[0], arguments: Array(words.dropFirst()),
            environment: Environment(environment.map { .init(name: $0.0, value: $0.1) }),
            cwd: "/w", home: "/h", version: version)
        let meaning = classified(line, files: files)
        let own = PrivateRegistry(url: "https://own.example/repo/", packages: [Glob("own-*")])
        return hiddenCredentials(from: meaning, of: line, keeping: [own], copiesIn: { "/s/1" }) {
            fact in
            switch fact {
            case .text(let path): return files[path].map { .text($0) } ?? .absent
            case .names(let folder):
                let inside = files.keys.filter { $0.hasPrefix(folder + "/") }
                return .names(inside.map { String($0.dropFirst(folder.count + 1)) }.sorted())
            case .entry, .folders, .place, .tracked: return .absent
            }
        }
    }
}

private let npmHiding: [HidingCase] = [
    .init("npm view x", "10.9.0", ["/h/.npmrc": "registry=https://a.example/\n"], variables: []),
    .init(
        "npm view x", "10.9.0",
        [
            "/h/.npmrc": """
            //registry.npmjs.org/:_authToken=S3CRET
            //own.example/repo/:_authToken=OWN
            //own.example/other/:_authToken=OTHER
            //a.example/:username=u
            //a.example/:_password=cA==
            _auth=QQ==
            @corp:registry=https://u:p@b.example/
            proxy=http://proxy.example:3128
            """
        ],
        variables: [
            "npm_config_//registry.npmjs.org/:_authToken= ",
            "npm_config_//own.example/other/:_authToken= ", "npm_config_//a.example/:username= ",
            "npm_config_//a.example/:_password= ", "npm_config__auth= ",
            "npm_config_@corp:registry=https://b.example/",
        ]),
    .init(
        "npm install x", "11.17.0",
        [
            "/w/.npmrc": "//own.example/repo/:_authToken=PLANTED\n",
            "/etc/x": "",
        ], variables: ["npm_config_//own.example/repo/:_authToken= "]),
    .init(
        "npm test", "10.9.0",
        [
            "/w/.npmrc":
                "//h/:_authToken=S3CRET\nregistry=https://evil.example/${DATABASE}/${HOME}\n"
        ],
        environment: [("DATABASE", "d"), ("OTHER", "o")], variables: ["DATABASE="]),
    .init(
        "npm view x", "10.9.0",
        ["/.npmrc": "cache=${CACHE}\nuser-agent = \"${DATABASE?}\"", "/h/.npmrc": "x=${MINE}"],
        environment: [("CACHE", "/c"), ("DATABASE", "d"), ("MINE", "m")], variables: ["DATABASE="]),
    .init(
        "pnpm add x", "10.0.0",
        [
            "/h/.npmrc": "//a.example/:_authToken=S3CRET\n@a:registry=https://a.example/\n",
            "/w/.npmrc": "//b.example/:_authToken=S3CRET\n",
        ],
        variables: [
            "npm_config_userconfig=/s/1/npmrc", "pnpm_config_userconfig=/s/1/npmrc",
        ], copies: ["npmrc": "@a:registry=https://a.example/\n"],
        left: ["/w/.npmrc: //b.example/:_authToken"]),
    .init(
        "yarn add x", "1.22.0",
        [
            "/h/.npmrc": "//a.example/:_authToken=S3CRET\n@a:registry=https://a.example/\n",
            "/.npmrc": "//c.example/:_authToken=S3CRET\n",
        ], variables: ["npm_config_userconfig=/s/1/npmrc"],
        copies: [
            "npmrc":
                "//a.example/:_authToken=\n//c.example/:_authToken=\n@a:registry=https://a.example/\n"
        ]),
    .init(
        "yarn add x", "3.6.4",
        [
            "/h/.yarnrc.yml": "npmAuthToken: S3CRET\n",
            "/w/.yarnrc.yml": """
            npmRegistries:
              "https://own.example/repo":
                npmAuthToken: OWN
              "//b.example":
                npmAuthIdent: a:b
            npmScopes:
              corp:
                npmAuthToken: "${CORP}"
            """,
        ], environment: [("CORP", "S3CRET")],
        variables: ["CORP=", "YARN_NPM_AUTH_TOKEN=", "YARN_NPM_AUTH_IDENT="],
        left: ["/w/.yarnrc.yml: npmRegistries.//b.example.npmAuthIdent"]),
]

private let otherHiding: [HidingCase] = [
    .init(
        "pip install x", "26.3",
        [
            "/h/.config/pip/pip.conf": """
            [global]
            index-url = https://u:p@a.example/simple
            extra-index-url = https://u:p@own.example/repo/simple
                https://q@b.example/
            timeout = 5
            """
        ], variables: ["PIP_CONFIG_FILE=/s/1/pip.conf", "PIP_KEYRING_PROVIDER=disabled"],
        copies: [
            "pip.conf": """
            [global]
            index-url = https://a.example/simple
            extra-index-url = https://u:p@own.example/repo/simple
                https://b.example/
            timeout = 5

            """
        ]),
    .init(
        "pip install x", "26.3",
        [
            "/h/.netrc":
                "machine a.example login u password S3CRET\nmachine own.example\n login u\n password OWN\n"
        ], variables: ["NETRC=/s/1/netrc", "PIP_KEYRING_PROVIDER=disabled"],
        copies: ["netrc": "machine own.example login u password OWN\n"]),
    .init(
        "uv add x", "0.13.8",
        [
            "/w/pyproject.toml": "[[tool.uv.index]]\nurl = \"https://u:p@a.example/\"\n",
            "/h/.local/share/uv/credentials/a": "S3CRET",
        ], variables: ["UV_CREDENTIALS_DIR=/s/1/uv-credentials"],
        copies: ["uv-credentials/empty": ""], left: ["/w/pyproject.toml: url"]),
    .init(
        "gem install x", "3.3.15",
        ["/h/.gemrc": ":sources:\n- https://u:p@a.example/\n- https://u:p@own.example/repo/\n"],
        variables: ["GEMRC=/s/1/gemrc"],
        copies: ["gemrc": ":sources:\n- https://a.example/\n- https://u:p@own.example/repo/\n\n"]),
    .init(
        "bundle install", "2.4.20",
        [
            "/h/.bundle/config":
                "---\nBUNDLE_A__EXAMPLE: \"u:S3CRET\"\nBUNDLE_OWN__EXAMPLE: \"u:OWN\"\nBUNDLE_JOBS: \"4\"\n",
            "/w/.bundle/config": "---\nBUNDLE_GEMS__B__EXAMPLE: \"u:S3CRET\"\nBUNDLE_PATH: \"v\"\n",
        ],
        variables: [
            "BUNDLE_APP_CONFIG=/s/1/bundle", "BUNDLE_USER_CONFIG=/s/1/bundle-user-config",
        ],
        copies: [
            "bundle/config": "---\nBUNDLE_PATH: \"v\"\n\n",
            "bundle-user-config": "---\nBUNDLE_OWN__EXAMPLE: \"u:OWN\"\nBUNDLE_JOBS: \"4\"\n\n",
        ]),
    .init(
        "cargo fetch", "1.85.0",
        [
            "/h/.cargo/credentials.toml":
                "[registry]\ntoken = \"S3CRET\"\n[registries.own]\ntoken = \"OWN\"\n[registries.a]\ntoken = \"S3CRET\"",
            "/h/.cargo/config.toml":
                "[registries.own]\nindex = \"sparse+https://own.example/repo/\"\n[registries.a]\nindex = \"sparse+https://a.example/\"",
        ],
        variables: [
            "CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS=/bin/false",
            "CARGO_REGISTRY_CREDENTIAL_PROVIDER=/bin/false",
            "CARGO_REGISTRIES_OWN_CREDENTIAL_PROVIDER=cargo:token",
            "CARGO_REGISTRIES_A_CREDENTIAL_PROVIDER=/bin/false",
        ]),
    .init(
        // The project leads the name elsewhere.
        "cargo fetch", "1.85.0",
        [
            "/h/.cargo/credentials.toml": "[registries.own]\ntoken = \"OWN\"",
            "/w/.cargo/config.toml": "[registries.own]\nindex = \"sparse+https://evil.example/\"",
        ],
        variables: [
            "CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS=/bin/false",
            "CARGO_REGISTRY_CREDENTIAL_PROVIDER=/bin/false",
            "CARGO_REGISTRIES_OWN_CREDENTIAL_PROVIDER=/bin/false",
        ]),
    .init(
        "nuget install x", "6.0.0",
        [
            "/h/.nuget/NuGet/NuGet.Config": """
            <configuration>
              <packageSources>
                <add key="corp feed" value="https://a.example/v3/index.json" />
                <add key="own" value="https://own.example/repo/index.json" />
              </packageSources>
              <packageSourceCredentials>
                <corp_x0020_feed><add key="Username" value="u" /><add key="ClearTextPassword" value="S3CRET" /></corp_x0020_feed>
                <own><add key="Username" value="u" /><add key="ClearTextPassword" value="OWN" /></own>
              </packageSourceCredentials>
            </configuration>
            """
        ],
        variables: [
            "NuGetPackageSourceCredentials_corp feed=Username=anonymous;Password=anonymous"
        ]),
]

@Suite struct HiddenCredentialTests {
    @Test(
        "credentials of settings files are hidden from the tool, and nothing else is",
        arguments: npmHiding + otherHiding)
    func hiding(row: HidingCase) {
        let found = row.found
        #expect(found.variables.map { "\($0.name)=\($0.value)" } == row.variables)
        let copies = found.copies.map { ($0.name, $0.text) }
        #expect(Dictionary(uniqueKeysWithValues: copies) == row.copies)
        #expect(found.left == row.left)
        let shown = (found.hidden + found.left).joined(separator: "\n")
        #expect(!shown.contains("S3CRET") && !shown.contains("OWN"))
        #expect(
            found.hidden.isEmpty
                == found.variables.filter { $0.name != "PIP_KEYRING_PROVIDER" }.isEmpty)
    }

    @Test("a plan keeps what an obligation has set and names what was hidden")
    func plan() {
        var plan = Plan(program: "/usr/bin/npm", arguments: [])
        plan.replaced = [.init(name: "A", value: "1")]
        plan.removed = ["B"]
        var credentials = HiddenCredentials()
        credentials.variables = [
            .init(name: "A", value: "2"), .init(name: "B", value: ""), .init(name: "C", value: "3"),
        ]
        credentials.hidden = ["/h/.npmrc: //h/:_authToken"]
        credentials.left = ["/w/.npmrc: _auth"]
        plan.hide(credentials)
        #expect(plan.replaced.map { "\($0.name)=\($0.value)" } == ["A=1", "C=3"])
        #expect(plan.stripped == ["/h/.npmrc: //h/:_authToken"])
        #expect(plan.injected == ["credentials:unenforced:/w/.npmrc: _auth"])
    }
}
