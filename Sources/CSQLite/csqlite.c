#include "csqlite.h"

#include <dlfcn.h>
#include <stddef.h>

/* From sqlite3.h: SQLITE_OPEN_READWRITE, _CREATE and _NOFOLLOW (3.31), SQLITE_TRANSIENT. */
enum { OPEN_READWRITE = 0x2, OPEN_CREATE = 0x4, OPEN_NOFOLLOW = 0x01000000 };
typedef void (*destructor)(void *);
#define TRANSIENT ((destructor)(intptr_t)-1)

static int (*open_v2)(const char *, sqlite3 **, int, const char *);
static int (*close_v2)(sqlite3 *);
static int (*busy_timeout)(sqlite3 *, int);
static int (*exec)(sqlite3 *, const char *, void *, void *, char **);
static int (*prepare_v2)(sqlite3 *, const char *, int, sqlite3_stmt **, const char **);
static int (*bind_text)(sqlite3_stmt *, int, const char *, int, destructor);
static int (*bind_int64)(sqlite3_stmt *, int, int64_t);
static int (*bind_null)(sqlite3_stmt *, int);
static int (*step)(sqlite3_stmt *);
static int (*reset)(sqlite3_stmt *);
static int (*finalize)(sqlite3_stmt *);
static int64_t (*column_int64)(sqlite3_stmt *, int);
static const unsigned char *(*column_text)(sqlite3_stmt *, int);
static int64_t (*last_insert_rowid)(sqlite3 *);
static const char *(*errmsg)(sqlite3 *);

int csqlite_load(void) {
    static const struct {
        const char *name;
        void **place;
    } wanted[] = {
        {"sqlite3_open_v2", (void **)&open_v2},
        {"sqlite3_close_v2", (void **)&close_v2},
        {"sqlite3_busy_timeout", (void **)&busy_timeout},
        {"sqlite3_exec", (void **)&exec},
        {"sqlite3_prepare_v2", (void **)&prepare_v2},
        {"sqlite3_bind_text", (void **)&bind_text},
        {"sqlite3_bind_int64", (void **)&bind_int64},
        {"sqlite3_bind_null", (void **)&bind_null},
        {"sqlite3_step", (void **)&step},
        {"sqlite3_reset", (void **)&reset},
        {"sqlite3_finalize", (void **)&finalize},
        {"sqlite3_column_int64", (void **)&column_int64},
        {"sqlite3_column_text", (void **)&column_text},
        {"sqlite3_last_insert_rowid", (void **)&last_insert_rowid},
        {"sqlite3_errmsg", (void **)&errmsg},
    };
    void *library = dlopen("libsqlite3.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return -1;
    for (size_t place = 0; place < sizeof wanted / sizeof wanted[0]; place++) {
        *wanted[place].place = dlsym(library, wanted[place].name);
        if (*wanted[place].place == NULL) return -1;
    }
    return 0;
}

int csqlite_open(const char *path, sqlite3 **database) {
    int code = open_v2(path, database, OPEN_READWRITE | OPEN_CREATE | OPEN_NOFOLLOW, NULL);
    if (code == CSQLITE_OK) busy_timeout(*database, 10000);
    return code;
}

int csqlite_close(sqlite3 *database) { return close_v2(database); }

int csqlite_exec(sqlite3 *database, const char *text) {
    return exec(database, text, NULL, NULL, NULL);
}

int csqlite_prepare(sqlite3 *database, const char *text, sqlite3_stmt **statement) {
    return prepare_v2(database, text, -1, statement, NULL);
}

int csqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, int length) {
    return bind_text(statement, place, text, length, TRANSIENT);
}

int csqlite_bind_integer(sqlite3_stmt *statement, int place, int64_t value) {
    return bind_int64(statement, place, value);
}

int csqlite_bind_null(sqlite3_stmt *statement, int place) { return bind_null(statement, place); }

int csqlite_step(sqlite3_stmt *statement) { return step(statement); }

int csqlite_reset(sqlite3_stmt *statement) { return reset(statement); }

int csqlite_finalize(sqlite3_stmt *statement) { return finalize(statement); }

int64_t csqlite_integer(sqlite3_stmt *statement, int column) {
    return column_int64(statement, column);
}

const unsigned char *csqlite_text(sqlite3_stmt *statement, int column) {
    return column_text(statement, column);
}

int64_t csqlite_last_row(sqlite3 *database) { return last_insert_rowid(database); }

const char *csqlite_message(sqlite3 *database) { return errmsg(database); }
