/**
 * @file test_gateway.c
 * @brief What the hospital's gateway may and may not do.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "fake_tls.h"
#include "pump_alarms.h"
#include "pump_clock.h"
#include "pump_dosing.h"
#include "pump_mqtt_gateway.h"

/* Nothing that the gateway sends reaches the dose. [TC-ACC-002] [verifies SR-ACC-002] */
static void test_gateway_cannot_touch_the_dose(void)
{
    static const char *const requests[] = {"program", "start", "stop", "bolus", "update", "START", ""};
    const uint8_t data[4] = {'1', '2', '3', '4'};

    for (size_t i = 0U; i < sizeof(requests) / sizeof(requests[0]); i++) {
        CHECK_STATUS(PUMP_ERR_DENIED, pump_gateway_dispatch(requests[i], data, sizeof(data)));
    }
    CHECK_STATUS(PUMP_ERR_DENIED, pump_gateway_dispatch("library", data, sizeof(data)));
    CHECK(!pump_dosing_active());
}

static void test_gateway_corrects_the_time(void)
{
    const uint8_t later[10] = {'1', '7', '6', '7', '2', '2', '5', '7', '0', '0'};

    CHECK_STATUS(PUMP_OK, pump_gateway_dispatch("time", later, sizeof(later)));
    CHECK(pump_clock_now() == 1767225700U);
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_gateway_dispatch("time", (const uint8_t *)"now", 3U));
}

/* The infusion goes on while the gateway is away. [TC-RES-002] [verifies SR-RES-002] */
static void test_infusion_goes_on_without_the_gateway(void)
{
    pump_test_start_infusion();
    fake_tls.network_up = true;
    CHECK_STATUS(PUMP_OK, pump_gateway_connect("hospital-ca.pem"));
    CHECK_STATUS(PUMP_OK, pump_gateway_report());
    CHECK(fake_tls.written > 0U);
    fake_tls.network_up = false;
    fake_board_advance_ms(1000U);
    pump_gateway_tick();
    CHECK(!pump_gateway_connected());
    CHECK(pump_alarm_active(PUMP_ALARM_GATEWAY_LOST));
    CHECK(pump_dosing_active());
    pump_dosing_tick(1000U);
    CHECK(pump_dosing_delivered_ul() > 0U);

    fake_tls.network_up = true;
    fake_board_advance_ms(PUMP_GATEWAY_RETRY_MS);
    pump_gateway_tick();
    CHECK(pump_gateway_connected());
    CHECK(!pump_alarm_active(PUMP_ALARM_GATEWAY_LOST));
}

void run_gateway_tests(void)
{
    RUN(test_gateway_cannot_touch_the_dose);
    RUN(test_gateway_corrects_the_time);
    RUN(test_infusion_goes_on_without_the_gateway);
}
