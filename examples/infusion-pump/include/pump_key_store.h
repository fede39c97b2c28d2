/**
 * @file pump_key_store.h
 * @brief Keys of this pump, sealed in flash with a root key that never leaves the chip.
 */
#ifndef PUMP_KEY_STORE_H
#define PUMP_KEY_STORE_H

#include "pump_crypto.h"
#include "pump_status.h"

/** One slot a purpose: a key is never used for two things. */
typedef enum {
    PUMP_SLOT_AUDIT = 0,
    PUMP_SLOT_RECORD,
    PUMP_SLOT_CONFIG,
    PUMP_SLOT_SERVICE,
    PUMP_SLOT_COUNT
} pump_key_slot_t;

/** Reads the root key and makes the missing slot keys. */
pump_status_t pump_key_store_init(void);

/** Copies the key of @p slot; the caller clears it after use. */
pump_status_t pump_key_store_get(pump_key_slot_t slot, uint8_t key[PUMP_KEY_SIZE]);

/** Replaces the key of @p slot with a fresh random one. */
pump_status_t pump_key_store_renew(pump_key_slot_t slot);

/** Erases all keys: with them all sealed data becomes unreadable. */
pump_status_t pump_key_store_erase_all(void);

#endif
