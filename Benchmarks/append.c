/* The least that a durable record can cost: append FILE COUNT BYTES [sync] writes COUNT lines of
 * BYTES bytes, with fdatasync after each where asked, and prints nanoseconds for each. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc < 4) return 64;
    int count = atoi(argv[2]), bytes = atoi(argv[3]);
    char *line = malloc(bytes);
    memset(line, 'x', bytes);
    line[bytes - 1] = '\n';
    int file = open(argv[1], O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    long long start = now();
    for (int step = 0; step < count; step++) {
        if (write(file, line, bytes) != bytes) return 1;
        if (argc > 4 && fdatasync(file) != 0) return 1;
    }
    printf("%lld\n", (now() - start) / count);
    return 0;
}
