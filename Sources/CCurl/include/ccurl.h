/* libcurl, loaded when it is first needed, so that nothing has to be installed to build, and only the
   executable that asks registries ever looks for it. One transfer is one `ccurl_fetch`; several run at
   the same time. Numbers and meanings are those of curl.se/libcurl/c. */
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>
#include <stdint.h>

/* What to fetch, and what came of it. */
typedef struct {
    const char *url;
    const char *accept;
    /* Whether plain http may be used for it; https else. */
    int allows_http;
    /* Whether the answer may come by a proxy of the environment. */
    int allows_proxy;
    /* Bytes of the body; more end the transfer. */
    size_t limit;

    /* 0 where a whole answer came; else curl's own code. */
    int code;
    long status;
    unsigned char *body;
    size_t count;
    /* Where a redirect leads; NULL where there is none. */
    char *redirect;
} ccurl_transfer;

/* 0, or -1 where the library or a function of it is missing. */
int ccurl_load(void);

/* Runs all transfers, `parallel` at a time, for `milliseconds` at most. Redirects are not followed.
   0, or -1 where none could be run. */
int ccurl_fetch(ccurl_transfer *transfers, size_t count, long parallel, long milliseconds);

/* Frees what a transfer holds. */
void ccurl_release(ccurl_transfer *transfer);

/* A few words for a code. */
const char *ccurl_message(int code);

#endif
