/**
 * @file pump_firmware_update.h
 * @brief Signed firmware updates, received in pieces, installed into the inactive slot.
 */
#ifndef PUMP_FIRMWARE_UPDATE_H
#define PUMP_FIRMWARE_UPDATE_H

#include "pump_crypto.h"
#include "pump_status.h"

#include <stddef.h>
#include <stdint.h>

#define PUMP_FIRMWARE_VERSION 0x00020300U
#define PUMP_UPDATE_MAX_SIZE (512U * 1024U)
#define PUMP_UPDATE_SIGNATURE_SIZE 72U
#define PUMP_UPDATE_SHORT_CODE_SIZE 9U

typedef enum { PUMP_UPDATE_IDLE = 0, PUMP_UPDATE_RECEIVING, PUMP_UPDATE_INSTALLED } pump_update_state_t;

typedef struct {
    uint32_t version; /**< major, minor, patch, build: one byte each */
    uint32_t size;    /**< bytes of the image */
    uint8_t digest[PUMP_DIGEST_SIZE];
    uint8_t signature[PUMP_UPDATE_SIGNATURE_SIZE];
    size_t signature_size;
} pump_update_manifest_t;

/** Starts an update; refused while the pump infuses or for an older version. */
pump_status_t pump_update_begin(const pump_update_manifest_t *manifest);

/** Adds a piece; the pieces come in order. */
pump_status_t pump_update_chunk(uint32_t offset, const uint8_t *data, size_t size);

/** Checks digest and signature, installs, marks the new slot for the next start. */
pump_status_t pump_update_finish(void);

/** Gives up; the running firmware stays. */
void pump_update_abort(const char *reason);

/** Eight characters that the technician compares with the release letter. */
pump_status_t pump_update_short_code(char code[PUMP_UPDATE_SHORT_CODE_SIZE]);

/** @return the present state. */
pump_update_state_t pump_update_state(void);

#endif
