#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t length) {
    return memmem(bytes, count, needle, length);
}

pid_t clinux_fork(void) { return fork(); }

void clinux_end(void) { _exit(0); }

int clinux_cores(void) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    return sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 0;
}

int clinux_rename_new(int from, const char *name, int to, const char *target) {
    int result = renameat2(from, name, to, target, RENAME_NOREPLACE);
    struct stat found;
    if (result == 0 || errno != EINVAL) return result;
    /* A file system without the flag. */
    if (fstatat(to, target, &found, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    return renameat(from, name, to, target);
}
