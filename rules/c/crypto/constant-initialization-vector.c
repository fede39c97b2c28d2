#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mbedtls/aes.h"
#include "mbedtls/ccm.h"
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/gcm.h"
#include "openssl/evp.h"

static const uint8_t record_nonce[12] = {0x50, 0x55, 0x4d, 0x50};

int seal_record(mbedtls_gcm_context *gcm, const uint8_t *plain, size_t size, uint8_t *out, uint8_t tag[16])
{
    // ruleid: constant-initialization-vector
    return mbedtls_gcm_crypt_and_tag(gcm, MBEDTLS_GCM_ENCRYPT, size, record_nonce, sizeof(record_nonce), NULL, 0,
                                     plain, out, 16, tag);
}

int seal_slot(mbedtls_gcm_context *gcm, unsigned slot, const uint8_t *key, uint8_t *out, uint8_t tag[16])
{
    uint8_t nonce[12] = {0};
    nonce[0] = (uint8_t)slot;
    // ruleid: constant-initialization-vector
    if (mbedtls_gcm_crypt_and_tag(gcm, MBEDTLS_GCM_ENCRYPT, 32, nonce, sizeof(nonce), NULL, 0, key, out, 16, tag)) {
        return -1;
    }
    return 0;
}

int log_encrypt(mbedtls_aes_context *aes, const uint8_t *plain, size_t size, uint8_t *out)
{
    uint8_t iv[16];
    memset(iv, 0, sizeof(iv));
    // ruleid: constant-initialization-vector
    return mbedtls_aes_crypt_cbc(aes, MBEDTLS_AES_ENCRYPT, size, iv, plain, out);
}

int report_encrypt(EVP_CIPHER_CTX *context, const uint8_t *key)
{
    // ruleid: constant-initialization-vector
    return EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), NULL, key, (const unsigned char *)"0123456789abcdef");
}

/* Clean code. */

int seal_fresh(mbedtls_gcm_context *gcm, mbedtls_ctr_drbg_context *drbg, const uint8_t *plain, uint8_t *out,
               uint8_t tag[16])
{
    uint8_t nonce[12] = {0};
    if (mbedtls_ctr_drbg_random(drbg, nonce, sizeof(nonce)) != 0) {
        return -1;
    }
    // ok: constant-initialization-vector
    return mbedtls_gcm_crypt_and_tag(gcm, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, plain, out, 16, tag);
}

int seal_counted(mbedtls_gcm_context *gcm, uint32_t counter, const uint8_t *plain, uint8_t *out, uint8_t tag[16])
{
    uint8_t nonce[12] = {0};
    nonce[8] = (uint8_t)(counter >> 24);
    nonce[9] = (uint8_t)(counter >> 16);
    nonce[10] = (uint8_t)(counter >> 8);
    nonce[11] = (uint8_t)counter;
    // ok: constant-initialization-vector
    return mbedtls_gcm_crypt_and_tag(gcm, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, plain, out, 16, tag);
}

int encrypt_copied(mbedtls_aes_context *aes, const uint8_t *fresh, const uint8_t *plain, uint8_t *out)
{
    uint8_t iv[16] = {0};
    memcpy(iv, fresh, sizeof(iv));
    // ok: constant-initialization-vector
    return mbedtls_aes_crypt_cbc(aes, MBEDTLS_AES_ENCRYPT, 64, iv, plain, out);
}

int encrypt_filled(mbedtls_aes_context *aes, int have_noise, const uint8_t *plain, uint8_t *out)
{
    uint8_t iv[16];
    memset(iv, 0, sizeof(iv));
    if (have_noise) {
        read_noise(iv, sizeof(iv));
    } else {
        for (int i = 0; i < 16; i++) {
            iv[i] = next_noise();
        }
    }
    // ok: constant-initialization-vector
    return mbedtls_aes_crypt_cbc(aes, MBEDTLS_AES_ENCRYPT, 64, iv, plain, out);
}

int encrypt_given(mbedtls_ccm_context *ccm, const uint8_t nonce[13], const uint8_t *plain, uint8_t *out,
                  uint8_t tag[8])
{
    // ok: constant-initialization-vector
    return mbedtls_ccm_encrypt_and_tag(ccm, 32, nonce, 13, NULL, 0, plain, out, tag, 8);
}

int decrypt(mbedtls_aes_context *aes, const uint8_t *sealed, uint8_t *out)
{
    uint8_t iv[16] = {0};
    // ok: constant-initialization-vector
    return mbedtls_aes_crypt_cbc(aes, MBEDTLS_AES_DECRYPT, 64, iv, sealed, out);
}

int sealed_with_place(mbedtls_gcm_context *gcm, uint64_t counter, const uint8_t *plain, uint8_t *out, uint8_t tag[16])
{
    uint8_t nonce[12] = {0};
    memcpy(&nonce[4], &counter, sizeof(counter));
    // ok: constant-initialization-vector
    return mbedtls_gcm_crypt_and_tag(gcm, MBEDTLS_GCM_ENCRYPT, 16, nonce, 12, NULL, 0, plain, out, 16, tag);
}
