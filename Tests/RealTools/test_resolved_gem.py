"""What gem would install is judged before anything of it is installed, and exactly that is installed;
extensions of gems that policy lists are built confined."""
import functools
import http.server
import json
import pathlib
import shutil
import textwrap
import threading
import unittest

from field import DENIED, SYSTEM_PATH, Field
from test_gem_guards import Quiet

SECRET = "not-for-strangers-4712"
CURIOUS = """
answers = {{}}
attempt = lambda do |name, action|
  answers[name] = begin; action.call ? "open" : "refused"; rescue Exception; "refused"; end
end
attempt.("read ~/.npmrc", -> {{ File.read("{home}/.npmrc") }})
attempt.("a token of the environment", -> {{ ENV.values.any? {{ |value| value.include?("{secret}") }} }})
attempt.("write to the home directory", -> {{ File.write("{home}/written", "x") }})
attempt.("write to the project", -> {{ File.write("{project}/written", "x") }})
attempt.("write to another gem", -> {{ File.write(Dir.glob("../../plain-*/lib/plain.rb").first, "x") }})
require "socket"
attempt.("connect to a loopback port", -> {{ TCPSocket.new("127.0.0.1", {port}) }})
require "json"
File.write(File.join(__dir__, "../answers.json"), JSON.generate(answers))
File.write("Makefile", "all install clean:\\n\\t@true\\n")
"""


class ResolvedGem(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if shutil.which("gem", path=":".join(SYSTEM_PATH)) is None:
            raise unittest.SkipTest("gem is not here")
        cls.field = Field()
        cls.addClassCleanup(cls.field.remove)
        cls.repository = cls.field.make("repository")
        handler = functools.partial(Quiet, directory=str(cls.repository))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        cls.source = f"http://127.0.0.1:{server.server_address[1]}/"
        cls.build("plain", {"lib/plain.rb": "PLAIN = 1\n"})
        cls.build("plain", {"lib/plain.rb": "PLAIN = 2\n"}, version="2.0")
        cls.build("leaf", {"lib/leaf.rb": ""}, 'spec.add_runtime_dependency "plain", "< 2"')
        cls.build(
            "shadow", {"bin/npm": "#!/usr/bin/env ruby\n"},
            'spec.executables = ["npm"]; spec.bindir = "bin"')
        cls.build("native", {"ext/extconf.rb": 'require "mkmf"\ncreate_makefile("native_part")\n',
                             "ext/part.c": "void Init_native_part(void) {}\n"},
                  'spec.extensions = ["ext/extconf.rb"]')
        curious = CURIOUS.format(
            home=cls.field.home, project=cls.field.project, secret=SECRET,
            port=server.server_address[1])
        cls.build("curious", {"ext/extconf.rb": curious}, 'spec.extensions = ["ext/extconf.rb"]')
        cls.build("plugged", {"lib/rubygems_plugin.rb": ""})
        made = cls.field.run_directly("gem", "generate_index", "--directory", cls.repository)
        if made.code != 0:
            raise unittest.SkipTest("gem makes no index")
        cls.policy_text = cls.field.policy.read_text()

    @classmethod
    def build(cls, name, files, more="", version="1.0"):
        folder = cls.field.make(f"source/{name}-{version}")
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text)
        (folder / "x.gemspec").write_text(textwrap.dedent(f"""
            Gem::Specification.new do |spec|
              spec.name = "{name}"
              spec.version = "{version}"
              spec.summary = spec.description = "test"
              spec.authors = ["test"]
              spec.files = {list(files)}
              {more}
            end
            """))
        gems = cls.field.make("repository/gems")
        built = cls.field.run_directly(
            "gem", "build", "x.gemspec", "--output", gems / f"{name}-{version}.gem", cwd=folder)
        if built.code != 0:
            raise AssertionError(str(built))

    def setUp(self):
        self.field.policy.write_text(self.policy_text)
        self.gems = self.field.project / "gems"
        shutil.rmtree(self.gems, ignore_errors=True)

    def gem(self, *words, **variables):
        return self.field.run(
            "gem", "install", "--no-document", "--clear-sources", "--source", self.source,
            "--install-dir", "gems", *words, **variables)

    def installed(self):
        return sorted(path.stem for path in self.gems.glob("specifications/*.gemspec"))

    def rule(self, require):
        policy = json.loads(self.policy_text)
        policy["rules"].append({
            "id": "more", "action": "shell.exec", "match": {"operation": "install"},
            "effect": "allow", "require": require})
        self.field.policy.write_text(json.dumps(policy))

    def test_everyday_lines(self):
        result = self.gem("leaf")
        self.assertEqual(result.code, 0, str(result))
        self.assertEqual(self.installed(), ["leaf-1.0", "plain-1.0"])
        outcome = self.field.records(("outcome",))[-1]
        self.assertEqual([phase["name"] for phase in outcome["phases"]], ["resolve", "install"])
        packages = self.field.records(("outcome.packages",))[-1]["packages"]
        self.assertEqual(
            sorted(package["purl"] for package in packages),
            ["pkg:gem/leaf@1.0", "pkg:gem/plain@1.0"])
        self.assertEqual({package["registry"] for package in packages}, {self.source})
        self.assertTrue(all(one["integrity"].startswith("sha256-") for one in packages))
        result = self.gem("plain:2.0", "leaf")
        self.assertEqual(result.code, 0, str(result))
        self.assertIn("plain-2.0", self.installed())
        self.assertEqual(list(self.field.state.glob(".shimgate/stage/[!.]*")), [])

    def test_a_denied_gem_deep_down_stops_all(self):
        self.rule({"packages": {"deny": ["plain"]}})
        result = self.gem("leaf")
        self.assertEqual(result.code, DENIED, str(result))
        self.assertIn(b"plain@1.0", result.err)
        self.assertEqual(self.installed(), [])

    def test_programs_plugins_and_extensions_are_refused_by_name(self):
        for name, words in [
            ("shadow", b"a program named npm"), ("plugged", b"RubyGems plugin"),
            ("native", b"it builds ext/extconf.rb"),
        ]:
            with self.subTest(name):
                result = self.gem(name)
                self.assertEqual(result.code, DENIED, str(result))
                self.assertIn(words, result.err)
                self.assertEqual(self.installed(), [])
        self.rule({"scripts": {"allow": ["plugged"]}})
        self.assertEqual(self.gem("plugged").code, DENIED)

    def test_a_name_that_does_not_exist(self):
        result = self.gem("no-such-gem")
        self.assertEqual(result.code, DENIED, str(result))
        self.assertIn(b"no package is named no-such-gem", result.err)
        result = self.gem("plain:9")
        self.assertNotIn(b"no package is named", result.err)

    def test_listed_extensions_are_built_confined(self):
        if shutil.which("make", path=":".join(SYSTEM_PATH)) is None:
            self.skipTest("make is not here")
        self.rule({"scripts": {"allow": ["native", "curious"]}})
        (self.field.home / ".npmrc").write_text("//r/:_authToken=" + SECRET)
        self.assertEqual(self.gem("plain:1.0").code, 0)
        result = self.gem("curious", SOME_TOKEN=SECRET)
        self.assertEqual(result.code, 0, str(result))
        answers = json.loads(next(self.gems.glob("gems/curious-1.0/answers.json")).read_text())
        self.assertEqual(len(answers), 6)
        # Where it sees a root of its own, what it writes there is nowhere else.
        answers.pop("write to the project")
        self.assertEqual(set(answers.values()), {"refused"}, answers)
        self.assertFalse((self.field.project / "written").exists())
        phase = self.field.records(("outcome",))[-1]["phases"][-1]
        self.assertEqual((phase["name"], phase["package"]), ("build", "curious@1.0"))
        self.assertIn(phase["sandbox"], ("namespaces", "landlock"))
        headers = self.field.run_directly("ruby", "-rmkmf", "-e", "0", cwd=self.field.scratch)
        if headers.code != 0:
            self.skipTest("ruby's headers are not here")
        result = self.gem("native")
        self.assertEqual(result.code, 0, str(result))
        self.assertTrue(list(self.gems.glob("extensions/**/native_part.so")), str(result))
        used = self.field.run_directly(
            "ruby", "-e", 'gem "native"; require "native_part"', GEM_PATH=str(self.gems))
        self.assertEqual(used.code, 0, str(used))
        # One that is not listed stays out.
        self.rule({"scripts": {"allow": ["curious"]}})
        self.assertEqual(self.gem("native").code, DENIED)


if __name__ == "__main__":
    unittest.main()
