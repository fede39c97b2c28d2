/**
 * @file pump_watchdog.h
 * @brief Supervision of the firmware's tasks; stops the motor when one of them hangs.
 */
#ifndef PUMP_WATCHDOG_H
#define PUMP_WATCHDOG_H

#include "pump_status.h"

#include <stdbool.h>
#include <stdint.h>

/** The hardware resets the pump when it was not kicked for this long. */
#define PUMP_WATCHDOG_TIMEOUT_MS 2000U

typedef enum { PUMP_TASK_DOSING = 0, PUMP_TASK_ALARMS, PUMP_TASK_LINK, PUMP_TASK_COUNT } pump_task_t;

/** Starts the hardware watchdog. */
void pump_watchdog_init(void);

/** A task tells that it went round. */
void pump_watchdog_alive(pump_task_t task);

/** Kicks the hardware if all tasks are alive, otherwise makes the pump safe. */
pump_status_t pump_watchdog_tick(void);

/** @return whether the pump was made safe because a task hung. */
bool pump_watchdog_tripped(void);

#endif
