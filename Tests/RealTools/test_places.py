"""Where things may be installed, and calls that lead back to ourselves."""
import json
import os
import shutil
import signal
import subprocess
import time
import unittest

from field import TOOLS, FieldTest


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

    def test_an_environment_outside_the_project_is_made_where_nothing_is(self):
        self.need("python3")
        place = self.field.scratch / "elsewhere"
        line = ("python3", "-m", "venv", "--without-pip", str(place))
        self.assert_code(0, self.field.run(*line))
        self.assertTrue((place / ".shimgate-bin/python").exists())
        self.assertEqual(self.field.run(*line, "--clear").code, 77)

    def test_an_environment_behind_the_shims_gets_the_listed_python(self):
        # As README says: install.json's table is asked before PATH. An environment that is
        # activated later comes before the shims, and there its own programs run.
        self.need("python3")
        self.assert_code(0, self.field.run_directly("python3", "-m", "venv", "v"))
        place = self.field.project / "v"
        ask = ("python3", "-c", "import sys; print(sys.prefix)")
        listed = self.field.run_directly(*ask).out
        variables = {"VIRTUAL_ENV": str(place)}
        behind = f"{self.field.shims}:{place}/bin:{self.field.tool_path}"
        self.assertEqual(self.field.run(*ask, PATH=behind, **variables).out, listed)
        before = f"{place}/bin:{self.field.shims}:{self.field.tool_path}"
        inside = self.field.run(*ask, PATH=before, **variables)
        self.assertEqual(inside.out.decode().strip(), str(place), str(inside))


class AdoptedEnvironments(FieldTest):
    """Environments made through the shims, and others that are adopted by hand."""

    def make(self, *line):
        made = self.field.run(*line)
        self.assert_code(0, made)
        return made

    def prefix(self, *program, **variables):
        result = self.field.run(*program, "-c", "import sys; print(sys.prefix)", **variables)
        self.assert_code(0, result)
        return result.out.decode().strip()

    def count(self):
        return len(self.field.records(("decision",)))

    def test_a_new_environment_is_adopted_and_its_making_has_an_outcome(self):
        self.need("python3")
        self.make("python3", "-m", "venv", "v")
        decision, outcome = self.field.records(("decision", "outcome"))[-2:]
        self.assertEqual((decision["launch"], outcome["exit"]), ("supervise", 0))
        self.assertEqual(outcome["ref"], decision["id"])
        place = str(self.field.project / "v")
        for name in ("python", "python3"):
            self.assertEqual(self.prefix(f"v/bin/{name}"), place)
        # One record for each line, by whatever name pip is reached.
        for line in (["v/bin/pip", "list"], ["v/bin/python", "-m", "pip", "list"],
                     ["sh", "-c", ". v/bin/activate; pip list; python -m pip list"]):
            before = self.count()
            self.assert_code(0, self.field.run(*line))
            self.assertEqual(self.count() - before, 2 if line[0] == "sh" else 1, line)
        self.assertIn(place, self.field.run("v/bin/pip", "--version").out.decode())
        self.assertEqual(self.field.records()[-1]["listed"], False)

    def test_what_virtualenv_makes_is_adopted_too(self):
        if not (TOOLS / "venv/bin/virtualenv").exists():
            self.skipTest("virtualenv is not here")
        self.field.add_script("virtualenv", f'#!/bin/sh\nexec {TOOLS}/venv/bin/virtualenv "$@"\n')
        self.field.shimgate("shims", "sync", "--path", self.field.tool_path)
        place = str(self.field.project / "v")
        for line in (["virtualenv", "v"], ["virtualenv", "--clear", "--copies", "v"]):
            with self.subTest(line=line):
                self.make(*line)
                self.assertEqual(self.field.records()[-1]["launch"], "supervise")
                self.assertEqual(self.field.records(("outcome",))[-1]["exit"], 0)
                for name in ("python", "python3"):
                    self.assertEqual(self.prefix(f"v/bin/{name}"), place)
                self.assertIn(place, self.field.run("v/bin/pip", "--version").out.decode())
                elsewhere = str(self.field.scratch / "elsewhere")
                denied = self.field.run("v/bin/pip", "install", "--target", elsewhere, "x")
                self.assert_denied(denied)
        listed = self.field.shimgate("shims", "list", "--environment", "v")
        self.assert_code(0, listed)

    def test_what_uv_sync_makes_is_adopted_too(self):
        if not (TOOLS / "venv/bin/uv").exists():
            self.skipTest("uv is not here")
        self.field.add_script("uv", f'#!/bin/sh\nexec {TOOLS}/venv/bin/uv "$@"\n')
        self.field.shimgate("shims", "sync", "--path", self.field.tool_path)
        self.field.write("pyproject.toml", """[project]
name = "sample"
version = "1"
requires-python = ">=3.8"
[tool.uv]
package = false
""")
        variables = {"UV_OFFLINE": "1", "UV_PYTHON_DOWNLOADS": "never"}
        place = str(self.field.project / ".venv")
        elsewhere = str(self.field.scratch / "elsewhere")
        # The second time it is filled again, and stays adopted.
        for line in (["uv", "sync"], ["uv", "sync"], ["uv", "sync", "--reinstall"]):
            self.assert_code(0, self.field.run(*line, **variables))
            self.assertEqual(self.field.records(("outcome",))[-1]["exit"], 0)
            self.assertTrue((self.field.project / ".venv/.shimgate-bin/python").exists())
            self.assertEqual(self.prefix(".venv/bin/python"), place)
            denied = self.field.run(
                ".venv/bin/python", "-m", "pip", "install", "--target", elsewhere, "x")
            self.assert_denied(denied)
        # uv itself asks the adopted interpreter.
        self.assertEqual(self.prefix("uv", "run", "python", **variables), place)
        self.assert_code(0, self.field.run("uv", "pip", "list", **variables))

    def test_policy_meets_the_pip_of_an_adopted_environment(self):
        self.need("python3")
        self.make("python3", "-m", "venv", "v")
        elsewhere = str(self.field.scratch / "elsewhere")
        for line in (["v/bin/pip", "install", "--target", elsewhere, "x"],
                     ["v/bin/python3", "-m", "pip", "install", "--target", elsewhere, "x"],
                     ["sh", "-c", f". v/bin/activate; pip install --target {elsewhere} x"],
                     ["v/bin/python", "-m", "twine", "upload", "d/x.whl"]):
            with self.subTest(line=line):
                self.assertEqual(self.field.run(*line).code, 77)

    def test_a_script_that_is_installed_later_meets_policy_through_its_python(self):
        self.need("python3")
        self.make("python3", "-m", "venv", "v")
        twine = self.field.write(
            "v/bin/twine", f"#!{self.field.project}/v/bin/python3\nprint(1)\n")
        twine.chmod(0o755)
        self.assertEqual(self.field.run("v/bin/twine", "upload", "d/x.whl").code, 77)
        self.assertEqual(self.field.run("v/bin/twine", "check", "d/x.whl").out, b"1\n")

    def test_an_activated_environment_behind_the_shims_is_the_one_that_runs(self):
        self.need("python3")
        self.make("python3", "-m", "venv", "v")
        place = self.field.project / "v"
        variables = {"VIRTUAL_ENV": str(place),
                     "PATH": f"{self.field.shims}:{place}/bin:{self.field.tool_path}"}
        self.assertEqual(self.prefix("python3", **variables), str(place))
        before = self.count()
        self.assert_code(0, self.field.run("python3", "-m", "pip", "list", **variables))
        self.assertEqual(self.count() - before, 1)

    def test_an_environment_made_in_an_adopted_one_has_the_same_base(self):
        self.need("python3")
        self.make("python3", "-m", "venv", "--without-pip", "v")
        self.make("v/bin/python", "-m", "venv", "--without-pip", "w")
        self.assertEqual(self.prefix("w/bin/python3"), str(self.field.project / "w"))
        base = self.field.run("w/bin/python3", "-c", "import sys; print(sys.base_prefix)").out
        self.assertEqual(
            base, self.field.run_directly("python3", "-c", "import sys; print(sys.prefix)").out)

    def test_making_it_again_leaves_it_adopted(self):
        self.need("python3")
        line = ("python3", "-m", "venv", "--without-pip", "v")
        self.make(*line)
        self.assertEqual(self.make(*line).err, b"")
        self.assertNotEqual(self.field.run(*line, "/dev/null/x").code, 0)
        listed = self.field.shimgate("shims", "list", "--environment", "v")
        self.assert_code(0, listed)
        self.assertIn(b"python3", listed.out)

    def test_adopting_by_hand_and_releasing(self):
        self.need("python3")
        self.assert_code(0, self.field.run_directly("python3", "-m", "venv", "v"))
        listed = self.field.shimgate("shims", "list", "--environment", "v", "--json")
        self.assertEqual(listed.code, 1)
        self.assertIn(b'"state":"original"', listed.out)
        adopted = self.field.shimgate("shims", "adopt", "v", "--json")
        self.assert_code(0, adopted)
        self.assertIn("pip", json.loads(adopted.out)["adopted"])
        self.assertEqual(json.loads(
            self.field.shimgate("shims", "adopt", "v", "--json").out)["adopted"], [])
        self.assertEqual(self.prefix("v/bin/python"), str(self.field.project / "v"))
        self.assert_code(0, self.field.shimgate("shims", "release", "v"))
        self.assertFalse((self.field.project / "v/.shimgate-bin").exists())
        self.assertEqual(self.field.shimgate("shims", "adopt", ".").code, 64)

    def test_killing_an_adoption_leaves_an_environment_that_works(self):
        self.need("python3")
        self.assert_code(0, self.field.run_directly("python3", "-m", "venv", "v"))
        place = str(self.field.project / "v")
        command = [str(self.field.program), "shims", "adopt", "v"]
        for delay in range(2, 14, 2):
            process = subprocess.Popen(
                command, cwd=self.field.project, env=self.field.environment(),
                stdout=subprocess.DEVNULL)
            time.sleep(delay / 1000)
            process.kill()
            process.wait()
            self.assertEqual(self.prefix("v/bin/python3"), place)
            self.assert_code(0, self.field.run("v/bin/pip", "--version"))
            self.assert_code(0, self.field.shimgate("shims", "release", "v"))
        self.assert_code(0, self.field.run(*command))
        self.assert_code(0, self.field.shimgate("shims", "list", "--environment", "v"))


class Supervision(FieldTest):
    """A parent that stays is not noticed."""

    def python(self, text):
        """A stand-in that is given the words of `python3 -m venv v`."""
        self.field.add_script("python3", text)
        self.field.shimgate("shims", "sync", "--path", self.field.tool_path)

    def end_of(self, text, *signals):
        self.python(text)

        def heed():
            # A shell's background job ignores SIGINT, and so would everything it starts.
            signal.signal(signal.SIGINT, signal.SIG_DFL)

        process = subprocess.Popen(
            [str(self.field.shims / "python3"), "-m", "venv", "v"], cwd=self.field.project,
            env=self.field.environment(), stdout=subprocess.PIPE, start_new_session=True,
            preexec_fn=heed)
        for number in signals:
            process.stdout.readline()
            process.send_signal(number)
        out = process.communicate(timeout=30)[0]
        return process.returncode, out

    def last_outcome(self):
        return self.field.records(("outcome",))[-1]

    def test_exit_codes_and_signals_come_back(self):
        self.assertEqual(self.end_of("#!/bin/sh\nexit 7\n")[0], 7)
        self.assertEqual(self.last_outcome()["exit"], 7)
        self.assertEqual(self.end_of("#!/bin/sh\nkill -SEGV $$\n")[0], -signal.SIGSEGV)
        self.assertEqual(self.last_outcome()["signal"], signal.SIGSEGV)

    def test_signals_sent_to_us_reach_the_tool(self):
        text = "#!/bin/sh\ntrap 'echo got; exit 5' TERM\necho ready\n" \
               "while :; do sleep 0.05; done\n"
        self.assertEqual(self.end_of(text, signal.SIGTERM), (5, b"got\n"))
        text = "#!/bin/sh\necho ready\nexec sleep 30\n"
        self.assertEqual(self.end_of(text, signal.SIGINT)[0], -signal.SIGINT)
        self.assertEqual(self.last_outcome()["signal"], signal.SIGINT)

    def test_a_tool_that_cannot_start_is_said_so(self):
        self.assertEqual(self.end_of("#!/no/such/interpreter\n")[0], 127)

    def test_the_tool_finds_its_signals_as_the_caller_left_them(self):
        self.python("#!/bin/sh\ngrep -E '^Sig(Blk|Ign)' /proc/self/status\n")
        line = ("python3", "-m", "venv", "v")

        def masks(result):
            # glibc's posix_spawn has its own two signals, 32 and 33, ignored in every child.
            words = result.out.split()
            return [int(words[1], 16), int(words[3], 16) & ~(3 << 31)]

        for before in (None, lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)):
            shimmed = masks(self.field.run(*line, before=before))
            direct = self.field.start(
                line, self.field.environment(PATH=self.field.tool_path), before=before)
            self.assertEqual(shimmed, masks(direct))


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


class Nowhere(FieldTest):
    stand_ins = ["npm"]

    def test_a_deleted_directory_allows_nothing(self):
        for line in ("npm view x", "npm test"):
            text = f"mkdir gone && cd gone && rmdir ../gone && {line}"
            result = self.field.shell(text)
            self.assertEqual(result.code, 77, str(result))
            self.assert_code(0, self.field.shell(line))
        self.assertEqual(len(self.field.started()), 2)


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
