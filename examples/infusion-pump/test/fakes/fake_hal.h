/**
 * @file fake_hal.h
 * @brief A board in memory, with every input that a test may set and every output it may look at.
 */
#ifndef FAKE_HAL_H
#define FAKE_HAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t rtc_s;
    uint32_t uptime_ms;
    bool entropy_works;
    bool otp_programmed;
    bool confirm_pressed;
    bool service_plug;
    bool motor_on;
    bool encoder_stuck;
    uint32_t encoder;
    uint16_t force_mn;
    bool buzzer;
    bool advertising;
    unsigned int kicks;
    char shown[64];
    uint8_t sent[128];
    size_t sent_size;
} fake_board_t;

extern fake_board_t fake_board;

/** Puts the board back to its first state, empty flash included. */
void fake_board_reset(void);

/** Lets @p ms pass on both clocks. */
void fake_board_advance_ms(uint32_t ms);

/** Inverts one stored byte of a flash slot. */
void fake_flash_damage(uint32_t slot, size_t at);

/** @return whether anything is stored in a flash slot. */
bool fake_flash_filled(uint32_t slot);

#endif
