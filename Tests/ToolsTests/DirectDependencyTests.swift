// What a project asks for is read from the manifest that its tool reads.

import GateCore
import Testing
import Tools

@Suite("Direct dependencies")
struct DirectDependencyTests {
    private func names(_ ecosystem: Ecosystem, _ files: [String: String]) -> [String]? {
        directDependencies(ecosystem, in: "/p") { files[$0] }?.map(\.text)
    }

    @Test("each ecosystem has its manifest")
    func manifests() {
        #expect(
            names(
                .npm,
                [
                    "/p/package.json":
                        "{\"dependencies\":{\"a\":\"1\"},\"devDependencies\":{\"@b/c\":\"2\"}}"
                ]) == ["a", "@b/c"])
        #expect(
            names(
                .crates,
                [
                    "/p/Cargo.toml":
                        "[dependencies]\na = \"1\"\n[dev-dependencies]\nb = { version = \"2\" }\n"
                ]) == ["a", "b"])
        #expect(
            names(
                .pypi,
                [
                    "/p/pyproject.toml": "[project]\ndependencies = [\"Foo_Bar>=1\"]\n",
                    "/p/requirements.txt": "baz==2 # why\n",
                ]) == ["foo-bar", "baz"])
        #expect(
            names(
                .rubygems,
                [
                    "/p/Gemfile.lock":
                        "GEM\n  specs:\n    x (1.0)\n\nDEPENDENCIES\n  rake\n  rails (~> 7.0)!\n"
                ]) == ["rake", "rails"])
    }

    @Test(
        "without a manifest nothing is known",
        arguments: [Ecosystem.npm, .crates, .pypi, .rubygems, .nuget])
    func unknown(ecosystem: Ecosystem) {
        #expect(names(ecosystem, [:]) == nil)
        #expect(names(ecosystem, ["/p/package.json": "{", "/p/Cargo.toml": "["]) == nil)
    }
}
