#!/usr/bin/env python3
"""A small Python package index on loopback, for tests of pip, twine and uv.

    python_index.py LOG

It listens on 127.0.0.1 at a free port, prints that port, and appends one JSON line for each
request to LOG (method, path, whether an Authorization header came). It serves one pure wheel,
`loopback-sample` 1.0, published long ago, and accepts uploads on POST /, so that an upload that gets through is seen.
Standard library only.
"""
import hashlib
import io
import json
import sys
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WHEEL = "loopback_sample-1.0-py3-none-any.whl"


def wheel():
    """The bytes of the sample wheel."""
    information = "loopback_sample-1.0.dist-info/"
    contents = {
        "loopback_sample.py": "value = 1\n",
        information + "METADATA": "Metadata-Version: 2.1\nName: loopback-sample\nVersion: 1.0\n",
        information + "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in contents) + information + "RECORD,,\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {**contents, information + "RECORD": record}.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log_path = None
    data = wheel()

    def do_any(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        entry = {
            "method": self.command, "path": self.path,
            "hasAuthorization": self.headers.get("authorization") is not None,
        }
        with open(self.log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
        status, kind, body = self.answer()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_any

    def answer(self):
        path = self.path.split("?")[0]
        if self.command != "GET":
            return 200, "text/plain", b"ok"
        if path == "/files/" + WHEEL:
            return 200, "application/octet-stream", self.data
        if path.rstrip("/") == "/simple/loopback-sample":
            digest = hashlib.sha256(self.data).hexdigest()
            kind = "application/vnd.pypi.simple.v1+json"
            if kind in self.headers.get("accept", ""):
                file = {"filename": WHEEL, "url": f"/files/{WHEEL}", "hashes": {"sha256": digest},
                        "upload-time": "2020-01-01T00:00:00Z"}
                return 200, kind, json.dumps({
                    "meta": {"api-version": "1.1"}, "name": "loopback-sample", "versions": ["1.0"],
                    "files": [file]}).encode()
            link = f'<a href="/files/{WHEEL}#sha256={digest}">{WHEEL}</a>'
            return 200, "text/html", f"<!DOCTYPE html><html><body>{link}</body></html>".encode()
        return 404, "text/plain", b"not found"

    def log_message(self, *arguments):
        """Quiet: the log file says more."""


def main():
    Handler.log_path = sys.argv[1]
    ThreadingHTTPServer.daemon_threads = True
    # With five, as is usual, a client that opens a dozen connections at once waits a second.
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
