"""Whatever ends a line of pip early in one of its phases (resolve, fetch, install) is on record at the next line,
nothing of ours is left, and the same line works afterwards: kill -9, an interrupt, a full disk, an index
that fails or lies. With the pip of the machine's python and a newer one."""
import os
import pathlib
import shutil
import signal
import unittest

from field import TOOLS
from held import Held

INDEX, WHEEL = "/simple/alpha", "/alpha-1.0-py3-none-any.whl"
PACKAGES = {
    "alpha": {"1.0": {"requires": ["beta"], "metadata": True}},
    "beta": {"1.0": {"metadata": True}},
    "large": {"1.0": {"metadata": True, "noise": 3_000_000}},
}
# Waits as the phase that installs writes a module, until it is let go.
PAUSE = """
import os, sys, time
def hook(event, words):
    if event == "open" and str(words[0]).endswith("/alpha.py") and os.path.exists({wanted!r}):
        open({wanted!r} + ".reached", "w").close()
        while os.path.exists({wanted!r}):
            time.sleep(0.05)
sys.addaudithook(hook)
"""


class PipEnds(Held):
    # Where it fetches a wheel first; what that has fetched the next phase takes from the cache.
    phase_of_wheels = "resolve"

    def pip_folder(self):
        """Where the pip lies that is tested."""
        said = self.field.run_directly(
            "python3", "-c", "import os, pip; print(os.path.dirname(os.path.dirname(pip.__file__)))")
        if said.code != 0:
            self.skipTest("python3 has no pip")
        return pathlib.Path(said.out.decode().strip())

    def setUp(self):
        super().setUp()
        # The index is to be asked by the tool only.
        self.let_any_age_in()
        self.index = self.registry("wheel_index.py", PACKAGES)
        self.environment = self.field.scratch / "environment"
        self.variables = {"PIP_INDEX_URL": self.index.url + "simple", "PIP_RETRIES": "0",
                          "PIP_FIND_LINKS": None}

    def make_environment(self):
        folder = self.pip_folder()
        made = self.field.run("python3", "-m", "venv", "--without-pip", self.environment)
        if made.code != 0:
            self.skipTest("python3 makes no virtual environment")
        self.site = next(self.environment.glob("lib/python3*/site-packages"))
        for part in [folder / "pip", *folder.glob("pip-*.dist-info")]:
            shutil.copytree(part, self.site / part.name)
        self.words = [self.environment / "bin/python", "-m", "pip", "install"]

    def install(self, name):
        return self.field.run(*self.words, name, **self.variables)

    def installed(self):
        return sorted(path.name.split("-")[0] for path in self.site.glob("*.dist-info")
                      if not path.name.startswith("pip-"))

    @property
    def phases(self):
        return {INDEX: "resolve", WHEEL: self.phase_of_wheels, "install": "install"}

    def last_phase(self):
        return self.outcome()["phases"][-1]["name"]

    def stages(self):
        return list(self.field.state.glob(".shimgate/stage/[!.]*"))

    def assert_works(self):
        self.index.fail_for()
        self.assert_code(0, self.install("alpha"))
        self.assertEqual(self.installed(), ["alpha", "beta"])
        said = self.field.run(self.environment / "bin/python", "-c", "import alpha, beta")
        self.assert_code(0, said)
        self.assertEqual(self.stages(), [])

    def begin_and_wait(self, phase):
        """Begins to install a package, and waits until it is amid a phase."""
        wanted = self.field.scratch / "wanted"
        self.index.log.write_text("")
        self.index.fail_for(phase, "slow")
        if phase == "install":
            wanted.touch()
            (self.site / "pause.py").write_text(PAUSE.format(wanted=str(wanted)))
            (self.site / "pause.pth").write_text("import pause\n")
        process = self.begin(*self.words, "alpha", **self.variables)
        reached = wanted.with_name("wanted.reached")
        self.wait_until(lambda: reached.exists() or self.index.was_asked(phase))
        return process, self.field.records()[-1]["id"]

    def let_go(self, phase):
        self.index.fail_for(phase, "404")
        for path in self.field.scratch.glob("wanted*"):
            path.unlink()

    def test_an_interrupt_and_kill_9_in_each_phase(self):
        self.make_environment()
        killed = []
        for number in (signal.SIGINT, signal.SIGKILL):
            for phase in (INDEX, WHEEL, "install"):
                with self.subTest(phase=phase, number=number):
                    process, record = self.begin_and_wait(phase)
                    self.assertEqual(self.interrupted(), killed)
                    if number == signal.SIGKILL:
                        self.kill(process)
                        killed.append(record)
                    else:
                        os.killpg(process.pid, number)
                        self.let_go(phase)
                        self.assertNotEqual(process.wait(40), 0)
                        self.assertEqual(self.stages(), [])
                        self.assertEqual(self.outcome()["ref"], record)
                        self.assertNotEqual(self.outcome().get("exit"), 0)
                        self.assertEqual(self.last_phase(), self.phases[phase])
                    self.let_go(phase)
                    self.assertNotIn("alpha", self.installed())
        self.assert_works()
        self.assertEqual(self.interrupted(), killed)
        self.assert_chain_intact()

    def test_an_index_that_fails_or_lies(self):
        self.make_environment()
        for path, faults in ((INDEX, ("500", "cut")), (WHEEL, ("500", "short", "other"))):
            for fault in faults:
                with self.subTest(path=path, fault=fault):
                    self.index.fail_for(path, fault)
                    result = self.install("alpha")
                    self.assertNotEqual(result.code, 0, str(result))
                    self.assertEqual(self.installed(), [])
                    self.assertEqual(self.last_phase(), self.phases[path])
                    self.assertNotEqual(self.outcome()["exit"], 0)
                    self.assertEqual(self.stages(), [])
        self.assert_works()

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk(self):
        self.make_environment()
        kept = self.field.scratch / "kept"
        shutil.copytree(self.site, kept)
        self.mount_disk("40m", self.site)
        shutil.copytree(kept, self.site, dirs_exist_ok=True)
        filler = self.fill_disk(self.site)
        result = self.install("alpha")
        self.assertNotEqual(result.code, 0, str(result))
        self.assertEqual(self.last_phase(), "install")
        self.assertNotEqual(self.outcome()["exit"], 0)
        self.assertNotIn("alpha", self.installed())
        self.assertEqual(self.stages(), [])
        filler.unlink()
        self.assert_works()

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk_under_the_stage(self):
        self.make_environment()
        stages = self.field.state / ".shimgate"
        stages.mkdir()
        self.mount_disk("1m", stages)
        result = self.install("large")
        self.assertNotEqual(result.code, 0, str(result))
        self.assertEqual(self.last_phase(), "fetch")
        self.assertEqual(self.installed(), [])
        self.assertEqual(self.stages(), [])
        self.assert_works()


class NewerPipEnds(PipEnds):
    # It reads what the index says of a wheel (PEP 714).
    phase_of_wheels = "fetch"

    def pip_folder(self):
        if not (TOOLS / "pip26/pip").exists():
            self.skipTest("no newer pip is here")
        return TOOLS / "pip26"


if __name__ == "__main__":
    unittest.main()
