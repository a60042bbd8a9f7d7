"""Policies of growing size for scripts/bench: how long a whole forwarded call takes under each.

A rule of these policies names ten package patterns and matches nothing, so a line is held against
all of them before the default decides: the worst that a policy of that size can cost.
"""
import json
import statistics
import subprocess
import time

SIZES = (10, 100, 1000, 5000)
MOST_MILLISECONDS = 20


def policy(rules):
    """A policy with so many rules and ten times as many patterns, one rule a line."""
    lines = []
    for number in range(rules):
        patterns = [f"pkg-{number}-{letter}*" for letter in "abcdefgh"]
        patterns += [f"@scope-{number}/*", f"exact-name-{number}@1.?"]
        lines.append("    " + json.dumps({
            "id": f"rule-{number}", "action": "shell.exec",
            "match": {"operation": ["query", "execute"], "package": patterns},
            "effect": "deny", "message": f"Rule {number} says no."}))
    return ('{\n  "version": 1,\n  "defaults": { "install": "allow", "query": "allow" },\n'
            '  "rules": [\n' + ",\n".join(lines) + "\n  ]\n}\n")


def time_policies(field, rounds):
    """Prints the curve; says whether the largest policy stays within its budget."""
    shipped = field.policy.read_text()
    line = [str(field.shims / "npm"), "view", "left-pad"]
    tool = [str(field.stand_in_directory / "npm"), "view", "left-pad"]
    direct = median(field, tool, rounds)
    print(f"{'rules':>8}{'patterns':>10}{'KiB':>8}{'median ms':>12}{'added ms':>10}   "
          "npm view left-pad, from cold")
    added = 0.0
    for rules in SIZES:
        text = policy(rules)
        field.policy.write_text(text)
        took = median(field, line, rounds)
        added = took - direct
        print(f"{rules:8}{rules * 10:10}{len(text) // 1024:8}{took:12.3f}{added:10.3f}")
    field.policy.write_text(shipped)
    print()
    return added <= MOST_MILLISECONDS


def median(field, command, rounds):
    environment = field.environment()
    took = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        done = subprocess.run(command, env=environment, cwd=field.project, capture_output=True)
        took.append((time.perf_counter() - start) * 1000)
        if done.returncode != 0:
            raise SystemExit(f"bench: {done.stderr.decode()}")
    return statistics.median(took[2:])
