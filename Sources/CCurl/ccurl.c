#include "ccurl.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef void CURL;
typedef void CURLM;
struct curl_slist;

/* curl/curl.h: CURLoption, CURLINFO and CURLMoption; part of the library's stable interface. */
enum {
    OPT_WRITEDATA = 10001,
    OPT_URL = 10002,
    OPT_PROXY = 10004,
    OPT_USERAGENT = 10018,
    OPT_HTTPHEADER = 10023,
    OPT_NETRC = 51,
    OPT_FOLLOWLOCATION = 52,
    OPT_SSL_VERIFYPEER = 64,
    OPT_SSL_VERIFYHOST = 81,
    OPT_NOSIGNAL = 99,
    OPT_ACCEPT_ENCODING = 10102,
    OPT_PRIVATE = 10103,
    OPT_TIMEOUT_MS = 155,
    OPT_CONNECTTIMEOUT_MS = 156,
    OPT_PROTOCOLS = 181,
    OPT_WRITEFUNCTION = 20011,
    INFO_RESPONSE_CODE = 0x200002,
    INFO_PRIVATE = 0x100015,
    INFO_REDIRECT_URL = 0x10001F,
    MOPT_MAX_TOTAL_CONNECTIONS = 13,
    PROTO_HTTP = 1,
    PROTO_HTTPS = 2,
    MSG_DONE = 1,
    GLOBAL_DEFAULT = 3,
    CODE_TIMEOUT = 28,
};

typedef struct {
    int msg;
    CURL *easy;
    union {
        void *whatever;
        int result;
    } data;
} message;

static int (*global_init)(long);
static CURL *(*easy_init)(void);
static int (*easy_setopt)(CURL *, int, ...);
static int (*easy_getinfo)(CURL *, int, ...);
static void (*easy_cleanup)(CURL *);
static const char *(*easy_strerror)(int);
static CURLM *(*multi_init)(void);
static int (*multi_setopt)(CURLM *, int, ...);
static int (*multi_add)(CURLM *, CURL *);
static int (*multi_remove)(CURLM *, CURL *);
static int (*multi_perform)(CURLM *, int *);
static int (*multi_wait)(CURLM *, void *, unsigned int, int, int *);
static message *(*multi_info)(CURLM *, int *);
static int (*multi_cleanup)(CURLM *);
static struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
static void (*slist_free)(struct curl_slist *);

int ccurl_load(void) {
    static const struct {
        const char *name;
        void **place;
    } wanted[] = {
        {"curl_global_init", (void **)&global_init},
        {"curl_easy_init", (void **)&easy_init},
        {"curl_easy_setopt", (void **)&easy_setopt},
        {"curl_easy_getinfo", (void **)&easy_getinfo},
        {"curl_easy_cleanup", (void **)&easy_cleanup},
        {"curl_easy_strerror", (void **)&easy_strerror},
        {"curl_multi_init", (void **)&multi_init},
        {"curl_multi_setopt", (void **)&multi_setopt},
        {"curl_multi_add_handle", (void **)&multi_add},
        {"curl_multi_remove_handle", (void **)&multi_remove},
        {"curl_multi_perform", (void **)&multi_perform},
        {"curl_multi_wait", (void **)&multi_wait},
        {"curl_multi_info_read", (void **)&multi_info},
        {"curl_multi_cleanup", (void **)&multi_cleanup},
        {"curl_slist_append", (void **)&slist_append},
        {"curl_slist_free_all", (void **)&slist_free},
    };
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return -1;
    for (size_t place = 0; place < sizeof wanted / sizeof wanted[0]; place++) {
        *wanted[place].place = dlsym(library, wanted[place].name);
        if (*wanted[place].place == NULL) return -1;
    }
    return global_init(GLOBAL_DEFAULT) == 0 ? 0 : -1;
}

static size_t take(char *data, size_t size, size_t number, void *place) {
    ccurl_transfer *transfer = place;
    size_t count = size * number;
    if (count > transfer->limit - transfer->count) return 0;
    unsigned char *body = realloc(transfer->body, transfer->count + count + 1);
    if (body == NULL) return 0;
    memcpy(body + transfer->count, data, count);
    transfer->body = body;
    transfer->count += count;
    return count;
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* One transfer with its handle. */
typedef struct {
    CURL *easy;
    struct curl_slist *headers;
} running;

static int prepare(ccurl_transfer *transfer, running *run, long left) {
    run->easy = easy_init();
    if (run->easy == NULL) return -1;
    char accept[256] = "Accept: ";
    strncat(accept, transfer->accept, sizeof accept - 16);
    run->headers = slist_append(NULL, accept);
    long protocols = transfer->allows_http ? PROTO_HTTP | PROTO_HTTPS : PROTO_HTTPS;
    int failed = run->headers == NULL;
    failed |= easy_setopt(run->easy, OPT_URL, transfer->url);
    failed |= easy_setopt(run->easy, OPT_HTTPHEADER, run->headers);
    failed |= easy_setopt(run->easy, OPT_USERAGENT, "shimgate-registry");
    failed |= easy_setopt(run->easy, OPT_PROTOCOLS, protocols);
    failed |= easy_setopt(run->easy, OPT_FOLLOWLOCATION, 0L);
    failed |= easy_setopt(run->easy, OPT_SSL_VERIFYPEER, 1L);
    failed |= easy_setopt(run->easy, OPT_SSL_VERIFYHOST, 2L);
    failed |= easy_setopt(run->easy, OPT_NETRC, 0L);
    failed |= easy_setopt(run->easy, OPT_NOSIGNAL, 1L);
    failed |= easy_setopt(run->easy, OPT_ACCEPT_ENCODING, "");
    failed |= easy_setopt(run->easy, OPT_TIMEOUT_MS, left);
    failed |= easy_setopt(run->easy, OPT_CONNECTTIMEOUT_MS, left < 10000 ? left : 10000L);
    /* An empty name is no proxy, whatever the environment says. */
    if (!transfer->allows_proxy) failed |= easy_setopt(run->easy, OPT_PROXY, "");
    failed |= easy_setopt(run->easy, OPT_WRITEFUNCTION, take);
    failed |= easy_setopt(run->easy, OPT_WRITEDATA, transfer);
    failed |= easy_setopt(run->easy, OPT_PRIVATE, transfer);
    return failed ? -1 : 0;
}

static void finish(CURLM *multi) {
    int left = 0;
    message *told;
    while ((told = multi_info(multi, &left)) != NULL) {
        if (told->msg != MSG_DONE) continue;
        CURL *easy = told->easy;
        ccurl_transfer *transfer = NULL;
        char *redirect = NULL;
        int result = told->data.result;
        easy_getinfo(easy, INFO_PRIVATE, &transfer);
        if (transfer == NULL) continue;
        transfer->code = result;
        easy_getinfo(easy, INFO_RESPONSE_CODE, &transfer->status);
        easy_getinfo(easy, INFO_REDIRECT_URL, &redirect);
        if (redirect != NULL) transfer->redirect = strdup(redirect);
    }
}

int ccurl_fetch(ccurl_transfer *transfers, size_t count, long parallel, long milliseconds) {
    CURLM *multi = multi_init();
    running *runs = calloc(count == 0 ? 1 : count, sizeof *runs);
    long end = now() + milliseconds;
    int failed = multi == NULL || runs == NULL;
    if (!failed) multi_setopt(multi, MOPT_MAX_TOTAL_CONNECTIONS, parallel);
    for (size_t place = 0; place < count; place++) {
        transfers[place].code = CODE_TIMEOUT;
        if (failed) continue;
        if (prepare(&transfers[place], &runs[place], milliseconds) != 0 ||
            multi_add(multi, runs[place].easy) != 0)
            failed = 1;
    }
    int active = failed ? 0 : 1;
    while (active > 0 && now() < end) {
        if (multi_perform(multi, &active) != 0) break;
        finish(multi);
        if (active > 0) multi_wait(multi, NULL, 0, 200, NULL);
    }
    for (size_t place = 0; runs != NULL && place < count; place++) {
        if (runs[place].easy != NULL) {
            multi_remove(multi, runs[place].easy);
            easy_cleanup(runs[place].easy);
        }
        if (runs[place].headers != NULL) slist_free(runs[place].headers);
    }
    free(runs);
    if (multi != NULL) multi_cleanup(multi);
    return failed ? -1 : 0;
}

void ccurl_release(ccurl_transfer *transfer) {
    free(transfer->body);
    free(transfer->redirect);
    transfer->body = NULL;
    transfer->redirect = NULL;
}

const char *ccurl_message(int code) { return easy_strerror(code); }
