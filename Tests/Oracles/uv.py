"""Asks uv what lines mean: UV=path uv.py < questions > answers.

For each line of options and command words, uv's own help for that line names the command. A line
that could start another program is never asked: `run`, `tool run` and what is not built of the
words that this file itself hands out are refused.
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


def help_of(words):
    return subprocess.run(
        [UV, *words, "--help"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
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
        return {"skipped": True}
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
    return {"command": SECOND_NAMES.get(command, command), "failed": run.returncode != 0}


def main():
    print(json.dumps(tables()), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


main()
