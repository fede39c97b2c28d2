/**
 * @file test_safety.c
 * @brief Watchdog, alarms, self-test.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_alarms.h"
#include "pump_dosing.h"
#include "pump_panel.h"
#include "pump_self_test.h"
#include "pump_watchdog.h"

/* A hanging task stops the motor before the hardware resets the pump. [TC-RES-001] [verifies SR-RES-001] */
static void test_stops_the_motor_when_a_task_hangs(void)
{
    pump_test_start_infusion();
    pump_watchdog_init();
    CHECK_STATUS(PUMP_OK, pump_watchdog_tick());
    CHECK(fake_board.kicks == 1U);
    fake_board_advance_ms(501U);
    pump_watchdog_alive(PUMP_TASK_ALARMS);
    pump_watchdog_alive(PUMP_TASK_LINK);
    CHECK_STATUS(PUMP_ERR_TIMEOUT, pump_watchdog_tick());
    CHECK(pump_watchdog_tripped());
    CHECK(!fake_board.motor_on);
    CHECK(fake_board.kicks == 1U);
    CHECK(pump_alarm_active(PUMP_ALARM_SELF_TEST));
    pump_watchdog_alive(PUMP_TASK_DOSING);
    CHECK_STATUS(PUMP_ERR_STATE, pump_watchdog_tick());
}

/* From afar only the low alarms can be silenced. [TC-RES-005] [verifies SR-RES-005] */
static void test_high_alarms_are_silenced_at_the_panel_only(void)
{
    CHECK_STATUS(PUMP_ERR_STATE, pump_alarm_silence(PUMP_ORIGIN_PANEL));
    pump_alarm_raise(PUMP_ALARM_GATEWAY_LOST);
    CHECK(pump_alarm_sounding());
    CHECK_STATUS(PUMP_OK, pump_alarm_silence(PUMP_ORIGIN_RADIO));
    pump_alarm_raise(PUMP_ALARM_OCCLUSION);
    CHECK(pump_alarm_sounding());
    CHECK_STATUS(PUMP_ERR_DENIED, pump_alarm_silence(PUMP_ORIGIN_RADIO));
    CHECK_STATUS(PUMP_ERR_DENIED, pump_alarm_silence(PUMP_ORIGIN_GATEWAY));
    CHECK_STATUS(PUMP_OK, pump_alarm_silence(PUMP_ORIGIN_PANEL));
    pump_alarm_tick();
    CHECK(!fake_board.buzzer);
    fake_board_advance_ms(PUMP_ALARM_SILENCE_MS);
    pump_alarm_tick();
    CHECK(fake_board.buzzer);
}

/* The stop button works for everybody; erasing is the administrator's. [verifies SR-ACC-001] */
static void test_buttons_follow_the_roles(void)
{
    pump_test_start_infusion();
    CHECK_STATUS(PUMP_ERR_DENIED, pump_panel_press(PUMP_BUTTON_ERASE));
    CHECK_STATUS(PUMP_OK, pump_panel_press(PUMP_BUTTON_STOP));
    CHECK(!pump_dosing_active());
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_panel_press(PUMP_BUTTON_NONE));
}

/* [TC-RES-007] [verifies SR-RES-007] */
static void test_self_test_finds_a_dead_noise_source(void)
{
    CHECK_STATUS(PUMP_OK, pump_self_test_run());
    CHECK(pump_self_test_passed());
    fake_board.entropy_works = false;
    CHECK_STATUS(PUMP_ERR_CRYPTO, pump_self_test_run());
    CHECK(!pump_self_test_passed());
    CHECK(pump_alarm_active(PUMP_ALARM_SELF_TEST));
}

void run_safety_tests(void)
{
    RUN(test_stops_the_motor_when_a_task_hangs);
    RUN(test_high_alarms_are_silenced_at_the_panel_only);
    RUN(test_buttons_follow_the_roles);
    RUN(test_self_test_finds_a_dead_noise_source);
}
