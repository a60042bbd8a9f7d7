"""The machine's own policy, /etc/shimgate/policy.json: each line runs in a mount namespace with an
/etc of its own, so nothing outside of the test sees it. That takes root; elsewhere it is skipped."""
import json
import os
import shutil
import subprocess
import unittest

from field import DENIED, POLICY_UNUSABLE, FieldTest

# A copy of /etc with the machine's policy in it is put over /etc; then the line runs.
INSIDE = """
set -e
etc=$1; shift
mount -t tmpfs -o mode=755 none "$etc"
cp -a /etc/. "$etc/" 2>/dev/null || true
rm -rf "$etc/shimgate"
cp -a "$MACHINE" "$etc/shimgate"
mount --bind "$etc" /etc
exec "$@"
"""


def why_not():
    """Why no namespace can be had here; None where one can."""
    if os.geteuid() != 0:
        return "not root"
    if shutil.which("unshare") is None:
        return "unshare is not here"
    done = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, text=True)
    return None if done.returncode == 0 else f"no mount namespace: {done.stderr.strip()}"


WHY_NOT = why_not()


@unittest.skipIf(WHY_NOT is not None, WHY_NOT)
class ManagedLayerTests(FieldTest):
    stand_ins = ("npm",)

    def setUp(self):
        super().setUp()
        self.machine = self.field.make("machine/etc-shimgate")
        self.etc = self.field.make("machine/etc")
        self.manage([])

    def manage(self, rules, **members):
        text = json.dumps({"version": 1, "rules": rules, **members}, indent=1)
        (self.machine / "policy.json").write_text(text)

    def run_managed(self, *line, **variables):
        program = self.field.shims / line[0] if line[0] == "npm" else line[0]
        environment = self.field.environment(MACHINE=str(self.machine), **variables)
        return self.field.start(
            ["unshare", "-m", "sh", "-c", INSIDE, "sh", self.etc, program, *line[1:]], environment)

    def rule(self, name, effect, **match):
        return {"id": name, "action": "shell.exec", "match": match, "effect": effect}

    def test_its_deny_wins_and_is_named(self):
        self.assert_code(0, self.run_managed("npm", "install", "left-pad"))
        started = self.field.started()
        self.assertNotEqual(started, [])
        self.manage([self.rule("machine-frozen", "deny", operation="install")])
        result = self.run_managed("npm", "install", "left-pad")
        self.assert_denied(result, "machine-frozen")
        self.assertIn(b"at:     /etc/shimgate/policy.json:", result.err)
        self.assertEqual(self.field.records()[-1]["layer"], "managed")
        self.assertEqual(self.field.started(), started)

    def test_its_allow_opens_nothing_that_the_install_denies(self):
        self.manage([self.rule("machine-opens", "allow", operation="publish")])
        self.assert_denied(self.run_managed("npm", "publish"), "deny-npm-publish")
        self.assertEqual(self.field.started(), [])

    def test_a_new_one_is_on_record(self):
        self.assert_code(0, self.run_managed("npm", "view", "x"))
        self.manage([self.rule("later", "deny", tool="cargo")])
        self.assert_code(0, self.run_managed("npm", "view", "x"))
        changes = self.field.records(("policy.changed",))
        # Its appearing is the first change, what it says now the second.
        self.assertEqual(len(changes), 2, changes)
        for change in changes:
            self.assertEqual(change["policy"]["files"][0]["path"], "/etc/shimgate/policy.json")
        self.assertEqual(changes[1]["policy"]["before"], changes[0]["policy"]["sha256"])

    def test_its_profiles_and_labels_bind(self):
        profiles = self.field.make("machine/etc-shimgate/profiles")
        (profiles / "quiet.json").write_text(json.dumps(
            {"rules": [self.rule("nobody-runs", "deny", operation="run")]}))
        self.manage(
            [self.rule("ci-installs-nothing", "deny", operation="install", agent="ci")],
            bind={"profiles": ["quiet"], "labels": {"agent": "ci"}})
        self.assert_denied(
            self.run_managed("npm", "test", SHIMGATE_PROFILE=None), "nobody-runs")
        self.assert_denied(
            self.run_managed("npm", "install", "x", SHIMGATE_AGENT="other"),
            "ci-installs-nothing")

    def test_one_that_somebody_else_can_write_stops_everything(self):
        (self.machine / "policy.json").chmod(0o666)
        self.assert_code(POLICY_UNUSABLE, self.run_managed("npm", "view", "x"))
        (self.machine / "policy.json").chmod(0o644)
        os.chown(self.machine / "policy.json", 12345, 0)
        self.assert_code(POLICY_UNUSABLE, self.run_managed("npm", "view", "x"))
        os.chown(self.machine / "policy.json", 0, 0)
        os.chown(self.machine, 12345, 0)
        self.assert_code(POLICY_UNUSABLE, self.run_managed("npm", "view", "x"))
        self.assertEqual(self.field.started(), [])

    def test_it_cannot_be_shed(self):
        self.manage([self.rule("machine-frozen", "deny", operation="install")])
        self.field.policy.write_text(json.dumps({
            "rules": [self.rule("all", "allow", command="*")], "defaults": {"install": "allow"}}))
        self.field.write(".shimgate/policy.json", {
            "rules": [self.rule("open", "allow", command="*")]})
        for variables in ({}, {"SHIMGATE_POLICY": str(self.field.policy)}, {"HOME": "/nowhere"},
                          {"XDG_CONFIG_HOME": str(self.field.scratch)}):
            with self.subTest(variables):
                result = self.run_managed("npm", "install", "left-pad", **variables)
                self.assertEqual(result.code, DENIED, str(result))
                self.assertIn(b"[rule machine-frozen]", result.err)


if __name__ == "__main__":
    unittest.main()
