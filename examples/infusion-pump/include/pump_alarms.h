/**
 * @file pump_alarms.h
 * @brief Alarms: priorities, sound, silencing.
 */
#ifndef PUMP_ALARMS_H
#define PUMP_ALARMS_H

#include "pump_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUMP_ALARM_SILENCE_MS 120000U

typedef enum {
    PUMP_ALARM_COMPLETE = 0,
    PUMP_ALARM_LINK_LOST,
    PUMP_ALARM_GATEWAY_LOST,
    PUMP_ALARM_BATTERY,
    PUMP_ALARM_DEVIATION,
    PUMP_ALARM_OCCLUSION,
    PUMP_ALARM_SELF_TEST,
    PUMP_ALARM_COUNT
} pump_alarm_t;

typedef enum { PUMP_PRIORITY_LOW = 0, PUMP_PRIORITY_MEDIUM, PUMP_PRIORITY_HIGH } pump_priority_t;

/** Where a request to silence comes from. */
typedef enum { PUMP_ORIGIN_PANEL = 0, PUMP_ORIGIN_RADIO, PUMP_ORIGIN_GATEWAY } pump_origin_t;

/** Raises an alarm; raising it again changes nothing. */
void pump_alarm_raise(pump_alarm_t alarm);

/** The cause is gone. */
void pump_alarm_clear(pump_alarm_t alarm);

/** Silences the sound for two minutes. High priority alarms only at the panel. */
pump_status_t pump_alarm_silence(pump_origin_t origin);

/** Call once a second: drives the buzzer and the banner. */
void pump_alarm_tick(void);

/** @return whether @p alarm is raised. */
bool pump_alarm_active(pump_alarm_t alarm);

/** @return the priority of @p alarm. */
pump_priority_t pump_alarm_priority(pump_alarm_t alarm);

/** @return whether the sound is on. */
bool pump_alarm_sounding(void);

#endif
