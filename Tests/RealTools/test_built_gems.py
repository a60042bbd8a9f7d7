"""Extensions of a Gemfile's gems are built where the policy lists them, confined, and nowhere else. As root
and as an ordinary user."""
import json
import os
import socket
import unittest

from held import BundlerTest
from test_builds import ORDINARY_USER, UserField
from test_resolved_gem import CURIOUS, SECRET

EXTENSION = 'spec.extensions = ["ext/extconf.rb"]'
PART = """#include <ruby.h>
static VALUE answer(VALUE self) { return INT2NUM(42); }
void Init_native_part(void) { rb_define_global_function("native_answer", answer, 0); }
"""


# What needs no headers of ruby: its Makefile makes a library in Ruby.
MAKING = """place = RbConfig::MAKEFILE_CONFIG["sitearchdir"]
File.write("Makefile", <<~TEXT)
all:
\techo 'MADE = 42' > made_part.rb
install:
\tmkdir -p #{place}
\tcp made_part.rb #{place}
clean:
TEXT
"""


class Extensions(BundlerTest):
    user = os.geteuid()

    def make_field(self):
        return UserField(self.user, [])

    def build_more(self, place):
        self.build(place, "native", "1.0", EXTENSION, {
            "ext/extconf.rb": 'require "mkmf"\ncreate_makefile("native_part")\n',
            "ext/part.c": PART})
        (self.field.home / ".npmrc").write_text("//registry.npmjs.org/:_authToken=x\n")
        server = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(server.close)
        curious = CURIOUS.format(
            home=self.field.home, project=self.field.project, secret=SECRET,
            port=server.getsockname()[1])
        curious = curious.replace("../../plain-*/lib/plain.rb", "../../beta-*/beta.rb")
        self.build(place, "curious", "1.0", EXTENSION, {"ext/extconf.rb": curious})
        self.build(place, "made", "1.0", EXTENSION, {"ext/extconf.rb": MAKING})
        self.build(place, "failing", "1.0", EXTENSION, {"ext/extconf.rb": "exit 9\n"})

    def gemfile(self, *names):
        self.field.write("Gemfile", "\n".join(
            [f'source "{self.url}"', *(f'gem "{name}"' for name in names), ""]))

    def bundle(self, *words):
        return self.field.run("bundle", *words, SOME_TOKEN=SECRET)

    def gems(self):
        return sorted(path.name for path in self.field.project.glob("vendor/bundle/*/*/gems/*"))

    def assert_usable(self, *names):
        codes = {"made": 'require "made_part"; print MADE',
                 "native": 'require "native_part"; print native_answer'}
        for name in names:
            used = self.field.run_directly("bundle", "exec", "ruby", "-e", codes[name])
            self.assertEqual(used.out, b"42", str(used))

    def buildable(self):
        """What can be built here: native code needs ruby's headers."""
        headers = self.field.run_directly("ruby", "-rmkmf", "-e", "0", cwd=self.field.home)
        return ["made", "native"] if headers.code == 0 else ["made"]

    def test_listed_extensions_are_built_confined(self):
        names = self.buildable()
        self.rule(scripts={"allow": ["curious", *names]})
        self.gemfile("beta", "curious", *names)
        builds = ["build"] * (1 + len(names))
        # Resolved in a stage first, then from its lockfile.
        for phases in (["resolve", "install", *builds], ["install", *builds]):
            result = self.bundle("install")
            self.assert_code(0, result)
            self.assertIn(b"install scripts ran (sandbox: ", result.err)
            outcome = self.outcome()
            self.assertEqual([phase["name"] for phase in outcome["phases"]], phases)
            built = {phase["package"]: phase["sandbox"] for phase in outcome["phases"]
                     if phase["name"] == "build"}
            self.assertEqual(set(built), {f"{name}@1.0" for name in ["curious", *names]})
            self.assertLessEqual(set(built.values()), {"namespaces", "landlock"})
            answers = json.loads(next(self.field.project.glob(
                "vendor/bundle/*/*/gems/curious-1.0/answers.json")).read_text())
            self.assertEqual(len(answers), 6)
            # Where it sees a root of its own, what it writes there is nowhere else.
            answers.pop("write to the project")
            self.assertEqual(set(answers.values()), {"refused"}, answers)
            self.assertFalse((self.field.project / "written").exists())
            self.assert_usable(*names)
            # What is built is not built again.
            self.assert_code(0, self.bundle("install"))
            self.assertEqual([phase["name"] for phase in self.outcome()["phases"]], ["install"])
            self.assert_code(0, self.field.run_directly("rm", "-r", "vendor"))
        self.assert_chain_intact()

    def test_an_added_gem_is_built_where_it_is_listed(self):
        name = self.buildable()[-1]
        self.rule(scripts={"allow": [name]})
        self.assert_code(0, self.bundle("add", name))
        self.assert_usable(name)
        self.assertEqual(self.outcome()["phases"][-1]["package"], f"{name}@1.0")

    def test_unlisted_extensions_are_refused_before_unpacking(self):
        self.gemfile("made")
        for allowed in ([], ["curious"]):
            if allowed:
                self.rule(scripts={"allow": allowed})
            result = self.bundle("install")
            self.assertNotEqual(result.code, 0)
            self.assertIn(b"shimgate: made-1.0 is not installed: it builds",
                          result.out + result.err)
            self.assertEqual(self.gems(), [])

    def test_an_extension_that_fails_fails_the_install(self):
        self.rule(scripts={"allow": ["failing"]})
        self.gemfile("failing")
        result = self.bundle("install")
        self.assertNotEqual(result.code, 0)
        self.assertIn(b"failing@1.0", result.err)
        self.assertNotEqual(self.outcome().get("exit"), 0)

    def test_another_bundler_is_not_fetched_or_started(self):
        self.gemfile("beta")
        self.assert_code(0, self.bundle("install"))
        lock = self.text("Gemfile.lock")
        head, _, _ = lock.partition("BUNDLED WITH")
        self.field.write("Gemfile.lock", head + "BUNDLED WITH\n   2.3.99\n")
        result = self.bundle("install")
        self.assert_code(0, result)
        self.assertNotIn(b"2.3.99", result.out + result.err)


@unittest.skipIf(os.geteuid() != 0, "becoming an ordinary user needs root")
class OrdinaryExtensions(Extensions):
    user = ORDINARY_USER


del BundlerTest

if __name__ == "__main__":
    unittest.main()
