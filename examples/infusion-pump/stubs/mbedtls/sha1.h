/* Stub of the TLS library's interface: declarations used by this example only. */
#ifndef MBEDTLS_SHA1_H
#define MBEDTLS_SHA1_H

#include <stddef.h>

int mbedtls_sha1(const unsigned char *input, size_t ilen, unsigned char output[20]);

#endif
