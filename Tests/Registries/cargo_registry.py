#!/usr/bin/env python3
"""A small sparse registry of cargo on loopback, for tests of the real cargo.

    cargo_registry.py LOG [PACKAGES]

It listens on 127.0.0.1 at a free port, prints that port as its first line, and appends one JSON line
for each request to LOG. PACKAGES is a JSON object {name: {version: {dependency: requirement}}}; each
version is served as a crate made on the fly. A version with the dependency `fault:` lies about its
archive (`yes`), or fails: `500`, `short` and `slow` for the archive, with `index-` before for the index;
`time:` is when it was published, else long ago. The index is at /index/. Standard library only.
"""
import gzip
import hashlib
import io
import json
import sys
import tarfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def crate(name, version, dependencies):
    """The bytes of a .crate file."""
    manifest = f'[package]\nname = "{name}"\nversion = "{version}"\nedition = "2021"\n[dependencies]\n'
    manifest += "".join(f'{other} = "{wanted}"\n' for other, wanted in dependencies.items())
    packed = io.BytesIO()
    # The same bytes at any time, because the index tells their digest.
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as zipped, \
            tarfile.open(fileobj=zipped, mode="w") as archive:
        for path, text in (("Cargo.toml", manifest), ("src/lib.rs", "pub fn one() {}\n")):
            entry = tarfile.TarInfo(f"{name}-{version}/{path}")
            entry.size, entry.mode, entry.mtime = len(text), 0o644, 499162500
            archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log_path = None
    packages = {}

    def do_GET(self):
        path = self.path.split("?")[0].strip("/")
        status, body = self.answer(path)
        fault = self.fault(path)
        if fault == "500":
            status, body = 500, b""
        with open(self.log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps({"path": self.path, "status": status}) + "\n")
        if fault == "slow":
            time.sleep(30)
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:len(body) // 2] if fault == "short" else body)
        self.close_connection = self.close_connection or fault == "short"

    def fault(self, path):
        """How the answer fails; none where it does not."""
        parts = path.split("/")
        prefix = "index-" if parts[0] == "index" else ""
        name = parts[-1] if prefix else parts[1] if len(parts) > 2 else ""
        for wanted in self.packages.get(name, {}).values():
            fault = wanted.get("fault:", "")
            if fault.startswith("index-") == bool(prefix):
                return fault[len(prefix):]
        return ""

    def answer(self, path):
        parts = path.split("/")
        if path == "index/config.json":
            base = "http://" + self.headers.get("host", "127.0.0.1")
            return 200, json.dumps({"dl": base + "/dl/{crate}/{version}"}).encode()
        name = parts[-1] if parts[0] == "index" else parts[1] if len(parts) > 2 else ""
        if name not in self.packages:
            return 404, b""
        versions = {version: dict(wanted) for version, wanted in self.packages[name].items()}
        if parts[0] == "dl":
            wanted = versions[parts[2]]
            lies = wanted.pop("fault:", None) == "yes"
            wanted.pop("time:", None)
            return 200, crate(name, parts[2], {} if lies else wanted) + (b"x" if lies else b"")
        lines = []
        for version, wanted in versions.items():
            wanted.pop("fault:", None)
            time = wanted.pop("time:", "2020-01-01T00:00:00Z")
            lines.append(json.dumps({
                "name": name, "vers": version, "features": {}, "yanked": False, "pubtime": time,
                "cksum": hashlib.sha256(crate(name, version, wanted)).hexdigest(),
                "deps": [{"name": other, "req": req, "features": [], "optional": False,
                          "default_features": True, "target": None, "kind": "normal"}
                         for other, req in wanted.items()]}))
        return 200, ("\n".join(lines) + "\n").encode()

    def log_message(self, *arguments):
        """Quiet: the log file says more."""


def main():
    Handler.log_path = sys.argv[1]
    Handler.packages = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    ThreadingHTTPServer.daemon_threads = True
    # With five, as is usual, a client that opens a dozen connections at once waits a second.
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
