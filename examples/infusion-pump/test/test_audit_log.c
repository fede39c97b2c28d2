/**
 * @file test_audit_log.c
 * @brief Records, their chain, their collection.
 */
#include "pump_test.h"

#include "pump_access.h"
#include "pump_audit_log.h"
#include "pump_dosing.h"

#include <stdio.h>
#include <string.h>

#define AUDIT_FILE "build/test-audit.log"

static unsigned int heard;

static void count_event(pump_audit_event_t event, const char *detail)
{
    (void)event;
    (void)detail;
    heard++;
}

/** Looks for @p text in the log file. */
static bool log_holds(const char *text)
{
    char line[320];
    bool found = false;

    FILE *file = fopen(AUDIT_FILE, "r");
    if (file == NULL) {
        return false;
    }
    while (!found && fgets(line, (int)sizeof(line), file) != NULL) {
        found = strstr(line, text) != NULL;
    }
    (void)fclose(file);
    return found;
}

/* Who, when and what are in the record of a new programme. [TC-LOG-001] [verifies SR-LOG-001] */
static void test_records_a_programme_with_user_and_time(void)
{
    const pump_program_t program = {.drug_id = 7U, .rate_ulh = 5000U, .volume_ul = 2000U};

    pump_test_load_drug();
    pump_test_login_nurse();
    CHECK_STATUS(PUMP_OK, pump_dosing_program(&program));
    CHECK(log_holds("2026-01-01T00:00:00Z;noor;program-changed;drug 7 rate 5000 volume 2000;"));
}

/* One changed character anywhere breaks the chain. [TC-LOG-002] [verifies SR-LOG-002] */
static void test_notices_an_altered_record(void)
{
    CHECK_STATUS(PUMP_OK, pump_audit_append(PUMP_AUDIT_SERVICE, "first"));
    CHECK_STATUS(PUMP_OK, pump_audit_append(PUMP_AUDIT_SERVICE, "second"));
    CHECK_STATUS(PUMP_OK, pump_audit_verify());

    FILE *file = fopen(AUDIT_FILE, "r+");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK(fseek(file, 12L, SEEK_SET) == 0);
        CHECK(fputc('7', file) == '7');
        CHECK(fclose(file) == 0);
    }
    CHECK_STATUS(PUMP_ERR_INTEGRITY, pump_audit_verify());
}

/* Records stay until the gateway has confirmed them. [TC-LOG-003] [verifies SR-LOG-003] */
static void test_keeps_records_until_collected(void)
{
    CHECK_STATUS(PUMP_OK, pump_audit_append(PUMP_AUDIT_SERVICE, "kept"));
    CHECK(!pump_audit_nearly_full());
    while (!pump_audit_nearly_full() && pump_audit_count() < 40U) {
        CHECK_STATUS(PUMP_OK, pump_audit_append(PUMP_AUDIT_ALARM, "more"));
    }
    CHECK(log_holds("kept"));
    CHECK_STATUS(PUMP_OK, pump_audit_collected());
    CHECK(!log_holds("kept"));
    CHECK(pump_audit_count() == 1U);
    CHECK_STATUS(PUMP_OK, pump_audit_verify());
}

/* [TC-LOG-004] [verifies SR-LOG-004] */
static void test_tells_the_listener_of_each_event(void)
{
    heard = 0U;
    pump_audit_set_listener(count_event);
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "9999"));
    CHECK(heard == 1U);
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "9999"));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_access_login("noor", "9999"));
    CHECK(heard == 4U); /* the lock is an event of its own */
}

void run_audit_log_tests(void)
{
    RUN(test_records_a_programme_with_user_and_time);
    RUN(test_notices_an_altered_record);
    RUN(test_keeps_records_until_collected);
    RUN(test_tells_the_listener_of_each_event);
}
