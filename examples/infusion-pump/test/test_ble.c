/**
 * @file test_ble.c
 * @brief Pairing and the authenticated link.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "pump_ble_link.h"
#include "pump_ble_pairing.h"

#include <string.h>

static const uint8_t handheld_nonce[PUMP_CHALLENGE_SIZE] = {1, 2, 3, 4, 5, 6, 7, 8};

static void open_link(void)
{
    uint8_t material[PUMP_KEY_SIZE];

    memset(material, 0x11, sizeof(material));
    CHECK_STATUS(PUMP_OK, pump_link_open(material));
}

/** Lets the pump build a frame, which in this test comes back from the handheld. */
static size_t make_frame(const char *payload, uint8_t frame[PUMP_LINK_MAX_FRAME])
{
    CHECK_STATUS(PUMP_OK, pump_link_send(payload));
    memcpy(frame, fake_board.sent, fake_board.sent_size);
    return fake_board.sent_size;
}

/* Without the button on the pump there is no link. [TC-AUTH-001] [verifies SR-AUTH-001] */
static void test_pairs_only_when_confirmed_on_the_pump(void)
{
    CHECK_STATUS(PUMP_ERR_STATE, pump_pairing_request(handheld_nonce));
    CHECK_STATUS(PUMP_OK, pump_pairing_open());
    CHECK_STATUS(PUMP_OK, pump_pairing_request(handheld_nonce));
    CHECK(strncmp(fake_board.shown, "Same number? ", 13U) == 0);
    CHECK_STATUS(PUMP_ERR_AUTH, pump_pairing_confirm());
    CHECK(!pump_link_is_open());
    fake_board.confirm_pressed = true;
    CHECK_STATUS(PUMP_OK, pump_pairing_confirm());
    CHECK(pump_link_is_open());
    CHECK(!fake_board.advertising);
}

/* [TC-AUTH-002] [verifies SR-AUTH-002] */
static void test_pairing_window_closes_after_a_minute(void)
{
    CHECK_STATUS(PUMP_OK, pump_pairing_open());
    fake_board_advance_ms(PUMP_PAIRING_WINDOW_MS - 1U);
    pump_pairing_tick();
    CHECK(pump_pairing_state() == PUMP_PAIRING_OPEN);
    fake_board_advance_ms(1U);
    pump_pairing_tick();
    CHECK(pump_pairing_state() == PUMP_PAIRING_IDLE);
    CHECK(!fake_board.advertising);
    CHECK_STATUS(PUMP_ERR_STATE, pump_pairing_request(handheld_nonce));
}

/* Every single byte is covered by the code. [TC-AUTH-005] [verifies SR-AUTH-005] */
static void test_refuses_an_altered_frame(void)
{
    uint8_t frame[PUMP_LINK_MAX_FRAME];
    char payload[PUMP_LINK_MAX_PAYLOAD + 1U];

    open_link();
    const size_t size = make_frame("STATUS", frame);
    for (size_t i = 0U; i < size; i++) {
        fake_board_advance_ms(1000U);
        frame[i] ^= 0x01U;
        CHECK(pump_link_receive(frame, size, payload, sizeof(payload)) != PUMP_OK);
        frame[i] ^= 0x01U;
    }
    fake_board_advance_ms(1000U);
    CHECK_STATUS(PUMP_OK, pump_link_receive(frame, size, payload, sizeof(payload)));
    CHECK(strcmp(payload, "STATUS") == 0);
}

/* A frame that was accepted once is refused for ever. [TC-AUTH-006] [verifies SR-AUTH-006] */
static void test_refuses_a_replayed_frame(void)
{
    uint8_t first[PUMP_LINK_MAX_FRAME];
    uint8_t second[PUMP_LINK_MAX_FRAME];
    char payload[PUMP_LINK_MAX_PAYLOAD + 1U];

    open_link();
    const size_t first_size = make_frame("BOLUS 1.0", first);
    const size_t second_size = make_frame("STOP", second);
    CHECK_STATUS(PUMP_OK, pump_link_receive(first, first_size, payload, sizeof(payload)));
    CHECK_STATUS(PUMP_OK, pump_link_receive(second, second_size, payload, sizeof(payload)));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_link_receive(second, second_size, payload, sizeof(payload)));
    CHECK_STATUS(PUMP_ERR_AUTH, pump_link_receive(first, first_size, payload, sizeof(payload)));
}

/* [TC-RES-003] [verifies SR-RES-003] */
static void test_limits_the_frames_of_a_second(void)
{
    uint8_t frame[PUMP_LINK_MAX_FRAME] = {0};
    char payload[PUMP_LINK_MAX_PAYLOAD + 1U];

    open_link();
    for (unsigned int i = 0U; i < PUMP_LINK_MAX_FRAMES_PER_SECOND; i++) {
        CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_link_receive(frame, 1U, payload, sizeof(payload)));
    }
    CHECK_STATUS(PUMP_ERR_FULL, pump_link_receive(frame, 1U, payload, sizeof(payload)));
    CHECK(pump_link_statistics().throttled == 1U);
    fake_board_advance_ms(1000U);
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_link_receive(frame, 1U, payload, sizeof(payload)));
}

/* Wrong sizes are counted and change nothing else. [TC-RES-004] [verifies SR-RES-004] */
static void test_drops_malformed_frames(void)
{
    uint8_t frame[PUMP_LINK_MAX_FRAME + 8U] = {0};
    char payload[PUMP_LINK_MAX_PAYLOAD + 1U] = "untouched";

    open_link();
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_link_receive(frame, 3U, payload, sizeof(payload)));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_link_receive(frame, sizeof(frame), payload, sizeof(payload)));
    frame[4] = 200U;
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_link_receive(frame, 40U, payload, sizeof(payload)));
    CHECK(strcmp(payload, "untouched") == 0);
    CHECK(pump_link_statistics().rejected == 3U);
    CHECK(pump_link_is_open());
}

void run_ble_tests(void)
{
    RUN(test_pairs_only_when_confirmed_on_the_pump);
    RUN(test_pairing_window_closes_after_a_minute);
    RUN(test_refuses_an_altered_frame);
    RUN(test_refuses_a_replayed_frame);
    RUN(test_limits_the_frames_of_a_second);
    RUN(test_drops_malformed_frames);
}
