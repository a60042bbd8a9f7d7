/* Kills a program at one of its system calls.
 *
 *     syscall-killer STOP DIRECTORY PROGRAM [ARGUMENT...]
 *
 * Stops are counted from the call that opens DIRECTORY: each call is one stop before it is carried
 * out and one after. At the stop of that number the program gets SIGKILL. Exit 0 where it was killed,
 * 1 where it ended before, 2 where it cannot be traced. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static int opens(pid_t child, const struct __ptrace_syscall_info *info, const char *directory) {
    char path[4096] = "";
    struct iovec here = {path, strlen(directory) + 1};
    struct iovec there;
    unsigned long place;
    if (info->op != PTRACE_SYSCALL_INFO_ENTRY) return 0;
    if (info->entry.nr == SYS_openat) place = info->entry.args[1];
#ifdef SYS_open
    else if (info->entry.nr == SYS_open) place = info->entry.args[0];
#endif
    else return 0;
    there.iov_base = (void *)place;
    there.iov_len = here.iov_len;
    if (here.iov_len > sizeof path) return 0;
    if (process_vm_readv(child, &here, 1, &there, 1, 0) != (ssize_t)here.iov_len) return 0;
    return memcmp(path, directory, here.iov_len) == 0;
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    long stop = atol(argv[1]), count = 0;
    int status, is_counting = 0;
    pid_t child = fork();
    if (child < 0) return 2;
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(2);
        raise(SIGSTOP);
        execv(argv[3], argv + 3);
        _exit(2);
    }
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return 2;
    if (ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0) return 2;
    int signal = 0;
    for (;;) {
        if (ptrace(PTRACE_SYSCALL, child, 0, signal) != 0) return 2;
        if (waitpid(child, &status, 0) != child) return 2;
        if (WIFEXITED(status)) return WEXITSTATUS(status) == 2 ? 2 : 1;
        if (WIFSIGNALED(status)) return 1;
        signal = 0;
        if (WSTOPSIG(status) != (SIGTRAP | 0x80)) {
            if (WSTOPSIG(status) != SIGTRAP) signal = WSTOPSIG(status);
            continue;
        }
        if (!is_counting) {
            struct __ptrace_syscall_info info;
            memset(&info, 0, sizeof info);
            if (ptrace(PTRACE_GET_SYSCALL_INFO, child, (void *)sizeof info, &info) <= 0) return 2;
            is_counting = opens(child, &info, argv[2]);
            if (!is_counting) continue;
        }
        if (++count == stop) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return 0;
        }
    }
}
