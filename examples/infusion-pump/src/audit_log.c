/**
 * @file audit_log.c
 * @brief Chained audit records in an append-only file.
 *
 * One record a line: number;time;user;event;detail;digest. The digest is keyed and covers the previous record's digest,
 * so that a record can be neither changed nor left out without breaking all that follow.
 */
#define _POSIX_C_SOURCE 200809L
#define PUMP_LOG_MODULE "audit"

#include "pump_audit_log.h"

#include "pump_access.h"
#include "pump_clock.h"
#include "pump_crypto.h"
#include "pump_key_store.h"
#include "pump_log.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define AUDIT_PATH_SIZE 96U
#define AUDIT_LINE_SIZE 224U
#define AUDIT_HEX_SIZE (2U * PUMP_DIGEST_SIZE + 1U)

static const char *const event_names[PUMP_AUDIT_EVENT_COUNT] = {
    [PUMP_AUDIT_STARTED] = "started",
    [PUMP_AUDIT_LOGIN] = "login",
    [PUMP_AUDIT_LOGOUT] = "logout",
    [PUMP_AUDIT_LOGIN_FAILED] = "login-failed",
    [PUMP_AUDIT_LOGIN_LOCKED] = "login-locked",
    [PUMP_AUDIT_PROGRAM_CHANGED] = "program-changed",
    [PUMP_AUDIT_INFUSION_STARTED] = "infusion-started",
    [PUMP_AUDIT_INFUSION_STOPPED] = "infusion-stopped",
    [PUMP_AUDIT_ALARM] = "alarm",
    [PUMP_AUDIT_PAIRED] = "paired",
    [PUMP_AUDIT_FRAME_REJECTED] = "frame-rejected",
    [PUMP_AUDIT_CLOCK_CHANGED] = "clock-changed",
    [PUMP_AUDIT_CONFIG_CHANGED] = "config-changed",
    [PUMP_AUDIT_UPDATE] = "update",
    [PUMP_AUDIT_SERVICE] = "service",
    [PUMP_AUDIT_ERASED] = "erased",
};

static char log_path[AUDIT_PATH_SIZE];
static uint8_t chain[PUMP_DIGEST_SIZE];
static uint32_t record_count;
static bool log_ready;
static pump_audit_listener_t event_listener;

static void to_hex(const uint8_t *data, size_t size, char *text)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0U; i < size; i++) {
        text[2U * i] = digits[data[i] >> 4U];
        text[2U * i + 1U] = digits[data[i] & 0x0fU];
    }
    text[2U * size] = '\0';
}

/**
 * Digest of the previous digest and this record's text.
 * [SR-LOG-002]
 */
static pump_status_t chain_next(const char *record, const uint8_t previous[PUMP_DIGEST_SIZE],
                                uint8_t next[PUMP_DIGEST_SIZE])
{
    uint8_t input[PUMP_DIGEST_SIZE + AUDIT_LINE_SIZE];
    uint8_t key[PUMP_KEY_SIZE];
    const size_t length = strlen(record);

    if (length > AUDIT_LINE_SIZE) {
        return PUMP_ERR_RANGE;
    }
    memcpy(input, previous, PUMP_DIGEST_SIZE);
    memcpy(input + PUMP_DIGEST_SIZE, record, length);
    pump_status_t status = pump_key_store_get(PUMP_SLOT_AUDIT, key);
    if (status == PUMP_OK) {
        status = pump_crypto_mac(key, input, PUMP_DIGEST_SIZE + length, next);
    }
    pump_crypto_clear(key, sizeof(key));
    return status;
}

/** Splits a stored line into the record's text and its digest in hexadecimal. */
static bool split_line(char *line, char **hex)
{
    line[strcspn(line, "\n")] = '\0';
    char *separator = strrchr(line, ';');
    if (separator == NULL) {
        return false;
    }
    *separator = '\0';
    *hex = separator + 1;
    return true;
}

/**
 * Walks the whole file and leaves the last digest in @p last.
 * [SR-LOG-002]
 */
static pump_status_t walk_chain(uint8_t last[PUMP_DIGEST_SIZE], uint32_t *count)
{
    char line[AUDIT_LINE_SIZE + AUDIT_HEX_SIZE + 2U];
    pump_status_t status = PUMP_OK;

    memset(last, 0, PUMP_DIGEST_SIZE);
    *count = 0U;
    FILE *file = fopen(log_path, "r");
    if (file == NULL) {
        return PUMP_OK; /* a new log */
    }
    while (status == PUMP_OK && fgets(line, (int)sizeof(line), file) != NULL) {
        uint8_t expected[PUMP_DIGEST_SIZE];
        char expected_hex[AUDIT_HEX_SIZE];
        char *hex = NULL;

        if (!split_line(line, &hex)) {
            status = PUMP_ERR_INTEGRITY;
            break;
        }
        status = chain_next(line, last, expected);
        to_hex(expected, sizeof(expected), expected_hex);
        if (status == PUMP_OK &&
            (strlen(hex) != AUDIT_HEX_SIZE - 1U ||
             !pump_crypto_equal((const uint8_t *)hex, (const uint8_t *)expected_hex, AUDIT_HEX_SIZE - 1U))) {
            status = PUMP_ERR_INTEGRITY;
        }
        memcpy(last, expected, PUMP_DIGEST_SIZE);
        (*count)++;
    }
    (void)fclose(file);
    return status;
}

pump_status_t pump_audit_init(const char *path)
{
    if (path == NULL || strlen(path) >= sizeof(log_path)) {
        return PUMP_ERR_ARGUMENT;
    }
    (void)snprintf(log_path, sizeof(log_path), "%s", path);
    const pump_status_t status = walk_chain(chain, &record_count);
    if (status != PUMP_OK) {
        LOG_ERROR("chain: %s", pump_status_text(status));
        return status;
    }
    log_ready = true;
    return pump_audit_append(PUMP_AUDIT_STARTED, "power on");
}

/**
 * One record for each change of a programme and each security event, with user and time.
 * [SR-LOG-001, SR-LOG-002@3]
 */
pump_status_t pump_audit_append(pump_audit_event_t event, const char *detail)
{
    char line[AUDIT_LINE_SIZE];
    char moment[PUMP_CLOCK_TEXT_SIZE];
    char hex[AUDIT_HEX_SIZE];
    uint8_t next[PUMP_DIGEST_SIZE];

    if (event >= PUMP_AUDIT_EVENT_COUNT || detail == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!log_ready) {
        return PUMP_ERR_STATE;
    }
    if (record_count >= PUMP_AUDIT_CAPACITY) {
        return PUMP_ERR_FULL;
    }
    pump_status_t status = pump_clock_format(pump_clock_now(), moment, sizeof(moment));
    if (status != PUMP_OK) {
        return status;
    }
    (void)snprintf(line, sizeof(line), "%lu;%s;%s;%s;", (unsigned long)record_count, moment,
                   pump_access_current_user(), event_names[event]);
    strcat(line, detail);

    status = chain_next(line, chain, next);
    if (status != PUMP_OK) {
        return status;
    }
    to_hex(next, sizeof(next), hex);

    FILE *file = fopen(log_path, "a");
    if (file == NULL) {
        return PUMP_ERR_IO;
    }
    const bool written = fprintf(file, "%s;%s\n", line, hex) > 0;
    if (fclose(file) != 0 || !written) {
        return PUMP_ERR_IO;
    }
    if (record_count == 0U) {
        /* the gateway's collector runs as another user */
        (void)chmod(log_path, 0666);
    }
    memcpy(chain, next, sizeof(chain));
    record_count++;
    if (event_listener != NULL) {
        event_listener(event, detail);
    }
    return PUMP_OK;
}

/** [SR-LOG-002] */
pump_status_t pump_audit_verify(void)
{
    uint8_t last[PUMP_DIGEST_SIZE];
    uint32_t count = 0U;

    const pump_status_t status = walk_chain(last, &count);
    if (status != PUMP_OK) {
        return status;
    }
    if (count != record_count || !pump_crypto_equal(last, chain, sizeof(last))) {
        return PUMP_ERR_INTEGRITY;
    }
    return PUMP_OK;
}

uint32_t pump_audit_count(void)
{
    return record_count;
}

/**
 * The reviewer's monthly sample is drawn from what the gateway collects.
 * [SR-LOG-003, SR-LOG-005]
 */
bool pump_audit_nearly_full(void)
{
    return record_count >= PUMP_AUDIT_NEARLY_FULL;
}

/**
 * Records leave the pump only after the gateway has confirmed that it holds them.
 * [SR-LOG-003]
 */
pump_status_t pump_audit_collected(void)
{
    if (!log_ready) {
        return PUMP_ERR_STATE;
    }
    if (remove(log_path) != 0) {
        return PUMP_ERR_IO;
    }
    memset(chain, 0, sizeof(chain));
    record_count = 0U;
    return pump_audit_append(PUMP_AUDIT_STARTED, "new file after collection");
}

/** [SR-LOG-004] */
void pump_audit_set_listener(pump_audit_listener_t listener)
{
    event_listener = listener;
}
