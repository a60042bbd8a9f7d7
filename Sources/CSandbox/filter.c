/* The system-call filter. What it refuses either leads out of a namespace or past Landlock, or reaches
 * parts of the kernel that no build needs. Everything else passes: a list of what is allowed would
 * break with the next C library. Arguments are compared by the 32 bits that the kernel looks at. */
#define _GNU_SOURCE
#include "csandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#endif

/* CLONE_NEW*: NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
#define NEW_NAMESPACES 0x7E020000u
#define NEW_TIME_NAMESPACE 0x80u
#define SOCKET_TYPE 0xFu

struct program {
    struct sock_filter lines[320];
    unsigned short count;
};

static void line(struct program *program, uint16_t code, uint8_t yes, uint8_t no, uint32_t value) {
    /* Longer than the array is refused by the caller. */
    if (program->count < sizeof program->lines / sizeof program->lines[0])
        program->lines[program->count] = (struct sock_filter){code, yes, no, value};
    program->count++;
}

static void load(struct program *program, size_t offset) {
    line(program, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

static void load_call(struct program *program) { load(program, offsetof(struct seccomp_data, nr)); }

static void load_argument(struct program *program, int number) {
    load(program, offsetof(struct seccomp_data, args) + 8 * (size_t)number);
}

static void refuse(struct program *program, int failure) {
    line(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | (uint32_t)failure);
}

static void refuse_call(struct program *program, long call, int failure) {
    line(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)call);
    refuse(program, failure);
}

/* Everything up to `leave` is judged for this call only. */
static unsigned short enter(struct program *program, long call) {
    line(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, (uint32_t)call);
    return program->count;
}

static void leave(struct program *program, unsigned short start) {
    line(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
    if (program->count < sizeof program->lines / sizeof program->lines[0])
        program->lines[start - 1].jf = (uint8_t)(program->count - start);
}

static void refuse_bits(struct program *program, int argument, uint32_t bits, int failure) {
    load_argument(program, argument);
    line(program, BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits);
    refuse(program, failure);
}

static void refuse_value(struct program *program, int argument, uint32_t value, int failure) {
    load_argument(program, argument);
    line(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
    refuse(program, failure);
}

/* Mounts, other processes' memory, keys of the session, and the kernel's own administration. */
static const long refused[] = {
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_setns, 428 /* open_tree */,
    429 /* move_mount */, 430 /* fsopen */, 431 /* fsconfig */, 432 /* fsmount */,
    433 /* fspick */, 442 /* mount_setattr */, 467 /* open_tree_attr */,
    SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_ptrace, SYS_process_vm_readv,
    SYS_process_vm_writev, SYS_kcmp, 438 /* pidfd_getfd */, 440 /* process_madvise */,
    SYS_add_key, SYS_request_key, SYS_keyctl, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
    SYS_fanotify_init, SYS_fanotify_mark, SYS_init_module, SYS_finit_module, SYS_delete_module,
    SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_acct, SYS_quotactl,
    443 /* quotactl_fd */, SYS_syslog, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime,
    SYS_adjtimex, SYS_sethostname, SYS_setdomainname, SYS_vhangup, SYS_lookup_dcookie,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
    SYS_iopl, SYS_ioperm,
#endif
};

/* Leaves the call's number loaded. */
static void native_only(struct program *program) {
#ifdef NATIVE
    /* A 32-bit program has other numbers for the same calls. */
    load(program, offsetof(struct seccomp_data, arch));
    line(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE);
    refuse(program, ENOSYS);
#endif
    load_call(program);
#ifdef __x86_64__
    /* The numbers of x32. */
    line(program, BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000u);
    refuse(program, ENOSYS);
#endif
}

static void build(struct program *program, enum csandbox_sockets sockets) {
    native_only(program);
    for (size_t index = 0; index < sizeof refused / sizeof refused[0]; index++)
        refuse_call(program, refused[index], EPERM);
    /* io_uring does I/O that no filter sees; libraries fall back where it is missing. */
    for (long call = 425; call <= 427; call++) refuse_call(program, call, ENOSYS);
    /* clone3 has its flags in memory, where no filter can read them; glibc falls back to clone. */
    refuse_call(program, 435, ENOSYS);

    unsigned short start = enter(program, SYS_clone);
    refuse_bits(program, 0, NEW_NAMESPACES, EPERM);
    leave(program, start);
    start = enter(program, SYS_unshare);
    refuse_bits(program, 0, NEW_NAMESPACES | NEW_TIME_NAMESPACE, EPERM);
    leave(program, start);
    /* Words put into the terminal's input would be typed to the shell that runs us. */
    start = enter(program, SYS_ioctl);
    refuse_value(program, 1, TIOCSTI, EPERM);
    refuse_value(program, 1, TIOCLINUX, EPERM);
    leave(program, start);

    start = enter(program, SYS_socketpair);
    load_argument(program, 0);
    line(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AF_UNIX);
    refuse(program, EACCES);
    if (sockets == CSANDBOX_SOCKETS_PAIRS) {
        /* A datagram pair can still be sent, and connected, to any path. */
        load_argument(program, 1);
        line(program, BPF_ALU | BPF_AND | BPF_K, 0, 0, SOCKET_TYPE);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, SOCK_STREAM);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SOCK_SEQPACKET);
        refuse(program, EACCES);
    }
    leave(program, start);

    if (sockets == CSANDBOX_SOCKETS_APART) {
        /* Others, as vsock, know no network namespace. */
        start = enter(program, SYS_socket);
        load_argument(program, 0);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 4, 0, AF_UNIX);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 3, 0, AF_INET);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, AF_INET6);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AF_NETLINK);
        refuse(program, EAFNOSUPPORT);
        leave(program, start);
    } else {
        refuse_call(program, SYS_socket, EACCES);
        refuse_call(program, SYS_connect, EACCES);
        refuse_call(program, SYS_bind, EACCES);
        refuse_call(program, SYS_listen, EACCES);
        /* Shared memory and queues by number or name know no place either. */
        refuse_call(program, SYS_shmget, EACCES);
        refuse_call(program, SYS_shmat, EACCES);
        refuse_call(program, SYS_semget, EACCES);
        refuse_call(program, SYS_msgget, EACCES);
        refuse_call(program, SYS_mq_open, EACCES);
        /* Another process's limits. */
        start = enter(program, SYS_prlimit64);
        load_argument(program, 0);
        line(program, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
        refuse(program, EPERM);
        leave(program, start);
        /* Landlock judges cutting a file since its third interface only. */
        refuse_call(program, SYS_truncate, EACCES);
        refuse_call(program, 437 /* openat2 */, ENOSYS);
        /* Opened for reading and cut all the same, which needs no right to write. */
        const struct {
            long call;
            int flags;
        } opening[] = {
            {SYS_openat, 2},
#ifdef SYS_open
            {SYS_open, 1},
#endif
        };
        for (size_t index = 0; index < sizeof opening / sizeof opening[0]; index++) {
            start = enter(program, opening[index].call);
            load_argument(program, opening[index].flags);
            line(program, BPF_ALU | BPF_AND | BPF_K, 0, 0, O_TRUNC | O_ACCMODE);
            line(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, O_TRUNC | O_RDONLY);
            refuse(program, EACCES);
            leave(program, start);
        }
    }
    line(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
}

/* A thread has this flag, a process has not. */
#define OF_THREADS 0x00010000u

static void build_alone(struct program *program) {
    native_only(program);
#ifdef SYS_fork
    refuse_call(program, SYS_fork, EPERM);
    refuse_call(program, SYS_vfork, EPERM);
#endif
    refuse_call(program, 435 /* clone3 */, ENOSYS);
    unsigned short start = enter(program, SYS_clone);
    load_argument(program, 0);
    line(program, BPF_JMP | BPF_JSET | BPF_K, 1, 0, OF_THREADS);
    refuse(program, EPERM);
    leave(program, start);
    line(program, BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
}

static int enforce(struct program *program) {
    if (program->count > sizeof program->lines / sizeof program->lines[0]) {
        errno = E2BIG;
        return -1;
    }
    struct sock_fprog filter = {.len = program->count, .filter = program->lines};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
}

int csandbox_stay_alone(void) {
#ifndef NATIVE
    errno = ENOSYS;
    return -1;
#endif
    struct program program = {.count = 0};
    build_alone(&program);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return enforce(&program);
}

int csandbox_filter(enum csandbox_sockets sockets) {
#ifndef NATIVE
    errno = ENOSYS;
    return -1;
#endif
    struct program program = {.count = 0};
    build(&program, sockets);
    return enforce(&program);
}
