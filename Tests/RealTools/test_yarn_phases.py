"""Staged installs of real yarn 1 and 3, phase by phase: a registry that lies, an interrupt and kill -9 in
each, and everyday work on the shipped default policy."""
import os
import shutil
import signal
import subprocess
import time
import unittest

from test_yarn_installs import YARNS, PACKAGES, YarnTest

MANY = {f"part-{number}": {"1.0.0": {"dependencies": (
    {f"part-{number + 50}": "^1.0.0"} if number < 50 else {})}} for number in range(100)}


class EachYarnPhase:
    """Tests that each yarn has to pass."""

    def lay_out_locked(self, name):
        """A project that has one package, and whose lockfile asks for another one in its place."""
        # yarn 3 wants its lockfile in order, whatever the name.
        self.lay_out(name="zz")
        self.assert_code(0, self.yarn("add", "left@1.0.0"))
        for path in ("package.json", "yarn.lock"):
            file = self.field.project / path
            file.write_text(file.read_text().replace("left", name))
        return self.project_files()

    def begin(self, *words):
        return subprocess.Popen(
            ["yarn", *words], executable=str(self.field.shims / "yarn"),
            env=self.field.environment(), cwd=self.field.project, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def end_session(self, process):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def found(self):
        return {name: digest for name, digest in self.project_files().items()
                if not name.startswith(".shimgate")}

    def wait_for_archive(self, asked):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not any(
                request["path"].endswith("slow-1.0.0.tgz")
                for request in self.source.requests()[asked:]):
            time.sleep(0.05)

    def test_a_registry_that_lies_in_the_phase_that_installs_leaves_the_project_as_it_was(self):
        for name in ("liar", "broken", "short"):
            with self.subTest(name):
                self.start_registry()
                before = self.lay_out_locked(name)
                result = self.yarn("install")
                self.assertTrue(any(request["path"].endswith(f"{name}-1.0.0.tgz")
                                    for request in self.source.requests()))
                self.assertNotEqual(result.code, 0)
                phases = [phase["name"] for phase in self.outcomes()[-1]["phases"]]
                self.assertEqual(phases, ["install"])
                self.assertEqual(self.found(), before)
                self.assertEqual(self.version("left"), "1.0.0")
                self.assert_clean()
                for path in ("node_modules", "yarn.lock", ".yarn"):
                    subprocess.run(["rm", "-rf", self.field.project / path], check=True)

    def test_an_interrupt_or_a_kill_in_the_phase_that_installs_leaves_the_project_as_it_was(self):
        before = self.lay_out_locked("slow")
        for number in (signal.SIGKILL, signal.SIGINT):
            asked = len(self.source.requests())
            process = self.begin("install")
            self.wait_for_archive(asked)
            if number == signal.SIGKILL:
                process.kill()
            else:
                os.killpg(process.pid, number)
            self.assertNotEqual(process.wait(30), 0)
            self.end_session(process)
            self.assertEqual(self.found(), before)
        self.assert_code(0, self.yarn("remove", "slow"))
        self.assert_clean()
        self.assertTrue(any(record.get("interrupted") for record in self.outcomes()))
        self.assert_chain_intact()

    def test_kill_9_at_any_moment_leaves_before_or_after(self):
        self.assert_code(0, self.yarn("add", "left@1.0.0"))
        names = ("package.json", "yarn.lock", "node_modules/left/package.json",
                 "node_modules/right/package.json")
        before = self.project_files()
        began = time.monotonic()
        self.assert_code(0, self.yarn("add", "right"))
        lasted = time.monotonic() - began
        after = self.project_files()
        self.assert_code(0, self.yarn("remove", "right"))
        killed = 0
        for moment in range(6):
            with self.subTest(moment):
                process = self.begin("add", "right")
                time.sleep(lasted * (moment + 0.7) / 6)
                process.kill()
                process.wait()
                killed += process.returncode == -signal.SIGKILL
                found = self.found()
                self.assertIn([found.get(name) for name in names],
                              [[state.get(name) for name in names] for state in (before, after)])
                self.end_session(process)
                self.yarn("remove", "right")
                self.assert_clean()
                self.assertEqual([self.found().get(name) for name in names],
                                 [before.get(name) for name in names])
        self.assertGreater(killed, 0, "no moment hit the install")
        self.assert_chain_intact()

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk_leaves_the_project_as_it_was(self):
        self.mount_disk("2m")
        self.lay_out()
        self.assert_code(0, self.yarn("add", "left@1.0.0"))
        before = self.project_files()
        # Before anything is resolved, and while the tree is made.
        filler = self.fill_disk()
        result = self.yarn("add", "right")
        filler.unlink()
        for result in (result, self.yarn("add", "large")):
            self.assertNotEqual(result.code, 0, str(result))
            self.assertEqual(self.project_files(), before)
            self.assertEqual(self.version("left"), "1.0.0")
            self.assert_clean()
        self.assertTrue(all(record.get("exit") for record in self.outcomes()[-2:]))
        self.assert_code(0, self.yarn("add", "right"))
        self.assert_clean()

    def test_a_hundred_packages_and_a_workspace_install_and_stay(self):
        self.packages = {**PACKAGES, **MANY}
        self.start_registry()
        wanted = {f"part-{number}": "^1.0.0" for number in range(60)}
        self.lay_out(dependencies=wanted, workspaces=["packages/*"], private=True)
        self.field.write("packages/a/package.json", {
            "name": "a", "version": "1.0.0", "dependencies": {"left": "^1.0.0"}})
        self.assert_code(0, self.yarn("install"))
        tree = self.field.project / "node_modules"
        self.assertEqual(len(list(tree.glob("part-*"))), 100)
        self.assertTrue((tree / "a").is_symlink())
        lock = self.lock.read_bytes()
        shutil.rmtree(tree)
        self.assert_code(0, self.yarn("install"))
        self.assertEqual(len(list(tree.glob("part-*"))), 100)
        self.assertEqual(self.lock.read_bytes(), lock)
        self.assertEqual(self.version("left"), "1.1.0")
        self.straight("install", "--frozen-lockfile" if self.is_classic else "--immutable")
        self.assert_clean()


for title, directories in YARNS:
    class_name = f"EachYarnPhase_{title}"
    globals()[class_name] = type(
        class_name, (EachYarnPhase, YarnTest), {"tool_directories": directories})


if __name__ == "__main__":
    unittest.main()
