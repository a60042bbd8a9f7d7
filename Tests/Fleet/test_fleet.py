"""A receiver dies, a gap shows, the gap is sent again, and the chain verifies clean; forks, foreign
lines and checkpoints get the answers that docs/fleet.md promises.
"""
import hashlib
import json
import re
import subprocess
import unittest

from field import BUILT, Field
from servers import EXAMPLES, ROOT, Postgres, Rsyslog, free_port, wait_for

VECTORS = ROOT / "Tests/AuditTests/Vectors/chain"
COPY = (r"\copy shimgate.inbox (line) FROM STDIN"
        r" WITH (FORMAT csv, DELIMITER E'\x01', QUOTE E'\x02')")


def perl(path):
    text = (ROOT / "docs/audit.md").read_text()
    line = re.search(r"^    (perl -MDigest::SHA=.*) audit\.jsonl$", text, re.MULTILINE)[1]
    done = subprocess.run(["sh", "-c", f'{line} "$@"', "sh", *path], capture_output=True, text=True)
    return done.stdout.split() if done.returncode == 0 else "broken"


def rehashed(line):
    """The line with the hash that its body has."""
    body = line[:line.index(',"hash":"')]
    return f'{body},"hash":"{hashlib.sha256(body.encode()).hexdigest()}"}}'


class SchemaTest(unittest.TestCase):
    """A test that has the schema in a cluster of its class."""

    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()
        cls.addClassCleanup(cls.postgres.remove)

    def setUp(self):
        self.postgres.sql("DROP SCHEMA IF EXISTS shimgate CASCADE")
        done = self.postgres.psql("-f", EXAMPLES / "schema.sql")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.postgres.sql("DROP ROLE IF EXISTS shipper")
        self.postgres.sql("CREATE ROLE shipper LOGIN IN ROLE shimgate_shipper")
        self.good = (VECTORS / "good.jsonl").read_text().splitlines()

    def send(self, lines, source=None):
        if source is None:
            done = self.postgres.psql("-c", COPY, user="shipper", input="\n".join(lines) + "\n")
            self.assertEqual(done.returncode, 0, done.stderr)
            return
        for line in lines:
            text = line.replace("'", "''")
            self.postgres.sql(f"INSERT INTO shimgate.inbox VALUES ('{source}', '{text}')",
                              user="shipper")

    def anchor(self, note):
        done = self.postgres.psql(
            "-v", f"note={note}", user="shipper", input="SELECT shimgate.anchor(:'note');")
        return done.stdout.strip() or done.stderr

    def ask(self, text):
        return self.postgres.sql(text)

    def breaks(self):
        return self.ask("SELECT seq, kind FROM shimgate.break ORDER BY seq, kind")


class Database(SchemaTest):
    """The schema alone, filled by hand."""

    def test_a_whole_chain_is_clean_and_sending_it_twice_changes_nothing(self):
        for _ in range(2):
            self.send(self.good)
            self.assertEqual(self.breaks(), [])
            count, last = perl([VECTORS / "good.jsonl"])
            self.assertEqual(self.ask("SELECT records, last_hash FROM shimgate.chain"),
                             [[count, last]])
        self.assertEqual(self.ask("SELECT line FROM shimgate.record ORDER BY seq"),
                         [line.split("|") for line in self.good])

    def test_a_gap_is_named_and_closes(self):
        self.send(self.good[:1] + self.good[3:], source="build-1 /log")
        self.assertEqual(self.ask("SELECT first, last FROM shimgate.gap"), [["2", "3"]])
        self.assertEqual(self.breaks(), [["4", "GAP"]])
        self.send(self.good[1:3])
        self.assertEqual(self.breaks(), [])
        self.assertEqual(self.ask("SELECT * FROM shimgate.gap"), [])

    def test_a_beginning_that_is_missing_waits_for_it(self):
        self.send(self.good[2:])
        self.assertEqual(self.ask("SELECT count(*) FROM shimgate.record"), [["0"]])
        self.send(self.good[:2])
        self.assertEqual(self.ask("SELECT shimgate.place_again()"), [["3"]])
        self.assertEqual(self.breaks(), [])
        self.assertEqual(self.ask("SELECT count(*) FROM shimgate.unplaced"), [["0"]])

    def test_a_conflicting_record_is_kept_as_the_proof_of_a_fork(self):
        self.send(self.good)
        fork = (VECTORS / "fork_at_5.jsonl").read_text().splitlines()
        follower = rehashed(re.sub('"prev":"[0-9a-f]*"', f'"prev":"{fork[4][-66:-2]}"',
                                   self.good[3].replace('"seq":4', '"seq":6')))
        self.send(fork[4:] + [follower])
        self.assertEqual(self.breaks(), [["5", "FORK"], ["6", "FORK"]])
        self.assertEqual(self.ask("SELECT line FROM shimgate.fork ORDER BY seq LIMIT 1"),
                         [fork[4].split("|")])
        self.assertEqual(self.ask("SELECT last_hash FROM shimgate.chain"), [[self.good[4][-66:-2]]])

    def test_what_is_no_record_stops_nothing(self):
        edited = self.good[1].replace("left-pad", "right-pd")
        odd = self.good[1].replace("2026-11-21T08:00:01.000000Z", "2026-99-99T08:00:01.000000Z")
        self.send(["", "'); DROP SCHEMA shimgate; --", edited, rehashed(odd), *self.good])
        self.assertEqual(self.breaks(), [])
        reasons = [row[0] for row in self.ask("SELECT reason FROM shimgate.unplaced ORDER BY id")]
        self.assertEqual(reasons[:3], ["no record", "no record", "wrong hash"])
        self.assertIn("not understood", reasons[3])

    def test_what_is_stored_stays(self):
        self.send(self.good)
        for text in ("UPDATE shimgate.record SET line = ''", "DELETE FROM shimgate.record",
                     "TRUNCATE shimgate.record", "DELETE FROM shimgate.checkpoint"):
            self.assertIn("is append-only", self.postgres.psql("-c", text).stderr)
            denied = self.postgres.psql("-c", text, user="shipper").stderr
            self.assertIn("permission denied", denied)
        self.assertIn("permission denied", self.postgres.psql(
            "-c", "SELECT line FROM shimgate.record", user="shipper").stderr)

    def test_a_checkpoint_cannot_go_back(self):
        three, five = ((VECTORS / f"checkpoint.{size}.note").read_text() for size in (3, 5))
        origin, _, root, rest = five.split("\n", 3)
        other = "A" + root[1:] if root[0] != "A" else "B" + root[1:]
        for note, answer in (
                (three, "stored"), (three, "same"), (five, "stored"), (five, "same"),
                (three, "same"), (f"{origin}\n4\n{root}\n{rest}", "ROLLBACK"),
                (f"{origin}\n5\n{other}\n{rest}", "FORK"),
                (f"{origin}\n9\n{root}\n{rest}", "stored"),
                (f"other\n1\n{root}\n{rest}", "stored")):
            self.assertEqual(self.anchor(note), answer)
        self.assertEqual(self.ask("SELECT answer FROM shimgate.refused_checkpoint ORDER BY 1"),
                         [["FORK"], ["ROLLBACK"]])
        broken = self.postgres.psql("-c", "SELECT shimgate.anchor('a log\n07\nx')")
        self.assertIn("this is no checkpoint", broken.stderr)

    def test_the_one_liner_of_the_docs_agrees_with_perl(self):
        block = re.search(r"^```sql\n(CREATE TEMP TABLE.*?)^```$",
                          (ROOT / "docs/audit.md").read_text(), re.MULTILINE | re.DOTALL)[1]
        for name, bad in (("good", "0"), ("edit_mid", "1"), ("delete_mid", "2")):
            path = VECTORS / f"{name}.jsonl"
            done = self.postgres.psql(input=block.replace("'audit.jsonl'", f"'{path}'"))
            count, last, found = done.stdout.strip().split("|")
            self.assertEqual(found, bad, f"{name}: {done.stderr}")
            self.assertEqual(perl([path]), [count, last] if bad == "0" else "broken")


class Shipping(SchemaTest):
    """The whole way, with real servers."""

    def setUp(self):
        super().setUp()
        if not (BUILT / "shimgate").exists():
            self.fail("no release build: swift build -c release --static-swift-stdlib")
        self.field = Field(stand_ins=["npm"])
        self.addCleanup(self.field.remove)
        port = f'port="{free_port()}"'
        folder = self.field.scratch
        seen = folder / "seen"
        self.receiver = Rsyslog(
            folder, "receiver",
            [('port="2514"', f'address="127.0.0.1" {port}'),
             ("shipper@/shimgate", f"shipper@/shimgate?host={self.postgres.folder}"),
             ('action(type="mmutf8fix")',
              f'action(type="mmutf8fix")\n action(type="omfile" file="{seen}")')])
        self.sender = Rsyslog(
            folder, "sender",
            [("/var/lib/shimgate/*/audit.jsonl", str(self.field.audit)), ('port="2514"', port),
             ("logs.example.net", "127.0.0.1")])
        self.seen = seen
        for server in (self.receiver, self.sender):
            server.start()
            self.addCleanup(server.kill)

    def run_lines(self, count):
        for number in range(count):
            self.field.run("npm", "view", f"left-pad@{number}")

    def files(self):
        return [*sorted(self.field.state.glob("audit.0*.jsonl")), self.field.audit]

    def settle(self):
        """Waits until the database has the log's last record."""
        hash = self.field.audit.read_bytes().splitlines()[-1][-66:-2].decode()
        wait_for("the last record in PostgreSQL", lambda: self.ask(
            f"SELECT 1 FROM shimgate.record WHERE hash = '{hash}'"))

    def assert_clean(self):
        self.assertEqual(self.breaks(), [])
        self.assertEqual(self.ask("SELECT reason, line FROM shimgate.unplaced"), [])
        count, last = perl(self.files())
        self.assertEqual(self.ask("SELECT records, last_hash FROM shimgate.chain"), [[count, last]])

    def copy_of_the_database(self):
        copy = self.field.scratch / "copy.jsonl"
        copy.write_text(self.postgres.psql(
            "-c", "SELECT line FROM shimgate.record ORDER BY seq").stdout)
        return copy

    def test_a_killed_receiver_leaves_a_gap_that_an_export_closes(self):
        self.run_lines(10)
        # The longest line that there is passes whole.
        self.field.run("npm", "view", *(f"{number}-{'x' * 500}" for number in range(40)))
        self.settle()
        self.assert_clean()
        longest = self.ask("SELECT max(length(line)) FROM shimgate.record")
        self.assertGreater(int(longest[0][0]), 7_500)
        # A rotation on the way loses nothing.
        self.assertEqual(self.field.shimgate("audit", "rotate").code, 0)
        self.run_lines(5)
        self.settle()
        self.assert_clean()
        # The database hangs, so the receiver holds acknowledged lines in memory; then it dies.
        hanging = subprocess.Popen(
            ["psql", "-h", self.postgres.folder, "-U", "owner", "-d", "shimgate", "-X", "-q"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        hanging.stdin.write("BEGIN; LOCK TABLE shimgate.inbox; SELECT 'locked';\n")
        wait_for("the lock", lambda: "locked" in hanging.stdout.readline())
        before = len(self.seen.read_text().splitlines())
        self.run_lines(20)
        wait_for("the receiver to have 20 lines",
                 lambda: len(self.seen.read_text().splitlines()) >= before + 20)
        self.receiver.kill()
        hanging.communicate("ROLLBACK;\n")
        # Its queue file would be read again; a machine that is gone has none.
        self.receiver.start()
        self.run_lines(5)
        self.settle()
        gaps = self.ask("SELECT first, last FROM shimgate.gap")
        self.assertEqual(len(gaps), 1, self.breaks())
        first, last = gaps[0]
        self.assertGreater(int(last) - int(first), 10)
        export = self.field.shimgate("audit", "export", "--from", first, "--to", last)
        self.assertEqual(export.code, 0, str(export))
        self.assertEqual(len(export.out.splitlines()), int(last) - int(first) + 1)
        self.send(export.out.decode().splitlines())
        self.assert_clean()
        # The database's own copy is a log: our verify takes it as well.
        copy = self.copy_of_the_database()
        verified = self.field.shimgate("audit", "verify", "--json", "--file", copy)
        self.assertEqual(json.loads(verified.out)["verdict"], "intact, unanchored")
        self.hold_against_a_checkpoint()

    def hold_against_a_checkpoint(self):
        """Signed on the machine, anchored in the database, which alone is then held against it."""
        signed = self.field.shimgate("audit", "checkpoint")
        self.assertEqual(signed.code, 0, str(signed))
        self.settle()
        answers = [self.anchor(signed.out.decode()) for _ in range(2)]
        self.assertEqual(answers, ["stored", "same"])
        note, key = self.field.scratch / "kept.note", self.field.state / "audit.vkey"
        note.write_text(self.postgres.psql("-c", "SELECT note FROM shimgate.checkpoint").stdout)
        copy = self.copy_of_the_database()
        proven = self.field.shimgate("audit", "verify", "--file", copy, "--checkpoint", note,
                                     "--vkey", key, "--accept", "unanchored")
        self.assertEqual(proven.code, 0, str(proven))
        copy.write_text(copy.read_text().replace("left-pad@3", "left-pad@9"))
        changed = self.field.shimgate("audit", "verify", "--file", copy, "--checkpoint", note,
                                      "--vkey", key, "--accept", "unanchored")
        self.assertEqual(changed.code, 1, str(changed))

    def test_a_torn_line_and_a_stranger_s_bytes_pass_through(self):
        self.run_lines(2)
        with open(self.field.audit, "ab") as log:
            log.write(b'{"v":1,"seq":99,\xff\xfe\x00\x01 torn')
        self.run_lines(2)
        self.settle()
        self.assertEqual(self.breaks(), [])
        self.assertEqual(len(self.ask("SELECT reason FROM shimgate.unplaced")), 1)
        self.assertEqual(self.ask("SELECT type FROM shimgate.record WHERE type = 'chain.gap'"),
                         [["chain.gap"]])
