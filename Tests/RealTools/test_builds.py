"""Install scripts of packages that policy lists run confined and do their work; all others do not run.
With each npm at hand, as root and as an ordinary user."""
import ctypes
import json
import os
import shutil
import socket
import struct
import unittest

from field import BUILT, DENIED, SYSTEM_PATH, Field, Registry, npm_directories

SECRET = "not-for-strangers-4712"
ORDINARY_USER = 61_235
CURIOUS = """
const fs = require('fs'), net = require('net'), path = require('path');
const answers = {};
const facts = JSON.parse(fs.readFileSync('facts.json'));
const attempt = (name, action) => {
  try { answers[name] = action() ? 'open' : 'refused'; } catch (error) { answers[name] = 'refused'; }
};
attempt('read ~/.npmrc', () => fs.readFileSync(path.join(facts.home, '.npmrc'), 'utf8'));
attempt('a token of the environment', () => Object.values(process.env).includes(facts.secret));
attempt('write to the home directory', () => fs.writeFileSync(facts.home + '/written', 'x') || 1);
attempt('write to the project', () => fs.writeFileSync('../../written', 'x') || 1);
attempt('write to another package', () => fs.writeFileSync('../left/index.js', 'x') || 1);
attempt('put a program on PATH', () => fs.writeFileSync('../.bin/npm', 'x') || 1);
const end = (answer) => {
  answers['connect to a loopback port'] = answer;
  fs.writeFileSync('answers.json', JSON.stringify(answers));
  process.exit();
};
net.connect(facts.port, '127.0.0.1').on('connect', () => end('open')).on('error', () =>
  end('refused'));
"""
C = "#include <stdio.h>\nint main(void) { puts(\"built\"); return 0; }\n"
ADDON = """#include <node_api.h>
static napi_value make(napi_env env, napi_value exports) {
  napi_value answer;
  napi_create_uint32(env, 42, &answer);
  return answer;
}
NAPI_MODULE(addon, make)
"""
GYP = '{"targets": [{"target_name": "addon", "sources": ["addon.c"]}]}'


def packages(facts):
    return {
        "left": {"1.0.0": {"bin": {"left-program": "index.js"}}},
        "native": {"1.0.0": {
            "scripts": {"postinstall": "cc -o hello hello.c && ./hello > made"},
            "files:": {"hello.c": C}}},
        "curious": {"1.0.0": {
            "scripts": {"postinstall": "node curious.js"}, "dependencies": {"left": "1.0.0"},
            "files:": {"curious.js": CURIOUS, "facts.json": json.dumps(facts)}}},
        "unlisted": {"1.0.0": {"scripts": {"postinstall": "touch ran"}}},
        "failing": {"1.0.0": {"scripts": {"postinstall": "echo no; exit 9"}}},
        "addon": {"1.0.0": {
            "scripts": {"install": "node-gyp rebuild"}, "gypfile": True,
            "files:": {"addon.c": ADDON, "binding.gyp": GYP}}},
    }


class UserField(Field):
    """A field whose owner runs everything on it."""

    def __init__(self, user, directories):
        self.user = user
        super().__init__(directories)

    def make(self, path):
        os.chown(self.scratch, self.user, self.user)
        directory = super().make(path)
        os.chown(directory, self.user, self.user)
        return directory

    def start(self, arguments, environment, cwd=None, timeout=120, before=None):
        def become():
            if os.geteuid() != self.user:
                os.setgroups([])
                os.setgid(self.user)
                os.setuid(self.user)
            if before:
                before()
        if os.geteuid() == 0:
            for path in self.scratch.rglob("*"):
                os.chown(path, self.user, self.user, follow_symlinks=False)
        return super().start(arguments, environment, cwd, timeout, become)


def without_confinement():
    """Refuses this process namespaces and Landlock, as some container does."""
    allow, refuse = 0x7FFF0000, 0x00050000 | 38
    load, equal, bits, answer = 0x20, 0x15, 0x45, 0x06
    lines = [(load, 0, 0, 0), (equal, 0, 1, 444), (answer, 0, 0, refuse),
             (equal, 0, 3, 56), (load, 0, 0, 16), (bits, 0, 1, 0x7E020000),
             (answer, 0, 0, refuse), (answer, 0, 0, allow)]
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    text = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(lines), ctypes.addressof(text))
    libc = ctypes.CDLL(None)
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, program, 0, 0) != 0:
        os._exit(99)


class BuildTest(unittest.TestCase):
    def setUp(self):
        if not (BUILT / "shimgate").exists():
            self.fail("no release build: swift build -c release --static-swift-stdlib")
        if not npm_directories():
            self.skipTest("npm is not here")
        if shutil.which("cc", path=":".join(SYSTEM_PATH)) is None:
            self.skipTest("cc is not here")

    def fields(self):
        """Root with each npm, and an ordinary user with the machine's."""
        found = [(os.geteuid(), directories) for _, directories in npm_directories()]
        if os.geteuid() == 0:
            found.append((ORDINARY_USER, npm_directories()[0][1]))
        for user, directories in found:
            yield self.lay_out(user, directories)

    def field(self):
        return self.lay_out(os.geteuid(), npm_directories()[0][1])

    def lay_out(self, user, directories):
        field = UserField(user, directories)
        self.addCleanup(field.remove)
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        facts = {
            "home": str(field.home), "secret": SECRET, "port": server.getsockname()[1]}
        registry = Registry(field, packages=packages(facts))
        self.addCleanup(registry.stop)
        field.write("package.json", '{"name":"sample","version":"1.0.0"}')
        field.write(".npmrc", f"registry={registry.url}\nfetch-retries=0\n")
        (field.home / ".npmrc").write_text(f"//registry.npmjs.org/:_authToken={SECRET}\n")
        return field

    def rule(self, field, **require):
        policy = json.loads(field.policy.read_text())
        policy["rules"].insert(0, {
            "id": "builds", "action": "shell.exec", "match": {"operation": "install"},
            "effect": "allow", "require": require})
        field.policy.write_text(json.dumps(policy))

    def install(self, field, *words, before=None):
        return field.run("npm", "install", *words, before=before, CI_TOKEN=SECRET)

    def made(self, field, path):
        return field.project / "node_modules" / path


class ListedScriptsRun(BuildTest):
    def test_what_policy_lists_is_built_and_nothing_else(self):
        for field in self.fields():
            self.rule(field, scripts={"allow": ["native", "curious"]})
            with self.subTest(user=field.user, tools=field.tool_directories):
                result = self.install(field, "native", "curious", "unlisted")
                self.assertEqual(result.code, 0, str(result))
                self.assertEqual(self.made(field, "native/made").read_text(), "built\n")
                self.assertFalse(self.made(field, "unlisted/ran").exists())
                self.assertIn(b"install scripts did not run: unlisted@1.0.0", result.err)
                self.assertIn(b"install scripts ran (sandbox: ", result.err)
                answers = json.loads(self.made(field, "curious/answers.json").read_text())
                self.assertEqual(set(answers.values()), {"refused"}, answers)
                self.assertEqual(len(answers), 7)
                phases = field.records(["outcome"])[-1]["phases"]
                built = {phase["package"]: phase for phase in phases if phase["name"] == "build"}
                self.assertEqual(set(built), {"native@1.0.0", "curious@1.0.0"})
                for phase in built.values():
                    self.assertIn(phase["sandbox"], ("namespaces", "landlock"))
                    self.assertEqual(phase["exit"], 0)

    def test_without_us_the_same_scripts_get_at_everything(self):
        field = self.field()
        result = field.run_directly("npm", "install", "curious", "unlisted", CI_TOKEN=SECRET)
        self.assertEqual(result.code, 0, str(result))
        answers = json.loads(self.made(field, "curious/answers.json").read_text())
        self.assertEqual(set(answers.values()), {"open"}, answers)
        self.assertTrue(self.made(field, "unlisted/ran").exists())

    def test_a_bare_install_builds_as_well(self):
        field = self.field()
        self.rule(field, scripts={"allow": ["native"]})
        self.assertEqual(self.install(field, "native").code, 0)
        shutil.rmtree(field.project / "node_modules")
        for line in (["npm", "ci"], ["npm", "install"]):
            result = field.run(*line)
            self.assertEqual(result.code, 0, str(result))
            self.assertEqual(self.made(field, "native/made").read_text(), "built\n")
            self.made(field, "native/made").unlink()

    def test_the_projects_own_scripts_run_after_those_of_listed_packages(self):
        field = self.field()
        self.rule(field, scripts={"allow": ["native"]})
        manifest = {"name": "sample", "version": "1.0.0", "dependencies": {"native": "1.0.0"},
                    "scripts": {"prepare": "ls node_modules/native > prepared"}}
        field.write("package.json", json.dumps(manifest))
        result = self.install(field)
        self.assertEqual(result.code, 0, str(result))
        prepared = field.project / "prepared"
        self.assertIn("made", prepared.read_text().split())
        phases = [phase["name"] for phase in field.records(["outcome"])[-1]["phases"]]
        self.assertEqual(phases, ["resolve", "install", "build", "script"])
        prepared.unlink()
        self.assertEqual(self.install(field, "--ignore-scripts").code, 0)
        self.assertEqual(self.install(field, "left@1.0.0").code, 0)
        self.assertFalse(prepared.exists())

    def test_a_package_under_a_listed_name_is_not_that_package(self):
        field = self.field()
        self.rule(field, scripts={"allow": ["native"]})
        result = self.install(field, "native@npm:unlisted@1.0.0")
        self.assertEqual(result.code, 0, str(result))
        self.assertTrue(self.made(field, "native/package.json").exists())
        self.assertFalse(self.made(field, "native/ran").exists())

    def test_an_allowance_that_has_ended_lets_nothing_run(self):
        field = self.field()
        self.rule(
            field, scripts={"allow": [{"name": "native", "until": "2020-01-01T00:00:00Z"}]})
        self.assertEqual(self.install(field, "native").code, 0)
        self.assertFalse(self.made(field, "native/made").exists())

    def test_a_script_that_fails_fails_the_install_by_its_code(self):
        field = self.field()
        self.rule(field, scripts={"allow": ["failing"]})
        result = self.install(field, "failing")
        self.assertEqual(result.code, 9, str(result))
        self.assertIn(b"failing@1.0.0: its install script failed", result.err)
        self.assertEqual(field.records(["outcome"])[-1]["exit"], 9)

    def test_a_native_addon_is_built_with_the_headers_that_are_here(self):
        field = self.field()
        node = os.path.realpath(shutil.which("node", path=field.tool_path))
        headers = os.path.join(os.path.dirname(os.path.dirname(node)), "include/node/node_api.h")
        if not os.path.exists(headers) or not shutil.which("make") or not shutil.which("g++"):
            self.skipTest("node's headers, make or g++ are not here")
        self.rule(field, scripts={"allow": ["addon"]})
        result = self.install(field, "addon")
        self.assertEqual(result.code, 0, str(result))
        shown = field.run_directly(
            "node", "-p", "require('./node_modules/addon/build/Release/addon.node')")
        self.assertEqual(shown.out, b"42\n", str(shown))


class WhereNothingConfines(BuildTest):
    def test_listed_scripts_are_refused_and_nothing_is_installed(self):
        for sandbox in ({}, {"sandbox": "require"}):
            field = self.field()
            self.rule(field, scripts={"allow": ["native"]}, **sandbox)
            result = self.install(field, "native", before=without_confinement)
            self.assertEqual(result.code, DENIED, str(result))
            self.assertIn(b"cannot confine", result.err)
            self.assertFalse((field.project / "node_modules").exists())
            # What has no scripts to run needs no confinement.
            result = self.install(field, "left", before=without_confinement)
            self.assertEqual(result.code, 0, str(result))

    def test_auto_takes_what_it_gets_and_off_asks_for_nothing(self):
        for sandbox, before in (("auto", without_confinement), ("off", None)):
            field = self.field()
            self.rule(field, scripts={"allow": ["native"]}, sandbox=sandbox)
            result = self.install(field, "native", before=before)
            self.assertEqual(result.code, 0, str(result))
            self.assertEqual(self.made(field, "native/made").read_text(), "built\n")
            self.assertIn(b"sandbox: none", result.err)
            phase = field.records(["outcome"])[-1]["phases"][-1]
            self.assertEqual(phase["sandbox"], "none")
