/**
 * @file test_session.c
 * @brief The treatment of one patient.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_command_parser.h"
#include "pump_session.h"

#include <string.h>

/** Looks for @p text in @p data. */
static bool holds(const uint8_t *data, size_t size, const char *text)
{
    const size_t length = strlen(text);

    for (size_t i = 0U; i + length <= size; i++) {
        if (memcmp(data + i, text, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Neither patient nor bed can be read in the exported record. [TC-CONF-001] [verifies SR-CONF-001] */
static void test_exports_nothing_readable(void)
{
    uint8_t out[PUMP_SESSION_EXPORT_SIZE];

    CHECK_STATUS(PUMP_OK, pump_session_open("AB-1234"));
    CHECK_STATUS(PUMP_OK, pump_session_move("W3-12"));
    CHECK_STATUS(PUMP_OK, pump_session_note(7U, 2500U));
    CHECK_STATUS(PUMP_OK, pump_session_export(out, sizeof(out)));
    CHECK(!holds(out, sizeof(out), "AB-1234"));
    CHECK(!holds(out, sizeof(out), "W3-12"));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_session_export(out, sizeof(out) - 1U));
}

/* After the end nothing of the patient is left. [TC-CONF-004] [verifies SR-CONF-004] */
static void test_forgets_the_patient(void)
{
    uint8_t out[PUMP_SESSION_EXPORT_SIZE];

    CHECK_STATUS(PUMP_OK, pump_session_open("AB-1234"));
    CHECK_STATUS(PUMP_OK, pump_session_move("W3-12"));
    CHECK_STATUS(PUMP_ERR_STATE, pump_session_open("CD-5678"));
    CHECK_STATUS(PUMP_OK, pump_session_close());
    CHECK(!pump_session_is_open());
    CHECK(strcmp(pump_session_bed(), "-") == 0);
    CHECK_STATUS(PUMP_ERR_STATE, pump_session_export(out, sizeof(out)));
}

/* The handheld's CLOSE keeps the record and then forgets the patient. [verifies SR-CONF-001] */
static void test_archives_the_record_when_closed(void)
{
    pump_command_t command;

    pump_test_login_nurse();
    CHECK_STATUS(PUMP_OK, pump_session_open("AB-1234"));
    CHECK_STATUS(PUMP_OK, pump_command_parse("CLOSE", &command));
    CHECK_STATUS(PUMP_OK, pump_command_execute(&command));
    CHECK(fake_flash_filled(0x20U));
    CHECK(!pump_session_is_open());
}

static void test_refuses_malformed_patient_ids(void)
{
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_session_open(""));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_session_open("AB 1234"));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_session_open("AB-1234-AB-1234-AB-1234-X"));
}

void run_session_tests(void)
{
    RUN(test_exports_nothing_readable);
    RUN(test_forgets_the_patient);
    RUN(test_archives_the_record_when_closed);
    RUN(test_refuses_malformed_patient_ids);
}
