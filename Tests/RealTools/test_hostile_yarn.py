"""Packages that bring scripts for yarn 1 and yarn 3 to run, repositories that do, and projects that
name another yarn: none of it runs while packages are fetched. And what pnpm is told."""
import functools
import http.server
import json
import subprocess
import threading
import unittest

from field import TOOLS, FieldTest

EVENTS = ("preinstall", "install", "postinstall", "prepare", "prepack")
SCRIPTS = {event: f'echo {event} >> "$MARKER"' for event in EVENTS}


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


class YarnTest(FieldTest):
    version = ""

    def setUp(self):
        super().setUp()
        self.need("yarn", "node", "git")
        self.marker = self.field.scratch / "marker"
        self.variables = {"MARKER": str(self.marker), "YARN_ENABLE_TELEMETRY": "0"}
        self.repository = self.make_repository()
        self.source = self.registry(packages={
            "direct": {"1.0.0": {"scripts": SCRIPTS}},
            "carrier": {"1.0.0": {"dependencies": {"direct": "1.0.0"}}},
            "gitcarrier": {"1.0.0": {"dependencies": {"gitty": self.repository}}},
        })
        self.lay_out()

    def make_repository(self):
        """A repository behind a web server; what it is called there."""
        place = self.field.make("gitty")
        (place / "package.json").write_text(
            json.dumps({"name": "gitty", "version": "1.0.0", "scripts": SCRIPTS}))
        if self.version != "1":
            (place / "yarn.lock").write_text("__metadata:\n  version: 6\n")
        served = self.field.make("served")
        bare = str(served / "gitty.git")
        for words in (["init", "-q", "-b", "main"], ["add", "-A"],
                      ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "one"],
                      ["clone", "-q", "--bare", ".", bare], ["-C", bare, "update-server-info"]):
            subprocess.run(["git", *words], cwd=place, check=True)
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Files, directory=str(served)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"git+http://127.0.0.1:{server.server_port}/gitty.git"

    def lay_out(self, settings="", **manifest):
        for name in ("package.json", "yarn.lock", ".yarnrc", ".yarnrc.yml", ".pnp.cjs"):
            (self.field.project / name).unlink(missing_ok=True)
        subprocess.run(["rm", "-rf", "node_modules", ".yarn"], cwd=self.field.project, check=True)
        self.marker.unlink(missing_ok=True)
        self.field.write(
            "package.json", json.dumps({"name": "sample", "version": "1.0.0", **manifest}))
        self.field.write(self.settings, self.plain_settings() + settings)
        if self.version != "1":
            self.field.write("yarn.lock", "")

    def yarn(self, *words, run=None, **more):
        return (run or self.field.run)("yarn", *words, **self.variables, **more)

    def directly(self, *words):
        return self.yarn(*words, run=self.field.run_directly)

    def assert_nothing_ran(self, result):
        ran = self.marker.read_text() if self.marker.exists() else ""
        self.assertEqual(ran, "", str(result))

    def has(self, name):
        return (self.field.project / "node_modules" / name / "package.json").exists()


class EachYarn:
    """Tests that both have to pass."""

    def test_scripts_of_direct_and_transitive_packages_do_not_run(self):
        for line in (["add", "direct"], ["add", "carrier"], ["add", "--dev", "carrier"]):
            with self.subTest(line):
                self.lay_out()
                result = self.yarn(*line)
                self.assert_code(0, result)
                self.assertTrue(self.has("direct"), str(result))
                self.assert_nothing_ran(result)
        # Nor when they come with the lockfile.
        result = self.yarn("install")
        self.assert_code(0, result)
        self.assert_nothing_ran(result)
        self.lay_out()
        self.directly("add", "carrier")
        self.assertIn("postinstall", self.marker.read_text())

    def test_scripts_of_a_repository_do_not_run(self):
        address = self.repository
        self.assert_denied(self.yarn("add", f"gitty@{address}"))
        for line, manifest in ((["add", "gitcarrier"], {}),
                               (["add", "direct"], {"dependencies": {"gitty": address}})):
            with self.subTest(line):
                self.lay_out(**manifest)
                result = self.yarn(*line)
                self.assertNotEqual(result.code, 0, str(result))
                self.assert_nothing_ran(result)
                self.lay_out(**manifest)
                bare = self.directly(*line)
                self.assertTrue(self.marker.exists(), str(bare))

    def test_another_yarn_that_the_project_names_does_not_run(self):
        evil = "require('fs').writeFileSync(process.env.MARKER, 'ran')\n"
        for name, text in self.detours():
            with self.subTest(text):
                self.lay_out()
                self.field.write("evil.cjs", evil)
                file = self.field.project / name
                file.write_text((file.read_text() if file.exists() else "") + text)
                result = self.yarn("add", "direct")
                self.assert_nothing_ran(result)
                result = self.yarn("npm", "publish", YARN_IGNORE_PATH="0")
                self.assert_nothing_ran(result)
                self.directly("add", "direct")
                self.assertEqual(self.marker.read_text(), "ran")

    def test_settings_of_the_project_do_not_let_scripts_run(self):
        for settings, manifest in self.leniences():
            with self.subTest(settings=settings, manifest=manifest):
                self.lay_out(settings, **manifest)
                result = self.yarn("add", "carrier")
                self.assert_nothing_ran(result)


class Yarn1(EachYarn, YarnTest):
    version = "1"
    settings = ".yarnrc"
    tool_directories = [TOOLS / "yarn1/bin"]

    def plain_settings(self):
        return f'registry "{self.source.url}"\n'

    def detours(self):
        return [(".yarnrc", 'yarn-path "./evil.cjs"\n'), (".yarnrc.yml", "yarnPath: ./evil.cjs\n")]

    def leniences(self):
        return [("--ignore-scripts false\n", {}), ("--add.ignore-scripts false\n", {}),
                ("ignore-scripts false\n", {}), ('--add.modules-folder "node_modules"\n', {})]

    def test_an_install_in_a_workspace_runs_no_scripts(self):
        self.lay_out(private=True, workspaces=["a"])
        self.field.write("a/package.json", json.dumps({"name": "a", "version": "1.0.0"}))
        result = self.yarn("workspace", "a", "add", "carrier")
        self.assert_code(0, result)
        self.assertTrue(self.has("direct"), str(result))
        self.assert_nothing_ran(result)
        self.directly("workspace", "a", "add", "direct")
        self.assertIn("postinstall", self.marker.read_text())


class Yarn3(EachYarn, YarnTest):
    version = "3"
    settings = ".yarnrc.yml"
    tool_directories = [TOOLS / "yarn3/bin"]

    def plain_settings(self):
        return (f'npmRegistryServer: "{self.source.url.rstrip("/")}"\nnodeLinker: node-modules\n'
                'unsafeHttpWhitelist: ["127.0.0.1"]\nenableGlobalCache: false\n')

    def detours(self):
        return [(".yarnrc.yml", "yarnPath: ./evil.cjs\n")]

    def leniences(self):
        built = {"dependenciesMeta": {"direct": {"built": True}}}
        return [("enableScripts: true\n", {}), ("", built), ("enableScripts: true\n", built)]

    def test_an_install_in_a_workspace_runs_no_scripts(self):
        self.lay_out(private=True, workspaces=["a"])
        self.field.write("a/package.json", json.dumps({"name": "a", "version": "1.0.0"}))
        result = self.yarn("workspace", "a", "add", "carrier")
        self.assert_code(0, result)
        self.assertTrue(self.has("direct"), str(result))
        self.assert_nothing_ran(result)


class Pnpm(FieldTest):
    stand_ins = ("pnpm",)

    def test_scripts_and_pnpmfiles_are_off(self):
        self.field.write(".pnpmfile.cjs", "")
        self.field.write(".npmrc", "ignore-scripts=false\nignore-pnpmfile=false\n")
        self.let_any_age_in()
        for line in (["install"], ["add", "x"], ["update"],
                     ["add", "x", "--ignore-scripts=false", "--config.ignore-pnpmfile=false"]):
            with self.subTest(line):
                self.assert_code(0, self.field.run("pnpm", *line))
                argv = self.field.started()[-1]["argv"]
                for name in ("ignore-scripts", "ignore-pnpmfile"):
                    self.assertIn(f"--config.{name}=true", argv)
                    self.assertNotIn(f"--{name}=false", argv)
                    self.assertNotIn(f"--config.{name}=false", argv)


del YarnTest, EachYarn

if __name__ == "__main__":
    unittest.main()
