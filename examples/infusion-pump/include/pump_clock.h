/**
 * @file pump_clock.h
 * @brief Wall clock (seconds since 1970, UTC) and the monotonic millisecond counter.
 */
#ifndef PUMP_CLOCK_H
#define PUMP_CLOCK_H

#include "pump_status.h"

#include <stddef.h>
#include <stdint.h>

/** Largest single correction that the gateway may make, in seconds. */
#define PUMP_CLOCK_MAX_STEP_S 300U

/** Size of a formatted time, its end included: 2026-01-31T08:15:00Z. */
#define PUMP_CLOCK_TEXT_SIZE 21U

/** @return seconds since 1970-01-01T00:00:00Z. */
uint64_t pump_clock_now(void);

/** @return milliseconds since start; wraps after 49 days, so compare differences only. */
uint32_t pump_clock_uptime_ms(void);

/** Corrects the wall clock by at most PUMP_CLOCK_MAX_STEP_S and records the change. */
pump_status_t pump_clock_adjust(uint64_t seconds);

/** Sets the wall clock without a limit; only for an administrator at the pump. */
pump_status_t pump_clock_set(uint64_t seconds);

/** Writes @p seconds as ISO 8601 text into @p text. */
pump_status_t pump_clock_format(uint64_t seconds, char *text, size_t capacity);

#endif
