"""What pip would install is judged before anything of it is installed, and exactly that is installed.
With the pip of the machine's python and a newer one."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from field import DENIED, TOOLS, Field, Registry

SECRET = "not-for-strangers-4712"
# A build backend in the package itself, which needs nothing from anywhere.
BACKEND = """
import json, os, pathlib, socket, zipfile
home = pathlib.Path(HOME)
answers = {}
def attempt(name, action):
    try:
        answers[name] = "open" if action() else "refused"
    except OSError:
        answers[name] = "refused"
attempt("read ~/.npmrc", lambda: (home / ".npmrc").read_text())
attempt("a token of the environment", lambda: SECRET in " ".join(os.environ.values()))
attempt("write to the home directory", lambda: (home / "written").write_text("x"))
attempt("write to python", lambda: (pathlib.Path(os.__file__).parent / "written").write_text("x"))
attempt("connect to a loopback port", lambda: socket.create_connection(("127.0.0.1", PORT)))

def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    information = "native-1.0.dist-info/"
    files = {
        "native.py": "", "native_answers.json": json.dumps(answers),
        information + "METADATA": "Metadata-Version: 2.1\\nName: native\\nVersion: 1.0\\n",
        information + "WHEEL": "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\n"
        "Tag: py3-none-any\\n",
    }
    files[information + "RECORD"] = "".join(f"{name},,\\n" for name in files)
    name = "native-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return name
"""
OWN_BACKEND = BACKEND[BACKEND.index("def build_wheel"):].replace("native_answers", "own_answers") \
    .replace("native", "own").replace("json.dumps(answers)", '""')
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
PACKAGES = {
    "user-of-native": {"1.0": {"requires": ["native"]}},
    "left": {"1.0": {"requires": ["deep<2"]}, "2.0": {"requires": ["deep"]}},
    "deep": {"1.0": {}, "2.0": {}},
    "tool": {"1.0": {"programs": ["tool-program"]}},
    "shadow": {"1.0": {"programs": ["harmless", "npm"]}},
    "script": {"1.0": {"scripts": {"cargo": "#!/bin/sh\n"}}},
    "outer": {"1.0": {"requires": ["shadow"]}},
    "liar": {"1.0": {"lie": True}},
    "bare": {"1.0": {"digest": False}},
    "source-only": {"1.0": {"sdist": {"setup.py": "raise SystemExit(1)\n"}}},
}


class ResolvedPip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # One field with an environment for each pip; making them takes longer than all else.
        cls.field = Field()
        cls.addClassCleanup(cls.field.remove)
        cls.environments = []
        for name in ("old", "new"):
            made = cls.field.run("python3", "-m", "venv", name, cwd=cls.field.scratch)
            if made.code != 0:
                raise unittest.SkipTest("python3 makes no virtual environment")
            cls.environments.append(cls.field.scratch / name)
        if (TOOLS / "pip26/pip").exists():
            site = next((cls.field.scratch / "new").glob("lib/python3*/site-packages"))
            for old in site.glob("pip*"):
                shutil.rmtree(old)
            for new in (TOOLS / "pip26").glob("pip*"):
                shutil.copytree(new, site / new.name)
        port = Registry(cls.field, "wheel_index.py", {})
        cls.addClassCleanup(port.stop)
        backend = (
            f"HOME = {str(cls.field.home)!r}\nSECRET = {SECRET!r}\nPORT = {port.port}\n" + BACKEND)
        native = {"pyproject.toml": PROJECT, "backend.py": backend}
        sly = f"hostile @ file://{cls.field.scratch}/hostile"
        PACKAGES["native"] = {"1.0": {"sdist": native}}
        PACKAGES["carrier"] = {"1.0": {"requires": [sly]}}
        hostile = cls.field.make("hostile")
        (hostile / "setup.py").write_text(f"open({str(cls.field.scratch / 'ran')!r}, 'w')\n")
        cls.index = Registry(cls.field, "wheel_index.py", PACKAGES)
        cls.addClassCleanup(cls.index.stop)
        cls.policy_text = cls.field.policy.read_text()

    def setUp(self):
        self.field.project = self.field.make(f"project-{self.id()}")
        self.field.policy.write_text(self.policy_text)

    def each(self):
        for environment in self.environments:
            with self.subTest(environment.name):
                yield environment
                self.pip(environment, "uninstall", "-y", *PACKAGES)

    def pip(self, environment, *words, **variables):
        variables.setdefault("PIP_INDEX_URL", self.index.url + "simple")
        return self.field.run(environment / "bin/pip", *words, **variables)

    def installed(self, environment, name):
        found = list(environment.glob(f"lib/python3*/site-packages/{name}-*.dist-info"))
        return [path.name.split("-")[1].removesuffix(".dist") for path in found]

    def outcome(self):
        return self.field.records(("outcome",))[-1]

    def rule(self, require):
        policy = json.loads(self.policy_text)
        policy["rules"].append({
            "id": "more", "action": "shell.exec", "match": {"operation": "install"},
            "effect": "allow", "require": require})
        self.field.policy.write_text(json.dumps(policy))

    def ok(self, result):
        self.assertEqual(result.code, 0, str(result))

    def test_everyday_lines(self):
        for environment in self.each():
            self.ok(self.pip(environment, "install", "left<2"))
            self.assertEqual(self.installed(environment, "left"), ["1.0"])
            self.assertEqual(self.installed(environment, "deep"), ["1.0"])
            phases = [phase["name"] for phase in self.outcome()["phases"]]
            self.assertEqual(phases, ["resolve", "fetch", "install"])
            packages = self.field.records(("outcome.packages",))[-1]["packages"]
            self.assertEqual(
                sorted(package["purl"] for package in packages),
                ["pkg:pypi/deep@1.0", "pkg:pypi/left@1.0"])
            for package in packages:
                self.assertTrue(package["integrity"].startswith("sha256-"), package)
                self.assertTrue(package["resolved"].startswith(self.index.url), package)
            again = self.pip(environment, "install", "left<2")
            self.ok(again)
            self.assertIn(b"already satisfied", again.out)
            self.ok(self.pip(environment, "install", "--upgrade", "left"))
            self.assertEqual(self.installed(environment, "left"), ["2.0"])
            self.field.write("constraints.txt", "deep==1.0\n")
            self.field.write("r.txt", f"--index-url {self.index.url}simple\nleft\ntool\n")
            self.ok(self.pip(
                environment, "install", "-r", "r.txt", "-c", "constraints.txt",
                "--force-reinstall", PIP_INDEX_URL=None))
            self.assertEqual(self.installed(environment, "deep"), ["1.0"])
            ran = self.field.run(environment / "bin/tool-program")
            self.assertEqual(ran.out, b"tool\n", str(ran))
            self.ok(self.pip(environment, "install", "--target", "lib", "left"))
            self.assertTrue((self.field.project / "lib/deep.py").exists())
            self.ok(self.pip(environment, "download", "-d", "files", "left"))
            self.assertEqual(len(list((self.field.project / "files").iterdir())), 2)
            self.ok(self.pip(environment, "wheel", "-w", "wheels", "left==1.0"))
            self.assertEqual(len(list((self.field.project / "wheels").iterdir())), 2)
            self.ok(self.field.run(
                environment / "bin/python", "-m", "pip", "install", "-I", "deep==2.0",
                PIP_INDEX_URL=self.index.url + "simple"))
            self.assertIn("2.0", self.installed(environment, "deep"))
            self.assertEqual(list(self.field.state.glob(".shimgate/**/*")), [])

    def test_settings_of_every_kind_reach_the_last_phase(self):
        for environment in self.each():
            self.ok(self.pip(environment, "install", "deep", PIP_TARGET="by-variable"))
            self.assertTrue((self.field.project / "by-variable/deep.py").exists())
            settings = environment / "pip.conf"
            settings.write_text(
                f"[global]\nindex-url = {self.index.url}simple\n[install]\ntarget = by-file\n")
            self.ok(self.pip(
                environment, "install", "deep", PIP_INDEX_URL=None, VIRTUAL_ENV=str(environment)))
            self.assertTrue((self.field.project / "by-file/deep.py").exists())
            settings.unlink()
            self.field.write("more.txt", "tool\n")
            self.ok(self.pip(environment, "install", "deep", PIP_REQUIREMENT="more.txt"))
            self.assertEqual(self.installed(environment, "tool"), ["1.0"])

    def test_a_denied_package_deep_down_stops_all(self):
        self.rule({"packages": {"deny": ["deep"]}})
        for environment in self.each():
            for words in (["left"], ["--target", "lib", "left"]):
                result = self.pip(environment, "install", *words)
                self.assertEqual(result.code, DENIED, str(result))
                self.assertIn(b"deep@", result.err)
                self.assertEqual(self.installed(environment, "left"), [])
            self.assertFalse((self.field.project / "lib").exists())
            self.assertIn("deep", self.outcome()["refused"])
            self.ok(self.pip(environment, "install", "--no-deps", "left"))

    def test_programs_that_bear_a_shims_name(self):
        for environment in self.each():
            for name in ("shadow", "outer", "script"):
                result = self.pip(environment, "install", "--target", "lib", name)
                self.assertEqual(result.code, DENIED, str(result))
                self.assertIn(b"a program named ", result.err)
                self.assertFalse((self.field.project / "lib").exists())
            # In an adopted environment they are guarded like those that were there before.
            self.ok(self.pip(environment, "install", "shadow"))
            self.assertIn(b"shimgate adopted", (environment / "bin/npm").read_bytes())

    def test_an_index_that_lies_or_says_too_little(self):
        for environment in self.each():
            result = self.pip(environment, "install", "liar")
            self.assertNotEqual(result.code, 0, str(result))
            self.assertEqual(self.installed(environment, "liar"), [])
            result = self.pip(environment, "install", "--dry-run", "left")
            self.ok(result)
            self.assertEqual(self.installed(environment, "left"), [])

    def test_the_environment_of_a_build_is_filled_as_judged(self):
        # As `python -m build` does: an environment without pip, and a list of requirements in /tmp.
        for environment in self.each():
            with tempfile.TemporaryDirectory(prefix="build-env-", dir="/tmp") as build, \
                    tempfile.NamedTemporaryFile("w", suffix=".txt", dir="/tmp") as requirements:
                made = self.field.run_directly("python3", "-m", "venv", "--without-pip", build)
                self.assertEqual(made.code, 0, str(made))
                build = pathlib.Path(build)

                def fill(text, python=build / "bin/python"):
                    requirements.seek(0)
                    requirements.truncate()
                    requirements.write(text)
                    requirements.flush()
                    return self.field.run(
                        environment / "bin/python", "-m", "pip", "--python", python, "install",
                        "--ignore-installed", "--no-warn-script-location", "-r", requirements.name,
                        PIP_INDEX_URL=self.index.url + "simple")
                result = fill("left\ntool\n")
                self.assertEqual(result.code, 0, str(result))
                self.assertEqual(self.installed(build, "left"), ["2.0"])
                self.assertEqual(self.installed(build, "deep"), ["2.0"])
                self.assertTrue((build / "bin/tool-program").exists())
                self.assertEqual(self.installed(environment, "left"), [])
                outcome = self.field.records(["outcome"])[-1]
                self.assertEqual(
                    [phase["name"] for phase in outcome["phases"]],
                    ["resolve", "fetch", "install"])
                for refused in ("carrier\n", "source-only\n"):
                    self.assertNotEqual(fill(refused).code, 0)
                    self.assertFalse((self.field.scratch / "ran").exists())
                self.assertEqual(fill("deep\n", "/usr/bin/python3").code, DENIED)
                # A link in it leads what is installed elsewhere.
                moved = self.field.make(f"moved-{environment.name}") / "lib"
                shutil.move(build / "lib", moved)
                (build / "lib").symlink_to(moved)
                self.assertEqual(fill("deep\n").code, DENIED)

    def test_what_the_projects_own_build_needs_is_judged(self):
        needs = PROJECT.replace("requires = []", 'requires = ["left", "shadow"]')
        for environment in self.each():
            self.field.write("pyproject.toml", needs)
            self.field.write("backend.py", "import left, os, zipfile\n" + OWN_BACKEND)
            self.field.policy.write_text(self.policy_text)
            self.ok(self.pip(environment, "install", "."))
            self.assertEqual(self.installed(environment, "own"), ["1.0"])
            self.assertEqual(self.installed(environment, "left"), [])
            brought = {package["purl"] for record in self.field.records(["outcome.packages"])[-3:]
                       for package in record["packages"]}
            self.assertIn("pkg:pypi/deep@2.0", brought)
            self.rule({"packages": {"deny": ["deep"]}})
            result = self.pip(environment, "install", "--force-reinstall", ".")
            self.assertNotEqual(result.code, 0)
            self.assertIn(b"deep@2.0 is on the policy", result.err + result.out)
            self.pip(environment, "uninstall", "-y", "own")

    def test_a_name_that_does_not_exist(self):
        for environment in self.each():
            result = self.pip(environment, "install", "no-such-name", PIP_FIND_LINKS=None)
            # The older pip's packages are asked for by us before it starts.
            self.assertIn(result.code, (1, DENIED), str(result))
            self.assertIn(b"no package is named no-such-name", result.err)
            packages = self.field.records(("outcome.packages",))[-1]["packages"]
            self.assertEqual(packages[0]["status"], "not_found")
            for name in ("source-only", "left==9"):
                result = self.pip(environment, "install", name)
                self.assertEqual(result.code, 1, str(result))
                self.assertNotIn(b"no package is named", result.err)
                said = b"shimgate: no wheel of source-only was found" in result.err
                self.assertEqual(said, name == "source-only", str(result))
            closed = self.pip(
                environment, "install", "--retries=0", "left",
                PIP_INDEX_URL="http://127.0.0.1:1/simple")
            self.assertEqual(closed.code, 1, str(closed))
            self.assertNotIn(b"no package is named", closed.err)

    def test_own_folders_are_installed_and_what_they_need_is_judged(self):
        self.field.write(
            "setup.py", "from setuptools import setup\n"
            "setup(name='mine', version='1.0', py_modules=[], install_requires=['deep<2'])\n")
        # The newer pip wants more of setuptools than an environment of Python 3.11 has.
        environment = self.environments[0]
        if not list(environment.glob("lib/python3*/site-packages/setuptools")):
            self.skipTest("no setuptools")
        words = ("install", "--no-build-isolation", "-e", ".", "tool")
        self.ok(self.pip(environment, *words))
        self.assertEqual(self.installed(environment, "deep"), ["1.0"])
        self.assertEqual(self.installed(environment, "tool"), ["1.0"])
        self.assertIn(b"mine", self.pip(environment, "list", "--editable").out)
        self.pip(environment, "uninstall", "-y", "mine", "deep", "tool")
        self.rule({"packages": {"deny": ["deep"]}})
        result = self.pip(environment, *words)
        self.assertEqual(result.code, DENIED, str(result))
        self.assertNotIn(b"mine", self.pip(environment, "list").out)

    def test_listed_sources_are_built_confined(self):
        (self.field.home / ".npmrc").write_text("//r/:_authToken=" + SECRET)
        refused = self.pip(self.environments[0], "install", "native")
        self.assertNotEqual(refused.code, 0, str(refused))
        self.rule({"scripts": {"allow": ["Native"]}})
        for environment in self.each():
            result = self.pip(environment, "install", "user-of-native", SOME_TOKEN=SECRET)
            self.ok(result)
            site = next(environment.glob("lib/python3*/site-packages"))
            answers = json.loads((site / "native_answers.json").read_text())
            self.assertEqual(len(answers), 5)
            self.assertEqual(set(answers.values()), {"refused"}, answers)
            self.assertFalse((self.field.home / "written").exists())
            self.assertEqual(self.installed(environment, "user_of_native"), ["1.0"])
            phases = self.outcome()["phases"]
            built = next(phase for phase in phases if phase.get("package") == "native@1.0")
            self.assertIn(built["sandbox"], ("namespaces", "landlock"))
            # What is not listed is not built beside it.
            result = self.pip(environment, "install", "source-only")
            self.assertNotEqual(result.code, 0, str(result))
            result = self.pip(environment, "install", "--force-reinstall", "native", "carrier")
            self.assertNotEqual(result.code, 0, str(result))
            self.assertFalse((self.field.scratch / "ran").exists())

    def test_killed_between_its_phases_it_leaves_nothing(self):
        environment = self.environments[0]
        marker = self.field.state / ".shimgate/stage"
        for purpose in ("stage", "fetched"):
            process = subprocess.Popen(
                [environment / "bin/pip", "install", "left"], cwd=self.field.project,
                env=self.field.environment(PIP_INDEX_URL=self.index.url + "simple"),
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            wanted = "[!.]*" if purpose == "stage" else "*/*.whl"
            while process.poll() is None and not list(marker.glob(wanted)):
                time.sleep(0.002)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.assertEqual(self.installed(environment, "left"), [])
            self.ok(self.pip(environment, "list"))
            result = self.pip(environment, "install", "tool")
            self.ok(result)
            self.assertIn(b"was killed", result.err)
            self.assertTrue(any(
                record.get("interrupted") for record in self.field.records(("outcome",))))
            self.assertEqual(list(marker.glob("[!.]*")), [])
            self.pip(environment, "uninstall", "-y", "tool")


if __name__ == "__main__":
    unittest.main()
