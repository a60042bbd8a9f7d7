/* Times commands against each other: every round starts each command once, in turn, so that load on
 * the machine meets all of them alike. Prints one line for each command, NAME MEDIAN MINIMUM in
 * microseconds, from posix_spawn to the end of wait4.
 *
 *   round_robin ROUNDS WARMUP NAME COMMAND [WORD...] -- NAME COMMAND [WORD...] ...
 *
 * Environment, directory and descriptors are the caller's; stdout goes to /dev/null. A command that
 * does not exit 0 ends the run: a time of a failure is no time. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { most = 32 };

struct entry {
    const char *name;
    char **words;
    double *times;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double run(const struct entry *entry, posix_spawn_file_actions_t *actions)
{
    pid_t child;
    int status;
    double began = now();
    if (posix_spawn(&child, entry->words[0], actions, NULL, entry->words, environ) != 0) {
        fprintf(stderr, "round_robin: %s could not be started\n", entry->name);
        exit(1);
    }
    if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "round_robin: %s ended with status %d\n", entry->name, status);
        exit(1);
    }
    return now() - began;
}

static int compare(const void *left, const void *right)
{
    double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

int main(int argc, char **argv)
{
    if (argc < 5) return 64;
    int rounds = atoi(argv[1]), warmup = atoi(argv[2]), count = 0;
    struct entry entries[most];
    for (int i = 3; i < argc && count < most; count++) {
        entries[count].name = argv[i];
        entries[count].words = &argv[i + 1];
        entries[count].times = calloc((size_t)rounds, sizeof(double));
        while (i < argc && strcmp(argv[i], "--") != 0) i++;
        if (i < argc) argv[i++] = NULL;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    for (int round = -warmup; round < rounds; round++)
        for (int i = 0; i < count; i++) {
            double time = run(&entries[i], &actions);
            if (round >= 0) entries[i].times[round] = time;
        }
    for (int i = 0; i < count; i++) {
        qsort(entries[i].times, (size_t)rounds, sizeof(double), compare);
        printf("%s %.1f %.1f\n", entries[i].name, entries[i].times[rounds / 2],
               entries[i].times[0]);
    }
    return 0;
}
