"""`shimgate deps list`: what agents added, by task, and what the lockfiles have of it now."""
import json
import unittest

from test_installs import InstallTest


class DepsList(InstallTest):
    stand_ins = ("uv", "cargo")

    def list(self, *words):
        result = self.field.shimgate("deps", "list", *words)
        self.assert_code(0, result)
        return result.out.decode()

    def rows(self, *words):
        return [json.loads(line) for line in self.list("--json", *words).splitlines()]

    def setUp(self):
        super().setUp()
        self.let_any_age_in()
        for task, line in (
            ("issue-7", ["install", "right"]), ("issue-8", ["install", "program"]),
            ("issue-8", ["install", "shadow"]), ("issue-8", ["install", "no-such-name"]),
        ):
            self.npm(*line, SHIMGATE_AGENT="claude", SHIMGATE_TASK=task)
        self.assert_code(0, self.npm("uninstall", "program", SHIMGATE_TASK="issue-9"))
        self.field.write("Cargo.lock", 'version = 3\n\n[[package]]\nname = "serde"\n'
                         'version = "1.0.200"\nsource = "registry+https://github.com/rust-lang/'
                         'crates.io-index"\nchecksum = "' + "ab" * 32 + '"\n')
        self.assert_code(0, self.field.run("cargo", "add", "serde", "rand@0.8"))
        # A release that cannot say first what it would install: what was asked for is all that is known.
        site = self.field.make(
            "stand-ins/lib/uv/lib/python3.11/site-packages/uv-0.11.33.dist-info")
        (site / "METADATA").write_text("Metadata-Version: 2.1\nName: uv\nVersion: 0.11.33\n")
        self.assert_code(0, self.field.run("uv", "pip", "install", "requests==2.32.0"))
        self.assert_denied(self.field.run("npm", "publish"))

    def test_packages_stand_below_their_task_and_line_with_what_is_left_of_them(self):
        text = self.list()
        tasks = text.split("\n\n")
        self.assertEqual([part.splitlines()[0] for part in tasks],
                         ["task issue-7", "task issue-8", "no task"], text)
        lock = self.field.project / "package-lock.json"
        self.assertIn(f"    added     pkg:npm/right@2.0.0  now 2.0.0 in {lock}\n", tasks[0])
        self.assertIn("    and 1 more that came along", tasks[0])
        self.assertRegex(tasks[0], r"  2\S+Z  claude  npm install right  \(seq \d+, /")
        # It has gone again; what was refused never came; a name that was made up is named.
        self.assertIn(f"    added     pkg:npm/program@1.0.0  not in {lock}\n", tasks[1])
        self.assertNotIn("shadow", text)
        self.assertIn("not_found pkg:npm/no-such-name", tasks[1])
        cargo = self.field.project / "Cargo.lock"
        self.assertIn(f"    requested pkg:cargo/serde  now 1.0.200 in {cargo}\n", tasks[2])
        self.assertIn(f"    requested pkg:cargo/rand  not in {cargo}\n", tasks[2])
        self.assertIn("    requested pkg:pypi/requests  no lockfile\n", tasks[2])
        everything = self.list("--all")
        self.assertIn("pkg:npm/left@1.1.0", everything)
        self.assertIn("    removed   pkg:npm/program@1.0.0", everything)

    def test_one_object_a_package(self):
        rows = self.rows("--task", "issue-7")
        self.assertEqual([row["purl"] for row in rows], ["pkg:npm/left", "pkg:npm/right"])
        right = rows[1]
        lock = str(self.field.project / "package-lock.json")
        self.assertEqual(
            (right["status"], right["version"], right["requested"], right["agent"], right["tool"]),
            ("added", "2.0.0", "^2.0.0", "claude", "npm"))
        self.assertEqual(right["present"], {"lockfile": lock, "versions": ["2.0.0"]})
        shown = self.field.shimgate("audit", "show", str(right["seq"])).out.decode()
        self.assertIn(right["record"], shown)
        self.field.write("package-lock.json", "{")
        self.assertIsNone(self.rows("--task", "issue-7")[0]["present"]["versions"])

    def test_what_is_asked_for_can_be_narrowed(self):
        self.assertEqual({row["tool"] for row in self.rows("--tool", "cargo")}, {"cargo"})
        self.assertEqual(self.rows("--until", "2020-01-01"), [])
        self.assertEqual(self.list("--until", "2020-01-01"), "nothing was added\n")
        self.assertEqual(self.rows("--project", "/nowhere"), [])
        self.assertEqual(len(self.rows("--project", str(self.field.project))), len(self.rows()))
        self.assertEqual(len(self.rows("--file", str(self.field.audit))), len(self.rows()))


del InstallTest

if __name__ == "__main__":
    unittest.main()
