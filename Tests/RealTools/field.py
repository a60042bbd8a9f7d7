"""A shimgate installed into a scratch prefix, with tools around it, for tests as a user would.

Every test works on its own `Field`: a directory under /tmp that holds a home, a project, a
directory of stand-ins and a prefix filled by install.sh from the release build. Nothing here knows
how shimgate works inside; it runs programs, reads their output and reads the audit file.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILT = ROOT / ".build" / "release"
TOOLS = ROOT / ".cache" / "tools"
RECORDER = TOOLS / "stand-in" / "recorder"
SYSTEM_PATH = ["/usr/local/bin", "/usr/bin", "/bin"]

# sysexits, as the documentation promises them.
RECORD_FAILED, DENIED, POLICY_UNUSABLE = 74, 77, 78


class Result:
    """What a program left behind."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def __str__(self):
        return f"exit {self.code}\nstdout: {self.out!r}\nstderr: {self.err!r}"


class Field:
    """One scratch world with shimgate first on PATH."""

    def __init__(self, tool_directories=(), stand_ins=(), is_installed=True):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="shimgate-field."))
        self.home = self.make("home")
        self.project = self.make("project")
        self.stand_in_directory = self.make("stand-ins/bin")
        self.prefix = self.scratch / "prefix"
        self.log = self.scratch / "started.jsonl"
        self.tool_directories = [str(path) for path in tool_directories]
        for name in stand_ins:
            self.add_stand_in(name)
        if is_installed:
            result = self.install()
            if result.code != 0:
                raise AssertionError(f"install.sh failed: {result}")
            self.log.unlink(missing_ok=True)

    # --- laying out -----------------------------------------------------------------------

    def make(self, path):
        directory = self.scratch / path
        directory.mkdir(parents=True, exist_ok=True)
        return directory

    def add_stand_in(self, name, version=None):
        """A recorder under the tool's name, laid out as npm lays out its own packages."""
        package = {"pnpx": "pnpm", "npx": "npm", "yarnpkg": "yarn"}.get(name, name)
        home = self.make(f"stand-ins/lib/{name}")
        (home / "bin").mkdir(exist_ok=True)
        shutil.copy(RECORDER, home / "bin" / name)
        version = version or {"npm": "10.8.2", "pnpm": "11.22.0", "yarn": "1.22.22"}.get(package)
        if version:
            (home / "package.json").write_text(json.dumps({"name": package, "version": version}))
        link = self.stand_in_directory / name
        link.unlink(missing_ok=True)
        link.symlink_to(f"../lib/{name}/bin/{name}")

    def add_script(self, name, text):
        """An executable script among the stand-ins."""
        path = self.stand_in_directory / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    def write(self, path, text):
        file = self.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text if isinstance(text, str) else json.dumps(text))
        return file

    # --- places ---------------------------------------------------------------------------

    @property
    def shims(self):
        return self.prefix / "share/shimgate/shims"

    @property
    def program(self):
        return self.prefix / "bin/shimgate"

    @property
    def policy(self):
        return self.prefix / "etc/shimgate/policy.json"

    @property
    def state(self):
        return self.prefix / "var/shimgate"

    @property
    def audit(self):
        return self.state / "audit.jsonl"

    @property
    def tool_path(self):
        """PATH without the shims: what a user had before."""
        return ":".join([str(self.stand_in_directory), *self.tool_directories, *SYSTEM_PATH])

    @property
    def path(self):
        return f"{self.shims}:{self.prefix / 'bin'}:{self.tool_path}"

    def environment(self, **more):
        kept = ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PYENV_ROOT", "SSL_CERT_FILE", "PIP_CERT")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment.update(
            PATH=self.path, HOME=str(self.home), LANG="C.UTF-8", RECORDER_LOG=str(self.log),
            RUSTUP_HOME=os.environ.get("RUSTUP_HOME", os.path.expanduser("~/.rustup")),
            CARGO_HOME=str(self.home / ".cargo"), npm_config_update_notifier="false",
            PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONDONTWRITEBYTECODE="1")
        environment.update(more)
        return {name: value for name, value in environment.items() if value is not None}

    # --- running --------------------------------------------------------------------------

    def install(self, *options, environment=None, built=BUILT):
        arguments = [ROOT / "install.sh", "--prefix", self.prefix, "--built", built, *options]
        return self.start(arguments, environment or self.environment(PATH=self.tool_path))

    def run(self, *arguments, cwd=None, timeout=120, before=None, **variables):
        """Runs a line with the shims first on PATH."""
        return self.start(arguments, self.environment(**variables), cwd, timeout, before)

    def run_directly(self, *arguments, cwd=None, timeout=120, **variables):
        """Runs the same line without shimgate."""
        variables.setdefault("PATH", self.tool_path)
        return self.start(arguments, self.environment(**variables), cwd, timeout)

    def shell(self, text, **variables):
        return self.run("sh", "-c", text, **variables)

    def shimgate(self, *arguments, **variables):
        return self.run(self.program, *arguments, **variables)

    def start(self, arguments, environment, cwd=None, timeout=120, before=None):
        words = [os.fsencode(word) for word in arguments]
        program = words[0]
        if b"/" not in program:
            found = shutil.which(os.fsdecode(program), path=environment["PATH"])
            if found is None:
                raise unittest.SkipTest(f"{os.fsdecode(program)} is not here")
            program = os.fsencode(found)
        # The program is looked up here, because Python would use its own PATH and not the test's.
        done = subprocess.run(
            words, executable=program, env=environment, cwd=cwd or self.project,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, preexec_fn=before)
        return Result(done)

    # --- what happened --------------------------------------------------------------------

    def records(self, kinds=("decision", "approval.requested")):
        if not self.audit.exists():
            return []
        # What a full disk has torn is no record.
        lines = [line for line in self.audit.read_text(encoding="ascii").splitlines()
                 if line.endswith("}")]
        return [record for record in map(json.loads, lines) if record["type"] in kinds]

    def started(self):
        """What the stand-ins wrote down."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def remove(self):
        shutil.rmtree(self.scratch, ignore_errors=True)


class Registry:
    """One of the loopback registries, running."""

    def __init__(self, field, script="npm_registry.py", packages=None):
        self.log = field.scratch / f"{script}.requests.jsonl"
        self.log.touch()
        command = [sys.executable, ROOT / "Tests/Registries" / script, self.log]
        if packages is not None:
            command.append(json.dumps(packages))
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}/"

    def requests(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def was_asked(self, path):
        return any(request["path"].rstrip("/").endswith(path) for request in self.requests())

    def fail_for(self, path=None, fault=None):
        """wheel_index.py fails for paths that end so from now on, and for no others."""
        faults = self.log.with_name(self.log.name + ".faults")
        written = faults.with_suffix(".new")
        written.write_text(json.dumps({path: fault} if path else {}))
        written.replace(faults)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class FieldTest(unittest.TestCase):
    """A test that has a field; subclasses say which tools stand on it."""

    tool_directories = ()
    stand_ins = ()

    def setUp(self):
        if not (BUILT / "shimgate").exists():
            self.fail("no release build: swift build -c release --static-swift-stdlib")
        self.field = self.make_field()
        self.addCleanup(self.field.remove)

    def make_field(self):
        return Field(self.tool_directories, self.stand_ins)

    def registry(self, script="npm_registry.py", packages=None):
        registry = Registry(self.field, script, packages)
        self.addCleanup(registry.stop)
        return registry

    def let_any_age_in(self):
        """For packages in a folder and stand-ins without a registry: nobody says how old they are."""
        before = self.field.policy.read_text()
        policy = json.loads(before)
        policy["require"]["minimumReleaseAge"] = "0h"
        self.field.policy.write_text(json.dumps(policy))
        self.addCleanup(lambda: self.field.policy.parent.exists()
                        and self.field.policy.write_text(before))

    def need(self, *names):
        """Skips by the tool's name where it is not on this machine."""
        for name in names:
            if shutil.which(name, path=self.field.tool_path) is None:
                self.skipTest(f"{name} is not here")

    def mount_disk(self, size, place=None):
        """Puts an empty disk of its own under the project or another directory."""
        place = place or self.field.project
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place],
            capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("mounting is not possible here")
        self.addCleanup(subprocess.run, ["umount", "-l", place])

    def fill_disk(self, place=None):
        """Leaves no space on a directory's disk, the project's where none is named; returns the file that
        takes it."""
        filler = (place or self.field.project) / "filler"
        try:
            with open(filler, "wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
        except OSError:
            pass
        return filler

    def assert_denied(self, result, rule=None):
        self.assertEqual(result.code, DENIED, str(result))
        self.assertTrue(result.err.startswith(b"shimgate: denied: "), str(result))
        self.assertEqual(result.out, b"", str(result))
        if rule:
            self.assertIn(f"[rule {rule}]".encode(), result.err)

    def assert_code(self, code, result):
        self.assertEqual(result.code, code, str(result))

    def assert_chain_intact(self):
        result = self.field.shimgate("audit", "verify", "--accept", "unanchored")
        self.assert_code(0, result)


def npm_directories():
    """A directory for each npm at hand: the machine's, and npm 11 from .cache."""
    found = []
    machine = shutil.which("npm", path=":".join(SYSTEM_PATH))
    if machine:
        found.append(("machine", []))
    if (TOOLS / "npm11/bin/npm").exists():
        found.append(("npm11", [TOOLS / "npm11/bin"]))
    return found


def any_npm():
    """Where to look for npm besides the machine's own places, which may hold none."""
    return npm_directories()[0][1] if npm_directories() else []
