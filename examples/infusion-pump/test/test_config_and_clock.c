/**
 * @file test_config_and_clock.c
 * @brief Settings and the wall clock.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_access.h"
#include "pump_audit_log.h"
#include "pump_clock.h"
#include "pump_config_store.h"

#include <stdio.h>
#include <string.h>

#define CONFIG_FILE "build/test-pump.conf"

/* One changed character and the old settings stay. [TC-INT-002] [verifies SR-INT-002] */
static void test_refuses_altered_settings(void)
{
    pump_config_t config;

    pump_test_login_admin();
    pump_config_defaults(&config);
    config.alarm_volume = 55U;
    CHECK_STATUS(PUMP_OK, pump_config_change(&config));
    CHECK_STATUS(PUMP_OK, pump_config_save(CONFIG_FILE));
    CHECK_STATUS(PUMP_OK, pump_config_load(CONFIG_FILE));

    FILE *file = fopen(CONFIG_FILE, "r+");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK(fseek(file, 7L, SEEK_SET) == 0);
        CHECK(fputc('9', file) == '9');
        CHECK(fclose(file) == 0);
    }
    CHECK_STATUS(PUMP_ERR_INTEGRITY, pump_config_load(CONFIG_FILE));
    CHECK(pump_config_current()->alarm_volume == 55U);
    CHECK(strcmp(pump_config_current()->serial, "000000") == 0);
}

static void test_never_makes_alarms_inaudible(void)
{
    pump_config_t config;

    pump_test_login_admin();
    pump_config_defaults(&config);
    config.alarm_volume = 0U;
    CHECK_STATUS(PUMP_ERR_RANGE, pump_config_change(&config));
}

/* The network moves the clock by five minutes at most, on record. [TC-INT-005] [verifies SR-INT-005] */
static void test_bounds_corrections_of_the_clock(void)
{
    const uint64_t now = pump_clock_now();
    const uint32_t records = pump_audit_count();

    CHECK_STATUS(PUMP_ERR_RANGE, pump_clock_adjust(now + PUMP_CLOCK_MAX_STEP_S + 1U));
    CHECK_STATUS(PUMP_ERR_RANGE, pump_clock_adjust(now - PUMP_CLOCK_MAX_STEP_S - 1U));
    CHECK_STATUS(PUMP_ERR_RANGE, pump_clock_adjust(0U));
    CHECK(pump_clock_now() == now);
    CHECK_STATUS(PUMP_OK, pump_clock_adjust(now + PUMP_CLOCK_MAX_STEP_S));
    CHECK(pump_clock_now() == now + PUMP_CLOCK_MAX_STEP_S);
    CHECK(pump_audit_count() == records + 1U);
    CHECK_STATUS(PUMP_ERR_DENIED, pump_clock_set(now));
    pump_test_login_admin();
    CHECK_STATUS(PUMP_OK, pump_clock_set(now));
}

static void test_formats_times(void)
{
    char text[PUMP_CLOCK_TEXT_SIZE];

    CHECK_STATUS(PUMP_OK, pump_clock_format(1767225600U, text, sizeof(text)));
    CHECK(strcmp(text, "2026-01-01T00:00:00Z") == 0);
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_clock_format(0U, text, 8U));
}

void run_config_and_clock_tests(void)
{
    RUN(test_refuses_altered_settings);
    RUN(test_never_makes_alarms_inaudible);
    RUN(test_bounds_corrections_of_the_clock);
    RUN(test_formats_times);
}
