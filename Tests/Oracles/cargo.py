"""Asks cargo what lines mean: cargo.py < questions > answers.

cargo has no parser that can be called, so this starts the real program: each line in an empty
folder of its own, with an empty CARGO_HOME and, as fuzz-grammar starts it, without a network; there
every command that needs a package fails at once. What was chosen is read from cargo's trace: each
name that it looks up as an alias is named there, the last one is the command.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COMMANDS = """add bench build check clean config doc fetch fix generate-lockfile help info init
install locate-project login logout metadata new owner package pkgid publish remove report run
rustc rustdoc search test tree uninstall update vendor version yank b c d r t rm""".split()
VALUED = """--color --config -Z -C --token --registry --index --package -p --target --features -F
--jobs -j --manifest-path --git --path --profile --message-format --lockfile-path""".split()
PLAIN = """-v -vv -q --quiet --verbose --locked --offline --frozen --dry-run -n --allow-dirty
--no-verify --workspace --all-features --no-default-features --force --release --bins --lib --all
--keep-going --exclude-lockfile""".split()
BUILT_IN = {"b": "build", "c": "check", "d": "doc", "r": "run", "t": "test", "rm": "remove"}

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
LOOKED_UP = re.compile(
    r'expand_aliases\S*: cargo::util::context: get cv '
    r'ConfigKey \{ env: "CARGO_ALIAS_[^"]*", parts: \[\("alias", \d+\), \("([^"]*)"')
STARTED = re.compile(r"cargo::commands::(\w+)(?:::\w+)*::exec\b")
# A program cargo-NAME that is not installed, a path that names no file, and a file that a stable
# cargo does not run: nothing runs, but for want of just this program.
NOT_THERE = re.compile(r"(?:no such (?:sub)?command:?|running the file) `([^`]*)`")


def tables():
    options = [{"names": [name], "takesValue": True} for name in VALUED]
    options += [{"names": [name], "takesValue": False} for name in PLAIN]
    version = subprocess.run(["cargo", "--version"], capture_output=True, text=True, check=True)
    return {
        "version": version.stdout.split()[1], "commands": COMMANDS, "options": {"": options},
    }


def answer(question, rustup):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cargo-", dir=question["cwd"]))
    work = folder / "work"
    work.mkdir()
    configuration = pathlib.Path(question["home"]) / ".cargo/config.toml"
    home = folder / "home"
    home.mkdir()
    if configuration.exists():
        shutil.copy(configuration, home / "config.toml")
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "CARGO_HOME": str(home),
        "RUSTUP_HOME": rustup, "CARGO_LOG": "trace", "RUST_BACKTRACE": "1",
        "CARGO_NET_OFFLINE": "true", "RUSTUP_AUTO_INSTALL": "0", **question["env"],
    }
    try:
        run = subprocess.run(
            ["cargo", *question["argv"]], cwd=work, env=environment, timeout=30,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace")
    except subprocess.TimeoutExpired:
        return {"command": None, "why": "time is up"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return reading(run)


def reading(run):
    # A cargo-x program may start cargo again; only what comes before that is this line's.
    parts = re.split(r"(?m)^.*TRACE cargo: start=.*$", ESCAPES.sub("", run.stderr))
    trace = "".join(parts[:2])
    looked_up = LOOKED_UP.findall(trace)
    started = STARTED.findall(trace)
    error = re.search(r"(?m)^error.*", trace)
    why = error.group() if error else "nothing"
    # `cargo help x` has started when it looks for the command x.
    if not started and (absent := NOT_THERE.search(trace)):
        return {"command": absent.group(1), "why": absent.group(), "failed": True}
    is_usage = run.stdout.startswith(("cargo 1", "Rust's package manager", "Installed Commands"))
    if is_usage and looked_up[-1:] != ["version"]:
        return {"command": None, "why": "usage"}
    name = started[-1].replace("_", "-") if started else (looked_up or [None])[-1]
    if name is None:
        return {"command": None, "why": why}
    found = {"command": BUILT_IN.get(name, name)}
    is_help = run.returncode == 0 and not started and re.search(r"(?m)^Usage: ", run.stdout)
    if name == "help" or is_help:
        found["prints"] = True
    return found | {"failed": True} if error and not started else found


def main():
    rustup = os.environ.get("RUSTUP_HOME", os.path.expanduser("~/.rustup"))
    print(json.dumps(tables()), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), rustup)), flush=True)


main()
