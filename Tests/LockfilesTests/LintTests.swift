// Each rule of lint by the change that it is there for: a sound file of a tool with one text
// replaced, as somebody would who wants another archive to be installed.

import Foundation
import GateCore
import Testing

@testable import Lockfiles

@Suite struct LintTests {
    struct Damage: Sendable, CustomTestStringConvertible {
        let folder: String
        let old: String
        let new: String
        let rule: LintRule

        var testDescription: String { "\(folder): \(old) -> \(new)" }

        init(_ folder: String, _ old: String, _ new: String, _ rule: LintRule) {
            (self.folder, self.old, self.new, self.rule) = (folder, old, new, rule)
        }
    }

    static let right = "https://registry.npmjs.org/right/-/right-2.0.0.tgz"
    static let idna =
        "https://files.pythonhosted.org/packages/21/ed/"
        + "f86a79a07470cb07819390452f178b3bef1d375f2ec021ecfc709fc7cf07/idna-3.7.tar.gz"

    @Test(
        "a damaged entry is found at its line",
        arguments: [
            // npm
            Damage("npm-v3", right, "https://evil.example/right/-/right-2.0.0.tgz", .host),
            Damage(
                "npm-v3", right, "https://registry.npmjs.org.evil.example/right/-/right-2.0.0.tgz",
                .host),
            Damage(
                "npm-v3", right,
                #"https://evil.example\\@registry.npmjs.org/right/-/right-2.0.0.tgz"#, .host),
            Damage(
                "npm-v3", right, "https://registry.npmjs.org:8443/right/-/right-2.0.0.tgz", .host),
            Damage("npm-v3", right, "http://registry.npmjs.org/right/-/right-2.0.0.tgz", .scheme),
            Damage(
                "npm-v3", right, "https://me:secret@registry.npmjs.org/right/-/right-2.0.0.tgz",
                .credentials),
            Damage(
                "npm-v3", right, "https://registry.npmjs.org/wrong/-/wrong-2.0.0.tgz", .nameMismatch
            ),
            Damage(
                "npm-v3", right, "https://registry.npmjs.org/right/-/right-1.9.9.tgz", .nameMismatch
            ),
            Damage(
                "npm-v3", right, "https://registry.npmjs.org/@evil/right/-/right-2.0.0.tgz",
                .nameMismatch),
            Damage("npm-v3", right, "https://evil.example/right.tgz", .source),
            Damage(
                "npm-v3", right,
                "git+ssh://git@github.com/a/right.git#3a3a89e9a055ab1badb4e6fee860e8617b4acfe1",
                .source),
            Damage("npm-v3", right, "git+https://github.com/a/right.git#main", .notPinned),
            Damage("npm-v3", right, "file:../right.tgz", .source),
            Damage(
                "npm-v3", "\"integrity\": \"sha512-BDCG", "\"integrity\": \"sha1-BDCG",
                .integrityMalformed),
            Damage(
                "npm-v3", "\"integrity\": \"sha512-BDCG", "\"integrity\": \"sha512-B",
                .integrityMalformed),
            Damage(
                "npm-v3", "\"integrity\": \"sha512-BDCG", "\"unity\": \"sha512-BDCG",
                .integrityMissing),
            Damage("npm-v3", "\"resolved\": \"\(right)\",", "", .resolvedMissing),
            Damage("npm-v3", "\"resolved\": \"\(right)\"", "\"inBundle\": true", .resolvedMissing),
            Damage(
                "npm-v3", "\"hasInstallScript\": true", "\"hasInstallScripts\": true", .unknownKey),
            Damage(
                "npm-v3", "\"resolved\": \"packages/tool\"", "\"resolved\": \"../tool\"", .conflict),
            Damage(
                "npm-v2",
                "\"version\": \"2.0.0\",\n      \"resolved\": \"\(right)\",\n      \"integrity\": \"sha512-BDCGySYhID8ZYaWjqB7fHr+YYglEokFnBzUV4ymrqZ5bJBlL9m5B6DgCpZEfVDCQcT7p6aUXRe63hfvVHtAaXg==\",\n      \"requires\"",
                "\"version\": \"2.0.1\",\n      \"resolved\": \"\(right)\",\n      \"integrity\": \"sha512-BDCGySYhID8ZYaWjqB7fHr+YYglEokFnBzUV4ymrqZ5bJBlL9m5B6DgCpZEfVDCQcT7p6aUXRe63hfvVHtAaXg==\",\n      \"requires\"",
                .conflict),
            Damage("npm-v1", right, "https://evil.example/right/-/right-2.0.0.tgz", .host),
            Damage(
                "npm-v1", "\"version\": \"npm:left@1.0.0\"", "\"version\": \"npm:other@1.0.0\"",
                .nameMismatch),
            Damage(
                "npm-v1", "\"version\": \"2.0.0\"",
                "\"version\": \"https://evil.example/right.tgz\"", .source),
            // yarn 1
            Damage(
                "yarn-classic", "https://registry.yarnpkg.com/right/",
                "https://evil.example/right/", .host),
            Damage(
                "yarn-classic", "right/-/right-2.0.0.tgz", "right/-/right-2.0.1.tgz", .nameMismatch),
            Damage(
                "yarn-classic", "  integrity sha512-BDCG", "  integrity sha512-DCG",
                .integrityMalformed),
            Damage(
                "yarn-classic",
                "  integrity sha512-BDCGySYhID8ZYaWjqB7fHr+YYglEokFnBzUV4ymrqZ5bJBlL9m5B6DgCpZEfVDCQcT7p6aUXRe63hfvVHtAaXg==\n",
                "", .integrityWeak),
            Damage("yarn-classic", "right@^2.0.0:", "left@^2.0.0, right@^2.0.0:", .conflict),
            // yarn 3
            Damage("yarn-berry", "  checksum: f97a", "  checksum: 97a", .integrityMalformed),
            Damage(
                "yarn-berry",
                "  checksum: f97a95671e76601d9145bc36be2d752faa65d34ac785575d2069e6d5f2112c67dbe929813354ca49e161bd68706c0893fa023ceeca7dfcc40c6b912543d1ec7f\n",
                "", .integrityMissing),
            Damage(
                "yarn-berry", "resolution: \"right@npm:2.0.0\"", "resolution: \"wrong@npm:2.0.0\"",
                .nameMismatch),
            Damage(
                "yarn-berry", "resolution: \"right@npm:2.0.0\"", "resolution: \"right@npm:2.0.1\"",
                .nameMismatch),
            Damage(
                "yarn-berry", "resolution: \"right@npm:2.0.0\"",
                "resolution: \"right@npm:2.0.0::__archiveUrl=https%3A%2F%2Fevil.example%2Fright%2F-%2Fright-2.0.0.tgz\"",
                .host),
            Damage(
                "yarn-berry", "resolution: \"right@npm:2.0.0\"",
                "resolution: \"right@https://evil.example/right.tgz\"", .source),
            Damage(
                "yarn-berry", "resolution: \"right@npm:2.0.0\"",
                "resolution: \"right@https://github.com/a/b.git#commit=main\"", .notPinned),
            // pnpm
            Damage(
                "pnpm-v6", "tarball: https://registry.npmjs.org/left",
                "tarball: https://evil.example/left", .host),
            Damage("pnpm-v6", "left/-/left-1.1.0.tgz", "left/-/left-1.1.1.tgz", .nameMismatch),
            Damage(
                "pnpm-v6", "https://registry.npmjs.org/left/-/left-1.1.0.tgz",
                "https://codeload.github.com/a/left/tar.gz/main", .notPinned),
            Damage(
                "pnpm-v5", "/right/2.0.0:\n    resolution: {integrity: sha512-",
                "/right/2.0.0:\n    resolution: {integrity: sha512-A", .integrityMalformed),
            Damage("pnpm-v5", "  /right/2.0.0:", "  evil.example/right/2.0.0:", .host),
            Damage("pnpm-v9", "  right@2.0.0: {}", "  right@2.0.1: {}", .conflict),
            Damage("pnpm-v9", "    hasBin: true", "    hasBins: true", .unknownKey),
            // Python
            Damage("pip", "six==1.16.0 \\", "six>=1.16.0 \\", .notPinned),
            Damage("pip", "six==1.16.0 \\", "six @ https://evil.example/six.whl \\", .source),
            Damage(
                "pip", "six==1.16.0 \\", "six @ git+https://github.com/a/six@main \\", .notPinned),
            Damage(
                "pip", "six==1.16.0 \\",
                "--extra-index-url https://evil.example/simple\nsix==1.16.0 \\", .host),
            Damage(
                "pip", "six==1.16.0 \\", "--index-url http://pypi.org/simple\nsix==1.16.0 \\",
                .scheme),
            Damage("pip", "six==1.16.0 \\", "--trusted-host pypi.org\nsix==1.16.0 \\", .scheme),
            Damage("pip", "six==1.16.0 \\", "-r other.txt\nsix==1.16.0 \\", .includedFile),
            Damage("pip", "six==1.16.0 \\", "--frob\nsix==1.16.0 \\", .unknownKey),
            Damage("pip", "six==1.16.0 \\", "six==1.16.0\nidna==3.7 \\", .integrityMissing),
            Damage("pip", "six==1.16.0 \\", "idna==3.7 \\", .duplicate),
            Damage("pip", "sha256:1e61", "sha256:1e6", .integrityMalformed),
            Damage("pip", "sha256:1e61", "md4:1e61", .integrityMalformed),
            Damage("pipenv", "https://pypi.org/simple", "https://evil.example/simple", .host),
            Damage("pipenv", "\"verify_ssl\": true", "\"verify_ssl\": false", .scheme),
            Damage("pipenv", "\"==1.16.0\"", "\"*\"", .notPinned),
            Damage("pipenv", "\"sha256:1e61", "\"sha256:1g61", .integrityMalformed),
            Damage(
                "poetry", "{file = \"six-1.16.0.tar.gz\"", "{file = \"evil-1.16.0.tar.gz\"",
                .nameMismatch),
            Damage(
                "poetry", "{file = \"six-1.16.0.tar.gz\"", "{file = \"six-1.17.0.tar.gz\"",
                .nameMismatch),
            Damage(
                "poetry", "url = \"https://pypi.org/simple\"\nreference = \"simple\"\n\n[metadata]",
                "url = \"https://evil.example/simple\"\nreference = \"simple\"\n\n[metadata]", .host
            ),
            Damage(
                "poetry",
                "type = \"legacy\"\nurl = \"https://pypi.org/simple\"\nreference = \"simple\"\n\n[metadata]",
                "type = \"git\"\nurl = \"https://github.com/a/six.git\"\nresolved_reference = \"main\"\n\n[metadata]",
                .notPinned),
            Damage("poetry", "hash = \"sha256:1e61", "hash = \"md5:1e61", .integrityMalformed),
            Damage(
                "pdm", "{file = \"six-1.16.0.tar.gz\"", "{file = \"evil-1.16.0.tar.gz\"",
                .nameMismatch),
            Damage("pdm", "hash = \"sha256:1e61", "hash = \"md5:1e61", .integrityMalformed),
            Damage("pdm", "hash = \"sha256:1e61", "hush = \"sha256:1e61", .integrityMissing),
            Damage(
                "pdm", "name = \"six\"\nversion = \"1.16.0\"",
                "name = \"six\"\nversion = \"1.16.0\"\ngit = \"https://github.com/a/six.git\"",
                .notPinned),
            Damage("pdm-addresses", idna, "https://evil.example/idna-3.7.tar.gz", .host),
            Damage("pdm-addresses", idna, "http://files.pythonhosted.org/idna-3.7.tar.gz", .scheme),
            Damage("uv", idna, "https://evil.example/idna-3.7.tar.gz", .host),
            Damage("uv", idna, "http://files.pythonhosted.org/idna-3.7.tar.gz", .scheme),
            Damage("uv", idna, "https://files.pythonhosted.org/idna2-3.7.tar.gz", .nameMismatch),
            Damage("uv", "hash = \"sha256:028f", "hush = \"sha256:028f", .integrityMissing),
            Damage(
                "uv",
                "name = \"six\"\nversion = \"1.16.0\"\nsource = { registry = \"https://pypi.org/simple\" }",
                "name = \"six\"\nversion = \"1.16.0\"\nsource = { git = \"https://github.com/a/six?rev=main\" }",
                .notPinned),
            Damage(
                "uv",
                "name = \"six\"\nversion = \"1.16.0\"\nsource = { registry = \"https://pypi.org/simple\" }",
                "name = \"six\"\nversion = \"1.16.0\"\nsource = { registry = \"../index\" }", .host),
            // Ruby, Rust, .NET
            Damage(
                "bundler", "remote: https://rubygems.org/", "remote: https://evil.example/", .host),
            Damage(
                "bundler", "remote: https://rubygems.org/", "remote: http://rubygems.org/", .scheme),
            Damage(
                "bundler", "remote: https://rubygems.org/\n",
                "remote: https://rubygems.org/\n  remote: https://evil.example/\n", .host),
            Damage(
                "bundler-checksums", "left (1.0.0) sha256=", "left (1.0.0) sha256=0",
                .integrityMalformed),
            Damage(
                "bundler-checksums", "native (1.15.0-x86_64-linux) sha256=",
                "other (1.15.0-x86_64-linux) sha256=", .conflict),
            Damage("bundler-checksums", "revision: 3a3a", "revision: 3a", .notPinned),
            Damage("bundler-checksums", "remote: gems/tool", "remote: ../tool", .source),
            Damage(
                "cargo",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"27",
                "source = \"registry+https://github.com/evil/crates.io-index\"\nchecksum = \"27",
                .host),
            Damage(
                "cargo",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"27",
                "source = \"sparse+http://index.crates.io/\"\nchecksum = \"27", .scheme),
            Damage(
                "cargo",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"27",
                "source = \"git+https://github.com/a/right#27042f4\"\nchecksum = \"27", .notPinned),
            Damage("cargo", "checksum = \"2704", "checksum = \"704", .integrityMalformed),
            Damage(
                "cargo",
                "checksum = \"27042f4e6eca7d0b2a7ee4026df2ecfa51d3339e6d122aa099118ecd8563bad9\"\n",
                "", .integrityMissing),
            Damage(
                "cargo", "name = \"right\"\nversion = \"2.1.0\"",
                "name = \"left\"\nversion = \"1.0.0\"", .conflict),
            Damage("nuget", "\"contentHash\": \"", "\"contentHash\": \"A", .integrityMalformed),
            Damage("nuget", "\"contentHash\": \"", "\"content\": \"", .integrityMissing),
        ])
    func found(damage: Damage) throws {
        let fixture = try Fixture.named(damage.folder)
        let text = try fixture.text
        let range = try #require(text.range(of: damage.old), "the fixture has no such text")
        let lockfile = try fixture.read(text.replacingCharacters(in: range, with: damage.new))
        let findings = lockfile.findings(allowing: [.git].filter { _ in damage.rule == .notPinned })
        // Beside the line that was changed: at the text itself, or at the entry that it belongs to.
        let line = text[..<range.lowerBound].count(where: { $0 == "\n" }) + 1
        let isFound = findings.contains { $0.rule == damage.rule && abs($0.place.line - line) <= 8 }
        #expect(isFound, "line \(line), found: \(findings)")
    }

    @Test("what is allowed besides is not found fault with")
    func allowed() throws {
        let fixture = try Fixture.named("npm-v3")
        let text = try fixture.text.replacingOccurrences(
            of: "https://registry.npmjs.org/", with: "http://localhost:4873/npm/")
        let lockfile = try fixture.read(text)
        let cases: [(base: String, rules: Set<LintRule>)] = [
            ("http://localhost:4873/npm/", []), ("http://localhost:4873", []),
            ("localhost:4873", [.scheme]), ("https://localhost:4873/npm/", [.scheme]),
            ("http://localhost:4873/other/", [.host, .scheme]), ("localhost", [.host, .scheme]),
            ("http://localhost:4873/np", [.host, .scheme]),
        ]
        for (base, rules) in cases {
            let bases = [try #require(RegistryBase(base))]
            let findings = lockfile.lint(LintSettings(bases: bases))
            #expect(Set(findings.map(\.rule)) == rules, "\(base)")
        }
    }

    @Test("a git source that is allowed still needs its host allowed")
    func gitHosts() throws {
        let lockfile = try Fixture.named("bundler-checksums").lockfile()
        var settings = LintSettings(for: .bundler)
        #expect(lockfile.lint(settings).map(\.rule) == [.source])
        settings.sources.append(.git)
        #expect(lockfile.lint(settings).map(\.rule) == [.host])
        settings.bases += [try #require(RegistryBase("github.com"))]
        #expect(lockfile.lint(settings).isEmpty)
    }

    @Test("a bundled package needs no digest where its parent says that it bundles")
    func bundled() throws {
        let parent =
            "\"node_modules/a\": {\"version\": \"1.0.0\", \"resolved\": "
            + "\"https://registry.npmjs.org/a/-/a-1.0.0.tgz\", \"integrity\": \"sha512-"
            + String(repeating: "A", count: 86) + "==\""
        let child =
            "\"node_modules/a/node_modules/b\": {\"version\": \"1.0.0\", \"inBundle\": true}"
        func rules(_ declared: String) throws -> [LintRule] {
            let text = "{\"lockfileVersion\": 3, \"packages\": {\(parent)\(declared)}, \(child)}}"
            return try LockfileFormat.npm.read(Array(text.utf8)).findings().map(\.rule)
        }
        #expect(try rules(", \"bundleDependencies\": [\"b\"]") == [])
        #expect(try rules("") == [.integrityMissing, .resolvedMissing])
    }

    @Test("names of rules are one of a kind, and each says what to do")
    func table() {
        let ids = LintRule.allCases.map(\.id)
        #expect(Set(ids).count == ids.count)
        for rule in LintRule.allCases {
            #expect(!rule.advice.isEmpty && !rule.summary.isEmpty && !rule.advice.hasSuffix("."))
        }
    }
}
