// The documents of registries become releases: what is said is taken over, what is not said is nil.

import Foundation
import GateCore
import Lockfiles
import StrictJSON
import Testing

@testable import RegistryFacts

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Runs an inquiry against replies by address; an address that is not there is a 404.
private func find(
    _ ecosystem: PackageEcosystem, _ name: String, at registry: String, _ pages: [String: String]
) -> (finding: RegistryFinding, asked: [String]) {
    var inquiry = RegistryInquiry(ecosystem, name: name, at: registry)
    var step = inquiry.begin()
    var asked: [String] = []
    for _ in 0..<10 {
        guard case .fetch(let requests) = step else { break }
        asked += requests.map(\.url)
        step = inquiry.receive(
            requests.map { request in
                pages[request.url].map { RegistryReply(status: 200, body: bytes($0)) }
                    ?? RegistryReply(status: 404, body: [])
            })
    }
    if case .done(let finding) = step { return (finding, asked) }
    return (.unknown("it never ends"), asked)
}

private func releases(_ finding: RegistryFinding) -> Releases? {
    if case .found(let releases) = finding { return releases }
    return nil
}

@Suite("What registries say")
struct DocumentTests {
    @Test("npm tells times, tags and deprecations by version")
    func npm() throws {
        let (finding, asked) = find(
            .npm, "@scope/x", at: "https://registry.npmjs.org/",
            [
                "https://registry.npmjs.org/@scope%2fx": """
                {"versions":{"1.0.0":{},"1.1.0":{"deprecated":"use y"},"2.0.0-rc.1":{}},
                 "dist-tags":{"latest":"1.1.0","next":"2.0.0-rc.1"},
                 "time":{"created":"2020-01-01T00:00:00.000Z","1.0.0":"2020-01-02T00:00:00.000Z",
                         "1.1.0":"2021-01-01T00:00:00.000Z","9.9.9":"2022-01-01T00:00:00.000Z"}}
                """
            ])
        #expect(asked.count == 1)
        let found = try #require(releases(finding))
        #expect(found.all.map(\.version) == ["1.0.0", "1.1.0", "2.0.0-rc.1"])
        #expect(found.release("1.0.0", in: .npm)?.published == publishTime("2020-01-02T00:00:00Z"))
        #expect(found.release("1.1.0", in: .npm)?.isDeprecated == true)
        #expect(found.release("2.0.0-rc.1", in: .npm)?.published == nil)
        #expect(found.version(tagged: "latest") == "1.1.0")
        #expect(found.newest(before: .max, in: .npm)?.version == "1.1.0")
    }

    @Test("npm's short form is enough where nothing changed since, else the whole one is asked for")
    func shortForm() throws {
        func ask(_ modified: String, before: String) -> (found: Releases?, asked: Int) {
            var inquiry = RegistryInquiry(
                .npm, name: "x", at: "https://r.example", before: publishTime(before))
            var asked = 1
            _ = inquiry.begin()
            var step = inquiry.receive([
                .init(
                    status: 200,
                    body: bytes("{\"versions\":{\"1.0.0\":{}},\"modified\":\"\(modified)\"}"))
            ])
            if case .fetch = step {
                asked += 1
                step = inquiry.receive([
                    .init(
                        status: 200,
                        body: bytes(
                            "{\"versions\":{\"1.0.0\":{}},\"time\":{\"1.0.0\":\"2020-01-01T00:00:00Z\"}}"
                        ))
                ])
            }
            guard case .done(let finding) = step else { return (nil, asked) }
            return (releases(finding), asked)
        }
        let unchanged = ask("2021-01-01T00:00:00Z", before: "2022-01-01T00:00:00Z")
        #expect(unchanged.asked == 1)
        #expect(unchanged.found?.all[0].published == publishTime("2021-01-01T00:00:00Z"))
        let changed = ask("2023-01-01T00:00:00Z", before: "2022-01-01T00:00:00Z")
        #expect(changed.asked == 2)
        #expect(changed.found?.all[0].published == publishTime("2020-01-01T00:00:00Z"))
    }

    @Test("a Python version is as young as its last file, and yanked where all of them are")
    func python() throws {
        let (finding, asked) = find(
            .pypi, "Foo_Bar", at: "https://pypi.org/simple",
            [
                "https://pypi.org/simple/foo-bar/": """
                {"files":[
                 {"filename":"foo_bar-1.0-py3-none-any.whl","upload-time":"2020-01-01T00:00:00.123456Z"},
                 {"filename":"foo-bar-1.0.tar.gz","upload-time":"2020-03-01T00:00:00Z","yanked":false},
                 {"filename":"foo-bar-1.1.0.zip","upload-time":"2021-01-01T00:00:00Z","yanked":"broken"},
                 {"filename":"foo_bar-2.0-py3-none-any.whl"}]}
                """
            ])
        #expect(asked == ["https://pypi.org/simple/foo-bar/"])
        let found = try #require(releases(finding))
        #expect(found.release("1", in: .pypi)?.published == publishTime("2020-03-01T00:00:00Z"))
        #expect(found.release("1.1", in: .pypi)?.isWithdrawn == true)
        #expect(found.release("1.0", in: .pypi)?.isWithdrawn == false)
        #expect(found.release("2.0", in: .pypi)?.published == nil)
    }

    @Test("a gem's version counts from its last platform")
    func gem() throws {
        let (finding, _) = find(
            .gem, "nokogiri", at: "https://rubygems.org",
            [
                "https://rubygems.org/api/v1/versions/nokogiri.json": """
                [{"number":"1.1","created_at":"2021-01-01T00:00:00.000Z","platform":"java","downloads_count":5},
                 {"number":"1.1","created_at":"2021-01-02T00:00:00.000Z","platform":"ruby","downloads_count":7}]
                """
            ])
        let found = try #require(releases(finding))
        #expect(found.all.count == 1)
        #expect(found.all[0].published == publishTime("2021-01-02T00:00:00Z"))
        #expect(found.downloads == 12)
    }

    @Test("cargo's index tells times, else the registry's API does")
    func cargo() throws {
        let dated = """
            {"name":"abcd","vers":"0.1.0","yanked":true,"pubtime":"2020-01-01T00:00:00Z"}
            {"name":"abcd","vers":"0.2.0","yanked":false,"pubtime":"2021-01-01T00:00:00Z"}

            """
        let (finding, asked) = find(
            .cargo, "abcd", at: "sparse+https://index.crates.io/",
            ["https://index.crates.io/ab/cd/abcd": dated])
        #expect(asked == ["https://index.crates.io/ab/cd/abcd"])
        #expect(releases(finding)?.all.count == 2)
        #expect(releases(finding)?.release("0.1.0", in: .cargo)?.isWithdrawn == true)

        let bare = "{\"name\":\"a\",\"vers\":\"1.0.0\",\"yanked\":false}\n"
        let (other, places) = find(
            .cargo, "a", at: "https://crates.example/index",
            [
                "https://crates.example/index/1/a": bare,
                "https://crates.example/index/config.json":
                    "{\"dl\":\"x\",\"api\":\"https://crates.example/\"}",
                "https://crates.example/api/v1/crates/a": """
                {"crate":{"downloads":9},"versions":[{"num":"1.0.0","created_at":"2021-01-01T00:00:00+00:00"}]}
                """,
            ])
        #expect(places.count == 3)
        #expect(releases(other)?.all[0].published == publishTime("2021-01-01T00:00:00Z"))
        #expect(releases(other)?.downloads == 9)
        // A registry without an API leaves the time unknown.
        let (silent, _) = find(
            .cargo, "a", at: "https://crates.example/index",
            [
                "https://crates.example/index/1/a": bare,
                "https://crates.example/index/config.json": "{\"dl\":\"x\"}",
            ])
        #expect(releases(silent)?.all[0].published == nil)
    }

    @Test("NuGet is asked for its service, then for the package and its pages")
    func nuget() throws {
        let (finding, asked) = find(
            .nuget, "Newtonsoft.Json", at: "https://api.nuget.org/v3/index.json",
            [
                "https://api.nuget.org/v3/index.json": """
                {"resources":[{"@id":"https://api.nuget.org/a/","@type":"RegistrationsBaseUrl"},
                 {"@id":"https://api.nuget.org/b","@type":"RegistrationsBaseUrl/3.6.0"}]}
                """,
                "https://api.nuget.org/b/newtonsoft.json/index.json": """
                {"items":[{"@id":"https://api.nuget.org/p1","lower":"1.0.0"},
                 {"items":[{"catalogEntry":{"version":"2.0.0","published":"2021-01-01T00:00:00.5+00:00",
                  "listed":true}}]}]}
                """,
                "https://api.nuget.org/p1": """
                {"items":[{"catalogEntry":{"version":"1.0.0","published":"1900-01-01T00:00:00+00:00",
                  "listed":false}}]}
                """,
            ])
        #expect(asked.count == 3)
        let found = try #require(releases(finding))
        #expect(found.release("1.0", in: .nuget)?.isWithdrawn == true)
        #expect(found.release("1.0", in: .nuget)?.published == nil)
        #expect(
            found.release("2.0.0", in: .nuget)?.published == publishTime("2021-01-01T00:00:00.5Z"))
    }

    @Test("an address with npm's scope in its path may be fetched, one with a user may not")
    func scopes() {
        let access = RegistryAccess(asked: ["https://registry.npmjs.org/"], plain: [])
        #expect(access.way(to: "https://registry.npmjs.org/@types%2fnode") != nil)
        #expect(access.way(to: "https://registry.npmjs.org@evil.example/x") == nil)
        #expect(access.way(to: "https://user@registry.npmjs.org/x") == nil)
    }

    @Test(
        "a name that is not there is absent, and nothing else is",
        arguments: [PackageEcosystem.npm, .pypi, .gem, .cargo])
    func absent(ecosystem: PackageEcosystem) {
        var inquiry = RegistryInquiry(ecosystem, name: "nowhere", at: "https://r.example/")
        _ = inquiry.begin()
        #expect(inquiry.receive([.init(status: 404, body: [])]) == .done(.absent))
        for reply in [
            RegistryReply(status: 500, body: []), .init(status: 200, body: bytes("<html>")),
            .init(status: 200, body: bytes("{\"files\":3}")),
            .init(status: 0, body: [], failure: "no route"),
            .init(status: 200, body: bytes("{\"versions\":{},\"versions\":{}}")),
        ] {
            var again = RegistryInquiry(ecosystem, name: "nowhere", at: "https://r.example/")
            _ = again.begin()
            guard case .done(.unknown) = again.receive([reply]) else {
                Issue.record("\(reply.status) is not unknown")
                continue
            }
        }
    }

    @Test(
        "a name that would change the address is not asked for",
        arguments: ["../x", "a/b", "", "a?b", "a#b", "@a/../b", "a\u{212A}", "a b", "@a"])
    func names(name: String) {
        for ecosystem in PackageEcosystem.allCases {
            var inquiry = RegistryInquiry(ecosystem, name: name, at: "https://r.example/")
            guard case .done(.unknown) = inquiry.begin() else {
                Issue.record("\(name) is asked for")
                continue
            }
        }
    }

    @Test(
        "times are read with fractions and offsets, and nothing else is a time",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2020-02-29T12:30:45.678Z", 1_582_979_445_678),
            ("2020-02-29T12:30:45.6785432+00:00", 1_582_979_445_678),
            ("2020-02-29T14:30:45+02:00", 1_582_979_445_000),
            ("2020-02-29T07:00:45-05:30", 1_582_979_445_000),
            ("2020-02-29T12:30:45", 1_582_979_445_000),
            ("1900-01-01T00:00:00+00:00", nil), ("2020-13-01T00:00:00Z", nil),
            ("2020-02-29T12:30Z", nil), ("yesterday", nil), ("", nil),
            ("2020-02-29T12:30:45Zx", nil), ("2020-02-29T12:30:45.Z", nil),
        ])
    func times(text: String, milliseconds: Int?) {
        #expect(publishTime(text) == milliseconds)
    }
}
