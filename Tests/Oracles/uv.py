"""Asks uv what lines mean: UV=path uv.py < questions > answers.

For each line of options and command words, uv's own help for that line names the command. A line
that could start another program is never asked: `run`, `tool run` and what is not built of the
words that this file itself hands out are refused. Where the help named a command that prints its
settings instead of acting (`--show-settings`, in front, where no option can take it as its value),
these are its positionals and options.
"""
import json
import os
import re
import subprocess
import sys

UV = os.environ["UV"]
# What starts programs or replaces uv, and the help itself, which reads words differently.
LEFT_OUT = {"run", "tool run", "check", "format", "build-backend", "self update", "help"}
# Hidden commands that are others under a second name.
SECOND_NAMES = {"clean": "cache clean"}
# Commands that end after printing their settings; asked of 0.13.8, one by one.
SHOWS_SETTINGS = set("""add|audit|auth login|auth logout|auth token|build|export|init|lock|pip check
|pip compile|pip freeze|pip install|pip list|pip show|pip sync|pip tree|pip uninstall|publish
|python dir|python find|python install|python list|python pin|python uninstall|python upgrade
|remove|sync|tool dir|tool install|tool list|tool uninstall|tool upgrade|tree|venv|version
|workspace metadata""".replace("\n", "").split("|"))


def help_of(words):
    return started([*words, "--help"])


def started(words):
    return subprocess.run(
        [UV, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        env={"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "UV_OFFLINE": "1"}, timeout=30)


def tables():
    options = {"": option_list(help_of([]).stdout)}
    commands = []
    waiting = [[]]
    while waiting:
        words = waiting.pop()
        text = help_of(words).stdout
        inner = re.search(r"(?ms)^Commands:\n(.*?)\n\n", text)
        names = re.findall(r"(?m)^  ([a-z][a-z-]*)", inner.group(1)) if inner else []
        for name in names:
            path = " ".join([*words, name])
            if path in LEFT_OUT:
                continue
            waiting.append([*words, name])
            commands.append(path)
            options[path] = []
        if words:
            options[" ".join(words)] = option_list(text)
    version = subprocess.run([UV, "--version"], capture_output=True, text=True, check=True)
    return {"version": version.stdout.split()[1], "commands": commands, "options": options}


def option_list(text):
    found = []
    for names, value in re.findall(r"(?m)^ {2,6}((?:-\w, )?--[a-z][\w-]*)( <[^>]+>)?", text):
        found.append({"names": names.split(", "), "takesValue": bool(value)})
    return [option for option in found if "--help" not in option["names"]]


def answer(question):
    words = question["argv"]
    if "--" in words or any(word in ("run", "help") or word.startswith("ru") for word in words):
        return {"skipped": True}
    run = help_of(words)
    usage = re.search(r"(?m)^Usage: uv(.*)", run.stdout + run.stderr)
    if usage is None or "cannot be used multiple times" in run.stderr:
        # Refused without a word on the command; the same line meets the same error.
        return {"skipped": True, "why": run.stderr.split("\n")[0]}
    if "unrecognized subcommand" in run.stderr or "<COMMAND>" in usage.group(1):
        return {"command": None, "why": run.stderr.split("\n")[0] or "usage"}
    path = []
    for word in usage.group(1).split():
        if word[0] in "[<-":
            break
        path.append(word)
    if not path:
        return {"command": None, "why": "usage"}
    command = " ".join(path)
    found = {"command": SECOND_NAMES.get(command, command)}
    if run.returncode:
        return found | {"failed": True}
    if command not in SHOWS_SETTINGS:
        return found
    settings = started(["--show-settings", *words])
    if settings.returncode:
        return found | {"failed": True, "why": settings.stderr.split("\n")[0]}
    if not settings.stdout.startswith("GlobalSettings"):
        return found | {"prints": True}
    return found | {"opts": flattened(settings.stdout)}


def flattened(text):
    """uv's settings, each by the names on the way to it, those of lists in one text."""
    found, way = {}, []
    for line in text.splitlines():
        depth = (len(line) - len(line.lstrip(" "))) // 4
        word = line.strip().rstrip(",")
        if not word or word[0] in "]})":
            continue
        name, _, value = word.partition(": ")
        way = [*way[:depth], name]
        # Where something is fetched, our switch sets this one.
        place = "no_build" if "no_build" in way else ".".join(way if value else way[:-1])
        if not name.startswith("tv_"):
            found[place] = f"{found.get(place, '')} {value or name}".strip()
    return found


def main():
    print(json.dumps(tables()), flush=True)
    for line in sys.stdin:
        try:
            found = answer(json.loads(line))
        except subprocess.TimeoutExpired:
            found = {"skipped": True}
        print(json.dumps(found), flush=True)


main()
