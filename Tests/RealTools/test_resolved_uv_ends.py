"""Whatever ends a line of `uv pip` early leaves the environment as before or as after, and its outcome is on
record: kill -9, an interrupt, an index that fails or lies, in each phase."""
import contextlib
import http.server
import os
import signal
import subprocess
import threading
import time
import unittest
import urllib.error
import urllib.request

from test_resolved_uv import UvTest


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments):
        """A client that was killed is no error."""


BEFORE = {"deep": "1.0"}
AFTER = {"deep": "2.0", "left": "2.0"}


class Between(http.server.BaseHTTPRequestHandler):
    """Passes on what the index says, but for paths whose ends have a fault."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        fault = next((fault for end, fault in self.faults.items()
                      if self.path.rstrip("/").endswith(end)), None)
        if fault == "500":
            return self.send_error(500)
        wanted = urllib.request.Request(
            self.index + self.path, method=self.command,
            headers={"accept": self.headers.get("accept", "*/*")})
        try:
            with urllib.request.urlopen(wanted) as answer:
                code, headers, body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            code, headers, body = error.code, error.headers, error.read()
        if fault == "slow":
            time.sleep(0.2)
        if fault == "other" and len(body) > 99:
            body = body[:-60] + bytes([body[-60] ^ 1]) + body[-59:]
        self.send_response(code)
        self.send_header("content-type", headers["content-type"])
        self.send_header("content-length", headers["content-length"])
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body[:len(body) // 2] if fault == "short" else body)
        if fault == "short":
            self.close_connection = True

    do_HEAD = do_GET

    def log_message(self, *arguments):
        """Quiet."""


class UvEnds(UvTest):
    def setUp(self):
        super().setUp()
        self.faults = {}
        handler = type("Handler", (Between,), {
            "faults": self.faults, "index": self.index.url.rstrip("/")})
        self.server = Server(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.assert_code(0, self.uv("install", "deep<2"))

    def cache(self):
        # Nothing of one test is there in the next.
        return str(self.field.project / "cache")

    def variables(self, **more):
        server = getattr(self, "server", None)
        port = server.server_port if server else self.index.port
        return super().variables(UV_DEFAULT_INDEX=f"http://127.0.0.1:{port}/simple",
                                 UV_HTTP_RETRIES="0", **more)

    def begin(self, *words):
        return subprocess.Popen(
            words, executable=str(self.field.shims / words[0]),
            env=self.field.environment(**self.variables()), cwd=self.field.project,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))

    def stages(self, name=""):
        return list((self.field.state / ".shimgate/stage").glob(f"[!.]*/{name}"))

    def test_an_index_that_fails_or_lies(self):
        for end in ("simple/left", "simple/deep", "left-2.0-py3-none-any.whl",
                    "deep-2.0-py3-none-any.whl"):
            for fault in ("500", "short", "other"):
                if fault == "other" and end.startswith("simple"):
                    continue
                with self.subTest(end=end, fault=fault):
                    self.faults.clear()
                    self.faults[end] = fault
                    result = self.uv("install", "left", "deep==2.0", "--no-cache")
                    self.assertNotEqual(result.code, 0, str(result))
                    self.assertNotIn(b"no package is named", result.err)
                    self.assertEqual(self.installed(), BEFORE)
        self.faults.clear()
        self.assert_code(0, self.uv("install", "left", "deep==2.0"))
        self.assertEqual(self.installed(), AFTER)

    # What is there when a phase is at work.
    marks = {"resolve": "", "pin": "pylock.found.toml*", "fetch": "pylock.toml",
             "install": "tree/left*"}

    def test_kill_9_in_each_phase(self):
        self.faults["whl"] = self.faults["left"] = self.faults["deep"] = "slow"
        for purpose, mark in self.marks.items():
            with self.subTest(purpose):
                process = self.begin("uv", "pip", "install", "--no-cache", "left", "deep==2.0")
                self.wait_until(lambda: self.stages(mark) or process.poll() is not None)
                was_killed = process.poll() is None
                if was_killed:
                    self.kill(process)
                self.assertIn(self.installed(), (BEFORE, AFTER))
                first = self.field.records()[-1]["id"]
                self.assert_code(0, self.uv("install", "deep<2"))
                if was_killed:
                    self.assertIn(first, self.interrupted())
                self.assertEqual(self.stages(), [])
                self.assert_code(0, self.field.run(
                    "uv", "pip", "uninstall", "left", **self.variables()))

    def test_an_interrupt_in_each_phase(self):
        self.faults["whl"] = self.faults["left"] = self.faults["deep"] = "slow"
        for purpose, mark in self.marks.items():
            for number in (signal.SIGINT,) if purpose != "fetch" else (signal.SIGINT, signal.SIGTERM):
                with self.subTest(purpose=purpose, number=number):
                    process = self.begin("uv", "pip", "install", "--no-cache", "left", "deep==2.0")
                    self.wait_until(lambda: self.stages(mark) or process.poll() is not None)
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, number)
                    code = process.wait(30)
                    if code != 0:
                        self.assertEqual(self.installed(), BEFORE)
                        self.assertEqual(self.outcome()["ref"], self.field.records()[-1]["id"])
                    self.assertEqual(self.stages(), [])
                    self.assert_code(0, self.uv("install", "deep<2"))
                    self.assert_code(0, self.field.run(
                        "uv", "pip", "uninstall", "left", **self.variables()))


if __name__ == "__main__":
    unittest.main()
