"""`simulate` answers as the shim would, without doing anything."""
import json
import unittest

from field import FieldTest


class Simulate(FieldTest):
    stand_ins = ["npm", "cargo"]

    def test_a_command_line_is_denied_by_its_rule(self):
        result = self.ask("--action", "shell.exec", "--command", "npm publish --access public")
        self.assertEqual(result.code, 77, str(result))
        self.assertIn(b"deny", result.out)
        self.assertIn(b"deny-npm-publish", result.out)

    def test_reading_a_credential_file_is_denied_by_its_rule(self):
        result = self.ask("--action", "file.read", "--path", "/home/user/.npmrc")
        self.assertEqual(result.code, 77, str(result))
        self.assertIn(b"deny", result.out)
        self.assertIn(b"deny-read-npmrc", result.out)

    def test_words_after_two_dashes_are_judged_as_they_are(self):
        self.assertEqual(self.ask("--", "npm", "pub").code, 77)
        self.assertEqual(self.ask("--", "npm", "view", "x").code, 0)

    def test_the_strictest_command_of_a_line_decides(self):
        for line in ("npm test && npm publish", "cd x; npm pub", "true | npm publish"):
            with self.subTest(line):
                self.assertEqual(self.ask("--action", "shell.exec", "--command", line).code, 77)
        harmless = self.ask("--action", "shell.exec", "--command", "npm test && npm run build")
        self.assertEqual(harmless.code, 0, str(harmless))

    def test_explain_shows_no_secret(self):
        secret = "S3CRETVALUE"
        for line in (["npm", "publish", "--otp", secret], ["npm", "view", "x", "--secret", secret],
                     ["npm", "--//h/:_authToken=" + secret, "view", "x"],
                     ["npm", "view", "https://me:" + secret + "@h/x"],
                     ["cargo", "login", "--", secret], ["cargo", "foo", "--api-token", secret]):
            for option in ([], ["--json"]):
                with self.subTest(line=line, option=option):
                    result = self.field.shimgate("explain", *option, "--", *line)
                    self.assertNotIn(secret.encode(), result.out + result.err)
                    self.assertIn(b"redacted", result.out)

    def test_json_has_the_promised_members(self):
        result = self.ask("--json", "--", "npm", "--access", "public", "pub")
        answer = json.loads(result.out)
        self.assertEqual(answer["effect"], "deny")
        self.assertEqual(answer["rule"], "deny-npm-publish")
        self.assertEqual(answer["operation"], "publish")
        self.assertEqual(answer["command"], "npm publish --access public")

    def test_everyday_lines_are_allowed(self):
        for line in (
            "npm test -- --watch", "npm run build --stage=dev", "npm config get registry",
            "npm owner ls x", "npm install", "npm ci", "npm view x", "npm pack", "npm audit",
            "cargo fmt", "cargo clippy", "cargo test", "uv run pytest",
            "bundle exec rake", "dotnet build", "poetry config virtualenvs.in-project true",
        ):
            with self.subTest(line):
                result = self.ask("--", *line.split())
                self.assertEqual(result.code, 0, f"{line}\n{result}")

    def test_npx_of_a_program_in_the_project_is_allowed(self):
        program = self.field.write("node_modules/.bin/tsc", "#!/bin/sh\n")
        program.chmod(0o755)
        self.assertEqual(self.ask("--", "npx", "tsc").code, 0)
        self.assertEqual(self.ask("--", "npx", "not-in-the-project").code, 77)

    def test_nothing_is_recorded_or_started(self):
        before = len(self.field.records())
        self.ask("--", "npm", "publish")
        self.ask("--", "npm", "view", "x")
        self.assertEqual(len(self.field.records()), before)
        self.assertEqual(self.field.started(), [])

    def test_explain_shows_the_plan_without_doing_it(self):
        result = self.field.shimgate("explain", "--", "npm", "install", "sample")
        self.assertIn(b"ignore-scripts", result.out)
        self.assertEqual(self.field.started(), [])

    def test_explain_shows_where_each_condition_comes_from(self):
        def policy(name, require):
            return json.dumps({"version": 1, "rules": [{
                "id": name, "action": "shell.exec", "match": {"operation": "install"},
                "effect": "allow",
                "require": require}]}, indent=1)
        self.field.policy.write_text(policy("team", {
            "sources": ["registry", "git"], "pinned": True, "packages": {"deny": ["evil*"]}}))
        self.field.write(".shimgate/policy.json", policy("here", {
            "sources": ["registry"], "packages": {"deny": ["worse"]}}))
        line = ("explain", "--", "npm", "install", "left-pad@1.3.0")
        shown = self.field.shimgate(*line).out.decode()
        team, here = self.field.policy, self.field.project / ".shimgate/policy.json"
        number = {}
        for file in (team, here):
            for place, text in enumerate(file.read_text().splitlines(), 1):
                number[file, text.split(":")[0].strip(' "')] = place
        for row in (
            "requires\n  sources           registry\n"
            f"    [\"registry\", \"git\"]  rule team ({team}:{number[team, 'sources']})\n"
            f"    [\"registry\"]  rule here ({here}:{number[here, 'sources']})\n",
            "  packages.deny     1 pattern and 1 pattern\n"
            f"    [\"evil*\"]  rule team ({team}:{number[team, 'deny']})\n"
            f"    [\"worse\"]  rule here ({here}:{number[here, 'deny']})\n",
            f"  pinned            true\n    true  rule team ({team}:{number[team, 'pinned']})\n",
        ):
            self.assertIn(row, shown)
        told = json.loads(self.field.shimgate("explain", "--json", *line[1:]).out)["requires"]
        self.assertEqual([row["key"] for row in told], ["sources", "packages.deny", "pinned"])
        self.assertEqual(told[2]["from"], [{
            "value": True, "rule": "team", "at": f"{team}:{number[team, 'pinned']}"}])
        denied = self.field.shimgate(*line[:-1], "left-pad").out.decode()
        self.assertNotIn("\nrequires\n", denied)

    def test_classify_answers_json_lines(self):
        line = json.dumps({"tool": "npm", "argv": ["--json=publish"]})
        result = self.field.shell(f"printf '%s\\n' '{line}' | '{self.field.program}' classify --batch")
        answer = json.loads(result.out)
        self.assertEqual(answer["command"], ["npm", "publish"])
        self.assertEqual((answer["operation"], answer["effect"]), ("publish", "deny"))

    def ask(self, *arguments):
        return self.field.shimgate("simulate", *arguments)


if __name__ == "__main__":
    unittest.main()
