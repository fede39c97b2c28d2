/**
 * @file test_command.c
 * @brief Grammar and execution of the handheld's commands.
 */
#include "pump_test.h"

#include "pump_access.h"
#include "pump_command_parser.h"

#include <string.h>

static pump_status_t parse(const char *text)
{
    pump_command_t command;
    return pump_command_parse(text, &command);
}

/* Anything that is not exactly a command is refused. [TC-INT-003] [verifies SR-INT-003] */
static void test_refuses_malformed_commands(void)
{
    static const char *const malformed[] = {
        "", "PROGRAM", "PROGRAM 7 12.5", "PROGRAM 7 12.5 10 1", "PROGRAM 7 12,5 10", "PROGRAM 7 12.5555 10",
        "PROGRAM 7 -1 10", "BOLUS .5", "BOLUS 5.", "BOLUS 1e3", "START now", "start", "REBOOT",
    };
    for (size_t i = 0U; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        CHECK(parse(malformed[i]) != PUMP_OK);
    }
    CHECK_STATUS(PUMP_ERR_RANGE, parse("BOLUS 99999999"));
}

static void test_reads_a_programme(void)
{
    pump_command_t command;

    CHECK_STATUS(PUMP_OK, pump_command_parse("PROGRAM 7 12.5 10", &command));
    CHECK(command.kind == PUMP_COMMAND_PROGRAM);
    CHECK(command.program.drug_id == 7U);
    CHECK(command.program.rate_ulh == 12500U);
    CHECK(command.program.volume_ul == 10000U);
    CHECK_STATUS(PUMP_OK, pump_command_parse("OPEN AB-1234", &command));
    CHECK(strcmp(command.subject, "AB-1234") == 0);
}

/* Stopping is open to all, starting is not. [verifies SR-ACC-001] */
static void test_executes_only_what_the_role_permits(void)
{
    pump_command_t command;

    CHECK_STATUS(PUMP_OK, pump_command_parse("START", &command));
    CHECK_STATUS(PUMP_ERR_DENIED, pump_command_execute(&command));
    CHECK_STATUS(PUMP_OK, pump_command_parse("STOP", &command));
    CHECK_STATUS(PUMP_OK, pump_command_execute(&command));
    CHECK_STATUS(PUMP_OK, pump_command_parse("LOGIN noor 2580", &command));
    CHECK_STATUS(PUMP_OK, pump_command_execute(&command));
    CHECK(pump_access_current_role() == PUMP_ROLE_NURSE);
    CHECK_STATUS(PUMP_OK, pump_command_parse("OPEN AB-1234", &command));
    CHECK_STATUS(PUMP_OK, pump_command_execute(&command));
}

void run_command_tests(void)
{
    RUN(test_refuses_malformed_commands);
    RUN(test_reads_a_programme);
    RUN(test_executes_only_what_the_role_permits);
}
