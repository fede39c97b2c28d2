/**
 * @file motor.c
 * @brief Driver of the stepper that moves the plunger.
 */
#define PUMP_LOG_MODULE "motor"

#include "pump_motor.h"

#include "hal/motor.h"
#include "pump_log.h"

static bool enabled;
static uint32_t encoder_origin;

static bool line_blocked(void)
{
    return hal_motor_force_millinewton() >= PUMP_MOTOR_OCCLUSION_MN;
}

pump_status_t pump_motor_enable(void)
{
    if (line_blocked()) {
        LOG_WARN("line blocked");
        return PUMP_ERR_STATE;
    }
    hal_motor_enable(true);
    enabled = true;
    return PUMP_OK;
}

/**
 * Cuts the power first and does the bookkeeping afterwards.
 * [SR-RES-001]
 */
void pump_motor_stop(void)
{
    hal_motor_enable(false);
    enabled = false;
}

/**
 * One call moves a bounded volume, so that no single mistake empties the syringe.
 * [SR-INT-006]
 */
pump_status_t pump_motor_deliver(uint32_t volume_ul)
{
    if (!enabled) {
        return PUMP_ERR_STATE;
    }
    if (volume_ul > PUMP_MOTOR_MAX_UL_PER_CALL) {
        return PUMP_ERR_RANGE;
    }
    if (line_blocked()) {
        pump_motor_stop();
        return PUMP_ERR_IO;
    }
    hal_motor_step(volume_ul * PUMP_MOTOR_STEPS_PER_UL);
    return PUMP_OK;
}

/** [SR-INT-006] */
void pump_motor_begin_measurement(void)
{
    encoder_origin = hal_motor_encoder();
}

/** [SR-INT-006] */
uint32_t pump_motor_measured_ul(void)
{
    return (hal_motor_encoder() - encoder_origin) / PUMP_MOTOR_STEPS_PER_UL;
}

bool pump_motor_enabled(void)
{
    return enabled;
}
