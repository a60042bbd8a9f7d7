/* Landlock: rights by place. The numbers are those of include/uapi/linux/landlock.h and named here,
 * because headers of distributions lag behind kernels. */
#define _GNU_SOURCE
#include "csandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    /* REMOVE_DIR, REMOVE_FILE, MAKE_CHAR, _DIR, _REG, _SOCK, _FIFO, _BLOCK, _SYM */
    CHANGE_ENTRIES = 0x1FF << 4,
    MAKE_CHAR = 1 << 6,
    MAKE_BLOCK = 1 << 11,
    REFER = 1 << 13,
    TRUNCATE = 1 << 14,
    IOCTL_DEV = 1 << 15,
    /* What a rule for a file, not a directory, may say. */
    OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV,
};

struct rule_set_attributes {
    uint64_t files, network, scoped;
};

/* Packed in the kernel's header, too. */
struct place_attributes {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

static uint64_t known(int version) {
    uint64_t rights = EXECUTE | WRITE_FILE | READ_FILE | READ_DIR | CHANGE_ENTRIES;
    if (version >= 2) rights |= REFER;
    if (version >= 3) rights |= TRUNCATE;
    if (version >= 5) rights |= IOCTL_DEV;
    return rights;
}

int csandbox_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
}

int csandbox_landlock_rules(int version) {
    struct rule_set_attributes attributes = {.files = known(version)};
    size_t size = sizeof attributes.files;
    if (version >= 4) {
        /* TCP bind and connect; the socket filter refuses more, and this stands behind it. */
        attributes.network = 3;
        size += sizeof attributes.network;
    }
    if (version >= 6) {
        /* Abstract unix sockets, and signals to processes outside. */
        attributes.scoped = 3;
        size += sizeof attributes.scoped;
    }
    return (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
}

int csandbox_landlock_allow(int rules, int version, const char *path, enum csandbox_access access) {
    int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0) return errno == ENOENT || errno == EACCES ? 0 : -1;
    struct stat status;
    int result = fstat(place, &status);
    uint64_t rights = EXECUTE | READ_FILE | READ_DIR;
    if (access == CSANDBOX_LIST) rights = READ_DIR;
    if (access == CSANDBOX_WRITE) {
        rights |= WRITE_FILE | (CHANGE_ENTRIES & ~(MAKE_CHAR | MAKE_BLOCK)) | REFER | TRUNCATE;
    }
    if (access == CSANDBOX_DEVICE) rights = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV;
    if (result == 0 && !S_ISDIR(status.st_mode)) rights &= OF_FILES;
    struct place_attributes attributes = {.allowed = rights & known(version), .parent = place};
    if (result == 0 && attributes.allowed != 0)
        result = (int)syscall(SYS_landlock_add_rule, rules, 1, &attributes, 0);
    int failure = errno;
    close(place);
    errno = failure;
    return result;
}

int csandbox_landlock_enforce(int rules) {
    return (int)syscall(SYS_landlock_restrict_self, rules, 0);
}
