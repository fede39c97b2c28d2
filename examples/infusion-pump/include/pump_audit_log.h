/**
 * @file pump_audit_log.h
 * @brief Who did what and when, in records chained by a keyed digest.
 */
#ifndef PUMP_AUDIT_LOG_H
#define PUMP_AUDIT_LOG_H

#include "pump_status.h"

#include <stdbool.h>
#include <stdint.h>

/** Records that fit before the oldest must be handed to the gateway. */
#define PUMP_AUDIT_CAPACITY 4096U

/** From this many records on the gateway is asked to collect them. */
#define PUMP_AUDIT_NEARLY_FULL 3686U

typedef enum {
    PUMP_AUDIT_STARTED = 0,
    PUMP_AUDIT_LOGIN,
    PUMP_AUDIT_LOGOUT,
    PUMP_AUDIT_LOGIN_FAILED,
    PUMP_AUDIT_LOGIN_LOCKED,
    PUMP_AUDIT_PROGRAM_CHANGED,
    PUMP_AUDIT_INFUSION_STARTED,
    PUMP_AUDIT_INFUSION_STOPPED,
    PUMP_AUDIT_ALARM,
    PUMP_AUDIT_PAIRED,
    PUMP_AUDIT_FRAME_REJECTED,
    PUMP_AUDIT_CLOCK_CHANGED,
    PUMP_AUDIT_CONFIG_CHANGED,
    PUMP_AUDIT_UPDATE,
    PUMP_AUDIT_SERVICE,
    PUMP_AUDIT_ERASED,
    PUMP_AUDIT_EVENT_COUNT
} pump_audit_event_t;

/** Is told of each security event, for the report to the gateway. */
typedef void (*pump_audit_listener_t)(pump_audit_event_t event, const char *detail);

/** Opens the log at @p path and continues its chain. */
pump_status_t pump_audit_init(const char *path);

/** Appends a record. @p detail is short plain text without line breaks. */
pump_status_t pump_audit_append(pump_audit_event_t event, const char *detail);

/** Recomputes the chain; PUMP_ERR_INTEGRITY when a record was altered or removed. */
pump_status_t pump_audit_verify(void);

/** @return the number of records since the last collection. */
uint32_t pump_audit_count(void);

/** @return whether the gateway should collect the records soon. */
bool pump_audit_nearly_full(void);

/** Starts a new file after the gateway has confirmed the collection. */
pump_status_t pump_audit_collected(void);

/** Sets the one listener, NULL for none. */
void pump_audit_set_listener(pump_audit_listener_t listener);

#endif
