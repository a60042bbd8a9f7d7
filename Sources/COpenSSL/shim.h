/* libcrypto, the low-level digest calls included: they cost 0.04 ms where EVP costs 1 ms and
 * loads whatever OPENSSL_CONF names. They are deprecated in 3.x, hence the macro. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
