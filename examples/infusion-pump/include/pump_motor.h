/**
 * @file pump_motor.h
 * @brief Driver of the stepper that moves the plunger.
 */
#ifndef PUMP_MOTOR_H
#define PUMP_MOTOR_H

#include "pump_status.h"

#include <stdbool.h>
#include <stdint.h>

/** Steps for one microlitre with the standard syringe. */
#define PUMP_MOTOR_STEPS_PER_UL 8U

/** Force from which the line counts as blocked. */
#define PUMP_MOTOR_OCCLUSION_MN 9000U

/** Most microlitres that one call may deliver. */
#define PUMP_MOTOR_MAX_UL_PER_CALL 12000U

/** Powers the motor; refused while the line is blocked. */
pump_status_t pump_motor_enable(void);

/** Cuts the motor's power; safe to call at any time. */
void pump_motor_stop(void);

/** Moves the plunger by @p volume_ul. */
pump_status_t pump_motor_deliver(uint32_t volume_ul);

/** A new programme: the measured volume starts at zero. */
void pump_motor_begin_measurement(void);

/** @return microlitres moved since pump_motor_begin_measurement(), seen by the encoder. */
uint32_t pump_motor_measured_ul(void);

/** @return whether the motor has power. */
bool pump_motor_enabled(void);

#endif
