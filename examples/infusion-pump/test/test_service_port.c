/**
 * @file test_service_port.c
 * @brief The technician's serial line.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_service_port.h"

#include <stddef.h>

static void plug_in(void)
{
    fake_board.service_plug = true;
    CHECK_STATUS(PUMP_OK, pump_service_open());
}

/* Without a log-in nothing works, and guessing ends after three words. [TC-AUTH-007] [verifies SR-AUTH-007] */
static void test_asks_for_a_log_in(void)
{
    plug_in();
    CHECK_STATUS(PUMP_ERR_AUTH, pump_service_line("get"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_service_line("login one"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_service_line("login two"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_service_line("login three"));
    CHECK_STATUS(PUMP_ERR_LOCKED, pump_service_line("login four"));
    CHECK(!pump_service_logged_in());
}

/* [TC-ACC-003] [verifies SR-ACC-003] */
static void test_stays_closed_while_a_patient_is_treated(void)
{
    CHECK_STATUS(PUMP_ERR_STATE, pump_service_open());
    pump_test_start_infusion();
    fake_board.service_plug = true;
    CHECK_STATUS(PUMP_ERR_STATE, pump_service_open());
    CHECK_STATUS(PUMP_ERR_STATE, pump_service_line("quit"));
}

/* Words that are not on the list do nothing. [TC-ACC-004] [verifies SR-ACC-004] */
static void test_knows_a_short_list_of_commands(void)
{
    static const char *const unknown[] = {"", "motor on", "sh", "getx", "START", "bolus 1"};

    plug_in();
    for (size_t i = 0U; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        CHECK_STATUS(PUMP_ERR_NOT_FOUND, pump_service_line(unknown[i]));
    }
    CHECK(!fake_board.motor_on);
    CHECK_STATUS(PUMP_OK, pump_service_line("quit"));
    CHECK_STATUS(PUMP_ERR_STATE, pump_service_line("quit"));
}

void run_service_port_tests(void)
{
    RUN(test_asks_for_a_log_in);
    RUN(test_stays_closed_while_a_patient_is_treated);
    RUN(test_knows_a_short_list_of_commands);
}
