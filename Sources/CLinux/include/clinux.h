/* C headers and thin wrappers that Swift cannot call itself. */
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/random.h>

#endif
