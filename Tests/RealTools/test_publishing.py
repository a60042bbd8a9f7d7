"""Publishing is refused, and nothing reaches a registry."""
import shutil
import unittest

from field import TOOLS, Field, FieldTest, Registry, npm_directories

TOKEN = "npm_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"


def fill_package(field, registry):
    field.write("package.json", {"name": "sample", "version": "1.0.0"})
    field.write(
        ".npmrc", f"registry={registry.url}\n//{registry.host}/:_authToken={TOKEN}\n")


class NpmPublish(unittest.TestCase):
    SPELLINGS = [
        (["npm", "publish"], {}),
        (["npm", "pub"], {}),
        (["npm", "--loglevel", "silent", "publ"], {}),
        (["npm", "--json=publish"], {}),
        (["npm", "publish", "--dry-run", "--no-dry-run"], {}),
        (["npm", "publish"], {"npm_config_dry_run": "true"}),
    ]

    def test_six_spellings_of_npm_publish_make_no_request(self):
        versions = npm_directories()
        if not versions:
            self.skipTest("npm is not here")
        for name, directories in versions:
            with self.subTest(npm=name):
                self.refuse_all(Field(directories))

    def refuse_all(self, field):
        self.addCleanup(field.remove)
        registry = Registry(field, packages={})
        self.addCleanup(registry.stop)
        fill_package(field, registry)
        for line, variables in self.SPELLINGS:
            with self.subTest(line=line, **variables):
                result = field.run(*line, **variables)
                self.assertEqual(result.code, 77, str(result))
                self.assertTrue(result.err.startswith(b"shimgate: denied: npm publish"))
        self.assertEqual(registry.requests(), [])
        # The same package, registry and token publish without us, so the zero above means us.
        result = field.run_directly("npm", "publish")
        self.assertEqual(result.code, 0, str(result))
        self.assertIn("PUT", [request["method"] for request in registry.requests()])


class OnePublishLineOfEachTool(FieldTest):
    # pip itself has no publish verb; setup.py's upload is what pip's users had before twine.
    LINES = [
        (["npm", "publish"], "npm"),
        (["pnpm", "publish", "--no-git-checks"], "pnpm"),
        (["yarn", "publish", "--new-version", "2.0.0"], "yarn"),
        (["python3", "setup.py", "sdist", "upload"], "python3"),
        (["twine", "upload", "dist/sample-1.0-py3-none-any.whl"], "twine"),
        (["gem", "push", "sample-1.0.gem"], "gem"),
        (["cargo", "publish", "--allow-dirty"], "cargo"),
        (["nuget", "push", "sample.1.0.0.nupkg", "-Source", "REGISTRY"], "nuget"),
        (["dotnet", "nuget", "push", "sample.1.0.0.nupkg", "--source", "REGISTRY"], "dotnet"),
    ]
    stand_ins = [name for _, name in LINES]

    def test_no_tool_is_started_for_a_publish_line(self):
        for line, _ in self.LINES:
            with self.subTest(line=line):
                self.assert_denied(self.field.run(*line))
        self.assertEqual(self.field.started(), [])
        denials = [record for record in self.field.records() if record["effect"] == "deny"]
        self.assertGreaterEqual(len(denials), len(self.LINES))
        self.assert_chain_intact()

    def test_publishing_through_another_runner_is_refused_too(self):
        self.field.add_stand_in("npx")
        self.assert_code(0, self.field.shimgate("shims", "sync", "--path", self.field.tool_path))
        for line in (
            ["npx", "npm", "publish"],
            ["npm", "exec", "--", "npm", "publish"],
            ["python3", "-m", "twine", "upload", "dist/x.whl"],
        ):
            with self.subTest(line=line):
                self.assert_denied(self.field.run(*line))
        self.assertEqual(self.field.started(), [])


class RealToolsPublish(FieldTest):
    """The same with the real programs, where they can be had, against a listening registry."""

    tool_directories = [TOOLS / "yarn1/bin"]

    def test_real_tools_make_no_request(self):
        registry = self.registry(packages={})
        fill_package(self.field, registry)
        (self.field.stand_in_directory / "twine").symlink_to(TOOLS / "venv/bin/twine")
        self.field.run(self.field.program, "shims", "sync", "--path", self.field.tool_path)
        self.field.write("dist/sample-1.0-py3-none-any.whl", "")
        self.field.write("Cargo.toml", '[package]\nname = "sample"\nversion = "1.0.0"\n')
        self.field.write("src/lib.rs", "")
        lines = [
            ["yarn", "publish", "--new-version", "2.0.0", "--registry", registry.url],
            ["twine", "upload", "--repository-url", registry.url, "-u", "a", "-p", "b",
             "dist/sample-1.0-py3-none-any.whl"],
            ["gem", "push", "sample-1.0.gem", "--host", registry.url],
            ["cargo", "publish", "--index", f"sparse+{registry.url}"],
            ["nuget", "push", "sample.1.0.0.nupkg", "key", "-Source", registry.url],
        ]
        ran = 0
        for line in lines:
            if shutil.which(line[0], path=self.field.tool_path) is None:
                continue
            ran += 1
            with self.subTest(line=line):
                self.assert_denied(self.field.run(*line))
        self.assertGreater(ran, 0)
        self.assertEqual(registry.requests(), [])


if __name__ == "__main__":
    unittest.main()
