"""Every decision is on record, and nothing runs where it cannot be."""
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import unittest

from field import POLICY_UNUSABLE, RECORD_FAILED, FieldTest

# The one-liner of docs/audit.md, read from there so that the two cannot differ.
from field import ROOT


def one_liner():
    text = (ROOT / "docs/audit.md").read_text()
    return re.search(r"^    (perl -MDigest::SHA=.*) audit\.jsonl$", text, re.MULTILINE)[1]


class Chain(FieldTest):
    stand_ins = ["npm", "pnpm", "yarn", "pip", "twine", "gem", "cargo", "nuget", "dotnet"]
    LINES = [
        "npm view x", "npm test", "npm run build", "npm publish", "npm ls", "npm pack",
        "pnpm install", "pnpm publish", "yarn install", "yarn publish", "pip list",
        "pip install sample", "twine upload dist/x", "twine check dist/x", "gem list",
        "gem push x.gem", "cargo build", "cargo test", "cargo publish", "nuget list",
        "nuget push x.nupkg", "dotnet build", "dotnet nuget push x.nupkg", "npm frobnicate",
    ]

    def test_allow_decisions_equal_started_tools_and_the_chain_verifies(self):
        before = len(self.field.records())
        for line in self.LINES:
            self.field.run(*line.split())
        records = self.field.records()[before:]
        allowed = [record for record in records if record["effect"] == "allow"]
        self.assertEqual(len(records), len(self.LINES))
        self.assertEqual(len(allowed), len(self.field.started()))
        self.assertGreater(len(allowed), 10)
        self.check_with_everything()

    def test_verify_says_intact_and_unanchored(self):
        self.field.run("npm", "publish")
        result = self.field.shimgate("audit", "verify")
        self.assertEqual(result.code, 3, str(result))
        self.assertIn(b"intact, unanchored", result.out + result.err)
        self.assert_chain_intact()

    def test_a_record_tells_the_processes_above_and_the_repository(self):
        git = self.field.project / ".git"
        (git / "refs/heads").mkdir(parents=True)
        (git / "HEAD").write_text("ref: refs/heads/main\n")
        (git / "refs/heads/main").write_text("a" * 40 + "\n")
        (git / "config").write_text('[core]\n[remote "origin"]\n\turl = https://u:S3CRET@h/a.git\n')
        self.field.shell("npm publish --tag next; :")
        self.field.run("npm", "view", "x")
        denied, allowed = self.field.records()[-2:]
        self.assertEqual(denied["proc"]["parent"][0], "sh")
        self.assertEqual(denied["repo"]["rev"], "a" * 40)
        self.assertEqual(denied["repo"]["url"], "https://[redacted:userinfo]@h/a.git")
        self.assertEqual(denied["artifact"]["tag"], "next")
        self.assertNotIn("parent", allowed["proc"])

    def test_an_edited_record_is_found(self):
        self.field.run("npm", "publish")
        text = self.field.audit.read_text()
        self.assertIn('"effect":"deny"', text)
        self.field.audit.write_text(text.replace('"effect":"deny"', '"effect":"okay"', 1))
        result = self.field.shimgate("audit", "verify", "--accept", "unanchored")
        self.assertEqual(result.code, 1, str(result))

    def test_thirty_two_parallel_shims_leave_one_chain(self):
        before = len(self.field.records())
        line = [self.field.shims / "npm", "view", "x"]
        processes = [
            subprocess.Popen(line, env=self.field.environment(), cwd=self.field.project)
            for _ in range(32)
        ]
        self.assertEqual([process.wait(timeout=60) for process in processes], [0] * 32)
        self.assertEqual(len(self.field.records()) - before, 32)
        self.assertEqual(len(self.field.started()), 32)
        self.check_with_everything()

    def check_with_everything(self):
        self.assert_chain_intact()
        lines = self.field.audit.read_text().splitlines()
        self.assertEqual(
            [json.loads(line)["seq"] for line in lines], list(range(1, len(lines) + 1)))
        checked = subprocess.run(
            ["sh", "-c", f"{one_liner()} '{self.field.audit}'"], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertTrue(checked.stdout.startswith(f"{len(lines)} "), checked.stdout)


class Circumstances(FieldTest):
    """What a record says of the repository and of the thing that would be published."""
    stand_ins = ["npm", "twine", "cargo", "gem", "nuget", "poetry"]

    def git(self, *words, cwd=None):
        return subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True,
            cwd=cwd or self.field.project, capture_output=True, text=True,
            env=self.field.environment()).stdout.strip()

    def last(self, *line, cwd=None):
        self.field.run(*line, cwd=cwd)
        return self.field.records()[-1]

    def test_the_commit_is_found_however_git_keeps_it(self):
        self.need("git")
        self.git("init", "-q", "-b", "main")
        self.git("commit", "-q", "--allow-empty", "-m", "one")
        self.git("remote", "add", "origin", "https://user:secret@example.org/a.git")
        first = self.git("rev-parse", "HEAD")
        self.assertEqual(self.last("npm", "publish")["repo"]["rev"], first)
        self.git("pack-refs", "--all")
        self.assertFalse((self.field.project / ".git/refs/heads/main").exists())
        packed = self.last("npm", "publish")["repo"]
        self.assertEqual(packed["rev"], first)
        self.assertNotIn("secret", json.dumps(packed))
        tree = self.field.scratch / "linked"
        self.git("worktree", "add", "-q", "-b", "side", str(tree))
        self.git("commit", "-q", "--allow-empty", "-m", "two", cwd=tree)
        second = self.git("rev-parse", "HEAD", cwd=tree)
        (tree / "below").mkdir()
        linked = self.last("npm", "publish", cwd=tree / "below")["repo"]
        self.assertEqual((linked["rev"], linked["url"]), (second, packed["url"]))
        self.git("pack-refs", "--all")
        self.assertEqual(self.last("npm", "publish", cwd=tree)["repo"]["rev"], second)
        self.git("checkout", "-q", "--detach", cwd=tree)
        self.assertEqual(self.last("npm", "publish", cwd=tree)["repo"]["rev"], second)

    def test_what_is_no_commit_is_not_recorded(self):
        self.field.write(".git/HEAD", "npm_0123456789012345678901234567890123456789\n")
        self.assertNotIn("npm_01234", self.field.audit.read_text())
        self.assertNotIn("rev", self.last("npm", "publish").get("repo", {}))
        self.field.write(".git/HEAD", "ref: ../../../etc/passwd\n")
        self.assertNotIn("rev", self.last("npm", "publish").get("repo", {}))

    def test_the_thing_is_named_where_the_line_does_not(self):
        self.field.write("package.json", {
            "name": "@s/root", "version": "1.0.0", "workspaces": ["packages/*"]})
        self.field.write("packages/a/package.json", {"name": "a", "version": "2.0.0"})
        self.field.write("Cargo.toml", "[package]\nname = \"c\"\nversion = \"0.1.0\"\n")
        self.field.write("pyproject.toml", "[tool.poetry]\nname = \"p\"\nversion = \"3\"\n")
        for line, name, version in (
            (("npm", "publish"), "@s/root", "1.0.0"),
            (("npm", "publish", "./packages/a"), "a", "2.0.0"),
            (("npm", "publish", "-w", "a"), "a", "2.0.0"),
            (("npm", "--prefix", "packages/a", "publish"), "a", "2.0.0"),
            (("cargo", "publish"), "c", "0.1.0"), (("poetry", "publish"), "p", "3"),
            (("twine", "upload", "dist/x_y-4.0.tar.gz"), "x_y", "4.0"),
            (("gem", "push", "pkg/some-gem-5.0.gem"), "some-gem", "5.0"),
            (("nuget", "push", "Some.Thing.6.0.0.nupkg", "-Source", "x"), "Some.Thing", "6.0.0"),
        ):
            with self.subTest(line):
                artifact = self.last(*line)["artifact"]
                self.assertEqual((artifact["name"], artifact.get("version")), (name, version))
        self.assertEqual(self.last("npm", "publish")["artifact"]["scope"], "@s")

    def test_what_cannot_be_read_is_left_out(self):
        manifest = self.field.project / "package.json"
        os.mkfifo(manifest)
        self.assertNotIn("name", self.last("npm", "publish").get("artifact", {}))
        manifest.unlink()
        for text in ("{", "\xff", json.dumps({"name": ["x"]}), " " * (2 << 20)):
            manifest.write_text(text, encoding="latin-1")
            self.assertNotIn("name", self.last("npm", "publish").get("artifact", {}))
        manifest.write_text(json.dumps({"name": "npm_" + "a" * 36}))
        self.assertNotIn("npm_aaaa", json.dumps(self.last("npm", "publish")))
        self.assert_chain_intact()


class NothingRunsUnrecorded(FieldTest):
    stand_ins = ["npm"]

    def refuse(self, result):
        self.assertEqual(result.code, RECORD_FAILED, str(result))
        self.assertEqual(self.field.started(), [])
        self.assertTrue(result.err.startswith(b"shimgate: "), str(result))

    def test_a_file_size_limit_stops_the_line(self):
        size = self.field.audit.stat().st_size

        def before():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, size + 10))

        self.refuse(self.field.run("npm", "view", "x", before=before))
        # The torn tail that the limit left does not stop the next line.
        self.assert_code(0, self.field.run("npm", "view", "x"))
        verify = self.field.shimgate("audit", "verify", "--accept", "unanchored")
        self.assertIn(verify.code, (0, 3), str(verify))

    def test_a_message_that_cannot_be_written_changes_no_exit_code(self):
        script = "#!/bin/sh\ngrep -E '^Sig(Blk|Ign)' /proc/self/status >\"$SEEN\"\n"
        self.field.add_script("npm", script)
        seen = self.field.scratch / "seen"
        for ignored in ((), (signal.SIGXFSZ, signal.SIGPIPE)):
            def before(limit=None):
                for number in (signal.SIGXFSZ, signal.SIGPIPE):
                    handler = signal.SIG_IGN if number in ignored else signal.SIG_DFL
                    signal.signal(number, handler)
                if limit is not None:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            with self.subTest(ignored):
                # A file of no size for the record and for the message about it.
                with open(self.field.scratch / "words", "wb") as words:
                    self.assertEqual(
                        self.start_saying_into(words, ("view", "x"), lambda: before(0), SEEN=seen),
                        RECORD_FAILED)
                self.assertFalse(seen.exists())
                self.assertEqual((self.field.scratch / "words").read_bytes(), b"")
                # A pipe that nobody reads.
                for line, code in ((("publish",), 77), (("view", "x"), 0)):
                    reading, writing = os.pipe()
                    os.close(reading)
                    with open(writing, "wb") as words:
                        self.assertEqual(
                            self.start_saying_into(words, line, before, SEEN=seen), code)
                # The tool has the signals as they were, as without us.
                through = seen.read_bytes()
                with open(os.devnull, "wb") as words:
                    self.start_saying_into(
                        words, ("view", "x"), before, program=self.field.stand_in_directory / "npm",
                        SEEN=seen)
                self.assertEqual(seen.read_bytes(), through)
                seen.unlink()

    def start_saying_into(self, words, line, before, program=None, **variables):
        """Runs npm with its stderr there; gives its exit code."""
        program = program or self.field.shims / "npm"
        variables = {name: str(value) for name, value in variables.items()}
        done = subprocess.run(
            [program, *line], env=self.field.environment(**variables), cwd=self.field.project,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words, preexec_fn=before,
            restore_signals=False)
        return done.returncode

    def test_a_full_disk_stops_the_line(self):
        # The last page of the file may still take a line or two; then no more can be written.
        result = self.in_mount_namespace(
            f"mount -t tmpfs -o size=64k,mode=0700 none '{self.field.state}'"
            f" && cp -a '{self.field.scratch}/kept/.' '{self.field.state}/'",
            f"""
            dd if=/dev/zero of='{self.field.state}/ballast' bs=1k 2>/dev/null
            ran=0
            while npm view x; code=$?; test $code = 0; do
                ran=$((ran + 1)); test $ran -lt 50 || exit 92
            done
            test "$(cat '{self.field.log}' 2>/dev/null | wc -l)" = $ran || exit 93
            rm '{self.field.state}/ballast'
            npm view x || exit 94
            shimgate audit verify --accept unanchored >/dev/null; test $? = 0 -o $? = 3 || exit 95
            exit $code""")
        self.assertEqual(result.code, RECORD_FAILED, str(result))

    def test_a_read_only_directory_stops_the_line(self):
        result = self.in_mount_namespace(
            f"mount --bind '{self.field.state}' '{self.field.state}'"
            f" && mount -o remount,ro,bind '{self.field.state}'",
            "npm view x")
        self.refuse(result)

    def test_a_file_that_may_not_be_written_stops_the_line(self):
        self.field.audit.unlink()
        self.field.audit.mkdir()
        self.refuse(self.field.run("npm", "view", "x"))

    def test_a_removed_log_is_not_started_anew(self):
        self.field.run("npm", "publish")
        self.field.audit.unlink()
        self.refuse(self.field.run("npm", "view", "x"))

    def in_mount_namespace(self, setup, line):
        shutil.copytree(self.field.state, self.field.scratch / "kept")
        if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
            self.skipTest("mount namespaces are not here")
        text = f"({setup}) || exit 90; {line}"
        result = self.field.run("unshare", "-m", "sh", "-c", text)
        if result.code == 90:
            self.skipTest("mounting is not possible here")
        return result


class BrokenPolicies(FieldTest):
    stand_ins = ["npm"]

    def refuse(self, position=True):
        result = self.field.run("npm", "view", "x")
        self.assertEqual(result.code, POLICY_UNUSABLE, str(result))
        self.assertEqual(self.field.started(), [])
        self.assertIn(b"etc/shimgate", result.err)
        if position:
            self.assertRegex(result.err, rb"policy\.json:\d+:\d+")

    def test_a_missing_policy_stops_everything(self):
        self.field.policy.unlink()
        self.refuse(position=False)

    def test_a_malformed_policy_stops_everything(self):
        self.field.policy.write_text('{"version": 1,\n "rules": [,]}')
        self.refuse()

    def test_a_cut_policy_stops_everything(self):
        self.field.policy.write_bytes(self.field.policy.read_bytes()[:500])
        self.refuse()

    def test_a_duplicate_key_stops_everything(self):
        text = self.field.policy.read_text()
        self.field.policy.write_text(text.replace("{", '{ "version": 1,', 1))
        self.refuse()

    def test_an_empty_policy_stops_everything(self):
        self.field.policy.write_text("")
        self.refuse()

    def test_a_policy_that_anyone_can_write_stops_everything(self):
        self.field.policy.chmod(0o666)
        self.refuse(position=False)

    def test_a_policy_in_a_directory_that_anyone_can_write_stops_everything(self):
        self.field.policy.parent.chmod(0o777)
        self.refuse(position=False)

    def test_a_policy_of_another_user_stops_everything(self):
        if os.geteuid() != 0:
            self.skipTest("root is not here")
        os.chown(self.field.policy, 65534, 65534)
        self.refuse(position=False)


class ClosedDescriptors(FieldTest):
    stand_ins = ["npm"]

    def test_our_words_never_land_in_a_log(self):
        for closing in ("2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"):
            with self.subTest(closing):
                self.field.shell(f"npm view x {closing}")
                self.field.shell(f"npm publish {closing}")
        for line in self.field.audit.read_text().splitlines():
            json.loads(line)
        self.assert_chain_intact()
        self.assertEqual(len(self.field.started()), 3)


if __name__ == "__main__":
    unittest.main()
