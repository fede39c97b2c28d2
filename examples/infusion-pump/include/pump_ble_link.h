/**
 * @file pump_ble_link.h
 * @brief Authenticated, ordered command frames over the radio link.
 *
 * Frame: counter (4 bytes, big endian), payload size (1), payload, authentication code (16).
 */
#ifndef PUMP_BLE_LINK_H
#define PUMP_BLE_LINK_H

#include "pump_crypto.h"
#include "pump_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUMP_LINK_HEADER_SIZE 5U
#define PUMP_LINK_CODE_SIZE 16U
#define PUMP_LINK_MAX_PAYLOAD 64U
#define PUMP_LINK_MAX_FRAME (PUMP_LINK_HEADER_SIZE + PUMP_LINK_MAX_PAYLOAD + PUMP_LINK_CODE_SIZE)
#define PUMP_LINK_MAX_FRAMES_PER_SECOND 10U
#define PUMP_LINK_NAME_SIZE 24U

typedef struct {
    uint32_t accepted;
    uint32_t rejected;
    uint32_t throttled;
} pump_link_statistics_t;

/** Starts a session with a fresh key; counters begin at zero. */
pump_status_t pump_link_open(const uint8_t link_key[PUMP_KEY_SIZE]);

/** Ends the session and forgets the key. */
void pump_link_close(void);

/** @return whether a handheld is connected. */
bool pump_link_is_open(void);

/** Remembers the name that the handheld announced, for the display only. */
pump_status_t pump_link_set_peer_name(const char *name);

/** @return the name that the handheld announced. */
const char *pump_link_peer_name(void);

/** Checks a received frame; @p payload gets the text with an end mark. */
pump_status_t pump_link_receive(const uint8_t *frame, size_t size, char *payload, size_t capacity);

/** Builds and sends a frame. */
pump_status_t pump_link_send(const char *payload);

/** @return counts since the session was opened. */
pump_link_statistics_t pump_link_statistics(void);

#endif
