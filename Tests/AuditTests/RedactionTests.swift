// Secrets on command lines and in texts: none survives, and what is no secret stays readable.
// Vectors/redaction.json is the contract; the tables below are the spellings that an agent could
// try beside it.

import Foundation
import GateCore
import StrictJSON
import Testing

@Suite struct RedactionTests {
    struct Row: Sendable, CustomStringConvertible {
        let name: String
        let argv: [String]
        let secrets: [String]
        let keep: [String]
        var description: String { name }
    }

    static let rows: [Row] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Vectors/redaction.json")
        guard let data = try? Data(contentsOf: file), let json = try? JSON.parse([UInt8](data))
        else { return [] }
        return (json.array ?? []).map { row in
            func texts(_ name: String) -> [String] {
                (row[name]?.array ?? []).compactMap(\.string)
            }
            return Row(
                name: row["name"]?.string ?? "", argv: texts("argv"), secrets: texts("secrets"),
                keep: texts("keep"))
        }
    }()

    @Test func `the table of command lines is whole`() { #expect(Self.rows.count == 31) }

    @Test(arguments: rows)
    func `a command line loses its secrets and keeps the rest`(row: Row) {
        let texts = redact(
            arguments: row.argv.dropFirst().map { Word($0) }, tool: Word(row.argv[0]))
        #expect(texts.count == row.argv.count - 1)
        let line = texts.joined(separator: " ")
        for secret in row.secrets { #expect(!line.contains(secret), "\(line)") }
        for kept in row.keep { #expect(line.contains(kept), "\(line)") }
        if row.secrets.isEmpty { #expect(texts == Array(row.argv.dropFirst())) }
    }

    @Test(arguments: [
        ["npm", "publish", "--ot", "S3CRET"],
        ["npm", "publish", "-otp", "S3CRET"],
        ["npm", "config", "set", "//h/:_authToken=S3CRET"],
        ["npm", "config", "set", "_auth", "S3CRET"],
        ["npm", "config", "set", "//h/:_password=S3CRET"],
        ["twine", "upload", "-pS3CRET", "dist/*"],
        ["twine", "upload", "-sp", "S3CRET", "dist/*"],
        ["twine", "upload", "--passw", "S3CRET", "dist/*"],
        ["cargo", "login", "S3CRET"],
        ["cargo", "login", "--registry", "corp", "S3CRET"],
        ["cargo", "publish", "--config", "registry.token=\"S3CRET\""],
        ["cargo", "publish", "--token=S3CRET"],
        ["nuget", "push", "-Source", "https://h/", "a.nupkg", "S3CRET"],
        ["nuget", "setapikey", "S3CRET"],
        ["dotnet", "nuget", "push", "a.nupkg", "-k", "S3CRET"],
        ["dotnet", "nuget", "push", "a.nupkg", "-k:S3CRET"],
        ["dotnet", "build", "-p:NuGetPassword=S3CRET"],
        ["poetry", "config", "pypi-token.pypi", "S3CRET"],
        ["poetry", "publish", "-u", "bob", "-p", "S3CRET"],
        ["yarn", "config", "set", "npmScopes.corp.npmAuthToken", "S3CRET"],
        ["yarn", "config", "set", "npmAuthIdent", "S3CRET"],
        ["pip", "install", "--proxy", "u:S3CRET@proxy:3128", "x"],
        ["pip", "install", "git+https://S3CRET@github.com/a/b"],
        ["pip", "install", "https://u:S3C/S3CRET@h/simple"],
        ["npm", "install", "x", "--registry", "https://h/?access_token=S3CRET"],
        ["npm", "install", "{\"npmAuthToken\":\"S3CRET\"}"],
        ["bundle", "config", "set", "rubygems.pkg.github.com", "u:S3CRET"],
    ])
    func `every way to write a secret is known`(argv: [String]) {
        let texts = redact(arguments: argv.dropFirst().map { Word($0) }, tool: Word(argv[0]))
        #expect(!texts.joined(separator: " ").contains("S3CRET"), "\(texts)")
    }

    @Test(arguments: [
        ["npm", "install", "token", "secret", "password"],
        ["npm", "install", "x@npm:@a/b@1.2.3"],
        ["pip", "install", "secret==1.0", "token>=2"],
        ["npm", "run", "token:refresh"],
        ["pip", "install", "pypi-attestations-and-more-words"],
        ["npm", "install", "https://registry.npmjs.org:443/@scope/pkg/-/pkg-1.0.0.tgz"],
        ["npm", "install", "git+ssh://git@github.com/a/b.git#semver:^1"],
        ["gem", "push", "x.gem", "--host", "https://rubygems.org"],
        ["npm", "publish", "--access", "public", "--tag", "next"],
        ["dotnet", "build", "-p:Key=Value", "-c", "Release"],
        ["cargo", "build", "--features", "token,secret"],
        ["uv", "pip", "install", "-t", "vendor", "x"],
    ])
    func `ordinary words stay as they are`(argv: [String]) {
        let texts = redact(arguments: argv.dropFirst().map { Word($0) }, tool: Word(argv[0]))
        #expect(texts == Array(argv.dropFirst()))
    }

    @Test func `roles say which word is a value`() {
        var invocation = Invocation(tool: "nuget", command: ["nuget", "push"], operation: .publish)
        invocation.roles = [
            .command, .option("-Timeout"), .valueOf("-Timeout"), .positional, .positional,
        ]
        let words: [Word] = ["push", "-Timeout", "30", "a.nupkg", "S3CRET"]
        #expect(
            redact(arguments: words, tool: "nuget", invocation: invocation)
                == ["push", "-Timeout", "30", "a.nupkg", "[redacted:arg]"])
    }

    @Test func `an invocation's canonical parts lose their secrets too`() {
        var invocation = Invocation(tool: "npm", command: ["npm", "publish"], operation: .publish)
        invocation.options = [
            OptionUse(name: "otp", value: "123456"), OptionUse(name: "tag", value: "next"),
        ]
        invocation.positionals = ["https://u:S3CRET@h/a.tgz"]
        let safe = redact(invocation)
        #expect(safe.options[0].value == "[redacted:arg]")
        #expect(safe.options[1].value == "next")
        #expect(safe.positionals == ["https://[redacted:userinfo]@h/a.tgz"])
    }

    @Test(arguments: [
        (["publish", "--//h/:_authToken", "S3CRETS"], "npm publish --//h/:_authToken S3CRETS"),
        (["publish", "--//h/:_authToken=S3CRETS"], "npm publish S3CRETS"),
        (["config", "set", "_auth", "S3CRETS"], "npm config set \"_auth=S3CRETS\""),
    ])
    func `a text made from a line loses what its arguments call secret`(
        arguments: [String], text: String
    ) {
        let words = arguments.map { Word($0) }
        let secrets = secretWords(in: words, redacted: redact(arguments: words, tool: "npm"))
        #expect(!redact([text], hiding: secrets)[0].contains("S3CRETS"))
    }

    @Test func `a text loses logins, tokens and headers`() {
        let text = "GET https://u:S3CRET@h/x?sig=S3CRET&v=1 with Authorization: Bearer S3CRET"
        #expect(!redact(text).contains("S3CRET"))
        #expect(redact(text).contains("v=1"))
    }
}
