"""install.sh: what it writes, what it keeps, what it says."""
import os
import shutil
import stat
import subprocess
import unittest

from field import BUILT, ROOT, Field, FieldTest


class Installer(FieldTest):
    stand_ins = ["npm"]

    def test_it_ends_with_a_denied_publish_and_its_verified_record(self):
        result = self.field.install()
        self.assert_code(0, result)
        text = (result.out + result.err).decode()
        self.assertIn("shimgate: denied: npm publish", text)
        self.assertIn("intact", text)
        self.assertIn(f'export PATH="{self.field.shims}:{self.field.prefix}/bin:$PATH"', text)
        self.assertIn("bash -lc", text)

    def test_a_second_run_changes_no_file(self):
        before = self.listing()
        self.assert_code(0, self.field.install())
        self.assertEqual(self.listing(), before)

    def test_an_edited_policy_is_kept_and_the_new_one_lies_beside_it(self):
        edited = self.field.policy.read_text().replace('"version"', ' "version"', 1)
        self.field.policy.write_text(edited)
        result = self.field.install()
        self.assert_code(0, result)
        self.assertEqual(self.field.policy.read_text(), edited)
        beside = self.field.policy.with_name("policy.json.new")
        self.assertEqual(beside.read_bytes(), (ROOT / "policy.json").read_bytes())
        self.assertIn(str(beside).encode(), result.out)

    def test_shims_are_made_for_tools_that_are_there(self):
        names = {path.name for path in self.field.shims.iterdir()}
        self.assertIn("npm", names)
        self.assertNotIn("dotnet", names)
        for path in self.field.shims.iterdir():
            self.assertFalse(os.readlink(path).startswith("/"))
            self.assertEqual(path.resolve(), self.field.program.resolve())

    def test_sync_follows_tools_that_come_and_go(self):
        self.field.add_stand_in("dotnet")
        (self.field.stand_in_directory / "npm").unlink()
        path = f"{self.field.stand_in_directory}"
        self.assert_code(0, self.field.shimgate("shims", "sync", "--path", path))
        names = {path.name for path in self.field.shims.iterdir()}
        self.assertIn("dotnet", names)
        self.assertNotIn("npm", names)

    def test_uninstall_leaves_the_audit_file(self):
        audit = self.field.audit.read_bytes()
        result = self.field.install("--uninstall")
        self.assert_code(0, result)
        self.assertEqual(self.field.audit.read_bytes(), audit)
        self.assertFalse(self.field.program.exists())
        self.assertFalse(self.field.policy.exists())
        # Installing again takes the chain up where it was.
        self.assert_code(0, self.field.install())
        self.assertTrue(self.field.audit.read_bytes().startswith(audit))
        self.assert_chain_intact()

    def test_wrong_options_are_64_and_help_is_0(self):
        self.assert_code(64, self.field.install("--frobnicate"))
        self.assert_code(64, self.field.install("--users", "nobody"))
        self.assert_code(0, self.field.install("--help"))

    def test_a_place_that_path_cannot_hold_is_refused(self):
        command = [ROOT / "install.sh", "--built", BUILT, "--prefix", f"{self.field.scratch}/a:b"]
        self.assert_code(64, self.field.start(command, self.field.environment()))

    def listing(self):
        """Paths, modes, sizes and link targets; the audit file grows by the closing show."""
        found = []
        for path in sorted(self.field.prefix.rglob("*")):
            if path.is_relative_to(self.field.state):
                continue
            entry = path.lstat()
            target = os.readlink(path) if path.is_symlink() else ""
            content = path.read_bytes() if path.is_file() and path.suffix == ".json" else b""
            found.append((str(path), stat.S_IMODE(entry.st_mode), target, content))
        return found


class Modes(unittest.TestCase):
    def test_a_generous_umask_and_a_sticky_tmp_are_fine(self):
        self.assertTrue(os.stat("/tmp").st_mode & stat.S_ISVTX)
        field = Field(stand_ins=["npm"], is_installed=False)
        self.addCleanup(field.remove)
        environment = field.environment(PATH=field.tool_path)
        command = ["sh", "-c", f"umask 002; mkdir -p '{field.prefix}';"
                   f" exec '{ROOT}/install.sh' --prefix '{field.prefix}' --built '{BUILT}'"]
        done = field.start(command, environment)
        self.assertEqual(done.code, 0, str(done))
        for path in [field.prefix, *field.prefix.rglob("*")]:
            mode = stat.S_IMODE(path.lstat().st_mode)
            if not path.is_symlink():
                self.assertFalse(mode & 0o022, f"{path} {mode:o}")
        self.assertEqual(stat.S_IMODE(field.state.stat().st_mode), 0o700)
        result = field.shell("umask 002; npm view x && npm publish")
        self.assertEqual(result.code, 77, str(result))
        self.assertEqual(stat.S_IMODE(field.audit.stat().st_mode), 0o600)


class System(unittest.TestCase):
    """--system, in a mount namespace of its own, so that this machine is left alone."""

    def test_each_user_has_a_chain_and_the_profile_file_puts_shims_first(self):
        if os.geteuid() != 0 or shutil.which("unshare") is None:
            self.skipTest("root with mount namespaces is not here")
        field = Field(stand_ins=["npm"], is_installed=False)
        self.addCleanup(field.remove)
        field.scratch.chmod(0o755)
        built = field.make("built")
        for name in ("shimgate", "shimgate-cli"):
            shutil.copy(BUILT / name, built / name)
        script = f"""
            set -e
            for place in /opt /var/lib /etc/profile.d; do mount -t tmpfs -o mode=755 none $place; done
            '{ROOT}/install.sh' --system --users nobody --built '{built}'
            test "$(stat -c '%a %u' /var/lib/shimgate/0)" = '700 0'
            test "$(stat -c '%a %U' /var/lib/shimgate/$(id -u nobody))" = '700 nobody'
            . /etc/profile.d/zz-shimgate.sh
            test "$(command -v npm)" = /opt/shimgate/share/shimgate/shims/npm
            cd /
            unset RECORDER_LOG
            code=0; setpriv --reuid nobody --regid nogroup --clear-groups npm publish || code=$?
            test $code = 77
            setpriv --reuid nobody --regid nogroup --clear-groups npm view x
            test "$(grep -c '"type":"decision"' /var/lib/shimgate/$(id -u nobody)/audit.jsonl)" = 2
            code=0; setpriv --reuid 12345 --regid nogroup --clear-groups npm view x || code=$?
            test $code = 74
            '{ROOT}/install.sh' --system --uninstall
            test -e /var/lib/shimgate/0/audit.jsonl
            test ! -e /etc/profile.d/zz-shimgate.sh
            echo all-well
        """
        if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
            self.skipTest("mount namespaces are not here")
        result = field.start(
            ["unshare", "-m", "sh", "-xc", script], field.environment(PATH=field.tool_path))
        self.assertEqual(result.code, 0, str(result))
        self.assertTrue(result.out.endswith(b"all-well\n"), str(result))


class Checkout(unittest.TestCase):
    """A built checkout works in place: its own shims, policy, and state directory."""

    def test_shims_of_a_checkout_refuse_and_record(self):
        field = Field(stand_ins=["npm"], is_installed=False)
        self.addCleanup(field.remove)
        checkout = field.make("checkout")
        for name in ("Package.swift", "policy.json"):
            shutil.copy(ROOT / name, checkout / name)
        shutil.copytree(ROOT / "shims", checkout / "shims", symlinks=True)
        (checkout / ".build/release").mkdir(parents=True)
        for name in ("shimgate", "shimgate-cli"):
            shutil.copy(BUILT / name, checkout / ".build/release" / name)
        path = f"{checkout}/shims:{field.tool_path}"
        denied = field.run("npm", "publish", PATH=path)
        self.assertEqual(denied.code, 77, str(denied))
        allowed = field.run("npm", "view", "x", PATH=path)
        self.assertEqual(allowed.code, 0, str(allowed))
        audit = checkout / ".shimgate-state/audit.jsonl"
        self.assertEqual(audit.read_text().count('"type":"decision"'), 2)
        verify = field.run(
            checkout / ".build/release/shimgate", "audit", "verify", "--accept", "unanchored")
        self.assertEqual(verify.code, 0, str(verify))


if __name__ == "__main__":
    unittest.main()
