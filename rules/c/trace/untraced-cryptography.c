#include <stddef.h>
#include <stdint.h>

#include "mbedtls/aes.h"
#include "mbedtls/gcm.h"
#include "mbedtls/sha256.h"
#include "mbedtls/ssl.h"

int fingerprint(const uint8_t *data, size_t size, uint8_t digest[32])
{
    // ruleid: untraced-cryptography
    return mbedtls_sha256(data, size, digest, 0);
}

int seal(mbedtls_gcm_context *gcm, const uint8_t *key, const uint8_t *nonce, uint8_t *out)
{
    // ruleid: untraced-cryptography
    if (mbedtls_gcm_setkey(gcm, MBEDTLS_CIPHER_ID_AES, key, 256) != 0) {
        return -1;
    }
    // ruleid: untraced-cryptography
    return mbedtls_gcm_starts(gcm, MBEDTLS_GCM_ENCRYPT, nonce, 12, NULL, 0) + (out == NULL);
}

int receive(mbedtls_ssl_context *tls, uint8_t *packet, size_t capacity)
{
    // ruleid: untraced-cryptography
    return mbedtls_ssl_read(tls, packet, capacity);
}

int accept_image(mbedtls_pk_context *pk, const uint8_t *digest, const uint8_t *signature)
{
    // ruleid: untraced-cryptography
    return mbedtls_pk_verify(pk, MBEDTLS_MD_SHA256, digest, 32, signature, 64);
}

void release(mbedtls_gcm_context *gcm, mbedtls_ssl_context *tls)
{
    // ok: untraced-cryptography
    mbedtls_gcm_free(gcm);
    // ok: untraced-cryptography
    mbedtls_ssl_free(tls);
    // ok: untraced-cryptography
    mbedtls_gcm_init(gcm);
    // ok: untraced-cryptography
    mbedtls_strerror(-1, (char *)gcm, 1);
    // ok: untraced-cryptography
    aes_description(gcm);
    // ok: untraced-cryptography
    mbedtls_platform_zeroize(gcm, sizeof(*gcm));
}
