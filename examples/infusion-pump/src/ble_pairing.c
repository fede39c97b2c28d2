/**
 * @file ble_pairing.c
 * @brief Pairing of the nurse's handheld with the pump: numeric comparison, confirmed on the pump.
 */
#define PUMP_LOG_MODULE "pairing"

#include "pump_ble_pairing.h"

#include "hal/ble.h"
#include "hal/system.h"
#include "pump_audit_log.h"
#include "pump_ble_link.h"
#include "pump_clock.h"
#include "pump_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static pump_pairing_state_t state = PUMP_PAIRING_IDLE;
static uint32_t opened_at_ms;
static uint8_t own_nonce[PUMP_CHALLENGE_SIZE];
static uint8_t other_nonce[PUMP_CHALLENGE_SIZE];

/** A new nonce for every pairing. */
static void make_nonce(uint8_t nonce[PUMP_CHALLENGE_SIZE])
{
    srand(time(NULL));
    for (size_t i = 0U; i < PUMP_CHALLENGE_SIZE; i++) {
        nonce[i] = (uint8_t)rand();
    }
}

/**
 * Pairing starts at the pump only, never over the air.
 * [SR-AUTH-002]
 */
pump_status_t pump_pairing_open(void)
{
    if (state != PUMP_PAIRING_IDLE) {
        return PUMP_ERR_STATE;
    }
    make_nonce(own_nonce);
    if (hal_ble_advertise(true) != 0) {
        return PUMP_ERR_IO;
    }
    opened_at_ms = pump_clock_uptime_ms();
    state = PUMP_PAIRING_OPEN;
    return PUMP_OK;
}

/**
 * The number comes from both nonces and the shared secret of the key agreement, so that someone in the middle would
 * have to show the user two different numbers.
 * [SR-AUTH-001]
 */
static pump_status_t comparison_number(unsigned int *number)
{
    uint8_t shared[PUMP_KEY_SIZE];
    uint8_t material[PUMP_KEY_SIZE];

    if (hal_ble_shared_secret(shared, sizeof(shared)) != 0) {
        return PUMP_ERR_IO;
    }
    const pump_status_t status = pump_crypto_derive_link_key(shared, own_nonce, other_nonce, material);
    if (status == PUMP_OK) {
        const uint32_t word = ((uint32_t)material[0] << 24U) | ((uint32_t)material[1] << 16U) |
                              ((uint32_t)material[2] << 8U) | (uint32_t)material[3];
        *number = (unsigned int)(word % PUMP_PAIRING_NUMBER_LIMIT);
    }
    pump_crypto_clear(shared, sizeof(shared));
    pump_crypto_clear(material, sizeof(material));
    return status;
}

/**
 * Shows the number on the panel; the handheld shows its own.
 * [SR-AUTH-001]
 */
pump_status_t pump_pairing_request(const uint8_t peer_nonce[PUMP_CHALLENGE_SIZE])
{
    char shown[32];
    unsigned int pairing_pin = 0U;

    if (peer_nonce == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (state != PUMP_PAIRING_OPEN) {
        return PUMP_ERR_STATE;
    }
    memcpy(other_nonce, peer_nonce, sizeof(other_nonce));
    const pump_status_t status = comparison_number(&pairing_pin);
    if (status != PUMP_OK) {
        pump_pairing_cancel();
        return status;
    }
    (void)snprintf(shown, sizeof(shown), "Same number? %06u", pairing_pin);
    hal_panel_show(shown);
    LOG_DEBUG("comparing %06u", pairing_pin);
    state = PUMP_PAIRING_COMPARING;
    return PUMP_OK;
}

/**
 * Hands the new link key over, but only after a person pressed the button on the pump.
 * [SR-AUTH-001, SR-CRY-009]
 */
pump_status_t pump_pairing_confirm(void)
{
    uint8_t shared[PUMP_KEY_SIZE];
    uint8_t link_key[PUMP_KEY_SIZE];

    if (state != PUMP_PAIRING_COMPARING) {
        return PUMP_ERR_STATE;
    }
    if (!hal_panel_confirm_pressed()) {
        return PUMP_ERR_AUTH;
    }
    if (hal_ble_shared_secret(shared, sizeof(shared)) != 0) {
        return PUMP_ERR_IO;
    }
    pump_status_t status = pump_crypto_derive_link_key(shared, own_nonce, other_nonce, link_key);
    if (status == PUMP_OK) {
        status = pump_link_open(link_key);
    }
    pump_crypto_clear(shared, sizeof(shared));
    pump_crypto_clear(link_key, sizeof(link_key));
    if (status != PUMP_OK) {
        pump_pairing_cancel();
        return status;
    }
    state = PUMP_PAIRING_DONE;
    (void)hal_ble_advertise(false);
    (void)pump_audit_append(PUMP_AUDIT_PAIRED, "handheld confirmed on the pump");
    return PUMP_OK;
}

void pump_pairing_cancel(void)
{
    pump_crypto_clear(own_nonce, sizeof(own_nonce));
    pump_crypto_clear(other_nonce, sizeof(other_nonce));
    (void)hal_ble_advertise(false);
    hal_panel_show("");
    state = PUMP_PAIRING_IDLE;
}

/**
 * The window closes by itself after a minute.
 * [SR-AUTH-002]
 */
void pump_pairing_tick(void)
{
    if (state != PUMP_PAIRING_OPEN && state != PUMP_PAIRING_COMPARING) {
        return;
    }
    if (pump_clock_uptime_ms() - opened_at_ms >= PUMP_PAIRING_WINDOW_MS) {
        LOG_INFO("window closed");
        pump_pairing_cancel();
    }
}

pump_pairing_state_t pump_pairing_state(void)
{
    return state;
}

pump_status_t pump_pairing_nonce(uint8_t nonce[PUMP_CHALLENGE_SIZE])
{
    if (nonce == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (state == PUMP_PAIRING_IDLE) {
        return PUMP_ERR_STATE;
    }
    memcpy(nonce, own_nonce, PUMP_CHALLENGE_SIZE);
    return PUMP_OK;
}
