"""Whatever ends a line of cargo, Bundler or gem early leaves manifest and lockfile as before or as after, and
its outcome is on record at the next line: kill -9, an interrupt, a full disk, a registry that fails or lies,
in each phase."""
import os
import random
import shutil
import signal
import unittest

from field import RECORD_FAILED
from held import BundlerTest, CargoTest

FAULTS = ("500", "short", "other")


class CargoEnds(CargoTest):
    def setUp(self):
        super().setUp()
        # The registry is to be asked by the tool only.
        self.let_any_age_in()

    def pair(self):
        return self.text("Cargo.toml"), self.text("Cargo.lock")

    def wait_for(self, path):
        self.wait_until(
            lambda: any(path in request["path"] for request in self.source.requests()))

    def test_kill_9_while_it_resolves(self):
        before = self.pair()
        process = self.begin("cargo", "add", "slow-index")
        self.wait_for("slow-index")
        self.kill(process)
        self.assertEqual(self.pair(), before)
        first = self.field.records()[-1]["id"]
        self.assert_code(0, self.field.run("cargo", "add", "beta"))
        self.assertEqual(self.interrupted(), [first])
        self.assert_clean()
        self.assert_chain_intact()

    def test_kill_9_while_it_fetches_what_is_locked(self):
        self.assert_code(0, self.field.run("cargo", "add", "slow"))
        before = self.pair()
        process = self.begin("cargo", "fetch")
        self.wait_for("dl/slow")
        self.kill(process)
        self.assertEqual(self.pair(), before)
        first = self.field.records()[-1]["id"]
        self.assertEqual(self.interrupted(), [])
        self.assert_code(0, self.field.run("cargo", "update"))
        self.assertEqual(self.interrupted(), [first])
        self.assert_clean()

    def test_an_interrupt_in_each_phase(self):
        self.assert_code(0, self.field.run("cargo", "add", "slow"))
        before = self.pair()
        for words, path in ((["add", "slow-index"], "slow-index"), (["fetch"], "dl/slow")):
            for number in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(words=words, number=number):
                    self.source.log.write_text("")
                    process = self.begin("cargo", *words)
                    self.wait_for(path)
                    os.killpg(process.pid, number)
                    self.assertNotEqual(process.wait(30), 0)
                    self.assertEqual(self.pair(), before)
                    self.assert_clean()
                    outcome = self.outcome()
                    self.assertEqual(outcome["ref"], self.field.records()[-1]["id"])
                    self.assertNotEqual(outcome.get("exit"), 0)

    def test_a_registry_that_fails_or_lies(self):
        for name in ("down-index", "cut-index"):
            with self.subTest(name):
                before = self.pair()
                result = self.field.run("cargo", "add", name, CARGO_NET_RETRY="0")
                self.assertNotEqual(result.code, 0)
                self.assertEqual(self.pair(), before)
                self.assertNotEqual(self.outcome()["exit"], 0)
                self.assert_clean()
        manifest = self.text("Cargo.toml")
        for name in ("down", "cut", "liar"):
            with self.subTest(name):
                self.field.write("Cargo.toml", manifest)
                self.assert_code(0, self.field.run("cargo", "add", name))
                before = self.pair()
                for words in (["fetch"], ["vendor", "--respect-source-config"]):
                    result = self.field.run("cargo", *words, CARGO_NET_RETRY="0")
                    self.assertNotEqual(result.code, 0)
                    self.assertEqual(self.pair(), before)
                    self.assertNotEqual(self.outcome()["exit"], 0)

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk(self):
        files = {name: self.text(name) for name in ("Cargo.toml", "src/lib.rs", ".cargo/config.toml")}
        self.mount_disk("256k")
        for name, text in files.items():
            self.field.write(name, text)
        self.assert_code(0, self.field.run("cargo", "add", "beta"))
        before = self.pair()
        filler = self.fill_disk()
        result = self.field.run("cargo", "add", "alpha")
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.pair(), before)
        self.assertNotEqual(self.outcome()["exit"], 0)
        filler.unlink()
        self.assert_clean()
        self.assert_code(0, self.field.run("cargo", "add", "alpha"))


class BundlerEnds(BundlerTest):
    def setUp(self):
        super().setUp()
        # The registry is to be asked by the tool only.
        self.let_any_age_in()

    def build_more(self, place):
        noise = random.Random(7).randbytes(600_000).hex()
        self.build(place, "large", "1.0", "", {"large.txt": noise})

    def pair(self):
        return self.text("Gemfile"), self.text("Gemfile.lock")

    def slow(self, path):
        self.faults.clear()
        self.faults[path] = "slow"

    def wait_for_it(self):
        self.wait_until(lambda: "seen" in self.faults)

    def test_kill_9_while_it_resolves(self):
        before = self.pair()
        self.slow("specs.4.8.gz")
        process = self.begin("bundle", "add", "alpha")
        self.wait_for_it()
        self.kill(process)
        self.faults.clear()
        self.assertEqual(self.pair(), before)
        first = self.field.records()[-1]["id"]
        self.assert_code(0, self.field.run("bundle", "add", "alpha"))
        self.assertEqual(self.interrupted(), [first])
        self.assert_clean()

    def test_kill_9_while_it_installs(self):
        self.slow("alpha-1.0.0.gem")
        process = self.begin("bundle", "add", "alpha")
        self.wait_for_it()
        self.kill(process)
        self.faults.clear()
        # Both say what was judged, and the next line installs it.
        self.assertIn('gem "alpha"', self.text("Gemfile"))
        self.assertIn("alpha (1.0.0)", self.text("Gemfile.lock"))
        first = self.field.records()[-1]["id"]
        self.assert_code(0, self.field.run("bundle", "install"))
        self.assertEqual(self.installed("alpha"), ["alpha-1.0.0"])
        self.assertEqual(self.interrupted(), [first])
        self.assert_clean()
        # Killed as it installs what is locked.
        lock = self.text("Gemfile.lock")
        self.assert_code(0, self.field.run_directly("rm", "-r", "vendor"))
        self.slow("alpha-1.0.0.gem")
        process = self.begin("bundle", "install")
        self.wait_for_it()
        self.kill(process)
        self.faults.clear()
        self.assertEqual(self.text("Gemfile.lock"), lock)
        self.assert_code(0, self.field.run("bundle", "install"))
        self.assertEqual(len(self.interrupted()), 2)
        self.assert_clean()
        self.assert_chain_intact()

    def test_an_interrupt_in_each_phase(self):
        before = self.pair()
        for path in ("specs.4.8.gz", "alpha-1.0.0.gem"):
            for number in (signal.SIGINT, signal.SIGTERM):
                with self.subTest(path=path, number=number):
                    self.slow(path)
                    process = self.begin("bundle", "add", "alpha")
                    self.wait_for_it()
                    os.killpg(process.pid, number)
                    self.assertNotEqual(process.wait(40), 0)
                    self.assertEqual(self.pair(), before)
                    self.assert_clean()
                    self.assertNotEqual(self.outcome().get("exit"), 0)

    def test_a_registry_that_fails_or_lies(self):
        before = self.pair()
        for path in ("specs.4.8.gz", ".gem"):
            for fault in FAULTS:
                with self.subTest(path=path, fault=fault):
                    self.faults.clear()
                    self.faults[path] = fault
                    result = self.field.run("bundle", "add", "alpha", "--retry", "0")
                    self.assertNotEqual(result.code, 0, str(result))
                    self.assertEqual(self.pair(), before)
                    self.assertEqual(self.installed("alpha"), [])
                    self.assertNotEqual(self.outcome()["exit"], 0)
                    self.assert_clean()

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk(self):
        before = self.text("Gemfile")
        self.mount_disk("1500k")
        self.field.write("Gemfile", before)
        self.field.write(".bundle/config", 'BUNDLE_PATH: "vendor/bundle"\n')
        self.assert_code(0, self.field.run("bundle", "add", "beta"))
        before = self.pair()
        result = self.field.run("bundle", "add", "large")
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.pair(), before)
        self.assertNotEqual(self.outcome()["exit"], 0)
        self.assert_clean()
        self.assert_code(0, self.field.run_directly("rm", "-r", "vendor"))
        self.assert_code(0, self.field.run("bundle", "add", "alpha"))


class GemEnds(BundlerTest):
    def setUp(self):
        super().setUp()
        # The registry is to be asked by the tool only.
        self.let_any_age_in()

    build_more = BundlerEnds.build_more

    def gem(self, name):
        return [
            "gem", "install", "--no-document", "--clear-sources", "--source", self.url + "/",
            "--install-dir", "gems", name]

    def found(self):
        return sorted(path.stem for path in
                      (self.field.project / "gems").glob("specifications/*.gemspec"))

    def stages(self):
        return list(self.field.state.glob(".shimgate/stage/[!.]*"))

    def test_kill_9_and_an_interrupt_while_it_fetches(self):
        for number in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
            with self.subTest(number=number):
                self.faults.clear()
                self.faults["beta-1.2.0.gem"] = "slow"
                process = self.begin(*self.gem("beta"))
                self.wait_until(lambda: "seen" in self.faults)
                first = self.field.records()[-1]["id"]
                if number == signal.SIGKILL:
                    self.kill(process)
                else:
                    os.killpg(process.pid, number)
                    self.assertNotEqual(process.wait(40), 0)
                    self.assertEqual(self.outcome()["ref"], first)
                    self.assertNotEqual(self.outcome().get("exit"), 0)
                self.assertEqual(self.found(), [])
                self.faults.clear()
                self.assert_code(0, self.field.run(*self.gem("alpha")))
                self.assertEqual(self.stages(), [])
                self.assert_code(0, self.field.run_directly("rm", "-r", "gems"))
                if number == signal.SIGKILL:
                    self.assertEqual(self.interrupted(), [first])

    def test_a_registry_that_fails_or_lies(self):
        for path in ("specs.4.8.gz", ".gem"):
            for fault in FAULTS:
                with self.subTest(path=path, fault=fault):
                    self.faults.clear()
                    self.faults[path] = fault
                    self.assertNotEqual(self.field.run(*self.gem("alpha")).code, 0)
                    self.assertEqual(self.found(), [])
                    self.assertNotEqual(self.outcome()["exit"], 0)
                    self.assertEqual(self.stages(), [])

    def assert_fails(self, name):
        """Nothing of it is installed, and its end is on record."""
        result = self.field.run(*self.gem(name))
        self.assertNotEqual(result.code, 0, str(result))
        self.assertEqual(self.found(), [])
        self.assertEqual(self.stages(), [])
        self.assertEqual(self.outcome()["ref"], self.field.records()[-1]["id"])
        self.assertNotEqual(self.outcome().get("exit"), 0)
        return result

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk(self):
        self.mount_disk("600k")
        self.assert_fails("large")
        # What it has left is in the folder of gems.
        self.assert_code(0, self.field.run_directly("rm", "-r", "gems"))
        self.assert_code(0, self.field.run(*self.gem("alpha")))
        self.assertEqual(self.found(), ["alpha-1.0.0", "beta-1.2.0"])

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk_under_the_stage_and_the_audit_log(self):
        kept = self.field.scratch / "kept"
        shutil.copytree(self.field.state, kept)
        self.mount_disk("600k", self.field.state)
        self.field.state.chmod(kept.stat().st_mode & 0o777)
        shutil.copytree(kept, self.field.state, dirs_exist_ok=True)
        self.assert_fails("large")
        # Full as it ends, so that nothing can be recorded.
        self.faults["alpha-1.0.0.gem"] = "slow"
        process = self.begin(*self.gem("alpha"))
        self.wait_until(lambda: "seen" in self.faults)
        first = self.field.records()[-1]["id"]
        filler = self.fill_disk(self.field.state)
        # What the log's last block still had room for.
        while self.field.run("gem", "push", "x").code != RECORD_FAILED:
            pass
        os.killpg(process.pid, signal.SIGTERM)
        self.assertNotEqual(process.wait(40), 0)
        filler.unlink()
        self.faults.clear()
        self.assertNotEqual(self.outcome()["ref"], first)
        self.assert_code(0, self.field.run(*self.gem("alpha")))
        self.assertEqual(self.interrupted(), [first])
        self.assertEqual(self.stages(), [])


del BundlerTest, CargoTest

if __name__ == "__main__":
    unittest.main()
