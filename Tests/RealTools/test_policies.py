"""Policies as a person meets them: what `policy check` prints of broken and doubtful files, who may
write them, what `policy show` says is in force, and that the schema agrees with the loader."""
import json
import os
import pathlib
import random
import re
import subprocess
import unittest

from field import POLICY_UNUSABLE, ROOT, TOOLS, FieldTest

FIXTURES = ROOT / "Tests/PolicyFileTests/Fixtures"
VALIDATOR = TOOLS / "venv/bin/python"

# What only the loader can know, because it is no question of form.
BEYOND_THE_SCHEMA = {
    "pattern-with-a-space-at-its-end", "regular-expression", "same-id-twice", "unknown-role",
    "until-on-no-day", "version-with-fraction",
}
VALIDATE = """
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    print(json.dumps([path, [error.message for error in validator.iter_errors(json.load(open(path)))]]))
"""


def fixtures(folder):
    return sorted((FIXTURES / folder).glob("*.json"))


def policy(rules=(), **members):
    return json.dumps({"version": 1, "rules": list(rules), **members})


def rule(name, effect="deny", **match):
    return {"id": name, "action": "shell.exec", "match": match, "effect": effect}


class PolicyCheckTests(FieldTest):
    stand_ins = ("npm",)

    def check(self, *files, **options):
        return self.field.shimgate("policy", "check", *files, **options)

    def test_each_broken_file_gets_its_diagnostic(self):
        self.assertGreaterEqual(len(fixtures("broken")), 60)
        for file in fixtures("broken"):
            with self.subTest(file.stem):
                (self.field.project / "policy.json").write_bytes(file.read_bytes())
                result = self.check("policy.json")
                self.assertEqual(result.err.decode(), file.with_suffix(".txt").read_text())
                self.assertEqual(result.out, b"")
                self.assert_code(POLICY_UNUSABLE, result)

    def test_each_doubtful_file_gets_its_warnings(self):
        for file in fixtures("doubtful"):
            with self.subTest(file.stem):
                (self.field.project / "policy.json").write_bytes(file.read_bytes())
                result = self.check("policy.json")
                golden = file.with_suffix(".txt").read_text()
                self.assertEqual(result.err.decode(), golden)
                self.assertIn(b"policy.json: usable", result.out)
                self.assert_code(1 if golden else 0, result)

    def test_several_files_end_with_the_worst(self):
        sound = self.field.write("sound.json", policy())
        doubtful = self.field.write("doubtful.json", policy([rule("a", tool="nmp")]))
        broken = self.field.write("broken.json", "{")
        self.assert_code(0, self.check(sound, sound))
        self.assert_code(1, self.check(sound, doubtful, sound))
        self.assert_code(POLICY_UNUSABLE, self.check(doubtful, broken, sound))
        self.assert_code(POLICY_UNUSABLE, self.check(sound, "missing.json"))

    def test_who_may_write_is_an_error_in_force_and_a_warning_elsewhere(self):
        other = self.field.write("other.json", policy())
        os.chmod(other, 0o666)
        result = self.check(other)
        self.assertIn(b"warning: writable by everybody\n  help: chmod o-w ", result.err)
        self.assert_code(1, result)
        self.assert_code(0, self.check())
        os.chmod(self.field.policy, 0o666)
        for files in ((), (self.field.policy,)):
            result = self.check(*files)
            self.assertIn(b"error: writable by everybody\n  help: chmod o-w ", result.err)
            self.assert_code(POLICY_UNUSABLE, result)
        relative = self.check("policy.json", cwd=self.field.policy.parent)
        self.assert_code(POLICY_UNUSABLE, relative)

    def test_warnings_do_not_stop_an_installation(self):
        self.field.policy.write_text(policy([rule("a", tool="nmp")]))
        result = self.field.install()
        self.assertIn(b'warning: no tool is called "nmp"', result.err)
        self.assert_code(0, result)
        self.field.policy.write_text("{")
        self.assertNotEqual(self.field.install().code, 0)

    def test_without_a_file_everything_in_force_is_checked(self):
        self.field.write(".shimgate/policy.json", "{ \"rules\": 7 }")
        result = self.check()
        self.assertIn(b".shimgate/policy.json:1:12: error: ", result.err)
        self.assert_code(POLICY_UNUSABLE, result)
        (self.field.project / ".shimgate/policy.json").unlink()
        self.field.policy.write_text(policy(bind={"profiles": ["nosuch"]}))
        result = self.check()
        self.assertIn(b"no policy has a profile named nosuch", result.err)
        self.assert_code(POLICY_UNUSABLE, result)


class PolicyInForceTests(FieldTest):
    stand_ins = ("npm", "pnpm", "yarn", "cargo", "uv")

    def show(self, *options, **more):
        result = self.field.shimgate("policy", "show", "--json", *options, **more)
        self.assert_code(0, result)
        return json.loads(result.out)

    def test_every_value_has_the_file_and_line_it_comes_from(self):
        self.field.write(".shimgate/policy.json", policy([rule("no-git", source="git")]))
        shown = self.show("--effective")
        texts = {}
        for file in shown["files"]:
            texts[file["path"]] = pathlib.Path(file["path"]).read_text().splitlines()
        seen = 0
        for layer in shown["layers"]:
            for entry in layer["rules"]:
                for value in entry["values"]:
                    path, line = value["origin"].rsplit(":", 1)
                    text = json.dumps(value["value"]) if not isinstance(value["value"], list) \
                        else json.dumps(value["value"][0])
                    self.assertIn(text, texts[path][int(line) - 1])
                    seen += 1
        self.assertGreater(seen, 60)
        for entry in shown["defaults"]:
            path, line = entry["origin"].rsplit(":", 1)
            self.assertIn(f'"{entry["subject"]}": "{entry["effect"]}"', texts[path][int(line) - 1])
        self.assertEqual([layer["kind"] for layer in shown["layers"]], ["install", "workspace"])
        text = self.field.shimgate("policy", "show", "--effective").out.decode()
        self.assertIn(".shimgate/policy.json:1", text)
        self.assertIn("deny-npm-publish", text)

    def test_the_digest_shown_is_the_one_that_decisions_record(self):
        self.field.run("npm", "view", "x")
        self.assertEqual(self.field.records()[-1]["policy"]["sha256"], self.show()["digest"])
        self.field.write(".shimgate/policy.json", policy())
        digest = self.show()["digest"]
        self.field.run("npm", "view", "x")
        self.assertEqual(self.field.records()[-1]["policy"]["sha256"], digest)

    def test_a_package_of_a_monorepo_is_guarded_from_everywhere(self):
        deny = policy([rule("frozen-package", operation=["install", "run", "query"])])
        self.field.write("packages/a/.shimgate/policy.json", deny)
        self.field.write("packages/a/package.json", "{}")
        self.field.write("packages/a/Cargo.toml", "[package]\nname = \"a\"\nversion = \"0.1.0\"\n")
        self.field.write("package.json", "{}")
        self.field.make("elsewhere")
        lines = (
            ("npm", "--prefix", "packages/a", "install", "x"),
            ("npm", "install", "--prefix=packages/a", "x"),
            ("pnpm", "-C", "packages/a", "install"),
            ("pnpm", "--dir", "packages/b/../a", "install"),
            ("yarn", "--cwd", "packages/a", "install"),
            ("cargo", "build", "--manifest-path", "packages/a/Cargo.toml"),
            ("uv", "--directory", "packages/a", "sync"),
            ("uv", "sync", "--project", "packages/a"),
        )
        for line in lines:
            with self.subTest(" ".join(line)):
                self.assert_denied(self.field.run(*line), "frozen-package")
        inside = self.field.run("npm", "install", "x", cwd=self.field.project / "packages/a")
        self.assert_denied(inside, "frozen-package")
        far = self.field.run(
            "npm", "--prefix", str(self.field.project / "packages/a"), "install", "x",
            cwd=self.field.scratch / "elsewhere")
        self.assert_denied(far, "frozen-package")
        for line in (("npm", "install", "x"), ("pnpm", "list"), ("yarn", "install")):
            self.assert_code(0, self.field.run(*line))

    def test_a_bound_label_counts_fully_and_an_asserted_one_does_not(self):
        rules = [rule("ci-publishes", "allow", command="npm publish*", agent="ci")]
        text = {"defaults": {"query": "allow"}}
        self.field.policy.write_text(policy(rules, **text))
        self.assert_denied(self.field.run("npm", "publish", SHIMGATE_AGENT="ci"))
        self.field.policy.write_text(policy(rules, bind={"labels": {"agent": "ci"}}, **text))
        self.assert_code(0, self.field.run("npm", "publish", SHIMGATE_AGENT="someone"))
        agent = self.field.records()[-1]["agent"]
        self.assertEqual((agent["name"], agent["src"]), ("ci", "install"))

    def test_a_profile_tightens_wherever_it_comes_from(self):
        profiles = self.field.policy.parent / "profiles"
        profiles.mkdir(exist_ok=True)
        (profiles / "quiet.json").write_text(policy([rule("quiet", operation="install")]))
        self.assert_code(0, self.field.run("npm", "install", "x"))
        quiet = self.field.run("npm", "install", "x", SHIMGATE_PROFILE="quiet")
        self.assert_denied(quiet, "quiet")
        self.assertEqual(self.field.records()[-1]["policy"]["profile"], "quiet")
        self.assert_code(POLICY_UNUSABLE, self.field.run("npm", "i", SHIMGATE_PROFILE="quiet,x"))
        shipped = json.loads(self.field.policy.read_text())
        shipped["bind"] = {"profiles": ["quiet"]}
        self.field.policy.write_text(json.dumps(shipped))
        self.assert_denied(self.field.run("npm", "install", "x"), "quiet")
        self.assertEqual([file["path"] for file in self.show()["files"]][-1],
                         str(profiles / "quiet.json"))


class StrictReadingTests(FieldTest):
    """Random documents, read by ours and by Python's parser held to RFC 8259."""

    seeds = (
        b'{"a":[1,-2.5e3,"\\ud83d\\ude39\xc3\xa9",true,null,{"b":"c\\n"}],"d":{}}',
        b'[0,-0,1e5,1E-2,0.1,[[]],{"x":{"x":1}},"\\u00e9\\/\\b"]',
        b'"\xf0\x9f\x98\x80\\"\\\\"', b" [ ] ", b"-12.0e+1", b'{"k":"\\u0000","l":"\x7f"}',
    )
    letters = list(b'{}[]:,"\\0123456789eE+-. utfnabcD8\t/') + [
        0x80, 0xC0, 0xC3, 0xE2, 0xED, 0xA0, 0xF4, 0x90, 0xFF, 0xEF, 0xBB, 0xBF, 0, 1, 0x1F, 0x7F]

    def test_documents_are_well_formed_for_both_or_for_none(self):
        source = random.Random(11)
        documents = [self.mutated(source) for _ in range(4000)]
        documents = [document for document in documents if document.strip()]
        done = subprocess.run(
            [self.field.program, "classify", "--batch"], input=b"\n".join(documents) + b"\n",
            capture_output=True, env=self.field.environment(), cwd=self.field.project)
        answers = done.stdout.splitlines()
        self.assertEqual(len(answers), len(documents))
        read = 0
        for document, answer in zip(documents, answers):
            # Only what is no JSON is told with the byte that does not fit.
            is_read = not re.search(r" at byte \d+$", json.loads(answer).get("error", ""))
            self.assertEqual(is_read, self.is_strict(document), document)
            read += is_read
        self.assertTrue(500 < read < 3500, read)

    def mutated(self, source):
        document = bytearray(source.choice(self.seeds))
        for _ in range(source.randint(0, 3)):
            place = source.randrange(len(document) + 1)
            kind = source.randint(0, 3)
            if kind == 0:
                document.insert(place, source.choice(self.letters))
            elif kind == 1:
                del document[place:place + 1]
            elif kind == 2:
                document[place:place + 1] = bytes([source.choice(self.letters)])
            else:
                document[place:place] = document[source.randrange(len(document) + 1):][:9]
        return bytes(document)

    @staticmethod
    def is_strict(document):
        def refuse(word):
            raise ValueError(word)
        try:
            value = json.loads(
                document.decode(), object_pairs_hook=SchemaTests.once, parse_constant=refuse)
            json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair
            return True
        except ValueError:
            return False


class SchemaTests(FieldTest):
    def validate(self, paths, *options):
        """The errors of each file by its path, under the schema that these options print."""
        printed = self.field.shimgate("policy", "schema", *options).out.decode()
        schema = self.field.write("schema.json", printed)
        done = subprocess.run(
            [VALIDATOR, "-c", VALIDATE, schema, *paths], capture_output=True, text=True)
        if "No module named 'jsonschema'" in done.stderr:
            self.skipTest("jsonschema is not here")
        self.assertEqual(done.returncode, 0, done.stderr)
        return dict(map(json.loads, done.stdout.splitlines()))

    def setUp(self):
        if not VALIDATOR.exists():
            self.skipTest("jsonschema is not here")
        super().setUp()

    def test_the_schema_takes_every_policy_that_loads(self):
        paths = [ROOT / "policy.json", *fixtures("seeds"), *fixtures("doubtful")]
        for file in sorted((ROOT / "Examples").rglob("*.json")):
            text = json.loads(file.read_text())
            if "rules" in text:
                paths.append(file)
        for path, errors in self.validate(paths).items():
            self.assertEqual(errors, [], path)

    def test_the_schema_refuses_what_the_loader_refuses(self):
        readable = []
        for file in fixtures("broken"):
            try:
                text = json.loads(file.read_bytes().decode(), object_pairs_hook=self.once,
                                  parse_constant=float.fromhex)
                json.dumps(text, ensure_ascii=False).encode()  # half of a surrogate pair
                readable.append(file)
            except ValueError:
                continue
        self.assertGreater(len(readable), 30)
        for path, errors in self.validate(readable).items():
            is_sound = pathlib.Path(path).stem in BEYOND_THE_SCHEMA
            self.assertEqual(errors == [], is_sound, path)

    def test_the_printed_schema_is_the_documented_one(self):
        printed = self.field.shimgate("policy", "schema").out
        self.assertEqual(printed, (ROOT / "docs/policy.schema.json").read_bytes())
        printed = self.field.shimgate("policy", "schema", "--tests").out
        self.assertEqual(printed, (ROOT / "docs/policy-tests.schema.json").read_bytes())

    def test_an_installed_policy_names_its_schema(self):
        named = json.loads(self.field.policy.read_text())["$schema"]
        self.assertEqual((self.field.policy.parent / named).read_bytes(),
                         (ROOT / "docs/policy.schema.json").read_bytes())
        self.assertTrue((ROOT / named).is_file())

    def test_the_schema_of_test_files_agrees_with_policy_test(self):
        self.field.write("policy.json", policy())
        sound = {"command": "npm publish", "effect": "deny"}
        changes = [
            {}, {"rule": None}, {"rule": "a"}, {"agent": "x", "labels": "asserted"},
            {"profile": "a"}, {"profile": ["a", "b"]}, {"cwd": "/x", "home": "/y"},
            {"env": {"A": "b"}, "files": {"x": "", "/y": "z"}, "at": "2026-01-01T00:00:00Z"},
            {"path": "/x"}, {"command": None, "path": "/x"}, {"command": None}, {"effect": None},
            {"effect": "allowed"}, {"labels": "asserted"}, {"agent": "x", "labels": "mine"},
            {"cwd": "x"}, {"at": "today"}, {"env": {"A": ""}}, {"env": ["A"]}, {"files": {"x": 1}},
            {"rule": "a b"}, {"rule": 7}, {"profile": [""]}, {"nmae": "x"}, {"command": ""},
        ]
        files, is_read = [], {}
        for number, change in enumerate(changes):
            case = {**sound, **change}
            for name in ("command", "effect"):
                if case[name] is None:
                    del case[name]
            cases = {"version": 1, "policy": "policy.json", "cases": [case]}
            file = self.field.write(f"{number}.tests.json", cases)
            told = self.field.shimgate("policy", "test", file)
            is_read[str(file)] = b": error: " not in told.err
            files.append(file)
        for text in ({}, {"cases": []}, {"version": 2, "cases": [sound]}, [sound],
                     {"cases": [sound], "policies": "x"}, {"cases": [sound], "versions": {"a": 1}}):
            file = self.field.write(f"{len(files)}.tests.json", json.dumps(text))
            self.assertIn(b": error: ", self.field.shimgate("policy", "test", file).err)
            is_read[str(file)] = False
            files.append(file)
        shipped = sorted(ROOT.glob("Examples/*.tests.json"))
        self.assertGreater(len(shipped), 8)
        found = self.validate(files + shipped, "--tests")
        for path, errors in found.items():
            self.assertEqual(errors == [], is_read.get(path, True), f"{path}: {errors}")
        self.assertGreater(sum(is_read.values()), 6)
        self.assertGreater(len(is_read) - sum(is_read.values()), 15)

    @staticmethod
    def once(pairs):
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)


if __name__ == "__main__":
    unittest.main()
