/**
 * @file pump_ble_pairing.h
 * @brief Pairing of the nurse's handheld with the pump: numeric comparison, confirmed on the pump.
 */
#ifndef PUMP_BLE_PAIRING_H
#define PUMP_BLE_PAIRING_H

#include "pump_crypto.h"
#include "pump_status.h"

#include <stdint.h>

/** How long the pump stays open for pairing after the button was pressed. */
#define PUMP_PAIRING_WINDOW_MS 60000U

/** The number that both sides show has six digits. */
#define PUMP_PAIRING_NUMBER_LIMIT 1000000U

typedef enum {
    PUMP_PAIRING_IDLE = 0,
    PUMP_PAIRING_OPEN,      /**< waiting for a handheld */
    PUMP_PAIRING_COMPARING, /**< both sides show the number */
    PUMP_PAIRING_DONE
} pump_pairing_state_t;

/** Opens the pairing window; called when the button on the pump is pressed. */
pump_status_t pump_pairing_open(void);

/** A handheld answered with its nonce; the pump shows the number to compare. */
pump_status_t pump_pairing_request(const uint8_t peer_nonce[PUMP_CHALLENGE_SIZE]);

/** The user confirmed on the pump that the numbers are equal. */
pump_status_t pump_pairing_confirm(void);

/** Closes the window and forgets everything that was exchanged. */
void pump_pairing_cancel(void);

/** Call once a second: closes the window in time. */
void pump_pairing_tick(void);

/** @return the present state. */
pump_pairing_state_t pump_pairing_state(void);

/** Nonce of this pairing, to be sent to the handheld. */
pump_status_t pump_pairing_nonce(uint8_t nonce[PUMP_CHALLENGE_SIZE]);

#endif
