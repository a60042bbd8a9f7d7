/* C headers and thin wrappers that Swift cannot call itself. */
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/random.h>

#include <stddef.h>
#include <sys/types.h>

/* memmem(3), which the headers hide without _GNU_SOURCE. */
const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t length);

/* argv as the kernel gave it, NULL-terminated, and how many there are. */
char **clinux_arguments(int *argc);
/* renameat2(2) with RENAME_NOREPLACE, which the headers hide as well. */
int clinux_rename_new(int from, const char *name, int to, const char *target);

/* fork(2), which Swift hides because threads do not survive it. */
pid_t clinux_fork(void);

/* _exit(2) of a child that has done its work. */
_Noreturn void clinux_end(void);

/* How many cores this process may use, by sched_getaffinity(2); 0 where that fails. */
int clinux_cores(void);

#endif
