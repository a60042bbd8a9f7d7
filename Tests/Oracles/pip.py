"""Asks pip's own parsers what lines mean: PYTHON_WITH_PIP pip.py < questions > answers.

The first answer holds pip's commands and options (README.md says in which shape). Commands are
constructed and their arguments parsed; none is run.
"""
import contextlib
import copy
import io
import json
import os
import sys

# Beside this file, `import pip` would find this file.
sys.path.pop(0)
# pip would start itself again for --python; with this it only reads the option.
os.environ["_PIP_RUNNING_IN_SUBPROCESS"] = "1"

import pip  # noqa: E402
from pip._internal.cli.main_parser import create_main_parser, parse_command  # noqa: E402
from pip._internal.commands import commands_dict, create_command  # noqa: E402
from pip._internal.exceptions import PipError  # noqa: E402


def tables():
    options = {"": option_list(create_main_parser())}
    for name in commands_dict:
        options[name] = option_list(create_command(name).parser)
    return {"version": pip.__version__, "commands": list(commands_dict), "options": options}


def option_list(parser):
    options = list(parser.option_list)
    for group in parser.option_groups:
        options += group.option_list
    return [
        {"names": option._long_opts + option._short_opts, "takesValue": option.takes_value()}
        for option in options
    ]


def answer(argv):
    try:
        name, rest = parse_command(list(argv))
    except PipError as error:
        return {"command": None, "why": str(error)}
    except SystemExit as end:
        return {"command": None, "why": "error" if end.code else "usage"}
    command = create_command(name)
    # pip 26 keeps one list for a default and adds to it.
    command.parser.defaults = copy.deepcopy(command.parser.defaults)
    try:
        options, args = command.parse_args(rest)
    except SystemExit as end:
        return {"command": name, "failed" if end.code else "prints": True}
    except Exception as error:
        return {"command": name, "failed": True, "why": str(error)}
    opts = {key: plain(value) for key, value in vars(options).items()}
    found = {"command": name, "args": args, "opts": opts}
    if options.help or (name == "help" and not rest):
        found["prints"] = True
    return found


def plain(value):
    """A value as text that is the same each time."""
    if hasattr(value, "only_binary"):
        return [sorted(value.no_binary), sorted(value.only_binary)]
    # A set has no order of its own.
    return repr(sorted(value) if isinstance(value, set) else value)


def main():
    print(json.dumps(tables()))
    base = {name: os.environ[name] for name in os.environ if not name.startswith("PIP_")}
    for line in sys.stdin:
        question = json.loads(line)
        os.environ.clear()
        os.environ.update(base, HOME=question["home"], PIP_CONFIG_FILE=os.devnull)
        os.environ.update(question["env"])
        silence = io.StringIO()
        with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
            found = answer(question["argv"])
        print(json.dumps(found))


main()
