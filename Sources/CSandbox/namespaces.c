/* Namespaces and mounts. The new root is built from copies of mounts that get their flags before
 * they are attached (open_tree, mount_setattr, move_mount; Linux 5.12), because a remount in a user
 * namespace would have to repeat every flag that is locked. */
#define _GNU_SOURCE
#include "csandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/types.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* include/uapi/linux/mount.h, named here because older headers lack some of them. */
#define TREE_CLONE 1u
#define TREE_CLOEXEC ((unsigned)O_CLOEXEC)
#define TREE_RECURSIVE 0x8000u
#define MOVE_FROM_EMPTY_PATH 0x4u
#define ATTRIBUTE_RDONLY 0x1u
#define ATTRIBUTE_NOSUID 0x2u
#define ATTRIBUTE_NODEV 0x4u

struct mount_attributes {
    uint64_t set, clear, propagation, userns;
};

pid_t csandbox_fork_apart(void) {
    unsigned long flags =
        CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWIPC | SIGCHLD;
    /* Without a stack of its own the child goes on as after fork(2). */
    return (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, 0);
}

static int put(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    size_t length = strlen(text);
    ssize_t written = write(file, text, length);
    int failure = errno;
    close(file);
    errno = written < 0 ? failure : EIO;
    return written == (ssize_t)length ? 0 : -1;
}

int csandbox_keep_ids(uid_t uid, gid_t gid) {
    char line[64];
    /* user_namespaces(7): without privileges outside, setgroups has to be given up first. */
    if (put("/proc/self/setgroups", "deny") != 0) return -1;
    snprintf(line, sizeof line, "%u %u 1\n", (unsigned)uid, (unsigned)uid);
    if (put("/proc/self/uid_map", line) != 0) return -1;
    snprintf(line, sizeof line, "%u %u 1\n", (unsigned)gid, (unsigned)gid);
    return put("/proc/self/gid_map", line);
}

int csandbox_start_loopback(void) {
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) return -1;
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    int result = ioctl(handle, SIOCSIFFLAGS, &request);
    int failure = errno;
    close(handle);
    errno = failure;
    return result;
}

int csandbox_make_private(void) { return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL); }

int csandbox_mount_empty(const char *target, const char *size) {
    char options[64];
    snprintf(options, sizeof options, "mode=0755,size=%s", size);
    return mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, options);
}

int csandbox_mount_proc(const char *target) {
    /* Read-only, since uid 0 of the machine would own /proc/sys even without a capability. */
    return mount("proc", target, "proc", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
}

int csandbox_bind(const char *source, const char *target, bool writable, bool device) {
    unsigned flags = TREE_CLONE | TREE_CLOEXEC | TREE_RECURSIVE | AT_SYMLINK_NOFOLLOW;
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, source, flags);
    if (tree < 0) return -1;
    struct mount_attributes attributes = {.set = ATTRIBUTE_NOSUID};
    if (!writable) attributes.set |= ATTRIBUTE_RDONLY;
    if (!device) attributes.set |= ATTRIBUTE_NODEV;
    int result = (int)syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH | TREE_RECURSIVE,
                              &attributes, sizeof attributes);
    if (result == 0)
        result = (int)syscall(SYS_move_mount, tree, "", AT_FDCWD, target, MOVE_FROM_EMPTY_PATH);
    int failure = errno;
    close(tree);
    errno = failure;
    return result;
}

int csandbox_make_readonly(const char *target) {
    struct mount_attributes attributes = {.set = ATTRIBUTE_RDONLY};
    return (int)syscall(SYS_mount_setattr, AT_FDCWD, target, 0, &attributes, sizeof attributes);
}

int csandbox_enter(const char *root) {
    if (chdir(root) != 0) return -1;
    /* pivot_root(2), "pivot_root(".", ".")": the old root lies over the new one until it goes. */
    if (syscall(SYS_pivot_root, ".", ".") != 0) return -1;
    if (umount2(".", MNT_DETACH) != 0) return -1;
    return chdir("/");
}
