/* Stub of the TLS library's interface: declarations used by this example only. */
#ifndef MBEDTLS_PKCS5_H
#define MBEDTLS_PKCS5_H

#include "mbedtls/md.h"

#include <stdint.h>

int mbedtls_pkcs5_pbkdf2_hmac_ext(mbedtls_md_type_t md_type, const unsigned char *password, size_t plen,
                                  const unsigned char *salt, size_t slen, unsigned int iteration_count,
                                  uint32_t key_length, unsigned char *output);

#endif
