/**
 * @file alarms.c
 * @brief Alarms: priorities, sound, silencing.
 */
#define PUMP_LOG_MODULE "alarms"

#include "pump_alarms.h"

#include "hal/system.h"
#include "pump_audit_log.h"
#include "pump_clock.h"
#include "pump_log.h"
#include "pump_session.h"

#include <stdio.h>

#define BANNER_SIZE 40U

typedef struct {
    const char *text;
    pump_priority_t priority;
} alarm_kind_t;

static const alarm_kind_t kinds[PUMP_ALARM_COUNT] = {
    [PUMP_ALARM_COMPLETE] = {"Infusion complete", PUMP_PRIORITY_LOW},
    [PUMP_ALARM_LINK_LOST] = {"Handheld lost", PUMP_PRIORITY_LOW},
    [PUMP_ALARM_GATEWAY_LOST] = {"Gateway lost", PUMP_PRIORITY_LOW},
    [PUMP_ALARM_BATTERY] = {"Battery low", PUMP_PRIORITY_MEDIUM},
    [PUMP_ALARM_DEVIATION] = {"Delivery deviates", PUMP_PRIORITY_HIGH},
    [PUMP_ALARM_OCCLUSION] = {"Line blocked", PUMP_PRIORITY_HIGH},
    [PUMP_ALARM_SELF_TEST] = {"Self-test failed", PUMP_PRIORITY_HIGH},
};

static bool raised[PUMP_ALARM_COUNT];
static bool silenced;
static uint32_t silenced_at_ms;
static bool buzzer_on;

/** @return the raised alarm of the highest priority, PUMP_ALARM_COUNT when there is none. */
static pump_alarm_t foremost(void)
{
    pump_alarm_t best = PUMP_ALARM_COUNT;

    for (int i = 0; i < (int)PUMP_ALARM_COUNT; i++) {
        if (raised[i] && (best == PUMP_ALARM_COUNT || kinds[i].priority > kinds[best].priority)) {
            best = (pump_alarm_t)i;
        }
    }
    return best;
}

/** A new alarm ends the silence: the nurse must learn of it. */
void pump_alarm_raise(pump_alarm_t alarm)
{
    if (alarm >= PUMP_ALARM_COUNT || raised[alarm]) {
        return;
    }
    raised[alarm] = true;
    silenced = false;
    LOG_WARN("%s", kinds[alarm].text);
    (void)pump_audit_append(PUMP_AUDIT_ALARM, kinds[alarm].text);
    pump_alarm_tick();
}

void pump_alarm_clear(pump_alarm_t alarm)
{
    if (alarm < PUMP_ALARM_COUNT) {
        raised[alarm] = false;
    }
}

/**
 * Whoever silences a high priority alarm must stand before the patient.
 * [SR-RES-005]
 */
pump_status_t pump_alarm_silence(pump_origin_t origin)
{
    const pump_alarm_t alarm = foremost();

    if (alarm == PUMP_ALARM_COUNT) {
        return PUMP_ERR_STATE;
    }
    if (origin != PUMP_ORIGIN_PANEL && kinds[alarm].priority == PUMP_PRIORITY_HIGH) {
        return PUMP_ERR_DENIED;
    }
    silenced = true;
    silenced_at_ms = pump_clock_uptime_ms();
    return PUMP_OK;
}

/** Shows the bed beside the alarm, so that a call from the corridor finds its way. */
static void show_banner(pump_alarm_t alarm)
{
    char banner[BANNER_SIZE];

    sprintf(banner, "%s: %s", pump_session_bed(), kinds[alarm].text);
    hal_panel_show(banner);
}

/** [SR-RES-005] */
void pump_alarm_tick(void)
{
    const pump_alarm_t alarm = foremost();

    if (silenced && pump_clock_uptime_ms() - silenced_at_ms >= PUMP_ALARM_SILENCE_MS) {
        silenced = false;
    }
    buzzer_on = (alarm != PUMP_ALARM_COUNT) && !silenced;
    hal_panel_buzzer(buzzer_on);
    if (alarm != PUMP_ALARM_COUNT) {
        show_banner(alarm);
    }
}

bool pump_alarm_active(pump_alarm_t alarm)
{
    return alarm < PUMP_ALARM_COUNT && raised[alarm];
}

pump_priority_t pump_alarm_priority(pump_alarm_t alarm)
{
    return (alarm < PUMP_ALARM_COUNT) ? kinds[alarm].priority : PUMP_PRIORITY_HIGH;
}

bool pump_alarm_sounding(void)
{
    return buzzer_on;
}
