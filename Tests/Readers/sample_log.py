"""Writes a log with a record of every type and with hostile words, chained as docs/audit.md says.

    python3 Tests/Readers/sample_log.py FILE [DAYS]

The words are what an agent, a package or a registry could have made up: markup, terminal sequences,
text that reads backwards, forged lines. With DAYS there are many ordinary records as well, over so
many days, always the same ones.
"""
import datetime
import hashlib
import json
import random
import sys

HOSTILE = ("<script>alert(1)</script><img src=x onerror=alert(2)>\"'&`${7*7}\u202egnp.exe"
           "\x1b[2J\n{\"v\":1,\"seq\":99}=1|2\\,\u2028\U0001f991")
START = datetime.datetime(2026, 11, 14, 8, 0, 0)
SHARED = {"user": {"uid": 1000, "name": "me"}, "proc": {"pid": 42, "ppid": 41}}


def decision(identity, tool, operation, command, effect, agent="claude", task="t-1", **more):
    labels = {"src": "asserted", "name": agent, "session": "s-1", "task": task}
    argv = command.split(" ")
    return {"type": "decision", "id": identity, **SHARED, "agent": labels, "action": "shell.exec",
            "tool": tool, "real": f"/usr/bin/{tool}", "listed": True, "operation": operation,
            "command": command, "argv": argv, "argc": len(argv), "cwd": "/home/me/project",
            "effect": effect, "policy": {"sha256": "ab" * 32, "version": "1"}, **more}


def package(purl, status="added", requested=None):
    return {"purl": purl, "requested": requested or purl, "resolved": "1.0.0",
            "registry": "https://registry.example", "status": status}


def every_type():
    yield {"type": "chain.open", "chain": "0123456789abcdef0123456789abcdef", "segment": 1,
           "host": {"name": "build-1"}, "user": {"uid": 1000}, "mode": "file"}
    yield decision("d1", "npm", "publish", f"npm publish {HOSTILE}", "deny", rule="deny-npm-publish",
                   layer="install", reason="permanently denied", message=HOSTILE)
    yield decision("d2", "pip", "install", "pip install requests[socks]>=2", "allow", agent=HOSTILE,
                   task=HOSTILE, launch="supervise", injected=["PIP_ONLY_BINARY=:all:"],
                   stripped=["PYPI_TOKEN"], ignored=[f"--index-url {HOSTILE}"])
    yield {"type": "outcome", "ref": "d2", "exit": 0, "dur_ms": 1500}
    yield {"type": "outcome.packages", "ref": "d2", "part": 1, "parts": 1, "packages": [
        package("pkg:pypi/requests@2.32.0", requested="requests[socks]>=2"),
        package("pkg:pypi/urllib3@2.2.1"), package(f"pkg:pypi/{HOSTILE}", "not_found"),
        package("pkg:pypi/reqeusts-toolbelt-ai", "not_found")]}
    yield decision("a1", "gem", "publish", "gem push sample.gem", "approval", rule="ask") | {
        "type": "approval.requested", "approval": {"request": "q1", "role": "release"}}
    yield {"type": "approval.granted", "ref": "a1",
           "approval": {"request": "q1", "by": HOSTILE, "method": "terminal"}}
    yield {"type": "approval.consumed", "ref": "a1", "approval": {"request": "q1"}}
    yield decision("a2", "cargo", "publish", "cargo publish", "approval", rule="ask") | {
        "type": "approval.requested", "approval": {"request": "q2"}}
    yield {"type": "approval.denied", "ref": "a2", "approval": {"request": "q2", "by": "me"}}
    yield decision("a3", "twine", "publish", "twine upload dist/x", "approval", rule="ask") | {
        "type": "approval.requested", "approval": {"request": "q3"}}
    yield {"type": "approval.expired", "ref": "a3", "approval": {"request": "q3"}}
    yield {"type": "policy.changed", "policy": {"sha256": "cd" * 32}}
    yield {"type": "checkpoint", "size": 11}
    yield {"type": "outcome", "ref": "d9", "signal": 9, "dur_ms": 1}
    yield {"type": "audit.error", "reason": HOSTILE}
    yield {"type": "chain.prune", "reason": "older than a year"}
    yield decision("d4", "npm", "install", "npm install left-pad", "allow", ignored=["--scripts"])


def ordinary(count, seed=7):
    choose = random.Random(seed)
    lines = [("npm", "install", "npm install"), ("npm", "run", "npm test"),
             ("npm", "publish", "npm publish"), ("pip", "install", "pip install -r dev.txt"),
             ("cargo", "run", "cargo build"), ("npx", "execute", "npx cowsay"),
             ("npm", "query", "npm view react"), ("npm", "configure", "npm config set registry x")]
    effects = {"publish": "deny", "execute": "deny", "configure": "deny"}
    for number in range(count):
        tool, operation, command = choose.choice(lines)
        effect = effects.get(operation, "allow")
        agent = choose.choice(["claude", "claude", "codex", "gemini"])
        rule = f"deny-{tool}-{operation}" if effect == "deny" else None
        yield decision(f"n{number}", tool, operation, command, effect, agent,
                       f"issue-{choose.randrange(5)}", **({"rule": rule} if rule else {}))


def lines(records, step):
    previous, time = "0" * 64, START
    for number, record in enumerate(records, 1):
        kind = record.pop("type")
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        members = {"v": 1, "seq": number, "type": kind, "time": stamp, **record, "prev": previous}
        body = json.dumps(members, separators=(",", ":"), ensure_ascii=True)[:-1]
        previous = hashlib.sha256(body.encode()).hexdigest()
        yield f'{body},"hash":"{previous}"}}\n'
        time += step


def write(path, days=0):
    records = list(every_type()) + list(ordinary(days * 60))
    step = datetime.timedelta(minutes=24 if days else 1)
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.writelines(lines(records, step))


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
