/**
 * @file main.c
 * @brief Start-up in a fixed order, then one cooperative loop.
 */
#define PUMP_LOG_MODULE "main"

#include "pump_access.h"
#include "pump_alarms.h"
#include "pump_audit_log.h"
#include "pump_ble_link.h"
#include "pump_ble_pairing.h"
#include "pump_clock.h"
#include "pump_command_parser.h"
#include "pump_config_store.h"
#include "pump_crypto.h"
#include "pump_dosing.h"
#include "pump_firmware_update.h"
#include "pump_key_store.h"
#include "pump_log.h"
#include "pump_mqtt_gateway.h"
#include "pump_panel.h"
#include "pump_self_test.h"
#include "pump_service_port.h"
#include "pump_session.h"
#include "pump_watchdog.h"

#include <stdbool.h>
#include <stdlib.h>

#define AUDIT_PATH "/var/pump/audit.log"
#define CONFIG_PATH "/var/pump/pump.conf"
#define CA_PATH "/etc/pump/hospital-ca.pem"
#define DOSING_PERIOD_MS 100U
#define SLOW_PERIOD_MS 1000U

/** Called by the radio's receive task with one frame. */
void pump_main_on_frame(const uint8_t *frame, size_t size);

/** Called by the radio when a handheld announces its name. */
void pump_main_on_peer_name(const char *name);

/** Called by the bulk channel of the service plug: first the manifest, then pieces, then a piece of no bytes. */
void pump_main_on_update(const pump_update_manifest_t *manifest, uint32_t offset, const uint8_t *data, size_t size);

/** Security events go to the gateway as they happen; it alerts the hospital's own monitoring. */
static void on_audit_event(pump_audit_event_t event, const char *detail)
{
    switch (event) {
    case PUMP_AUDIT_LOGIN_LOCKED:
    case PUMP_AUDIT_FRAME_REJECTED:
    case PUMP_AUDIT_SERVICE:
    case PUMP_AUDIT_UPDATE:
        if (pump_gateway_report_event(detail) != PUMP_OK) {
            LOG_DEBUG("event not reported");
        }
        break;
    default:
        break;
    }
}

/** Brings the modules up; each depends only on those before it. */
static pump_status_t start(void)
{
    pump_access_init();
    pump_status_t status = pump_crypto_init();
    if (status == PUMP_OK) {
        status = pump_key_store_init();
    }
    if (status == PUMP_OK) {
        status = pump_audit_init(AUDIT_PATH);
    }
    if (status == PUMP_OK) {
        status = pump_self_test_run();
    }
    if (status == PUMP_OK && pump_config_load(CONFIG_PATH) != PUMP_OK) {
        LOG_WARN("using the settings of a new pump");
    }
    return status;
}

/** What the handheld asked for; the answer is the status text. */
void pump_main_on_frame(const uint8_t *frame, size_t size)
{
    char text[PUMP_LINK_MAX_PAYLOAD + 1U];
    pump_command_t command;

    if (pump_link_receive(frame, size, text, sizeof(text)) != PUMP_OK) {
        return;
    }
    pump_status_t status = pump_command_parse(text, &command);
    if (status == PUMP_OK) {
        status = pump_command_execute(&command);
    }
    pump_crypto_clear(text, sizeof(text));
    pump_crypto_clear(&command, sizeof(command));
    if (pump_link_send(pump_status_text(status)) != PUMP_OK) {
        LOG_WARN("answer not sent");
    }
}

void pump_main_on_peer_name(const char *name)
{
    if (pump_link_set_peer_name(name) != PUMP_OK) {
        LOG_WARN("name refused");
    }
}

void pump_main_on_update(const pump_update_manifest_t *manifest, uint32_t offset, const uint8_t *data, size_t size)
{
    pump_status_t status;

    if (!pump_service_logged_in()) {
        return;
    }
    if (manifest != NULL) {
        status = pump_update_begin(manifest);
    } else if (size > 0U) {
        status = pump_update_chunk(offset, data, size);
    } else {
        status = pump_update_finish();
    }
    if (status != PUMP_OK) {
        pump_update_abort(pump_status_text(status));
    }
}

static void run_slow_tasks(void)
{
    pump_panel_tick();
    pump_access_tick();
    pump_pairing_tick();
    pump_alarm_tick();
    pump_watchdog_alive(PUMP_TASK_ALARMS);
    pump_gateway_tick();
    pump_service_tick();
    pump_watchdog_alive(PUMP_TASK_LINK);
}

int main(void)
{
    uint32_t dosing_at = pump_clock_uptime_ms();
    uint32_t slow_at = dosing_at;

    const pump_status_t status = start();
    if (status != PUMP_OK) {
        LOG_ERROR("start refused: %s", pump_status_text(status));
        pump_alarm_raise(PUMP_ALARM_SELF_TEST);
        return EXIT_FAILURE;
    }
    pump_audit_set_listener(on_audit_event);
    (void)pump_gateway_connect(CA_PATH);
    pump_watchdog_init();

    for (;;) {
        const uint32_t now = pump_clock_uptime_ms();

        if (now - dosing_at >= DOSING_PERIOD_MS) {
            pump_dosing_tick(now - dosing_at);
            dosing_at = now;
            pump_watchdog_alive(PUMP_TASK_DOSING);
        }
        if (now - slow_at >= SLOW_PERIOD_MS) {
            slow_at = now;
            run_slow_tasks();
        }
        if (pump_watchdog_tick() == PUMP_ERR_TIMEOUT) {
            pump_dosing_stop("watchdog");
        }
    }
}
