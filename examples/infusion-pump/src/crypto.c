/**
 * @file crypto.c
 * @brief Wrapper over the TLS library: fixed algorithms, checked results, cleared secrets.
 */
#define PUMP_LOG_MODULE "crypto"

#include "pump_crypto.h"

#include "hal/system.h"
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/gcm.h"
#include "mbedtls/md.h"
#include "mbedtls/pk.h"
#include "mbedtls/pkcs5.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/sha256.h"
#include "pump_log.h"

#include <string.h>

/** Rounds of the PIN stretching: about 250 ms on the pump's processor. */
#define CRYPTO_STRETCH_ROUNDS 60000U

static mbedtls_ctr_drbg_context generator;
static bool generator_ready;

/**
 * Seeds the generator from the hardware noise source; the pump does not start without it.
 * [SR-CRY-001]
 */
pump_status_t pump_crypto_init(void)
{
    static const unsigned char personal[] = "infusion pump";

    mbedtls_ctr_drbg_init(&generator);
    if (mbedtls_ctr_drbg_seed(&generator, hal_entropy, NULL, personal, sizeof(personal) - 1U) != 0) {
        LOG_ERROR("no entropy from the hardware");
        generator_ready = false;
        return PUMP_ERR_CRYPTO;
    }
    generator_ready = true;
    return PUMP_OK;
}

/**
 * Random bytes come from the seeded generator only.
 * [SR-CRY-001]
 */
pump_status_t pump_crypto_random(uint8_t *out, size_t size)
{
    if (out == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!generator_ready || mbedtls_ctr_drbg_random(&generator, out, size) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    return PUMP_OK;
}

/**
 * Digest for everything whose integrity is checked against a known value.
 * [SR-CRY-003]
 */
pump_status_t pump_crypto_digest(const uint8_t *data, size_t size, uint8_t digest[PUMP_DIGEST_SIZE])
{
    if ((data == NULL && size > 0U) || digest == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (mbedtls_sha256(data, size, digest, 0) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    return PUMP_OK;
}

/**
 * Keyed digest for frames and audit records.
 * [SR-CRY-003]
 */
pump_status_t pump_crypto_mac(const uint8_t key[PUMP_KEY_SIZE], const uint8_t *data, size_t size,
                              uint8_t mac[PUMP_DIGEST_SIZE])
{
    const mbedtls_md_info_t *algorithm = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);

    if (key == NULL || (data == NULL && size > 0U) || mac == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (algorithm == NULL || mbedtls_md_hmac(algorithm, key, PUMP_KEY_SIZE, data, size, mac) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    return PUMP_OK;
}

/**
 * AES-256-GCM. The layout is nonce, cipher text, tag; the nonce is fresh for every call.
 * [SR-CRY-002]
 */
pump_status_t pump_crypto_seal(const uint8_t key[PUMP_KEY_SIZE], const uint8_t *plain, size_t size, uint8_t *sealed,
                               size_t capacity)
{
    if (key == NULL || plain == NULL || sealed == NULL || size > SIZE_MAX - PUMP_SEAL_OVERHEAD ||
        capacity < size + PUMP_SEAL_OVERHEAD) {
        return PUMP_ERR_ARGUMENT;
    }
    pump_status_t status = pump_crypto_random(sealed, PUMP_GCM_NONCE_SIZE);
    if (status != PUMP_OK) {
        return status;
    }

    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    uint8_t *cipher_text = sealed + PUMP_GCM_NONCE_SIZE;
    if (mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, PUMP_KEY_SIZE * 8U) != 0 ||
        mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, size, sealed, PUMP_GCM_NONCE_SIZE, NULL, 0U, plain,
                                  cipher_text, PUMP_GCM_TAG_SIZE, cipher_text + size) != 0) {
        status = PUMP_ERR_CRYPTO;
    }
    mbedtls_gcm_free(&gcm);
    return status;
}

/**
 * Opens what pump_crypto_seal() made. Nothing of the plain text is left behind when the tag is wrong.
 * [SR-CRY-002]
 */
pump_status_t pump_crypto_open(const uint8_t key[PUMP_KEY_SIZE], const uint8_t *sealed, size_t size, uint8_t *plain,
                               size_t capacity)
{
    if (key == NULL || sealed == NULL || plain == NULL || size < PUMP_SEAL_OVERHEAD ||
        capacity < size - PUMP_SEAL_OVERHEAD) {
        return PUMP_ERR_ARGUMENT;
    }
    const size_t plain_size = size - PUMP_SEAL_OVERHEAD;
    const uint8_t *cipher_text = sealed + PUMP_GCM_NONCE_SIZE;
    pump_status_t status = PUMP_OK;

    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    if (mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, PUMP_KEY_SIZE * 8U) != 0) {
        status = PUMP_ERR_CRYPTO;
    } else if (mbedtls_gcm_auth_decrypt(&gcm, plain_size, sealed, PUMP_GCM_NONCE_SIZE, NULL, 0U,
                                        cipher_text + plain_size, PUMP_GCM_TAG_SIZE, cipher_text, plain) != 0) {
        mbedtls_platform_zeroize(plain, plain_size);
        status = PUMP_ERR_INTEGRITY;
    }
    mbedtls_gcm_free(&gcm);
    return status;
}

/**
 * A stolen flash image must not give away four-digit PINs quickly.
 * [SR-CRY-004]
 */
pump_status_t pump_crypto_stretch(const char *text, const uint8_t salt[PUMP_SALT_SIZE],
                                  uint8_t digest[PUMP_DIGEST_SIZE])
{
    if (text == NULL || salt == NULL || digest == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (mbedtls_pkcs5_pbkdf2_hmac_ext(MBEDTLS_MD_SHA256, (const unsigned char *)text, strlen(text), salt,
                                      PUMP_SALT_SIZE, CRYPTO_STRETCH_ROUNDS, PUMP_DIGEST_SIZE, digest) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    return PUMP_OK;
}

/**
 * Both nonces enter the key, so neither side alone can force an old key to be used again.
 * [SR-CRY-009]
 */
pump_status_t pump_crypto_derive_link_key(const uint8_t shared[PUMP_KEY_SIZE],
                                          const uint8_t pump_nonce[PUMP_CHALLENGE_SIZE],
                                          const uint8_t peer_nonce[PUMP_CHALLENGE_SIZE],
                                          uint8_t link_key[PUMP_KEY_SIZE])
{
    uint8_t nonces[2U * PUMP_CHALLENGE_SIZE];
    uint8_t session_key[PUMP_DIGEST_SIZE];

    if (shared == NULL || pump_nonce == NULL || peer_nonce == NULL || link_key == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    memcpy(nonces, pump_nonce, PUMP_CHALLENGE_SIZE);
    memcpy(nonces + PUMP_CHALLENGE_SIZE, peer_nonce, PUMP_CHALLENGE_SIZE);

    const pump_status_t status = pump_crypto_mac(shared, nonces, sizeof(nonces), session_key);
    if (status == PUMP_OK) {
        memcpy(link_key, session_key, PUMP_KEY_SIZE);
    }
    memset(session_key, 0, sizeof(session_key));
    return status;
}

/**
 * The manufacturer's signature over a firmware image.
 * [SR-CRY-005]
 */
pump_status_t pump_crypto_verify_signature(const uint8_t *public_key, size_t public_key_size,
                                           const uint8_t digest[PUMP_DIGEST_SIZE], const uint8_t *signature,
                                           size_t signature_size)
{
    if (public_key == NULL || digest == NULL || signature == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    pump_status_t status = PUMP_OK;
    mbedtls_pk_context verifier;

    mbedtls_pk_init(&verifier);
    if (mbedtls_pk_parse_public_key(&verifier, public_key, public_key_size) != 0) {
        status = PUMP_ERR_CRYPTO;
    } else if (mbedtls_pk_verify(&verifier, MBEDTLS_MD_SHA256, digest, PUMP_DIGEST_SIZE, signature,
                                 signature_size) != 0) {
        status = PUMP_ERR_INTEGRITY;
    }
    mbedtls_pk_free(&verifier);
    return status;
}

/**
 * Looks at every byte, whatever it finds on the way.
 * [SR-CRY-006]
 */
bool pump_crypto_equal(const uint8_t *left, const uint8_t *right, size_t size)
{
    uint8_t difference = 0U;

    if (left == NULL || right == NULL) {
        return false;
    }
    for (size_t i = 0U; i < size; i++) {
        difference |= (uint8_t)(left[i] ^ right[i]);
    }
    return difference == 0U;
}

/** [SR-CRY-006] */
void pump_crypto_clear(void *data, size_t size)
{
    if (data != NULL) {
        mbedtls_platform_zeroize(data, size);
    }
}
