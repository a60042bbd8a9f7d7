/* A stand-in for a real tool that cannot be had on a test machine (pnpm, dotnet) or that a test
 * wants to watch. It is no package manager: it appends one JSON line about how it was started to
 * the file named by RECORDER_LOG (argv, names of environment variables, cwd, open descriptors) and
 * exits with RECORDER_EXIT (0 where unset). RECORDER_STDOUT is printed where set. Static and
 * without allocation, so that it also serves as the "trivial tool" of the bench.
 * One write per line: lines of parallel stand-ins do not mix. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static char line[1 << 20];
static size_t used;

static void put(const char *text, size_t count)
{
    if (count > sizeof line - used) count = sizeof line - used;
    memcpy(line + used, text, count);
    used += count;
}

static void put_text(const char *text) { put(text, strlen(text)); }

/* Bytes above 0x7e are written as \u00XX, one for each byte, so any argv is valid JSON. */
static void put_string(const char *text, size_t count)
{
    char escaped[8];
    put("\"", 1);
    for (size_t i = 0; i < count; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20 || byte > 0x7e || byte == '"' || byte == '\\') {
            snprintf(escaped, sizeof escaped, "\\u%04x", byte);
            put_text(escaped);
        } else {
            put((const char *)&text[i], 1);
        }
    }
    put("\"", 1);
}

static void write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) return;
    if (write(file, text, strlen(text)) < 0) unlink(path);
    close(file);
}

/* What npm leaves behind where it was asked to resolve, or to install a lockfile of nothing. */
static void leave_lockfile(int argc, char **argv)
{
    static const char empty[] = "{\"lockfileVersion\":3,\"requires\":true,\"packages\":{}}\n";
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--package-lock-only=true") == 0)
            write_file("package-lock.json", empty);
    }
}

int main(int argc, char **argv)
{
    const char *log = getenv("RECORDER_LOG");
    const char *code = getenv("RECORDER_EXIT");
    const char *output = getenv("RECORDER_STDOUT");
    if (log != NULL) {
        char number[16], cwd[4096];
        put_text("{\"argv\":[");
        for (int i = 0; i < argc; i++) {
            if (i > 0) put(",", 1);
            put_string(argv[i], strlen(argv[i]));
        }
        put_text("],\"environment\":[");
        for (char **entry = environ; *entry != NULL; entry++) {
            const char *equals = strchr(*entry, '=');
            if (entry != environ) put(",", 1);
            put_string(*entry, equals == NULL ? strlen(*entry) : (size_t)(equals - *entry));
        }
        put_text("],\"cwd\":");
        if (getcwd(cwd, sizeof cwd) == NULL) cwd[0] = 0;
        put_string(cwd, strlen(cwd));
        put_text(",\"descriptors\":[");
        for (int fd = 0, first = 1; fd < 256; fd++) {
            if (fcntl(fd, F_GETFD) < 0) continue;
            snprintf(number, sizeof number, first ? "%d" : ",%d", fd);
            put_text(number);
            first = 0;
        }
        put_text("]}\n");
        int file = open(log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
        if (file < 0 || write(file, line, used) != (ssize_t)used) return 111;
    }
    leave_lockfile(argc, argv);
    if (output != NULL && write(1, output, strlen(output)) < 0) return 112;
    return code == NULL ? 0 : atoi(code);
}
