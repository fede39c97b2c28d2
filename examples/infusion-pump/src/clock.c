/**
 * @file clock.c
 * @brief Wall clock with bounded, recorded corrections.
 */
#define PUMP_LOG_MODULE "clock"

#include "pump_clock.h"

#include "hal/system.h"
#include "pump_access.h"
#include "pump_audit_log.h"
#include "pump_log.h"

#include <stdio.h>
#include <time.h>

/** Times before this one mean that the backup battery was empty (2025-01-01T00:00:00Z). */
#define CLOCK_EARLIEST_VALID_S 1735689600U

static void record_change(uint64_t before, uint64_t after)
{
    char detail[64];
    (void)snprintf(detail, sizeof(detail), "%llu -> %llu", (unsigned long long)before, (unsigned long long)after);
    if (pump_audit_append(PUMP_AUDIT_CLOCK_CHANGED, detail) != PUMP_OK) {
        LOG_ERROR("clock change could not be recorded");
    }
}

uint64_t pump_clock_now(void)
{
    return hal_rtc_seconds();
}

uint32_t pump_clock_uptime_ms(void)
{
    return hal_uptime_ms();
}

/**
 * Corrections from the network stay small, so that nobody can move the record of a treatment into another day.
 * [SR-INT-005]
 */
pump_status_t pump_clock_adjust(uint64_t seconds)
{
    const uint64_t before = hal_rtc_seconds();
    const uint64_t step = (seconds > before) ? seconds - before : before - seconds;

    if (seconds < CLOCK_EARLIEST_VALID_S) {
        return PUMP_ERR_RANGE;
    }
    if (step > PUMP_CLOCK_MAX_STEP_S) {
        LOG_WARN("clock correction refused");
        return PUMP_ERR_RANGE;
    }
    hal_rtc_set(seconds);
    record_change(before, seconds);
    return PUMP_OK;
}

/**
 * An administrator may set any valid time; the old and the new time are recorded.
 * [SR-INT-005, SR-ACC-001]
 */
pump_status_t pump_clock_set(uint64_t seconds)
{
    if (!pump_access_permits(pump_access_current_role(), PUMP_ACTION_SET_CLOCK)) {
        return PUMP_ERR_DENIED;
    }
    if (seconds < CLOCK_EARLIEST_VALID_S) {
        return PUMP_ERR_RANGE;
    }
    const uint64_t before = hal_rtc_seconds();
    hal_rtc_set(seconds);
    record_change(before, seconds);
    return PUMP_OK;
}

pump_status_t pump_clock_format(uint64_t seconds, char *text, size_t capacity)
{
    if (text == NULL || capacity < PUMP_CLOCK_TEXT_SIZE) {
        return PUMP_ERR_ARGUMENT;
    }
    const time_t moment = (time_t)seconds;
    const struct tm *parts = gmtime(&moment);
    if (parts == NULL) {
        return PUMP_ERR_RANGE;
    }
    if (strftime(text, capacity, "%Y-%m-%dT%H:%M:%SZ", parts) == 0U) {
        return PUMP_ERR_RANGE;
    }
    return PUMP_OK;
}
