/* Stub of the TLS library's interface: declarations used by this example only. */
#ifndef MBEDTLS_PK_H
#define MBEDTLS_PK_H

#include "mbedtls/md.h"

#include <stddef.h>

typedef struct {
    unsigned char state[64];
} mbedtls_pk_context;

void mbedtls_pk_init(mbedtls_pk_context *ctx);
void mbedtls_pk_free(mbedtls_pk_context *ctx);
int mbedtls_pk_parse_public_key(mbedtls_pk_context *ctx, const unsigned char *key, size_t keylen);
int mbedtls_pk_verify(mbedtls_pk_context *ctx, mbedtls_md_type_t md_alg, const unsigned char *hash, size_t hash_len,
                      const unsigned char *sig, size_t sig_len);

#endif
