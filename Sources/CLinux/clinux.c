#define _GNU_SOURCE
#include "clinux.h"

#include <string.h>

const void *clinux_find(const void *bytes, size_t count, const void *needle, size_t length) {
    return memmem(bytes, count, needle, length);
}
