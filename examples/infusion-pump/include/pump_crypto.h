/**
 * @file pump_crypto.h
 * @brief The only way to cryptography for all other modules: a thin wrapper over the TLS library.
 *
 * Callers never choose algorithms. Buffers that hold secrets are cleared by the caller with pump_crypto_clear().
 */
#ifndef PUMP_CRYPTO_H
#define PUMP_CRYPTO_H

#include "pump_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUMP_DIGEST_SIZE 32U
#define PUMP_KEY_SIZE 32U
#define PUMP_SALT_SIZE 16U
#define PUMP_CHALLENGE_SIZE 16U
#define PUMP_GCM_NONCE_SIZE 12U
#define PUMP_GCM_TAG_SIZE 16U

/** Bytes that sealing adds to the plain text: nonce and authentication tag. */
#define PUMP_SEAL_OVERHEAD (PUMP_GCM_NONCE_SIZE + PUMP_GCM_TAG_SIZE)

/** Seeds the random generator from the hardware. Call once, before anything else here. */
pump_status_t pump_crypto_init(void);

/** Fills @p out with @p size unpredictable bytes. */
pump_status_t pump_crypto_random(uint8_t *out, size_t size);

/** SHA-256 of @p data. */
pump_status_t pump_crypto_digest(const uint8_t *data, size_t size, uint8_t digest[PUMP_DIGEST_SIZE]);

/** HMAC-SHA-256 of @p data. */
pump_status_t pump_crypto_mac(const uint8_t key[PUMP_KEY_SIZE], const uint8_t *data, size_t size,
                              uint8_t mac[PUMP_DIGEST_SIZE]);

/** Encrypts and authenticates; @p sealed needs @p size + PUMP_SEAL_OVERHEAD bytes. */
pump_status_t pump_crypto_seal(const uint8_t key[PUMP_KEY_SIZE], const uint8_t *plain, size_t size, uint8_t *sealed,
                               size_t capacity);

/** Reverses pump_crypto_seal(); gives PUMP_ERR_INTEGRITY and no data when anything was altered. */
pump_status_t pump_crypto_open(const uint8_t key[PUMP_KEY_SIZE], const uint8_t *sealed, size_t size, uint8_t *plain,
                               size_t capacity);

/** Slow, salted digest of a PIN for storage. */
pump_status_t pump_crypto_stretch(const char *text, const uint8_t salt[PUMP_SALT_SIZE],
                                  uint8_t digest[PUMP_DIGEST_SIZE]);

/** Session key of a radio link from the shared secret and both sides' nonces. */
pump_status_t pump_crypto_derive_link_key(const uint8_t shared[PUMP_KEY_SIZE],
                                          const uint8_t pump_nonce[PUMP_CHALLENGE_SIZE],
                                          const uint8_t peer_nonce[PUMP_CHALLENGE_SIZE],
                                          uint8_t link_key[PUMP_KEY_SIZE]);

/** Verifies an ECDSA P-256 signature over a SHA-256 digest. */
pump_status_t pump_crypto_verify_signature(const uint8_t *public_key, size_t public_key_size,
                                           const uint8_t digest[PUMP_DIGEST_SIZE], const uint8_t *signature,
                                           size_t signature_size);

/** Compares in a time that does not depend on the contents. */
bool pump_crypto_equal(const uint8_t *left, const uint8_t *right, size_t size);

/** Overwrites a secret in a way the compiler does not remove. */
void pump_crypto_clear(void *data, size_t size);

#endif
