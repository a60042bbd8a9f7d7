// What project files of .NET name literally, and that everything else is a fault with its line.

import GateCore
import Testing

@testable import RegistryFacts

@Suite struct NuGetProjectTests {
    private func project(_ inner: String) throws -> NuGetProject {
        try NuGetProject("<Project Sdk=\"Microsoft.NET.Sdk\">\n\(inner)\n</Project>\n")
    }

    private func listed(_ references: [NuGetProject.Reference]) -> [String] {
        references.map { "\($0.name) \($0.version?.text ?? "-") :\($0.line)" }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let found: [String]
        var testDescription: String { text }

        init(_ text: String, _ found: [String]) { (self.text, self.found) = (text, found) }
    }

    @Test(
        "packages are read in every literal spelling",
        arguments: [
            Row(
                "<ItemGroup><PackageReference Include=\"A.B\" Version=\"1.2.3\" /></ItemGroup>",
                ["A.B 1.2.3 :2"]),
            Row(
                "<ItemGroup><packagereference include='A'\n version = '[1.0,2.0)' /></ItemGroup>",
                ["A [1.0,2.0) :2"]),
            Row(
                "<PackageReference Include=\"A\"><Version> 1.0 </Version><PrivateAssets>all</PrivateAssets></PackageReference>",
                ["A 1.0 :2"]),
            Row("<PackageReference Include=\"A; B\" Version=\"1.*\" />", ["A 1.* :2", "B 1.* :2"]),
            Row("<PackageReference Include=\"A\" />", ["A - :2"]),
            Row(
                "<PackageReference Include=\"A\" Version=\"1\" VersionOverride=\"2\" />", ["A 2 :2"]
            ),
            Row("<PackageReference Update=\"A\" Version=\"3\" />", ["A 3 :2"]),
            Row("<PackageReference Update=\"A\" PrivateAssets=\"all\" />", []),
            Row("<PackageReference Remove=\"A\" />", []),
            Row("<GlobalPackageReference Include=\"A\" Version=\"4\" />", ["A 4 :2"]),
            Row("<PackageDownload Include=\"A\" Version=\"[5]\" />", ["A [5] :2"]),
            Row(
                "<!-- <PackageReference Include=\"A\" Version=\"1\" />\n --><PackageReference Include=\"B\" Version=\"1\" />",
                ["B 1 :3"]),
            Row("<Sdk Name=\"Own.Sdk\" Version=\"1.2\" />", ["Own.Sdk 1.2 :2"]),
            Row("<PropertyGroup Condition=\"'$(A)' == 'b'\"><X>$(Y)</X></PropertyGroup>", []),
        ])
    func references(row: Row) throws {
        #expect(listed(try project(row.text).references) == row.found)
    }

    @Test(
        "an SDK with a version is a package, and the versions of all packages can stand elsewhere")
    func others() throws {
        let sdk = try NuGetProject("<Project Sdk=\"Microsoft.NET.Sdk;Own.Sdk/2.0\"/>")
        #expect(listed(sdk.references) == ["Own.Sdk 2.0 :1"])
        let central = try project(
            "<PackageVersion Include=\"A\" Version=\"1.0\"/>\n"
                + "<PackageVersion Include=\"B\"><Version>2.0</Version></PackageVersion>\n"
                + "<CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>"
        )
        #expect(listed(central.versions) == ["A 1.0 :2", "B 2.0 :3"])
        #expect(central.references.isEmpty)
        #expect(central.pinsTransitively)
        let outer = try project("<ProjectReference Include=\"..\\b\\b.csproj;c/c.fsproj\" />")
        #expect(outer.projects == ["..\\b\\b.csproj", "c/c.fsproj"])
    }

    @Test(
        "what is not literal is a fault in its line",
        arguments: [
            "<PackageReference Include=\"A\" Version=\"$(V)\" />",
            "<PackageReference Include=\"@(Other)\" Version=\"1\" />",
            "<PackageReference Include=\"A*\" Version=\"1\" />",
            "<PackageReference Include=\"A\" Version=\"1&#46;0\" />",
            "<PackageReference Include=\"A\" Version=\"%2A\" />",
            "<PackageReference Include=\"A\" Version=\"1\" Condition=\"'$(T)' == 'x'\" />",
            "<ItemGroup Condition=\"true\"><PackageReference Include=\"A\" Version=\"1\" /></ItemGroup>",
            "<Choose><When Condition=\"true\"><PackageReference Include=\"A\" Version=\"1\"/></When></Choose>",
            "<Choose><Otherwise><PackageReference Include=\"A\" Version=\"1\"/></Otherwise></Choose>",
            "<PackageReference Include=\"A\"><Version>$(V)</Version></PackageReference>",
            "<PackageReference Include=\"A\"><Version Condition=\"true\">1</Version></PackageReference>",
            "<PackageReference Include=\"A;B\"><Version></Version></PackageReference>",
            "<PackageReference Version=\"1\" />",
            "<Import Project=\"other.props\" />",
            "<ProjectReference Include=\"$(Other)\" />",
            "<ProjectReference Include=\"**/x.csproj\" />",
            "<Sdk Name=\"Own.Sdk\" />",
            "<PropertyGroup><RestoreSources>https://x/</RestoreSources></PropertyGroup>",
            "<![CDATA[ ]]>", "<PackageReference Include=A />", "<PackageReference Include=\"A",
        ])
    func faults(text: String) {
        #expect {
            try project(text)
        } throws: { error in
            (error as? NuGetProjectFault)?.line == 2
                || (error as? NuGetProjectFault)?.reason == "it is not well-formed"
        }
    }

    @Test("a solution lists its projects, in both of its forms")
    func solutions() throws {
        let old = """
            Microsoft Visual Studio Solution File, Format Version 12.00
            Project("{9A19103F-16F7-4668-BE54-9A1E7A4F7556}") = "a", "src\\a\\a.csproj", "{ID}"
            EndProject
            Project("{2150E333-8FDC-42A3-9474-1A3956D46DE8}") = "folder", "folder", "{ID}"
            EndProject
            """
        #expect(try NuGetProject.projects(inSolution: old) == ["src\\a\\a.csproj"])
        let new = "<Solution>\n  <Project Path=\"src/a/a.csproj\" />\n</Solution>\n"
        #expect(try NuGetProject.projects(inSolution: new) == ["src/a/a.csproj"])
    }
}
