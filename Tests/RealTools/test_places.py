"""Where things may be installed, and calls that lead back to ourselves."""
import os
import shutil
import time
import unittest

from field import FieldTest


class Environments(FieldTest):
    def test_a_virtual_environment_made_through_the_shims_is_healthy(self):
        self.need("python3")
        made = self.field.run("python3", "-m", "venv", "v")
        self.assert_code(0, made)
        place = str(self.field.project / "v")
        version = self.field.run("v/bin/pip", "--version")
        self.assert_code(0, version)
        self.assertIn(place.encode(), version.out)
        prefix = self.field.run("v/bin/python", "-c", "import sys; print(sys.prefix)")
        self.assertEqual(prefix.out.decode().strip(), place)

    def test_an_environment_behind_the_shims_gets_the_listed_python(self):
        # As README says: install.json's table is asked before PATH. An environment that is
        # activated later comes before the shims, and there its own programs run.
        self.need("python3")
        self.assert_code(0, self.field.run("python3", "-m", "venv", "v"))
        place = self.field.project / "v"
        ask = ("python3", "-c", "import sys; print(sys.prefix)")
        listed = self.field.run_directly(*ask).out
        variables = {"VIRTUAL_ENV": str(place)}
        behind = f"{self.field.shims}:{place}/bin:{self.field.tool_path}"
        self.assertEqual(self.field.run(*ask, PATH=behind, **variables).out, listed)
        before = f"{place}/bin:{self.field.shims}:{self.field.tool_path}"
        inside = self.field.run(*ask, PATH=before, **variables)
        self.assertEqual(inside.out.decode().strip(), str(place), str(inside))


class PlacesWithTools(FieldTest):
    stand_ins = ["npm", "pip"]

    def test_installing_outside_the_project_is_denied(self):
        shims = str(self.field.shims)
        for line in (
            ["npm", "install", "--global", "x"],
            ["npm", "i", "-g", "x"],
            ["npm", "i", "-g", "--prefix", shims, "x"],
            ["npm", "i", "--prefix", shims, "x"],
            ["npm", "i", "-g", "--prefix", str(self.field.stand_in_directory.parent), "x"],
            ["pip", "install", "--target", shims, "x"],
            ["pip", "install", "--target", str(self.field.stand_in_directory), "x"],
            ["pip", "install", f"--target={shims}", "x"],
        ):
            with self.subTest(line=line):
                self.assertEqual(self.field.run(*line).code, 77)
        self.assertEqual(self.field.started(), [])


class Loops(FieldTest):
    """Each of these would call itself for ever; each must end as an error, and soon."""

    stand_ins = ["npm"]

    def end_soon(self, result, began):
        self.assertNotEqual(result.code, 0, str(result))
        self.assertLess(time.monotonic() - began, 10)
        self.assertEqual(self.field.started(), [])
        self.assertIn(b"shimgate: ", result.err)

    def loop_through(self, text):
        self.field.add_script("npm", text)
        began = time.monotonic()
        self.end_soon(self.field.run("npm", "view", "x", timeout=30), began)

    def test_a_wrapper_that_execs_the_shim_ends(self):
        self.loop_through(f'#!/bin/sh\nexec "{self.field.shims}/npm" "$@"\n')

    def test_a_wrapper_that_calls_the_shim_ends(self):
        self.loop_through(f'#!/bin/sh\n"{self.field.shims}/npm" "$@"\n')

    def test_a_wrapper_that_finds_the_shim_on_path_ends(self):
        self.loop_through('#!/bin/sh\nexec npm "$@"\n')

    def test_a_wrapper_that_calls_another_tool_that_calls_back_ends(self):
        self.field.add_script("pnpm", '#!/bin/sh\nexec npm "$@"\n')
        self.field.shimgate("shims", "sync", "--path", self.field.tool_path)
        self.loop_through('#!/bin/sh\nexec pnpm "$@"\n')

    def test_a_hard_link_to_ourselves_is_not_the_real_tool(self):
        (self.field.stand_in_directory / "npm").unlink()
        os.link(self.field.program, self.field.stand_in_directory / "npm")
        began = time.monotonic()
        result = self.field.run("npm", "view", "x", timeout=30,
                                PATH=f"{self.field.shims}:{self.field.stand_in_directory}:/bin")
        self.end_soon(result, began)

    def test_a_copy_of_ourselves_is_not_the_real_tool(self):
        (self.field.stand_in_directory / "npm").unlink()
        shutil.copy(self.field.program, self.field.stand_in_directory / "npm")
        began = time.monotonic()
        result = self.field.run("npm", "view", "x", timeout=30,
                                PATH=f"{self.field.shims}:{self.field.stand_in_directory}:/bin")
        self.end_soon(result, began)


class Python(FieldTest):
    def test_plain_python_leaves_no_record_and_its_pip_module_does(self):
        self.need("python3")
        before = len(self.field.records())
        result = self.field.run("python3", "-c", "print(1)")
        self.assertEqual(result.out, b"1\n")
        self.assertEqual(len(self.field.records()), before)
        denied = self.field.run("python3", "-m", "twine", "upload", "dist/x")
        self.assertEqual(denied.code, 77, str(denied))
        self.assertEqual(len(self.field.records()), before + 1)


if __name__ == "__main__":
    unittest.main()
