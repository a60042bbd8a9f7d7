"""What `uv pip install` and `uv pip sync` would bring is judged before anything of it is installed, and
exactly that is installed. With the shipped policy, whose 72 hours hold for all of it."""
import shutil
import unittest
import zipfile

from field import DENIED, TOOLS, Field, Registry
from held import Held
from test_default_age import days_ago

# A build backend in the project itself, which needs nothing from anywhere.
BACKEND = """
import os, zipfile
def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    information = "mine-1.0.dist-info/"
    files = {
        "mine.pth": os.getcwd() + "\\n",
        information + "METADATA": "Metadata-Version: 2.1\\nName: mine\\nVersion: 1.0\\n"
        "Requires-Dist: left<2\\n",
        information + "WHEEL": "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\n"
        "Tag: py3-none-any\\n",
        information + "RECORD": "",
    }
    name = "mine-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return name
build_wheel = build_editable
"""
PROJECT = ('[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
           '[project]\nname = "mine"\nversion = "1.0"\ndependencies = ["left<2"]\n')
MARKER = "import pathlib\npathlib.Path({!r}).write_text('ran')\nraise SystemExit(1)\n"
PACKAGES = {
    "left": {"1.0": {"requires": ["deep<2"]}, "2.0": {"requires": ["deep"]}},
    "deep": {"1.0": {}, "2.0": {}, "3.0": {"time": days_ago(1)}},
    "eager": {"1.0": {"requires": ["deep>=3"]}},
    "nested": {"1.0": {"requires": ["left"]}},
    "tool": {"1.0": {"programs": ["tool-program"]}},
    "shadow": {"1.0": {"programs": ["harmless", "npm"]}},
    "script": {"1.0": {"scripts": {"cargo": "#!/bin/sh\n"}}},
    "outer": {"1.0": {"requires": ["shadow"]}},
    "liar": {"1.0": {"lie": True}},
    "bare": {"1.0": {"digest": False}},
    "over-source": {"1.0": {"requires": ["source-only"]}},
    "lost": {"1.0": {"requires": ["no-such-name"]}},
}


class UvTest(Held):
    """A project with an environment and an index; one field and one cache serve all."""

    @classmethod
    def setUpClass(cls):
        if not (TOOLS / "venv/bin/uv").exists():
            raise unittest.SkipTest("uv is not here")
        cls.shared = Field([TOOLS / "venv/bin"])
        cls.addClassCleanup(cls.shared.remove)
        cls.marker = cls.shared.scratch / "marker"
        PACKAGES["source-only"] = {
            "1.0": {"sdist": {"setup.py": MARKER.format(str(cls.marker))}}}
        cls.index = Registry(cls.shared, "wheel_index.py", PACKAGES)
        cls.addClassCleanup(cls.index.stop)
        cls.policy_text = cls.shared.policy.read_text()

    def setUp(self):
        self.field = self.shared
        self.field.project = self.field.make(f"project-{self.id()}")
        self.field.policy.write_text(self.policy_text)
        self.assert_code(0, self.field.run("uv", "venv", UV_CACHE_DIR=self.cache()))
        self.environment = self.field.project / ".venv"

    def cache(self):
        return str(self.field.scratch / "cache")

    def variables(self, **more):
        return {"UV_CACHE_DIR": self.cache(), "UV_DEFAULT_INDEX": self.index.url + "simple",
                **more}

    def uv(self, *words, **more):
        return self.field.run("uv", "pip", *words, **self.variables(**more))

    def installed(self):
        found = self.environment.glob("lib/python3*/site-packages/*.dist-info")
        return dict(path.name.removesuffix(".dist-info").split("-", 1) for path in found)

    def phases(self):
        return [phase["name"] for phase in self.outcome()["phases"]]

    def brought(self):
        return {package["purl"].removeprefix("pkg:pypi/"): package for package in
                self.field.records(("outcome.packages",))[-1]["packages"]}

    def assert_refused(self, result, *texts):
        self.assert_code(DENIED, result)
        for text in texts:
            self.assertIn(text.encode(), result.err)


class ResolvedUv(UvTest):
    def test_everyday_lines(self):
        result = self.uv("install", "left<2")
        self.assert_code(0, result)
        self.assertIn(b"+ left==1.0", result.err)
        self.assertNotIn(b"Would install", result.err)
        self.assertEqual(self.installed(), {"left": "1.0", "deep": "1.0"})
        self.assertEqual(self.phases(), ["resolve", "pin", "fetch", "install"])
        brought = self.brought()
        self.assertEqual(sorted(brought), ["deep@1.0", "left@1.0"])
        for package in brought.values():
            self.assertTrue(package["integrity"].startswith("sha256-"), package)
            self.assertTrue(package["resolved"].startswith(self.index.url), package)
            self.assertEqual(package["published"], "2020-01-01T00:00:00Z")
        self.assert_code(0, self.uv("install", "left<2"))
        self.assertEqual(self.phases(), ["resolve"])
        # A young version is no choice.
        self.assert_code(0, self.uv("install", "--upgrade", "left", "deep"))
        self.assertEqual(self.installed(), {"left": "2.0", "deep": "2.0"})
        self.assertEqual(self.brought()["left@2.0"]["status"], "changed")
        self.field.write("more.txt", "tool\n")
        self.field.write("r.txt", f"--index-url {self.index.url}simple\nleft\n-r more.txt\n")
        self.field.write("constraints.txt", "deep==1.0\n")
        self.assert_code(0, self.uv(
            "install", "-r", "r.txt", "-c", "constraints.txt", UV_DEFAULT_INDEX=None))
        self.assertEqual(self.installed(), {"left": "2.0", "deep": "1.0", "tool": "1.0"})
        self.assertEqual(
            self.field.run(self.environment / "bin/tool-program").out, b"tool\n")
        self.assert_code(0, self.uv("install", "--reinstall", "left", "-q"))
        self.assert_code(0, self.uv("install", "--target", "lib", "left"))
        self.assertTrue((self.field.project / "lib/deep.py").exists())
        self.assert_code(0, self.uv("install", "--no-deps", "--no-cache", "nested"))
        self.assertEqual(list(self.field.state.glob(".shimgate/stage/[!.]*")), [])

    def test_an_environment_is_made_what_a_file_says(self):
        self.assert_code(0, self.uv("install", "left<2", "tool"))
        self.field.write("r.txt", "deep==2.0\ntool==1.0\n")
        self.assert_code(0, self.uv("sync", "r.txt"))
        self.assertEqual(self.installed(), {"deep": "2.0", "tool": "1.0"})
        self.assertEqual(self.phases(), ["resolve", "pin", "fetch", "remove", "install"])
        statuses = {name: package["status"] for name, package in self.brought().items()}
        self.assertEqual(statuses, {"deep@2.0": "changed", "left@1.0": "removed"})
        self.field.write("r.txt", "tool==1.0\n")
        self.assert_code(0, self.uv("sync", "r.txt"))
        self.assertEqual(self.installed(), {"tool": "1.0"})
        self.assertEqual(self.phases(), ["resolve", "remove"])
        self.field.write("r.txt", "tool==1.0\ndeep==3.0\n")
        result = self.uv("sync", "r.txt")
        self.assertNotEqual(result.code, 0, str(result))
        self.assertEqual(self.installed(), {"tool": "1.0"})

    def test_own_folders_are_installed_in_place_after_what_they_need(self):
        self.field.write("pyproject.toml", PROJECT)
        self.field.write("backend.py", BACKEND)
        self.assert_code(0, self.uv("install", "-e", "."))
        self.assertEqual(self.installed(), {"mine": "1.0", "left": "1.0", "deep": "1.0"})
        self.assertEqual(self.phases(), ["resolve", "pin", "fetch", "install", "own"])
        self.field.write("r.txt", "-e .\ntool\n")
        self.assert_code(0, self.uv("install", "-r", "r.txt"))
        self.assert_code(0, self.uv("sync", "r.txt"))
        self.assertEqual(self.installed(), {"mine": "1.0", "tool": "1.0"})
        self.assert_refused(self.uv("install", "--reinstall", "."), "-e ")
        self.field.write("pyproject.toml", PROJECT + '[tool.uv.sources]\nleft = { index = "x" }\n')
        self.assert_refused(self.uv("install", "-e", "."), "tool.uv.sources")
        self.assert_code(0, self.uv("install", "--no-sources", "-e", "."))

    def test_what_a_package_needs_is_held_to_the_age(self):
        # Of an old package whose dependency is new, nothing fits; of a range an older version does.
        for words in (["eager"], ["deep==3.0"], ["eager", "--exclude-newer", "2099-01-01"]):
            result = self.uv("install", *words)
            self.assertNotEqual(result.code, 0, str(result))
            self.assertEqual(self.installed(), {})
        self.assert_refused(result, "minimumReleaseAge", "enough is deep@2.0")
        # The project's settings widen what is chosen, and not what is judged.
        self.field.write("uv.toml", 'exclude-newer-package = { deep = "2099-01-01T00:00:00Z" }\n')
        self.assert_refused(self.uv("install", "eager"), "minimumReleaseAge")
        self.assertEqual(self.installed(), {})
        (self.field.project / "uv.toml").unlink()
        self.assert_code(0, self.uv("install", "left"))
        self.assertEqual(self.installed()["deep"], "2.0")

    def test_a_denied_package_deep_down_stops_all(self):
        self.rule(packages={"deny": ["deep"]})
        for words in (["nested"], ["--target", "lib", "nested"]):
            self.assert_refused(self.uv("install", *words), "deep@2.0")
        self.assertEqual(self.installed(), {})
        self.assertEqual(list(self.field.project.glob("lib/[a-z]*")), [])
        self.assertIn("deep", self.outcome()["refused"])
        self.assert_code(0, self.uv("install", "--no-deps", "left"))
        self.field.policy.write_text(self.policy_text)
        self.rule(registries=["https://pypi.org/simple"])
        self.assert_code(DENIED, self.uv("install", "tool"))

    def test_a_source_archive_is_not_built(self):
        for words in (["source-only"], ["over-source"], ["--no-binary", "source-only", "source-only"],
                      ["source-only", "--no-build-isolation"]):
            result = self.uv("install", *words)
            self.assertNotEqual(result.code, 0, str(result))
            self.assertFalse(self.marker.exists(), str(result))
        self.rule(scripts={"allow": ["source-only"]})
        result = self.uv("install", "source-only")
        self.assertNotEqual(result.code, 0, str(result))
        self.assertFalse(self.marker.exists())
        self.assertEqual(self.installed(), {})

    def test_programs_that_bear_a_shims_name(self):
        for name in ("shadow", "outer", "script"):
            for option in ("--target", "--prefix"):
                result = self.uv("install", option, "lib", name)
                self.assert_refused(result, "a program named ")
                # uv makes folders as soon as it resolves.
                files = [path for path in self.field.project.glob("lib/**/[a-z]*")
                         if path.is_file()]
                self.assertEqual(files, [])
        # In an environment they are guarded as soon as they are there.
        self.assert_code(0, self.uv("install", "shadow"))
        self.assertIn(b"shimgate adopted", (self.environment / "bin/npm").read_bytes())
        self.assert_code(0, self.uv("install", "--reinstall", "shadow"))
        self.assertIn(b"shimgate adopted", (self.environment / "bin/npm").read_bytes())

    def test_an_index_that_lies_or_says_too_little(self):
        self.assertNotEqual(self.uv("install", "liar").code, 0)
        self.assertEqual(self.installed(), {})
        for more in ({"UV_NO_VERIFY_HASHES": "1"}, {"UV_REQUIRE_HASHES": "1"}):
            self.assertNotEqual(self.uv("install", "liar", **more).code, 0)
        self.assertEqual(self.installed(), {})
        # Where an index has no digest, uv makes one of what it was given, and keeps to that.
        self.assert_code(0, self.uv("install", "bare"))
        self.assertTrue(self.brought()["bare@1.0"]["integrity"].startswith("sha256-"))

    def test_settings_have_no_say_in_what_was_judged(self):
        self.field.write("pyproject.toml", '[project]\nname = "x"\nversion = "1"\n[tool.uv]\n'
                         'constraint-dependencies = ["deep<2"]\n'
                         '[tool.uv.pip]\noutput-file = "written.txt"\nverify-hashes = false\n')
        self.assert_code(0, self.uv("install", "left"))
        self.assertEqual(self.installed(), {"left": "2.0", "deep": "1.0"})
        self.assertFalse((self.field.project / "written.txt").exists())

    def test_a_name_that_does_not_exist(self):
        for name in ("no-such-name", "lost"):
            result = self.uv("install", name)
            self.assertIn(result.code, (1, DENIED), str(result))
            self.assertIn(b"no package is named no-such-name", result.err)
            record = self.field.records(("outcome.packages",))[-1]["packages"][0]
            self.assertEqual(record["status"], "not_found")

    def test_an_interpreters_module_has_to_be_called_itself(self):
        result = self.field.run("python", "-m", "uv", "pip", "install", "left", **self.variables())
        self.assert_refused(result, "where uv itself is called")

    def test_an_environments_own_uv_is_the_same(self):
        (self.environment / "bin/uv").symlink_to(TOOLS / "venv/bin/uv")
        # What lies there is guarded by the next line.
        self.assert_code(0, self.uv("install", "tool"))
        self.assertIn(b"shimgate adopted", (self.environment / "bin/uv").read_bytes())
        for _ in range(2):
            result = self.field.run(
                self.environment / "bin/uv", "pip", "install", "--reinstall", "left",
                **self.variables())
            self.assert_code(0, result)
            self.assertEqual(self.installed(), {"left": "2.0", "deep": "2.0", "tool": "1.0"})

    def test_an_older_uv_that_cannot_say_first_is_refused(self):
        folder = self.field.make("old")
        for release, text in (("0.11.33", "uv before 0.12.18"), (None, "uv 0.12.18 and later")):
            (folder / "bin").mkdir(exist_ok=True)
            shutil.rmtree(folder / "lib", ignore_errors=True)
            if release:
                site = folder / f"lib/python3.11/site-packages/uv-{release}.dist-info"
                site.mkdir(parents=True)
                (site / "METADATA").write_text(f"Metadata-Version: 2.1\nName: uv\nVersion: {release}\n")
            program = folder / "bin/uv"
            program.write_text("#!/bin/sh\necho \"error: unexpected argument '--output-format' found\" >&2\n"
                               "exit 2\n")
            program.chmod(0o755)
            field = Field([folder / "bin"])
            self.addCleanup(field.remove)
            self.assert_refused(
                field.run("uv", "pip", "install", "left", **self.variables()), text)

    def test_an_archive_in_a_folder_has_no_time(self):
        links = self.field.make(self.field.project / "links")
        with zipfile.ZipFile(links / "stray-1.0-py3-none-any.whl", "w") as archive:
            information = "stray-1.0.dist-info/"
            archive.writestr(information + "METADATA",
                             "Metadata-Version: 2.1\nName: stray\nVersion: 1.0\n")
            archive.writestr(information + "WHEEL", "Wheel-Version: 1.0\nGenerator: t\n"
                             "Root-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(information + "RECORD", "")
        line = ("install", "--no-index", "--find-links", "links", "stray")
        self.assert_refused(self.uv(*line), "stray-1.0-py3-none-any.whl")
        self.assertEqual(self.installed(), {})


if __name__ == "__main__":
    unittest.main()
