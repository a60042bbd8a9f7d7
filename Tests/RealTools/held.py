"""Projects of cargo and Bundler with a registry of their own on loopback, for tests of installs that are
held to a lockfile."""
import contextlib
import functools
import http.server
import json
import os
import pathlib
import signal
import subprocess
import textwrap
import threading
import time

from field import FieldTest
from test_gem_guards import Quiet

APPROVAL = 75
CRATES = {
    "alpha": {"1.0.0": {"beta": "^1.0"}, "1.1.0": {"beta": "^1.0"}},
    "beta": {"1.0.0": {}, "1.2.0": {}},
    "liar": {"1.0.0": {"fault:": "yes"}},
    "cut": {"1.0.0": {"fault:": "short"}},
    "down": {"1.0.0": {"fault:": "500"}},
    "slow": {"1.0.0": {"fault:": "slow"}},
    "cut-index": {"1.0.0": {"fault:": "index-short"}},
    "down-index": {"1.0.0": {"fault:": "index-500"}},
    "slow-index": {"1.0.0": {"fault:": "index-slow"}},
}


class Held(FieldTest):
    """What is said of a project and recorded of its lines."""

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
        self.assertEqual(list((self.field.state / "installs").glob("*")), [])

    # --- lines that are stopped -----------------------------------------------------------

    def begin(self, *words, **variables):
        """Starts a line in a session of its own."""
        return subprocess.Popen(
            words, executable=str(self.field.shims / words[0]),
            env=self.field.environment(**variables),
            cwd=self.field.project, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def wait_until(self, is_reached):
        deadline = time.monotonic() + 60
        while not is_reached():
            if time.monotonic() > deadline:
                self.fail("the line did not come so far")
            time.sleep(0.02)

    def kill(self, process):
        """Kills the shim, and then what it has left of its own session."""
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def interrupted(self):
        return [record["ref"] for record in self.field.records(["outcome"])
                if record.get("interrupted")]


class CargoTest(Held):
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


class Faulty(Quiet):
    """Answers as `faults` says for the paths that end so: `500`, `short`, `other` or `slow`."""

    def __init__(self, faults, *arguments, **more):
        self.faults = faults
        super().__init__(*arguments, **more)

    def do_GET(self):
        fault = next((fault for end, fault in self.faults.items() if self.path.endswith(end)), None)
        if fault is None:
            return super().do_GET()
        if fault == "500":
            return self.send_error(500)
        body = pathlib.Path(self.translate_path(self.path)).read_bytes()
        if fault == "slow":
            self.faults["seen"] = True
            time.sleep(30)
        if fault == "other":
            # Within the first file of a gem, and before what fills it up.
            place = min(520, len(body) // 2)
            body = body[:place] + b"other" + body[place + 5:]
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError):
            # Ruby takes half an answer for a whole one; a gem's files stand in its second quarter.
            self.wfile.write(body[:len(body) // 4] if fault == "short" else body)
        self.close_connection = True


class BundlerTest(Held):
    def setUp(self):
        super().setUp()
        self.need("bundle", "gem")
        index = self.field.make("repository/gems").parent
        for name, version, more in (
                ("alpha", "1.0.0", 'spec.add_dependency "beta", "~> 1.0"'),
                ("beta", "1.0.0", ""), ("beta", "1.2.0", "")):
            self.build(index / "gems", name, version, more)
        self.build_more(index / "gems")
        self.assert_code(0, self.field.run_directly("gem", "generate_index", "--directory", index))
        self.faults = {}
        handler = functools.partial(Faulty, self.faults, directory=str(index))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.field.write("Gemfile", f'source "{self.url}"\n')
        self.field.write(".bundle/config", 'BUNDLE_PATH: "vendor/bundle"\n')

    def build_more(self, place):
        """Gems of a test's own."""

    def build(self, place, name, version, more, files=()):
        folder = self.field.make(f"source/{name}-{version}")
        files = {f"{name}.rb": "", **dict(files)}
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text)
        (folder / "x.gemspec").write_text(textwrap.dedent(f"""
            Gem::Specification.new do |spec|
              spec.name, spec.version = "{name}", "{version}"
              spec.summary = spec.description = "test"
              spec.authors = ["test"]
              spec.files = {list(files)}
              {more}
            end
            """))
        self.assert_code(0, self.field.run_directly(
            "gem", "build", "x.gemspec", "--output", place / f"{name}-{version}.gem", cwd=folder))

    def installed(self, name):
        return sorted(path.name for path in
                      self.field.project.glob(f"vendor/bundle/**/gems/{name}-*"))
