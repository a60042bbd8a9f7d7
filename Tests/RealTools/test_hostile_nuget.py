"""NuGet packages that bring scripts and MSBuild targets: nuget runs none of them, and dotnet, whose
SDK test machines cannot get, is started without what would load code into it."""
import unittest
import zipfile

from field import FieldTest

NUSPEC = """<?xml version="1.0"?>
<package xmlns="http://schemas.microsoft.com/packaging/2010/07/nuspec.xsd"><metadata>
<id>{name}</id><version>1.0.0</version><authors>t</authors><description>t</description>
{more}</metadata></package>
"""
CONTENT_TYPES = """<?xml version="1.0"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="nuspec" ContentType="application/octet"/>
<Default Extension="ps1" ContentType="application/octet"/>
<Default Extension="targets" ContentType="application/octet"/>
<Default Extension="props" ContentType="application/octet"/>
<Default Extension="txt" ContentType="application/octet"/></Types>
"""
RELATIONS = """<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest"
 Target="/{name}.nuspec" Id="R1"/></Relationships>
"""
# What could start a package's script; each would leave the marker.
STARTERS = ("powershell", "pwsh", "xbuild", "msbuild", "dotnet")


class HostileNuGet(FieldTest):
    def setUp(self):
        super().setUp()
        self.need("nuget", "mono")
        self.let_any_age_in()
        self.marker = self.field.scratch / "marker"
        self.source = self.field.make("source")
        mark = f'echo ran >> "{self.marker}"\n'
        for name in STARTERS:
            self.field.add_script(name, "#!/bin/sh\n" + mark)
        targets = ('<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003" '
                   'InitialTargets="Mark"><Target Name="Mark"><Exec Command=\'' + mark.strip()
                   + "'/></Target></Project>\n")
        scripts = {f"tools/{name}.ps1": mark for name in ("init", "install", "uninstall")}
        builds = {f"build/evil.{kind}": targets for kind in ("targets", "props")}
        self.pack("evil", {**scripts, **builds, "content/a.txt": "a"})
        self.pack("carrier", {"content/b.txt": "b"},
                  '<dependencies><dependency id="evil" version="1.0.0"/></dependencies>')

    def pack(self, name, files, more=""):
        with zipfile.ZipFile(self.source / f"{name}.1.0.0.nupkg", "w") as archive:
            archive.writestr("[Content_Types].xml", CONTENT_TYPES)
            archive.writestr("_rels/.rels", RELATIONS.format(name=name))
            archive.writestr(f"{name}.nuspec", NUSPEC.format(name=name, more=more))
            for path, text in files.items():
                archive.writestr(path, text)

    def assert_unpacked(self, folder, result):
        for name in ("tools/install.ps1", "tools/init.ps1", "build/evil.targets"):
            self.assertTrue((self.field.project / folder / "evil.1.0.0" / name).exists(), str(result))
        self.assertFalse(self.marker.exists(), str(result))

    def test_scripts_and_targets_of_a_package_are_unpacked_and_do_not_run(self):
        for number, name in enumerate(("evil", "carrier")):
            folder = f"out{number}"
            result = self.field.run(
                "nuget", "install", name, "-Source", str(self.source), "-OutputDirectory", folder,
                "-NonInteractive")
            self.assert_code(0, result)
            self.assert_unpacked(folder, result)
        self.field.write("packages.config", '<?xml version="1.0"?><packages>'
                         '<package id="evil" version="1.0.0"/></packages>')
        result = self.field.run(
            "nuget", "restore", "packages.config", "-Source", str(self.source),
            "-PackagesDirectory", "packages", "-NonInteractive")
        self.assert_code(0, result)
        self.assert_unpacked("packages", result)
        # The programs that could have done it are there and leave the marker.
        self.assert_code(0, self.field.run_directly("pwsh", "packages/evil.1.0.0/tools/init.ps1"))
        self.assertTrue(self.marker.exists())

    def test_extensions_that_the_caller_names_are_not_loaded(self):
        folder = self.field.make("extensions")
        names = ("NUGET_EXTENSIONS_PATH", "NUGET_PLUGIN_PATHS", "NUGET_CREDENTIALPROVIDERS_PATH")
        result = self.field.run(
            "nuget", "install", "evil", "-Source", str(self.source), "-OutputDirectory", "out",
            "-NonInteractive", **{name: str(folder) for name in names})
        self.assert_code(0, result)
        self.assertEqual(set(names) - set(self.field.records()[-1]["stripped"]), set())


class HostileForDotnet(FieldTest):
    stand_ins = ("dotnet",)

    def setUp(self):
        super().setUp()
        self.let_any_age_in()

    def test_a_restore_is_started_without_what_loads_code_and_says_that_targets_run(self):
        loaders = ("DOTNET_STARTUP_HOOKS", "DOTNET_ADDITIONAL_DEPS", "CORECLR_PROFILER",
                   "CORECLR_ENABLE_PROFILING", "NUGET_PLUGIN_PATHS")
        for line in (["restore"], ["add", "package", "evil"], ["tool", "install", "evil"]):
            with self.subTest(line):
                result = self.field.run("dotnet", *line, **{name: "/evil.dll" for name in loaders})
                self.assert_code(0, result)
                started = self.field.started()[-1]
                self.assertEqual(set(loaders) & set(started["environment"]), set())
                self.assertEqual(started["argv"][1:], line)
                # There is no switch against the targets of packages; the record says so.
                self.assertIn("scripts:unenforced", self.field.records()[-1]["injected"])
        self.field.run_directly("dotnet", "restore", **{name: "/evil.dll" for name in loaders})
        self.assertLess(set(loaders), set(self.field.started()[-1]["environment"]))


if __name__ == "__main__":
    unittest.main()
