"""The shipped policy lets no version in that is younger than 72 hours, and does not stand in the way of
what needs no registry or is resolved first."""
import datetime
import json
import os
import shutil
import subprocess
import textwrap
import unittest
import zipfile

from field import TOOLS, FieldTest, any_npm
from test_release_age import DATED


def days_ago(count):
    time = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=count)
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Shipped(FieldTest):
    def dated(self):
        return self.registry("dated_registry.py", DATED)

    def change(self, edit):
        policy = json.loads(self.field.policy.read_text())
        edit(policy)
        self.field.policy.write_text(json.dumps(policy))

    def track(self, *paths):
        for words in (["init", "-q"], ["add", "--", *paths]):
            subprocess.run(["git", *words], cwd=self.field.project, check=True)

    def assert_young(self, result, older=None):
        self.assert_denied(result)
        self.assertIn(b"minimumReleaseAge", result.err)
        self.assertIn(f"enough is {older}".encode() if older else b"no version", result.err)


class Layers(Shipped):
    """Who may say what of the age."""

    tool_directories = any_npm()

    def setUp(self):
        super().setUp()
        self.need("npm")
        server = self.registry(packages={"recent": {
            "1.0.0": {}, "1.1.0": {"time:": days_ago(5)}, "1.2.0": {"time:": days_ago(1)}}})
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write(".npmrc", f"registry={server.url}\n")

    def installed(self):
        self.assert_code(0, self.field.run("npm", "install", "recent"))
        manifest = self.field.project / "node_modules/recent/package.json"
        version = json.loads(manifest.read_text())["version"]
        self.assert_code(0, self.field.run("npm", "uninstall", "recent"))
        return version

    def test_a_repository_can_demand_more_and_not_less(self):
        self.assertEqual(self.installed(), "1.1.0")
        self.field.write(".shimgate/policy.json", {"require": {"minimumReleaseAge": "7d"}, "rules": []})
        self.assertEqual(self.installed(), "1.0.0")
        self.field.write(".shimgate/policy.json", {"require": {"minimumReleaseAge": "0h"}, "rules": []})
        self.assertEqual(self.installed(), "1.1.0")

    def test_a_rule_for_scripts_keeps_the_age_and_one_for_the_age_changes_it(self):
        rule = {"id": "own", "action": "shell.exec", "match": {"operation": "install"},
                "effect": "allow", "require": {"scripts": {"allow": ["recent"]}}}
        self.change(lambda policy: policy["rules"].append(rule))
        self.assertEqual(self.installed(), "1.1.0")
        told = self.field.shimgate("explain", "--", "npm", "install", "recent")
        self.assertRegex(told.out, rb'minimumReleaseAge 3d\n +"72h"  for all that is allowed \(')
        self.assertRegex(told.out, rb'scripts +recent\n +\["recent"\]  rule own \(')
        rule["require"]["minimumReleaseAge"] = "0h"
        self.change(lambda policy: policy["rules"].__setitem__(-1, rule))
        self.assertEqual(self.installed(), "1.2.0")
        shown = self.field.shimgate("policy", "show", "--effective")
        self.assertIn(b"conditions of install, for all that is allowed", shown.out)


class Cargo(Shipped):
    tool_directories = [os.path.expanduser("~/.cargo/bin")]
    manifest = '[package]\nname = "own"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n'

    def setUp(self):
        super().setUp()
        self.need("cargo")
        self.server = self.dated()
        self.field.write("src/lib.rs", "")
        self.field.write("Cargo.toml", self.manifest)
        self.settings = textwrap.dedent(f"""\
            [source.crates-io]
            replace-with = "here"
            [source.here]
            registry = "sparse+{self.server.url}index/"
            """)
        self.field.write(".cargo/config.toml", self.settings)

    def test_vendored_sources_and_offline_lines_ask_nobody(self):
        self.assert_code(0, self.field.run("cargo", "add", "ripe"))
        self.assert_code(0, self.field.run("cargo", "fetch"))
        vendored = self.field.run("cargo", "vendor", "--respect-source-config")
        self.assert_code(0, vendored)
        self.server.stop()
        self.assert_code(0, self.field.run("cargo", "fetch", "--offline"))
        denied = self.field.run("cargo", "fetch")
        self.assert_denied(denied)
        self.assertIn(b"cannot be told", denied.err)
        self.field.write(".cargo/config.toml", vendored.out.decode())
        self.assert_code(0, self.field.run("cargo", "fetch"))
        self.assert_code(0, self.field.run("cargo", "build", "--offline"))


class Bundler(Shipped):
    def setUp(self):
        super().setUp()
        self.need("bundle")
        self.server = self.dated()
        self.field.write(".bundle/config", 'BUNDLE_PATH: "vendor/bundle"\n')

    def gemfile(self, *gems):
        (self.field.project / "Gemfile.lock").unlink(missing_ok=True)
        lines = "".join(f"gem {gem}\n" for gem in gems)
        self.field.write("Gemfile", f'source "{self.server.url}gems.example"\n{lines}')

    def test_a_gemfile_without_a_lockfile_is_judged_when_it_is_resolved(self):
        self.gemfile('"ripe"', '"mixed", "1.0.0"')
        result = self.field.run("bundle", "install")
        self.assert_code(0, result)
        self.assertTrue((self.field.project / "Gemfile.lock").exists())
        self.assert_code(0, self.field.run("bundle", "install"))
        for gem, older in (('"mixed"', b"enough is mixed@1.0.0"), ('"green"', b"no version")):
            with self.subTest(gem):
                self.gemfile('"ripe"', gem)
                result = self.field.run("bundle", "install")
                self.assert_code(77, result)
                self.assertIn(older, result.err)
                self.assertFalse((self.field.project / "Gemfile.lock").exists())
        self.gemfile('"mixed"')
        self.assert_code(0, self.field.run_directly("bundle", "lock"))
        self.assert_young(self.field.run("bundle", "install"), "mixed@1.0.0")
        self.gemfile()
        self.assert_young(self.field.run("bundle", "add", "mixed"), "mixed@1.0.0")
        self.assert_code(0, self.field.run("bundle", "add", "mixed", "--version", "1.0.0"))


class Pip(Shipped):
    """An older pip, asked by us, and one that has an option of its own."""

    def setUp(self):
        super().setUp()
        self.server = self.dated()
        made = self.field.run("python3", "-m", "venv", "old", cwd=self.field.scratch)
        if made.code != 0:
            self.skipTest("python3 makes no virtual environment")
        self.pips = {"old": self.field.scratch / "old/bin/pip"}
        if (TOOLS / "pip26/pip").exists():
            self.assert_code(0, self.field.run("python3", "-m", "venv", "new", cwd=self.field.scratch))
            site = next((self.field.scratch / "new").glob("lib/python3*/site-packages"))
            for old in site.glob("pip*"):
                shutil.rmtree(old)
            for new in (TOOLS / "pip26").glob("pip*"):
                shutil.copytree(new, site / new.name)
            self.pips["new"] = self.field.scratch / "new/bin/pip"

    def pip(self, which, *words, **variables):
        return self.field.run(
            self.pips[which], *words, **{"PIP_FIND_LINKS": None, "PIP_INDEX_URL": None, **variables})

    def versions(self, which):
        listed = self.pip(which, "list", "--format=json")
        return {one["name"]: one["version"] for one in json.loads(listed.out)}

    def test_young_versions_are_kept_out_of_both(self):
        index = ("--index-url", self.server.url + "simple/")
        for which in self.pips:
            with self.subTest(which):
                self.field.write("requirements.txt", "ripe\nmixed==1.0.0\n")
                result = self.pip(which, "install", *index, "-r", "requirements.txt")
                self.assert_code(0, result)
                self.assertEqual(self.versions(which)["mixed"], "1.0.0")
                for name in ("mixed==1.2.0", "green"):
                    result = self.pip(which, "install", *index, name)
                    self.assertNotEqual(result.code, 0, str(result))
                self.assertEqual(self.versions(which)["mixed"], "1.0.0")
                self.assertNotIn("green", self.versions(which))
        self.assert_young(self.pip("old", "install", *index, "mixed==1.2.0"), "mixed@1.0.0")
        if "new" in self.pips:
            self.assert_code(0, self.pip("new", "install", *index, "--upgrade", "mixed"))
            self.assertEqual(self.versions("new")["mixed"], "1.0.0")

    def test_archives_that_the_repository_tracks_are_its_own(self):
        links = self.field.make("project/wheels")
        for name in ("kept", "stray"):
            with zipfile.ZipFile(links / f"{name}-1.0-py3-none-any.whl", "w") as archive:
                information = f"{name}-1.0.dist-info/"
                archive.writestr(f"{name}.py", "")
                archive.writestr(information + "METADATA",
                                 f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
                archive.writestr(information + "WHEEL", "Wheel-Version: 1.0\nGenerator: t\n"
                                 "Root-Is-Purelib: true\nTag: py3-none-any\n")
                archive.writestr(information + "RECORD", "")
        self.track("wheels/kept-1.0-py3-none-any.whl")
        line = ("install", "--no-index", "--find-links", "wheels")
        result = self.pip("old", *line, "kept")
        self.assert_code(0, result)
        self.assertIn("kept", self.versions("old"))
        result = self.pip("old", *line, "stray")
        self.assert_code(77, result)
        self.assertIn(b"stray-1.0-py3-none-any.whl, and nobody says when it was published", result.err)
        self.assertNotIn("stray", self.versions("old"))
        self.assertEqual(self.server.requests(), [])


class DotNet(Shipped):
    """No SDK is at hand; what matters is what we ask before it would start."""

    stand_ins = ("dotnet",)
    project = ('<Project Sdk="Microsoft.NET.Sdk">\n<ItemGroup>\n{}\n</ItemGroup>\n</Project>\n')

    def setUp(self):
        super().setUp()
        self.server = self.dated()
        self.field.write("NuGet.Config", '<?xml version="1.0"?><configuration><packageSources><clear/>'
                         f'<add key="here" value="{self.server.url}v3/index.json"/>'
                         '</packageSources></configuration>')

    def restore(self, inner, *words):
        self.field.write("a/a.csproj", self.project.format(inner))
        return self.field.run("dotnet", "restore", *words, cwd=self.field.project / "a")

    def test_packages_that_projects_name_are_judged_before_a_restore(self):
        self.assert_code(0, self.restore('<PackageReference Include="Ripe" Version="1.1.0" />'))
        self.assertEqual(len(self.field.started()), 1)
        young = '<PackageReference Include="Mixed" Version="1.2.0" />'
        self.assert_young(self.restore(young), "Mixed@1.0.0")
        self.field.write("b/b.csproj", self.project.format(young))
        self.assert_young(self.restore('<ProjectReference Include="..\\b\\b.csproj" />'), "Mixed@1.0.0")
        self.field.write("Directory.Packages.props", "<Project><ItemGroup>"
                         '<PackageVersion Include="mixed" Version="1.0.0" /></ItemGroup></Project>')
        self.assert_code(0, self.restore('<PackageReference Include="Mixed" />'))
        self.assertEqual(len(self.field.started()), 2)
        for inner, reason in (
                ('<PackageReference Include="Mixed" Version="$(V)" />', b"a.csproj:3: Mixed"),
                ('<Import Project="x.props" />', b"a.csproj:3: it imports another file"),
                ('<PackageReference Include="Other" />', b"a.csproj:3: Other has no version")):
            result = self.restore(inner)
            self.assert_denied(result)
            self.assertIn(reason, result.err)
        self.assertEqual(len(self.field.started()), 2)


class Pdm(Shipped):
    stand_ins = ("pdm",)

    def test_what_its_lockfile_pins_is_judged(self):
        server = self.dated()
        self.field.write("pyproject.toml", '[project]\nname = "own"\nversion = "1"\n'
                         f'[[tool.pdm.source]]\nname = "pypi"\nurl = "{server.url}simple"\n')
        for version, code in (("1.0.0", 0), ("1.2.0", 77)):
            digest = "0" * 64
            self.field.write("pdm.lock", textwrap.dedent(f"""\
                [metadata]
                lock_version = "4.5.1"

                [[package]]
                name = "mixed"
                version = "{version}"
                files = [
                    {{file = "mixed-{version}-py3-none-any.whl", hash = "sha256:{digest}"}},
                ]
                """))
            for command in ("install", "sync"):
                result = self.field.run("pdm", command)
                self.assert_code(code, result)
                if code:
                    self.assert_young(result, "mixed@1.0.0")
        started = [[word for word in entry["argv"][1:] if word != "--shimgate-guard"]
                   for entry in self.field.started()]
        self.assertEqual(started, [["install", "--check"], ["sync"]])


if __name__ == "__main__":
    unittest.main()
