"""The audit trail's speed, beside anchors measured in the same run: see scripts/bench --audit.

Verifying is held against `openssl dgst -sha256` of the same file, appending against a C program that
only writes and syncs, and many writers against SQLite in WAL mode.
"""
import os
import pathlib
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
WRITER = ROOT / ".build/release/audit-writer"

# What is allowed, as ratios to the anchor; megabytes; milliseconds of process time.
MOST = {
    "links, 1 thread": 1.3, "links, 2 threads": 0.65, "all, 1 thread": 2.5, "all, 2 threads": 1.25,
    "memory MB": 64, "append, no sync, ms": 0.1, "append, sync": 1.5, "64 writers": 1.0,
}


def main(records, rounds):
    if not WRITER.exists():
        sys.exit("bench: no audit-writer: swift build -c release --product audit-writer")
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="shimgate-audit-bench."))
    try:
        found = verifying(scratch, records, rounds)
        found.update(appending(scratch, rounds))
        found.update(crowd(scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    is_slow = False
    print(f"\n{'':24}{'found':>10}{'at most':>10}")
    for name, value in found.items():
        most = MOST.get(name)
        is_over = most is not None and value > most
        is_slow |= is_over
        print(f"{name:24}{value:10.3f}{most if most is not None else '-':>10}"
              f"{'   OVER' if is_over else ''}")
    return not is_slow


def run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: {words}: exit {done.returncode}: {done.stderr}")
    return done


def timed(*words):
    start = time.perf_counter()
    run(*words)
    return time.perf_counter() - start


def verifying(scratch, records, rounds):
    folder = scratch / "long"
    folder.mkdir(mode=0o700)
    run(WRITER, folder, records, "quiet-kernel", 60000, 1 << 40)
    log = folder / "audit.jsonl"
    log.read_bytes()
    print(f"{records} records, {log.stat().st_size / 1e6:.0f} MB")
    times = {"openssl": []}
    modes = [(checks, threads) for checks in ("links", "all", "tree") for threads in (1, 2)]
    for _ in range(rounds):
        times["openssl"].append(timed("openssl", "dgst", "-sha256", log))
        for mode in modes:
            times.setdefault(mode, []).append(timed(WRITER, "verify", log, *mode))
    anchor = statistics.median(times["openssl"])
    print(f"openssl dgst -sha256: {anchor * 1000:.0f} ms")
    found = {}
    for checks, threads in modes:
        name = {"links": "links", "all": "all", "tree": "all and tree"}[checks]
        name += f", {threads} thread{'s' if threads > 1 else ''}"
        found[name] = statistics.median(times[checks, threads]) / anchor
    peak = run("/usr/bin/env", "python3", "-c", PEAK, WRITER, "verify", log, "tree", "2").stdout
    found["memory MB"] = int(peak) / 1024
    log.unlink()
    return found


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def appending(scratch, rounds):
    program = scratch / "append"
    compiler = shutil.which("gcc") or shutil.which("cc") or shutil.which("clang")
    run(compiler, "-O2", "-o", program, ROOT / "Benchmarks/append.c")
    cpu, ours, bare = [], [], []
    for step in range(rounds):
        folder = scratch / f"append{step}"
        folder.mkdir(mode=0o700)
        # Process time of one append, what a start and an end cost taken off.
        idle, busy = (cpu_time(WRITER, folder, count, "quiet-kernel") for count in (1, 4001))
        cpu.append((busy - idle) / 4000 * 1000)
        size = len((folder / "audit.jsonl").read_bytes().splitlines()[-1]) + 1
        # In short turns, because a disk has better and worse moments.
        for _ in range(5):
            ours.append(each(run(WRITER, folder, 200, "quiet").stderr))
            bare.append(int(run(program, scratch / f"bare{step}", 200, size, "sync").stdout))
    return {
        "append, no sync, ms": statistics.median(cpu),
        "append, sync": statistics.median(ours) / statistics.median(bare),
        "append, sync, ms": statistics.median(ours) / 1e6,
    }


def each(text):
    return int(re.search(r"(\d+) ns each", text)[1])


def cpu_time(*words):
    before = os.times()
    run(*words)
    after = os.times()
    return (after.children_user + after.children_system
            - before.children_user - before.children_system)


def crowd(scratch, writers=64, appends=50):
    """Records a second of many processes, each record durable: SQLite's rate over ours."""
    folder = scratch / "crowd"
    folder.mkdir(mode=0o700)
    start = ["sh", "-c", 'echo ready; read go; exec "$@" >/dev/null 2>&1', "sh"]
    ours = rate(writers, appends, [*start, WRITER, folder, appends, "quiet", 60000])
    base = scratch / "crowd.sqlite"
    with sqlite3.connect(base) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE record (seq INTEGER PRIMARY KEY, line TEXT)")
    theirs = rate(writers, appends, [sys.executable, "-c", SQLITE, base, appends])
    print(f"{writers} processes, each record synced: {ours:.0f} records/s, SQLite {theirs:.0f}/s")
    return {f"{writers} writers": theirs / ours}


SQLITE = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], timeout=600, isolation_level=None)
base.execute("PRAGMA synchronous = FULL")
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    base.execute("INSERT INTO record (line) VALUES (?)", ("x" * 600,))
"""


def rate(writers, appends, words):
    """All are started and wait; the clock runs from the word to go until the last has ended."""
    processes = [subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True) for _ in range(writers)]
    for process in processes:
        process.stdout.readline()
    start = time.perf_counter()
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.wait()
    return writers * appends / (time.perf_counter() - start)
