#define _GNU_SOURCE
#include "clinux.h"

#include <sched.h>
#include <string.h>
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
