"""PostgreSQL and rsyslogd in a scratch directory, for Tests/Fleet and the one-liners of the docs."""
import glob
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs/examples/fleet"
DEADLINE = 60


def wait_for(what, question):
    """Asks until the answer is true; there is no event to wait for across these programs."""
    end = time.monotonic() + DEADLINE
    while not question():
        if time.monotonic() > end:
            raise AssertionError(f"waited {DEADLINE} s for {what}")
        time.sleep(0.05)


class Postgres:
    """A cluster of our own, reached by a socket in its directory."""

    def __init__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not programs:
            raise unittest.SkipTest("PostgreSQL is not here")
        self.programs = pathlib.Path(programs[-1]).parent
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="shimgate-pg."))
        # PostgreSQL refuses to run as root.
        self.becoming = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.becoming = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.folder.chmod(0o755)
        data = self.folder / "data"
        self.call(self.programs / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-N", "-E",
                  "UTF8", "--locale=C")
        self.call(self.programs / "pg_ctl", "-D", data, "-w", "-s", "-l", self.folder / "log", "-o",
                  f"-c listen_addresses= -c fsync=off -c unix_socket_directories={self.folder}",
                  "start")
        self.sql("CREATE DATABASE shimgate", database="postgres")

    def call(self, *words):
        done = subprocess.run([*self.becoming, *words], capture_output=True, cwd="/", timeout=120)
        if done.returncode:
            raise AssertionError(done.stderr.decode())

    def psql(self, *words, database="shimgate", user="owner", input=None):
        return subprocess.run(
            ["psql", "-h", self.folder, "-U", user, "-d", database, "-X", "-q", "-A", "-t", "-v",
             "ON_ERROR_STOP=1", *words], input=input, capture_output=True, text=True, timeout=120)

    def sql(self, text, **more):
        """The answer's rows as lists of texts."""
        done = self.psql("-c", text, **more)
        if done.returncode:
            raise AssertionError(f"{text}: {done.stderr}")
        return [line.split("|") for line in done.stdout.splitlines()]

    def remove(self):
        self.call(self.programs / "pg_ctl", "-D", self.folder / "data", "-s", "-m", "immediate",
                  "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class Rsyslog:
    """An rsyslogd with one of the example files; `changes` are the places that differ here."""

    def __init__(self, folder, name, changes, more=""):
        program = shutil.which("rsyslogd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
        if program is None or not glob.glob("/usr/lib/*/rsyslog/omrelp.so"):
            raise unittest.SkipTest("rsyslog with RELP is not here")
        if not glob.glob("/usr/lib/*/rsyslog/ompgsql.so"):
            raise unittest.SkipTest("rsyslog's PostgreSQL output is not here")
        self.folder = folder / name
        self.folder.mkdir()
        text = (EXAMPLES / f"{name}.conf").read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        text = text.replace("global(", f'global(workDirectory="{self.folder}" ', 1) + more
        (self.folder / "conf").write_text(text)
        self.command = [program, "-n", "-f", self.folder / "conf", "-i", self.folder / "pid"]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdout=open(self.folder / "out", "ab"), stderr=subprocess.STDOUT)

    def kill(self):
        """As a power cut would end it."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
