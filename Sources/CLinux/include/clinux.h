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

/* Exchanges what two paths name, in one step: renameat2(2) with RENAME_EXCHANGE. */
int clinux_exchange(const char *one, const char *other);

/* Removes what a path names, a directory with all that is in it; links are not followed. */
int clinux_remove_tree(const char *path);

/* posix_spawn_file_actions_addchdir_np(3): where a spawned program works. */
int clinux_spawn_in(void *actions, const char *directory);

/* An open file without a name: memfd_create(2), close-on-exec. */
int clinux_memory_file(const char *name);

/* fork(2), which Swift hides because threads do not survive it. */
pid_t clinux_fork(void);

/* _exit(2) of a child that has done its work. */
_Noreturn void clinux_end(void);

/* How many cores this process may use, by sched_getaffinity(2); 0 where that fails. */
int clinux_cores(void);

#endif
