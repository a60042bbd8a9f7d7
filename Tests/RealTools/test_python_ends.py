"""Whatever ends a line of uv, poetry or pdm early leaves manifest and lockfile as before or as after, its outcome
is on record at the next line, and the line itself works afterwards: kill -9, an interrupt, a full disk,
an index that fails or lies, while it resolves and while it fills the environment."""
import os
import re
import shutil
import signal
import unittest

from test_python_projects import PdmProject, PoetryProject, UvProject

# Nobody fetches a wheel to resolve, so index and wheels stand for the two phases.
INDEX, WHEEL = "/simple/alpha", "/alpha-1.0-py3-none-any.whl"


def packages(_marker):
    return {
        "alpha": {"1.0": {"requires": ["beta"], "metadata": True}},
        "beta": {"1.0": {"metadata": True}},
        "gamma": {"1.0": {"metadata": True}},
        "large": {"1.0": {"metadata": True, "noise": 12_000_000}},
    }


class Ends:
    """What each of the three has to pass."""

    packages_of_the_index = staticmethod(packages)
    # How the index and a wheel fail.
    faults = ((INDEX, "500"), (INDEX, "short"), (WHEEL, "short"), (WHEEL, "other"))
    ends = (signal.SIGINT,)
    # With it a line fills no environment.
    locks_only = "--no-sync"

    def setUp(self):
        super().setUp()
        # The index is to be asked by the tool only.
        self.let_any_age_in()

    def line(self, *words):
        return self.field.run(self.tool, *words, **self.variables)

    def pair(self):
        return self.text("pyproject.toml"), self.text(self.lock)

    def begin_and_wait(self, path, *words):
        """Begins a line, which adds a package where none is given, and waits until the tool asks for what the
        index does not answer."""
        self.index.fail_for(path, "slow")
        self.index.log.write_text("")
        process = self.begin(self.tool, *(words or ("add", "alpha")), **self.variables)
        self.wait_until(lambda: self.index.was_asked(path))
        return process, self.field.records()[-1]["id"]

    def forget(self):
        """Nothing is fetched already. poetry keeps even what has another digest than it should."""
        shutil.rmtree(self.field.home / ".cache", ignore_errors=True)

    def assert_works(self):
        """What was not installed then is installed now, by the same line."""
        self.index.fail_for()
        self.assert_code(0, self.line("add", "alpha"))
        self.assertEqual(self.modules(), ["alpha", "beta"])
        for program in (self.field.project / ".venv/bin").iterdir():
            if re.fullmatch(r"(pip|python)[-.0-9]*", program.name):
                self.assertIn(b"shimgate adopted", program.read_bytes()[:200], program.name)
        self.assertIn("alpha", self.text("pyproject.toml"))
        self.assertIn('name = "beta"', self.text(self.lock))
        self.assert_clean()
        self.assert_chain_intact()

    def test_an_interrupt_and_kill_9_in_each_phase(self):
        before, killed = self.pair(), []
        for path in (INDEX, WHEEL):
            for number in self.ends:
                with self.subTest(path=path, number=number):
                    process, record = self.begin_and_wait(path)
                    os.killpg(process.pid, number)
                    # Two of the three wait for what they have asked for.
                    self.index.fail_for(path, "404")
                    self.assertNotEqual(process.wait(40), 0)
                    self.assertEqual(self.pair(), before)
                    self.assert_clean()
                    self.assertEqual(self.outcome()["ref"], record)
                    self.assertNotEqual(self.outcome().get("exit"), 0)
        for path in (INDEX, WHEEL):
            self.assertEqual(self.pair(), before)
            process, record = self.begin_and_wait(path)
            self.kill(process)
            self.assertEqual(self.interrupted(), killed)
            killed.append(record)
        # Both say what was judged.
        manifest, lock = self.pair()
        self.assertIn("alpha", manifest)
        self.assertIn('name = "beta"', lock)
        self.assertNotIn("alpha", self.modules())
        self.assert_works()
        self.assertEqual(self.interrupted(), killed)

    def test_an_index_that_fails_or_lies(self):
        before = self.pair()
        for path, fault in self.faults:
            with self.subTest(path=path, fault=fault):
                self.index.fail_for(path, fault)
                result = self.line("add", "alpha")
                self.assertNotEqual(result.code, 0, str(result))
                self.assertEqual(self.pair(), before)
                self.assertNotIn("alpha", self.modules())
                self.assertNotEqual(self.outcome()["exit"], 0)
                self.assertEqual(self.outcome()["phases"][-1]["name"],
                                 "install" if path == WHEEL else "resolve")
                self.assert_clean()
                self.forget()
        self.assert_works()

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk(self):
        manifest = self.text("pyproject.toml")
        self.mount_disk("10m")
        self.field.write("pyproject.toml", manifest)
        self.assert_code(0, self.line("add", self.locks_only, "beta"))
        before = self.pair()
        filler = self.fill_disk()
        self.assertNotEqual(self.line("add", "alpha").code, 0)
        self.assertEqual(self.pair(), before)
        self.assertNotEqual(self.outcome()["exit"], 0)
        filler.unlink()
        self.assert_clean()
        result = self.line("add", "large")
        self.assertNotEqual(result.code, 0, str(result))
        self.assertEqual(self.pair(), before)
        self.assertNotEqual(self.outcome()["exit"], 0)
        self.assert_clean()
        # What a tool has left of the large one is in its environment.
        shutil.rmtree(self.field.project / ".venv")
        self.assert_works()


class UvEnds(Ends, UvProject):
    faults = (*Ends.faults, (INDEX, "cut"), (WHEEL, "500"))
    ends = (signal.SIGINT, signal.SIGTERM)
    variables = {"UV_HTTP_RETRIES": "0"}

    def is_guarded(self):
        return b"shimgate adopted" in (self.field.project / ".venv/bin/python").read_bytes()[:200]

    def test_an_environment_is_guarded_again_by_the_line_after_a_kill(self):
        self.assert_code(0, self.line("add", "beta"))
        for words in ("add", "alpha"), ("sync",):
            with self.subTest(words=words):
                self.assertTrue(self.is_guarded())
                process, _ = self.begin_and_wait(WHEEL, *words)
                self.assertFalse(self.is_guarded(), "uv did not get its own programs")
                self.kill(process)
                self.index.fail_for()
                self.assert_code(0, self.line("lock"))
                self.assertTrue(self.is_guarded())
                self.assertEqual(self.modules(), ["beta"])


class PoetryEnds(Ends, PoetryProject):
    # It waits for seconds after each answer that is cut off, and has no option against it.
    faults = ((INDEX, "500"), (INDEX, "cut"), (WHEEL, "short"), (WHEEL, "other"))
    locks_only = "--lock"


class PdmEnds(Ends, PdmProject):
    pass


if __name__ == "__main__":
    unittest.main()
