/**
 * @file pump_config_store.h
 * @brief Settings of the pump in a small text file with a check value.
 */
#ifndef PUMP_CONFIG_STORE_H
#define PUMP_CONFIG_STORE_H

#include "pump_status.h"

#include <stddef.h>
#include <stdint.h>

#define PUMP_CONFIG_HOST_SIZE 64U
#define PUMP_CONFIG_SERIAL_SIZE 16U

typedef struct {
    char serial[PUMP_CONFIG_SERIAL_SIZE];
    char gateway_host[PUMP_CONFIG_HOST_SIZE];
    uint16_t gateway_port;
    uint8_t alarm_volume;   /**< per cent, never below 30 */
    uint16_t report_period; /**< seconds between two status reports */
} pump_config_t;

/** Fills @p config with the values of a new pump. */
void pump_config_defaults(pump_config_t *config);

/** Reads the file; on any error the settings in use stay as they are. */
pump_status_t pump_config_load(const char *path);

/** Writes the settings in use; only for an administrator. */
pump_status_t pump_config_save(const char *path);

/** Checks and takes over new settings; only for an administrator. */
pump_status_t pump_config_change(const pump_config_t *config);

/** @return the settings in use. */
const pump_config_t *pump_config_current(void);

/** Text form of the settings in use, as it is written to the file. */
pump_status_t pump_config_text(char *text, size_t capacity);

#endif
