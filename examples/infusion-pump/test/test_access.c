/**
 * @file test_access.c
 * @brief Log-in, lock-out, automatic log-out, roles.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_access.h"

/* Three wrong PINs lock the entry for 60 s, even for the right PIN. [TC-AUTH-003] [verifies SR-AUTH-003] */
static void test_locks_after_three_wrong_pins(void)
{
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "0001"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "0002"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("ada", "0003"));
    CHECK_STATUS(PUMP_ERR_LOCKED, pump_access_login("noor", "2580"));
    fake_board_advance_ms(PUMP_ACCESS_LOCK_MS - 1U);
    CHECK_STATUS(PUMP_ERR_LOCKED, pump_access_login("noor", "2580"));
    fake_board_advance_ms(1U);
    CHECK_STATUS(PUMP_OK, pump_access_login("noor", "2580"));
}

/* A right PIN in between starts the count again. [verifies SR-AUTH-003] */
static void test_counts_only_wrong_pins_in_a_row(void)
{
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "0001"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "0002"));
    CHECK_STATUS(PUMP_OK, pump_access_login("noor", "2580"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "0001"));
    CHECK_STATUS(PUMP_OK, pump_access_login("noor", "2580"));
}

/* [TC-AUTH-004] [verifies SR-AUTH-004] */
static void test_logs_out_an_inactive_user(void)
{
    pump_test_login_nurse();
    fake_board_advance_ms(PUMP_ACCESS_IDLE_MS - 1U);
    pump_access_tick();
    CHECK(pump_access_current_role() == PUMP_ROLE_NURSE);
    pump_access_touch();
    fake_board_advance_ms(PUMP_ACCESS_IDLE_MS);
    pump_access_tick();
    CHECK(pump_access_current_role() == PUMP_ROLE_NONE);
}

/* The whole table, in the reading of the risk analysis. [TC-ACC-001] [verifies SR-ACC-001] */
static void test_grants_each_role_its_actions_only(void)
{
    CHECK(pump_access_permits(PUMP_ROLE_NURSE, PUMP_ACTION_PROGRAM));
    CHECK(pump_access_permits(PUMP_ROLE_NONE, PUMP_ACTION_STOP));
    CHECK(!pump_access_permits(PUMP_ROLE_NONE, PUMP_ACTION_START));
    CHECK(!pump_access_permits(PUMP_ROLE_NURSE, PUMP_ACTION_LOAD_LIBRARY));
    CHECK(!pump_access_permits(PUMP_ROLE_PHARMACIST, PUMP_ACTION_START));
    CHECK(!pump_access_permits(PUMP_ROLE_ADMIN, PUMP_ACTION_PROGRAM));
    CHECK(!pump_access_permits(PUMP_ROLE_SERVICE, PUMP_ACTION_ERASE));
    for (int action = 0; action < (int)PUMP_ACTION_COUNT; action++) {
        const bool granted = pump_access_permits(PUMP_ROLE_GATEWAY, (pump_action_t)action);
        CHECK(granted == (action == (int)PUMP_ACTION_READ_STATUS));
    }
    CHECK(!pump_access_permits(PUMP_ROLE_COUNT, PUMP_ACTION_READ_STATUS));
}

static void test_refuses_malformed_users(void)
{
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_access_add_user("eva", PUMP_ROLE_NURSE, "123"));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_access_add_user("eva", PUMP_ROLE_NURSE, "12a4"));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_access_add_user("", PUMP_ROLE_NURSE, "1234"));
    CHECK_STATUS(PUMP_ERR_STATE, pump_access_add_user("noor", PUMP_ROLE_NURSE, "1234"));
}

void run_access_tests(void)
{
    RUN(test_locks_after_three_wrong_pins);
    RUN(test_counts_only_wrong_pins_in_a_row);
    RUN(test_logs_out_an_inactive_user);
    RUN(test_grants_each_role_its_actions_only);
    RUN(test_refuses_malformed_users);
}
