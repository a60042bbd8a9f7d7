/* C headers and thin wrappers that Swift cannot call itself. */
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/random.h>

#include <stddef.h>

/* memmem(3), which the headers hide without _GNU_SOURCE. */
const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t length);

/* argv as the kernel gave it, NULL-terminated, and how many there are. */
char **clinux_arguments(int *argc);
/* renameat2(2) with RENAME_NOREPLACE, which the headers hide as well. */
int clinux_rename_new(int from, const char *name, int to, const char *target);

#endif
