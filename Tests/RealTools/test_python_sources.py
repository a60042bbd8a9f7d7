"""What a Python install may draw in: wheels of strangers, and the project's own code."""
import io
import tarfile
import unittest
import zipfile

from field import TOOLS, Field, FieldTest

SETUP = """
import pathlib
pathlib.Path({marker!r}).write_text("ran")
from setuptools import setup
setup(name={name!r}, version="1.0", py_modules=[])
"""


class PythonSources(FieldTest):
    """Each line would run `setup.py` of a package if pip were left alone."""

    @classmethod
    def setUpClass(cls):
        # One environment serves all: making it takes longer than everything else.
        cls.shared = Field()
        cls.addClassCleanup(cls.shared.remove)
        made = cls.shared.run("python3", "-m", "venv", "v", cwd=cls.shared.scratch)
        if made.code != 0:
            raise unittest.SkipTest("python3 makes no virtual environment")
        cls.links = cls.shared.make("links")
        cls.sdist = cls.links / "hostile-1.0.tar.gz"
        cls.marker = cls.shared.scratch / "marker"
        with tarfile.open(cls.sdist, "w:gz") as archive:
            for name, text in cls.sources("hostile").items():
                entry = tarfile.TarInfo(f"hostile-1.0/{name}")
                data = text.encode()
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))

    def setUp(self):
        self.field = self.shared
        self.field.project = self.field.make(f"project-{self.id()}")
        self.environment = self.field.scratch / "v"
        self.marker.unlink(missing_ok=True)

    @classmethod
    def sources(cls, name):
        return {
            "setup.py": SETUP.format(marker=str(cls.marker), name=name),
            "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        }

    def lay_out(self, folder, name):
        for file, text in self.sources(name).items():
            self.field.write(f"{folder}/{file}", text)

    def pip(self, *words, **variables):
        return self.field.run(
            self.environment / "bin/pip", *words[:1], "--no-index", "--no-cache-dir", *words[1:],
            PIP_FIND_LINKS=str(self.links), **variables)

    def assert_nothing_ran(self, result):
        self.assertNotEqual(result.code, 0, str(result))
        self.assertFalse(self.marker.exists(), str(result))

    def test_a_source_archive_is_not_built(self):
        lines = [
            ("install", "hostile"), ("install", "hostile", "--no-binary", "hostile"),
            ("install", "--no-binary=:all:", "--only-binary=:none:", "hostile"),
            ("install", "--dry-run", "hostile"), ("download", "--no-deps", "hostile"),
            ("wheel", "hostile"), ("install", "hostile", "--only-b", ":none:"),
        ]
        for line in lines:
            with self.subTest(" ".join(line)):
                result = self.pip(*line)
                self.assert_nothing_ran(result)
                self.assertIn(b"hostile", result.err)
        with self.subTest("a variable"):
            self.assert_nothing_ran(self.pip("install", "hostile", PIP_NO_BINARY="hostile"))
        with self.subTest("pip.conf"):
            settings = self.environment / "pip.conf"
            settings.write_text("[install]\nno-binary = hostile\n")
            self.assert_nothing_ran(self.pip("install", "hostile"))
            settings.unlink()
        with self.subTest("python -m pip"):
            self.assert_nothing_ran(self.field.run(
                self.environment / "bin/python", "-m", "pip", "install", "--no-index",
                "--no-cache-dir", "--no-binary=:all:", "--find-links", self.links, "hostile"))
        # Without us it is built, so its absence above means us.
        self.field.run_directly(
            self.environment / ".shimgate-bin/python", "-m", "pip", "install", "--no-index", "--no-cache-dir",
            "--no-build-isolation", self.sdist)
        self.assertTrue(self.marker.exists())
        self.field.run_directly(
            self.environment / ".shimgate-bin/python", "-m", "pip", "uninstall", "-y", "hostile")

    def test_a_wheel_that_depends_on_an_address_builds_nothing(self):
        self.let_any_age_in()
        information = "sly-1.0.dist-info/"
        files = {
            "sly.py": "", information + "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\n"
            "Root-Is-Purelib: true\nTag: py3-none-any\n",
            information + "METADATA": "Metadata-Version: 2.1\nName: sly\nVersion: 1.0\n"
            f"Requires-Dist: hostile @ file://{self.sdist}\n",
        }
        files[information + "RECORD"] = "".join(f"{name},,\n" for name in files)
        with zipfile.ZipFile(self.links / "sly-1.0-py3-none-any.whl", "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        self.assert_nothing_ran(self.pip("install", "--no-build-isolation", "sly"))
        self.assertIn("seccomp:no-processes", self.field.records()[-1]["injected"])
        # Its own neighbour is fetched as ever.
        self.assert_code(0, self.pip("install", "--no-deps", "sly"))

    def test_requirement_files_cannot_ask_for_more(self):
        self.lay_out("sub", "hostile")
        self.field.write("more.txt", "--no-binary hostile\nhostile\n")
        for text in [
            "--no-binary hostile\nhostile\n", "hostile --global-option=x\n", "./sub\n",
            f"{self.sdist}\n", f"hostile @ file://{self.sdist}\n", "-e sub\n", "-r more.txt\n",
            "hostile \\\n --no-binary :all:\n", "git+file:///nowhere\n",
        ]:
            with self.subTest(text):
                self.field.write("r.txt", text)
                result = self.pip("install", "-r", "r.txt")
                self.assert_denied(result)
                self.assertFalse(self.marker.exists(), str(result))

    def test_paths_and_addresses_of_strangers_are_refused(self):
        self.lay_out("sub", "hostile")
        for words in [
            ("./sub",), (str(self.sdist),), ("-e", "sub"), (f"hostile@file://{self.sdist}",),
            ("http://127.0.0.1:1/hostile-1.0.tar.gz",), ("git+file:///nowhere",),
        ]:
            with self.subTest(words):
                self.assert_denied(self.pip("install", *words))
        self.assertFalse(self.marker.exists())

    def test_the_projects_own_code_is_built(self):
        self.need("git")
        self.lay_out(".", "mine")
        result = self.pip("install", "--no-build-isolation", "-e", ".")
        self.assert_code(0, result)
        self.assertTrue(self.marker.exists())
        # A directory counts as the project's own once its repository tracks it.
        self.lay_out("sub", "part")
        self.assert_denied(self.pip("install", "--no-build-isolation", "./sub"))
        self.field.run_directly("git", "init", "-q", ".")
        self.assert_denied(self.pip("install", "--no-build-isolation", "./sub"))
        self.field.run_directly("git", "add", "sub")
        self.assert_code(0, self.pip("install", "--no-build-isolation", "./sub"))
        for version in ("3", "4"):
            self.field.run_directly("git", "update-index", "--index-version", version)
            self.assert_code(0, self.pip("install", "--no-build-isolation", "./sub"))

    def test_addresses_in_the_projects_own_metadata_count(self):
        self.field.write(
            "pyproject.toml",
            '[project]\nname = "mine"\nversion = "1"\n'
            f'dependencies = ["hostile @ file://{self.sdist}"]\n')
        self.assert_denied(self.pip("install", "-e", "."))

    def test_uv_reads_the_same_files(self):
        if not (TOOLS / "venv/bin/uv").exists():
            self.skipTest("uv is not here")
        self.field.tool_directories = [str(TOOLS / "venv/bin")]
        self.field.install()
        self.lay_out("sub", "hostile")
        line = ("uv", "pip", "install", "--no-index", "--find-links", str(self.links))
        variables = {"VIRTUAL_ENV": str(self.environment), "UV_OFFLINE": "1"}
        self.field.write("r.txt", "--no-binary hostile\nhostile\n")
        for words in [("-r", "r.txt"), ("./sub",), (str(self.sdist),)]:
            with self.subTest(words):
                self.assert_denied(self.field.run(*line, *words, **variables))
        self.assert_nothing_ran(self.field.run(*line, "hostile", **variables))


if __name__ == "__main__":
    unittest.main()
