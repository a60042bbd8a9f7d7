"""The manual page names every verb and option that the program has, and no other; completions name
the verbs."""
import subprocess
import sys

from field import BUILT, ROOT, FieldTest


class Manual(FieldTest):
    stand_ins = ("npm",)

    def test_the_page_says_what_the_program_does(self):
        result = subprocess.run(
            [sys.executable, ROOT / "scripts/write-manual", "--check", BUILT / "shimgate-cli"],
            capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        page = (ROOT / "docs/man/shimgate.1").read_text(encoding="utf-8")
        for verb in ("policy test", "policy import", "audit verify", "simulate"):
            self.assertIn(f"\\fB{verb}\\fR", page)
        self.assertIn("\\fB\\-\\-partial\\fR", page)

    def test_completions_name_every_verb(self):
        for shell in ("bash", "zsh", "fish"):
            result = self.field.shimgate("completions", shell)
            self.assert_code(0, result)
            for verb in (b"simulate", b"policy", b"import", b"audit", b"verify", b"--quiet"):
                self.assertIn(verb.lstrip(b"-") if shell == "fish" else verb, result.out, shell)
