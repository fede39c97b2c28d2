/* Board support stub: clock, watchdog, one-time-programmable memory, flash slots, serial line, panel. */
#ifndef HAL_SYSTEM_H
#define HAL_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint64_t hal_rtc_seconds(void);
void hal_rtc_set(uint64_t seconds);
uint32_t hal_uptime_ms(void);

void hal_watchdog_start(uint32_t timeout_ms);
void hal_watchdog_kick(void);
void hal_system_reset(void);

int hal_otp_read(uint8_t *out, size_t size);
int hal_entropy(void *context, unsigned char *output, size_t size);

int hal_flash_read(uint32_t slot, uint8_t *out, size_t size);
int hal_flash_write(uint32_t slot, const uint8_t *data, size_t size);
int hal_flash_erase(uint32_t slot);

int hal_uart_write(const char *text);
bool hal_uart_service_plug(void);
int hal_uart_read_line(char *line, size_t capacity);

void hal_panel_show(const char *text);
void hal_panel_buzzer(bool on);
bool hal_panel_confirm_pressed(void);
int hal_panel_pressed(void);

#endif
