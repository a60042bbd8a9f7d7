"""Measures what staging adds to an install: `npm ci` of 150 packages from a loopback registry and a
warm cache, behind the shim and bare with `--ignore-scripts`, round-robin in one run. The ratio of
medians may be at most 1.15."""
import shutil
import statistics
import sys
import time

from field import Field, Registry, any_npm

PACKAGES, MOST = 150, 1.15


def main(rounds):
    field = Field(any_npm())
    packages = {
        f"p{number}": {"1.0.0": {
            "files:": {f"lib/{part}.js": 4_000 for part in range(12)},
            "dependencies": {f"p{number + 1}": "1.0.0"} if number + 1 < PACKAGES else {}}}
        for number in range(PACKAGES)}
    registry = Registry(field, packages=packages)
    try:
        field.write("package.json", {
            "name": "sample", "version": "1.0.0", "dependencies": {"p0": "1.0.0"}})
        field.write(".npmrc", f"registry={registry.url}\n")
        check(field.run_directly("npm", "install", "--ignore-scripts"))
        lines = {
            "bare": lambda: field.run_directly("npm", "ci", "--ignore-scripts"),
            "shimgate": lambda: field.run("npm", "ci"),
        }
        times = {name: [] for name in lines}
        for number in range(rounds + 1):
            for name, line in lines.items():
                began = time.monotonic()
                check(line())
                if number > 0:
                    times[name].append(time.monotonic() - began)
        medians = {name: statistics.median(taken) for name, taken in times.items()}
        ratio = medians["shimgate"] / medians["bare"]
        least = min(times["shimgate"]) / min(times["bare"])
        for name, median in medians.items():
            print(f"npm ci of {PACKAGES} packages, {name:10}{median * 1000:10.0f} ms median")
        print(f"shimgate over bare {ratio:.3f}, least over least {least:.3f} (at most {MOST})")
        return ratio <= MOST
    finally:
        registry.stop()
        field.remove()


def check(result):
    if result.code != 0:
        sys.exit(f"bench: {result}")


if __name__ == "__main__":
    shutil.which("npm") or sys.exit("bench: npm is not here")
    main(5)
