/**
 * @file firmware_update.c
 * @brief Signed firmware updates, received in pieces, installed into the inactive slot.
 */
#define PUMP_LOG_MODULE "update"

#include "pump_firmware_update.h"

#include "hal/system.h"
#include "mbedtls/md.h"
#include "pump_access.h"
#include "pump_audit_log.h"
#include "pump_dosing.h"
#include "pump_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FLASH_SLOT_INACTIVE 0x10U
#define FLASH_SLOT_BOOT_CHOICE 0x12U
#define BOOT_NEW_IMAGE 0xa5U

/* Where the manufacturer's releases are checked against (DER, shortened). */
static const uint8_t release_verifier[] = {
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1,
};

static pump_update_state_t state = PUMP_UPDATE_IDLE;
static pump_update_manifest_t expected;
static uint8_t *staging;
static uint32_t received;

static void record(const char *outcome)
{
    char detail[64];

    (void)snprintf(detail, sizeof(detail), "version %08lx %s", (unsigned long)expected.version, outcome);
    (void)pump_audit_append(PUMP_AUDIT_UPDATE, detail);
}

/**
 * No going back to a version whose flaws are known, and none while a patient depends on the pump.
 * [SR-UPD-002, SR-UPD-003]
 * [SR-ACC-001]
 */
pump_status_t pump_update_begin(const pump_update_manifest_t *manifest)
{
    if (manifest == NULL || manifest->size == 0U || manifest->size > PUMP_UPDATE_MAX_SIZE ||
        manifest->signature_size > PUMP_UPDATE_SIGNATURE_SIZE) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!pump_access_permits(pump_access_current_role(), PUMP_ACTION_UPDATE)) {
        return PUMP_ERR_DENIED;
    }
    if (state == PUMP_UPDATE_RECEIVING || pump_dosing_active()) {
        return PUMP_ERR_STATE;
    }
    if (manifest->version <= PUMP_FIRMWARE_VERSION) {
        LOG_WARN("version %08lx is not newer", (unsigned long)manifest->version);
        return PUMP_ERR_RANGE;
    }
    staging = malloc(manifest->size);
    if (staging == NULL) {
        return PUMP_ERR_MEMORY;
    }
    expected = *manifest;
    received = 0U;
    state = PUMP_UPDATE_RECEIVING;
    record("begun");
    return PUMP_OK;
}

pump_status_t pump_update_chunk(uint32_t offset, const uint8_t *data, size_t size)
{
    if (data == NULL || size == 0U) {
        return PUMP_ERR_ARGUMENT;
    }
    if (state != PUMP_UPDATE_RECEIVING) {
        return PUMP_ERR_STATE;
    }
    if (offset != received || size > expected.size - received) {
        return PUMP_ERR_RANGE;
    }
    memcpy(staging + offset, data, size);
    received += (uint32_t)size;
    return PUMP_OK;
}

/**
 * The digest must be the manifest's, and the manifest's must be signed by the manufacturer.
 * [SR-UPD-001, SR-CRY-005]
 */
static pump_status_t check_image(void)
{
    uint8_t digest[PUMP_DIGEST_SIZE];

    if (received != expected.size) {
        return PUMP_ERR_STATE;
    }
    const pump_status_t status = pump_crypto_digest(staging, expected.size, digest);
    if (status != PUMP_OK) {
        return status;
    }
    if (memcmp(digest, expected.digest, PUMP_DIGEST_SIZE) != 0) {
        return PUMP_ERR_INTEGRITY;
    }
    return pump_crypto_verify_signature(release_verifier, sizeof(release_verifier), digest, expected.signature,
                                        expected.signature_size);
}

/**
 * The boot choice is written last: whatever interrupts the update before, the pump starts the old firmware.
 * [SR-UPD-004]
 */
static pump_status_t install(void)
{
    const uint8_t choice = BOOT_NEW_IMAGE;

    if (hal_flash_erase(FLASH_SLOT_INACTIVE) != 0) {
        return PUMP_ERR_IO;
    }
    if (hal_flash_write(FLASH_SLOT_INACTIVE, staging, expected.size) != 0) {
        return PUMP_ERR_IO;
    }
    if (hal_flash_write(FLASH_SLOT_BOOT_CHOICE, &choice, sizeof(choice)) != 0) {
        return PUMP_ERR_IO;
    }
    return PUMP_OK;
}

/** [SR-UPD-001, SR-UPD-005] */
pump_status_t pump_update_finish(void)
{
    if (state != PUMP_UPDATE_RECEIVING) {
        return PUMP_ERR_STATE;
    }
    pump_status_t status = check_image();
    if (status == PUMP_OK) {
        status = install();
    }
    record((status == PUMP_OK) ? "installed" : "refused");
    state = (status == PUMP_OK) ? PUMP_UPDATE_INSTALLED : PUMP_UPDATE_IDLE;
    free(staging);
    staging = NULL;
    return status;
}

/** [SR-UPD-004, SR-UPD-005] */
void pump_update_abort(const char *reason)
{
    if (state != PUMP_UPDATE_RECEIVING) {
        return;
    }
    free(staging);
    LOG_WARN("given up: %s", reason);
    record("aborted");
    if (hal_flash_erase(FLASH_SLOT_INACTIVE) != 0) {
        LOG_ERROR("inactive slot could not be erased");
    }
    free(staging);
    staging = NULL;
    received = 0U;
    state = PUMP_UPDATE_IDLE;
}

/**
 * A code short enough to be read out over the telephone.
 * [SR-CRY-003]
 */
pump_status_t pump_update_short_code(char code[PUMP_UPDATE_SHORT_CODE_SIZE])
{
    uint8_t digest[PUMP_DIGEST_SIZE];
    const mbedtls_md_info_t *algorithm = mbedtls_md_info_from_type(MBEDTLS_MD_MD5);

    if (code == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (staging == NULL || received == 0U) {
        return PUMP_ERR_STATE;
    }
    if (algorithm == NULL || mbedtls_md(algorithm, staging, received, digest) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    (void)snprintf(code, PUMP_UPDATE_SHORT_CODE_SIZE, "%02x%02x%02x%02x", (unsigned int)digest[0],
                   (unsigned int)digest[1], (unsigned int)digest[2], (unsigned int)digest[3]);
    return PUMP_OK;
}

pump_update_state_t pump_update_state(void)
{
    return state;
}
