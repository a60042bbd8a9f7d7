"""Runs the real-tool tests: `python3 Tests/RealTools [--jobs N] [PATTERN...]`.

Prints each failure and each skipped test with its reason, and ends with one line:
`real tools: N passed, N failed, N skipped`. With more than one job the files of tests are shared
among as many processes; every test has its own directories, registries and ports.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
SUMMARY = re.compile(r"^real tools: (\d+) passed, (\d+) failed, (\d+) skipped$", re.MULTILINE)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--file", default="test_*.py", help="which files of tests")
    parser.add_argument("patterns", nargs="*")
    options = parser.parse_args()
    if options.jobs > 1:
        counts = share(options.jobs, options.file, options.patterns)
    else:
        counts = run(options.file, options.patterns)
    print("real tools: {} passed, {} failed, {} skipped".format(*counts))
    sys.exit(1 if counts[1] else 0)


def run(file, patterns):
    loader = unittest.TestLoader()
    if patterns:
        loader.testNamePatterns = [f"*{pattern}*" for pattern in patterns]
    suite = loader.discover(str(HERE), pattern=file)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    for test, reason in result.skipped:
        print(f"skipped: {test.id()}: {reason}")
    # One test can fail in several of its cases; it still counts as one.
    failed = {broken.id().split(" ")[0] for broken, _ in result.failures + result.errors}
    return result.testsRun - len(failed) - len(result.skipped), len(failed), len(result.skipped)


def share(jobs, file, patterns):
    # The longest files are likely to take longest.
    files = sorted(HERE.glob(file), key=lambda path: path.stat().st_size, reverse=True)
    total = [0, 0, 0]
    with concurrent.futures.ThreadPoolExecutor(jobs) as workers:
        begun = [workers.submit(run_apart, path.name, patterns) for path in files]
        for done in concurrent.futures.as_completed(begun):
            output, counts = done.result()
            sys.stdout.write(output)
            sys.stdout.flush()
            total = [sum(pair) for pair in zip(total, counts)]
    return total


def run_apart(file, patterns):
    """One file in a process of its own: what it wrote but for its last line, and its counts."""
    words = [sys.executable, str(HERE), "--file", file, *patterns]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace")
    found = SUMMARY.search(done.stdout)
    if not found:
        return f"{done.stdout}\n{file} ended with {done.returncode} and no summary\n", (0, 1, 0)
    return SUMMARY.sub("", done.stdout), [int(count) for count in found.groups()]


if __name__ == "__main__":
    main()
