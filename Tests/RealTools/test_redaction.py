"""Secrets on command lines: nothing that shimgate writes or says holds one, in any form."""
import base64
import json
import pathlib
import unittest
import urllib.parse

from field import ROOT, FieldTest

VECTORS = ROOT / "Tests/AuditTests/Vectors/redaction.json"


def forms(secret):
    """The secret plain, percent-encoded and in base64, wherever in a text it stands there."""
    raw = secret.encode()
    found = {secret, urllib.parse.quote(secret, safe=""), "".join(f"%{byte:02X}" for byte in raw)}
    for shift in range(3):
        text = base64.b64encode(b"A" * shift + raw).decode()
        inside = text[shift + 1 if shift else 0:-4]
        if len(inside) >= 6:
            found.add(inside)
    return [form.encode() for form in found]


class NoSecretIsWritten(FieldTest):
    stand_ins = ["npm", "pnpm", "yarn", "pip", "twine", "gem", "cargo", "nuget", "dotnet", "uv",
                 "poetry"]

    def test_no_secret_is_in_a_file_or_an_answer(self):
        rows = json.loads(VECTORS.read_text())
        shipped = {path: path.read_bytes() for path in self.files()}
        said, secrets = {}, set()
        for row in rows:
            tool = row["argv"][0]
            if not (self.field.shims / tool).exists():
                continue
            secrets.update(row["secrets"])
            # The tool itself is given the caller's words; what it is given is not ours to say.
            result = self.field.run(*row["argv"])
            said[row["name"]] = result.err
            for verb in ("simulate", "explain"):
                answer = self.field.shimgate(verb, "--", *row["argv"])
                said[f"{verb}: {row['name']}"] = answer.err + (
                    answer.out if verb == "simulate" else b"")
        self.assertGreater(len(secrets), 10)
        for words in (["list"], ["list", "--json"], ["tail", "-n", "500"], ["verify"],
                      *(["export", "--format", name] for name in ("csv", "cef", "ecs", "ocsf"))):
            said[" ".join(words)] = self.field.shimgate("audit", *words).out
        for path in self.files():
            # What was installed was there before anybody said a secret.
            if path.read_bytes() != shipped.get(path):
                said[str(path)] = path.read_bytes()
        for name, text in said.items():
            for secret in secrets:
                for form in forms(secret):
                    place = text.find(form)
                    around = text[max(0, place - 200):place + 60]
                    self.assertEqual(place, -1, f"{name} holds {form}: {around}")

    def files(self):
        """Everything below prefix and home."""
        for top in (self.field.prefix / "var", self.field.prefix / "etc", self.field.home):
            yield from (path for path in pathlib.Path(top).rglob("*") if path.is_file())


if __name__ == "__main__":
    unittest.main()
