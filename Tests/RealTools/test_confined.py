"""A confined program cannot get out, and can still build software: with both enforcements, as root
and as an ordinary user."""
import ctypes
import functools
import json
import os
import pathlib
import pty
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from field import BUILT, SYSTEM_PATH

ATTEMPTS = pathlib.Path(__file__).parent / "confined/attempts.py"
PYTHON = shutil.which("python3", path=":".join(SYSTEM_PATH))
SECRET = "not-for-strangers-4711"
ENFORCEMENTS = ("namespaces", "landlock")
ORDINARY_USER = 61_234


def users():
    """Root and somebody else, or only the user who runs the tests."""
    return [0, ORDINARY_USER] if os.geteuid() == 0 else [os.geteuid()]


class Ground:
    """A home with secrets, a project, places outside, and servers to reach for."""

    def __init__(self, user):
        self.user = user
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="shimgate-confined."))
        self.scratch.chmod(0o755)
        self.program = self.scratch / "bin/shimgate"
        self.program.parent.mkdir()
        shutil.copy(BUILT / "shimgate", self.program)
        for name in ("home", "home/.ssh", "project", "outside", "sockets"):
            (self.scratch / name).mkdir()
        self.home, self.project = self.scratch / "home", self.scratch / "project"
        self.outside = self.scratch / "outside"
        (self.home / ".npmrc").write_text(f"//registry.npmjs.org/:_authToken={SECRET}\n")
        (self.home / ".ssh/id_ed25519").write_text(SECRET)
        (self.project / ".npmrc").write_text(f"//localhost/:_authToken={SECRET}\n")
        (self.project / "way-out").symlink_to(self.outside / "file")
        shutil.copy(ATTEMPTS, self.project / "attempts.py")
        self.refill()
        self.servers = []
        self.threads = []
        self.open_servers()
        for path in [self.scratch, *self.scratch.rglob("*")]:
            os.chown(path, user, user, follow_symlinks=False)
        self.neighbour = subprocess.Popen(
            ["sleep", "600"], env={"TOKEN": SECRET, "PATH": os.environ["PATH"]},
            **self.identity())

    def refill(self):
        for name in ("file", "gone", "moved"):
            path = self.outside / name
            path.write_text("outside")
            os.chown(path, self.user, self.user)

    def identity(self):
        if os.geteuid() == self.user:
            return {}
        return {"user": self.user, "group": self.user, "extra_groups": []}

    def open_servers(self):
        tcp = self.serve(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
        tcp.setsockopt(socket.IPPROTO_TCP, 23, 5)
        udp = self.serve(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
        self.abstract = f"shimgate-{os.getpid()}-{self.user}"
        self.serve(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + self.abstract)
        self.unix = str(self.scratch / "sockets/stream")
        self.datagrams = str(self.scratch / "sockets/datagrams")
        self.serve(socket.AF_UNIX, socket.SOCK_STREAM, self.unix)
        self.serve(socket.AF_UNIX, socket.SOCK_DGRAM, self.datagrams)
        self.tcp, self.udp = tcp.getsockname()[1], udp.getsockname()[1]
        libc = ctypes.CDLL(None)
        self.key = 0x5348_0000 + (os.getpid() & 0xFFFF)
        self.memory = libc.shmget(self.key, 4096, 0o1666)

    def serve(self, family, kind, address):
        server = socket.socket(family, kind)
        server.bind(address)
        self.servers.append(server)
        if kind == socket.SOCK_STREAM:
            server.listen(64)
        elif family == socket.AF_INET:
            thread = threading.Thread(target=self.echo, args=(server,), daemon=True)
            thread.start()
        return server

    @staticmethod
    def echo(server):
        while True:
            try:
                data, address = server.recvfrom(16)
                server.sendto(data, address)
            except OSError:
                return

    def facts(self, confined):
        return {
            "home": str(self.home), "project": str(self.project), "outside": str(self.outside),
            "in-tmp": f"/tmp/shimgate-seen-{os.getpid()}-{self.user}", "tcp": self.tcp, "udp": self.udp,
            "abstract": self.abstract, "unix": self.unix, "datagrams": self.datagrams,
            "process": self.neighbour.pid, "secret": SECRET, "key": self.key,
            "is-root": self.user == 0, "confined": confined, "disk": root_disk(),
            "has-rings": has_call(425), "has-keys": has_call(250)}

    def environment(self, **more):
        return {"PATH": ":".join(SYSTEM_PATH), "HOME": str(self.home), "LANG": "C.UTF-8",
                "NPM_TOKEN": SECRET, **more}

    def confine(self, enforcement, *command, options=(), **settings):
        words = [self.program, "confine", "--by", enforcement, "--write", self.project]
        return self.start(*words, *options, "--", *command, **settings)

    def start(self, *words, **settings):
        settings.setdefault("env", self.environment())
        settings.setdefault("stdin", subprocess.DEVNULL)
        settings.setdefault("cwd", self.project)
        return subprocess.run(
            words, capture_output=True, text=True, timeout=120, **self.identity(), **settings)

    def remove(self):
        self.neighbour.kill()
        self.neighbour.wait()
        for server in self.servers:
            server.close()
        ctypes.CDLL(None).shmctl(self.memory, 0, None)
        pathlib.Path(self.facts("")["in-tmp"]).unlink(missing_ok=True)
        shutil.rmtree(self.scratch, ignore_errors=True)


def root_disk():
    device = os.stat("/").st_dev
    return f"/dev/block/{os.major(device)}:{os.minor(device)}"


def has_call(number):
    """Whether a system call exists here and is not refused to begin with."""
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (1, ctypes.create_string_buffer(256)) if number == 425 else (0, -3, 0)
    result = libc.syscall(number, *arguments)
    if number == 425 and result > 0:
        os.close(result)
    return result > 0


def on_every_ground(test):
    """Runs a test for each user with each enforcement that this machine gives."""
    @functools.wraps(test)
    def run(self):
        for ground, enforcement in self.grounds():
            with self.subTest(enforcement=enforcement, user=ground.user):
                test(self, ground, enforcement)
    return run


class ConfinedTest(unittest.TestCase):
    def grounds(self):
        """Each user with each enforcement that this machine gives."""
        if not (BUILT / "shimgate").exists():
            self.fail("no release build: swift build -c release --static-swift-stdlib")
        if PYTHON is None:
            self.skipTest("python3 is not here")
        found = []
        for user in users():
            ground = Ground(user)
            self.addCleanup(ground.remove)
            for enforcement in ENFORCEMENTS:
                result = ground.confine(enforcement, "true")
                if result.returncode == 77:
                    print(f"not here: {enforcement} for uid {user}: {result.stderr}")
                    continue
                found.append((ground, enforcement))
        if not found:
            self.skipTest("this machine has no means of confinement")
        return found

    def assert_works(self, result):
        self.assertEqual(result.returncode, 0, f"{result.stdout}\n{result.stderr}")


class NothingGetsOut(ConfinedTest):
    @on_every_ground
    def test_no_way_out_of_a_confined_run(self, ground, enforcement):
        answers = self.ask(ground, enforcement)
        self.assertGreater(len(answers), 40)
        answers.pop("write to /tmp for others to see")
        self.assertFalse(pathlib.Path(ground.facts("")["in-tmp"]).exists())
        for name, answer in answers.items():
            is_refused = answer.startswith("refused") or answer == "empty"
            self.assertTrue(is_refused, f"{name}: {answer}")

    def test_without_confinement_the_same_ways_are_open(self):
        for user in users():
            ground = Ground(user)
            self.addCleanup(ground.remove)
            for name, answer in self.ask(ground, "").items():
                self.assertTrue(answer.startswith("open"), f"{name}: {answer}")

    def ask(self, ground, enforcement):
        ground.refill()
        path = ground.project / "facts.json"
        path.write_text(json.dumps(ground.facts(enforcement)))
        path.chmod(0o644)
        home = os.open(ground.home, os.O_RDONLY | os.O_DIRECTORY)
        os.dup2(home, 90)
        words = ["sh", "-c", 'exec 8<&0 </dev/null; exec "$@"', "sh",
                 PYTHON, ground.project / "attempts.py", path]
        settings = {"stdin": home, "pass_fds": [90]}
        try:
            if enforcement:
                result = ground.confine(enforcement, *words, **settings)
            else:
                result = ground.start(*words, **settings)
        finally:
            os.close(home)
            os.close(90)
        self.assert_works(result)
        return json.loads(result.stdout)

    @on_every_ground
    def test_a_terminal_cannot_be_typed_to_or_listened_to(self, ground, enforcement):
        program = (
            "import errno, fcntl, os, sys\n"
            "try: fcntl.ioctl(1, 0x5412, b'x')\n"
            "except OSError as error: print('typing', errno.errorcode[error.errno])\n"
            "try: os.read(1, 1)\n"
            "except OSError as error: print('listening', errno.errorcode[error.errno])\n"
            "print('terminal', os.isatty(1))\n")
        controller, terminal = pty.openpty()
        os.fchown(terminal, ground.user, -1)
        words = [ground.program, "confine", "--by", enforcement, "--write", ground.project,
                 "--", PYTHON, "-c", program]
        process = subprocess.Popen(
            words, stdin=terminal, stdout=terminal, stderr=terminal, cwd=ground.project,
            env=ground.environment(), start_new_session=True, **ground.identity())
        process.wait(60)
        os.close(terminal)
        said = os.read(controller, 4096).decode()
        os.close(controller)
        self.assertIn("typing EPERM", said)
        self.assertIn("listening EBADF", said)
        self.assertIn("terminal True", said)

    @unittest.skipIf(os.geteuid() != 0, "a machine without /dev/null needs root")
    @on_every_ground
    def test_nothing_runs_where_standard_input_cannot_be_emptied(self, ground, enforcement):
        result = subprocess.run(
            ["unshare", "--mount", "sh", "-c",
             "mount --bind /dev/null /dev/null && mount -o remount,bind,nodev /dev/null && "
             f"exec setpriv --reuid {ground.user} --regid {ground.user} --clear-groups \"$@\"", "sh",
             ground.program, "confine", "--by", enforcement, "--write", ground.project, "--",
             "touch", "ran"],
            capture_output=True, text=True, cwd=ground.project, env=ground.environment())
        self.assertEqual(result.returncode, 77, str(result))
        self.assertIn("/dev/null: Permission denied", result.stderr)
        self.assertFalse((ground.project / "ran").exists())

    @on_every_ground
    def test_a_credential_file_with_a_second_name_is_refused(self, ground, enforcement):
        second = ground.project / "innocent"
        os.link(ground.home / ".npmrc", second)
        result = ground.confine(enforcement, "cat", second)
        second.unlink()
        self.assertEqual(result.returncode, 77, result.stdout)
        self.assertIn("cannot be hidden", result.stderr)
        self.assertEqual(result.stdout, "")

    @on_every_ground
    def test_a_writable_file_with_a_name_outside_is_refused(self, ground, enforcement):
        package = ground.project / "package"
        package.mkdir(exist_ok=True)
        (package / "own").write_text("x")
        os.link(package / "own", package / "own-too")
        self.assert_works(ground.confine(enforcement, "true"))
        os.link(ground.outside / "file", package / "from-a-store")
        result = ground.confine(enforcement, "sh", "-c", "echo x > package/from-a-store")
        shutil.rmtree(package)
        self.assertEqual(result.returncode, 77, result.stdout)
        self.assertIn("second name outside", result.stderr)
        self.assertEqual((ground.outside / "file").read_text(), "outside")

    @on_every_ground
    def test_a_place_that_holds_the_home_directory_is_refused(self, ground, enforcement):
        for place in (ground.scratch, ground.home, pathlib.Path("/")):
            result = ground.confine(enforcement, "true", options=["--read", place])
            self.assertEqual(result.returncode, 77, result.stderr)
            self.assertIn("contains the home directory", result.stderr)

    @on_every_ground
    def test_what_a_program_leaves_running_ends_with_it(self, ground, enforcement):
        mark = f"6{os.getpid()}{ground.user}.25"
        result = ground.confine(
            enforcement, "sh", "-c",
            f"setsid sleep {mark} >/dev/null 2>&1 & (setsid sleep {mark} >/dev/null 2>&1 &); "
            "sleep 0.1")
        self.assert_works(result)
        running = subprocess.run(["pgrep", "-f", f"sleep {mark}"], capture_output=True)
        self.assertEqual(running.stdout, b"")

    @on_every_ground
    def test_a_run_leaves_nothing_in_the_temporary_directory(self, ground, enforcement):
        parent = ground.scratch / "parent"
        parent.mkdir(exist_ok=True)
        os.chown(parent, ground.user, ground.user)
        result = ground.confine(
            enforcement, "sh", "-c",
            "mkdir -p $HOME/a/b $TMPDIR/c; touch $HOME/a/b/x; ln -s / $TMPDIR/c/root; "
            "chmod 0 $HOME/a/b $HOME/a; echo $HOME",
            options=["--scratch", parent])
        self.assert_works(result)
        self.assertIn(str(parent), result.stdout)
        self.assertEqual(list(parent.iterdir()), [])


class ItStaysAProgram(ConfinedTest):
    @on_every_ground
    def test_exit_codes_and_signals_come_back(self, ground, enforcement):
        self.assertEqual(ground.confine(enforcement, "sh", "-c", "exit 7").returncode, 7)
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV):
            result = ground.confine(enforcement, "sh", "-c", f"kill -{number.value} $$")
            self.assertEqual(result.returncode, -number.value)
        self.assertEqual(ground.confine(enforcement, "no-such-program").returncode, 127)

    @on_every_ground
    def test_a_signal_reaches_the_program_and_a_kill_ends_all_of_it(self, ground, enforcement):
        words = [ground.program, "confine", "--by", enforcement, "--write", ground.project,
                 "--scratch", ground.scratch, "--", "sh", "-c",
                 "trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.05; done"]
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, cwd=ground.project,
            env=ground.environment(), **ground.identity())
        self.assertEqual(process.stdout.readline(), "ready\n")
        process.terminate()
        self.assertEqual(process.stdout.read(), "caught\n")
        process.stdout.close()
        self.assertEqual(process.wait(10), 5)
        words[-1] = "echo ready; exec sleep 600"
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, cwd=ground.project,
            env=ground.environment(), **ground.identity())
        self.assertEqual(process.stdout.readline(), "ready\n")
        process.kill()
        # The pipe closes when the last process that holds it has ended.
        self.assertEqual(process.stdout.read(), "")
        process.stdout.close()
        process.wait()

    @on_every_ground
    def test_the_enforcement_that_was_reached_is_told(self, ground, enforcement):
        reading, writing = os.pipe()
        os.set_inheritable(writing, True)
        result = ground.confine(
            enforcement, "true", options=["--report", str(writing)], pass_fds=[writing])
        os.close(writing)
        self.assert_works(result)
        with os.fdopen(reading) as told:
            self.assertEqual(told.read(), f"{enforcement}\n")

    @on_every_ground
    def test_only_listed_variables_and_a_home_of_its_own(self, ground, enforcement):
        result = ground.confine(
            enforcement, "env", options=["--keep", "npm_config_offline"],
            env=ground.environment(npm_config_offline="true", LC_TIME="C", DEBUG="1"))
        self.assert_works(result)
        names = {line.split("=")[0] for line in result.stdout.splitlines()}
        self.assertEqual(
            names, {"PATH", "LANG", "LC_TIME", "HOME", "TMPDIR", "TMP", "TEMP",
                    "npm_config_offline"})
        self.assertNotIn(f"HOME={ground.home}", result.stdout)

    @on_every_ground
    def test_where_namespaces_are_refused_landlock_takes_over(self, ground, enforcement):
        # A confined program may make no namespaces, as in most containers.
        inner = [ground.program, "confine", "--write", ground.project]
        options = ["--read", ground.program.parent]
        # The outer one has left it no other place.
        scratch = ["sh", "-c", 'exec "$0" "$@" --scratch "$TMPDIR" -- cat /proc/self/status']
        result = ground.confine(enforcement, *scratch, *inner, options=options)
        if "Landlock" in result.stderr:
            self.skipTest("no Landlock here")
        self.assert_works(result)
        self.assertIn("NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t2\n", result.stdout)
        result = ground.confine(
            enforcement, *scratch, *inner, "--by", "namespaces", options=options)
        self.assertEqual(result.returncode, 77, result.stdout)
        self.assertIn("nothing ran", result.stderr)
        self.assertEqual(result.stdout, "")

    @on_every_ground
    def test_a_hidden_directory_is_no_part_of_path(self, ground, enforcement):
        shims = ground.project / "shims"
        shims.mkdir(exist_ok=True)
        (shims / "true").write_text("#!/bin/sh\necho the shim ran\n")
        (shims / "true").chmod(0o755)
        settings = {"env": ground.environment(PATH=f"{shims}:/usr/bin:/bin")}
        shown = ground.confine(enforcement, "sh", "-c", "env true", **settings)
        self.assertEqual(shown.stdout, "the shim ran\n")
        hidden = ground.confine(
            enforcement, "sh", "-c", "env true; cat shims/true || echo gone",
            options=["--hide", shims], **settings)
        self.assertEqual(hidden.stdout, "gone\n", hidden.stderr)

    def test_words_that_are_not_understood_run_nothing(self):
        ground = Ground(users()[-1])
        self.addCleanup(ground.remove)
        for options in (["--allow-network", "yes"], ["--by", "trust"], ["--read", "relative"],
                        ["--read", "/usr/../home"], ["--report", "1"], ["--write"]):
            result = ground.confine("namespaces", "touch", "ran", options=options)
            self.assertEqual(result.returncode, 64, result.stderr)
        self.assertFalse((ground.project / "ran").exists())


class UsefulWorkGoesOn(ConfinedTest):
    @on_every_ground
    def test_node_compilers_make_and_python_build_in_the_project(self, ground, enforcement):
        build = ground.project / f"build-{enforcement}"
        build.mkdir()
        os.chown(build, ground.user, ground.user)
        (build / "addon.c").write_text(
            "#include <stdio.h>\nint main(void) { puts(\"built\"); return 0; }\n")
        (build / "Makefile").write_text(
            "all: addon addon.so\naddon: addon.c\n\t$(CC) -o $@ $<\n"
            "addon.so: addon.c\n\t$(CC) -shared -fPIC -o $@ $<\n")
        if shutil.which("cc") and shutil.which("make"):
            result = ground.confine(
                enforcement, "sh", "-c", "make -j2 && ./addon", cwd=build)
            self.assert_works(result)
            self.assertIn("built", result.stdout)
            self.assertTrue((build / "addon.so").exists())
        result = ground.confine(
            enforcement, PYTHON, "-c",
            "import subprocess, tempfile, pathlib, os\n"
            "with tempfile.TemporaryDirectory() as path:\n"
            "    pathlib.Path(path, 'x').write_text('x')\n"
            "print(subprocess.check_output(['sh', '-c', 'echo from a child']).decode())\n"
            "os.makedirs('made/deep'); os.rename('made/deep', 'other'); os.rmdir('made')\n"
            "open('other/file', 'w').close(); os.link('other/file', 'linked')\n"
            "os.chmod('linked', 0o755); open('linked', 'r+').truncate(3)\n", cwd=build)
        self.assert_works(result)
        self.assertIn("from a child", result.stdout)
        node = shutil.which("node", path=":".join(SYSTEM_PATH))
        if node:
            result = ground.confine(
                enforcement, node, "-e",
                "const fs = require('fs'), child = require('child_process');"
                "fs.mkdirSync('n'); fs.writeFileSync('n/a', 'x');"
                "fs.cpSync('n', 'm', {recursive: true});"
                "console.log(child.execSync('echo from node').toString(), require('os')"
                ".homedir());", cwd=build)
            self.assert_works(result)
            self.assertIn("from node", result.stdout)

    def test_cargo_builds_without_a_network(self):
        toolchain = subprocess.run(
            ["rustc", "--print", "sysroot"], capture_output=True, text=True, check=False
        ).stdout.strip() if shutil.which("rustc") else ""
        if not toolchain:
            self.skipTest("cargo is not here")
        for ground, enforcement in self.grounds():
            reachable = ground.start("test", "-x", f"{toolchain}/bin/cargo").returncode == 0
            if not reachable:
                continue
            crate = ground.project / f"crate-{enforcement}"
            (crate / "src").mkdir(parents=True)
            (crate / "Cargo.toml").write_text(
                '[package]\nname = "sample"\nversion = "1.0.0"\nedition = "2021"\n')
            (crate / "src/main.rs").write_text('fn main() { println!("built"); }\n')
            (crate / "build.rs").write_text("fn main() {}\n")
            for path in [crate, *crate.rglob("*")]:
                os.chown(path, ground.user, ground.user)
            result = ground.confine(
                enforcement, "cargo", "run", "--offline", options=["--read", toolchain], cwd=crate,
                env=ground.environment(PATH=f"{toolchain}/bin:/usr/bin:/bin"))
            self.assert_works(result)
            self.assertEqual(result.stdout, "built\n")
