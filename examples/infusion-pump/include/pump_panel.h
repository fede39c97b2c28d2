/**
 * @file pump_panel.h
 * @brief Buttons of the pump: what only a person at the bedside can do.
 */
#ifndef PUMP_PANEL_H
#define PUMP_PANEL_H

#include "pump_status.h"

typedef enum {
    PUMP_BUTTON_NONE = 0,
    PUMP_BUTTON_STOP,
    PUMP_BUTTON_SILENCE,
    PUMP_BUTTON_PAIR,
    PUMP_BUTTON_CONFIRM,
    PUMP_BUTTON_SERVICE,
    PUMP_BUTTON_LOGOUT,
    PUMP_BUTTON_ERASE, /**< held for ten seconds in the administrator's menu */
    PUMP_BUTTON_COUNT
} pump_button_t;

/** Does what @p button stands for. */
pump_status_t pump_panel_press(pump_button_t button);

/** Reads the buttons; call once a second. */
void pump_panel_tick(void);

#endif
