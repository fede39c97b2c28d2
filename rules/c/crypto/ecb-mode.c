#include <stddef.h>
#include <stdint.h>

#include "mbedtls/aes.h"
#include "mbedtls/cipher.h"
#include "openssl/evp.h"

int record_encrypt(mbedtls_aes_context *aes, const uint8_t *plain, uint8_t *out, size_t size)
{
    for (size_t at = 0; at + 16U <= size; at += 16U) {
        // ruleid: ecb-mode
        if (mbedtls_aes_crypt_ecb(aes, MBEDTLS_AES_ENCRYPT, plain + at, out + at) != 0) {
            return -1;
        }
    }
    return 0;
}

int link_setup(mbedtls_cipher_context_t *cipher)
{
    // ruleid: ecb-mode
    const mbedtls_cipher_info_t *info = mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_128_ECB);
    return mbedtls_cipher_setup(cipher, info);
}

int file_encrypt(EVP_CIPHER_CTX *context, const uint8_t *key)
{
    // ruleid: ecb-mode
    return EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), NULL, key, NULL);
}

const mbedtls_cipher_info_t *by_name(void)
{
    // ruleid: ecb-mode
    return mbedtls_cipher_info_from_string("AES-256-ECB");
}

/* The key stream of counter mode is made with the bare cipher. */
int aes_ctr_block(mbedtls_aes_context *aes, const uint8_t counter[16], uint8_t stream[16])
{
    // ok: ecb-mode
    return mbedtls_aes_crypt_ecb(aes, MBEDTLS_AES_ENCRYPT, counter, stream);
}

static int cmacSubkey(mbedtls_aes_context *aes, uint8_t subkey[16])
{
    static const uint8_t zero[16];
    // ok: ecb-mode
    return mbedtls_aes_crypt_ecb(aes, MBEDTLS_AES_ENCRYPT, zero, subkey);
}

int strong(mbedtls_aes_context *aes, uint8_t iv[16], const uint8_t *in, uint8_t *out, mbedtls_cipher_type_t type)
{
    // ok: ecb-mode
    int status = mbedtls_aes_crypt_cbc(aes, MBEDTLS_AES_ENCRYPT, 16, iv, in, out);
    // ok: ecb-mode
    const mbedtls_cipher_info_t *info = mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_GCM);
    // ok: ecb-mode
    if (type == MBEDTLS_CIPHER_AES_128_ECB) {
        return -1;
    }
    // ok: ecb-mode
    const EVP_CIPHER *cipher = EVP_aes_256_gcm();
    // ok: ecb-mode
    info = mbedtls_cipher_info_from_string("AES-256-GCM");
    return info != NULL && cipher != NULL ? status : -1;
}

// ok: ecb-mode
static const EVP_CIPHER *(*const rejected[])(void) = {EVP_aes_128_ecb, EVP_aes_256_ecb};
