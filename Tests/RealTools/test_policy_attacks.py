"""Policies under attack and under change, where a transcript cannot say it: other owners, files that
cannot be read, a policy that is swapped while it is loaded, and the promise that `simulate` answers
what a shim does."""
import hashlib
import json
import os
import random
import threading

from field import DENIED, POLICY_UNUSABLE, FieldTest

NOBODY = 65534


class PolicyAttacks(FieldTest):
    stand_ins = ("npm",)

    def test_a_policy_of_another_owner_is_refused(self):
        if os.getuid() != 0:
            self.skipTest("only root can give files away")
        os.chown(self.field.policy, NOBODY, NOBODY)
        result = self.field.run("npm", "view", "x")
        self.assert_code(POLICY_UNUSABLE, result)
        self.assertIn(b"belongs to uid 65534", result.err)
        os.chown(self.field.policy, 0, 0)
        os.chown(self.field.policy.parent, NOBODY, NOBODY)
        self.assert_code(POLICY_UNUSABLE, self.field.run("npm", "view", "x"))
        os.chown(self.field.policy.parent, 0, 0)
        self.assert_code(0, self.field.run("npm", "view", "x"))

    def test_a_policy_that_cannot_be_read_is_refused(self):
        before = None
        if os.getuid() == 0:
            # Root reads everything, so the shim is started as somebody else.
            self.field.scratch.chmod(0o755)
            os.chown(self.field.state, NOBODY, NOBODY)
            before = lambda: (os.setgroups([]), os.setgid(NOBODY), os.setuid(NOBODY))
        else:
            self.assert_code(0, self.field.run("npm", "view", "x"))
        self.field.policy.chmod(0o200)
        self.field.log.unlink(missing_ok=True)
        result = self.field.run("npm", "view", "x", before=before)
        self.assert_code(POLICY_UNUSABLE, result)
        self.assertIn(b"policy.json: cannot be read", result.err)
        self.assertEqual(self.field.started(), [])

    def test_a_policy_swapped_while_it_is_loaded_is_one_or_the_other(self):
        texts = [json.dumps({"version": 1, "rules": [
            {"id": name, "action": "shell.exec", "match": {"command": "npm publish*"},
             "effect": "deny", "message": name * size}]})
            for name, size in (("first", 10), ("second", 9000))]
        digests = {hashlib.sha256(text.encode()).hexdigest(): name
                   for text, name in zip(texts, ("first", "second"))}
        is_over, has_begun = threading.Event(), threading.Event()

        def swap():
            turn = 0
            while not is_over.is_set():
                beside = self.field.policy.with_name("policy.json.next")
                beside.write_text(texts[turn % 2])
                beside.chmod(0o644)
                os.replace(beside, self.field.policy)
                has_begun.set()
                turn += 1

        swapper = threading.Thread(target=swap)
        swapper.start()
        try:
            # Until then the shipped policy is in force.
            self.assertTrue(has_begun.wait(timeout=60))
            for _ in range(60):
                result = self.field.run("npm", "publish")
                self.assert_code(DENIED, result)
        finally:
            is_over.set()
            swapper.join()
        records = self.field.records()[-60:]
        for record in records:
            self.assertEqual(digests.get(record["policy"]["sha256"]), record["rule"], record)
        self.assertEqual({record["rule"] for record in records}, {"first", "second"})
        self.assertEqual(self.field.started(), [])


class SameAnswers(FieldTest):
    """`simulate` and the shim, on random policies and lines."""

    stand_ins = ("npm", "pnpm", "yarn")
    SEED, POLICIES, LINES = 20261121, 12, 10

    def test_simulate_equals_what_the_shim_does(self):
        source = random.Random(self.SEED)
        effects = set()
        for _ in range(self.POLICIES):
            self.field.policy.write_text(json.dumps(self.policy(source)))
            workspace = self.field.write(".shimgate/policy.json", self.policy(source))
            if source.random() < 0.5:
                workspace.unlink()
            for _ in range(self.LINES):
                words, variables = self.line(source)
                answer = self.field.shimgate("simulate", "--json", "--", *words, **variables)
                self.field.log.unlink(missing_ok=True)
                seen = len(self.field.records())
                result = self.field.run(*words, **variables)
                record = self.field.records()[seen:]
                self.assertEqual(len(record), 1, f"{words}: {result}")
                expected = json.loads(answer.out)
                for key in ("effect", "rule", "operation", "command"):
                    self.assertEqual(record[0].get(key), expected[key], f"{key}: {words}")
                is_allowed = expected["effect"] == "allow"
                # npm's installs are started in phases.
                most = 2 if record[0].get("launch") == "supervise" else 1
                self.assertIn(
                    len(self.field.started()), range(1, most + 1) if is_allowed else [0], words)
                if not is_allowed:
                    self.assertEqual(result.code, answer.code, words)
                effects.add(expected["effect"])
        self.assertEqual(effects, {"allow", "approval", "deny"})

    def policy(self, source):
        effects = ("allow", "allow", "approval", "deny")
        operations = ("publish", "install", "run", "query", "pack", "configure", "execute")
        defaults = {name: source.choice(effects) for name in operations if source.random() < 0.8}
        rules = []
        for number in range(source.randrange(5)):
            match = {}
            if source.random() < 0.5:
                match["operation"] = source.sample(operations, 2)
            if source.random() < 0.3:
                match["tool"] = source.choice(("npm", "pnpm", "*"))
            if source.random() < 0.3:
                match["agent"] = source.choice(("a", "b"))
            if source.random() < 0.3:
                match["flag"] = source.choice(("--access", "--force", "--json"))
            if source.random() < 0.3 or not match:
                match["command"] = source.choice(("npm *", "* publish*", "*install*", "*"))
            rules.append({"id": f"r{number}", "action": "shell.exec", "match": match,
                          "effect": source.choice(effects)})
        return {"version": 1, "defaults": defaults, "rules": rules}

    def line(self, source):
        words = [source.choice(self.stand_ins)]
        words += source.choice((
            ["publish"], ["install"], ["install", "left-pad"], ["run", "build"], ["test"],
            ["view", "left-pad"], ["pack"], ["config", "set", "registry", "http://localhost/"],
            ["frobnicate"], ["add", "left-pad"], ["exec", "cowsay"], ["login"]))
        for option in (["--access", "public"], ["--force"], ["--json"], ["--prefix", "sub"]):
            if source.random() < 0.2:
                words[1:1] = option
        variables = {}
        if source.random() < 0.4:
            variables["SHIMGATE_AGENT"] = source.choice(("a", "b", "c"))
        if source.random() < 0.2:
            variables["SHIMGATE_TASK"] = "t"
        return words, variables
