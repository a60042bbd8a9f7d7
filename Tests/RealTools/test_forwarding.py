"""What is allowed behaves as if shimgate were not there."""
import os
import re
import signal
import stat
import unittest

from field import TOOLS, FieldTest, Field, any_npm, npm_directories


class SameBytes(FieldTest):
    def test_npm_answers_the_same_bytes_and_codes(self):
        for name, directories in npm_directories() or [("none", [])]:
            field = Field(directories)
            self.addCleanup(field.remove)
            self.field = field
            self.need("npm")
            registry = self.registry(packages={"sample": {"1.0.0": {"description": "A sample"}}})
            field.write(".npmrc", f"registry={registry.url}\n")
            for line in (
                ["npm", "view", "sample"], ["npm", "view", "sample", "version"],
                ["npm", "--version"], ["npm", "view", "not-there"], ["npm", "ls"],
                ["npm", "config", "get", "registry"],
            ):
                with self.subTest(npm=name, line=line):
                    self.compare(line)

    def test_pip_list_is_the_same(self):
        self.field.tool_directories.insert(0, str(TOOLS / "venv/bin"))
        if not (TOOLS / "venv/bin/pip").exists():
            self.skipTest("pip is not here")
        self.field.shimgate("shims", "sync", "--path", self.field.tool_path)
        self.compare(["pip", "list"])
        self.compare(["pip", "--version"])

    def test_cargo_build_is_the_same(self):
        cargo = os.path.expanduser("~/.cargo/bin")
        self.field.tool_directories.insert(0, cargo)
        self.need("cargo")
        self.field.shimgate("shims", "sync", "--path", self.field.tool_path)
        self.field.write("Cargo.toml", '[package]\nname = "sample"\nversion = "1.0.0"\n')
        self.field.write("src/lib.rs", "pub fn one() -> i32 { 1 }\n")
        self.field.run_directly("cargo", "build")
        self.compare(["cargo", "build"])
        self.compare(["cargo", "--version"])

    def test_gem_list_is_the_same(self):
        self.need("gem")
        self.compare(["gem", "list"])

    def compare(self, line):
        direct, shimmed = self.field.run_directly(*line), self.field.run(*line)
        self.assertEqual(direct.code, shimmed.code, f"{direct}\n{shimmed}")
        self.assertEqual(self.steady(direct.out), self.steady(shimmed.out))
        self.assertEqual(self.steady(direct.err), self.steady(shimmed.err))

    def steady(self, text):
        """cargo prints how long it took, npm names its log by the time; both differ by nature."""
        text = re.sub(rb" in \d+\.\d+s", b" in N s", text)
        return re.sub(rb"\d{4}-\d\d-\d\dT[\d_]+Z-debug", b"TIME-debug", text)


class SameStart(FieldTest):
    stand_ins = ["npm", "cargo"]

    def test_the_tool_gets_its_own_path_the_same_words_and_directory(self):
        # After `--` the words belong to the script: any bytes that are UTF-8 arrive unchanged.
        words = ["", "a b", "*", "$HOME", "-n", "é", "\\", '"', "--", "x\ty"]
        self.assert_code(0, self.field.run("npm", "run", "build", "--", *words))
        started = self.field.started()[-1]
        self.assertEqual(started["argv"][0], str(self.field.stand_in_directory / "npm"))
        expected = ["".join(chr(byte) for byte in word.encode()) for word in words]
        self.assertEqual(started["argv"][-len(words):], expected)
        self.assertEqual(started["cwd"], str(self.field.project))

    def test_the_tool_gets_no_descriptor_of_ours(self):
        self.assert_code(0, self.field.run("npm", "view", "x"))
        self.assertEqual(self.field.started()[-1]["descriptors"], [0, 1, 2])

    def test_closed_descriptors_stay_closed_for_the_tool(self):
        self.assert_code(0, self.field.shell("npm view x 2>&-"))
        self.assertEqual(self.field.started()[-1]["descriptors"], [0, 1])

    def test_its_exit_code_comes_back(self):
        for code in (0, 1, 7, 77, 255):
            result = self.field.run("npm", "view", "x", RECORDER_EXIT=str(code))
            self.assertEqual(result.code, code)
            self.assertEqual(result.err, b"")

    def test_its_signal_comes_back(self):
        self.field.add_script("npm", "#!/bin/sh\nkill -TERM $$\nsleep 5\n")
        self.assertEqual(self.field.run("npm", "view", "x").code, -signal.SIGTERM)

    def test_umask_and_ignored_signals_are_kept(self):
        self.field.add_script("npm", "#!/bin/sh\numask\ntouch made\nkill -HUP $$\necho alive\n")

        def before():
            os.umask(0o027)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)

        result = self.field.run("npm", "view", "x", before=before)
        self.assertEqual(result.out.split(), [b"0027", b"alive"])
        mode = stat.S_IMODE((self.field.project / "made").stat().st_mode)
        self.assertEqual(mode, 0o640)

    def test_a_word_that_is_not_text_is_refused(self):
        result = self.field.run("npm", "install", b"\xff\xfe")
        self.assertEqual(result.code, 77, str(result))
        self.assertEqual(self.field.started(), [])

    def test_a_missing_tool_is_127(self):
        (self.field.stand_in_directory / "cargo").unlink()
        self.field.tool_directories = []
        result = self.field.run("cargo", "build")
        self.assertEqual(result.code, 127, str(result))
        self.assertTrue(result.err.startswith(b"shimgate: "), str(result))

    def test_a_tool_outside_the_table_is_recorded_as_unlisted(self):
        self.field.run("npm", "view", "x")
        self.assertTrue(self.field.records()[-1]["listed"])
        self.field.add_stand_in("pnpm")
        (self.field.shims / "pnpm").symlink_to("../../../bin/shimgate")
        self.assert_code(0, self.field.run("pnpm", "list"))
        self.assertFalse(self.field.records()[-1]["listed"])

    def test_an_unknown_name_ends_with_the_valid_ones(self):
        odd = self.field.scratch / "odd-name"
        odd.symlink_to(self.field.program)
        result = self.field.run(odd, "x")
        self.assertEqual(result.code, 64, str(result))
        self.assertIn(b"npm", result.err)


class Nesting(FieldTest):
    tool_directories = any_npm()

    def test_npm_run_that_calls_npm_passes(self):
        self.need("npm")
        self.field.write("package.json", {
            "name": "sample", "version": "1.0.0",
            "scripts": {"outer": "npm run middle", "middle": "npm run inner",
                        "inner": "npm --version"}})
        result = self.field.run("npm", "run", "--silent", "outer")
        self.assert_code(0, result)
        self.assertRegex(result.out, rb"^\d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()
