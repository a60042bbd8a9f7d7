"""Installs of real yarn 1 and yarn 3 behind the shims: resolved, judged and moved in like npm's, and
what stops one leaves the project as it was."""
import json
import os
import signal
import subprocess
import time
import unittest

from field import DENIED, TOOLS
from test_installs import APPROVAL, PACKAGES, InstallTest

YARNS = [(name, [TOOLS / name / "bin"]) for name in ("yarn1", "yarn3")
         if (TOOLS / name / "bin/yarn").exists()]
SHOWN = b"shimgate: yarn.lock: "


class YarnTest(InstallTest):
    """A project with settings for a loopback registry."""

    def lay_out(self, **manifest):
        super().lay_out(**manifest)
        self.field.write(".yarnrc.yml", "\n".join([
            "nodeLinker: node-modules", f"npmRegistryServer: {self.source.url[:-1]}",
            "unsafeHttpWhitelist:", "  - 127.0.0.1", "httpRetry: 0", "enableTelemetry: false", ""]))

    @property
    def is_classic(self):
        return "yarn1" in str(self.tool_directories[0])

    def setUp(self):
        super().setUp()
        self.need("yarn", "node")

    def yarn(self, *words, **options):
        options.setdefault("MARKER", str(self.field.scratch / "marker"))
        return self.field.run("yarn", *words, **options)

    def straight(self, *words, **options):
        """The same without shimgate."""
        result = self.field.run_directly("yarn", *words, **options)
        self.assert_code(0, result)

    @property
    def lock(self):
        return self.field.project / "yarn.lock"

    def project_files(self):
        """The project's own, without what yarn 3 keeps for itself."""
        return {name: digest for name, digest in self.snapshot().items()
                if not name.startswith(".yarn/")}


class EachYarn:
    """Tests that each yarn has to pass."""

    def test_a_named_package_is_shown_installed_and_recorded(self):
        result = self.yarn("add", "right")
        self.assert_code(0, result)
        self.assertIn(SHOWN + b"2 added", result.err)
        self.assertEqual((self.version("right"), self.version("left")), ("2.0.0", "1.1.0"))
        manifest = json.loads((self.field.project / "package.json").read_text())
        self.assertEqual(manifest["dependencies"], {"right": "^2.0.0"})
        by_url = {package["purl"]: package for package in self.installed_packages()}
        self.assertEqual(by_url["pkg:npm/right@2.0.0"]["status"], "added")
        self.assertIn("-", by_url["pkg:npm/left@1.1.0"]["integrity"])
        phases = [phase["name"] for phase in self.outcomes()[-1]["phases"]]
        self.assertEqual(phases, ["resolve", "install"])
        self.assert_clean()
        self.assert_code(0, self.yarn("why", "left"))
        before = self.lock.read_bytes()
        bare = self.yarn("install")
        self.assert_code(0, bare)
        self.assertEqual(self.lock.read_bytes(), before)
        self.assertEqual([phase["name"] for phase in self.outcomes()[-1]["phases"]], ["install"])
        removed = self.yarn("remove", "right")
        self.assert_code(0, removed)
        self.assertIn(b"2 removed", removed.err)
        self.assertIsNone(self.version("left"))
        self.straight("install")
        self.assert_chain_intact()

    def test_scripts_run_for_listed_packages_only_and_confined(self):
        marker = self.field.scratch / "marker"
        build = "echo built > built.txt; echo out > ../../out.txt; echo x >> \"$MARKER\""
        self.packages = {**PACKAGES, "native": {"1.0.0": {"scripts": {"postinstall": build}}}}
        self.start_registry()
        result = self.yarn("add", "noisy", "native")
        self.assert_code(0, result)
        self.assertFalse(marker.exists())
        self.assertIn(b"install scripts did not run: ", result.err)
        self.assertEqual(sorted(self.outcomes()[-1]["suppressed"]), ["native@1.0.0", "noisy@1.0.0"])
        self.rule(scripts={"allow": ["native"]})
        result = self.yarn("install")
        if b"cannot confine" in result.err:
            self.skipTest("nothing confines here")
        built = self.field.project / "node_modules/native/built.txt"
        self.assertTrue(built.exists(), str(result))
        self.assertFalse((self.field.project / "out.txt").exists())
        self.assertFalse(marker.exists())
        self.assertEqual(self.outcomes()[-1]["suppressed"], ["noisy@1.0.0"])

    def test_a_git_dependency_of_a_dependency_runs_nothing(self):
        self.need("git")
        marker = self.field.scratch / "marker"
        repository = self.field.make("repository")
        (repository / "package.json").write_text(json.dumps({
            "name": "deep", "version": "1.0.0", "scripts": {"prepare": f"echo ran >> {marker}"}}))
        for words in (["init", "-q"], ["add", "-A"],
                      ["-c", "user.name=t", "-c", "user.email=t@example", "commit", "-qm", "x"]):
            subprocess.run(["git", "-C", repository, *words], check=True)
        self.packages = {**PACKAGES, "outer": {"1.0.0": {
            "dependencies": {"deep": f"git+file://{repository}"}}}}
        self.start_registry()
        self.assertNotEqual(self.yarn("add", "outer").code, 0)
        self.assertFalse(marker.exists())
        self.assertFalse((self.field.project / "node_modules").exists())
        if self.is_classic:
            self.straight("add", "outer", "--ignore-scripts")
            self.assertTrue(marker.exists(), "yarn 1 ran nothing without us either")

    def test_a_lockfile_with_another_host_is_denied_with_its_place(self):
        self.assert_code(0, self.yarn("add", "left"))
        text = self.lock.read_text()
        if self.is_classic:
            bad = text.replace(self.source.host, "evil.example")
        else:
            bad = text.replace("left@npm:1.1.0\"", "left@npm:1.1.0::__archiveUrl="
                               "https%3A%2F%2Fevil.example%2Fleft-1.1.0.tgz\"")
        self.assertNotEqual(bad, text)
        self.lock.write_text(bad)
        before = self.snapshot()
        result = self.yarn("install")
        self.assert_denied(result)
        self.assertRegex(result.err, rb"yarn\.lock:\d+:\d+: host: left@1\.1\.0")
        self.assertEqual(self.snapshot(), before)

    def test_a_denied_package_is_refused_wherever_it_stands(self):
        policy = json.loads(self.field.policy.read_text())
        policy["rules"].insert(0, {
            "id": "installs", "action": "shell.exec", "match": {"operation": "install"},
            "effect": "allow", "require": {"packages": {"deny": ["left"]}}})
        self.field.policy.write_text(json.dumps(policy))
        before = self.project_files()
        result = self.yarn("add", "right")
        self.assert_code(DENIED, result)
        self.assertIn(b"left@1.1.0 is on the policy's list of denied packages", result.err)
        self.assertEqual(self.project_files(), before)
        self.assert_clean()

    def test_a_program_named_like_a_shim_is_refused(self):
        before = self.project_files()
        result = self.yarn("add", "shadow")
        self.assert_code(DENIED, result)
        self.assertIn(b"a program named npm", result.err)
        self.assertEqual(self.project_files(), before)

    def test_a_registry_that_fails_or_lies_leaves_the_project_as_it_was(self):
        self.assert_code(0, self.yarn("add", "left@1.0.0"))
        before = self.project_files()
        for name in ("liar", "broken", "no-such-package-here"):
            if name == "liar" and not self.is_classic:
                # yarn 3 packs anew and notes its own digest, so nothing here can be wrong.
                continue
            with self.subTest(name):
                result = self.yarn("add", name)
                self.assertNotEqual(result.code, 0)
                self.assertEqual(self.project_files(), before)
                self.assertNotEqual(self.outcomes()[-1].get("exit"), 0)
                self.assert_clean()

    def test_a_review_shows_the_changes_and_installs_nothing(self):
        self.rule(lockfile="review")
        before = self.project_files()
        result = self.yarn("add", "right")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"added right 2.0.0", result.err)
        self.assertEqual(self.project_files(), before)

    def test_workspaces_stay_linked(self):
        self.lay_out(private=True, workspaces=["packages/*"])
        self.field.write("packages/a/package.json", {
            "name": "a", "version": "1.0.0", "bin": {"tool-a": "cli.js"}})
        self.field.write("packages/a/cli.js", "#!/usr/bin/env node\nconsole.log('a runs')\n")
        self.field.write("packages/b/package.json", {
            "name": "b", "version": "1.0.0", "dependencies": {"a": "1.0.0"}})
        self.assert_code(0, self.yarn("install"))
        project = self.field.project
        self.assertEqual((project / "node_modules/a").resolve(), project / "packages/a")
        self.assert_code(0, self.yarn("add", "left@1.0.0", cwd=project / "packages/b"))
        manifest = json.loads((project / "packages/b/package.json").read_text())
        self.assertIn("left", manifest["dependencies"])
        self.assertEqual(self.version("left"), "1.0.0")
        self.assertEqual((project / "node_modules/a").resolve(), project / "packages/a")
        self.assert_code(0, self.yarn("install"))
        self.assert_clean()

    def test_an_interrupt_or_a_kill_leaves_the_project_as_it_was(self):
        before = self.project_files()
        for number in (signal.SIGINT, signal.SIGKILL):
            process = subprocess.Popen(
                ["yarn", "add", "slow"], executable=str(self.field.shims / "yarn"),
                env=self.field.environment(), cwd=self.field.project, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
            deadline = time.monotonic() + 30
            asked = len(self.source.requests())
            while time.monotonic() < deadline and not any(
                    request["path"] == "/slow" for request in self.source.requests()[asked:]):
                time.sleep(0.05)
            time.sleep(0.3)
            if number == signal.SIGKILL:
                process.kill()
            else:
                os.killpg(process.pid, number)
            self.assertNotEqual(process.wait(30), 0)
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            found = {name: digest for name, digest in self.project_files().items()
                     if not name.startswith(".shimgate")}
            self.assertEqual(found, before)
        self.assert_code(0, self.yarn("add", "right"))
        self.assert_clean()
        self.assertTrue(any(record.get("interrupted") for record in self.outcomes()))


for title, directories in YARNS:
    class_name = f"EachYarn_{title}"
    globals()[class_name] = type(
        class_name, (EachYarn, YarnTest), {"tool_directories": directories})


class Masked(YarnTest):
    """An archive that is not what the registry calls it."""

    tool_directories = [TOOLS / "yarn3/bin"]
    packages = {**PACKAGES, "masked": {"1.0.0": {"files:": {
        "package.json": json.dumps({"name": "masked", "version": "6.6.6"})}}}}

    def test_another_version_inside_the_archive_stops_installs(self):
        before = self.project_files()
        result = self.yarn("add", "masked")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"masked@6.6.6 is installed", result.err)
        self.assertEqual(self.project_files(), before)
        again = self.yarn("add", "left")
        self.assert_code(APPROVAL, again)
        self.assertIn(b"an earlier install drifted", again.err)


class MaskedForOne(Masked):
    """yarn 1 believes the archive and writes its version down, beside another one's address."""

    tool_directories = [TOOLS / "yarn1/bin"]

    def test_another_version_inside_the_archive_stops_installs(self):
        before = self.project_files()
        result = self.yarn("add", "masked")
        self.assert_code(DENIED, result)
        self.assertIn(b"name-mismatch: masked@6.6.6", result.err)
        self.assertEqual(self.project_files(), before)


if __name__ == "__main__":
    unittest.main()
