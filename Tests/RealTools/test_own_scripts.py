"""The project's own lifecycle scripts after an install behind the shims: which of them run, when they do
not, and that each is a line of its own. With real npm and yarn; what they run is compared with what the
bare tool runs."""
import json
import os
import pty
import subprocess
import time
import unittest

from field import npm_directories
from test_installs import InstallTest
from test_yarn_installs import YARNS, YarnTest

EVENTS = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare",
          "postprepare", "dependencies"]


class ScriptsTest(InstallTest):
    """A project whose scripts write down that they ran."""

    def lay_out(self, **manifest):
        manifest.setdefault("scripts", self.scripts("root", "prepare"))
        super().lay_out(**manifest)

    def scripts(self, owner, *events):
        return {event: f"echo {owner}:{event} >> \"$MARKER\"" for event in events}

    @property
    def marker(self):
        return self.field.scratch / "marker"

    def ran(self):
        """What has run since the last time."""
        text = self.marker.read_text() if self.marker.exists() else ""
        self.marker.unlink(missing_ok=True)
        return text.split()

    def lay_out_workspaces(self):
        self.lay_out(workspaces=["packages/*", "!packages/not"], scripts=self.scripts("root", *EVENTS))
        # `npm run prepare` runs its neighbours as well, which npm alone does for the root only.
        events = [event for event in EVENTS if event not in ("preprepare", "postprepare")]
        for name in ("a", "not"):
            self.field.write(f"packages/{name}/package.json", {
                "name": name, "version": "1.0.0", "scripts": self.scripts(name, *events)})

    def decisions(self):
        return [record for record in self.field.records() if "prepare" in record["command"]]

    def deny_runs(self):
        policy = json.loads(self.field.policy.read_text())
        policy["rules"].insert(0, {
            "id": "no-runs", "action": "shell.exec", "match": {"operation": "run"},
            "effect": "deny"})
        self.field.policy.write_text(json.dumps(policy))


class EachTool:
    """Tests for npm and yarn alike; `tool` runs a line, `lifecycle` is the script that must run."""

    def test_they_run_after_an_install_and_are_lines_of_their_own(self):
        self.lay_out(scripts={self.lifecycle: "ls -a >> \"$MARKER\""})
        result = self.tool("install", NPM_TOKEN="npm_" + "a1" * 18)
        self.assert_code(0, result)
        ran = self.ran()
        self.assertIn("package.json", ran)
        self.assertNotIn(".shimgate", ran)
        install, script = self.field.records()[-2:]
        self.assertEqual(install["operation"], "install")
        self.assertEqual((script["operation"], script["effect"]), ("run", "allow"))
        self.assertTrue(script["command"].endswith(" " + self.lifecycle), script["command"])
        self.assertIn(f"after:{install['id']}", script["injected"])
        self.assertIn("NPM_TOKEN", script["stripped"])
        phases = [phase["name"] for phase in self.outcomes()[-1]["phases"]]
        self.assertEqual(phases[-1], "script")
        self.assertEqual([record["ref"] for record in self.outcomes()[-2:]],
                         [script["id"], install["id"]])
        self.assert_clean()
        self.assert_chain_intact()

    def test_one_that_fails_gives_its_exit_code_and_the_tree_stays(self):
        self.lay_out(scripts={self.lifecycle: "exit 3"}, dependencies={"left": "1.0.0"})
        result = self.tool("install")
        self.assertNotEqual(result.code, 0)
        self.assertEqual(result.code, 3)
        self.assertIn(b"the project's own script failed; the packages are installed", result.err)
        self.assertEqual(self.version("left"), "1.0.0")
        self.assertEqual(self.outcomes()[-1]["exit"], result.code)
        # The bare tool leaves the tree as well, and ends with this code, or with one that is its own.
        bare = self.field.run_directly(*self.words, "install")
        self.assertIn(bare.code, (3, 1))
        self.assertEqual(self.version("left"), "1.0.0")
        self.assert_clean()

    def test_what_policy_denies_does_not_run_and_the_install_counts(self):
        self.deny_runs()
        self.lay_out(scripts=self.scripts("root", self.lifecycle), dependencies={"left": "1.0.0"})
        result = self.tool("install")
        self.assert_code(0, result)
        self.assertEqual(self.ran(), [])
        self.assertEqual(self.version("left"), "1.0.0")
        self.assertIn(b"[rule no-runs]", result.err)
        self.assertIn(f"own scripts did not run: {self.lifecycle}".encode(), result.err)
        self.assertEqual(self.field.records()[-1]["effect"], "deny")
        self.assertEqual(self.outcomes()[-1]["exit"], 0)

    def test_what_another_process_writes_meanwhile_does_not_run(self):
        # A listed package's build may write its own directory only, so the project's package.json is
        # changed by somebody else, here by the first of two scripts.
        changed = json.dumps({"name": "sample", "version": "1.0.0", "scripts": {
            "postinstall": "echo changed >> \"$MARKER\""}})
        self.field.write("changed.json", changed)
        self.lay_out(scripts={
            "preinstall": "cp changed.json package.json",
            "postinstall": "echo root >> \"$MARKER\""})
        result = self.tool("install")
        self.assert_code(0, result)
        self.assertEqual(self.ran(), [])
        self.assertIn(b"has other scripts than when the line was judged", result.err)

    def test_ctrl_c_ends_the_line_and_the_tree_stays(self):
        self.lay_out(scripts={self.lifecycle: "echo started >> \"$MARKER\"; exec sleep 60"},
                     dependencies={"left": "1.0.0"})
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.field.project)
            os.execvpe(self.words[0], [self.words[0], "install"],
                       self.field.environment(MARKER=str(self.marker)))
        self.addCleanup(os.close, terminal)
        deadline = time.monotonic() + 60
        # The shell makes the file before it writes to it.
        while not (self.marker.exists() and self.marker.stat().st_size) \
                and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.ran(), ["started"])
        os.write(terminal, b"\x03")
        while True:
            try:
                if not os.read(terminal, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(child, 0)
        self.assertNotEqual(status, 0)
        self.assertEqual(self.version("left"), "1.0.0")
        self.assertTrue(any("phases" in record for record in self.outcomes()))
        self.assert_clean()
        self.assert_chain_intact()


class EachNpm(EachTool):
    lifecycle, words = "prepare", ["npm"]

    def tool(self, *words, **options):
        return self.npm(*words, **options)

    def test_the_same_run_as_with_the_bare_tool(self):
        lines = [["install"], ["install"], ["ci"], ["install", "left"], ["uninstall", "left"]]
        runs = []
        for run in (self.field.run_directly, self.field.run):
            self.lay_out_workspaces()
            for name in ("node_modules", "package-lock.json"):
                subprocess.run(["rm", "-rf", self.field.project / name], check=True)
            ran = []
            for line in lines:
                self.assert_code(0, run("npm", *line, MARKER=str(self.marker)))
                ran.append((line, sorted(self.ran())))
            runs.append(ran)
        self.assertEqual(runs[1], runs[0])

    def test_none_where_the_caller_wants_no_scripts(self):
        for words, variables in ((["install", "--ignore-scripts"], {}),
                                 (["ci", "--ignore-scripts"], {}),
                                 (["install"], {"npm_config_ignore_scripts": "true"}),
                                 (["install"], {"NPM_CONFIG_IGNORE_SCRIPTS": "true"}),
                                 (["install"], None), (["install", "--ignore-scripts=false"], None)):
            with self.subTest(words=words, variables=variables):
                if variables is None:
                    self.field.write(
                        ".npmrc", f"registry={self.source.url}\nignore-scripts=true\n")
                self.assert_code(0, self.npm(*words, **(variables or {})))
                expected = ["root:prepare"] if "--ignore-scripts=false" in words else []
                self.assertEqual(self.ran(), expected)

    def test_a_workspace_whose_prepare_needs_its_sources_installs(self):
        self.lay_out_workspaces()
        self.field.write("packages/a/package.json", {
            "name": "a", "version": "1.0.0", "scripts": {"prepare": "cp source.txt made.txt"}})
        self.field.write("packages/a/source.txt", "x")
        self.assert_code(0, self.npm("install"))
        self.assertTrue((self.field.project / "packages/a/made.txt").exists())


class EachYarn(EachTool):
    lifecycle, words = "postinstall", ["yarn"]

    def tool(self, *words, **options):
        return self.yarn(*words, **options)

    def test_the_same_run_as_with_the_bare_tool(self):
        self.lay_out(workspaces=["packages/*"], scripts=self.scripts(
            "root", "preinstall", "install", "postinstall", "prepublish", "prepare"), private=True)
        self.field.write("packages/a/package.json", {
            "name": "a", "version": "1.0.0", "scripts": self.scripts("a", *EVENTS)})
        top = ["-W"] if self.is_classic else []
        lines = [["install"], ["install"], ["add", *top, "left"], ["remove", *top, "left"]]
        runs = []
        for run in (self.field.run_directly, self.field.run):
            for name in ("node_modules", ".yarn"):
                subprocess.run(["rm", "-rf", self.field.project / name], check=True)
            self.lock.unlink(missing_ok=True)
            ran = []
            for line in lines:
                self.assert_code(0, run("yarn", *line, MARKER=str(self.marker)))
                ran.append((line, sorted(self.ran())))
            runs.append(ran)
        if self.is_classic:
            self.assertEqual(runs[1], runs[0])
        # yarn 3 leaves those workspaces out to which nothing has come.
        for (line, ours), (_, bare) in zip(*reversed(runs)):
            self.assertLessEqual(set(bare), set(ours), line)
            self.assertEqual(bool(bare), bool(ours), line)

    def test_none_where_the_caller_wants_no_scripts(self):
        cases = [(["install", "--ignore-scripts"], {}), (["install"], {"yarn_ignore_scripts": "1"})]
        if not self.is_classic:
            cases = [(["install", "--mode=skip-build"], {})]
        for words, variables in cases:
            with self.subTest(words=words, variables=variables):
                self.lay_out(scripts=self.scripts("root", "postinstall"))
                self.assert_code(0, self.yarn(*words, **variables))
                self.assertEqual(self.ran(), [])
        if self.is_classic:
            self.field.write(".yarnrc", "ignore-scripts true\n")
            self.assert_code(0, self.yarn("install"))
            self.assertEqual(self.ran(), [])

    def test_prepare_runs_for_yarn_1_unless_in_production(self):
        self.lay_out(scripts=self.scripts("root", "prepare", "postinstall"))
        self.assert_code(0, self.yarn("install"))
        expected = ["root:postinstall"] + (["root:prepare"] if self.is_classic else [])
        self.assertEqual(self.ran(), expected)
        if self.is_classic:
            self.assert_code(0, self.yarn("install", "--production"))
            self.assertEqual(self.ran(), ["root:postinstall"])


for title, directories in npm_directories():
    class_name = f"OwnScripts_{title}"
    globals()[class_name] = type(
        class_name, (EachNpm, ScriptsTest), {"tool_directories": directories})

for title, directories in YARNS:
    class_name = f"OwnScripts_{title}"
    globals()[class_name] = type(
        class_name, (EachYarn, ScriptsTest, YarnTest), {"tool_directories": directories})


if __name__ == "__main__":
    unittest.main()
