#include <stddef.h>
#include <stdint.h>

#include "mbedtls/aes.h"
#include "mbedtls/arc4.h"
#include "mbedtls/cipher.h"
#include "mbedtls/des.h"
#include "openssl/evp.h"

int seal_report(const uint8_t key[24], const uint8_t block[8], uint8_t out[8])
{
    mbedtls_des3_context des3;
    mbedtls_des3_init(&des3);
    // ruleid: weak-cipher
    int status = mbedtls_des3_set3key_enc(&des3, key);
    if (status == 0) {
        // ruleid: weak-cipher
        status = mbedtls_des3_crypt_ecb(&des3, block, out);
    }
    mbedtls_des3_free(&des3);
    return status;
}

int link_cipher(mbedtls_cipher_context_t *cipher, const uint8_t *key)
{
    // ruleid: weak-cipher
    const mbedtls_cipher_info_t *info = mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_DES_EDE3_CBC);
    // ruleid: weak-cipher
    if (mbedtls_cipher_setup(cipher, mbedtls_cipher_info_from_string("DES-CBC")) != 0) {
        return -1;
    }
    return mbedtls_cipher_setkey(cipher, key, 192, MBEDTLS_ENCRYPT) + (info == NULL);
}

void stream(const uint8_t *key, unsigned length)
{
    mbedtls_arc4_context arc4;
    // ruleid: weak-cipher
    mbedtls_arc4_setup(&arc4, key, length);
}

const EVP_CIPHER *file_cipher(int old)
{
    // ruleid: weak-cipher
    return old ? EVP_des_ede3_cbc() : EVP_aes_256_gcm();
}

static int des_setkey_enc_wrap(void *context, const unsigned char *key, unsigned bits)
{
    (void)bits;
    // ok: weak-cipher
    return mbedtls_des_setkey_enc((mbedtls_des_context *)context, key);
}

int strong(mbedtls_aes_context *aes, const uint8_t key[32], mbedtls_cipher_type_t type)
{
    // ok: weak-cipher
    int status = mbedtls_aes_setkey_enc(aes, key, 256);
    // ok: weak-cipher
    const mbedtls_cipher_info_t *info = mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_GCM);
    // ok: weak-cipher
    if (type == MBEDTLS_CIPHER_DES_CBC) {
        return -1;
    }
    // ok: weak-cipher
    info = mbedtls_cipher_info_from_string("AES-256-GCM");
    // ok: weak-cipher
    const char *description = describe("DES-CBC");
    // ok: weak-cipher
    status += design(aes, key);
    // ok: weak-cipher
    const EVP_CIPHER *cipher = EVP_get_cipherbyname("aes-256-gcm");
    return info != NULL && description != NULL && cipher != NULL ? status : -1;
}

// ok: weak-cipher
static const EVP_CIPHER *(*const forbidden[])(void) = {EVP_rc4, EVP_des_cbc};
