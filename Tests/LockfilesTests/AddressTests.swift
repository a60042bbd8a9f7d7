// Addresses, names of archives, package URLs and digests: the small readings that lint rests on.

import GateCore
import Testing

@testable import Lockfiles

@Suite struct AddressTests {
    @Test(
        "an address is taken apart, or is none",
        arguments: [
            ("https://registry.npmjs.org/a", "registry.npmjs.org"),
            ("HTTPS://Registry.NPMJS.org:443/a", "registry.npmjs.org:443"),
            ("https://a@b@c.example/x", "c.example"),
            ("https://c.example?x@d.example", "c.example"),
            ("https://c.example#@d.example", "c.example"),
            ("git+ssh://git@c.example/x", "c.example"),
            ("https://[::1]:80/", "[::1]:80"), ("https://", "-"), ("https:///x", "-"),
            ("https:c.example", "-"), ("https://c.example\\@d.example/", "-"),
            ("https://c.ex ample/", "-"), ("https://c.examplé/", "-"),
            ("https://c%2eexample/", "-"),
            ("https://c.example:8x/", "-"), ("//c.example/", "-"), ("c.example/x", "-"),
        ])
    func apart(text: String, host: String) {
        #expect(LockedURL(text)?.hostAndPort ?? "-" == host)
    }

    @Test(
        "an archive of a registry carries name and version",
        arguments: [
            ("https://r/left/-/left-1.0.0.tgz", "left", "1.0.0", true),
            ("https://r/@s/left/-/left-1.0.0.tgz", "@s/left", "1.0.0", true),
            ("https://r/@s%2fleft/-/left-1.0.0.tgz", "@s/left", "1.0.0", true),
            ("https://r/npm/repo/@s/left/-/left-1.0.0.tgz", "@s/left", "1.0.0", true),
            ("https://r/download/@s/left/1.0.0/0123abc", "@s/left", "1.0.0", true),
            ("https://r/left/-/left-1.0.0.tgz", "left", "1.0.1", false),
            ("https://r/@s/left/-/left-1.0.0.tgz", "left", "1.0.0", false),
            ("https://r/left/-/left-1.0.0.tgz", "@s/left", "1.0.0", false),
            ("https://r/left/-/right-1.0.0.tgz", "left", "1.0.0", false),
            ("https://r/left/-/left-1.0.0+a.tgz", "left", "1.0.0+a", true),
        ])
    func tarballs(url: String, name: String, version: String, isOf: Bool) throws {
        let tarball = try #require(LockedURL(url).flatMap { NpmTarball($0) })
        let package = LockedPackage(
            .npm, name: name, version: version, source: .registry, at: Place(line: 1, column: 1))
        #expect(tarball.isOf(package) == isOf)
    }

    @Test(
        "an archive of PyPI carries name and version however they are spelled",
        arguments: [
            ("Foo_Bar-1.0-py3-none-any.whl", "foo-bar", "1.0", true),
            ("foo.bar-1.0.0.tar.gz", "foo-bar", "1.0", true),
            ("foo-bar-2.0.0rc1.tar.gz", "foo_bar", "2.0.0-rc.1", true),
            ("certifi-2023.05.07.tar.gz", "certifi", "2023.5.7", true),
            ("https://h/x/foo-1.0%2Bcpu-cp311-cp311-linux_x86_64.whl", "foo", "1.0+cpu", true),
            ("foo-1.10.tar.gz", "foo", "11.0", false), ("foo1-0.tar.gz", "foo", "1.0", false),
            ("foo-1.0.exe", "foo", "1.0", false), ("foobar-1.0.tar.gz", "foo-bar", "1.0", false),
            ("foo-2.0-py3-none-any.whl", "foo", "1.0", false), ("", "foo", "1.0", false),
        ])
    func archives(file: String, name: String, version: String, isOf: Bool) {
        let package = LockedPackage(
            .pypi, name: name, version: version, source: .registry, at: Place(line: 1, column: 1))
        #expect(isPythonArchive(file, of: package) == isOf)
    }

    @Test(
        "a digest has the length and the alphabet of its algorithm",
        arguments: [
            ("sha1", "t1VybZIFr+/tr84QZ1YtN9D0eMs=", true),
            ("sha1", "t1VybZIFr+/tr84QZ1YtN9D0eMs", false),
            ("sha1", "t1VybZIFr+/tr84QZ1YtN9D0eMt=", false),
            ("sha1", "t1VybZIFr+_tr84QZ1YtN9D0eMs=", false),
            ("sha512", "t1VybZIFr+/tr84QZ1YtN9D0eMs=", false), ("crc32", "AAAA", false),
            ("", "", false),
        ])
    func digests(algorithm: String, value: String, isWellFormed: Bool) {
        let digest = Integrity(
            algorithm: algorithm, value: value, encoding: .base64, at: Place(line: 1, column: 1))
        #expect(digest.isWellFormed == isWellFormed)
    }

    @Test(
        "a path leads out of the project where it climbs or is absolute",
        arguments: [
            ("packages/a", false), ("./a", false), ("a/../b", false), ("..", true),
            ("a/../../b", true),
            ("/a", true), ("a\\..\\..", true),
        ])
    func outside(path: String, isOutside: Bool) {
        #expect(leadsOutside(path) == isOutside)
    }

    @Test("a package has a package URL")
    func purls() {
        func purl(_ ecosystem: PackageEcosystem, _ name: String, _ version: String) -> String {
            LockedPackage(
                ecosystem, name: name, version: version, source: .registry,
                at: Place(line: 1, column: 1)
            ).purl
        }
        #expect(purl(.npm, "@Scope/a", "1.0.0+b") == "pkg:npm/%40scope/a@1.0.0%2Bb")
        #expect(purl(.pypi, "Foo_Bar", "1.0") == "pkg:pypi/foo-bar@1.0")
        #expect(purl(.cargo, "a_b", "1.0.0") == "pkg:cargo/a_b@1.0.0")
        #expect(purl(.nuget, "A.B", "1.0.0") == "pkg:nuget/A.B@1.0.0")
        var gem = LockedPackage(
            .gem, name: "a", version: "1", source: .registry, at: Place(line: 1, column: 1))
        gem.variant = "x86_64-linux"
        #expect(gem.purl == "pkg:gem/a@1?platform=x86_64-linux")
    }
}
