"""Loaded by python before pip, poetry and pdm where they could run a package's build backend.

pip: has no switch for building some packages only. It runs a backend wherever a source archive has to
be looked into, with network and home. Here every program that pip starts for a build is started
confined (`shimgate confine`), and only listed packages may come as source. The inner pip that fetches what a
build needs runs as ever, for wheels only. The shim tells which packages and how to confine by
SHIMGATE_PIP_BUILD.

poetry and pdm: ask for wheels only when they install, but still build what comes as source when they want
its metadata. With SHIMGATE_BUILDS=own nothing is built but what lies in the project itself.

The shim puts the option --shimgate-guard on the line, which is taken away here: a tool that has not loaded
this file stops there.
Sources: pip/_internal/utils/subprocess.py, models/format_control.py, cli/main.py of 22.2 to 26.3;
pyproject_hooks/_impl.py; poetry/inspection/info.py of 2.5; pdm/builders/base.py of 2.29.
"""
import os
import sys

_TOLD = os.environ.pop("SHIMGATE_PIP_BUILD", None)
_KEPT = (
    "PYTHONPATH", "PYTHONNOUSERSITE", "PEP517_BUILD_BACKEND", "PEP517_BACKEND_PATH",
    "_PYPROJECT_HOOKS_BUILD_BACKEND", "_PYPROJECT_HOOKS_BACKEND_PATH",
    "_PYPROJECT_HOOKS_BACKEND_PATH_JSON",
)


def _install(told):
    import importlib.machinery
    import json
    import re
    import tempfile

    told = json.loads(told)
    names = frozenset(told["names"])
    confine = told["confine"]

    def refuse(what):
        from pip._internal.exceptions import InstallationError
        raise InstallationError("shimgate: " + what)

    def patch_formats(module):
        former = module.FormatControl.get_allowed_formats

        def get_allowed_formats(self, canonical_name):
            if canonical_name in names:
                return frozenset(("binary", "source"))
            return former(self, canonical_name)

        module.FormatControl.get_allowed_formats = get_allowed_formats

    def is_listed(folder):
        """Whether pip has unpacked a listed package there (`pip-install-XXX/NAME_HASH`)."""
        scratch = os.path.realpath(tempfile.gettempdir())
        parts = os.path.relpath(os.path.realpath(folder), scratch).split(os.sep)
        if len(parts) < 2 or parts[0] == "..":
            return False
        name = re.sub("_[0-9a-f]{32}$", "", parts[1])
        return re.sub("[-_.]+", "-", name).lower() in names

    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for one in value.values():
                yield from texts(one)
        elif isinstance(value, list):
            for one in value:
                yield from texts(one)

    def places(words, folder):
        """What the build may write: its source, and what pip has made for its results."""
        scratch = os.path.realpath(tempfile.gettempdir()) + os.sep
        found = [folder]
        for word in words[1:]:
            found.append(word)
            try:
                with open(os.path.join(word, "input.json"), encoding="utf-8") as file:
                    found.extend(texts(json.load(file)))
            except (OSError, ValueError):
                continue
        real = [os.path.realpath(one) for one in found if os.path.isabs(one)]
        return sorted({one for one in real if one.startswith(scratch) and os.path.isdir(one)})

    def readable(words, environment):
        import pip

        found = [sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(pip.__file__)]
        found.extend(environment.get("PYTHONPATH", "").split(os.pathsep))
        for one in environment.get("PATH", "").split(os.pathsep):
            if os.path.basename(os.path.dirname(one)) in ("overlay", "normal"):
                found.append(os.path.dirname(one))
        return sorted({os.path.realpath(one) for one in found if os.path.isdir(one)} - {"/usr"})

    def interpreter(path):
        """The program itself, where the environment's is one of the shim's."""
        kept = os.path.join(os.path.dirname(os.path.dirname(path)), ".shimgate-bin")
        original = os.path.join(kept, os.path.basename(path))
        return original if os.path.exists(original) else path

    def patch_subprocess(module):
        former = module.call_subprocess

        def call_subprocess(cmd, *rest, **more):
            words = [str(getattr(word, "secret", word)) for word in cmd]
            if words[0] != sys.executable:
                refuse("%s is not started for a package" % words[0])
            if len(words) > 1 and os.path.basename(words[1]) == "__pip-runner__.py":
                return former(cmd, *rest, **more)
            folder = more.get("cwd")
            if not folder or not is_listed(folder):
                refuse("%s is not built: the policy does not list it" % (folder or "a package"))
            environment = dict(os.environ, **(more.get("extra_environ") or {}))
            line = list(confine)
            for place in readable(words, environment):
                line += ["--read", place]
            for place in places(words, folder):
                line += ["--write", place]
            line += ["--hide", os.path.join(os.path.realpath(sys.prefix), "pip.conf")]
            for name in _KEPT:
                line += ["--keep", name]
            line += ["--", interpreter(words[0])] + words[1:]
            return former(line, *rest, **more)

        module.call_subprocess = call_subprocess

    def patch_line(_module):
        sys.argv.remove("--shimgate-guard")

    patches = {
        "pip._internal.models.format_control": patch_formats,
        "pip._internal.utils.subprocess": patch_subprocess,
        "pip._internal.cli.main_parser": patch_line,
    }

    class Finder:
        """Patches the modules as they are loaded."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            patch = patches.get(name)
            if patch is None:
                return None
            spec = importlib.machinery.PathFinder.find_spec(name, path, target)
            if spec is None or spec.loader is None:
                return spec
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                patch(module)

            spec.loader.exec_module = exec_module
            return spec

    sys.meta_path.insert(0, Finder)


def _build_own_only():
    import tempfile

    def own_folders():
        """The project of the folder that the line works in; a stage and the project that it stands for."""
        folder = os.path.realpath(os.getcwd())
        before, mark, behind = folder.partition("/.shimgate/stage/")
        if mark:
            return [before + mark + behind.split("/")[0], before]
        place = folder
        while not os.path.exists(os.path.join(place, "pyproject.toml")):
            if place == os.path.dirname(place):
                return [folder]
            place = os.path.dirname(place)
        return [place]

    own = own_folders()
    scratch = os.path.realpath(tempfile.gettempdir())

    def is_own(folder):
        """Whether it is a part of the project that no tool has unpacked there."""
        place = os.path.realpath(folder)
        root = next((one for one in own if (place + os.sep).startswith(one + os.sep)), None)
        if root is None:
            return False
        if scratch.startswith(root + os.sep) and (place + os.sep).startswith(scratch + os.sep):
            return False
        while place != root:
            unpacked = os.path.exists(os.path.join(place, "pyvenv.cfg"))
            if unpacked or os.path.basename(place).startswith("."):
                return False
            place = os.path.dirname(place)
        return True

    def is_build(words):
        for word in words:
            name = os.path.basename(word.decode(errors="replace") if isinstance(word, bytes)
                                    else str(word))
            # pyproject_hooks, pep517, and setuptools called by hand.
            if name in ("_in_process.py", "_in_process", "setup.py") or "setup.py" in str(word):
                return True
        return False

    # How each event tells the program, its words and its folder (docs.python.org, "Audit events").
    events = {
        "subprocess.Popen": lambda of: (of[1], of[2]),
        "os.posix_spawn": lambda of: (of[1], None),
        "os.exec": lambda of: (of[1], None),
        "os.system": lambda of: ([of[0]], None),
    }

    def watch(event, arguments):
        telling = events.get(event)
        if telling is None:
            return
        words, folder = telling(arguments)
        words = [words] if isinstance(words, (str, bytes)) else list(words or [])
        if not is_build(words) or is_own(folder or os.getcwd()):
            return
        reason = "shimgate: a package without a wheel is not built, for that runs its code (%s)" % (
            os.path.basename(str(folder or os.getcwd())))
        sys.stderr.write(reason + "\n")
        raise RuntimeError(reason)

    sys.addaudithook(watch)
    if "--shimgate-guard" in sys.argv:
        sys.argv.remove("--shimgate-guard")


if _TOLD:
    _install(_TOLD)
elif os.environ.get("SHIMGATE_BUILDS") == "own":
    _build_own_only()
del _TOLD
