// Which variables the tools that are forwarded never see: registry credentials in every spelling
// that a tool reads, and logins in addresses of registries.

import GateCore
import Testing

@testable import Tools

@Suite struct CredentialVariableTests {
    private func kept(_ name: Word, _ value: Word) -> Word? {
        var plan = Plan(program: "/t", arguments: [])
        plan.apply(
            credentialVariables, to: Environment([.init(name: name, value: value)]))
        if plan.removed.contains(name) { return nil }
        for entry in plan.replaced where entry.name == name { return entry.value }
        return value
    }

    @Test(
        arguments: [
            "NPM_TOKEN", "NODE_AUTH_TOKEN", "npm_config__auth", "NPM_CONFIG__AuthToken",
            "npm_config_//registry.npmjs.org/:_authToken", "NPM_CONFIG_//h/:_password",
            "npm_config_token", "NPM_CONFIG_TOKEN", "YARN_NPM_AUTH_TOKEN",
            "YARN_NPM_SCOPES__X__NPM_AUTH_TOKEN", "yarn__authToken", "UV_INDEX_FOO_PASSWORD",
            "PDM_PYPI_PASSWORD", "TESTPYPI_ID_TOKEN", "GEM_HOST_API_KEY_FOO",
            "BUNDLE_ENTERPRISE__CONTRIBSYS__COM", "BUNDLE_RUBYGEMS__PKG__GITHUB__COM",
            "CARGO_REGISTRIES_FOO_TOKEN", "CARGO_REGISTRIES_FOO_SECRET_KEY",
            "CARGO_REGISTRY_SECRET_KEY", "NuGetPackageSourceCredentials_X", "NUGET_AUTH_TOKEN",
            "ARTIFACTS_CREDENTIALPROVIDER_EXTERNAL_FEED_ENDPOINTS", "VSCE_PAT",
        ] as [Word])
    func `a credential is not passed on`(name: Word) {
        #expect((kept(name, "secret") ?? "").isEmpty)
    }

    @Test(
        arguments: [
            "npm_config_registry", "NPM_CONFIG_REGISTRY", "npm_config_@scope:registry",
            "YARN_NPM_REGISTRY_SERVER", "YARN_REGISTRY", "BUN_CONFIG_REGISTRY",
            "COREPACK_NPM_REGISTRY", "PIP_INDEX_URL", "PIP_PYPI_URL", "PIP_FIND_LINKS",
            "UV_FIND_LINKS", "TWINE_REPOSITORY_URL", "POETRY_REPOSITORIES_X_URL", "PDM_PYPI_URL",
            "HATCH_INDEX_REPO", "FLIT_INDEX_URL", "RUBYGEMS_HOST",
            "BUNDLE_MIRROR__HTTPS://RUBYGEMS__ORG/", "CARGO_REGISTRIES_FOO_INDEX",
        ] as [Word])
    func `an address keeps its host and loses its login`(name: Word) {
        #expect(kept(name, "https://user:secret@host/path") == "https://host/path")
    }

    @Test(
        arguments: [
            "HOME", "HTTPS_PROXY", "CARGO_HOME", "BUNDLE_PATH", "BUNDLE_GEMFILE",
            "npm_config_cache", "PIP_CERT", "UV_CACHE_DIR", "NODE_OPTIONS",
        ] as [Word])
    func `what is no credential stays`(name: Word) {
        #expect(kept(name, "/x") == "/x")
    }

    /// Lines with a secret that the outer tool does not know by name, or that is oddly quoted.
    static let lines: [[Word]] = [
        ["npx", "twine", "upload", "-p", "S3CRETVALUE", "x"],
        ["npm", "exec", "--", "cargo", "login", "S3CRETVALUE"],
        ["npm", "x", "-c", "npm publish --otp S3CRETVALUE && true"],
        ["npm", "x", "-c", "twine upload -p S3CRETVALUE x"],
        ["cargo", "login", "--", "S3CRETVALUE"],
        ["cargo", "--config", "registry.token='S3CRETVALUE'", "publish"],
        ["cargo", "--config", "registry={token='S3CRETVALUE'}", "build"],
        ["cargo", "--config", "registries.x={index='a', token = 'S3CRETVALUE'}", "build"],
        ["pip", "--proxy", "u:S3CRETVALUE@h:80", "install", "x"],
        ["uv", "publish", "-u", "a", "-pS3CRETVALUE"], ["vsce", "publish", "-pS3CRETVALUE"],
        ["uv", "auth", "login", "h", "-t", "S3CRETVALUE"],
        ["nuget", "push", "x.nupkg", "/ApiKey", "S3CRETVALUE"],
        ["npm", "--_authT", "S3CRETVALUE", "view", "x"],
        ["bundle", "config", "set", "--global", "gems.contribsys.com", "u:S3CRETVALUE"],
        ["bundle", "config", "gems.contribsys.com", "u:S3CRETVALUE"],
        // Options that the tool does not know, so that the value looks like a positional.
        ["maturin", "upload", "--token", "S3CRETVALUE"],
        ["maturin", "upload", "--tok=S3CRETVALUE"],
        ["flit", "publish", "--token", "S3"], ["npm", "frobnicate", "--secret", "S3CRETVALUE"],
        ["hatch", "publish", "--auth", "S3CRETVALUE", "--client-secret", "S3CRETVALUE"],
        ["poetry", "publish", "-p", "S3CRETVALUE", "--pass", "S3CRETVALUE"],
        ["dotnet", "nuget", "push", "a", "--token", "S3CRETVALUE"],
        ["ovsx", "publish", "--personal-access-token", "S3CRETVALUE"],
        ["npm", "publish", "--//r/:_authToken", "S3CRETVALUE"],
        ["bun", "publish", "--auth-token", "S3CRETVALUE"],
        ["yarn", "npm", "login", "--tok", "S3CRETVALUE"],
        ["gem", "frob", "--api-token", "S3CRETVALUE"],
        ["cargo", "foo", "--registry-token", "S3CRETVALUE"],
        ["pip", "install", "x", "--bogus-password", "S3CRETVALUE"],
    ]

    @Test(arguments: lines)
    func `neither the words of a line nor its canonical text show a secret`(words: [Word]) {
        let line = Line(tool: words[0], arguments: Array(words.dropFirst()), cwd: "/w")
        let invocation = classified(line)
        let rules = Catalog.profile(calledAs: words[0])?.secrets ?? []
        let arguments = redact(
            arguments: line.arguments, tool: words[0], invocation: invocation, rules: rules)
        let secrets = secretWords(in: line.arguments, redacted: arguments)
        let shown =
            arguments
            + invocation.flattened.map {
                canonicalText(of: redact($0, rules: rules, hiding: secrets))
            }
        let secret = words.contains("S3") ? "S3" : "S3CRETVALUE"
        #expect(!shown.joined(separator: " ").contains(secret), "\(shown)")
        #expect(words.contains { $0.text.contains(secret) })
    }

    @Test("the ends of words that were taken out are known, and only those")
    func secretWordsAreKnown() {
        let words: [Word] = ["a", "--token=xyz", "S", "keep"]
        let texts = ["a", "--token=[redacted:arg]", "[redacted:arg]", "keep"]
        #expect(secretWords(in: words, redacted: texts) == ["xyz", "S"])
    }

    @Test(
        "tokens of code hosts stay with the project's own programs and go from everything else",
        arguments: [
            ("npm test", true), ("python -m pytest", true), ("cargo build", true),
            ("uv run pytest", true), ("npm install", false), ("npm ci", false),
            ("pip install x", false), ("uv sync", false), ("cargo add x", false),
            ("npm view x", false), ("npm pack", false), ("uv run --with x pytest", false),
            ("poetry build", false),
        ])
    func codeHostTokens(_ text: String, _ isKept: Bool) throws {
        let words = text.split(separator: " ").map { Word($0) }
        for name: Word in ["GITHUB_TOKEN", "GH_TOKEN", "GITLAB_TOKEN", "CI_JOB_TOKEN", "GL_TOKEN"] {
            let line = Line(
                tool: words[0], arguments: Array(words.dropFirst()),
                environment: Environment([.init(name: name, value: "secret")]))
            let profile = try #require(Catalog.profile(calledAs: words[0]))
            var invocation = classified(line)
            invocation.composition = .verbatim
            invocation.requiredSwitches = []
            let plan = try profile.plan(
                invocation, of: line, program: "/t",
                hardening: Hardening(suppressesScripts: false), facts: .init())
            #expect(plan.stripped.contains(name.text) == !isKept, "\(text) \(name)")
        }
    }

    @Test func `what a nested tool does not call secret stays`() {
        let line = Line(tool: "npx", arguments: ["twine", "upload", "dist/*"], cwd: "/w")
        let texts = redact(
            arguments: line.arguments, tool: "npx", invocation: classified(line))
        #expect(texts == ["twine", "upload", "dist/*"])
    }
}
