/* The kernel's means of confinement, one step a function. Each returns 0 or a descriptor, or -1 with
 * errno. All of them take rights away from the calling process for good, so they are called in a
 * process that does nothing else afterwards but start the confined program. */
#ifndef CSANDBOX_H
#define CSANDBOX_H

#include <stdbool.h>
#include <sys/types.h>

/* Namespaces and mounts (namespaces.c). */

/* As fork(2), with the child in user, mount, network, PID and IPC namespaces of its own. */
pid_t csandbox_fork_apart(void);
/* Gives the calling process, alone in a new user namespace, the ids that it had outside. */
int csandbox_keep_ids(uid_t uid, gid_t gid);
/* Brings the loopback interface up. */
int csandbox_start_loopback(void);
/* Makes every mount private, so that nothing of ours shows outside. */
int csandbox_make_private(void);
/* Mounts an empty file system of at most `size` bytes (a tmpfs option: "4m"). */
int csandbox_mount_empty(const char *target, const char *size);
/* Mounts /proc of this PID namespace, read-only. */
int csandbox_mount_proc(const char *target);
/* Shows `source` with everything mounted below it at `target`. */
int csandbox_bind(const char *source, const char *target, bool writable, bool device);
/* Makes one mount read-only. */
int csandbox_make_readonly(const char *target);
/* Makes `root` the root directory; the old one is out of reach. */
int csandbox_enter(const char *root);

/* Privileges (privileges.c). */

/* Gives up every capability, in every set, and any gain of rights by execve. */
int csandbox_drop_privileges(void);
/* No other process may read our memory, environment or descriptors (PR_SET_DUMPABLE). */
int csandbox_hide_memory(void);
/* Ends with the parent. */
int csandbox_end_with_parent(void);
/* Becomes the parent of descendants whose parents end. */
int csandbox_adopt_descendants(void);
/* Closes every descriptor above 2 at execve. */
int csandbox_close_on_exec(void);
/* No core file and nothing for a core handler outside. */
int csandbox_no_core(void);
/* As PID 1: waits for `command`, whose wait status this is, and for everything that loses its parent.
 * Signals from outside the namespace are passed on to it. */
int csandbox_wait_as_init(pid_t command);
/* A pipe that closes at execve. */
int csandbox_pipe(int ends[2]);
/* _exit(2). */
_Noreturn void csandbox_end(int code);

/* System calls (filter.c). */

/* Which sockets the filter leaves. */
enum csandbox_sockets {
    /* Unix, internet and netlink sockets: for a network namespace of our own. */
    CSANDBOX_SOCKETS_APART,
    /* Connected pairs only, and no cutting of files by name: what Landlock does not judge. */
    CSANDBOX_SOCKETS_PAIRS,
};
/* Refuses system calls that lead out or that nothing being built needs. Privileges are dropped
 * before. */
int csandbox_filter(enum csandbox_sockets sockets);

/* Refuses new processes; threads pass, and so does execve. Rights that a program could gain by
 * execve are given up with it. */
int csandbox_stay_alone(void);

/* Landlock (landlock.c). */

enum csandbox_access {
    CSANDBOX_READ,
    CSANDBOX_LIST,
    CSANDBOX_WRITE,
    CSANDBOX_DEVICE,
};
/* The version of the kernel's interface, 0 or less where there is none. */
int csandbox_landlock_version(void);
/* A rule set that refuses everything which interface `version` knows. */
int csandbox_landlock_rules(int version);
/* Allows something at and below `path`. Where there is nothing, 0. */
int csandbox_landlock_allow(int rules, int version, const char *path, enum csandbox_access access);
/* Puts the rule set in force. Privileges are dropped before. */
int csandbox_landlock_enforce(int rules);

#endif
