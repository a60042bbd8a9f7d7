"""What leaves the log can be checked where it goes: the published OCSF schema takes every record, the
one-liners of the docs agree with `verify`, and the report is inert in a real browser. The log is the one of Tests/Readers/sample_log.py,
which holds a record of every type and hostile words.
"""
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from field import BUILT, ROOT, TOOLS, FieldTest

sys.path.insert(0, str(ROOT / "Tests/Readers"))

import sample_log  # noqa: E402  (the path above has to be there first)

READERS = TOOLS / "readers/bin/python"
CLI = BUILT / "shimgate-cli"
VECTORS = ROOT / "Tests/AuditTests/Vectors/chain"


def sql_of_docs(marker):
    """The block of docs/audit.md that holds a word."""
    blocks = re.findall(r"^```sql\n(.*?)^```$", (ROOT / "docs/audit.md").read_text(),
                        re.MULTILINE | re.DOTALL)
    return next(block for block in blocks if marker in block)


def perl_of_docs():
    text = (ROOT / "docs/audit.md").read_text()
    return re.search(r"^    (perl -MDigest::SHA=.*) audit\.jsonl$", text, re.MULTILINE)[1]


class LogTest(unittest.TestCase):
    """A test that has a log of its own."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="shimgate-reading.")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.log = self.folder / "audit.jsonl"
        sample_log.write(self.log, days=3)

    def run_cli(self, *words, log=None):
        done = subprocess.run([CLI, "audit", *words, "--file", log or self.log],
                              capture_output=True, timeout=60)
        self.assertEqual(done.stderr, b"")
        return done.stdout


class Reading(LogTest):
    def need_readers(self):
        if not READERS.exists():
            self.skipTest("the Python packages of scripts/prepare-tools are not here")

    def test_the_published_ocsf_schema_takes_every_record(self):
        self.need_readers()
        events = self.run_cli("export", "--format", "ocsf")
        for vector in sorted(VECTORS.glob("*.jsonl")):
            events += self.run_cli("export", "--format", "ocsf", log=vector)
        self.assertGreater(events.count(b"\n"), 250)
        self.validate(events, 0)

    def test_the_published_ocsf_schema_refuses_an_unknown_member(self):
        self.need_readers()
        event = json.loads(self.run_cli("export", "--format", "ocsf").splitlines()[1])
        event["process"]["colour"] = "red"
        self.validate(json.dumps(event).encode(), 1)

    def validate(self, events, code):
        done = subprocess.run([READERS, ROOT / "Tests/Readers/ocsf.py"], input=events,
                              capture_output=True, timeout=120)
        self.assertEqual(done.returncode, code, (done.stdout + done.stderr).decode())

    def test_perl_and_duckdb_agree_with_verify(self):
        self.need_readers()
        self.assertEqual(self.perl(self.log), self.duckdb(self.log))
        self.assertEqual(self.perl(self.log)[0], 198)
        for name, bad in (("good", 0), ("edit_mid", 1), ("edit_last", 1), ("fork_at_5", 0)):
            path = VECTORS / f"{name}.jsonl"
            lines, last, found = self.duckdb(path)
            self.assertEqual(found, bad, name)
            if bad == 0:
                self.assertEqual(self.perl(path), (lines, last, 0), name)
            else:
                self.assertIsNone(self.perl(path), name)

    def perl(self, path):
        done = subprocess.run(["sh", "-c", f"{perl_of_docs()} \"$0\"", path], capture_output=True)
        if done.returncode:
            return None
        lines, last = done.stdout.decode().split()
        verified = json.loads(self.run_verify(path))
        self.assertEqual((verified["records"], verified["lastHash"]), (int(lines), last))
        return int(lines), last, 0

    def run_verify(self, path):
        done = subprocess.run([CLI, "audit", "verify", "--json", "--file", path],
                              capture_output=True, timeout=60)
        return done.stdout

    def duckdb(self, path):
        query = sql_of_docs("read_csv").replace("'audit.jsonl'", f"'{path}'")
        done = subprocess.run(
            [READERS, "-c", "import duckdb, sys; print(*duckdb.sql(sys.argv[1]).fetchall()[0])", query],
            capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        lines, last, bad = done.stdout.decode().split()
        return int(lines), last, int(bad)


class Installed(FieldTest):
    """The verbs on an installed log."""

    stand_ins = ["npm"]

    def test_list_show_and_export_read_the_installed_log(self):
        for line in ("npm view x", "npm publish", "npm ls", "npm login"):
            self.field.run(*line.split())
        denied = self.field.shimgate("audit", "list", "--effect", "deny", "--json")
        records = [json.loads(line) for line in denied.out.splitlines()]
        self.assertEqual([record["command"] for record in records][-2:],
                         ["npm publish", "npm login"])
        self.assertEqual(denied.out, self.field.shimgate(
            "audit", "query", "--effect", "de*", "--since", "1h", "--json").out)
        shown = self.field.shimgate("audit", "show", records[-1]["id"])
        self.assertIn(b"npm login", shown.out)
        whole = self.field.shimgate("audit", "export")
        self.assertEqual(whole.out, self.field.audit.read_bytes())
        self.assert_chain_intact()

    def test_the_index_gives_what_the_log_gives(self):
        if not (BUILT / "shimgate-index").exists():
            self.skipTest("shimgate-index is not built")
        self.field.run("npm", "view", "x")
        for question in ([], ["--effect", "deny"], ["--tool", "n*", "-n", "1"], ["--json"]):
            indexed = self.field.shimgate("audit", "list", "--indexed", *question)
            if b"libsqlite3" in indexed.err:
                self.skipTest("libsqlite3 is not here")
            self.assert_code(0, indexed)
            self.assertEqual(indexed.out, self.field.shimgate("audit", "list", *question).out)
        self.assertTrue((self.field.state / "audit.index.sqlite").exists())
        self.assert_code(0, self.field.shimgate("audit", "index", "--rebuild"))
        self.assert_chain_intact()


class Elements(html.parser.HTMLParser):
    """The names of a page's elements and attributes."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.attributes, self.texts = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, data):
        self.texts.append(data)


class Report(LogTest):
    """The page as Chromium sees it."""

    def setUp(self):
        super().setUp()
        self.page = self.folder / "report.html"
        self.run_cli("report", "--html", self.page)

    def browse(self, page, *options):
        if shutil.which("chromium") is None:
            self.skipTest("chromium is not here")
        done = subprocess.run(
            ["chromium", "--headless", "--disable-gpu", "--hide-scrollbars",
             *(["--no-sandbox"] if os.getuid() == 0 else []), "--enable-logging=stderr",
             f"--user-data-dir={self.folder / 'browser'}", *options, page.as_uri()],
            capture_output=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace")[-2000:])
        said = [line for line in done.stderr.decode(errors="replace").splitlines()
                if "CONSOLE" in line]
        return done.stdout.decode(), said

    def test_the_report_is_inert_in_chromium(self):
        text, said = self.browse(self.page, "--dump-dom")
        self.assertEqual(said, [])
        seen = Elements(text)
        self.assertEqual(seen.elements & {"script", "img", "link", "iframe", "a", "object"}, set())
        self.assertEqual({name for name in seen.attributes if name.startswith("on")}, set())
        self.assertEqual(seen.attributes & {"style", "href", "src"}, set())
        self.assertIn("rect", seen.elements)
        shown = "".join(seen.texts)
        self.assertIn("<script>alert(1)</script><img src=x onerror=alert(2)>", shown)
        self.assertIn("\\u{202E}gnp.exe\\u{1B}[2J\\u{A}", shown)

    def test_chromium_says_where_a_page_breaks_its_policy(self):
        # The control of the test above: what it looks for would be there.
        self.page.write_text(self.page.read_text().replace("<h1>", "<script>0</script><h1>", 1))
        self.assertIn("Content Security Policy", "".join(self.browse(self.page, "--dump-dom")[1]))

    def test_the_style_sheet_is_in_force(self):
        picture = self.folder / "picture.png"
        for width, name in ((1200, "broad"), (400, "narrow")):
            self.browse(self.page, f"--window-size={width},900", f"--screenshot={picture}")
            styled = picture.read_bytes()
            bare = self.folder / "bare.html"
            bare.write_text(re.sub("<style>.*?</style>", "", self.page.read_text(), flags=re.DOTALL))
            self.browse(bare, f"--window-size={width},900", f"--screenshot={picture}")
            self.assertNotEqual(styled, picture.read_bytes(), name)
            self.assertGreater(len(styled), 20_000, name)
