"""Packages are installed, strangers' scripts are not run, and tokens stay at home."""
import json
import unittest

from field import Field, FieldTest, Registry, any_npm, npm_directories

# Each is a way to ask for scripts after all. `{package}` is the package with the postinstall.
SPELLINGS = {
    "plain": (["npm", "install", "{package}"], {}, ""),
    "switched off by value": (["npm", "install", "--ignore-scripts=false", "{package}"], {}, ""),
    "negated": (["npm", "install", "--no-ignore-scripts", "{package}"], {}, ""),
    "two words after a positional":
        (["npm", "install", "{package}", "--ignore-scripts", "false"], {}, ""),
    "abbreviated with one dash": (["npm", "install", "{package}", "-no-ignore-s"], {}, ""),
    "an option that would swallow an appended switch":
        (["npm", "install", "{package}", "--cache"], {}, ""),
    "environment":
        (["npm", "install", "{package}"], {"npm_config_ignore_scripts": "false"}, ""),
    "npmrc": (["npm", "install", "{package}"], {}, "ignore-scripts=false\n"),
}
PACKAGE = "marker-sample"


class ScriptsStayOff(unittest.TestCase):
    def test_eight_spellings_leave_no_marker(self):
        versions = npm_directories()
        if not versions:
            self.skipTest("npm is not here")
        for name, directories in versions:
            with self.subTest(npm=name):
                self.install_all(Field(directories))

    def install_all(self, field):
        self.addCleanup(field.remove)
        marker = field.scratch / "marker"
        scripts = {"postinstall": f"echo ran >> {marker}"}
        registry = Registry(field, packages={PACKAGE: {"1.0.0": {"scripts": scripts}}})
        self.addCleanup(registry.stop)
        for place, (title, (line, variables, settings)) in enumerate(SPELLINGS.items()):
            with self.subTest(title):
                project = field.make(f"project-{place}")
                self.lay_out(project, registry, settings)
                words = [word.format(package=PACKAGE) for word in line]
                result = field.run(*words, cwd=project, **variables)
                self.assertEqual(result.code, 0, str(result))
                installed = project / "node_modules" / PACKAGE / "package.json"
                self.assertTrue(installed.exists(), str(result))
                self.assertFalse(marker.exists(), "the postinstall ran")
        # Without us the marker is written, so its absence above means us.
        project = field.make("project-control")
        self.lay_out(project, registry, "")
        result = field.run_directly("npm", "install", PACKAGE, cwd=project)
        self.assertTrue(marker.exists(), str(result))

    def lay_out(self, project, registry, settings):
        (project / "package.json").write_text('{"name":"sample","version":"1.0.0"}')
        (project / ".npmrc").write_text(f"registry={registry.url}\n{settings}")


class TokensStayHome(FieldTest):
    """Every process that npm starts goes through `node`, so a spying node sees them all."""

    tool_directories = any_npm()

    def test_no_process_of_an_install_is_given_the_token(self):
        self.need("npm", "node")
        node = self.field.run("sh", "-c", "command -v node").out.decode().strip()
        seen = self.field.scratch / "seen"
        self.field.add_script(
            "node",
            f'#!/bin/sh\n[ -z "$NPM_TOKEN$NODE_AUTH_TOKEN" ] && echo clean >>"{seen}"'
            f' || echo given >>"{seen}"\nexec {node} "$@"\n')
        registry = self.registry(packages={PACKAGE: {"1.0.0": {}}})
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write(
            ".npmrc",
            f"registry={registry.url}\n//{registry.host}/:_authToken=${{NPM_TOKEN}}\n")
        tokens = {"NPM_TOKEN": "secret-value", "NODE_AUTH_TOKEN": "secret-value"}
        result = self.field.run("npm", "install", PACKAGE, **tokens)
        self.assert_code(0, result)
        self.assertEqual(set(seen.read_text().split()), {"clean"})
        self.assertNotIn("secret-value", self.field.audit.read_text())
        record = self.field.records()[-1]
        self.assertIn("NPM_TOKEN", json.dumps(record["stripped"]))
        # Without us the spy does see it.
        seen.unlink()
        self.field.run_directly("npm", "--version", **tokens)
        self.assertEqual(set(seen.read_text().split()), {"given"})


if __name__ == "__main__":
    unittest.main()
