#!/usr/bin/env python3
"""A small npm registry on loopback, for tests of real package managers.

    npm_registry.py LOG [PACKAGES]

It listens on 127.0.0.1 at a free port, prints that port as its first line, and appends one JSON
line for each request to LOG: method, path, npm-command header, whether an Authorization header
came, status. PACKAGES is a JSON object {name: {version: package.json fields}}; each version is
served as a tarball made on the fly. Beside package.json fields a version may have `files:` (what is
in the archive, as text or as a number of bytes), `time:` (when it was published) and `fault:`, which makes the registry lie about the
archive: `integrity` (another one than it says), `500`, `truncated` or `slow`; a package may have
`dist-tags:`. Writes are accepted and remembered, so a publish that gets
through is seen as the request that it is. Standard library only.
"""
import base64
import hashlib
import io
import json
import re
import sys
import tarfile
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def tarball(manifest, files=None):
    """The bytes of a package tarball: package.json, index.js and what else is given."""
    contents = {"package.json": json.dumps(manifest), "index.js": "module.exports = 1\n"}
    contents.update(files or {})
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in contents.items():
            data = b"x" * text if isinstance(text, int) else text.encode()
            entry = tarfile.TarInfo("package/" + name)
            entry.size, entry.mode, entry.mtime = len(data), 0o644, 499162500
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()


class Shelf:
    """The packages that the registry holds."""

    def __init__(self, packages):
        self.lock = threading.Lock()
        self.versions, self.archives, self.tags = {}, {}, {}
        self.faults, self.times = {}, {}
        for name, versions in packages.items():
            tags = versions.pop("dist-tags:", {})
            for version, fields in versions.items():
                manifest = {**fields, "name": name, "version": version}
                files = manifest.pop("files:", None)
                self.times[(name, version)] = manifest.pop("time:", "2020-01-01T00:00:00.000Z")
                self.faults[(name, version)] = manifest.pop("fault:", None)
                self.add(manifest, tarball(manifest, files))
            self.tags[name].update(tags)

    def add(self, manifest, archive):
        name, version = manifest["name"], manifest["version"]
        with self.lock:
            manifest = dict(manifest)
            manifest["dist"] = {
                "shasum": hashlib.sha1(archive).hexdigest(),
                "integrity": "sha512-"
                + base64.b64encode(hashlib.sha512(archive).digest()).decode(),
            }
            scripts = set(manifest.get("scripts", {}))
            if scripts & {"preinstall", "install", "postinstall"}:
                manifest["hasInstallScript"] = True
            self.versions.setdefault(name, {})[version] = manifest
            self.archives[(name, version)] = archive
            self.tags.setdefault(name, {})["latest"] = version

    def document(self, name, base):
        with self.lock:
            if name not in self.versions:
                return None
            versions = {}
            for version, manifest in self.versions[name].items():
                short = name.rsplit("/", 1)[-1]
                url = f"{base}/{name}/-/{short}-{version}.tgz"
                dist = {**manifest["dist"], "tarball": url}
                versions[version] = {**manifest, "_id": f"{name}@{version}", "dist": dist}
            times = {version: self.times.get((name, version), "2020-01-01T00:00:00.000Z")
                     for version in versions}
            return {
                "_id": name, "name": name, "dist-tags": self.tags[name], "versions": versions,
                "time": {"created": "2020-01-01T00:00:00.000Z", **times},
                # The short form of the public registry has no times but this one.
                "modified": max(times.values(), default="2020-01-01T00:00:00.000Z"),
            }

    def archive(self, name, file):
        match = re.fullmatch(re.escape(name.rsplit("/", 1)[-1]) + r"-(.+)\.tgz", file)
        with self.lock:
            if not match:
                return None, None
            key = (name, match[1])
            return self.archives.get(key), self.faults.get(key)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes; the second would wait for the first one's acknowledgement.
    disable_nagle_algorithm = True
    shelf = None
    log_path = None
    log_lock = threading.Lock()

    def do_any(self):
        self.is_cut = False
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        status, answer = self.answer(body)
        raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        kind = "application/octet-stream" if isinstance(answer, bytes) else "application/json"
        self.note(status)
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw[: len(raw) // 2] if self.is_cut else raw)
        self.close_connection = self.close_connection or self.is_cut

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_any

    def answer(self, body):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).strip("/")
        if path in ("", "-/ping"):
            return 200, {}
        if path == "-/whoami":
            return 200, {"username": "tester"}
        if path.startswith("-/npm/v1/security/"):
            return 200, {}
        if path.startswith("-/user/"):
            return 201, {"ok": True, "token": "loopback"}
        if path.startswith("-/package/"):
            return self.answer_tags(path)
        archive = re.fullmatch(r"((?:@[^/]+/)?[^/]+)/-/(?:@[^/]+/)?([^/]+\.tgz)", path)
        if archive:
            data, fault = self.shelf.archive(archive[1], archive[2])
            if fault == "500":
                return 500, {"error": "out of order"}
            if fault == "integrity":
                return 200, tarball({"name": archive[1], "version": "6.6.6"})
            if fault == "slow":
                time.sleep(2)
            self.is_cut = fault == "truncated"
            return (200, data) if data else (404, {"error": "no such tarball"})
        named = re.fullmatch(r"((?:@[^/]+/)?[^/@]+)(?:/([^/]+))?", path)
        if not named:
            return 404, {"error": "not found"}
        if self.command == "PUT":
            return self.accept(json.loads(body))
        if self.command == "DELETE":
            return 200, {"ok": True}
        host = "http://" + self.headers.get("host", "127.0.0.1")
        document = self.shelf.document(named[1], host)
        if document is None:
            return 404, {"error": "not found"}
        if named[2] is None:
            return 200, document
        version = document["dist-tags"].get(named[2], named[2])
        found = document["versions"].get(version)
        return (200, found) if found else (404, {"error": "version not found"})

    def answer_tags(self, path):
        name = re.sub(r"^-/package/|/dist-tags(/.*)?$", "", path)
        return (200, self.shelf.tags.get(name, {})) if self.command == "GET" else (200, {})

    def accept(self, document):
        for manifest in document.get("versions", {}).values():
            for attachment in document.get("_attachments", {}).values():
                self.shelf.add(manifest, base64.b64decode(attachment["data"]))
        return 201, {"ok": True}

    def note(self, status):
        entry = {
            "method": self.command, "path": self.path, "status": status,
            "host": self.headers.get("host"), "npmCommand": self.headers.get("npm-command"),
            "agent": self.headers.get("user-agent", "")[:40],
            "hasAuthorization": self.headers.get("authorization") is not None,
        }
        with self.log_lock, open(self.log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")

    def log_message(self, *arguments):
        """Quiet: the log file says more."""


def main():
    Handler.log_path = sys.argv[1]
    packages = json.loads(sys.argv[2]) if len(sys.argv) > 2 else {}
    Handler.shelf = Shelf(packages)
    ThreadingHTTPServer.daemon_threads = True
    # With five, as is usual, a client that opens a dozen connections at once waits a second.
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
