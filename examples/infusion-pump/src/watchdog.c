/**
 * @file watchdog.c
 * @brief Supervision of the firmware's tasks; stops the motor when one of them hangs.
 */
#define PUMP_LOG_MODULE "watchdog"

#include "pump_watchdog.h"

#include "hal/system.h"
#include "pump_alarms.h"
#include "pump_clock.h"
#include "pump_log.h"
#include "pump_motor.h"

/** Longest time between two signs of life of a task. */
static const uint32_t allowed_ms[PUMP_TASK_COUNT] = {
    [PUMP_TASK_DOSING] = 500U,
    [PUMP_TASK_ALARMS] = 1500U,
    [PUMP_TASK_LINK] = 1500U,
};

static uint32_t seen_at_ms[PUMP_TASK_COUNT];
static bool tripped;

void pump_watchdog_init(void)
{
    const uint32_t now = pump_clock_uptime_ms();

    for (int task = 0; task < (int)PUMP_TASK_COUNT; task++) {
        seen_at_ms[task] = now;
    }
    tripped = false;
    hal_watchdog_start(PUMP_WATCHDOG_TIMEOUT_MS);
}

void pump_watchdog_alive(pump_task_t task)
{
    if (task < PUMP_TASK_COUNT) {
        seen_at_ms[task] = pump_clock_uptime_ms();
    }
}

/**
 * Motor first, alarm second; then the hardware resets the processor, because nobody kicks any more.
 * [SR-RES-001]
 */
static void make_safe(int task)
{
    pump_motor_stop();
    if (!tripped) {
        LOG_ERROR("task %d hangs", task);
        tripped = true;
        pump_alarm_raise(PUMP_ALARM_SELF_TEST);
    }
}

/** [SR-RES-001] */
pump_status_t pump_watchdog_tick(void)
{
    const uint32_t now = pump_clock_uptime_ms();

    for (int task = 0; task < (int)PUMP_TASK_COUNT; task++) {
        if (now - seen_at_ms[task] > allowed_ms[task]) {
            make_safe(task);
            return PUMP_ERR_TIMEOUT;
        }
    }
    if (tripped) {
        return PUMP_ERR_STATE;
    }
    hal_watchdog_kick();
    return PUMP_OK;
}

bool pump_watchdog_tripped(void)
{
    return tripped;
}
