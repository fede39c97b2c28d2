/**
 * @file pump_service_port.h
 * @brief Serial line behind the battery cover, for the service technician.
 *
 *     login WORD     get     set NAME VALUE     net INTERFACE     report TEXT     quit
 */
#ifndef PUMP_SERVICE_PORT_H
#define PUMP_SERVICE_PORT_H

#include "pump_status.h"

#include <stdbool.h>

#define PUMP_SERVICE_LINE_SIZE 96U
#define PUMP_SERVICE_MAX_ATTEMPTS 3U

/** Opens the port when the plug is in and no infusion runs. */
pump_status_t pump_service_open(void);

/** Ends the technician's session. */
void pump_service_close(void);

/** Handles one line. */
pump_status_t pump_service_line(const char *line);

/** Reads and handles what came over the serial line. */
void pump_service_tick(void);

/** @return whether a technician is logged in. */
bool pump_service_logged_in(void);

#endif
