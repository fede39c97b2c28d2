/**
 * @file config_store.c
 * @brief Settings of the pump in a small text file with a check value.
 */
#define _POSIX_C_SOURCE 200809L
#define PUMP_LOG_MODULE "config"

#include "pump_config_store.h"

#include "mbedtls/sha1.h"
#include "pump_access.h"
#include "pump_audit_log.h"
#include "pump_crypto.h"
#include "pump_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONFIG_LINE_SIZE 96U
#define CONFIG_TEXT_SIZE 256U
#define CHECK_SIZE 20U
#define CHECK_HEX_SIZE (2U * CHECK_SIZE + 1U)
#define ALARM_VOLUME_MIN 30U
#define ALARM_VOLUME_MAX 100U

static pump_config_t settings = {
    .serial = "000000",
    .gateway_host = "pump-gateway.ward.example",
    .gateway_port = 8883U,
    .alarm_volume = 70U,
    .report_period = 60U,
};

void pump_config_defaults(pump_config_t *config)
{
    memset(config, 0, sizeof(*config));
    (void)snprintf(config->serial, sizeof(config->serial), "000000");
    (void)snprintf(config->gateway_host, sizeof(config->gateway_host), "pump-gateway.ward.example");
    config->gateway_port = 8883U;
    config->alarm_volume = 70U;
    config->report_period = 60U;
}

static pump_status_t format_text(const pump_config_t *config, char *text, size_t capacity)
{
    const int used = snprintf(text, capacity, "serial=%s\nhost=%s\nport=%u\nvolume=%u\nperiod=%u\n", config->serial,
                              config->gateway_host, (unsigned int)config->gateway_port,
                              (unsigned int)config->alarm_volume, (unsigned int)config->report_period);
    return (used > 0 && (size_t)used < capacity) ? PUMP_OK : PUMP_ERR_RANGE;
}

/**
 * Check value over the text, in hexadecimal.
 * [SR-INT-002, SR-CRY-003]
 */
static pump_status_t check_value(const char *text, char hex[CHECK_HEX_SIZE])
{
    uint8_t sum[CHECK_SIZE];

    if (mbedtls_sha1((const unsigned char *)text, strlen(text), sum) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    for (size_t i = 0U; i < CHECK_SIZE; i++) {
        (void)snprintf(hex + 2U * i, 3U, "%02x", (unsigned int)sum[i]);
    }
    return PUMP_OK;
}

static pump_status_t validate(const pump_config_t *config)
{
    if (config->serial[0] == '\0' || config->gateway_host[0] == '\0' || config->gateway_port == 0U) {
        return PUMP_ERR_ARGUMENT;
    }
    if (config->alarm_volume < ALARM_VOLUME_MIN || config->alarm_volume > ALARM_VOLUME_MAX) {
        return PUMP_ERR_RANGE;
    }
    if (config->report_period < 5U) {
        return PUMP_ERR_RANGE;
    }
    return PUMP_OK;
}

/** Takes one line `name=value` into @p config; unknown names are an error. */
static pump_status_t apply_line(char *line, pump_config_t *config, char stored_check[CHECK_HEX_SIZE])
{
    line[strcspn(line, "\r\n")] = '\0';
    char *value = strchr(line, '=');
    if (value == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    *value = '\0';
    value++;

    if (strcmp(line, "serial") == 0) {
        (void)snprintf(config->serial, sizeof(config->serial), "%s", value);
    } else if (strcmp(line, "host") == 0) {
        (void)snprintf(config->gateway_host, sizeof(config->gateway_host), "%s", value);
    } else if (strcmp(line, "check") == 0) {
        (void)snprintf(stored_check, CHECK_HEX_SIZE, "%s", value);
    } else {
        const long number = atol(value);
        if (strcmp(line, "port") == 0) {
            config->gateway_port = (uint16_t)number;
        } else if (strcmp(line, "volume") == 0) {
            config->alarm_volume = (uint8_t)number;
        } else if (strcmp(line, "period") == 0) {
            config->report_period = (uint16_t)number;
        } else {
            return PUMP_ERR_NOT_FOUND;
        }
    }
    return PUMP_OK;
}

/**
 * Settings whose check value is wrong are refused as a whole.
 * [SR-INT-002]
 */
pump_status_t pump_config_load(const char *path)
{
    pump_config_t loaded;
    char line[CONFIG_LINE_SIZE];
    char text[CONFIG_TEXT_SIZE];
    char stored[CHECK_HEX_SIZE] = "";
    char computed[CHECK_HEX_SIZE];
    pump_status_t status = PUMP_OK;

    if (path == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (access(path, R_OK) != 0) {
        LOG_INFO("no settings yet");
        return PUMP_ERR_NOT_FOUND;
    }
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return PUMP_ERR_IO;
    }
    pump_config_defaults(&loaded);
    while (status == PUMP_OK && fgets(line, (int)sizeof(line), file) != NULL) {
        status = apply_line(line, &loaded, stored);
    }
    (void)fclose(file);
    if (status == PUMP_OK) {
        status = format_text(&loaded, text, sizeof(text));
    }
    if (status == PUMP_OK) {
        status = check_value(text, computed);
    }
    if (status == PUMP_OK && !pump_crypto_equal((const uint8_t *)stored, (const uint8_t *)computed, CHECK_HEX_SIZE)) {
        status = PUMP_ERR_INTEGRITY;
    }
    if (status == PUMP_OK) {
        status = validate(&loaded);
    }
    if (status != PUMP_OK) {
        LOG_ERROR("settings refused: %s", pump_status_text(status));
        return status;
    }
    settings = loaded;
    return PUMP_OK;
}

/** [SR-INT-002] */
pump_status_t pump_config_save(const char *path)
{
    char text[CONFIG_TEXT_SIZE];
    char check[CHECK_HEX_SIZE];

    if (path == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    pump_status_t status = format_text(&settings, text, sizeof(text));
    if (status == PUMP_OK) {
        status = check_value(text, check);
    }
    if (status != PUMP_OK) {
        return status;
    }
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return PUMP_ERR_IO;
    }
    const int written = fprintf(file, "%scheck=%s\n", text, check);
    if (fclose(file) != 0 || written < 0) {
        return PUMP_ERR_IO;
    }
    return PUMP_OK;
}

/** [SR-ACC-001, SR-LOG-001] */
pump_status_t pump_config_change(const pump_config_t *config)
{
    if (config == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!pump_access_permits(pump_access_current_role(), PUMP_ACTION_CONFIGURE)) {
        return PUMP_ERR_DENIED;
    }
    pump_status_t status = validate(config);
    if (status == PUMP_OK) {
        status = pump_audit_append(PUMP_AUDIT_CONFIG_CHANGED, "settings changed at the panel");
    }
    if (status == PUMP_OK) {
        settings = *config;
    }
    return status;
}

const pump_config_t *pump_config_current(void)
{
    return &settings;
}

pump_status_t pump_config_text(char *text, size_t capacity)
{
    return (text == NULL) ? PUMP_ERR_ARGUMENT : format_text(&settings, text, capacity);
}
