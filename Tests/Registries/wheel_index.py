#!/usr/bin/env python3
"""A Python package index on loopback that makes its packages from a description.

    wheel_index.py LOG PACKAGES

It listens on 127.0.0.1 at a free port, prints that port, and appends one JSON line for each
request to LOG. PACKAGES is JSON: {name: {version: {"requires": [...], "programs": [...],
"scripts": {name: text}, "sdist": {path: text}, "lie": true, "digest": false, "yanked": true, "time": TEXT,
"metadata": true, "noise": N}}}.
A version with "sdist" has a source archive in the place of a wheel. TIME is when it was published (long
ago where nothing is said), which the JSON form of its page says (PEP 691, 700). With "metadata" nobody has
to fetch the wheel to know what it requires (PEP 658), and with "noise" it holds N bytes that no
compression makes smaller.

A file LOG.faults, read for each request, makes it fail or lie: {END: FAULT} for paths that end so, where
FAULT is `404`, `500`, `short` (half of what was promised), `cut` (half, as if it were all), `other` (other bytes)
or `slow`: no answer until the file says something else of it. Standard library only.
"""
import contextlib
import hashlib
import io
import json
import pathlib
import random
import sys
import tarfile
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def metadata(name, version, facts):
    """What a wheel says of itself."""
    requires = "".join(f"Requires-Dist: {one}\n" for one in facts.get("requires", []))
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}"


def wheel(name, version, facts):
    """The file's name and the bytes of a pure wheel."""
    module = name.replace("-", "_")
    information = f"{module}-{version}.dist-info/"
    contents = {
        f"{module}.py": f"version = {version!r}\n\ndef main():\n    print({name!r})\n",
        information + "METADATA": metadata(name, version, facts),
        information + "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    if facts.get("programs"):
        lines = "".join(f"{one} = {module}:main\n" for one in facts["programs"])
        contents[information + "entry_points.txt"] = "[console_scripts]\n" + lines
    for program, text in facts.get("scripts", {}).items():
        contents[f"{module}-{version}.data/scripts/{program}"] = text
    if "noise" in facts:
        contents[f"{module}_noise.bin"] = random.Random(7).randbytes(facts["noise"])
    record = "".join(f"{path},,\n" for path in contents) + information + "RECORD,,\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in {**contents, information + "RECORD": record}.items():
            entry = zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0))
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return f"{module}-{version}-py3-none-any.whl", packed.getvalue()


def sdist(name, version, facts):
    """The file's name and the bytes of a source archive."""
    packed = io.BytesIO()
    files = {"PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
             **facts["sdist"]}
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for path, text in files.items():
            entry = tarfile.TarInfo(f"{name}-{version}/{path}")
            data = text.encode()
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return f"{name}-{version}.tar.gz", packed.getvalue()


OLD = "2020-01-01T00:00:00Z"
JSON_KIND = "application/vnd.pypi.simple.v1+json"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log_path = None
    pages = {}
    documents = {}
    files = {}

    def do_GET(self):
        path = self.path.split("?")[0]
        fault = self.fault(path.rstrip("/"))
        with open(self.log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps({"method": self.command, "path": self.path}) + "\n")
        while fault == "slow":
            time.sleep(0.1)
            fault = self.fault(path.rstrip("/"))
        # Whoever asked may be dead by now.
        with contextlib.suppress(ConnectionError):
            if fault in ("404", "500"):
                self.send_error(int(fault))
            else:
                self.answer(path, fault)

    def answer(self, path, fault):
        kind = "application/octet-stream" if path.startswith("/files/") else "text/html"
        body = self.files.get(path) or self.pages.get(path.rstrip("/"))
        if path.rstrip("/") in self.documents and JSON_KIND in self.headers.get("accept", ""):
            kind, body = JSON_KIND, self.documents[path.rstrip("/")]
        self.send_response(404 if body is None else 200)
        self.send_header("content-type", kind)
        body = body or b"not found"
        if fault == "cut":
            body = body[:len(body) // 2]
        if fault == "other":
            place = len(body) // 2
            body = body[:place] + bytes([body[place] ^ 1]) + body[place + 1:]
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:len(body) // 2] if fault == "short" else body)
        self.close_connection = self.close_connection or fault == "short"

    def fault(self, path):
        """How the answer fails; none where it does not."""
        faults = pathlib.Path(self.log_path + ".faults")
        wanted = json.loads(faults.read_text()) if faults.exists() else {}
        return next((fault for end, fault in wanted.items() if path.endswith(end)), None)

    # uv asks for the size of a wheel first.
    do_HEAD = do_GET

    def log_message(self, *arguments):
        """Quiet: the log file says more."""


def fill(packages):
    for name, versions in packages.items():
        links, listed = "", []
        for version, facts in versions.items():
            file, data = (sdist if "sdist" in facts else wheel)(name, version, facts)
            Handler.files[f"/files/{file}"] = data
            digest = hashlib.sha256(b"lie" if facts.get("lie") else data).hexdigest()
            mark = f"#sha256={digest}" if facts.get("digest", True) else ""
            more = ' data-yanked="broken"' if facts.get("yanked") else ""
            entry = {"filename": file, "url": f"/files/{file}", "upload-time": facts.get("time", OLD),
                     "hashes": {"sha256": digest} if mark else {}}
            if facts.get("metadata"):
                more += ' data-core-metadata="true" data-dist-info-metadata="true"'
                # The older name (PEP 691) makes pip 23.2 fail, which takes it for a text.
                entry["core-metadata"] = True
                Handler.files[f"/files/{file}.metadata"] = metadata(name, version, facts).encode()
            if facts.get("yanked"):
                entry["yanked"] = "broken"
            listed.append(entry)
            links += f'<a href="/files/{file}{mark}"{more}>{file}</a>\n'
        page = f"<!DOCTYPE html><html><body>{links}</body></html>"
        Handler.pages[f"/simple/{name}"] = page.encode()
        Handler.documents[f"/simple/{name}"] = json.dumps({
            "meta": {"api-version": "1.1"}, "name": name, "versions": list(versions),
            "files": listed}).encode()


def main():
    Handler.log_path = sys.argv[1]
    fill(json.loads(sys.argv[2]))
    ThreadingHTTPServer.daemon_threads = True
    # With five, as is usual, a client that opens a dozen connections at once waits a second.
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
