/* Stub of the TLS library's interface: declarations used by this example only. */
#ifndef MBEDTLS_SHA256_H
#define MBEDTLS_SHA256_H

#include <stddef.h>

int mbedtls_sha256(const unsigned char *input, size_t ilen, unsigned char *output, int is224);

#endif
