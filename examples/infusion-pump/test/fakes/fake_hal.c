/**
 * @file fake_hal.c
 * @brief A board in memory.
 */
#include "fake_hal.h"

#include "hal/ble.h"
#include "hal/motor.h"
#include "hal/system.h"

#include <stdio.h>
#include <string.h>

#define FLASH_SLOTS 0x60U
#define FLASH_SLOT_SIZE 1024U

typedef struct {
    size_t size;
    uint8_t bytes[FLASH_SLOT_SIZE];
} flash_slot_t;

fake_board_t fake_board;
static flash_slot_t flash[FLASH_SLOTS];
static uint8_t noise;

void fake_board_reset(void)
{
    memset(&fake_board, 0, sizeof(fake_board));
    memset(flash, 0, sizeof(flash));
    noise = 1U;
    fake_board.rtc_s = 1767225600U; /* 2026-01-01T00:00:00Z */
    fake_board.entropy_works = true;
    fake_board.otp_programmed = true;
}

void fake_board_advance_ms(uint32_t ms)
{
    fake_board.uptime_ms += ms;
    fake_board.rtc_s += ms / 1000U;
}

void fake_flash_damage(uint32_t slot, size_t at)
{
    flash[slot].bytes[at] ^= 0xffU;
}

bool fake_flash_filled(uint32_t slot)
{
    return flash[slot].size > 0U;
}

uint64_t hal_rtc_seconds(void)
{
    return fake_board.rtc_s;
}

void hal_rtc_set(uint64_t seconds)
{
    fake_board.rtc_s = seconds;
}

uint32_t hal_uptime_ms(void)
{
    return fake_board.uptime_ms;
}

void hal_watchdog_start(uint32_t timeout_ms)
{
    (void)timeout_ms;
    fake_board.kicks = 0U;
}

void hal_watchdog_kick(void)
{
    fake_board.kicks++;
}

void hal_system_reset(void)
{
}

int hal_otp_read(uint8_t *out, size_t size)
{
    if (!fake_board.otp_programmed) {
        return -1;
    }
    memset(out, 0x42, size);
    return 0;
}

int hal_entropy(void *context, unsigned char *output, size_t size)
{
    (void)context;
    if (!fake_board.entropy_works) {
        return -1;
    }
    for (size_t i = 0U; i < size; i++) {
        noise = (uint8_t)(noise * 37U + 11U);
        output[i] = noise;
    }
    return 0;
}

int hal_flash_read(uint32_t slot, uint8_t *out, size_t size)
{
    if (slot >= FLASH_SLOTS || flash[slot].size != size) {
        return -1;
    }
    memcpy(out, flash[slot].bytes, size);
    return 0;
}

int hal_flash_write(uint32_t slot, const uint8_t *data, size_t size)
{
    if (slot >= FLASH_SLOTS || size > FLASH_SLOT_SIZE) {
        return -1;
    }
    memcpy(flash[slot].bytes, data, size);
    flash[slot].size = size;
    return 0;
}

int hal_flash_erase(uint32_t slot)
{
    if (slot >= FLASH_SLOTS) {
        return -1;
    }
    memset(&flash[slot], 0, sizeof(flash[slot]));
    return 0;
}

int hal_uart_write(const char *text)
{
    (void)text;
    return 0;
}

bool hal_uart_service_plug(void)
{
    return fake_board.service_plug;
}

int hal_uart_read_line(char *line, size_t capacity)
{
    (void)line;
    (void)capacity;
    return 0;
}

void hal_panel_show(const char *text)
{
    (void)snprintf(fake_board.shown, sizeof(fake_board.shown), "%s", text);
}

void hal_panel_buzzer(bool on)
{
    fake_board.buzzer = on;
}

bool hal_panel_confirm_pressed(void)
{
    return fake_board.confirm_pressed;
}

int hal_panel_pressed(void)
{
    return 0;
}

int hal_ble_advertise(bool enable)
{
    fake_board.advertising = enable;
    return 0;
}

int hal_ble_send(const uint8_t *data, size_t size)
{
    if (size > sizeof(fake_board.sent)) {
        return -1;
    }
    memcpy(fake_board.sent, data, size);
    fake_board.sent_size = size;
    return 0;
}

int hal_ble_shared_secret(uint8_t *out, size_t size)
{
    memset(out, 0x5a, size);
    return 0;
}

void hal_ble_disconnect(void)
{
}

void hal_motor_enable(bool enable)
{
    fake_board.motor_on = enable;
}

void hal_motor_step(uint32_t steps)
{
    if (fake_board.motor_on && !fake_board.encoder_stuck) {
        fake_board.encoder += steps;
    }
}

uint32_t hal_motor_encoder(void)
{
    return fake_board.encoder;
}

uint16_t hal_motor_force_millinewton(void)
{
    return fake_board.force_mn;
}
