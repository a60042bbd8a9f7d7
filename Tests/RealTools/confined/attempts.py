"""Tries every way out of a confinement and prints, as JSON, what came of each.

    attempts.py FACTS.json

Run without a confinement it shows that the ways are open; a name whose answer starts with "open" got
through. Standard library only: it runs where nothing else can be read.
"""
import ctypes
import glob
import json
import os
import signal
import socket
import sys
import tempfile

libc = ctypes.CDLL(None, use_errno=True)
TCP, UDP = socket.SOCK_STREAM, socket.SOCK_DGRAM
MPTCP, FASTOPEN = 262, 0x20000000
# It may work; the test looks from outside whether there is a file.
SEEN_OUTSIDE = "write to /tmp for others to see"


def call(number, *arguments):
    """A raw system call; raises with its errno."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result = libc.syscall(ctypes.c_long(number), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def read(path):
    with open(path, "rb") as file:
        return "open" if file.read(1) else "empty"


def secret_in_environments(facts):
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            with open(path, "rb") as file:
                if facts["secret"].encode() in file.read():
                    return f"open: {path}"
        except OSError:
            continue
    raise PermissionError("no environment shows it")


def own_environment(facts):
    if facts["secret"] in os.environ.values():
        return "open"
    raise KeyError("not there")


def write(path):
    with open(path, "ab") as file:
        file.write(b"x")
    return "open"


def linked(make, facts, name):
    path = os.path.join(facts["project"], name)
    try:
        make(os.path.join(facts["home"], ".npmrc"), path)
        return read(path)
    finally:
        if os.path.lexists(path):
            os.unlink(path)


def cut_while_reading(path):
    os.close(os.open(path, os.O_RDONLY | os.O_TRUNC))
    return "open"


def connect(family, kind, address, protocol=0):
    with socket.socket(family, kind, protocol) as client:
        client.settimeout(1)
        client.connect(address)
        return "open"


def fast_open(facts):
    with socket.socket(socket.AF_INET, TCP) as client:
        client.sendto(b"x", FASTOPEN, ("127.0.0.1", facts["tcp"]))
        return "open"


def ask_by_udp(facts):
    with socket.socket(socket.AF_INET, UDP) as client:
        client.settimeout(0.5)
        client.sendto(b"x", ("127.0.0.1", facts["udp"]))
        return "open" if client.recv(1) else "nothing"


def send_by_pair(facts):
    left, right = socket.socketpair(socket.AF_UNIX, UDP)
    with left, right:
        left.sendto(b"x", facts["datagrams"])
        return "open"


def trace(facts):
    # PTRACE_SEIZE stops nobody.
    if libc.ptrace(0x4206, facts["process"], None, None) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    libc.ptrace(17, facts["process"], None, None)
    return "open"


def send_signal(facts):
    os.kill(facts["process"], signal.SIGCONT)
    return "open"


def limit(facts):
    import resource
    resource.prlimit(facts["process"], resource.RLIMIT_NPROC)
    return "open"


def shared_memory(facts):
    libc.shmat.restype = ctypes.c_void_p
    number = libc.shmget(facts["key"], 0, 0)
    if number == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "open"


def inherited_directory():
    handle = os.open(".npmrc", os.O_RDONLY, dir_fd=90)
    os.close(handle)
    return "open"


def standard_input_directory():
    # The shell that starts us has moved it to 8; Python does not start on a directory.
    handle = os.open(".npmrc", os.O_RDONLY, dir_fd=8)
    os.close(handle)
    return "open"


def new_user_namespace():
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.unshare(0x10000000) == 0 else 1)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise PermissionError("unshare")
    return "open"


def new_user_namespace_by_clone3():
    # struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls.
    words = (ctypes.c_uint64 * 8)(0x10000000, 0, 0, 0, signal.SIGCHLD, 0, 0, 0)
    child = call(435, ctypes.byref(words), 64)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "open"


def unmount(path):
    if libc.umount2(path.encode(), 2) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "open"


def mount_over(path):
    if libc.mount(b"none", path.encode(), b"tmpfs", 0, None) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "open"


def join_namespace(path):
    handle = os.open(path, os.O_RDONLY)
    if libc.setns(handle, 0) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return "open"


def change_mode(path):
    os.chmod(path, 0o644)
    return "open"


def attempts(facts):
    home, outside = facts["home"], facts["outside"]
    loopback = ("127.0.0.1", facts["tcp"])
    yield "read ~/.npmrc", lambda: read(f"{home}/.npmrc")
    yield "read ~/.ssh", lambda: read(f"{home}/.ssh/id_ed25519")
    yield "list the home directory", lambda: os.listdir(home) and "open"
    yield "read the project's .npmrc", lambda: read(f"{facts['project']}/.npmrc")
    yield "read it by /proc/self/root", lambda: read(f"/proc/self/root{home}/.npmrc")
    yield "read it by another root", lambda: read(f"/proc/{facts['process']}/root{home}/.npmrc")
    yield "read it by .. from below", lambda: read(f"{facts['project']}/../home/.npmrc")
    yield "a token of the environment", lambda: own_environment(facts)
    yield "a token of another environment", lambda: secret_in_environments(facts)
    yield "write outside the project", lambda: write(f"{outside}/written")
    yield "write to a file outside", lambda: write(f"{outside}/file")
    yield "cut a file outside by name", lambda: os.truncate(f"{outside}/file", 0) or "open"
    yield "cut a file outside by opening", lambda: cut_while_reading(f"{outside}/file")
    yield "remove a file outside", lambda: os.unlink(f"{outside}/gone") or "open"
    yield "move a file outside", lambda: os.rename(
        f"{outside}/moved", f"{facts['project']}/moved") or "open"
    yield "read by a hard link", lambda: linked(os.link, facts, "hard")
    yield "read by a symbolic link", lambda: linked(os.symlink, facts, "soft")
    yield "write by a symbolic link", lambda: write(f"{facts['project']}/way-out")
    yield "connect to a loopback port", lambda: connect(socket.AF_INET, TCP, loopback)
    yield "connect by MPTCP", lambda: connect(socket.AF_INET, TCP, loopback, MPTCP)
    yield "connect by TCP fast open", lambda: fast_open(facts)
    yield "ask by UDP", lambda: ask_by_udp(facts)
    yield "an abstract unix socket", lambda: connect(
        socket.AF_UNIX, TCP, "\0" + facts["abstract"])
    yield "a unix socket by path", lambda: connect(socket.AF_UNIX, TCP, facts["unix"])
    yield "a datagram socket by path", lambda: send_by_pair(facts)
    yield "trace another process", lambda: trace(facts)
    yield "signal another process", lambda: send_signal(facts)
    yield "ask for another process's limits", lambda: limit(facts)
    yield "shared memory by key", lambda: shared_memory(facts)
    yield "an inherited directory", inherited_directory
    yield "a directory as standard input", standard_input_directory
    yield "a new user namespace", new_user_namespace
    yield "a new user namespace by clone3", new_user_namespace_by_clone3
    if facts["has-rings"]:
        yield "io_uring", lambda: call(425, 1, ctypes.create_string_buffer(256)) and "open"
    if facts["has-keys"]:
        # KEYCTL_GET_KEYRING_ID of the session's keys.
        yield "keys of the session", lambda: call(250, 0, -3, 0) and "open"
    if facts["is-root"]:
        yield "settings of the kernel", lambda: os.close(
            os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY)) or "open"
        yield "password hashes", lambda: read("/etc/shadow")
    yield SEEN_OUTSIDE, lambda: write(facts["in-tmp"])
    if facts["confined"]:
        # Not tried without one: they would change the machine.
        yield "unmount", lambda: unmount(facts["project"])
        yield "unmount the temporary directory", lambda: unmount("/tmp")
        yield "mount", lambda: mount_over(tempfile.gettempdir())
        yield "change the root", lambda: os.chroot("/") or "open"
        for process in (1, facts["process"]):
            for kind in ("mnt", "user", "net"):
                path = f"/proc/{process}/ns/{kind}"
                yield f"join {path}", lambda path=path: join_namespace(path)
        yield "memory of PID 1", lambda: read("/proc/1/mem")
        yield "the environment of PID 1", lambda: read("/proc/1/environ")
        yield "raw memory", lambda: read("/dev/mem")
        yield "a disk", lambda: read(facts["disk"])
        yield "a vsock", lambda: socket.socket(40, TCP).close() or "open"
        yield "the terminal", lambda: os.close(os.open("/dev/tty", os.O_RDWR)) or "open"
    if facts["confined"] != "landlock":
        yield "change a mode outside", lambda: change_mode(f"{outside}/file")
        yield "see a process outside", lambda: os.stat(f"/proc/{facts['process']}") and "open"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        facts = json.load(file)
    answers = {}
    for name, attempt in attempts(facts):
        try:
            answers[name] = attempt()
        except (OSError, KeyError, ValueError) as error:
            answers[name] = f"refused: {error}"
    print(json.dumps(answers))


main()
