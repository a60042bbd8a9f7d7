"""Registries are held to policy, and a token reaches only the registry that it belongs to."""
import hashlib
import json
import os
import sys
import unittest

from field import ROOT, Field, FieldTest, Registry, TOOLS, npm_directories

sys.path.append(str(ROOT / "Tests/Registries"))
import python_index  # noqa: E402  (the path above has to be there first)

SECRET = "S3CRETVALUE"


def demand(field, rule=None, **required):
    """An install rule with these conditions, or one of another shape, before all others."""
    policy = json.loads(field.policy.read_text())
    policy["rules"].insert(0, rule or {
        "id": "sourced", "action": "shell.exec",
        "match": {"operation": ["install", "query"]}, "effect": "allow", "require": required})
    field.policy.write_text(json.dumps(policy))


class TwoRegistries(unittest.TestCase):
    """A public registry and a private one, each with what belongs to it, and an impostor."""

    def setUp(self):
        if not npm_directories():
            self.skipTest("npm is not here")

    def start(self, directories=(), rule=True):
        field = Field(directories)
        self.addCleanup(field.remove)
        self.field = field
        self.public = Registry(field, packages={"left": {"1.0.0": {}}, "@corp/x": {"9.9.9": {}}})
        self.addCleanup(self.public.stop)
        self.private = Registry(field, "npm_registry.py", packages={"@corp/x": {"1.0.0": {}}})
        self.addCleanup(self.private.stop)
        self.settings = field.home / ".npmrc"
        self.settings.write_text(
            f"registry={self.public.url}\n@corp:registry={self.private.url}\n"
            f"//{self.public.host}/:_authToken={SECRET}1\n"
            f"//{self.private.host}/:_authToken={SECRET}2\nfetch-retries=0\n")
        field.write("package.json", {"name": "sample", "version": "1.0.0"})
        if rule:
            demand(field, registries=[
                self.public.url, {"url": self.private.url, "packages": ["@corp/*"]}])
        return field

    def requests(self, registry):
        """What one of the two was asked; both write to the same log."""
        return [line for line in registry.requests() if line["host"] == registry.host]

    def tokens(self):
        """Whether tokens came to the public and the private registry."""
        return {
            # We ask how old packages are, and send no token anywhere.
            name: {line["hasAuthorization"] for line in self.requests(registry)
                   if "shimgate" not in line["agent"]}
            for name, registry in (("public", self.public), ("private", self.private))}

    def test_a_token_reaches_only_its_own_registry(self):
        for name, directories in npm_directories():
            with self.subTest(npm=name):
                field = self.start(directories)
                before = self.settings.read_bytes()
                for words in (["view", "left"], ["view", "@corp/x"], ["install", "left", "@corp/x"]):
                    result = field.run("npm", *words)
                    self.assertEqual(result.code, 0, str(result))
                self.assertEqual(self.tokens(), {"public": {False}, "private": {True}})
                manifest = field.project / "node_modules/@corp/x/package.json"
                self.assertEqual(json.loads(manifest.read_text())["version"], "1.0.0")
                self.assertEqual(self.settings.read_bytes(), before)
                stripped = [text for record in field.records() for text in record.get("stripped", [])]
                self.assertTrue(any(self.public.host in text for text in stripped), str(stripped))
                self.assertNotIn(SECRET, field.audit.read_text())

    def test_without_a_private_registry_no_token_leaves(self):
        field = self.start(npm_directories()[0][1], rule=False)
        (field.project / ".npmrc").write_text(f"//{self.public.host}/:_authToken={SECRET}3\n")
        for words in (["view", "@corp/x"], ["install", "left"]):
            self.assertEqual(field.run("npm", *words).code, 0)
        self.assertEqual(self.tokens(), {"public": {False}, "private": {False}})

    def test_a_variable_of_the_project_does_not_leave(self):
        field = self.start(npm_directories()[0][1], rule=False)
        (field.project / ".npmrc").write_text(f"registry={self.public.url}${{DATABASE}}/\n")
        field.run("npm", "view", "left", DATABASE=SECRET)
        paths = [line["path"] for line in self.requests(self.public)]
        self.assertTrue(paths)
        self.assertFalse([path for path in paths if SECRET in path])

    def test_a_private_name_comes_from_nowhere_else(self):
        field = self.start(npm_directories()[0][1])
        (field.project / ".npmrc").write_text(f"@corp:registry={self.public.url}\n")
        result = field.run("npm", "install", "@corp/x")
        self.assertEqual(result.code, 77, str(result))
        self.assertIn(f"{field.project}/.npmrc: @corp:registry names".encode(), result.err)
        (field.project / ".npmrc").unlink()
        lock = {
            "name": "sample", "version": "1.0.0", "lockfileVersion": 3, "requires": True,
            "packages": {
                "": {"name": "sample", "version": "1.0.0", "dependencies": {"@corp/x": "9.9.9"}},
                "node_modules/@corp/x": {
                    "version": "9.9.9", "resolved": f"{self.public.url}@corp/x/-/x-9.9.9.tgz",
                    "integrity": "sha512-" + "A" * 86 + "=="}}}
        field.write("package.json", {
            "name": "sample", "version": "1.0.0", "dependencies": {"@corp/x": "9.9.9"}})
        field.write("package-lock.json", lock)
        result = field.run("npm", "ci")
        self.assertEqual(result.code, 77, str(result))
        self.assertIn(b"private-name: @corp/x", result.err)
        self.assertEqual(self.requests(self.public), [])

    def test_registries_are_pinned_wherever_they_are_named(self):
        field = self.start(npm_directories()[0][1], rule=False)
        demand(field, registries=[self.public.url])
        for words, variables, settings, named in [
            (["--registry", self.private.url], {}, "", b"--registry names"),
            ([], {"npm_config_registry": self.private.url}, "", b"npm_config_registry names"),
            ([], {}, f"registry={self.private.url}\n", b"/project/.npmrc: registry names"),
            ([], {}, "", b"/home/.npmrc: @corp:registry names"),
        ]:
            with self.subTest(named):
                (field.project / ".npmrc").write_text(settings)
                result = field.run("npm", "install", "left", *words, **variables)
                self.assertEqual(result.code, 77, str(result))
                self.assertIn(named, result.err)
        self.assertEqual(self.requests(self.private), [])

    def test_a_registry_of_the_project_alone_is_told(self):
        field = self.start(npm_directories()[0][1], rule=False)
        (field.project / ".npmrc").write_text(f"@other:registry={self.private.url}x/\n")
        result = field.run("npm", "install", "left")
        self.assertEqual(result.code, 0, str(result))
        self.assertIn(b"packages come from a registry that only the project names", result.err)
        self.assertIn("registry:", str(field.records()[-1]["injected"]))

    def test_a_credential_file_of_several_names_is_told_and_refused_in_the_project(self):
        field = self.start(npm_directories()[0][1])
        os.link(self.settings, field.scratch / "second")
        result = field.run("npm", "view", "left")
        self.assertEqual(result.code, 0, str(result))
        self.assertIn(b"a file with credentials has several names", result.err)
        self.assertIn("credentials:linked", str(field.records()[-1]["injected"]))
        os.link(self.settings, field.project / ".npmrc")
        result = field.run("npm", "view", "left")
        self.assertEqual(result.code, 77, str(result))
        self.assertIn(b"has several names", result.err)

    def test_yarn_1_gets_a_copy_of_the_users_file(self):
        if not (TOOLS / "yarn1/bin/yarn").exists():
            self.skipTest("yarn 1 is not here")
        field = self.start([TOOLS / "yarn1/bin"])
        self.settings.write_text(self.settings.read_text() + "always-auth=true\n")
        # The project lies below the home directory, whose file yarn therefore reads twice.
        project = field.make("home/work")
        (project / "package.json").write_text('{"name": "sample", "version": "1.0.0"}')
        result = field.run("yarn", "add", "left", "@corp/x", cwd=project)
        self.assertEqual(result.code, 0, str(result))
        self.assertEqual(self.tokens(), {"public": {False}, "private": {True}})


class Python(FieldTest):
    """pip with a login in the user's pip.conf."""

    def setUp(self):
        super().setUp()
        self.need("python3")
        if self.field.run_directly("python3", "-m", "pip", "--version").code != 0:
            self.skipTest("pip is not here")
        self.index = self.registry("python_index.py")
        self.login = f"http://user:{SECRET}@{self.index.host}/simple"
        self.file = self.field.home / ".config/pip/pip.conf"
        self.file.parent.mkdir(parents=True)
        self.file.write_text(f"[global]\nindex-url = {self.login}\ntimeout = 5\n")

    def download(self):
        return self.field.run(
            "python3", "-m", "pip", "download", "--no-deps", "-d", "wheels", "loopback-sample",
            PIP_INDEX_URL=None, PIP_FIND_LINKS=None)

    def look(self):
        """Nothing of ours stays while that runs."""
        return self.field.run(
            "python3", "-m", "pip", "index", "versions", "loopback-sample",
            PIP_INDEX_URL=None, PIP_FIND_LINKS=None)

    def seen(self):
        return {line["hasAuthorization"] for line in self.index.requests()}

    def test_a_login_stays_with_the_registry_that_policy_names(self):
        before = self.file.read_bytes()
        self.assert_code(0, self.look())
        self.assertEqual(self.seen(), {False})
        copies = list((self.field.state / "copies").iterdir())
        self.assertEqual(len(copies), 1)
        self.assertEqual(copies[0].stat().st_mode & 0o777, 0o700)
        self.assertNotIn(SECRET, (copies[0] / "pip.conf").read_text())
        # The next run removes what a process has left that is gone.
        self.assert_code(0, self.look())
        self.assertEqual(len(list((self.field.state / "copies").iterdir())), 1)
        self.assertFalse(copies[0].exists())
        # A supervised run leaves nothing.
        self.assert_code(0, self.download())
        self.assertEqual(self.seen(), {False})
        (self.field.home / ".netrc").write_text(f"machine other.example password {SECRET}\n")
        demand(self.field, registries=[{"url": self.index.url, "packages": ["loopback-*"]}],
               outcome=True)
        self.assert_code(0, self.download())
        self.assertEqual(self.seen(), {False, True})
        self.assertEqual(list((self.field.state / "copies").iterdir()), [])
        self.assertEqual(self.file.read_bytes(), before)

    def test_netrc_is_hidden(self):
        self.file.write_text(f"[global]\nindex-url = {self.index.url}simple\n")
        (self.field.home / ".netrc").write_text(f"machine 127.0.0.1 login u password {SECRET}\n")
        self.assert_code(0, self.download())
        self.assertEqual(self.seen(), {False})

    def test_an_index_beside_a_private_one_is_refused(self):
        demand(self.field, registries=[
            "https://pypi.org/", {"url": self.index.url, "packages": ["loopback-*"]}])
        self.file.write_text(
            f"[global]\nindex-url = {self.index.url}simple\nextra-index-url = https://pypi.org/simple\n")
        result = self.download()
        self.assert_denied(result)
        self.assertIn(b"extra-index-url", result.err)
        self.assertEqual(self.index.requests(), [])

    def test_a_frozen_policy_installs_what_digests_pin(self):
        self.need("pip")
        demand(self.field, lockfile="frozen")
        self.file.unlink()
        digest = hashlib.sha256(python_index.wheel()).hexdigest()
        for text, code in (("", 77), (f" --hash=sha256:{digest}", 0), (" --hash=sha256:" + "0" * 64, 1)):
            self.field.write(
                "requirements.txt", f"-i {self.index.url}simple\nloopback-sample==1.0{text}\n")
            result = self.field.run(
                "pip", "download", "--no-deps", "-d", "wheels", "-r", "requirements.txt",
                PIP_INDEX_URL=None, PIP_FIND_LINKS=None)
            self.assert_code(code, result)
            if code == 77:
                self.assertIn(b"requirements.txt:2 has none", result.err)
                self.assertEqual(self.index.requests(), [])


class Held(FieldTest):
    """dotnet by a stand-in: the switch that holds it to its lockfile."""

    stand_ins = ("dotnet",)

    def test_a_bare_restore_is_held_to_its_lockfile(self):
        self.field.write("packages.lock.json", {"version": 1, "dependencies": {}})
        self.assert_code(0, self.field.run("dotnet", "restore"))
        self.assertIn("--locked-mode", self.field.started()[-1]["argv"])
        (self.field.project / "packages.lock.json").unlink()
        self.field.write("a.csproj", '<Project Sdk="Microsoft.NET.Sdk" />')
        self.assert_code(0, self.field.run("dotnet", "restore"))
        self.assertNotIn("--locked-mode", self.field.started()[-1]["argv"])
