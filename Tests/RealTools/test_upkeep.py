"""A chain's upkeep as a person does it: its key, checkpoints, rotation, a new chain, old segments."""
import json
import os
import pty
import re
import unittest

from field import RECORD_FAILED, DENIED, FieldTest


class Upkeep(FieldTest):
    stand_ins = ["npm"]

    def at_terminal(self, *arguments, **variables):
        """Runs shimgate as a person would; gives exit code and what the terminal showed."""
        environment = self.field.environment(**variables)
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.field.project)
            os.execve(self.field.program, ["shimgate", *map(str, arguments)], environment)
        shown = b""
        while True:
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.decode()

    def key(self):
        return self.field.shimgate("audit", "begin").out.decode().strip()

    def chain_in_manifest(self):
        manifest = json.loads((self.field.prefix / "etc/shimgate/install.json").read_text())
        return manifest["chains"][str(os.geteuid())]

    def test_an_install_begins_the_chain_and_knows_it(self):
        first = json.loads(self.field.audit.read_text().splitlines()[0])
        self.assertEqual(first["type"], "chain.open")
        self.assertEqual(first["key"], self.key())
        self.assertEqual(self.chain_in_manifest(), first["chain"])
        self.assertEqual(self.field.state.stat().st_mode & 0o777, 0o700)
        self.assertEqual((self.field.state / "audit.key").stat().st_mode & 0o777, 0o600)
        again = self.field.install()
        self.assertIn(self.key().encode(), again.out)

    def test_a_state_directory_that_was_emptied_is_not_filled_again(self):
        for path in self.field.state.iterdir():
            path.unlink()
        result = self.field.run("npm", "view", "x")
        self.assert_code(RECORD_FAILED, result)
        self.assertEqual(self.field.started(), [])

    def test_a_kept_checkpoint_proves_the_log_and_shows_a_cut(self):
        for _ in range(3):
            self.field.run("npm", "view", "x")
        self.field.shimgate("audit", "rotate")
        self.field.run("npm", "view", "x")
        kept = self.field.scratch / "kept.checkpoint"
        kept.write_bytes(self.field.shimgate("audit", "checkpoint").out)
        words = ["audit", "verify", "--checkpoint", str(kept), "--vkey", self.key()]
        proven = self.field.shimgate(*words)
        self.assert_code(0, proven)
        self.assertTrue(proven.out.startswith(b"proven\n"), str(proven))
        lines = self.field.audit.read_bytes().splitlines(keepends=True)
        self.field.audit.write_bytes(b"".join(lines[:-1]))
        cut = self.field.shimgate(*words)
        self.assert_code(1, cut)
        self.assertIn(b"TRUNCATED", cut.out)

    def test_the_report_can_be_held_against_a_kept_checkpoint(self):
        for _ in range(3):
            self.field.run("npm", "publish")
        kept = self.field.scratch / "kept.checkpoint"
        kept.write_bytes(self.field.shimgate("audit", "checkpoint").out)
        page = self.field.scratch / "page.html"
        words = ["audit", "report", "--html", page, "--checkpoint", kept, "--vkey", self.key()]
        self.assert_code(0, self.field.shimgate(*words))
        self.assertIn("<strong>proven</strong>", page.read_text())
        # As everywhere, a key has to be named, and a note that it did not sign is no checkpoint.
        self.assert_code(2, self.field.shimgate(*words[:-2]))
        kept.write_bytes(b"x" + kept.read_bytes())
        self.assert_code(2, self.field.shimgate(*words))
        kept.write_bytes(self.field.shimgate("audit", "checkpoint").out)
        log = self.field.audit.read_text().splitlines(keepends=True)
        copy = self.field.scratch / "copy.jsonl"
        copy.write_text("".join(log[:-1]))
        self.assert_code(0, self.field.shimgate(*words, "--file", copy))
        self.assertIn("<strong>tampered TRUNCATED", page.read_text())

    def test_a_due_checkpoint_is_signed_by_the_next_reading(self):
        self.field.run("npm", "view", "x")
        self.field.shimgate("audit", "rotate")
        self.field.run("npm", "view", "x")
        self.field.shimgate("audit", "list")
        note = (self.field.state / "audit.checkpoint").read_text()
        self.assertRegex(note, r"\Ashimgate/[0-9a-f]{32}\n\d+\n")

    def test_only_a_person_reopens_and_prunes(self):
        self.field.audit.unlink()
        reopen = ["audit", "reopen", "--reason", "lost"]
        prune = ["audit", "prune", "--keep", "0", "--checkpoint", "/dev/null", "--reason", "x"]
        for words in (reopen, prune):
            self.assert_code(DENIED, self.field.shimgate(*words))
            code, shown = self.at_terminal(*words, SHIMGATE_HOPS="1:2:1:3")
            self.assertEqual(code, DENIED, shown)
        self.assert_code(RECORD_FAILED, self.field.run("npm", "view", "x"))

    def test_a_person_reopens_a_chain_that_cannot_go_on(self):
        self.field.run("npm", "view", "x")
        old = self.chain_in_manifest()
        code, shown = self.at_terminal("audit", "reopen", "--reason", "why not")
        self.assertEqual(code, 64, shown)
        self.field.audit.unlink()
        code, shown = self.at_terminal("audit", "reopen", "--reason", "the disk was lost")
        self.assertEqual(code, 0, shown)
        self.assertNotEqual(self.chain_in_manifest(), old)
        self.assert_code(0, self.field.run("npm", "view", "x"))
        record = json.loads(self.field.audit.read_text().splitlines()[1])
        self.assertEqual(record["type"], "chain.reopen")
        self.assertEqual(record["closed"]["chain"], old)
        self.assertEqual(record["reason"], "the disk was lost")
        self.assertTrue((self.field.state / f"closed-{old}" / "audit.key").exists())
        self.assert_chain_intact()

    def test_a_person_prunes_what_a_checkpoint_covers(self):
        for _ in range(3):
            self.field.run("npm", "view", "x")
            self.field.shimgate("audit", "rotate")
        kept = self.field.scratch / "kept.checkpoint"
        kept.write_bytes(self.field.shimgate("audit", "checkpoint").out)
        code, shown = self.at_terminal(
            "audit", "prune", "--keep", "1", "--checkpoint", kept, "--reason", "old")
        self.assertEqual(code, 0, shown)
        self.assertTrue(re.search("removed segments 1 to 2", shown), shown)
        kept.write_bytes(self.field.shimgate("audit", "checkpoint").out)
        self.assert_code(0, self.field.shimgate(
            "audit", "verify", "--checkpoint", str(kept), "--vkey", self.key()))


if __name__ == "__main__":
    unittest.main()
