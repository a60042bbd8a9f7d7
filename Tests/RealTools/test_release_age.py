"""Tools without an option of their own for it bring nothing that was published a moment ago: registries
are asked when each package was. All on the shipped policy."""
import datetime
import json
import os
import shutil
import unittest

from field import TOOLS, FieldTest, Registry, any_npm
from test_cooldown import PACKAGES

NOW = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
OLD, OLDER = "2021-01-01T00:00:00.123456Z", "2020-01-01T00:00:00+00:00"
SHELF = {"ripe": {"0.9.0": OLDER, "1.1.0": OLD}, "mixed": {"1.0.0": OLD, "1.2.0": NOW},
         "green": {"1.0.0": NOW}, "silent": {"1.0.0": None}}
DATED = {"pypi": SHELF, "gem": SHELF, "cargo": SHELF, "nuget": SHELF}


class ReleaseAge(FieldTest):
    def setUp(self):
        super().setUp()
        self.server = Registry(self.field, "dated_registry.py", DATED)
        self.addCleanup(self.server.stop)

    def exempt(self, url):
        policy = json.loads(self.field.policy.read_text())
        policy["require"]["cooldownExempt"] = [url]
        self.field.policy.write_text(json.dumps(policy))

    def assert_young(self, result, older=None):
        self.assert_denied(result)
        self.assertIn(b"minimumReleaseAge", result.err)
        self.assertIn(f"enough is {older}".encode() if older else b"no version", result.err)

    def assert_lines(self, allowed, young, green, silent, unknown):
        """What each tool has to do with the same shelf; lines without the registry's address."""
        self.assert_young(young[0], young[1])
        self.assert_young(green)
        self.assert_denied(silent)
        self.assertIn(b"does not say when silent", silent.err)
        self.assert_denied(unknown)
        self.assertIn(b"no package is named absent-name", unknown.err)
        self.assertIn(b"do not guess", unknown.err)
        listed = self.field.shimgate("audit", "list", "--not-found", "--json")
        self.assertIn(b"absent-name", listed.out, str(listed))
        self.assert_code(0, allowed)


class GemAge(ReleaseAge):
    def gem(self, *words):
        url = self.server.url + "gems.example/"
        return self.field.run(
            "gem", "install", "--no-document", "--install-dir", self.field.project / "gems",
            "--clear-sources", "--source", url, *words)

    def test_a_gem_is_installed_where_its_version_is_old_enough(self):
        self.need("gem")
        self.assert_lines(
            self.gem("ripe"), (self.gem("mixed"), "mixed@1.0.0"), self.gem("green"),
            self.gem("silent"), self.gem("absent-name"))
        self.assert_young(self.gem("mixed", "-v", "1.2.0"), "mixed@1.0.0")
        self.assert_code(0, self.gem("mixed", "-v", "1.0.0"))
        self.assert_code(0, self.gem("mixed", "-v", "~> 1.0.0"))
        self.assertTrue((self.field.project / "gems/gems/ripe-1.1.0").is_dir())
        self.assertFalse((self.field.project / "gems/gems/green-1.0.0").exists())

    def test_a_registry_that_the_policy_exempts_is_not_asked(self):
        self.need("gem")
        self.exempt(self.server.url)
        self.assert_code(0, self.gem("green"))
        asked = [entry for entry in self.server.requests() if "shimgate" in entry["agent"]]
        self.assertEqual(asked, [])

    def test_a_registry_that_is_down_lets_nothing_in(self):
        self.need("gem")
        self.server.stop()
        result = self.gem("ripe")
        self.assert_denied(result)
        self.assertIn(b"cannot be told", result.err)

    def test_without_the_executable_that_asks_nothing_is_let_in(self):
        self.need("gem")
        (self.field.prefix / "libexec/shimgate/shimgate-registry").unlink()
        result = self.gem("ripe")
        self.assert_denied(result)
        self.assertIn(b"shimgate-registry", result.err)

    def test_lines_that_bring_nothing_ask_nobody(self):
        self.need("gem")
        self.assert_code(0, self.field.run("gem", "list"))
        self.assertEqual(self.server.requests(), [])


class PipAge(ReleaseAge):
    """pip before 26, which has no option for it."""

    def install(self, *words, cwd=None):
        return self.field.run(
            "pip", "install", "--no-deps", "--target", self.field.project / "into",
            "--index-url", self.server.url + "simple/", *words, cwd=cwd, PIP_FIND_LINKS=None)

    def test_a_wheel_is_installed_where_its_version_is_old_enough(self):
        self.need("pip")
        version = self.field.run("pip", "--version").out.decode().split()[1]
        if int(version.split(".")[0]) >= 26:
            self.skipTest("this pip has an option of its own")
        self.assert_lines(
            self.install("ripe"), (self.install("mixed"), "mixed@1.0.0"), self.install("green"),
            self.install("silent"), self.install("absent-name"))
        self.assert_young(self.install("mixed==1.2.0"), "mixed@1.0.0")
        self.assert_code(0, self.install("mixed<1.2"))
        self.field.write("requirements.txt", "ripe==1.1.0\ngreen\n")
        self.assert_young(self.install("-r", "requirements.txt"))


class CargoAge(ReleaseAge):
    tool_directories = [os.path.expanduser("~/.cargo/bin")]

    def setUp(self):
        super().setUp()
        self.field.write("Cargo.toml", '[package]\nname = "own"\nversion = "0.1.0"\n'
                                       'edition = "2021"\n[dependencies]\n')
        self.field.write("src/lib.rs", "")
        self.field.write(
            ".cargo/config.toml", '[registries.here]\nindex = "sparse+'
            f'{self.server.url}index/"\n')

    def test_a_crate_is_added_where_its_version_is_old_enough(self):
        self.need("cargo")

        def add(name):
            return self.field.run("cargo", "add", "--registry", "here", name)
        self.assert_lines(
            add("ripe"), (add("mixed"), "mixed@1.0.0"), add("green"), add("silent"),
            add("absent-name"))
        manifest = (self.field.project / "Cargo.toml").read_text()
        self.assertIn("ripe", manifest)
        self.assertNotIn("green", manifest)

    def test_a_lockfile_with_a_young_crate_fetches_nothing(self):
        self.need("cargo")
        self.field.write("Cargo.toml", '[package]\nname = "own"\nversion = "0.1.0"\n'
                         'edition = "2021"\n[dependencies]\n'
                         'mixed = { version = "=1.2.0", registry = "here" }\n')
        self.assert_code(0, self.field.run_directly("cargo", "generate-lockfile"))
        self.assert_young(self.field.run("cargo", "fetch"), "mixed@1.0.0")
        self.field.write("Cargo.toml", '[package]\nname = "own"\nversion = "0.1.0"\n'
                         'edition = "2021"\n[dependencies]\n'
                         'mixed = { version = "=1.0.0", registry = "here" }\n')
        self.assert_code(0, self.field.run_directly("cargo", "generate-lockfile"))
        self.assert_code(0, self.field.run("cargo", "fetch"))


class NuGetAge(ReleaseAge):
    """NuGet 2 speaks another protocol than the feed; what matters is what we ask."""

    def test_a_package_is_installed_where_its_version_is_old_enough(self):
        self.need("nuget")
        def install(*words):
            return self.field.run(
                "nuget", "install", "-Source", self.server.url + "v3/index.json",
                "-OutputDirectory", "packages", "-NonInteractive", *words)
        self.assert_young(install("mixed"), "mixed@1.0.0")
        self.assert_young(install("mixed", "-Version", "1.2.0"), "mixed@1.0.0")
        self.assert_young(install("green"))
        install("ripe")
        self.assertEqual(self.field.records()[-1]["effect"], "allow")
        result = install("absent-name")
        self.assertIn(b"no package is named absent-name", result.err)


class YarnAge(FieldTest):
    tool_directories = [TOOLS / "yarn1/bin", *any_npm()]

    def setUp(self):
        super().setUp()
        if not (TOOLS / "yarn1/bin/yarn").exists():
            self.skipTest("yarn is not here")
        self.server = self.registry(packages=json.loads(json.dumps(PACKAGES)))
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write(".yarnrc", f'registry "{self.server.url}"\n')
        self.field.write(".npmrc", f"registry={self.server.url}\n")

    def test_packages_are_added_where_their_versions_are_old_enough(self):
        result = self.field.run("yarn", "add", "ripe@1.1.0")
        self.assert_code(0, result)
        for words in (["ripe"], ["ripe@^1.0.0"], ["ripe@1.2.0"]):
            result = self.field.run("yarn", "add", *words)
            self.assert_denied(result)
            self.assertIn(b"the newest that is old enough is ripe@1.1.0", result.err)
        self.assert_denied(self.field.run("yarn", "add", "green"))
        result = self.field.run("yarn", "add", "absent-name")
        self.assert_denied(result)
        self.assertIn(b"no package is named absent-name", result.err)

    def test_a_lockfile_with_a_young_package_installs_nothing(self):
        self.assert_code(0, self.field.run_directly("yarn", "add", "ripe@1.2.0"))
        shutil.rmtree(self.field.project / "node_modules")
        result = self.field.run("yarn", "install")
        self.assert_denied(result)
        self.assertIn(b"ripe@1.2.0 was published at", result.err)
        self.assertFalse((self.field.project / "node_modules/ripe").exists())
        self.assert_code(0, self.field.run_directly("yarn", "add", "ripe@1.1.0"))
        shutil.rmtree(self.field.project / "node_modules")
        self.assert_code(0, self.field.run("yarn", "install"))
        self.assertTrue((self.field.project / "node_modules/ripe").exists())


class NpmAge(FieldTest):
    tool_directories = any_npm()

    def test_a_registry_that_the_policy_exempts_may_have_young_versions(self):
        self.need("npm")
        server = self.registry(packages=json.loads(json.dumps(PACKAGES)))
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write(".npmrc", f"registry={server.url}\n")
        self.assert_code(77, self.field.run("npm", "install", "green"))
        policy = json.loads(self.field.policy.read_text())
        policy["require"]["cooldownExempt"] = [server.url]
        self.field.policy.write_text(json.dumps(policy))
        self.assert_code(0, self.field.run("npm", "install", "green"))
        # One registry that is not exempted is enough for all to be held to the age.
        self.field.write(
            ".npmrc", f"registry={server.url}\n@corp:registry=https://npm.acme.example/\n")
        self.assert_code(77, self.field.run("npm", "install", "ripe@1.2.0"))

    def test_a_lockfile_with_a_young_version_installs_nothing(self):
        self.need("npm")
        server = self.registry(packages=json.loads(json.dumps(PACKAGES)))
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write(".npmrc", f"registry={server.url}\n")
        for version, code in (("1.2.0", 77), ("1.1.0", 0)):
            locked = self.field.run_directly(
                "npm", "install", "--package-lock-only", f"ripe@{version}")
            self.assert_code(0, locked)
            result = self.field.run("npm", "ci")
            self.assert_code(code, result)
            self.assertEqual(b"ripe@1.2.0 was published at" in result.err, code != 0)
            self.assertEqual((self.field.project / "node_modules/ripe").exists(), code == 0)


class PackageFacts(FieldTest):
    """What rules can ask about the packages that a line names."""

    stand_ins = ("pnpm", "gem")

    def setUp(self):
        super().setUp()
        names = ("express", "expresss", "our-own-thing", "left-pad", "right-pad")
        server = self.registry(packages={name: {"1.3.0": {}} for name in names})
        self.field.write(".npmrc", f"registry={server.url}\n")

    def add_rule(self, fact, effect="deny"):
        policy = json.loads(self.field.policy.read_text())
        policy["rules"].append({
            "id": f"fact-{fact}", "action": "shell.exec", "effect": effect,
            "match": {"operation": "install", "fact": fact}})
        self.field.policy.write_text(json.dumps(policy))

    def test_a_name_that_is_nearly_a_popular_one_is_warned_about_and_recorded(self):
        result = self.field.run("pnpm", "add", "expresss")
        self.assert_code(0, result)
        self.assertIn(b"nearly the name of a popular package: expresss ~ express", result.err)
        self.assertEqual(self.field.records()[-1]["near"], ["expresss ~ express"])
        for name in ("express", "our-own-thing"):
            result = self.field.run("pnpm", "add", name)
            self.assertNotIn(b"nearly", result.err)
        self.add_rule("near-name")
        self.assert_denied(self.field.run("pnpm", "add", "expresss"), "fact-near-name")
        self.assert_code(0, self.field.run("pnpm", "add", "express"))

    def test_a_new_dependency_can_wait_for_a_person(self):
        # What it resolves is looked into, so the stand-in writes a lockfile.
        self.field.add_script(
            "pnpm", "#!/bin/sh\nprintf \"lockfileVersion: '9.0'\\n\" > pnpm-lock.yaml\n")
        self.assert_code(0, self.field.install())
        self.add_rule("new-dependency", "approval")
        self.field.write("package.json", {"dependencies": {"left-pad": "^1.0.0"}})
        self.assert_code(0, self.field.run("pnpm", "add", "left-pad@1.3.0"))
        self.assert_code(0, self.field.run("pnpm", "install"))
        self.assert_code(75, self.field.run("pnpm", "add", "right-pad"))
        self.assert_code(75, self.field.run("pnpm", "add", "left-pad", "right-pad"))
        self.assert_code(0, self.field.run("pnpm", "remove", "right-pad"))

    def test_what_registries_say_can_be_asked_for(self):
        server = Registry(self.field, "dated_registry.py", DATED)
        self.addCleanup(server.stop)

        def gem(name):
            return self.field.run("gem", "install", name, "--source", server.url + "gems.example/")
        self.add_rule("new-package")
        self.assert_code(0, gem("ripe"))
        self.assert_denied(gem("green"), "fact-new-package")
        self.assert_denied(gem("silent"), "fact-new-package")
        simulated = self.field.shimgate(
            "simulate", "--", "gem", "install", "green", "--source", server.url + "gems.example/")
        self.assert_code(77, simulated)
        self.add_rule("unpopular")
        self.assert_denied(gem("ripe"), "fact-unpopular")
        server.stop()
        self.assert_denied(gem("ripe"))


if __name__ == "__main__":
    unittest.main()
