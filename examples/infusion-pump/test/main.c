/**
 * @file main.c
 * @brief Runs all unit tests on the computer that builds the firmware.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "fake_tls.h"
#include "pump_access.h"
#include "pump_alarms.h"
#include "pump_audit_log.h"
#include "pump_ble_link.h"
#include "pump_ble_pairing.h"
#include "pump_crypto.h"
#include "pump_dosing.h"
#include "pump_drug_library.h"
#include "pump_key_store.h"
#include "pump_log.h"
#include "pump_mqtt_gateway.h"
#include "pump_service_port.h"
#include "pump_session.h"

#include <stdio.h>
#include <stdlib.h>

#define AUDIT_FILE "build/test-audit.log"

static unsigned int tests;
static unsigned int failures;
static FILE *report;

void pump_test_check(bool holds, const char *text, const char *file, int line)
{
    if (!holds) {
        failures++;
        (void)printf("%s:%d: does not hold: %s\n", file, line, text);
    }
}

void pump_test_check_status(pump_status_t expected, pump_status_t actual, const char *file, int line)
{
    if (expected != actual) {
        failures++;
        (void)printf("%s:%d: expected '%s', got '%s'\n", file, line, pump_status_text(expected),
                     pump_status_text(actual));
    }
}

/** Brings all modules into the state after power on. */
static void fresh_pump(void)
{
    pump_dosing_stop("next test");
    pump_pairing_cancel();
    pump_link_close();
    pump_gateway_disconnect();
    pump_service_close();
    if (pump_session_is_open()) {
        (void)pump_session_close();
    }
    for (int alarm = 0; alarm < (int)PUMP_ALARM_COUNT; alarm++) {
        pump_alarm_clear((pump_alarm_t)alarm);
    }
    pump_drug_library_clear();
    pump_audit_set_listener(NULL);

    fake_board_reset();
    fake_tls_reset();
    (void)remove(AUDIT_FILE);
    pump_access_init();
    CHECK_STATUS(PUMP_OK, pump_crypto_init());
    CHECK_STATUS(PUMP_OK, pump_key_store_init());
    CHECK_STATUS(PUMP_OK, pump_audit_init(AUDIT_FILE));
    CHECK_STATUS(PUMP_OK, pump_access_add_user("noor", PUMP_ROLE_NURSE, "2580"));
    CHECK_STATUS(PUMP_OK, pump_access_add_user("piet", PUMP_ROLE_PHARMACIST, "1470"));
    CHECK_STATUS(PUMP_OK, pump_access_add_user("ada", PUMP_ROLE_ADMIN, "36912"));
}

void pump_test_run(const char *name, void (*test)(void))
{
    const unsigned int before = failures;

    tests++;
    fresh_pump();
    test();
    (void)printf("%s %s\n", (failures == before) ? "ok  " : "FAIL", name);
    if (report != NULL) {
        (void)fprintf(report, "  <testcase classname=\"unit\" name=\"%s\"%s\n", name,
                      (failures == before) ? "/>" : "><failure/></testcase>");
    }
}

void pump_test_login_nurse(void)
{
    CHECK_STATUS(PUMP_OK, pump_access_login("noor", "2580"));
}

void pump_test_login_pharmacist(void)
{
    CHECK_STATUS(PUMP_OK, pump_access_login("piet", "1470"));
}

void pump_test_login_admin(void)
{
    CHECK_STATUS(PUMP_OK, pump_access_login("ada", "36912"));
}

void pump_test_load_drug(void)
{
    const pump_drug_t drug = {.id = 7U, .hard_max_ulh = 200000U, .name = "saline"};

    pump_test_login_pharmacist();
    CHECK_STATUS(PUMP_OK, pump_drug_library_add(&drug));
    pump_access_logout();
}

void pump_test_start_infusion(void)
{
    const pump_program_t program = {.drug_id = 7U, .rate_ulh = 100000U, .volume_ul = 10000U};

    pump_test_load_drug();
    CHECK_STATUS(PUMP_OK, pump_dosing_program(&program));
    CHECK_STATUS(PUMP_OK, pump_dosing_start());
}

/** With an argument, the results are written there too, as JUnit XML. */
int main(int argc, char **argv)
{
    if (argc > 1) {
        report = fopen(argv[1], "w");
        if (report == NULL) {
            (void)printf("%s cannot be written\n", argv[1]);
            return EXIT_FAILURE;
        }
        (void)fputs("<testsuite name=\"CIP-1 unit tests\">\n", report);
    }
    pump_log_set_level(PUMP_LOG_NONE);
    run_access_tests();
    run_audit_log_tests();
    run_ble_tests();
    run_command_tests();
    run_config_and_clock_tests();
    run_crypto_tests();
    run_dosing_tests();
    run_firmware_update_tests();
    run_gateway_tests();
    run_safety_tests();
    run_service_port_tests();
    run_session_tests();
    (void)printf("%u tests, %u failures\n", tests, failures);
    if (report != NULL) {
        (void)fputs("</testsuite>\n", report);
        if (fclose(report) != 0) {
            (void)printf("%s could not be written\n", argv[1]);
            return EXIT_FAILURE;
        }
    }
    return (failures == 0U) ? EXIT_SUCCESS : EXIT_FAILURE;
}
