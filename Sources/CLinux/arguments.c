/* argv as the kernel gave it.
 *
 * In a static executable the Swift runtime finds argv by reading /proc/self/maps at every start,
 * whether anybody asks or not (stdlib/public/CommandLineSupport/CommandLine.cpp), which costs more
 * than all of our own JSON and ends the process where /proc is missing. glibc hands argv to
 * constructors, so it is kept here; and the two functions of that file are defined here, so that the
 * linker has no reason to take it from the archive. */
#include "clinux.h"

static int count;
static char **arguments;

__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
    count = argc;
    arguments = argv;
}

char **clinux_arguments(int *argc) {
    *argc = count;
    return arguments;
}

char **_swift_stdlib_getUnsafeArgvArgc(int *argc) { return clinux_arguments(argc); }

void _swift_stdlib_overrideUnsafeArgvArgc(char **argv, int argc) { keep_arguments(argc, argv); }
