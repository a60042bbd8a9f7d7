"""Projects of uv, poetry and pdm: what changes a lockfile is resolved in a stage, shown and judged first, and then
installed in the project from exactly that lockfile. Real tools against a loopback index."""
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest

from field import DENIED, ROOT, TOOLS
from test_held_installs import APPROVAL, Held



def packages(marker):
    """What the index has; each source archive writes a file when its code runs."""
    code = f"open({str(marker)!r}, 'w').close()\n"
    setup = code + "from setuptools import setup\nsetup(name={!r}, version='1.0')\n"
    backend = {
        "pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "own"\n'
                          'backend-path = ["."]\n[project]\nname = "modern"\n'
                          'version = "1.0"\ndynamic = ["dependencies"]\n',
        "own.py": code + "def get_requires_for_build_wheel(*_): return []\n"}
    return {
        "alpha": {"1.0": {"requires": ["beta"]}, "1.1": {"requires": ["beta"]}},
        "beta": {"1.0": {}, "2.0": {}},
        "gamma": {"1.0": {"programs": ["gamma"]}},
        "shadow": {"1.0": {"programs": ["twine", "shadow"]}},
        "old": {"1.0": {"sdist": {"setup.py": setup.format("old")}}},
        "modern": {"1.0": {"sdist": backend}},
        "liar": {"1.0": {"lie": True}},
        "deep": {"1.0": {"requires": ["old"]}},
    }


# A build backend of the project's own. It notes where it was asked for what.
BACKEND = """\
import os, zipfile
METADATA = "Metadata-Version: 2.1\\nName: sample\\nVersion: 0.1.0\\nRequires-Dist: gamma\\n"
WHEEL = "Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, place = "sample-0.1.0-py3-none-any.whl", "sample-0.1.0.dist-info/"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for file, text in (("METADATA", METADATA), ("WHEEL", WHEEL), ("RECORD", "")):
            wheel.writestr(place + file, text)
        wheel.writestr("sample.py", "")
    return name

build_editable = build_wheel
"""
BUILD_SYSTEM = '[build-system]\nrequires = []\nbuild-backend = "own"\nbackend-path = ["."]\n'


class Project(Held):
    """A project with a loopback index; subclasses say how a tool is told of it."""

    packages_of_the_index = staticmethod(packages)

    def setUp(self):
        super().setUp()
        self.marker = self.field.scratch / "marker"
        self.index = self.registry("wheel_index.py", self.packages_of_the_index(self.marker))

    def assert_untouched(self, before, lock):
        self.assertEqual((self.text("pyproject.toml"), self.text(lock)), (before, None))
        self.assertFalse(self.marker.exists(), "a package's code ran")
        self.assert_clean()

    def modules(self):
        return sorted(path.stem for path in
                      self.field.project.glob(".venv/lib/python*/site-packages/*.py")
                      if not path.stem.startswith("_"))


class UvProject(Project):
    tool, lock = "uv", "uv.lock"
    variables = {}
    tool_directories = (TOOLS / "venv/bin",)

    def setUp(self):
        super().setUp()
        self.need("uv")
        self.manifest([])

    def manifest(self, dependencies, more=""):
        listed = "".join(f'    "{one}",\n' for one in dependencies)
        self.field.write("pyproject.toml", textwrap.dedent("""\
            [project]
            name = "sample"
            version = "0.1.0"
            requires-python = ">=3.8"
            dependencies = [
            {}]
            {}
            [[tool.uv.index]]
            url = "{}simple"
            default = true
            """).format(listed, more, self.index.url))


class Uv(UvProject):
    def test_an_added_package_is_resolved_shown_and_installed_frozen(self):
        result = self.field.run("uv", "add", "alpha==1.0")
        self.assert_code(0, result)
        self.assertIn(b"shimgate: uv.lock: 2 added", result.err)
        self.assertIn(b"added beta 2.0", result.err)
        self.assertEqual(self.modules(), ["alpha", "beta"])
        self.assertIn('"alpha==1.0"', self.text("pyproject.toml"))
        self.assertEqual(self.packages()["pkg:pypi/beta@2.0"], "added")
        self.assertEqual([phase["name"] for phase in self.outcome()["phases"]],
                         ["resolve", "resolve", "install"])
        self.assert_clean()
        # What was resolved is what plain uv accepts.
        self.assert_code(0, self.field.run("uv", "sync"))
        upgraded = self.field.run("uv", "add", "alpha==1.1")
        self.assert_code(0, upgraded)
        self.assertIn(b"alpha 1.0 -> 1.1", upgraded.err)
        removed = self.field.run("uv", "remove", "alpha")
        self.assert_code(0, removed)
        self.assertIn(b"removed beta", removed.err)
        self.assertEqual(self.modules(), [])
        self.assert_chain_intact()

    def test_sync_without_a_lockfile_resolves_first_and_with_one_keeps_to_it(self):
        self.manifest(["alpha"], '[dependency-groups]\ndev = ["gamma"]\n')
        result = self.field.run("uv", "sync", "--no-dev")
        self.assert_code(0, result)
        self.assertIn(b"shimgate: uv.lock: 3 added", result.err)
        self.assertEqual(self.modules(), ["alpha", "beta"])
        self.assert_code(0, self.field.run("uv", "sync"))
        self.assertEqual(self.modules(), ["alpha", "beta", "gamma"])
        self.assertIn("--locked", self.field.records()[-1]["injected"])
        # What the lockfile does not have is resolved by a line that says so.
        lock = self.text("uv.lock")
        self.field.write("uv.lock", lock.replace('"2.0"', '"1.0"').replace("beta-2.0", "beta-1.0"))
        self.assertNotEqual(self.field.run("uv", "sync").code, 0)

    def test_groups_and_extras_are_those_that_uv_itself_would_install(self):
        self.assert_code(0, self.field.run("uv", "add", "--dev", "gamma"))
        self.assertEqual(self.modules(), ["gamma"])
        self.assert_code(0, self.field.run("uv", "add", "--group", "docs", "beta"))
        self.assertEqual(self.modules(), ["beta", "gamma"])
        self.assert_code(0, self.field.run("uv", "add", "--optional", "more", "alpha"))
        self.assertEqual(self.modules(), ["alpha", "beta", "gamma"])
        self.assert_code(0, self.field.run("uv", "remove", "--optional", "more", "alpha"))
        self.assertEqual(self.modules(), ["gamma"])
        self.assert_code(0, self.field.run("uv", "add", "--no-sync", "alpha"))
        self.assertEqual(self.modules(), ["gamma"])
        self.assertIn('name = "alpha"', self.text("uv.lock"))

    def test_lock_and_upgrades_change_the_lockfile_after_it_was_judged(self):
        self.manifest(["alpha==1.0", "beta==1.0"])
        self.assert_code(0, self.field.run("uv", "lock"))
        self.assertEqual(self.modules(), [])
        self.manifest(["alpha"])
        self.assert_code(0, self.field.run("uv", "lock"))
        self.assertIn('version = "1.0"', self.text("uv.lock"))
        for line in (["lock", "-U"], ["sync", "--upgrade-package", "beta"]):
            with self.subTest(line=line):
                result = self.field.run("uv", *line)
                self.assert_code(0, result)
        self.assertNotIn('version = "1.0"', self.text("uv.lock"))
        self.assertEqual(self.modules(), ["alpha", "beta"])
        self.assert_clean()

    def test_the_project_itself_is_built_by_its_own_code(self):
        self.manifest([], BUILD_SYSTEM)
        self.field.write("pyproject.toml", self.text("pyproject.toml").replace(
            "dependencies = [\n]", 'dynamic = ["dependencies"]'))
        self.field.write("own.py", BACKEND)
        self.assert_code(0, self.field.run("uv", "sync"))
        self.assertEqual(self.modules(), ["gamma", "sample"])
        self.assertIn('source = { editable = "." }', self.text("uv.lock"))

    def test_a_workspace_is_seen_whole(self):
        self.manifest([], '[tool.uv.workspace]\nmembers = ["packages/*"]\n')
        for name, more in (("one", "dependencies = []\n"),
                           ("two", 'dependencies = ["one"]\n[tool.uv.sources]\n'
                                   "one = { workspace = true }\n")):
            self.field.write(f"packages/{name}/pyproject.toml", (
                f'[project]\nname = "{name}"\nversion = "0.1.0"\nrequires-python = ">=3.8"\n'
                + more + "[tool.uv]\npackage = false\n"))
        inside = self.field.project / "packages/one"
        self.assert_code(0, self.field.run("uv", "add", "gamma", cwd=inside))
        self.assertIn("gamma", self.text("packages/one/pyproject.toml"))
        self.assertIn('source = { virtual = "packages/one" }', self.text("uv.lock"))
        self.assertFalse((inside / "uv.lock").exists())
        self.assert_code(0, self.field.run("uv", "add", "--package", "two", "beta"))
        self.assertIn("beta", self.text("packages/two/pyproject.toml"))
        self.assert_code(0, self.field.run("uv", "sync", "--all-packages"))
        self.assertEqual(self.modules(), ["beta", "gamma"])
        self.assert_clean()

    def test_a_denied_package_deep_down_leaves_the_project_as_it_was(self):
        self.rule(packages={"deny": ["beta"]})
        before = self.text("pyproject.toml")
        result = self.field.run("uv", "add", "alpha")
        self.assert_code(DENIED, result)
        self.assertIn(b"beta@2.0 is on the policy's list of denied packages", result.err)
        self.assert_untouched(before, "uv.lock")
        self.assertFalse((self.field.project / ".venv").exists())

    def test_a_review_changes_nothing(self):
        self.rule(lockfile="review")
        before = self.text("pyproject.toml")
        result = self.field.run("uv", "add", "alpha")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"added alpha", result.err)
        self.assert_untouched(before, "uv.lock")

    def test_a_source_archive_is_refused_and_none_of_its_code_runs(self):
        before = self.text("pyproject.toml")
        for name in ("old", "modern", "deep"):
            with self.subTest(name):
                self.assertNotEqual(self.field.run("uv", "add", name).code, 0)
                self.assert_untouched(before, "uv.lock")
        self.manifest([], "[tool.uv]\nno-build = false\nno-binary = true\n"
                          'no-binary-package = ["old"]\n')
        before = self.text("pyproject.toml")
        self.assertNotEqual(self.field.run("uv", "add", "old", UV_NO_BUILD="0").code, 0)
        self.assert_untouched(before, "uv.lock")
        # Without us its code runs.
        self.manifest([])
        self.field.run_directly("uv", "add", "modern")
        self.assertTrue(self.marker.exists())

    def test_a_program_with_the_name_of_a_shim_is_guarded_at_once(self):
        self.assert_code(0, self.field.run("uv", "add", "shadow"))
        for program in ("twine", "python"):
            place = self.field.project / ".venv/bin" / program
            result = self.field.run(place, "upload", "x") if program == "twine" else None
            if result:
                self.assert_denied(result)
        self.assert_code(0, self.field.run(self.field.project / ".venv/bin/shadow"))

    def test_a_registry_that_fails_or_lies_leaves_manifest_and_lockfile(self):
        before = self.text("pyproject.toml")
        self.assertNotEqual(self.field.run("uv", "add", "liar").code, 0)
        self.assert_untouched(before, "uv.lock")
        self.index.stop()
        self.assertNotEqual(
            self.field.run("uv", "add", "alpha", UV_HTTP_RETRIES="0").code, 0)
        self.assert_untouched(before, "uv.lock")

    def test_a_repository_is_not_fetched(self):
        before = self.text("pyproject.toml")
        result = self.field.run("uv", "add", "git+file:///nonexistent/x", UV_HTTP_RETRIES="0")
        self.assertNotEqual(result.code, 0)
        self.assert_untouched(before, "uv.lock")


class UvAge(UvProject):
    """The age that the shipped policy wants."""

    @staticmethod
    def packages_of_the_index(_marker):
        hour_ago = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
        young = {"time": hour_ago.strftime("%Y-%m-%dT%H:%M:%SZ")}
        return {
            "alpha": {"1.0": {"requires": ["beta"]}, "1.1": {"requires": ["beta"], **young}},
            "beta": {"1.0": {}, "2.0": young},
            "deep": {"1.0": {"requires": ["beta==2.0"]}},
            "fresh": {"1.0": young},
        }

    def test_versions_are_chosen_that_are_old_enough(self):
        result = self.field.run("uv", "add", "alpha")
        self.assert_code(0, result)
        self.assertIn(b"added alpha 1.0", result.err)
        self.assertIn(b"added beta 1.0", result.err)
        self.assertNotIn("exclude-newer", self.text("uv.lock"))
        # Plain uv keeps to it, and so does a later change.
        self.assert_code(0, self.field.run_directly("uv", "sync", "--locked"))
        self.assert_code(0, self.field.run("uv", "sync"))
        self.assert_code(0, self.field.run("uv", "lock", "--upgrade"))
        self.assertNotIn("2.0", self.text("uv.lock"))
        self.assert_clean()

    def test_what_is_young_only_or_pinned_is_refused(self):
        before = self.text("pyproject.toml")
        for name, reason in (
                ("fresh", b"no version of it is old enough"),
                ("alpha==1.1", b"the newest that is old enough is alpha@1.0"), ("deep", b"beta")):
            with self.subTest(name):
                result = self.field.run("uv", "add", name)
                self.assertNotEqual(result.code, 0, str(result))
                self.assertIn(reason, result.err)
                self.assert_untouched(before, "uv.lock")

    def test_what_the_project_exempts_from_the_date_is_judged_all_the_same(self):
        self.manifest([], "[tool.uv]\nexclude-newer-package = { beta = false }\n")
        before = self.text("pyproject.toml")
        result = self.field.run("uv", "add", "alpha")
        self.assert_code(DENIED, result)
        self.assertIn(b"beta@2.0 was published at", result.err)
        self.assert_untouched(before, "uv.lock")


class Guard(unittest.TestCase):
    """Which builds the guard lets python start."""

    START = ("import subprocess, sys; "
             "subprocess.run([sys.executable, sys.argv[1]], cwd=sys.argv[2], check=True)")

    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="shimgate-guard."))
        self.addCleanup(shutil.rmtree, self.scratch)
        self.project = self.scratch / "project"
        self.make("pyproject.toml", "libs/own/setup.py", "src/_in_process.py", "src/other.py",
                  ".venv/pyvenv.cfg", ".venv/src/cloned/setup.py", "env/pyvenv.cfg",
                  "env/src/cloned/setup.py", "tmp/x/setup.py", ".cache/x/_in_process.py",
                  ".shimgate/stage/ID/pyproject.toml", ".shimgate/stage/ID/libs/own/setup.py",
                  "../elsewhere/setup.py", "../elsewhere/other.py", "../project2/setup.py")

    def make(self, *names):
        for name in names:
            (self.project / name).parent.mkdir(parents=True, exist_ok=True)
            (self.project / name).write_text("")

    def start(self, cwd, file, temporary="/tmp", **more):
        place = self.project / file
        environment = {"PYTHONPATH": str(ROOT / "guards"), "SHIMGATE_BUILDS": "own",
                       "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.environ["PATH"], **more}
        return subprocess.run(
            [sys.executable, "-c", self.START, place.name, place.parent], cwd=self.project / cwd,
            env=environment, capture_output=True).returncode

    def test_the_project_is_built_and_nothing_else(self):
        stage = ".shimgate/stage/ID"
        allowed = ((".", "libs/own/setup.py"), ("src", "libs/own/setup.py"),
                   (".", "src/_in_process.py"), (stage, stage + "/libs/own/setup.py"),
                   (stage, "libs/own/setup.py"), (".", "../elsewhere/other.py"))
        refused = ((".", ".venv/src/cloned/setup.py"), (".", "env/src/cloned/setup.py"),
                   (".", ".cache/x/_in_process.py"), (".", "../elsewhere/setup.py"),
                   (".", "../project2/setup.py"), (stage, ".venv/src/cloned/setup.py"),
                   (".", stage + "/libs/own/setup.py"))
        for cwd, file in allowed:
            with self.subTest(cwd=cwd, file=file):
                self.assertEqual(self.start(cwd, file), 0)
        for cwd, file in refused:
            with self.subTest(cwd=cwd, file=file):
                self.assertNotEqual(self.start(cwd, file), 0)
                self.assertEqual(self.start(cwd, file, SHIMGATE_BUILDS=""), 0)

    def test_a_scratch_directory_in_the_project_holds_nothing_of_it(self):
        self.assertEqual(self.start(".", "tmp/x/setup.py"), 0)
        self.assertNotEqual(self.start(".", "tmp/x/setup.py", self.project / "tmp"), 0)


class Managed(Project):
    """What poetry and pdm have in common; subclasses bring the tests of one of them."""

    tool = ""
    lock = ""
    table = ""
    # Lines that add without an install, and that install.
    locking = ()

    def setUp(self):
        super().setUp()
        self.need(self.tool)
        self.manifest([])

    def manifest(self, dependencies, more=""):
        self.field.write("pyproject.toml", textwrap.dedent("""\
            [project]
            name = "sample"
            version = "0.1.0"
            requires-python = ">=3.8"
            dependencies = {}
            {}
            {}
            """).format(dependencies, self.table.format(self.index.url), more).replace("'", '"'))

    def line(self, *words, **variables):
        return self.field.run(self.tool, *words, **self.variables, **variables)

    def added(self):
        result = self.line("add", "alpha==1.0")
        self.assert_code(0, result)
        self.assertIn(f"shimgate: {self.lock}: 2 added".encode(), result.err)
        self.assertIn(b"added beta 2.0", result.err)
        self.assertEqual(self.modules(), ["alpha", "beta"])
        self.assertEqual(self.packages()["pkg:pypi/beta@2.0"], "added")
        self.assertEqual([phase["name"] for phase in self.outcome()["phases"]],
                         ["resolve", "install"])
        self.assert_clean()
        # What was resolved is what the tool itself installs from.
        self.assert_code(0, self.line("install"))
        self.assert_code(0, self.line("remove", "alpha"))
        self.assertNotIn("alpha", self.text(self.lock))
        self.assertNotIn("alpha", self.text("pyproject.toml"))
        self.assert_clean()
        self.assert_chain_intact()

    def installed_without_a_lockfile(self):
        self.manifest(["alpha"])
        result = self.line("install")
        self.assert_code(0, result)
        self.assertIn(f"shimgate: {self.lock}: 2 added".encode(), result.err)
        self.assertEqual(self.modules(), ["alpha", "beta"])
        self.assert_code(0, self.line("lock"))
        self.assertEqual(len(self.field.records(["outcome"])), 2)

    def refused(self):
        before, shipped = self.text("pyproject.toml"), self.field.policy.read_text()
        self.rule(packages={"deny": ["beta"]})
        result = self.line("add", "alpha")
        self.assert_code(DENIED, result)
        self.assertIn(b"beta@2.0 is on the policy's list of denied packages", result.err)
        self.assert_untouched(before, self.lock)
        self.field.policy.write_text(shipped)
        self.rule(lockfile="review")
        result = self.line("add", "gamma")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"added gamma", result.err)
        self.assert_untouched(before, self.lock)
        self.assertFalse((self.field.project / ".venv").exists())

    def built(self, settings):
        """No code of a source archive runs, whatever the project's settings say."""
        for text in sorted({"", settings}):
            self.manifest([], text)
            before = self.text("pyproject.toml")
            for name in ("modern", "old"):
                with self.subTest(name=name, settings=text):
                    result = self.line("add", name)
                    self.assertNotEqual(result.code, 0, str(result))
                    self.assert_untouched(before, self.lock)
        self.manifest([], settings)
        self.field.run_directly(self.tool, "add", "modern", **self.variables)
        self.assertTrue(self.marker.exists())


class PoetryProject(Managed):
    tool_directories = (TOOLS / "poetry/bin",)
    tool, lock = "poetry", "poetry.lock"
    variables = {"POETRY_VIRTUALENVS_IN_PROJECT": "true"}
    table = textwrap.dedent("""\
        [tool.poetry]
        package-mode = false
        [[tool.poetry.source]]
        name = "loop"
        url = "{}simple/"
        priority = "primary"
        """)


class Poetry(PoetryProject):
    def test_an_added_package_is_resolved_shown_and_installed(self):
        self.added()

    def test_install_without_a_lockfile_resolves_first(self):
        self.installed_without_a_lockfile()

    def test_a_refusal_or_a_review_leaves_the_project_as_it_was(self):
        self.refused()

    def test_no_code_of_a_source_archive_runs(self):
        self.field.write("poetry.toml", '[installer]\nno-binary = ["modern", "old"]\n')
        self.built("")

    def test_the_module_is_guarded_as_the_program_is(self):
        self.field.add_script("python", f'#!/bin/sh\nexec {TOOLS}/poetry/bin/python "$@"\n')
        self.assert_code(0, self.field.install())
        before = self.text("pyproject.toml")
        for words in (["-m"], ["-I", "-m"]):
            result = self.field.run("python", *words, "poetry", "add", "modern", **self.variables)
            self.assertNotEqual(result.code, 0)
            self.assertFalse(self.marker.exists(), "a package's code ran")
        self.assertEqual(self.text("pyproject.toml"), before)
        result = self.field.run("python", "-m", "poetry", "add", "gamma", **self.variables)
        self.assert_code(0, result)

    def test_without_the_guard_poetry_stops(self):
        (self.field.prefix / "share/shimgate/guards/sitecustomize.py").unlink()
        before = self.text("pyproject.toml")
        result = self.line("add", "gamma")
        self.assertNotEqual(result.code, 0)
        self.assertIn(b"--shimgate-guard", result.err)
        self.assert_untouched(before, self.lock)


class PdmProject(Managed):
    tool_directories = (TOOLS / "pdm/bin",)
    tool, lock = "pdm", "pdm.lock"
    variables = {"PDM_CHECK_UPDATE": "0"}
    table = textwrap.dedent("""\
        [tool.pdm]
        distribution = false
        [[tool.pdm.source]]
        name = "pypi"
        url = "{}simple/"
        verify_ssl = false
        """)


class Pdm(PdmProject):
    def test_an_added_package_is_resolved_shown_and_installed(self):
        self.added()
        self.assertEqual(self.modules(), [])

    def test_install_without_a_lockfile_resolves_first(self):
        self.installed_without_a_lockfile()

    def test_a_refusal_or_a_review_leaves_the_project_as_it_was(self):
        self.refused()

    def test_the_project_itself_is_built_by_its_own_code(self):
        self.manifest(["gamma"], BUILD_SYSTEM)
        self.field.write("pyproject.toml", self.text("pyproject.toml").replace(
            "distribution = false", "distribution = true"))
        self.field.write("own.py", BACKEND)
        for _ in range(2):
            self.assert_code(0, self.line("install"))
            self.assertEqual(self.modules(), ["gamma", "sample"])

    def test_no_code_of_a_source_archive_runs(self):
        self.built('[tool.pdm.resolution]\nno-binary = "modern,old"\n')


if __name__ == "__main__":
    unittest.main()
