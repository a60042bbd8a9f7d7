// What a line would publish, from file names and manifests; and nothing where they do not say it.

import GateCore
import Testing

@testable import Tools

@Suite struct PublishedNameTests {
    @Test(
        "a distribution's file name says what is in it",
        arguments: [
            ("dist/left_pad-1.2.3-py3-none-any.whl", "left_pad", "1.2.3"),
            ("dist/left-pad-1.2.3.tar.gz", "left-pad", "1.2.3"), ("a-b-2-0.1.gem", "a-b", "2-0.1"),
            ("x/rack-protection-3.0.0.gem", "rack-protection", "3.0.0"),
            ("Newtonsoft.Json.13.0.1.nupkg", "Newtonsoft.Json", "13.0.1"),
            ("A.1.0.0-rc.1.snupkg", "A", "1.0.0-rc.1"), ("serde-1.0.1.crate", "serde", "1.0.1"),
            ("nodash.gem", nil, nil), ("dist/*", nil, nil), ("x.whl", nil, nil), ("", nil, nil),
            ("-1.gem", nil, nil), ("package.tgz", nil, nil),
        ] as [(Word, String?, String?)])
    func files(path: Word, name: String?, version: String?) {
        let found = publishedName(ofFile: path)
        #expect(found?.name == name)
        #expect(found?.version == version)
    }

    @Test(
        "a manifest says what its directory publishes, where it says it literally",
        arguments: [
            (.packageJSON, #"{"name":"@s/a","version":"1.0.0"}"#, "@s/a", "1.0.0"),
            (.packageJSON, #"{"name":7}"#, nil, nil), (.packageJSON, "{", nil, nil),
            (.denoJSON, #"{"name":"@s/a"}"#, "@s/a", nil),
            (.pyproject, "[project]\nname = \"a\"\nversion = \"1\"\n", "a", "1"),
            (.pyproject, "[project]\nname = \"a\"\ndynamic = [\"version\"]\n", "a", nil),
            (.pyproject, "[tool.poetry]\nname = \"a\"\nversion = \"2\"\n", "a", "2"),
            (.pyproject, "[tool.black]\nx = 1\n", nil, nil), (.pyproject, "=", nil, nil),
            (.cargo, "[package]\nname = \"a\"\nversion = \"0.1.0\"\n", "a", "0.1.0"),
            (.cargo, "[package]\nname = \"a\"\nversion.workspace = true\n", "a", nil),
            (.cargo, "[workspace]\nmembers = []\n", nil, nil),
            (
                .gemspec, "Gem::Specification.new do |s|\n  s.name = 'a'\n  s.version = \"1\"\n",
                "a", "1"
            ),
            (.gemspec, "  spec.name    = \"a\" # x\n  spec.version = A::VERSION\n", "a", nil),
            (.gemspec, "  # s.name = 'b'\n  s.name = \"a#{x}\"\n", nil, nil),
            (.gemspec, "  s.name = File.read('x')\n", nil, nil),
            (
                .nuspec, "<package><metadata><id>A.B</id><version>1.0</version></metadata>", "A.B",
                "1.0"
            ),
            (.nuspec, "<id>$id$</id>", nil, nil), (.nuspec, "<id>a<b/></id>", nil, nil),
        ] as [(PublishingManifest, String, String?, String?)])
    func manifests(manifest: PublishingManifest, text: String, name: String?, version: String?) {
        let found = manifest.name(in: text)
        #expect(found?.name == name)
        #expect(found?.version == version)
    }

    @Test("no tool is without a manifest, and names of any length are no error")
    func bounds() {
        for entry in Catalog.entries {
            #expect(
                Catalog.profile(calledAs: entry.name).map { PublishingManifest.read(by: $0) } != [])
        }
        let long = String(repeating: "a", count: 300)
        #expect(PublishingManifest.packageJSON.name(in: "{\"name\":\"\(long)\"}") == nil)
        #expect(publishedName(ofFile: Word(long + "-1.gem")) == nil)
    }
}
