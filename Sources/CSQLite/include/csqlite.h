/* libsqlite3, loaded when it is first needed, so that nothing has to be installed to build, and only
   the executable that makes the index ever looks for it. The functions are SQLite's own, with `csqlite`
   in front, and mean what sqlite.org/c3ref says. */
#ifndef CSQLITE_H
#define CSQLITE_H

#include <stdint.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

enum { CSQLITE_OK = 0, CSQLITE_ROW = 100, CSQLITE_DONE = 101 };

/* 0, or -1 where the library or a function of it is missing. */
int csqlite_load(void);

/* Opens for reading and writing, makes the file where there is none, follows no symbolic link. */
int csqlite_open(const char *path, sqlite3 **database);
int csqlite_close(sqlite3 *database);
int csqlite_exec(sqlite3 *database, const char *text);
int csqlite_prepare(sqlite3 *database, const char *text, sqlite3_stmt **statement);
/* The text is copied. */
int csqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, int length);
int csqlite_bind_integer(sqlite3_stmt *statement, int place, int64_t value);
int csqlite_bind_null(sqlite3_stmt *statement, int place);
int csqlite_step(sqlite3_stmt *statement);
int csqlite_reset(sqlite3_stmt *statement);
int csqlite_finalize(sqlite3_stmt *statement);
int64_t csqlite_integer(sqlite3_stmt *statement, int column);
const unsigned char *csqlite_text(sqlite3_stmt *statement, int column);
int64_t csqlite_last_row(sqlite3 *database);
const char *csqlite_message(sqlite3 *database);

#endif
