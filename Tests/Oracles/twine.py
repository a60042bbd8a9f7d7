"""Asks twine's own parsers what lines mean: PYTHON_WITH_TWINE twine.py < questions > answers.

The first answer holds twine's commands and options (README.md says in which shape). A command's
main() builds its parser and calls parse_args; what it would do after that is never reached.
"""
import argparse
import contextlib
import io
import json
import os
import sys

# Beside this file, `import twine` would find this file.
sys.path.pop(0)

import twine  # noqa: E402
import twine.cli  # noqa: E402

COMMANDS = ("upload", "check", "register")


class Parsed(Exception):
    """A command's own parser has accepted its words."""


class Watch:
    """What the parsers of the present question were given and made of it."""

    command = None
    parsers: dict = {}


def watch_parsers():
    parse = argparse.ArgumentParser.parse_args

    def watched(parser, args=None, namespace=None):
        is_main = not parser.prog.startswith("twine ")
        Watch.parsers["" if is_main else parser.prog.split()[1]] = parser
        found = parse(parser, args, namespace)
        if not is_main:
            raise Parsed(found)
        Watch.command = found.command
        return found

    argparse.ArgumentParser.parse_args = watched
    twine.cli.configure_output = lambda: None


def answer(argv):
    Watch.command = None
    twine.cli.args = argparse.Namespace()
    try:
        twine.cli.dispatch(list(argv))
    except Parsed as end:
        values = vars(end.args[0])
        args = values["dists"] if "dists" in values else [values["package"]]
        opts = {key: repr(value) for key, value in values.items()}
        return {"command": Watch.command, "args": args, "opts": opts}
    except SystemExit as end:
        return {"command": Watch.command, "failed" if end.code else "prints": True, "why": "exit"}
    except Exception as error:
        return {"command": Watch.command, "failed": True, "why": str(error)}
    return {"command": Watch.command, "failed": True}


def tables():
    for name in COMMANDS:
        answer([name, "x"])
    options = {
        name: [
            {"names": action.option_strings, "takesValue": action.nargs != 0}
            for action in parser._actions
            if action.option_strings
        ]
        for name, parser in Watch.parsers.items()
    }
    return {"version": twine.__version__, "commands": COMMANDS, "options": options}


def main():
    watch_parsers()
    base = {name: os.environ[name] for name in os.environ if not name.startswith("TWINE_")}
    os.environ.clear()
    os.environ.update(base)
    with contextlib.redirect_stderr(io.StringIO()):
        found = tables()
    print(json.dumps(found))
    for line in sys.stdin:
        question = json.loads(line)
        os.environ.clear()
        os.environ.update(base, HOME=question["home"])
        os.environ.update(question["env"])
        silence = io.StringIO()
        with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
            found = answer(question["argv"])
        print(json.dumps(found))


main()
