"""Installs of real npm behind the shims: what is judged, what is moved in, and that whatever stops an
install leaves the project as it was. With each npm at hand."""
import fcntl
import hashlib
import json
import os
import pty
import signal
import subprocess
import termios
import time
import unittest

from field import Field, FieldTest, Registry, any_npm, npm_directories

APPROVAL, CANNOT = 75, 73
PACKAGES = {
    "left": {"1.0.0": {}, "1.1.0": {}},
    "right": {"2.0.0": {"dependencies": {"left": "^1.0.0"}}},
    "noisy": {"1.0.0": {"scripts": {"postinstall": "echo ran >> \"$MARKER\""}}},
    "shadow": {"1.0.0": {"bin": {"npm": "index.js"}}},
    "program": {"1.0.0": {"bin": {"program": "index.js"}}},
    "liar": {"1.0.0": {"fault:": "integrity"}},
    "broken": {"1.0.0": {"fault:": "500"}},
    "short": {"1.0.0": {"fault:": "truncated"}},
    "slow": {"1.0.0": {"fault:": "slow"}},
    "large": {"1.0.0": {"files:": {"data": 6_000_000}}},
}


class InstallTest(FieldTest):
    """A project with an .npmrc for a loopback registry."""

    tool_directories = any_npm()
    packages = PACKAGES

    def setUp(self):
        super().setUp()
        self.need("npm", "node")
        self.start_registry()

    def start_registry(self):
        self.source = self.registry(packages=json.loads(json.dumps(self.packages)))
        self.lay_out()

    def lay_out(self, **manifest):
        manifest = {"name": "sample", "version": "1.0.0", **manifest}
        self.field.write("package.json", json.dumps(manifest, indent=2) + "\n")
        settings = f"registry={self.source.url}\nfetch-retries=0\n"
        self.field.write(".npmrc", settings)

    def npm(self, *words, **options):
        options.setdefault("MARKER", str(self.field.scratch / "marker"))
        return self.field.run("npm", *words, **options)

    def directly(self, *words, **options):
        result = self.field.run_directly("npm", *words, **options)
        self.assert_code(0, result)

    def rule(self, **require):
        policy = json.loads(self.field.policy.read_text())
        policy["rules"].insert(0, {
            "id": "installs", "action": "shell.exec", "match": {"operation": "install"},
            "effect": "allow", "require": require})
        self.field.policy.write_text(json.dumps(policy))

    def version(self, name):
        path = self.field.project / "node_modules" / name / "package.json"
        return json.loads(path.read_text())["version"] if path.exists() else None

    def snapshot(self):
        """All of the project but what is ours, by content."""
        found = {}
        for path in sorted(self.field.project.rglob("*")):
            name = str(path.relative_to(self.field.project))
            if path.is_symlink():
                found[name] = os.readlink(path)
            elif path.is_file():
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def outcomes(self):
        return self.field.records(["outcome"])

    def installed_packages(self):
        return [package for record in self.field.records(["outcome.packages"])
                for package in record["packages"]]

    def assert_clean(self):
        self.assertFalse((self.field.project / ".shimgate").exists())
        self.assertEqual(list((self.field.state / "installs").glob("*")), [])


class EachNpm:
    """Tests that every npm has to pass."""

    def test_a_bare_install_installs_exactly_its_lockfile(self):
        self.lay_out(dependencies={"left": "^1.0.0"})
        self.directly("install", "left@1.0.0", "--package-lock-only", "--save-prefix=^")
        self.lay_out(dependencies={"left": "^1.0.0"})
        lock = self.field.project / "package-lock.json"
        text = lock.read_text().replace('"left": "1.0.0"', '"left": "^1.0.0"')
        lock.write_text(text)
        self.assert_code(0, self.npm("install"))
        self.assertEqual(self.version("left"), "1.0.0")
        self.assertEqual(lock.read_text(), text)
        phases = [phase["name"] for phase in self.outcomes()[-1]["phases"]]
        self.assertEqual(phases, ["install"])
        self.assert_clean()
        self.assert_chain_intact()

    def test_a_lockfile_that_disagrees_with_the_manifest_changes_nothing(self):
        self.directly("install", "left@1.0.0", "--package-lock-only")
        self.lay_out(dependencies={"left": "1.1.0"})
        before = self.snapshot()
        result = self.npm("install")
        self.assertNotEqual(result.code, 0)
        self.assertIn(b"npm install NAME@VERSION", result.err)
        self.assertEqual(self.snapshot(), before)

    def test_a_named_package_is_shown_installed_and_recorded(self):
        result = self.npm("install", "right")
        self.assert_code(0, result)
        self.assertIn(b"shimgate: package-lock.json: 2 added", result.err)
        self.assertIn(b"added left 1.1.0", result.err)
        self.assertEqual((self.version("right"), self.version("left")), ("2.0.0", "1.1.0"))
        manifest = json.loads((self.field.project / "package.json").read_text())
        self.assertEqual(manifest["dependencies"], {"right": "^2.0.0"})
        by_url = {package["purl"]: package for package in self.installed_packages()}
        right = by_url["pkg:npm/right@2.0.0"]
        self.assertEqual((right["status"], right["requested"]), ("added", "^2.0.0"))
        self.assertTrue(right["integrity"].startswith("sha512-"))
        self.assertIn("pkg:npm/left@1.1.0", by_url)
        self.assert_clean()
        removed = self.npm("uninstall", "right")
        self.assert_code(0, removed)
        self.assertIn(b"2 removed", removed.err)
        self.assertIsNone(self.version("left"))

    def test_a_lockfile_with_another_host_is_denied_with_its_place(self):
        self.directly("install", "left", "--package-lock-only")
        lock = self.field.project / "package-lock.json"
        lock.write_text(lock.read_text().replace(self.source.host, "evil.example"))
        before = self.snapshot()
        for line in (["install"], ["ci"], ["install-test"]):
            result = self.npm(*line)
            self.assert_denied(result)
            self.assertRegex(result.err, rb"package-lock\.json:\d+:\d+: host: left@1\.1\.0")
        self.assertEqual(self.field.records()[-1]["effect"], "deny")
        self.assertEqual(self.snapshot(), before)

    def test_a_program_named_like_a_shim_is_refused(self):
        before = self.snapshot()
        result = self.npm("install", "shadow")
        self.assert_code(77, result)
        self.assertIn(b"a program named npm", result.err)
        self.assertEqual(self.snapshot(), before)
        self.assertIn("a program named npm", self.outcomes()[-1]["refused"])
        self.assert_clean()
        # The lockfile may keep silent about it; the tree does not.
        self.directly("install", "shadow", "--package-lock-only")
        lock = self.field.project / "package-lock.json"
        entries = json.loads(lock.read_text())
        del entries["packages"]["node_modules/shadow"]["bin"]
        lock.write_text(json.dumps(entries))
        self.npm("ci")
        self.assertFalse((self.field.project / "node_modules/.bin/npm").exists())
        # Another name is fine.
        self.lay_out()
        lock.unlink()
        self.assert_code(0, self.npm("install", "program"))
        self.assertTrue((self.field.project / "node_modules/.bin/program").exists())

    def test_scripts_stay_off_and_one_line_says_whose(self):
        marker = self.field.scratch / "marker"
        result = self.npm("install", "noisy")
        self.assert_code(0, result)
        self.assertFalse(marker.exists())
        self.assertIn(b"shimgate: install scripts did not run: noisy@1.0.0", result.err)
        self.assertEqual(self.outcomes()[-1]["suppressed"], ["noisy@1.0.0"])
        self.field.run_directly("npm", "rebuild", MARKER=str(marker))
        self.assertTrue(marker.exists(), "the control did not run either")

    def test_a_git_dependency_of_a_dependency_runs_nothing(self):
        self.need("git")
        marker = self.field.scratch / "marker"
        repository = self.field.make("repository")
        (repository / "package.json").write_text(json.dumps({
            "name": "deep", "version": "1.0.0",
            "scripts": {"prepare": f"echo ran >> {marker}", "build": "true"}}))
        (repository / ".npmrc").write_text(f"ignore-scripts=false\nscript-shell=/bin/sh\n")
        for words in (["init", "-q"], ["add", "-A"],
                      ["-c", "user.name=t", "-c", "user.email=t@example", "commit", "-qm", "x"]):
            subprocess.run(["git", "-C", repository, *words], check=True)
        self.packages = {**PACKAGES, "outer": {"1.0.0": {
            "dependencies": {"deep": f"git+file://{repository}"}}}}
        self.start_registry()
        self.field.write(".npmrc", (self.field.project / ".npmrc").read_text() + "git=git\n")
        result = self.npm("install", "outer")
        self.assertNotEqual(result.code, 0)
        self.assertFalse(marker.exists())
        self.assertFalse((self.field.project / "node_modules").exists())

    def test_no_variable_of_the_environment_reaches_an_address(self):
        self.field.write(
            ".npmrc", f"registry={self.source.url}${{PRIVATE_NOTE}}/\nfetch-retries=0\n")
        self.npm("install", "left", PRIVATE_NOTE="not-for-strangers")
        paths = [request["path"] for request in self.source.requests()]
        self.assertTrue(paths, "nothing was asked of the registry")
        self.assertNotIn("not-for-strangers", json.dumps(paths))
        self.field.run_directly("npm", "view", "left", PRIVATE_NOTE="not-for-strangers")
        paths = [request["path"] for request in self.source.requests()]
        self.assertIn("not-for-strangers", json.dumps(paths), "the control shows nothing")

    def test_a_name_that_does_not_exist_is_recorded_and_said(self):
        before = self.snapshot()
        result = self.npm("install", "no-such-package-here@^1")
        self.assertNotEqual(result.code, 0)
        self.assertIn(b"shimgate: no package is named no-such-package-here", result.err)
        self.assertIn(b"do not guess another name", result.err)
        package = self.installed_packages()[-1]
        self.assertEqual(
            (package["purl"], package["status"]), ("pkg:npm/no-such-package-here", "not_found"))
        self.assertEqual(self.snapshot(), before)
        listed = self.field.shimgate("audit", "list", "--not-found", "--json")
        self.assertIn(b"no-such-package-here", listed.out)
        listed = self.field.shimgate("audit", "list", "--not-found")
        self.assertIn(b"not found: pkg:npm/no-such-package-here", listed.out)

    def test_workspaces_stay_linked_and_keep_their_programs(self):
        self.lay_out(workspaces=["packages/*"])
        self.field.write("packages/a/package.json", {
            "name": "a", "version": "1.0.0", "bin": {"tool-a": "cli.js"}})
        self.field.write("packages/a/cli.js", "#!/usr/bin/env node\nconsole.log('a runs')\n")
        self.field.write("packages/b/package.json", {
            "name": "b", "version": "1.0.0", "dependencies": {"a": "1.0.0"}})
        self.assert_code(0, self.npm("install"))
        project = self.field.project
        self.assertEqual(os.readlink(project / "node_modules/a"), "../packages/a")
        self.assertTrue((project / "node_modules/.bin/tool-a").exists())
        inside = self.npm("install", "left@1.0.0", cwd=project / "packages/b")
        self.assert_code(0, inside)
        manifest = json.loads((project / "packages/b/package.json").read_text())
        self.assertIn("left", manifest["dependencies"])
        self.assertEqual(self.version("left"), "1.0.0")
        self.assertTrue((project / "node_modules/a/package.json").exists())
        self.assert_code(0, self.npm("install", "left@1.1.0", "-w", "packages/a"))
        self.assertTrue((project / "node_modules/b").exists())
        self.assert_code(0, self.npm("ci"))
        self.assertEqual((project / "packages/a/cli.js").read_text()[:2], "#!")
        self.assert_clean()

    def test_a_registry_that_fails_or_lies_leaves_the_project_as_it_was(self):
        self.assert_code(0, self.npm("install", "left@1.0.0"))
        before = self.snapshot()
        for name in ("liar", "broken", "short"):
            with self.subTest(name):
                result = self.npm("install", name)
                self.assertNotEqual(result.code, 0)
                self.assertEqual(self.snapshot(), before)
                self.assertNotEqual(self.outcomes()[-1].get("exit"), 0)
                self.assert_clean()
        self.source.stop()
        result = self.npm("install", "right")
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.snapshot(), before)
        self.assert_chain_intact()

    def test_a_review_shows_the_changes_and_installs_nothing(self):
        self.rule(lockfile="review")
        before = self.snapshot()
        result = self.npm("install", "right")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"added right 2.0.0", result.err)
        self.assertEqual(self.snapshot(), before)
        self.assertTrue(self.outcomes()[-1]["refused"].startswith("review: 2 added"))

    def test_a_frozen_lockfile_is_demanded_and_kept(self):
        self.rule(lockfile="frozen")
        missing = self.npm("install")
        self.assert_denied(missing)
        self.assertIn(b"has no package-lock.json", missing.err)
        self.directly("install", "left@1.0.0", "--package-lock-only")
        self.assert_code(0, self.npm("install"))
        self.assert_denied(self.npm("install", "right"))
        self.assertEqual((self.version("left"), self.version("right")), ("1.0.0", None))

    def test_what_is_not_to_be_saved_is_not(self):
        self.assert_code(0, self.npm("install", "left@1.0.0"))
        manifest = (self.field.project / "package.json").read_bytes()
        lock = (self.field.project / "package-lock.json").read_bytes()
        self.assert_code(0, self.npm("install", "--no-save", "right"))
        self.assertEqual((self.version("right"), self.version("left")), ("2.0.0", "1.0.0"))
        self.assertEqual((self.field.project / "package.json").read_bytes(), manifest)
        self.assertEqual((self.field.project / "package-lock.json").read_bytes(), lock)

    def test_a_hundred_packages_install_and_stay(self):
        many = {f"p{number}": {"1.0.0": {"dependencies": {f"p{number + 1}": "^1.0.0"}
                                         if number < 99 else {}}}
                for number in range(100)}
        self.packages = many
        self.start_registry()
        self.assert_code(0, self.npm("install", "p0"))
        again = self.npm("ci")
        self.assert_code(0, again)
        self.assertEqual(len(list((self.field.project / "node_modules").glob("p*"))), 100)
        added = [package for package in self.installed_packages() if package["status"] == "added"]
        self.assertEqual(len(added), 100)
        self.assert_chain_intact()


for title, directories in npm_directories():
    class_name = f"EachNpm_{title}"
    globals()[class_name] = type(
        class_name, (EachNpm, InstallTest), {"tool_directories": directories})


class Stopped(InstallTest):
    """Whatever stops an install, at whatever moment."""

    def begin(self, *words, **options):
        environment = self.field.environment(**options)
        return subprocess.Popen(
            ["npm", *words], executable=str(self.field.shims / "npm"), env=environment,
            cwd=self.field.project, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=self.heed_interrupts)

    @staticmethod
    def heed_interrupts():
        """A shell's background job ignores SIGINT, and so would everything it starts."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    def test_kill_9_at_any_moment_leaves_before_or_after(self):
        self.assert_code(0, self.npm("install", "left@1.0.0"))
        before = self.snapshot()
        began = time.monotonic()
        self.assert_code(0, self.npm("install", "right"))
        lasted = time.monotonic() - began
        after = self.snapshot()
        self.assert_code(0, self.npm("uninstall", "right"))
        killed = 0
        for moment in range(8):
            with self.subTest(moment):
                process = self.begin("install", "right")
                time.sleep(lasted * (moment + 0.5) / 8)
                process.kill()
                process.wait()
                killed += process.returncode == -signal.SIGKILL
                found = {name: digest for name, digest in self.snapshot().items()
                         if not name.startswith(".shimgate")}
                names = ("package.json", "package-lock.json", "node_modules/left/package.json",
                         "node_modules/right/package.json")
                self.assertIn(
                    [found.get(name) for name in names],
                    [[state.get(name) for name in names] for state in (before, after)])
                self.stop_session(process.pid)
                self.assert_code(0, self.npm("install", "left@1.0.0"))
                self.assert_code(0, self.npm("uninstall", "right"))
                self.assert_clean()
        self.assertGreater(killed, 0, "no moment hit the install")
        interrupted = [record for record in self.outcomes() if record.get("interrupted")]
        self.assertEqual(len(interrupted), killed)
        self.assert_chain_intact()

    def stop_session(self, session):
        """Ends what the killed shim left of its own session."""
        try:
            os.killpg(session, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def test_an_interrupt_ends_the_tool_and_removes_the_stage(self):
        before = self.snapshot()
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.begin("install", "slow")
            self.wait_for_request("slow-1.0.0.tgz")
            os.killpg(process.pid, number)
            self.assertNotEqual(process.wait(30), 0)
            self.assertEqual(self.snapshot(), before)
            self.assert_clean()
            self.assertNotEqual(self.outcomes()[-1].get("exit"), 0)

    def wait_for_request(self, name):
        deadline = time.monotonic() + 30
        seen = sum(name in request["path"] for request in self.source.requests())
        while time.monotonic() < deadline:
            stage = self.field.project / ".shimgate/stage"
            if stage.exists() and any(stage.glob("*/package-lock.json")):
                return seen
            time.sleep(0.02)
        self.fail("the install did not come to its second phase")

    @unittest.skipIf(os.geteuid() != 0, "mounting needs root")
    def test_a_full_disk_leaves_the_project_as_it_was(self):
        self.mount_disk("2m")
        self.lay_out()
        self.assert_code(0, self.npm("install", "left@1.0.0"))
        before = self.snapshot()
        result = self.npm("install", "large")
        self.assertNotEqual(result.code, 0)
        self.assertEqual(self.snapshot(), before)
        self.assertNotEqual(self.outcomes()[-1].get("exit"), 0)
        self.assert_clean()
        self.assert_code(0, self.npm("install", "right"))

    def test_a_project_that_changes_meanwhile_is_left_alone(self):
        process = self.begin("install", "slow")
        self.wait_for_request("slow-1.0.0.tgz")
        self.field.write("package.json", {"name": "other", "version": "2.0.0"})
        self.assertEqual(process.wait(60), CANNOT)
        self.assertFalse((self.field.project / "node_modules").exists())
        manifest = json.loads((self.field.project / "package.json").read_text())
        self.assertEqual(manifest, {"name": "other", "version": "2.0.0"})


class Drift(unittest.TestCase):
    """A tool that installs something else than its lockfile says."""

    def setUp(self):
        if not npm_directories():
            self.skipTest("npm is not here")
        self.field = Field(any_npm(), is_installed=False)
        self.addCleanup(self.field.remove)
        real = self.field.run_directly("sh", "-c", "command -v npm").out.decode().strip()
        self.field.add_script("npm", f"""#!/bin/sh
{real} "$@" || exit
[ "$1" = ci ] && [ -e "{self.field.scratch}/drifts" ] || exit 0
sed -i 's/"version": "1.0.0"/"version": "1.0.1"/' node_modules/.package-lock.json
""")
        self.assertEqual(self.field.install().code, 0)
        self.source = Registry(self.field, packages={"left": {"1.0.0": {}}})
        self.addCleanup(self.source.stop)
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write(".npmrc", f"registry={self.source.url}\n")

    def test_it_stops_this_install_and_the_next_until_a_person_has_looked(self):
        (self.field.scratch / "drifts").touch()
        result = self.field.run("npm", "install", "left")
        self.assertEqual(result.code, APPROVAL, str(result))
        self.assertIn(b"left@1.0.1 is installed, and the lockfile does not have it", result.err)
        self.assertFalse((self.field.project / "node_modules").exists())
        self.assertFalse((self.field.project / "package-lock.json").exists())
        self.assertIn("left@1.0.1", self.field.records(["outcome"])[-1]["drift"])
        (self.field.scratch / "drifts").unlink()
        stopped = self.field.run("npm", "install")
        self.assertEqual(stopped.code, APPROVAL, str(stopped))
        self.assertIn(b"an earlier install drifted", stopped.err)
        elsewhere = self.field.make("elsewhere")
        (elsewhere / "package.json").write_text("{}")
        (elsewhere / ".npmrc").write_text(f"registry={self.source.url}\n")
        free = self.field.run("npm", "install", "left", cwd=elsewhere)
        self.assertEqual(free.code, 0, str(free))
        without = self.field.shimgate("deps", "clear", "--all")
        self.assertEqual(without.code, 77, str(without))
        code, said = self.on_a_terminal("deps", "clear", "--project", str(self.field.project))
        self.assertEqual(code, 0, said)
        self.assertIn(b"cleared  project", said)
        again = self.field.run("npm", "install", "left")
        self.assertEqual(again.code, 0, str(again))
        self.assertEqual(
            self.field.records(["approval.granted"])[-1]["approval"]["method"], "tty")

    def on_a_terminal(self, *words):
        ours, theirs = pty.openpty()

        def take():
            os.setsid()
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

        process = subprocess.Popen(
            [self.field.program, *words], env=self.field.environment(), cwd=self.field.project,
            stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=take)
        said = process.communicate(timeout=30)[0]
        os.close(ours)
        os.close(theirs)
        return process.returncode, said


if __name__ == "__main__":
    unittest.main()
