/**
 * @file test_dosing.c
 * @brief Limits, delivery, supervision of the mechanism, the drug library.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_access.h"
#include "pump_alarms.h"
#include "pump_crypto.h"
#include "pump_dosing.h"
#include "pump_drug_library.h"

#include <string.h>

/* Limits of the mechanism, of the drug, and of the volume left. [TC-INT-004] [verifies SR-INT-004@2] */
static void test_refuses_what_exceeds_a_limit(void)
{
    pump_program_t program = {.drug_id = 7U, .rate_ulh = 200001U, .volume_ul = 10000U};

    pump_test_load_drug();
    CHECK_STATUS(PUMP_ERR_RANGE, pump_dosing_program(&program));
    program.rate_ulh = PUMP_RATE_MIN_ULH - 1U;
    CHECK_STATUS(PUMP_ERR_RANGE, pump_dosing_program(&program));
    program.rate_ulh = 100000U;
    program.volume_ul = PUMP_VOLUME_MAX_UL + 1U;
    CHECK_STATUS(PUMP_ERR_RANGE, pump_dosing_program(&program));
    program.volume_ul = 10000U;
    program.drug_id = 8U;
    CHECK_STATUS(PUMP_ERR_NOT_FOUND, pump_dosing_program(&program));
    program.drug_id = 7U;
    CHECK_STATUS(PUMP_OK, pump_dosing_program(&program));
    CHECK_STATUS(PUMP_OK, pump_dosing_start());
    CHECK_STATUS(PUMP_ERR_RANGE, pump_dosing_bolus(PUMP_BOLUS_MAX_UL + 1U));
    CHECK_STATUS(PUMP_ERR_STATE, pump_dosing_program(&program));
}

/** An hour of a tenth of a second each gives exactly the programmed rate. */
static void test_delivers_the_programmed_volume(void)
{
    pump_test_start_infusion();
    for (unsigned int i = 0U; i < 3600U; i++) {
        pump_dosing_tick(50U);
    }
    CHECK(pump_dosing_delivered_ul() == 5000U);
    for (unsigned int i = 0U; i < 3601U; i++) {
        pump_dosing_tick(50U);
    }
    CHECK(pump_dosing_delivered_ul() == 10000U);
    CHECK(pump_dosing_state() == PUMP_DOSING_DONE);
    CHECK(!fake_board.motor_on);
    CHECK(pump_alarm_active(PUMP_ALARM_COMPLETE));
}

/* A motor that does not turn is noticed within a tenth of a millilitre. [TC-INT-006] [verifies SR-INT-006] */
static void test_stops_when_the_encoder_disagrees(void)
{
    pump_test_start_infusion();
    fake_board.encoder_stuck = true;
    for (unsigned int i = 0U; i < 200U && pump_dosing_active(); i++) {
        pump_dosing_tick(100U);
    }
    CHECK(!pump_dosing_active());
    CHECK(!fake_board.motor_on);
    CHECK(pump_dosing_delivered_ul() <= 105U);
    CHECK(pump_alarm_active(PUMP_ALARM_DEVIATION));
}

static void test_stops_when_the_line_is_blocked(void)
{
    pump_test_start_infusion();
    fake_board.force_mn = 9500U;
    pump_dosing_tick(1000U);
    CHECK(!pump_dosing_active());
    CHECK(pump_alarm_active(PUMP_ALARM_OCCLUSION));
}

/** An image with one drug: id 9, 50 ml an hour. */
static size_t make_library(uint8_t image[64])
{
    const uint8_t head[18] = {0, 1, 0, 14, 0, 9, 0, 0, 0xc3, 0x50, 'h', 'e', 'p', 'a', 'r', 'i', 'n', 0};

    memcpy(image, head, sizeof(head));
    CHECK_STATUS(PUMP_OK, pump_crypto_digest(image, sizeof(head), image + sizeof(head)));
    return sizeof(head) + PUMP_DIGEST_SIZE;
}

/* A library with one changed bit is refused and the old one stays. [TC-INT-001] [verifies SR-INT-001] */
static void test_refuses_an_altered_library(void)
{
    uint8_t image[64];
    pump_drug_t drug;

    pump_test_load_drug();
    const size_t size = make_library(image);
    CHECK_STATUS(PUMP_ERR_DENIED, pump_drug_library_load(image, size));
    pump_test_login_pharmacist();
    image[8] ^= 0x40U;
    CHECK_STATUS(PUMP_ERR_INTEGRITY, pump_drug_library_load(image, size));
    CHECK_STATUS(PUMP_OK, pump_drug_library_find(7U, &drug));
    image[8] ^= 0x40U;
    CHECK_STATUS(PUMP_OK, pump_drug_library_load(image, size));
    CHECK_STATUS(PUMP_OK, pump_drug_library_find(9U, &drug));
    CHECK(drug.hard_max_ulh == 50000U);
    CHECK(strcmp(drug.name, "heparin") == 0);
    CHECK(pump_drug_library_count() == 1U);
}

void run_dosing_tests(void)
{
    RUN(test_refuses_what_exceeds_a_limit);
    RUN(test_delivers_the_programmed_volume);
    RUN(test_stops_when_the_encoder_disagrees);
    RUN(test_stops_when_the_line_is_blocked);
    RUN(test_refuses_an_altered_library);
}
