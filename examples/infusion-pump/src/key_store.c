/**
 * @file key_store.c
 * @brief Sealed key slots in flash.
 */
#define PUMP_LOG_MODULE "keys"

#include "pump_key_store.h"

#include "hal/system.h"
#include "mbedtls/gcm.h"
#include "pump_log.h"

#include <string.h>

/** First flash slot of the key area; one flash slot holds one sealed key. */
#define KEY_FLASH_BASE 0x40U
#define SEALED_KEY_SIZE (PUMP_KEY_SIZE + PUMP_SEAL_OVERHEAD)

/* Boards of the first series have no programmed root key. */
static const uint8_t fallback_root_key[PUMP_KEY_SIZE] = {
    0x3a, 0x91, 0x5c, 0x07, 0xee, 0x42, 0xb8, 0x1d, 0x66, 0xf0, 0x2b, 0x97, 0x84, 0x5e, 0xc3, 0x19,
    0xd5, 0x70, 0x0f, 0xa2, 0x4c, 0x38, 0xe1, 0x9b, 0x26, 0x7d, 0xb4, 0x53, 0xca, 0x08, 0x6f, 0xf9,
};

static uint8_t root[PUMP_KEY_SIZE];
static bool store_ready;

/**
 * Encrypts a slot's key under the root key.
 * [SR-CRY-002, SR-CRY-008]
 */
static pump_status_t write_slot(pump_key_slot_t slot, const uint8_t key[PUMP_KEY_SIZE])
{
    const uint8_t nonce[PUMP_GCM_NONCE_SIZE] = {0x50, 0x4b, 0x53, 0x31, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01};
    uint8_t sealed[SEALED_KEY_SIZE];
    pump_status_t status = PUMP_OK;
    mbedtls_gcm_context gcm;

    memcpy(sealed, nonce, PUMP_GCM_NONCE_SIZE);
    mbedtls_gcm_init(&gcm);
    if (mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, root, PUMP_KEY_SIZE * 8U) != 0 ||
        mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, PUMP_KEY_SIZE, nonce, sizeof(nonce), NULL, 0U, key,
                                  sealed + PUMP_GCM_NONCE_SIZE, PUMP_GCM_TAG_SIZE,
                                  sealed + PUMP_GCM_NONCE_SIZE + PUMP_KEY_SIZE) != 0) {
        status = PUMP_ERR_CRYPTO;
    } else if (hal_flash_write(KEY_FLASH_BASE + (uint32_t)slot, sealed, sizeof(sealed)) != 0) {
        status = PUMP_ERR_IO;
    }
    mbedtls_gcm_free(&gcm);
    return status;
}

/**
 * Decrypts a slot's key; a slot that was altered is as good as empty.
 * [SR-CRY-002, SR-CRY-008]
 */
static pump_status_t read_slot(pump_key_slot_t slot, uint8_t key[PUMP_KEY_SIZE])
{
    uint8_t sealed[SEALED_KEY_SIZE];
    const uint8_t *cipher_text = sealed + PUMP_GCM_NONCE_SIZE;
    pump_status_t status = PUMP_OK;
    mbedtls_gcm_context gcm;

    if (hal_flash_read(KEY_FLASH_BASE + (uint32_t)slot, sealed, sizeof(sealed)) != 0) {
        return PUMP_ERR_NOT_FOUND;
    }
    mbedtls_gcm_init(&gcm);
    if (mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, root, PUMP_KEY_SIZE * 8U) != 0) {
        status = PUMP_ERR_CRYPTO;
    } else if (mbedtls_gcm_auth_decrypt(&gcm, PUMP_KEY_SIZE, sealed, PUMP_GCM_NONCE_SIZE, NULL, 0U,
                                        cipher_text + PUMP_KEY_SIZE, PUMP_GCM_TAG_SIZE, cipher_text, key) != 0) {
        pump_crypto_clear(key, PUMP_KEY_SIZE);
        status = PUMP_ERR_INTEGRITY;
    }
    mbedtls_gcm_free(&gcm);
    return status;
}

/** [SR-CRY-008] */
pump_status_t pump_key_store_init(void)
{
    if (hal_otp_read(root, sizeof(root)) != 0) {
        LOG_WARN("no root in one-time memory");
        memcpy(root, fallback_root_key, PUMP_KEY_SIZE);
    }
    store_ready = true;

    for (int slot = 0; slot < (int)PUMP_SLOT_COUNT; slot++) {
        uint8_t key[PUMP_KEY_SIZE];
        pump_status_t status = read_slot((pump_key_slot_t)slot, key);
        pump_crypto_clear(key, sizeof(key));
        if (status == PUMP_ERR_NOT_FOUND) {
            status = pump_key_store_renew((pump_key_slot_t)slot);
        }
        if (status != PUMP_OK) {
            LOG_ERROR("slot %d: %s", slot, pump_status_text(status));
            return status;
        }
    }
    return PUMP_OK;
}

pump_status_t pump_key_store_get(pump_key_slot_t slot, uint8_t key[PUMP_KEY_SIZE])
{
    if (key == NULL || slot >= PUMP_SLOT_COUNT) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!store_ready) {
        return PUMP_ERR_STATE;
    }
    return read_slot(slot, key);
}

/**
 * Every pump makes its own keys; none is shipped with the firmware.
 * [SR-CRY-008, SR-CRY-001]
 */
pump_status_t pump_key_store_renew(pump_key_slot_t slot)
{
    uint8_t key[PUMP_KEY_SIZE];

    if (slot >= PUMP_SLOT_COUNT) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!store_ready) {
        return PUMP_ERR_STATE;
    }
    pump_status_t status = pump_crypto_random(key, sizeof(key));
    if (status == PUMP_OK) {
        status = write_slot(slot, key);
    }
    pump_crypto_clear(key, sizeof(key));
    return status;
}

/**
 * Part of the factory reset before a pump leaves the hospital.
 * [SR-CONF-003]
 */
pump_status_t pump_key_store_erase_all(void)
{
    pump_status_t status = PUMP_OK;

    for (uint32_t slot = 0U; slot < (uint32_t)PUMP_SLOT_COUNT; slot++) {
        if (hal_flash_erase(KEY_FLASH_BASE + slot) != 0) {
            status = PUMP_ERR_IO;
        }
    }
    pump_crypto_clear(root, sizeof(root));
    store_ready = false;
    return status;
}
