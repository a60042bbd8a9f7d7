"""Installs of tools that keep no tree in the project: the lockfile is judged before it is used, and
what changes it is resolved in a stage, shown and judged first. Real cargo, Bundler and uv."""
import functools
import http.server
import json
import os
import sys
import textwrap
import threading
import unittest

from field import DENIED, TOOLS, FieldTest
from test_gem_guards import Quiet

APPROVAL = 75
CRATES = {
    "alpha": {"1.0.0": {"beta": "^1.0"}, "1.1.0": {"beta": "^1.0"}},
    "beta": {"1.0.0": {}, "1.2.0": {}},
    "liar": {"1.0.0": {"fault:": "yes"}},
}


class Held(FieldTest):
    def rule(self, **require):
        policy = json.loads(self.field.policy.read_text())
        policy["rules"].insert(0, {
            "id": "installs", "action": "shell.exec", "match": {"operation": "install"},
            "effect": "allow", "require": require})
        self.field.policy.write_text(json.dumps(policy))

    def text(self, name):
        file = self.field.project / name
        return file.read_text() if file.exists() else None

    def outcome(self):
        return self.field.records(["outcome"])[-1]

    def packages(self):
        return {package["purl"]: package["status"]
                for record in self.field.records(["outcome.packages"])
                for package in record["packages"]}

    def assert_clean(self):
        self.assertFalse((self.field.project / ".shimgate").exists())


class Cargo(Held):
    tool_directories = [os.path.expanduser("~/.cargo/bin")]

    def setUp(self):
        super().setUp()
        self.need("cargo")
        self.source = self.registry("cargo_registry.py", CRATES)
        self.field.write("Cargo.toml", textwrap.dedent("""\
            [package]
            name = "sample"
            version = "0.1.0"
            edition = "2021"

            [dependencies]
            """))
        self.field.write("src/lib.rs", "")
        self.field.write(".cargo/config.toml", textwrap.dedent(f"""\
            [source.crates-io]
            replace-with = "loop"
            [source.loop]
            registry = "sparse+{self.source.url}index/"
            """))

    def test_an_added_crate_is_resolved_shown_and_saved(self):
        result = self.field.run("cargo", "add", "alpha@1.0.0")
        self.assert_code(0, result)
        self.assertIn(b"shimgate: Cargo.lock: ", result.err)
        self.assertIn(b"added beta 1.2.0", result.err)
        self.assertIn('alpha = "1.0.0"', self.text("Cargo.toml"))
        self.assertIn("beta", self.text("Cargo.lock"))
        self.assertEqual(self.packages()["pkg:cargo/beta@1.2.0"], "added")
        self.assert_clean()
        self.assert_code(0, self.field.run("cargo", "fetch"))
        updated = self.field.run("cargo", "update", "alpha", "--precise", "1.0.0")
        self.assert_code(0, updated)
        self.assertIn(b"alpha 1.1.0 -> 1.0.0", updated.err)
        self.assert_code(0, self.field.run(
            "cargo", "vendor", "--respect-source-config"))
        self.assertTrue((self.field.project / "vendor/alpha/Cargo.toml").exists())
        self.assert_chain_intact()

    def test_a_workspace_is_seen_whole(self):
        self.field.write("Cargo.toml", '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n')
        for name, more in (("one", ""), ("two", 'one = { path = "../one" }\n')):
            self.field.write(f"crates/{name}/Cargo.toml", (
                f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2021"\n'
                f"[dependencies]\n{more}"))
            self.field.write(f"crates/{name}/src/lib.rs", "")
        result = self.field.run("cargo", "add", "beta", cwd=self.field.project / "crates/one")
        self.assert_code(0, result)
        self.assertIn("beta", self.text("crates/one/Cargo.toml"))
        self.assertIn("beta", self.text("Cargo.lock"))
        self.assert_code(0, self.field.run("cargo", "add", "-p", "two", "alpha"))
        self.assertIn("alpha", self.text("crates/two/Cargo.toml"))
        self.assert_code(0, self.field.run("cargo", "fetch"))
        self.assert_clean()

    def test_a_denied_crate_leaves_the_project_as_it_was(self):
        self.rule(packages={"deny": ["beta"]})
        before = self.text("Cargo.toml")
        result = self.field.run("cargo", "add", "alpha")
        self.assert_code(DENIED, result)
        self.assertIn(b"beta@1.2.0 is on the policy's list of denied packages", result.err)
        self.assertEqual((self.text("Cargo.toml"), self.text("Cargo.lock")), (before, None))
        self.assert_clean()

    def test_a_lockfile_with_another_registry_is_denied_with_its_place(self):
        self.assert_code(0, self.field.run("cargo", "add", "beta"))
        lock = self.text("Cargo.lock")
        self.field.write("Cargo.lock", lock.replace(
            "https://github.com/rust-lang/crates.io-index", "https://evil.example/index"))
        for words in (["fetch"], ["vendor"]):
            result = self.field.run("cargo", *words)
            self.assert_denied(result)
            self.assertRegex(result.err, rb"Cargo\.lock:\d+:\d+: host: beta@1\.2\.0")

    def test_a_member_is_held_to_the_lockfile_of_its_workspace(self):
        self.field.write("Cargo.toml", '[workspace]\nmembers = ["one"]\nresolver = "2"\n')
        self.field.write(
            "one/Cargo.toml",
            '[package]\nname = "one"\nversion = "0.1.0"\n[dependencies]\nbeta = "1"\n')
        member = self.field.write("one/src/lib.rs", "").parent
        self.assert_code(0, self.field.run("cargo", "generate-lockfile"))
        found = self.field.run("cargo", "fetch", cwd=member)
        self.assert_code(0, found)
        self.assertIn("--locked", self.field.records()[-1]["injected"])
        manifest = self.field.run("cargo", "fetch", "--manifest-path", "Cargo.toml",
                                  cwd=member.parent)
        self.assert_code(0, manifest)
        self.assertIn("--locked", self.field.records()[-1]["injected"])
        lock = self.text("Cargo.lock")
        self.field.write("Cargo.lock", lock.replace(
            "https://github.com/rust-lang/crates.io-index", "https://evil.example/index"))
        for words in (["fetch"], ["vendor", "third"]):
            result = self.field.run("cargo", *words, cwd=member)
            self.assert_denied(result)
            self.assertRegex(result.err, rb"Cargo\.lock:\d+:\d+: host: beta@1\.2\.0")

    def test_a_review_changes_nothing(self):
        self.rule(lockfile="review")
        before = self.text("Cargo.toml")
        result = self.field.run("cargo", "add", "alpha")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"added alpha", result.err)
        self.assertEqual((self.text("Cargo.toml"), self.text("Cargo.lock")), (before, None))

    def test_a_lying_registry_is_noticed_and_nothing_is_changed(self):
        self.assert_code(0, self.field.run("cargo", "add", "liar"))
        lock = self.text("Cargo.lock")
        self.assertNotEqual(self.field.run("cargo", "fetch").code, 0)
        self.source.stop()
        self.assertNotEqual(self.field.run("cargo", "add", "alpha").code, 0)
        self.assertEqual(self.text("Cargo.lock"), lock)
        self.assert_clean()


class Bundler(Held):
    def setUp(self):
        super().setUp()
        self.need("bundle", "gem")
        index = self.field.make("repository/gems").parent
        for name, version, more in (
                ("alpha", "1.0.0", 'spec.add_dependency "beta", "~> 1.0"'),
                ("beta", "1.0.0", ""), ("beta", "1.2.0", "")):
            self.build(index / "gems", name, version, more)
        self.assert_code(0, self.field.run_directly("gem", "generate_index", "--directory", index))
        handler = functools.partial(Quiet, directory=str(index))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.field.write("Gemfile", f'source "{self.url}"\n')
        self.field.write(".bundle/config", 'BUNDLE_PATH: "vendor/bundle"\n')

    def build(self, place, name, version, more):
        folder = self.field.make(f"source/{name}-{version}")
        (folder / f"{name}.rb").write_text("")
        (folder / "x.gemspec").write_text(textwrap.dedent(f"""
            Gem::Specification.new do |spec|
              spec.name, spec.version = "{name}", "{version}"
              spec.summary = spec.description = "test"
              spec.authors = ["test"]
              spec.files = ["{name}.rb"]
              {more}
            end
            """))
        self.assert_code(0, self.field.run_directly(
            "gem", "build", "x.gemspec", "--output", place / f"{name}-{version}.gem", cwd=folder))

    def installed(self, name):
        return sorted(path.name for path in
                      self.field.project.glob(f"vendor/bundle/**/gems/{name}-*"))

    def test_an_added_gem_is_resolved_shown_and_installed_frozen(self):
        result = self.field.run("bundle", "add", "alpha")
        self.assert_code(0, result)
        self.assertIn(b"shimgate: Gemfile.lock: 2 added", result.err)
        self.assertEqual(self.installed("beta"), ["beta-1.2.0"])
        self.assertIn('gem "alpha"', self.text("Gemfile"))
        self.assertEqual(self.packages()["pkg:gem/alpha@1.0.0"], "added")
        self.assertEqual([phase["name"] for phase in self.outcome()["phases"]],
                         ["resolve", "resolve", "install"])
        self.assert_clean()
        self.assert_code(0, self.field.run("bundle", "install"))
        lock = self.text("Gemfile.lock")
        self.field.write("Gemfile.lock", lock.replace("beta (1.2.0)", "beta (1.0.0)"))
        updated = self.field.run("bundle", "update", "beta")
        self.assert_code(0, updated)
        self.assertIn(b"beta 1.0.0 -> 1.2.0", updated.err)
        self.assert_chain_intact()

    def test_a_denied_gem_leaves_the_project_as_it_was(self):
        self.rule(packages={"deny": ["beta"]})
        before = self.text("Gemfile")
        result = self.field.run("bundle", "add", "alpha")
        self.assert_code(DENIED, result)
        self.assertIn(b"beta@1.2.0 is on the policy's list of denied packages", result.err)
        self.assertEqual((self.text("Gemfile"), self.text("Gemfile.lock")), (before, None))

    def test_a_lockfile_with_another_source_is_denied_with_its_place(self):
        self.field.write("Gemfile", f'source "{self.url}"\ngem "alpha"\n')
        self.assert_code(0, self.field.run("bundle", "install"))
        lock = self.text("Gemfile.lock")
        self.field.write("Gemfile.lock", lock.replace(self.url, "https://evil.example"))
        result = self.field.run("bundle", "install")
        self.assert_denied(result)
        self.assertRegex(result.err, rb"Gemfile\.lock:\d+:\d+: host: ")

    def test_the_lockfile_is_found_as_bundler_finds_it(self):
        self.field.write("Gemfile", f'source "{self.url}"\ngem "beta"\n')
        self.assert_code(0, self.field.run("bundle", "install"))
        below = self.field.make("project/lib/deep")
        self.assert_code(0, self.field.run("bundle", "install", cwd=below))
        self.assertIn("BUNDLE_FROZEN=true", self.field.records()[-1]["injected"])
        lock = self.text("Gemfile.lock")
        evil = lock.replace(self.url, "https://evil.example")
        self.field.write("other/one.gemfile", self.text("Gemfile"))
        self.field.write("other/one.gemfile.lock", lock)
        elsewhere = ["bundle", "install", "--gemfile", "other/one.gemfile"]
        self.assert_code(0, self.field.run(*elsewhere))
        self.field.write("other/one.gemfile.lock", evil)
        for words, cwd, variables in (
                (elsewhere, None, {}),
                (["bundle"], below, {"BUNDLE_GEMFILE": "../../other/one.gemfile"})):
            result = self.field.run(*words, cwd=cwd, **variables)
            self.assert_denied(result)
            self.assertRegex(result.err, rb"one\.gemfile\.lock:\d+:\d+: host: ")
        self.field.write("gems.rb", self.text("Gemfile"))
        self.field.write("gems.locked", evil)
        result = self.field.run("bundle", "install", cwd=below)
        self.assert_denied(result)
        self.assertRegex(result.err, rb"gems\.locked:\d+:\d+: host: ")

    def test_a_gem_that_cannot_be_fetched_leaves_manifest_and_lockfile(self):
        before = self.text("Gemfile")
        for file in (self.field.scratch / "repository/gems").glob("*.gem"):
            file.unlink()
        result = self.field.run("bundle", "add", "alpha")
        self.assertNotEqual(result.code, 0)
        self.assertEqual((self.text("Gemfile"), self.text("Gemfile.lock")), (before, None))
        self.assert_clean()


class Swapped(Held):
    """A lockfile that is written to while a tool installs from it."""

    stand_ins = ("pnpm",)

    def test_it_stops_what_follows(self):
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n")
        self.assert_code(0, self.field.run("pnpm", "install"))
        self.field.add_script("pnpm", "#!/bin/sh\necho '# x' >> pnpm-lock.yaml\n")
        self.assert_code(0, self.field.install())
        result = self.field.run("pnpm", "install")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"pnpm-lock.yaml was changed while it was installed from", result.err)
        again = self.field.run("pnpm", "install")
        self.assert_code(APPROVAL, again)
        self.assertIn(b"an earlier install drifted", again.err)

    def test_a_package_is_held_to_the_lockfile_of_its_workspace(self):
        self.field.write("pnpm-workspace.yaml", "packages:\n  - parts/*\n")
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})
        self.field.write("parts/one/package.json", {"name": "one", "version": "1.0.0"})
        self.field.write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n")
        below = self.field.make("project/parts/one/src")
        self.assert_code(0, self.field.run("pnpm", "install", cwd=below))
        self.assertIn("--frozen-lockfile=true", self.field.records()[-1]["injected"])
        self.field.write("pnpm-lock.yaml", "lockfileVersion: nonsense\n")
        self.assert_denied(self.field.run("pnpm", "install", cwd=below))
        self.assert_denied(self.field.run("pnpm", "-C", "parts/one", "install"))


# What stands in for pnpm, which is not to be had here: it writes down how it was started, and writes
# manifest, lockfile and tree as pnpm does.
PNPM = '''#!PYTHON
import json, os, pathlib, sys
VERSIONS = {"left": ("1.1.0", {}), "right": ("2.0.0", {"left": "1.1.0"}), "broken": ("1.0.0", {})}
words, here = sys.argv[1:], pathlib.Path.cwd()
with open(os.environ["RECORDER_LOG"], "a") as log:
    log.write(json.dumps({"argv": ["pnpm", *words], "cwd": str(here)}) + "\\n")
above = [here, *here.parents]
package = next(folder for folder in above if (folder / "package.json").exists())
root = next((folder for folder in above if (folder / "pnpm-workspace.yaml").exists()), package)
members = [root, *sorted(file.parent for file in root.glob("parts/*/package.json"))]
command, *names = [word for word in words if not word.startswith("-")]
if "--config.lockfile-only=true" in words:
    manifest = json.loads((package / "package.json").read_text())
    wanted = manifest.setdefault("dependencies", {})
    for name in names:
        if name not in VERSIONS:
            sys.exit("ERR_PNPM_FETCH_404")
        if command == "remove":
            del wanted[name]
        else:
            wanted[name] = "^" + VERSIONS[name][0]
    made = package / "package.json.new"
    made.write_text(json.dumps(manifest))
    made.rename(package / "package.json")
    found, lines = {}, ["lockfileVersion: '9.0'", "", "importers:"]
    for member in members:
        asked = json.loads((member / "package.json").read_text()).get("dependencies", {})
        lines += ["", f"  {os.path.relpath(member, root)}:"] + (["    dependencies:"] if asked else [])
        for name in sorted(asked):
            version, more = VERSIONS[name]
            found[name] = found[name] if name in found else more
            found.update({other: {} for other in more})
            lines += [f"      {name}:", f"        specifier: {asked[name]}", f"        version: {version}"]
        if not asked:
            lines[-1] += " {}"
    lines += ["", "packages:"] if found else []
    for name in sorted(found):
        lines += ["", f"  {name}@{VERSIONS[name][0]}:",
                  "    resolution: {integrity: sha512-" + "A" * 86 + "==}"]
    lines += ["", "snapshots:"] if found else []
    for name in sorted(found):
        more = found[name]
        lines += ["", f"  {name}@{VERSIONS[name][0]}:" + ("" if more else " {}")]
        lines += ["    dependencies:"] if more else []
        lines += [f"      {other}: {more[other]}" for other in more]
    (root / "pnpm-lock.yaml").write_text("\\n".join(lines) + "\\n")
elif "--frozen-lockfile=true" in words:
    text = (root / "pnpm-lock.yaml").read_text()
    if "broken@" in text:
        sys.exit("ERR_PNPM_FETCH_500")
    (root / "node_modules").mkdir(exist_ok=True)
    (root / "node_modules/.modules.yaml").write_text(text)
    if os.environ.get("SWAP"):
        (root / "pnpm-lock.yaml").write_text(text + "# x\\n")
'''


class PnpmChanges(Held):
    """pnpm's changes of its lockfile, by a stand-in."""

    stand_ins = ("pnpm",)

    def setUp(self):
        super().setUp()
        self.let_any_age_in()
        (self.field.scratch / "stand-ins/lib/pnpm/bin/pnpm").write_text(
            PNPM.replace("PYTHON", sys.executable, 1))
        self.field.write("package.json", {"name": "sample", "version": "1.0.0"})

    def pnpm(self, *words, **options):
        options.setdefault("CI", None)
        return self.field.run("pnpm", *words, **options)

    def words(self):
        return [start["argv"][1:] for start in self.field.started()]

    def test_what_a_line_would_bring_is_shown_judged_and_installed_frozen(self):
        result = self.pnpm("add", "-E", "right")
        self.assert_code(0, result)
        self.assertIn(b"shimgate: pnpm-lock.yaml: 2 added", result.err)
        self.assertIn(b"added left 1.1.0", result.err)
        off = ["--config.ignore-scripts=true", "--config.ignore-pnpmfile=true"]
        self.assertEqual(self.words(), [
            [*off, "--config.lockfile-only=true", "--save-exact=true", "add", "right"],
            [*off, "--frozen-lockfile=true", "install"]])
        places = [start["cwd"] for start in self.field.started()]
        self.assertIn("/.shimgate/stage/", places[0])
        self.assertEqual(places[1], str(self.field.project))
        self.assertIn('"right": "^2.0.0"', self.text("package.json"))
        self.assertIn("left@1.1.0", self.text("pnpm-lock.yaml"))
        self.assertEqual(self.packages()["pkg:npm/left@1.1.0"], "added")
        phases = [phase["name"] for phase in self.outcome()["phases"]]
        self.assertEqual(phases, ["resolve", "install"])
        self.assert_clean()
        self.assert_code(0, self.pnpm("remove", "right"))
        self.assertNotIn("left", self.text("pnpm-lock.yaml"))
        self.assert_code(0, self.pnpm("update"))
        self.assert_chain_intact()

    def test_an_install_without_a_lockfile_is_resolved_first_and_one_with_it_held(self):
        self.field.write("package.json", {
            "name": "sample", "version": "1.0.0", "dependencies": {"left": "^1.0.0"}})
        self.assert_code(0, self.pnpm("install"))
        self.assertEqual(len(self.words()), 2)
        self.assert_code(0, self.pnpm("install"))
        self.assertEqual(len(self.words()), 3)
        self.assertIn("--frozen-lockfile=true", self.words()[-1])

    def test_what_is_refused_or_fails_leaves_the_project_as_it_was(self):
        self.assert_code(0, self.pnpm("add", "left"))
        before = (self.text("package.json"), self.text("pnpm-lock.yaml"))
        self.assertNotEqual(self.pnpm("add", "no-such").code, 0)
        self.assertNotEqual(self.pnpm("add", "broken").code, 0)
        self.assertEqual(self.words()[-1][-1], "install")
        self.assertEqual((self.text("package.json"), self.text("pnpm-lock.yaml")), before)
        self.rule(packages={"deny": ["left"]})
        result = self.pnpm("add", "right")
        self.assert_code(DENIED, result)
        self.assertIn(b"left@1.1.0 is on the policy's list of denied packages", result.err)
        self.assertEqual((self.text("package.json"), self.text("pnpm-lock.yaml")), before)
        self.assert_clean()

    def test_a_review_installs_nothing(self):
        self.rule(lockfile="review")
        result = self.pnpm("add", "right")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"added right 2.0.0", result.err)
        self.assertIsNone(self.text("pnpm-lock.yaml"))
        self.assertEqual(len(self.words()), 1)

    def test_a_lockfile_that_changes_meanwhile_stops_what_follows(self):
        result = self.pnpm("add", "left", SWAP="1")
        self.assert_code(APPROVAL, result)
        self.assertIn(b"pnpm-lock.yaml was changed while it was installed from", result.err)
        self.assert_code(APPROVAL, self.pnpm("add", "right"))

    def test_a_package_of_a_workspace_changes_the_lockfile_of_its_root(self):
        self.field.write("pnpm-workspace.yaml", "packages:\n  - parts/*\n")
        self.field.write("parts/one/package.json", {"name": "one", "version": "1.0.0"})
        inside = self.field.make("project/parts/one/src")
        self.assert_code(0, self.pnpm("add", "left", cwd=inside))
        self.assertIn("left", self.text("parts/one/package.json"))
        self.assertNotIn("left", self.text("package.json"))
        self.assertIn("parts/one:", self.text("pnpm-lock.yaml"))
        self.assertIsNone(self.text("parts/one/pnpm-lock.yaml"))
        self.assert_clean()

    def test_what_leads_elsewhere_is_not_staged(self):
        self.rule(lockfile="review")
        self.field.write(".npmrc", "lockfile-dir=..\n")
        self.assert_denied(self.pnpm("add", "left"))
        self.field.write(".npmrc", "")
        self.field.write("package.json", {
            "name": "sample", "version": "1.0.0", "dependencies": {"other": "file:../other"}})
        self.assert_denied(self.pnpm("add", "left"))
        self.assert_denied(self.pnpm("-C", "parts", "add", "left"))
        self.assertEqual(self.words(), [])

    def test_scripts_cannot_be_let_run(self):
        self.rule(scripts={"allow": ["left"]})
        self.assert_denied(self.pnpm("add", "left"))
        self.assertEqual(self.words(), [])


class Uv(Held):
    tool_directories = (TOOLS / "venv/bin",)

    def test_a_lockfile_is_judged_before_uv_reads_it(self):
        self.need("uv")
        self.field.write("pyproject.toml", '[project]\nname = "s"\nversion = "1"\n')
        self.field.write("uv.lock", textwrap.dedent("""\
            version = 1
            requires-python = ">=3.8"

            [[package]]
            name = "a"
            version = "1.0"
            source = { registry = "https://evil.example/simple" }
            """))
        result = self.field.run("uv", "sync")
        self.assert_denied(result)
        self.assertRegex(result.err, rb"uv\.lock:\d+:\d+: [a-z-]+: a@1\.0")

    def test_a_member_is_held_to_the_lockfile_of_its_workspace(self):
        self.need("uv")
        self.field.write("pyproject.toml", textwrap.dedent("""\
            [project]
            name = "s"
            version = "1"
            requires-python = ">=3.8"
            [tool.uv.workspace]
            members = ["parts/*"]
            """))
        self.field.write("parts/one/pyproject.toml", (
            '[project]\nname = "one"\nversion = "1"\nrequires-python = ">=3.8"\n'))
        member = self.field.make("project/parts/one/src")
        self.assert_code(0, self.field.run_directly("uv", "lock", "--offline"))
        self.assert_code(0, self.field.run("uv", "sync", "--offline", cwd=member))
        self.assertIn("--locked", self.field.records()[-1]["injected"])
        lock = self.text("uv.lock")
        self.field.write("uv.lock", lock + textwrap.dedent("""\

            [[package]]
            name = "z"
            version = "1.0"
            source = { registry = "https://evil.example/simple" }
            """))
        for words, cwd in ((["sync"], member), (["sync", "--project", "parts/one"], None)):
            result = self.field.run("uv", *words, cwd=cwd)
            self.assert_denied(result)
            self.assertRegex(result.err, rb"uv\.lock:\d+:\d+: [a-z-]+: z@1\.0")


if __name__ == "__main__":
    unittest.main()
