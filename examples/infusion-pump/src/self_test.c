/**
 * @file self_test.c
 * @brief What must work before the pump may be used.
 */
#define PUMP_LOG_MODULE "selftest"

#include "pump_self_test.h"

#include "pump_alarms.h"
#include "pump_audit_log.h"
#include "pump_crypto.h"
#include "pump_log.h"
#include "pump_motor.h"

#include <stddef.h>
#include <stdint.h>

typedef pump_status_t (*test_step_t)(void);

static bool passed;

/** Two draws that are equal mean that the noise source is stuck. */
static pump_status_t test_noise(void)
{
    uint8_t first[16];
    uint8_t second[16];

    pump_status_t status = pump_crypto_random(first, sizeof(first));
    if (status == PUMP_OK) {
        status = pump_crypto_random(second, sizeof(second));
    }
    if (status == PUMP_OK && pump_crypto_equal(first, second, sizeof(first))) {
        status = PUMP_ERR_CRYPTO;
    }
    return status;
}

static pump_status_t test_motor_off(void)
{
    pump_motor_stop();
    return pump_motor_enabled() ? PUMP_ERR_IO : PUMP_OK;
}

/** [SR-RES-007] */
pump_status_t pump_self_test_run(void)
{
    static const test_step_t steps[] = {test_motor_off, test_noise, pump_audit_verify};

    passed = false;
    for (size_t i = 0U; i < sizeof(steps) / sizeof(steps[0]); i++) {
        const pump_status_t status = steps[i]();
        if (status != PUMP_OK) {
            LOG_ERROR("step %u: %s", (unsigned int)i, pump_status_text(status));
            pump_alarm_raise(PUMP_ALARM_SELF_TEST);
            return status;
        }
    }
    passed = true;
    return PUMP_OK;
}

bool pump_self_test_passed(void)
{
    return passed;
}
