#define _GNU_SOURCE
#include "clinux.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
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

int clinux_exchange(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

int clinux_spawn_in(void *actions, const char *directory) {
    return posix_spawn_file_actions_addchdir_np(actions, directory);
}

int clinux_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

static int remove_entry(int parent, const char *name, int depth) {
    DIR *directory;
    struct dirent *entry;
    int folder, failure = 0;
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return 0;
    if (errno != EISDIR && errno != EPERM) return errno;
    /* Every level holds a descriptor open; a tree deeper than this was made to be in the way. */
    if (depth > 500) return ELOOP;
    folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 && errno == EACCES && fchmodat(parent, name, 0700, 0) == 0)
        folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) return errno;
    directory = fdopendir(folder);
    if (directory == NULL) {
        failure = errno;
        close(folder);
        return failure;
    }
    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        failure = remove_entry(folder, entry->d_name, depth + 1);
        if (failure == EACCES && fchmod(folder, 0700) == 0)
            failure = remove_entry(folder, entry->d_name, depth + 1);
        if (failure != 0) break;
    }
    closedir(directory);
    if (failure != 0) return failure;
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : errno;
}

int clinux_remove_tree(const char *path) {
    int failure = remove_entry(AT_FDCWD, path, 0);
    if (failure == 0) return 0;
    errno = failure;
    return -1;
}
