/**
 * @file session.c
 * @brief The treatment of one patient: who, where, which drug, how much.
 */
#define PUMP_LOG_MODULE "session"

#include "pump_session.h"

#include "hal/system.h"
#include "mbedtls/aes.h"
#include "pump_clock.h"
#include "pump_crypto.h"
#include "pump_key_store.h"
#include "pump_log.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AES_BLOCK_SIZE 16U
#define FLASH_SLOT_RECORD 0x20U

typedef struct {
    char patient_id[PUMP_SESSION_PATIENT_SIZE];
    char bed[PUMP_SESSION_BED_SIZE];
    uint64_t started;
    uint32_t delivered_ul;
    uint16_t drug_id;
} session_t;

_Static_assert(sizeof(session_t) <= PUMP_SESSION_EXPORT_SIZE, "a record fits its export");
_Static_assert(PUMP_SESSION_EXPORT_SIZE % AES_BLOCK_SIZE == 0U, "an export is whole blocks");

static session_t *active;

/** Letters, digits and hyphens, as the hospital's wristbands have them. */
static bool well_formed_id(const char *text)
{
    const size_t length = strlen(text);

    if (length == 0U || length >= PUMP_SESSION_PATIENT_SIZE) {
        return false;
    }
    for (size_t i = 0U; i < length; i++) {
        if (!isalnum((unsigned char)text[i]) && text[i] != '-') {
            return false;
        }
    }
    return true;
}

/** [SR-INT-003] */
pump_status_t pump_session_open(const char *patient_id)
{
    if (patient_id == NULL || !well_formed_id(patient_id)) {
        return PUMP_ERR_ARGUMENT;
    }
    if (active != NULL) {
        return PUMP_ERR_STATE;
    }
    active = calloc(1U, sizeof(session_t));
    if (active == NULL) {
        return PUMP_ERR_MEMORY;
    }
    (void)snprintf(active->patient_id, sizeof(active->patient_id), "%s", patient_id);
    active->started = pump_clock_now();
    return PUMP_OK;
}

pump_status_t pump_session_move(const char *bed)
{
    if (bed == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (active == NULL) {
        return PUMP_ERR_STATE;
    }
    strcpy(active->bed, bed);
    return PUMP_OK;
}

pump_status_t pump_session_note(uint16_t drug_id, uint32_t delivered_ul)
{
    if (active == NULL) {
        return PUMP_ERR_STATE;
    }
    active->drug_id = drug_id;
    active->delivered_ul = delivered_ul;
    return PUMP_OK;
}

/**
 * The record leaves the pump encrypted, with the key that the hospital's record system holds too.
 * [SR-CONF-001, SR-CRY-002]
 */
pump_status_t pump_session_export(uint8_t *out, size_t capacity)
{
    uint8_t plain[PUMP_SESSION_EXPORT_SIZE];
    uint8_t key[PUMP_KEY_SIZE];
    mbedtls_aes_context aes;

    if (out == NULL || capacity < PUMP_SESSION_EXPORT_SIZE) {
        return PUMP_ERR_ARGUMENT;
    }
    if (active == NULL) {
        return PUMP_ERR_STATE;
    }
    pump_status_t status = pump_key_store_get(PUMP_SLOT_RECORD, key);
    if (status != PUMP_OK) {
        return status;
    }
    memset(plain, 0, sizeof(plain));
    memcpy(plain, active, sizeof(session_t));

    mbedtls_aes_init(&aes);
    if (mbedtls_aes_setkey_enc(&aes, key, PUMP_KEY_SIZE * 8U) != 0) {
        status = PUMP_ERR_CRYPTO;
    }
    for (size_t at = 0U; status == PUMP_OK && at < sizeof(plain); at += AES_BLOCK_SIZE) {
        if (mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, plain + at, out + at) != 0) {
            status = PUMP_ERR_CRYPTO;
        }
    }
    mbedtls_aes_free(&aes);
    pump_crypto_clear(plain, sizeof(plain));
    pump_crypto_clear(key, sizeof(key));
    return status;
}

/** [SR-CONF-001] */
pump_status_t pump_session_archive(void)
{
    uint8_t record[PUMP_SESSION_EXPORT_SIZE];

    const pump_status_t status = pump_session_export(record, sizeof(record));
    if (status != PUMP_OK) {
        return status;
    }
    return (hal_flash_write(FLASH_SLOT_RECORD, record, sizeof(record)) == 0) ? PUMP_OK : PUMP_ERR_IO;
}

/**
 * The next patient's nurse must find nothing of the last one.
 * [SR-CONF-004]
 */
pump_status_t pump_session_close(void)
{
    if (active == NULL) {
        return PUMP_ERR_STATE;
    }
    pump_crypto_clear(active->patient_id, sizeof(active->patient_id));
    free(active);
    LOG_INFO("closed after %lu microlitres", (unsigned long)active->delivered_ul);
    active = NULL;
    return PUMP_OK;
}

bool pump_session_is_open(void)
{
    return active != NULL;
}

const char *pump_session_bed(void)
{
    return (active != NULL && active->bed[0] != '\0') ? active->bed : "-";
}
