"""What pip would install is judged before anything of it is installed, and exactly that is installed.
With the pip of the machine's python and a newer one."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

from field import DENIED, TOOLS, Field, Registry

PACKAGES = {
    "left": {"1.0": {"requires": ["deep<2"]}, "2.0": {"requires": ["deep"]}},
    "deep": {"1.0": {}, "2.0": {}},
    "tool": {"1.0": {"programs": ["tool-program"]}},
    "shadow": {"1.0": {"programs": ["harmless", "npm"]}},
    "script": {"1.0": {"scripts": {"cargo": "#!/bin/sh\n"}}},
    "outer": {"1.0": {"requires": ["shadow"]}},
    "liar": {"1.0": {"lie": True}},
    "bare": {"1.0": {"digest": False}},
    "source-only": {"1.0": {"sdist": {"setup.py": "open('ran', 'w')\n"}}},
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
            self.ok(self.pip(environment, "install", "deep", PIP_INDEX_URL=None))
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

    def test_a_name_that_does_not_exist(self):
        for environment in self.each():
            result = self.pip(environment, "install", "no-such-name")
            self.assertEqual(result.code, 1, str(result))
            self.assertIn(b"no package is named no-such-name", result.err)
            packages = self.field.records(("outcome.packages",))[-1]["packages"]
            self.assertEqual(packages[0]["status"], "not_found")
            for name in ("source-only", "left==9"):
                result = self.pip(environment, "install", name)
                self.assertEqual(result.code, 1, str(result))
                self.assertNotIn(b"no package is named", result.err)
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
