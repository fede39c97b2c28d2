/**
 * @file service_port.c
 * @brief Serial line behind the battery cover, for the service technician.
 */
#define PUMP_LOG_MODULE "service"

#include "pump_service_port.h"

#include "hal/system.h"
#include "pump_audit_log.h"
#include "pump_config_store.h"
#include "pump_diagnostics.h"
#include "pump_dosing.h"
#include "pump_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHELL_LINE_SIZE 128U

static const char *service_password = "pump-field-2024";

typedef pump_status_t (*handler_t)(const char *argument);

typedef struct {
    const char *verb;
    handler_t handler;
    bool needs_login;
} service_command_t;

static bool port_open;
static bool logged_in;
static unsigned int attempts;
static unsigned long motor_trim;
static unsigned long panel_contrast;

/**
 * The port opens only at a pump that is at rest.
 * [SR-ACC-003]
 */
pump_status_t pump_service_open(void)
{
    if (!hal_uart_service_plug()) {
        return PUMP_ERR_STATE;
    }
    if (pump_dosing_active()) {
        LOG_WARN("refused: infusion runs");
        return PUMP_ERR_STATE;
    }
    port_open = true;
    logged_in = false;
    attempts = 0U;
    return PUMP_OK;
}

void pump_service_close(void)
{
    port_open = false;
    logged_in = false;
}

/**
 * After three wrong words the plug has to be pulled.
 * [SR-AUTH-007]
 */
static pump_status_t handle_login(const char *password)
{
    if (attempts >= PUMP_SERVICE_MAX_ATTEMPTS) {
        return PUMP_ERR_LOCKED;
    }
    if (strcmp(password, service_password) != 0) {
        attempts++;
        LOG_WARN("login refused: '%s'", password);
        (void)pump_audit_append(PUMP_AUDIT_SERVICE, "login refused");
        return PUMP_ERR_AUTH;
    }
    logged_in = true;
    attempts = 0U;
    (void)pump_audit_append(PUMP_AUDIT_SERVICE, "login");
    return PUMP_OK;
}

static pump_status_t handle_get(const char *argument)
{
    char text[PUMP_SERVICE_LINE_SIZE * 2U];

    (void)argument;
    const pump_status_t status = pump_config_text(text, sizeof(text));
    if (status != PUMP_OK) {
        return status;
    }
    return (hal_uart_write(text) == 0) ? PUMP_OK : PUMP_ERR_IO;
}

/** Takes `NAME VALUE`: trims for the mechanism, no settings of the therapy. */
static pump_status_t handle_set(const char *argument)
{
    char name[16];
    unsigned long value = 0U;

    if (sscanf(argument, "%s %lu", name, &value) != 2) {
        return PUMP_ERR_ARGUMENT;
    }
    if (strcmp(name, "trim") == 0) {
        motor_trim = value;
    } else if (strcmp(name, "contrast") == 0) {
        panel_contrast = value;
    } else {
        return PUMP_ERR_NOT_FOUND;
    }
    LOG_INFO("trim %lu contrast %lu", motor_trim, panel_contrast);
    (void)pump_audit_append(PUMP_AUDIT_SERVICE, "trim changed");
    return PUMP_OK;
}

/** Shows the addresses of a network interface. */
static pump_status_t handle_net(const char *argument)
{
    char command[SHELL_LINE_SIZE];

    (void)snprintf(command, sizeof(command), "ip addr show %s", argument);
    return (system(command) == 0) ? PUMP_OK : PUMP_ERR_IO;
}

static pump_status_t handle_report(const char *argument)
{
    return pump_diagnostics_export(argument);
}

static pump_status_t handle_quit(const char *argument)
{
    (void)argument;
    pump_service_close();
    return PUMP_OK;
}

static const service_command_t commands[] = {
    {"login", handle_login, false}, {"get", handle_get, true},       {"set", handle_set, true},
    {"net", handle_net, true},      {"report", handle_report, true}, {"quit", handle_quit, false},
};

/**
 * A fixed, short list of commands; none of them moves the motor.
 * [SR-ACC-004, SR-AUTH-007]
 */
pump_status_t pump_service_line(const char *line)
{
    if (line == NULL || strlen(line) >= PUMP_SERVICE_LINE_SIZE) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!port_open) {
        return PUMP_ERR_STATE;
    }
    const size_t verb_size = strcspn(line, " ");
    const char *argument = line + verb_size + ((line[verb_size] == ' ') ? 1U : 0U);

    for (size_t i = 0U; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strlen(commands[i].verb) != verb_size || strncmp(commands[i].verb, line, verb_size) != 0) {
            continue;
        }
        if (commands[i].needs_login && !logged_in) {
            return PUMP_ERR_AUTH;
        }
        return commands[i].handler(argument);
    }
    return PUMP_ERR_NOT_FOUND;
}

/** [SR-ACC-003] */
void pump_service_tick(void)
{
    char line[PUMP_SERVICE_LINE_SIZE];

    if (port_open && (!hal_uart_service_plug() || pump_dosing_active())) {
        pump_service_close();
    }
    if (!port_open) {
        return;
    }
    if (hal_uart_read_line(line, sizeof(line)) > 0) {
        const pump_status_t status = pump_service_line(line);
        (void)hal_uart_write(pump_status_text(status));
        (void)hal_uart_write("\r\n");
    }
}

bool pump_service_logged_in(void)
{
    return logged_in;
}
