// Whether a package is old enough, for what a line asks for and what its registry says.

import GateCore
import Lockfiles
import StrictJSON
import Testing

@testable import RegistryFacts

private let limit = publishTime("2026-01-10T00:00:00Z") ?? 0
private let old = publishTime("2025-01-01T00:00:00Z")
private let older = publishTime("2024-01-01T00:00:00Z")
private let young = publishTime("2026-01-11T00:00:00Z")

private func ask(
    _ range: String, _ ecosystem: PackageEcosystem = .npm, isVersion: Bool = false,
    among all: [Release], tags: [Releases.Tag] = []
) -> String? {
    var releases = Releases(all)
    releases.tags = tags
    let question = ReleaseQuestion(
        ecosystem, "x", range: range, isVersion: isVersion, at: "https://r.example/", before: limit)
    return question.refusal(question.answer(.found(releases)))
}

@Suite("Age of packages")
struct AgeTests {
    private let ripe = [
        Release("1.0.0", published: older), Release("1.1.0", published: old),
        Release("1.2.0", published: young),
    ]

    @Test("an old version passes, a young one is refused and the newest old one named")
    func pins() {
        #expect(ask("1.1.0", among: ripe) == nil)
        let refusal = ask("1.2.0", among: ripe)
        #expect(refusal?.contains("x@1.2.0 was published at 2026-01-11T00:00:00Z") == true)
        #expect(refusal?.contains("the newest that is old enough is x@1.1.0") == true)
        #expect(ask("1.1.0", isVersion: true, among: ripe) == nil)
        #expect(ask("1.2.0", isVersion: true, among: ripe) != nil)
        let green = ask("1.0.0", among: [Release("1.0.0", published: young)])
        #expect(green?.contains("no version of it is old enough") == true)
    }

    @Test("a range is refused where a young version could be meant")
    func ranges() {
        #expect(ask("^1.0.0", among: ripe) != nil)
        #expect(ask("", among: ripe) != nil)
        #expect(ask("~1.1.0", among: ripe) == nil)
        #expect(ask("<1.2.0", among: ripe) == nil)
        #expect(ask("<1.2", .pypi, among: ripe) == nil)
        #expect(ask(">=1", .pypi, among: ripe) != nil)
        #expect(ask("~> 1.1.0", .gem, among: ripe) == nil)
        #expect(ask("~> 1.1", .gem, among: ripe) != nil)
        #expect(ask("=1.1.0", .cargo, among: ripe) == nil)
        #expect(ask("1.1.0", .cargo, among: ripe) != nil)
        #expect(ask("1.1.0", .nuget, among: ripe) == nil)
        #expect(ask("2", .cargo, among: ripe) == nil)
        #expect(ask("nonsense", .gem, among: ripe) != nil)
    }

    @Test("what npm calls latest is what a bare name gets")
    func tags() {
        let tags = [
            Releases.Tag(name: "latest", version: "1.1.0"),
            Releases.Tag(name: "next", version: "1.2.0"),
        ]
        #expect(ask("", among: ripe, tags: tags) == nil)
        #expect(ask("latest", among: ripe, tags: tags) == nil)
        #expect(ask("next", among: ripe, tags: tags) != nil)
    }

    @Test("versions that are not final or were taken back count only where they are asked for")
    func preliminary() {
        let all = [
            Release("1.0.0", published: old), Release("2.0.0-rc.1", published: young),
            Release("1.5.0", published: young, isWithdrawn: true),
        ]
        #expect(ask("", among: all) == nil)
        #expect(ask("2.0.0-rc.1", among: all) != nil)
        #expect(ask("^2.0.0-rc.0", among: all) != nil)
        let python = [Release("1.0", published: old), Release("1.1.post1", published: young)]
        #expect(ask("", .pypi, among: python) != nil)
        #expect(
            ask(
                "", .pypi,
                among: [Release("1.0", published: old), Release("1.1rc1", published: young)])
                == nil)
        // Where there is nothing else a tool may take it.
        #expect(ask("", .pypi, among: [Release("1.1rc1", published: young)]) != nil)
    }

    @Test("a range takes versions that are not final where an option says so")
    func includingPreliminary() {
        var releases = Releases([
            Release("1.0.0", published: old), Release("2.0.0.pre", published: young),
        ])
        releases.downloads = 1
        var question = ReleaseQuestion(.gem, "x", at: "https://r.example/", before: limit)
        #expect(question.refusal(question.answer(.found(releases))) == nil)
        question.includesPreliminary = true
        #expect(question.refusal(question.answer(.found(releases))) != nil)
    }

    @Test(
        "packages.config is read in its own form only",
        arguments: [
            (
                "<?xml version=\"1.0\"?>\n<packages>\n<package id=\"A.B\" version='1.2' />\n</packages>",
                1
            ),
            ("<packages></packages>", 0),
            ("<packages><package id=\"A\"/></packages>", nil),
            ("<packages><package id=\"A&amp;\" version=\"1\"/></packages>", nil),
            ("<packages><!-- <package --></packages>", nil),
        ] as [(String, Int?)])
    func packagesConfig(text: String, count: Int?) {
        #expect(nugetPackagesConfig(text)?.count == count)
    }

    @Test("no time is not an old time, and no answer is none")
    func unknown() {
        let silent = [Release("1.0.0", published: nil)]
        #expect(
            ask("1.0.0", among: silent)?.contains("does not say when x@1.0.0 was published") == true
        )
        #expect(ask("", among: silent) != nil)
        #expect(ask("7.0.0", among: ripe)?.contains("x has no version 7.0.0") == true)
        let question = ReleaseQuestion(.npm, "x", at: "https://r.example/", before: limit)
        let refusal = question.refusal(question.answer(.unknown("no route")))
        #expect(refusal?.contains("no route") == true)
        #expect(question.refusal(question.answer(.absent)) == nil)
        #expect(question.answer(.absent).exists == false)
    }

    @Test("questions and answers survive their lines")
    func lines() throws {
        let question = ReleaseQuestion(
            .cargo, "näme\n", range: "=1", isVersion: true, at: "https://r.example/\"", before: 7)
        let read = ReleaseQuestion(line: try JSON.parse(question.line(3)))
        #expect(read == question)
        for finding in [
            RegistryFinding.absent, .unknown("x"), .found(Releases(ripe)), .found(Releases([])),
        ] {
            let question = ReleaseQuestion(.npm, "x", at: "https://r.example/", before: limit)
            let answer = question.answer(finding)
            #expect(ReleaseAnswer(line: try JSON.parse(answer.line(0))) == answer)
        }
        #expect(ReleaseAnswer(line: try JSON.parse(Array("{\"exists\":\"perhaps\"}".utf8))) == nil)
        #expect(ReleaseAnswer(line: try JSON.parse(Array("{\"exists\":\"unknown\"}".utf8))) == nil)
    }
}

@Suite("Addresses that may be fetched")
struct AccessTests {
    private let access = RegistryAccess(
        asked: ["sparse+https://npm.example/sub/", "http://127.0.0.1:8080/"],
        plain: ["http://mirror.example/npm/"])

    @Test(
        "https at a registry that is asked, and the public ones",
        arguments: [
            ("https://npm.example/x", true), ("https://registry.npmjs.org/x", true),
            ("https://registry.npmjs.org:444/x", false), ("https://evil.example/x", false),
            ("https://npm.example.evil.example/x", false), ("https://user@npm.example/x", false),
            ("https://npm.example\\@evil.example/x", false), ("http://npm.example/x", false),
            ("http://127.0.0.1:8080/x", true), ("http://127.0.0.1:9090/x", false),
            ("http://localhost:8080/x", false), ("http://mirror.example/npm/x", true),
            ("http://mirror.example/other", false), ("http://127.0.0.1.evil.example:8080/x", false),
            ("file:///etc/passwd", false), ("ftp://npm.example/x", false), ("", false),
        ])
    func ways(url: String, isAllowed: Bool) {
        #expect((access.way(to: url) != nil) == isAllowed)
    }

    @Test("a proxy is never asked in plain")
    func proxies() {
        #expect(access.way(to: "http://mirror.example/npm/x")?.mayUseProxy == false)
        #expect(access.way(to: "https://npm.example/x")?.mayUseProxy == true)
    }

    @Test("an address is below a base by whole segments")
    func bases() {
        #expect(isBelow("https://a.example/npm/x", "https://a.example/npm"))
        #expect(isBelow("sparse+https://a.example/npm/", "https://a.example/npm/"))
        #expect(!isBelow("https://a.example/npmx", "https://a.example/npm"))
        #expect(!isBelow("https://a.example/npm/../y", "https://a.example/npm"))
        #expect(!isBelow("http://a.example/npm", "https://a.example/npm"))
        #expect(withoutUserinfo("https://u:p@a.example/x@1") == "https://a.example/x@1")
        #expect(withoutUserinfo("https://a.example/x@1") == "https://a.example/x@1")
    }

    @Test("a lockfile's package leads to its index")
    func lockfiles() {
        func package(_ ecosystem: PackageEcosystem, _ registry: String?, _ resolved: String?)
            -> LockedPackage
        {
            var package = LockedPackage(
                ecosystem, name: "@s/x", version: "1.0.0", source: .registry,
                at: .init(line: 1, column: 1))
            package.registry = registry.map { .init($0, at: package.place) }
            if let resolved {
                package.files = [.init(location: .init(resolved, at: package.place))]
            }
            return package
        }
        #expect(
            package(.npm, nil, "https://a.example/npm/@s/x/-/x-1.0.0.tgz").registryBase
                == "https://a.example/npm/")
        #expect(package(.npm, nil, "https://a.example/x-1.0.0.tgz").registryBase == nil)
        #expect(
            package(.cargo, "registry+https://github.com/rust-lang/crates.io-index", nil)
                .registryBase == "https://index.crates.io/")
    }

    @Test("Every name of a public registry stands for its index")
    func publicNames() {
        let index = "https://pypi.org/simple/"
        for address in ["https://pypi.org/", "https://pypi.org/simple", "https://pypi.org/pypi"] {
            #expect(PackageEcosystem.pypi.index(at: address) == index)
        }
        #expect(
            PackageEcosystem.npm.index(at: "https://registry.yarnpkg.com")
                == "https://registry.npmjs.org/")
        for other in ["https://pypi.org.example/", "https://a.example/simple", "http://pypi.org/"] {
            #expect(PackageEcosystem.pypi.index(at: other) == other)
        }
    }
}
