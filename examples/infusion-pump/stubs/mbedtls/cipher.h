/* Stub of the TLS library's interface: declarations used by this example only. */
#ifndef MBEDTLS_CIPHER_H
#define MBEDTLS_CIPHER_H

#include <stddef.h>

typedef enum { MBEDTLS_CIPHER_ID_AES = 2 } mbedtls_cipher_id_t;
typedef enum { MBEDTLS_CIPHER_AES_128_CBC = 5, MBEDTLS_CIPHER_DES_EDE3_CBC = 37 } mbedtls_cipher_type_t;
typedef enum { MBEDTLS_DECRYPT = 0, MBEDTLS_ENCRYPT = 1 } mbedtls_operation_t;

typedef struct {
    int type;
} mbedtls_cipher_info_t;

typedef struct {
    unsigned char state[64];
} mbedtls_cipher_context_t;

const mbedtls_cipher_info_t *mbedtls_cipher_info_from_type(mbedtls_cipher_type_t type);
void mbedtls_cipher_init(mbedtls_cipher_context_t *ctx);
void mbedtls_cipher_free(mbedtls_cipher_context_t *ctx);
int mbedtls_cipher_setup(mbedtls_cipher_context_t *ctx, const mbedtls_cipher_info_t *info);
int mbedtls_cipher_setkey(mbedtls_cipher_context_t *ctx, const unsigned char *key, int bits, mbedtls_operation_t op);
int mbedtls_cipher_crypt(mbedtls_cipher_context_t *ctx, const unsigned char *iv, size_t iv_len,
                         const unsigned char *input, size_t ilen, unsigned char *output, size_t *olen);

#endif
