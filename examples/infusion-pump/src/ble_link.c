/**
 * @file ble_link.c
 * @brief Authenticated, ordered command frames over the radio link.
 */
#define PUMP_LOG_MODULE "link"

#include "pump_ble_link.h"

#include "hal/ble.h"
#include "pump_audit_log.h"
#include "pump_clock.h"
#include "pump_log.h"

#include <string.h>

typedef struct {
    bool open;
    uint8_t link_key[PUMP_KEY_SIZE];
    uint32_t last_received;
    uint32_t next_sent;
    char peer_name[PUMP_LINK_NAME_SIZE];
    pump_link_statistics_t statistics;
    uint32_t window_started_ms;
    uint32_t frames_in_window;
} link_t;

static link_t session;

static uint32_t read_u32(const uint8_t *bytes)
{
    return ((uint32_t)bytes[0] << 24U) | ((uint32_t)bytes[1] << 16U) | ((uint32_t)bytes[2] << 8U) |
           (uint32_t)bytes[3];
}

static void write_u32(uint8_t *bytes, uint32_t value)
{
    bytes[0] = (uint8_t)(value >> 24U);
    bytes[1] = (uint8_t)(value >> 16U);
    bytes[2] = (uint8_t)(value >> 8U);
    bytes[3] = (uint8_t)value;
}

pump_status_t pump_link_open(const uint8_t link_key[PUMP_KEY_SIZE])
{
    if (link_key == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    pump_link_close();
    memcpy(session.link_key, link_key, PUMP_KEY_SIZE);
    session.window_started_ms = pump_clock_uptime_ms();
    session.open = true;
    return PUMP_OK;
}

/**
 * The key does not outlive the session.
 * [SR-CRY-006]
 */
void pump_link_close(void)
{
    if (session.open) {
        hal_ble_disconnect();
    }
    pump_crypto_clear(&session, sizeof(session));
}

bool pump_link_is_open(void)
{
    return session.open;
}

/**
 * The panel shows which handheld is in charge.
 * [SR-AUTH-019]
 */
pump_status_t pump_link_set_peer_name(const char *name)
{
    if (name == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    strncpy(session.peer_name, name, strlen(name));
    session.peer_name[PUMP_LINK_NAME_SIZE - 1U] = '\0';
    return PUMP_OK;
}

const char *pump_link_peer_name(void)
{
    return session.peer_name;
}

static pump_status_t reject(pump_status_t status, const char *reason)
{
    session.statistics.rejected++;
    LOG_WARN("frame rejected: %s", reason);
    (void)pump_audit_append(PUMP_AUDIT_FRAME_REJECTED, reason);
    return status;
}

/**
 * A flood of frames must not keep the processor from the dose.
 * [SR-RES-003]
 */
static bool within_rate(void)
{
    const uint32_t now = pump_clock_uptime_ms();

    if (now - session.window_started_ms >= 1000U) {
        session.window_started_ms = now;
        session.frames_in_window = 0U;
    }
    if (session.frames_in_window >= PUMP_LINK_MAX_FRAMES_PER_SECOND) {
        session.statistics.throttled++;
        return false;
    }
    session.frames_in_window++;
    return true;
}

/**
 * The code covers header and payload.
 * [SR-AUTH-005]
 */
static pump_status_t frame_code(const uint8_t *frame, size_t covered, uint8_t code[PUMP_DIGEST_SIZE])
{
    return pump_crypto_mac(session.link_key, frame, covered, code);
}

/**
 * A frame counts only when its size, its code and its counter are right; otherwise it changes nothing.
 * [SR-AUTH-005, SR-AUTH-006]
 * [SR-RES-004]
 */
pump_status_t pump_link_receive(const uint8_t *frame, size_t size, char *payload, size_t capacity)
{
    uint8_t expected[PUMP_DIGEST_SIZE];

    if (frame == NULL || payload == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!session.open) {
        return PUMP_ERR_STATE;
    }
    if (!within_rate()) {
        return PUMP_ERR_FULL;
    }
    if (size < PUMP_LINK_HEADER_SIZE + PUMP_LINK_CODE_SIZE || size > PUMP_LINK_MAX_FRAME) {
        return reject(PUMP_ERR_ARGUMENT, "size");
    }
    const size_t payload_size = frame[4];
    const size_t covered = PUMP_LINK_HEADER_SIZE + payload_size;
    if (covered + PUMP_LINK_CODE_SIZE != size || payload_size >= capacity) {
        return reject(PUMP_ERR_ARGUMENT, "payload size");
    }
    const pump_status_t status = frame_code(frame, covered, expected);
    if (status != PUMP_OK) {
        return status;
    }
    if (!pump_crypto_equal(expected, frame + covered, PUMP_LINK_CODE_SIZE)) {
        return reject(PUMP_ERR_AUTH, "code");
    }
    const uint32_t counter = read_u32(frame);
    if (counter <= session.last_received) {
        return reject(PUMP_ERR_AUTH, "counter");
    }
    session.last_received = counter;
    memcpy(payload, frame + PUMP_LINK_HEADER_SIZE, payload_size);
    payload[payload_size] = '\0';
    session.statistics.accepted++;
    return PUMP_OK;
}

/** [SR-AUTH-005] */
pump_status_t pump_link_send(const char *payload)
{
    uint8_t frame[PUMP_LINK_MAX_FRAME];
    uint8_t code[PUMP_DIGEST_SIZE];

    if (payload == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!session.open) {
        return PUMP_ERR_STATE;
    }
    const size_t payload_size = strlen(payload);
    if (payload_size > PUMP_LINK_MAX_PAYLOAD) {
        return PUMP_ERR_RANGE;
    }
    const size_t covered = PUMP_LINK_HEADER_SIZE + payload_size;
    session.next_sent++;
    write_u32(frame, session.next_sent);
    frame[4] = (uint8_t)payload_size;
    memcpy(frame + PUMP_LINK_HEADER_SIZE, payload, payload_size);
    const pump_status_t status = frame_code(frame, covered, code);
    if (status != PUMP_OK) {
        return status;
    }
    memcpy(frame + covered, code, PUMP_LINK_CODE_SIZE);
    return (hal_ble_send(frame, covered + PUMP_LINK_CODE_SIZE) == 0) ? PUMP_OK : PUMP_ERR_IO;
}

pump_link_statistics_t pump_link_statistics(void)
{
    return session.statistics;
}
