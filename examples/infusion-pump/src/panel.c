/**
 * @file panel.c
 * @brief Buttons of the pump: what only a person at the bedside can do.
 */
#define PUMP_LOG_MODULE "panel"

#include "pump_panel.h"

#include "hal/system.h"
#include "pump_access.h"
#include "pump_alarms.h"
#include "pump_audit_log.h"
#include "pump_ble_link.h"
#include "pump_ble_pairing.h"
#include "pump_dosing.h"
#include "pump_key_store.h"
#include "pump_log.h"
#include "pump_service_port.h"
#include "pump_session.h"

/**
 * Before the pump leaves the hospital: the record of the erasure is written first, with the key that then goes.
 * [SR-CONF-003, SR-ACC-001]
 */
static pump_status_t erase(void)
{
    if (!pump_access_permits(pump_access_current_role(), PUMP_ACTION_ERASE)) {
        return PUMP_ERR_DENIED;
    }
    if (pump_dosing_active() || pump_session_is_open()) {
        return PUMP_ERR_STATE;
    }
    const pump_status_t status = pump_audit_append(PUMP_AUDIT_ERASED, "keys erased at the panel");
    if (status != PUMP_OK) {
        return status;
    }
    pump_link_close();
    return pump_key_store_erase_all();
}

pump_status_t pump_panel_press(pump_button_t button)
{
    pump_access_touch();
    switch (button) {
    case PUMP_BUTTON_STOP:
        pump_dosing_stop("panel");
        return PUMP_OK;
    case PUMP_BUTTON_SILENCE:
        return pump_alarm_silence(PUMP_ORIGIN_PANEL);
    case PUMP_BUTTON_PAIR:
        return pump_pairing_open();
    case PUMP_BUTTON_CONFIRM:
        return pump_pairing_confirm();
    case PUMP_BUTTON_SERVICE:
        return pump_service_open();
    case PUMP_BUTTON_LOGOUT:
        pump_access_logout();
        return PUMP_OK;
    case PUMP_BUTTON_ERASE:
        return erase();
    case PUMP_BUTTON_NONE:
    case PUMP_BUTTON_COUNT:
        break;
    }
    return PUMP_ERR_ARGUMENT;
}

void pump_panel_tick(void)
{
    const int pressed = hal_panel_pressed();

    if (pressed <= (int)PUMP_BUTTON_NONE || pressed >= (int)PUMP_BUTTON_COUNT) {
        return;
    }
    const pump_status_t status = pump_panel_press((pump_button_t)pressed);
    if (status != PUMP_OK) {
        LOG_INFO("button %d: %s", pressed, pump_status_text(status));
        hal_panel_show(pump_status_text(status));
    }
}
