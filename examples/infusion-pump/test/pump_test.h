/**
 * @file pump_test.h
 * @brief A very small test frame: checks, a fresh pump for each test, a register of suites.
 */
#ifndef PUMP_TEST_H
#define PUMP_TEST_H

#include "pump_status.h"

#include <stdbool.h>

/** Notes a failure, with its place, and lets the test go on. */
#define CHECK(condition) pump_test_check((condition), #condition, __FILE__, __LINE__)

/** Checks the status that an operation gave. */
#define CHECK_STATUS(expected, actual) pump_test_check_status((expected), (actual), __FILE__, __LINE__)

/** Runs one test on a fresh pump. */
#define RUN(test) pump_test_run(#test, test)

void pump_test_check(bool holds, const char *text, const char *file, int line);
void pump_test_check_status(pump_status_t expected, pump_status_t actual, const char *file, int line);
void pump_test_run(const char *name, void (*test)(void));

/** Logs in as one of the users that every fresh pump has. */
void pump_test_login_nurse(void);
void pump_test_login_pharmacist(void);
void pump_test_login_admin(void);

/** Loads drug 7 (at most 200 ml an hour) and logs everybody out. */
void pump_test_load_drug(void);

/** Starts an infusion of drug 7: 100 ml an hour, 10 ml. */
void pump_test_start_infusion(void);

void run_access_tests(void);
void run_audit_log_tests(void);
void run_ble_tests(void);
void run_command_tests(void);
void run_config_and_clock_tests(void);
void run_crypto_tests(void);
void run_dosing_tests(void);
void run_firmware_update_tests(void);
void run_gateway_tests(void);
void run_safety_tests(void);
void run_service_port_tests(void);
void run_session_tests(void);

#endif
