#!/usr/bin/env python3
"""Loopback stand-ins for PyPI, RubyGems, a cargo registry and a NuGet feed that say when each version
was published, for tests of real tools.

    dated_registry.py LOG PACKAGES

It listens on 127.0.0.1 at a free port, prints that port, and appends a JSON line for each request to
LOG. PACKAGES is a JSON object {"pypi": {NAME: {VERSION: TIME}}, "gem": ..., "cargo": ..., "nuget": ...};
TIME is RFC 3339, or null where the registry is to say nothing of it. Below it are:

    /simple/            the simple API, as HTML or JSON (PEP 503, 691, 700), and /files/
    /gems.example/      RubyGems: the compact index, /api/v1/versions, /gems/
    /index/             a sparse index of cargo; its API and archives lie at /crates/
    /v3/index.json      NuGet, protocol version 3

Every package is an empty one, made on the fly. Standard library only.
"""
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import urllib.parse
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def packed(contents, is_compressed=True):
    """A tar archive of texts by name, the same bytes each time."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in contents.items():
            data = data if isinstance(data, bytes) else data.encode()
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(data), 0o644, 499162500
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0) if is_compressed else out.getvalue()


def zipped(contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in contents.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def wheel(name, version):
    module = name.replace("-", "_")
    information = f"{module}-{version}.dist-info/"
    contents = {
        f"{module}.py": "value = 1\n",
        information + "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        information + "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{entry},,\n" for entry in contents) + information + "RECORD,,\n"
    return zipped({**contents, information + "RECORD": record})


def gem(name, version):
    metadata = f"""--- !ruby/object:Gem::Specification
name: {name}
version: !ruby/object:Gem::Version
  version: {version}
platform: ruby
authors: [tests]
date: 2020-01-01 00:00:00.000000000 Z
dependencies: []
files: [lib/{name}.rb]
require_paths: [lib]
required_ruby_version: !ruby/object:Gem::Requirement
  requirements:
  - - ">="
    - !ruby/object:Gem::Version
      version: '0'
required_rubygems_version: !ruby/object:Gem::Requirement
  requirements:
  - - ">="
    - !ruby/object:Gem::Version
      version: '0'
rubygems_version: 3.3.15
specification_version: 4
summary: a sample
"""
    return packed({
        "metadata.gz": gzip.compress(metadata.encode(), mtime=0),
        "data.tar.gz": packed({f"lib/{name}.rb": "# empty\n"}),
    }, is_compressed=False)


def marshalled(name, version):
    """The gem's specification as Ruby writes it, which only Ruby can."""
    program = """
        spec = Gem::Specification.new do |s|
          s.name, s.version, s.summary, s.authors = ARGV[0], ARGV[1], "a sample", ["tests"]
        end
        $stdout.binmode
        $stdout.write Zlib::Deflate.deflate(Marshal.dump(spec))
    """
    command = ["ruby", "-rrubygems", "-rzlib", "-e", program, name, version]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def crate(name, version):
    root = f"{name}-{version}/"
    return packed({
        root + "Cargo.toml": f'[package]\nname = "{name}"\nversion = "{version}"\n'
        'edition = "2021"\n',
        root + "src/lib.rs": "",
    })


def nupkg(name, version):
    return zipped({
        f"{name}.nuspec": '<?xml version="1.0"?><package><metadata>'
        f"<id>{name}</id><version>{version}</version><authors>tests</authors>"
        "<description>a sample</description></metadata></package>",
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.'
        'openxmlformats.org/package/2006/content-types"><Default Extension="nuspec" '
        'ContentType="application/octet"/></Types>',
    })


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log_path = None
    packages = {}

    def do_GET(self):
        path = urllib.parse.unquote(self.path.split("?")[0])
        base = "http://" + self.headers.get("host", "127.0.0.1")
        status, kind, body = 404, "text/plain", b"not found"
        for prefix, answer in (("/simple/", self.python_page), ("/files/", self.python_file),
                               ("/gems.example/", self.ruby), ("/index/", self.index),
                               ("/crates/", self.crates), ("/v3/", self.nuget)):
            if path.startswith(prefix):
                found = answer(path.removeprefix(prefix), base)
                if found is not None:
                    status, (kind, body) = 200, found
        if not isinstance(body, bytes):
            body = (body if isinstance(body, str) else json.dumps(body)).encode()
        entry = {"method": self.command, "path": self.path, "status": status,
                 "agent": self.headers.get("user-agent", "")[:40],
                 "hasAuthorization": self.headers.get("authorization") is not None}
        with open(self.log_path, "a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("etag", '"' + hashlib.md5(body).hexdigest() + '"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def versions(self, ecosystem, name):
        return self.packages.get(ecosystem, {}).get(name)

    def python_page(self, rest, base):
        name = rest.strip("/")
        versions = self.versions("pypi", name)
        if versions is None:
            return None
        files = []
        for version, time in versions.items():
            file = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
            digest = hashlib.sha256(wheel(name, version)).hexdigest()
            entry = {"filename": file, "url": f"{base}/files/{file}", "hashes": {"sha256": digest}}
            files.append({**entry, "upload-time": time} if time else entry)
        kind = "application/vnd.pypi.simple.v1+json"
        if kind in self.headers.get("accept", ""):
            return kind, {"meta": {"api-version": "1.1"}, "name": name, "files": files,
                          "versions": list(versions)}
        links = "".join(
            f'<a href="{file["url"]}#sha256={file["hashes"]["sha256"]}">{file["filename"]}</a>'
            for file in files)
        return "text/html", f"<!DOCTYPE html><html><body>{links}</body></html>"

    def python_file(self, rest, base):
        match = re.fullmatch(r"(.+?)-([^-]+)-py3-none-any\.whl", rest)
        return match and ("application/octet-stream", wheel(match[1].replace("_", "-"), match[2]))

    def ruby(self, rest, base):
        gems = self.packages.get("gem", {})

        def info(name):
            lines = [f"{version} |checksum:{hashlib.sha256(gem(name, version)).hexdigest()}"
                     for version in gems[name]]
            return "---\n" + "\n".join(lines) + "\n"

        if rest == "":
            return "text/html", "gems"
        if rest == "versions":
            lines = [f"{name} {','.join(gems[name])} {hashlib.md5(info(name).encode()).hexdigest()}"
                     for name in gems]
            return "text/plain", "created_at: 2026-01-01T00:00:00Z\n---\n" + "\n".join(lines) + "\n"
        if rest == "names":
            return "text/plain", "---\n" + "\n".join(gems) + "\n"
        match = re.fullmatch(r"info/(.+)", rest)
        if match and match[1] in gems:
            return "text/plain", info(match[1])
        match = re.fullmatch(r"api/v1/versions/(.+)\.json", rest)
        if match and match[1] in gems:
            return "application/json", [
                {"number": version, "platform": "ruby", "downloads_count": 1,
                 **({"created_at": time} if time else {})}
                for version, time in gems[match[1]].items()]
        match = re.fullmatch(r"quick/Marshal.4.8/(.+)-([^-]+)\.gemspec\.rz", rest)
        if match and match[2] in gems.get(match[1], {}):
            return "application/octet-stream", marshalled(match[1], match[2])
        match = re.fullmatch(r"gems/(.+)-([^-]+)\.gem", rest)
        if match and match[2] in gems.get(match[1], {}):
            return "application/octet-stream", gem(match[1], match[2])
        return None

    def index(self, rest, base):
        if rest == "config.json":
            return "application/json", {"dl": base + "/crates/{crate}-{version}.crate",
                                        "api": base + "/crates"}
        name = rest.rsplit("/", 1)[-1]
        versions = self.versions("cargo", name)
        if versions is None:
            return None
        lines = [json.dumps({
            "name": name, "vers": version, "deps": [], "features": {}, "yanked": False,
            "cksum": hashlib.sha256(crate(name, version)).hexdigest(),
            # The oldest has its time at the API only.
            **({"pubtime": time[:19] + "Z"} if time and version != "0.9.0" else {})})
            for version, time in versions.items()]
        return "text/plain", "\n".join(lines) + "\n"

    def crates(self, rest, base):
        match = re.fullmatch(r"api/v1/crates/(.+)", rest)
        if match and self.versions("cargo", match[1]):
            return "application/json", {
                "crate": {"name": match[1], "downloads": 5}, "versions": [
                    {"num": version, **({"created_at": time} if time else {})}
                    for version, time in self.versions("cargo", match[1]).items()]}
        match = re.fullmatch(r"(.+)-(\d[^-]*)\.crate", rest)
        return match and ("application/octet-stream", crate(match[1], match[2]))

    def nuget(self, rest, base):
        packages = {name.lower(): (name, versions)
                    for name, versions in self.packages.get("nuget", {}).items()}
        if rest == "index.json":
            return "application/json", {"version": "3.0.0", "resources": [
                {"@id": f"{base}/v3/flat/", "@type": "PackageBaseAddress/3.0.0"},
                {"@id": f"{base}/v3/registration/", "@type": "RegistrationsBaseUrl/3.6.0"},
                {"@id": f"{base}/v3/registration/", "@type": "RegistrationsBaseUrl"},
                {"@id": f"{base}/v3/query", "@type": "SearchQueryService"}]}
        parts = rest.split("/")
        if len(parts) < 3 or parts[1] not in packages:
            return None
        name, versions = packages[parts[1]]
        if parts[0] == "flat" and parts[2] == "index.json":
            return "application/json", {"versions": list(versions)}
        if parts[0] == "flat":
            return "application/octet-stream", nupkg(name, parts[2])
        leaves = [{
            "@id": f"{base}/v3/registration/{parts[1]}/{version}.json",
            "packageContent": f"{base}/v3/flat/{parts[1]}/{version}/{parts[1]}.{version}.nupkg",
            "catalogEntry": {"@id": f"{base}/v3/entry", "id": name, "version": version,
                             "listed": True, **({"published": time} if time else {})},
        } for version, time in versions.items()]
        page = {"@id": f"{base}/v3/page", "count": len(leaves), "items": leaves,
                "lower": next(iter(versions)), "upper": list(versions)[-1]}
        return "application/json", {"@id": f"{base}/v3/registration/{parts[1]}/index.json",
                                    "count": 1, "items": [page]}

    def log_message(self, *arguments):
        """Quiet: the log file says more."""


def main():
    Handler.log_path = sys.argv[1]
    Handler.packages = json.loads(sys.argv[2])
    ThreadingHTTPServer.daemon_threads = True
    # With five, as is usual, a client that opens a dozen connections at once waits a second.
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
