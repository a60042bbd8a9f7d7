/* Rights of the process itself. */
#define _GNU_SOURCE
#include "csandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1u << 2)
#endif

int csandbox_drop_privileges(void) {
    /* With CAP_SETPCAP: no capability by being uid 0, and none that a file could give. */
    if (prctl(PR_CAPBSET_READ, CAP_SETPCAP) == 1) {
        unsigned long bits = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                             SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                             SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
        if (prctl(PR_SET_SECUREBITS, bits) != 0 && errno != EPERM) return -1;
        for (unsigned long number = 0; number < 64; number++) {
            /* EINVAL: the kernel knows no further one. EPERM: no CAP_SETPCAP, hence nothing to lose. */
            if (prctl(PR_CAPBSET_DROP, number) != 0 && errno == EINVAL) break;
        }
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return -1;
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    if (syscall(SYS_capset, &header, none) != 0) return -1;
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

int csandbox_hide_memory(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int csandbox_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

int csandbox_adopt_descendants(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int csandbox_close_on_exec(void) {
    return (int)syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC);
}

int csandbox_no_core(void) {
    struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_CORE, &none);
}

int csandbox_wait_as_init(pid_t command) {
    sigset_t all;
    sigfillset(&all);
    /* Blocked, they are kept for us; PID 1 is not sent what it has no handler for. */
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (;;) {
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        if (ended == command) return status;
        if (ended > 0) continue;
        if (ended < 0 && errno != EINTR) return 0x7F00;
        siginfo_t information;
        int number = sigwaitinfo(&all, &information);
        /* Code 0 or below: sent by a process; number 0: one that this namespace does not have. What
         * a terminal sends has reached the command already. */
        if (number > 0 && number != SIGCHLD && information.si_code <= 0 && information.si_pid == 0)
            kill(command, number);
    }
}

int csandbox_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

void csandbox_end(int code) { _exit(code); }
