"""Crates and projects that bring code for cargo to run: none of it runs while packages are fetched."""
import hashlib
import io
import json
import os
import shutil
import tarfile
import unittest

from field import FieldTest

CARGO = shutil.which("cargo")

# What fetches and may change the manifest, but builds nothing.
FETCHING = [["fetch"], ["update"], ["generate-lockfile"],
            ["vendor", "--respect-source-config"], ["add", "evil"],
            ["add", "--build", "evil"], ["add", "evil-macro@1"]]


class HostileCrates(FieldTest):
    """Crates of a registry in a directory; the project's configuration names it."""

    tool_directories = [os.path.dirname(CARGO)] if CARGO else []

    def setUp(self):
        super().setUp()
        self.need("cargo")
        self.marker = self.field.scratch / "marker"
        self.registry = self.field.make("registry")
        mark = f'std::fs::write("{self.marker}", "ran").unwrap();'
        self.publish("evil", "", {
            "build.rs": f"fn main() {{ {mark} }}\n", "src/lib.rs": "", "src/main.rs": "fn main() {}"})
        self.publish("evil-macro", "[lib]\nproc-macro = true\n", {
            "src/lib.rs": "#[proc_macro]\npub fn mark(_: proc_macro::TokenStream) -> "
            f"proc_macro::TokenStream {{ {mark} Default::default() }}\n"})
        self.publish("carrier", '[dependencies]\nevil = "1"\n', {"src/lib.rs": ""})
        self.lay_out()

    def publish(self, name, more, files):
        manifest = f'[package]\nname = "{name}"\nversion = "1.0.0"\nedition = "2021"\n{more}'
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for path, text in {"Cargo.toml": manifest, **files}.items():
                entry = tarfile.TarInfo(f"{name}-1.0.0/{path}")
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode()))
        (self.registry / f"{name}-1.0.0.crate").write_bytes(packed.getvalue())
        needs = [{"name": "evil", "req": "^1", "features": [], "optional": False,
                  "default_features": True, "target": None, "kind": "normal"}]
        row = {"name": name, "vers": "1.0.0", "deps": needs if "evil =" in more else [],
               "features": {}, "yanked": False,
               "cksum": hashlib.sha256(packed.getvalue()).hexdigest()}
        index = self.field.make(f"registry/index/{name[:2]}/{name[2:4]}") / name
        index.write_text(json.dumps(row) + "\n")

    def lay_out(self, more=""):
        for name in ("Cargo.lock", "rust-toolchain.toml"):
            (self.field.project / name).unlink(missing_ok=True)
        self.field.write("Cargo.toml", '[package]\nname = "sample"\nversion = "1.0.0"\n'
                         'edition = "2021"\n[dependencies]\ncarrier = "1"\nevil-macro = "1"\n')
        self.field.write("src/lib.rs", "evil_macro::mark!();\n")
        self.field.write(".cargo/config.toml", '[source.crates-io]\nreplace-with = "here"\n'
                         f'[source.here]\nlocal-registry = "{self.registry}"\n{more}')

    def cargo(self, *words, run=None):
        return (run or self.field.run)("cargo", *words)

    def test_build_scripts_and_macros_do_not_run_while_crates_are_fetched(self):
        for line in FETCHING:
            with self.subTest(line):
                self.lay_out()
                result = self.cargo(*line)
                self.assert_code(0, result)
                self.assertFalse(self.marker.exists(), str(result))
        self.assertTrue((self.field.project / "vendor/evil/build.rs").exists())
        shutil.rmtree(self.field.project / "vendor")
        # A build, which is the project's own doing, runs both.
        for crate in ("evil", "evil-macro"):
            self.lay_out()
            self.field.write("Cargo.toml", '[package]\nname = "sample"\nversion = "1.0.0"\n'
                             f'edition = "2021"\n[dependencies]\n{crate} = "1"\n')
            if crate == "evil":
                self.field.write("src/lib.rs", "")
            self.assert_code(0, self.cargo("check", run=self.field.run_directly))
            self.assertTrue(self.marker.exists(), crate)
            self.marker.unlink()

    def test_nothing_is_built_to_be_installed(self):
        for line in (["install", "evil"], ["install", "--root", "tools", "evil"],
                     ["install", "--path", "."], ["install", "evil", "--root=tools", "--offline"]):
            result = self.cargo(*line)
            self.assert_denied(result)
            self.assertFalse(self.marker.exists(), str(result))
        # A source of its own, because cargo takes no registry of the project for programs.
        with tarfile.open(self.registry / "evil-1.0.0.crate") as archive:
            archive.extractall(self.field.project / "own")
        self.assert_code(0, self.cargo(
            "install", "--path", "own/evil-1.0.0", "--root", "tools", run=self.field.run_directly))
        self.assertTrue(self.marker.exists())

    def test_programs_that_the_project_puts_in_the_compilers_place_do_not_run(self):
        wrapper = self.field.add_script(
            "wrapper", f'#!/bin/sh\necho ran >> "{self.marker}"\ncase "$1" in */rustc|rustc) shift;; '
            'esac\nexec rustc "$@"\n')
        for key in ("rustc-wrapper", "rustc-workspace-wrapper", "rustc"):
            ran = False
            for line in FETCHING:
                with self.subTest(key=key, line=line):
                    self.lay_out(f'[build]\n{key} = "{wrapper}"\n')
                    self.cargo(*line, run=self.field.run_directly)
                    ran = ran or self.marker.exists()
                    self.marker.unlink(missing_ok=True)
                    self.lay_out(f'[build]\n{key} = "{wrapper}"\n')
                    result = self.cargo(*line)
                    self.assertFalse(self.marker.exists(), str(result))
            # Without us one of them runs it, so its absence above means us.
            if key != "rustc-workspace-wrapper":
                self.assertTrue(ran, key)
        for name in ("RUSTC", "RUSTC_WRAPPER", "CARGO_BUILD_RUSTC_WRAPPER"):
            self.lay_out()
            self.marker.unlink(missing_ok=True)
            result = self.field.run("cargo", "fetch", **{name: str(wrapper)})
            self.assertFalse(self.marker.exists(), f"{name} {result}")

    def test_a_toolchain_of_the_projects_own_does_not_run(self):
        home = self.field.make("toolchain/bin")
        for name in ("cargo", "rustc"):
            program = home / name
            program.write_text(f'#!/bin/sh\necho ran >> "{self.marker}"\n')
            program.chmod(0o755)
        for line in (["fetch"], ["metadata"], ["build"], ["--version"]):
            self.lay_out()
            self.field.write("rust-toolchain.toml", f'[toolchain]\npath = "{home.parent}"\n')
            result = self.cargo(*line)
            self.assert_denied(result)
            self.assertFalse(self.marker.exists(), str(result))
        self.cargo("fetch", run=self.field.run_directly)
        self.assertTrue(self.marker.exists())


if __name__ == "__main__":
    unittest.main()
