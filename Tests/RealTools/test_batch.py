"""`classify --batch`: every line answered, in order, by one process or by many."""
import json
import os
import pathlib
import select
import subprocess
import unittest

from field import FieldTest

VECTORS = pathlib.Path(__file__).resolve().parents[1] / "ToolsTests/Vectors/argv"


def lines_of_vectors(has_version):
    """The lines of every known answer of a real parser, as `classify --batch` takes them."""
    lines = []
    for file in sorted(VECTORS.glob("*.jsonl")):
        for text in file.read_text().splitlines():
            row = json.loads(text)
            line = {"tool": row["tool"], "argv": row["argv"], "env": row.get("env", {})}
            if has_version:
                line["version"] = row["version"]
            lines.append(json.dumps(line))
    return lines


class Batch(FieldTest):
    def classify(self, lines, *arguments):
        return subprocess.run(
            [str(self.field.program), "classify", "--batch", *arguments],
            input="\n".join(lines).encode() + b"\n", capture_output=True, timeout=120,
            env=self.field.environment())

    def test_many_processes_answer_as_one_does(self):
        lines = lines_of_vectors(has_version=False)
        lines[5000] = "no JSON"
        alone = self.classify(lines, "--jobs", "1")
        shared = self.classify(lines, "--jobs", "4")
        self.assertEqual(alone.returncode, 64, alone.stderr)
        self.assertEqual(shared.returncode, 64, shared.stderr)
        answers = alone.stdout.splitlines()
        self.assertEqual(len(answers), len(lines))
        self.assertIn("error", json.loads(answers[5000]))
        self.assertEqual(alone.stdout, shared.stdout)

    def test_a_line_alone_is_answered_while_the_input_stays_open(self):
        batch = subprocess.Popen(
            [str(self.field.program), "classify", "--batch"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=self.field.environment())
        self.addCleanup(batch.wait)
        self.addCleanup(batch.stdout.close)
        self.addCleanup(batch.stdin.close)
        question = b'{"tool":"npm","argv":["pub"]}\n'
        # One line, then so many at once that they are shared, then one line again.
        for count in (1, 20_000, 1):
            left = memoryview(question * count)
            answer = b""
            while answer.count(b"\n") < count:
                ready, writable, _ = select.select(
                    [batch.stdout], [batch.stdin] if left else [], [], 60)
                self.assertTrue(ready or writable, f"no answer to {count} lines")
                if writable:
                    left = left[os.write(batch.stdin.fileno(), left[:4096]):]
                if ready:
                    answer += os.read(batch.stdout.fileno(), 1 << 16)
            self.assertEqual(answer.count(b'"operation":"publish"'), count)

    def test_a_plan_shows_the_words_that_would_run(self):
        questions = [
            {"tool": "npm", "version": "10.8.2", "argv": ["i", "x", "--no-ignore-scripts"]},
            {"tool": "npm", "version": "10.8.2", "argv": ["--version"]},
        ]
        done = self.classify(map(json.dumps, questions), "--plan")
        install, version = map(json.loads, done.stdout.splitlines())
        self.assertEqual(install["forward"], ["install", "--ignore-scripts=true", "x"])
        self.assertNotIn("inert", install)
        self.assertTrue(version["inert"])


if __name__ == "__main__":
    unittest.main()
