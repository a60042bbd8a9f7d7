"""How many lines `classify --batch` answers in a second, and what long lines cost: see
scripts/bench --batch.

The lines are those of Tests/ToolsTests/Vectors, with the version of the tool and without. Lines a
second are of this machine and this moment; instructions, counted by callgrind on every 17th line, are
not, and so are what is held to a limit. A line of 2n words may take 2.4 times what one of n takes.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = ROOT / ".build/release/shimgate"
VECTORS = ROOT / "Tests/ToolsTests/Vectors/argv"
WANTED = 50_000

# Instructions a line, and how much more twice as long a line may take.
MOST = {"with versions": 220_000, "without": 400_000}
MOST_GROWTH = 2.4
LENGTH = 2000
LONG_LINES = {
    "npm words": ("npm", lambda n: ["install", *(f"p{i}" for i in range(n))], {}),
    "npm options": ("npm", lambda n: ["install", *(f"--o{i}=x" for i in range(n))], {}),
    "npm variables": ("npm", lambda n: ["ls"], lambda n: {f"npm_config_o{i}": "x" for i in range(n)}),
    "npx shell text": ("npx", lambda n: ["-c", "npm view x; " * (n // 10)], {}),
    "pnpm options": ("pnpm", lambda n: ["add", *(f"--o{i}" for i in range(n))], {}),
    "yarn words": ("yarn", lambda n: ["add", *(f"p{i}" for i in range(n))], {}),
    "pip variables": ("pip", lambda n: ["list"], lambda n: {f"PIP_O{i}": "x" for i in range(n)}),
    "pip values": ("pip", lambda n: ["install", *["--find-links=x"] * n, "y"], {}),
    "gem words": ("gem", lambda n: ["install", *(f"g{i}" for i in range(n))], {}),
    "cargo words": ("cargo", lambda n: ["add", *(f"c{i}" for i in range(n))], {}),
    "uv words": ("uv", lambda n: ["add", *(f"c{i}" for i in range(n))], {}),
    "nuget words": ("nuget", lambda n: ["push", *(f"c{i}" for i in range(n))], {}),
}


def main(rounds):
    """Prints the table; whether everything is within its limit."""
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="shimgate-batch-bench."))
    try:
        return measure(scratch, rounds)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def measure(scratch, rounds):
    is_good = True
    counts = shutil.which("valgrind") is not None
    cores = len(os.sched_getaffinity(0))
    print(f"{'classify --batch':24}{'lines/s':>12}{f'{cores} cores':>12}{'wanted':>12}"
          f"{'instr./line':>14}{'at most':>12}")
    program = stripped(scratch)
    idle = instructions(scratch, program, []) if counts else 0
    for name, has_version in (("with versions", True), ("without", False)):
        lines = vector_lines(has_version)
        alone = min(timed(lines * 3, "--jobs", "1") for _ in range(rounds)) / 3
        shared = min(timed(lines * 3) for _ in range(rounds)) / 3
        each = (instructions(scratch, program, lines[::17]) - idle) // len(lines[::17]) if counts else 0
        is_good &= each <= MOST[name]
        print(f"{name:24}{len(lines) / alone:12,.0f}{len(lines) / shared:12,.0f}{WANTED:12,}"
              f"{each:14,}{MOST[name]:12,}")
    if not counts:
        print("instructions: valgrind is not here")
        return is_good
    print(f"\n{'line twice as long':24}{'instr./word':>12}{'growth':>12}{'at most':>12}")
    for name, (tool, argv, env) in LONG_LINES.items():
        costs = []
        for length in (LENGTH, 2 * LENGTH):
            line = {"tool": tool, "argv": argv(length), "env": env(length) if env else {}}
            costs.append(instructions(scratch, program, [json.dumps(line)]) - idle)
        growth = costs[1] / costs[0]
        is_good &= growth <= MOST_GROWTH
        print(f"{name:24}{costs[0] // LENGTH:12,}{growth:12.2f}{MOST_GROWTH:12}")
    print()
    return is_good


def vector_lines(has_version):
    lines = []
    for file in sorted(VECTORS.glob("*.jsonl")):
        for text in file.read_text().splitlines():
            row = json.loads(text)
            line = {"tool": row["tool"], "argv": row["argv"], "env": row.get("env", {})}
            if has_version:
                line["version"] = row["version"]
            lines.append(json.dumps(line))
    return lines


def timed(lines, *arguments):
    text = ("\n".join(lines) + "\n").encode()
    start = time.perf_counter()
    subprocess.run(
        [PROGRAM, "classify", "--batch", "--policy", ROOT / "policy.json", *arguments],
        input=text, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def stripped(scratch):
    """The program without the debug sections that valgrind cannot read; it looks for policy.json
    above itself."""
    (scratch / "bin").mkdir()
    program = scratch / "bin/shimgate"
    shutil.copy(PROGRAM, program)
    subprocess.run(["strip", "--strip-debug", program], check=True)
    for name in ("Package.swift", "policy.json"):
        shutil.copy(ROOT / name, scratch / name)
    return program


def instructions(scratch, program, lines):
    profile = scratch / "callgrind.out"
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", program, "classify",
         "--batch", "--jobs", "1", "--policy", ROOT / "policy.json"],
        input="\n".join(lines).encode(), capture_output=True)
    return sum(map(int, re.findall(r"^totals: (\d+)", profile.read_text(), re.MULTILINE)))
