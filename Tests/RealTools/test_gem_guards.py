"""Gems that bring code for their own installation are refused, by name, before they are unpacked."""
import functools
import http.server
import json
import pathlib
import re
import subprocess
import textwrap
import threading
import unittest

from field import FieldTest


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files, says when each gem among them was published (long ago), and is quiet."""

    def do_GET(self):
        asked = re.fullmatch(r"/api/v1/versions/(.+)\.json", self.path)
        found = []
        for file in pathlib.Path(self.directory, "gems").glob("*.gem") if asked else ():
            name, version = file.stem.rsplit("-", 1)
            if name == asked[1]:
                found.append({"number": version, "platform": "ruby",
                              "created_at": "2020-01-01T00:00:00Z"})
        if not found:
            super().do_GET()
            return
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class GemGuards(FieldTest):
    """Real gems, built here and installed from their files."""

    def setUp(self):
        super().setUp()
        self.need("ruby", "gem", "git")
        self.marker = self.field.scratch / "marker"
        self.gems = self.field.make("gems")
        mark = f'File.write({str(self.marker)!r}, "ran")\n'
        self.build("plain", {"lib/plain.rb": "PLAIN = 1\n"})
        self.build(
            "native", {"ext/extconf.rb": mark + 'require "mkmf"\ncreate_makefile "native"\n'},
            'spec.extensions = ["ext/extconf.rb"]')
        self.build("raked", {"Rakefile": mark}, 'spec.extensions = ["Rakefile"]')
        self.build("plugged", {"lib/rubygems_plugin.rb": mark})
        self.build(
            "carrier", {"lib/carrier.rb": ""}, 'spec.add_runtime_dependency "native", "1.0"')
        # Files that a repository tracks are its own, so that they need no time of publication.
        for words in (["init", "-q"], ["add", "--all"]):
            subprocess.run(["git", *words], cwd=self.gems, check=True)

    def build(self, name, files, more=""):
        folder = self.field.make(f"source/{name}")
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text)
        (folder / "x.gemspec").write_text(textwrap.dedent(f"""
            Gem::Specification.new do |spec|
              spec.name = "{name}"
              spec.version = "1.0"
              spec.summary = spec.description = "test"
              spec.authors = ["test"]
              spec.files = {list(files)}
              {more}
            end
            """))
        built = self.field.run_directly(
            "gem", "build", "x.gemspec", "--output", self.gems / f"{name}-1.0.gem", cwd=folder)
        self.assert_code(0, built)

    def gem(self, name, run=None, *more):
        # The file is below the project, so that nothing is fetched.
        return (run or self.field.run)(
            "gem", "install", "--local", "--no-document", "--install-dir", "installed", *more,
            name, cwd=self.gems)

    def test_code_for_the_installation_is_refused(self):
        for name in ("native", "raked", "plugged", "carrier"):
            with self.subTest(name):
                result = self.gem(name)
                self.assertNotEqual(result.code, 0, str(result))
                guilty = b"native" if name == "carrier" else name.encode()
                self.assertIn(guilty + b"@1.0 is not installed", result.err)
                self.assertFalse(self.marker.exists(), str(result))
                left = list((self.gems / "installed").glob(f"gems/{guilty.decode()}-*"))
                self.assertEqual(left, [])
        # What the caller loads first does not matter.
        sly = self.field.scratch / "sly.rb"
        sly.write_text("")
        result = self.field.run(
            "gem", "install", "--local", "--install-dir", "installed", "plugged", cwd=self.gems,
            RUBYOPT=f"-r{sly}", RUBYLIB=str(self.field.scratch))
        self.assertNotEqual(result.code, 0, str(result))
        self.assertFalse(self.marker.exists(), str(result))
        # Without us both run, so the marker's absence above means us.
        self.gem("native", self.field.run_directly)
        self.assertTrue(self.marker.exists())
        self.marker.unlink()
        # RubyGems 3.3 loads a plugin at the next command, later ones at once.
        self.gem("plugged", self.field.run_directly)
        self.list_gems()
        self.assertTrue(self.marker.exists())

    def list_gems(self):
        return self.field.run_directly("gem", "list", GEM_PATH=str(self.gems / "installed"))

    def test_gems_without_such_code_are_installed(self):
        subprocess.run(["git", "rm", "-q", "--cached", "plain-1.0.gem"], cwd=self.gems, check=True)
        stray = self.gem("plain")
        self.assert_code(77, stray)
        self.assertIn(b"plain-1.0.gem, and nobody says when it was published", stray.err)
        subprocess.run(["git", "add", "plain-1.0.gem"], cwd=self.gems, check=True)
        self.assert_code(0, self.gem("plain"))
        self.assertTrue((self.gems / "installed/gems/plain-1.0/lib/plain.rb").exists())
        record = self.field.records()[-1]
        self.assertTrue(
            any("RUBYOPT=-r" in word for word in record["injected"]), record["injected"])

    def test_installed_plugins_stay_asleep_during_an_install(self):
        self.gem("plugged", self.field.run_directly)
        self.marker.unlink(missing_ok=True)
        self.assert_code(0, self.field.run(
            "gem", "install", "--local", "--no-document", "--install-dir", "installed", "plain",
            cwd=self.gems, GEM_PATH=str(self.gems / "installed")))
        self.assertFalse(self.marker.exists())
        self.list_gems()
        self.assertTrue(self.marker.exists())

    def test_bundler_is_guarded_too(self):
        self.need("bundle")
        source = self.field.make("project/vendor/cache")
        for file in self.gems.glob("*.gem"):
            (source / file.name).write_bytes(file.read_bytes())
        index = self.field.make("repository/gems")
        for file in self.gems.glob("*.gem"):
            (index / file.name).write_bytes(file.read_bytes())
        self.assert_code(0, self.field.run_directly(
            "gem", "generate_index", "--directory", index.parent))
        # A source on disk is one of the kind path, which the default policy does not list.
        handler = functools.partial(Quiet, directory=str(index.parent))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_port}"
        self.field.write(".bundle/config", 'BUNDLE_PATH: "vendor/bundle"\nBUNDLE_PLUGINS: "true"\n')
        for name in ("native", "plugged", "carrier"):
            with self.subTest(name):
                self.field.write("Gemfile", f'source "{address}"\ngem "{name}"\n')
                result = self.field.run("bundle", "install")
                self.assertNotEqual(result.code, 0, str(result))
                self.assertIn(b"is not installed", result.out + result.err)
                self.assertFalse(self.marker.exists(), str(result))
        self.field.write("Gemfile", f'source "{address}"\nplugin "plain"\ngem "plain"\n')
        (self.field.project / "Gemfile.lock").unlink(missing_ok=True)
        result = self.field.run("bundle", "install")
        self.assert_code(0, result)
        self.assertTrue(list(self.field.project.glob("vendor/bundle/**/plain.rb")), str(result))
        self.assertFalse((self.field.project / ".bundle/plugin").exists())


if __name__ == "__main__":
    unittest.main()
