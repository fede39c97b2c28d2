/**
 * @file pump_mqtt_gateway.h
 * @brief Status reports to the hospital's gateway: MQTT over TLS.
 *
 * The gateway may set the time, send a drug library and confirm audit records. It can neither program nor start the
 * pump, and the therapy goes on without it.
 */
#ifndef PUMP_MQTT_GATEWAY_H
#define PUMP_MQTT_GATEWAY_H

#include "pump_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Pause between two attempts to connect, in milliseconds. */
#define PUMP_GATEWAY_RETRY_MS 30000U

/** Largest packet in either direction. */
#define PUMP_GATEWAY_MAX_PACKET 1024U

/** Connects with TLS to the host of the settings. */
pump_status_t pump_gateway_connect(const char *ca_file);

/** Closes the connection. */
void pump_gateway_disconnect(void);

/** @return whether the connection stands. */
bool pump_gateway_connected(void);

/** Reports the pump's status. */
pump_status_t pump_gateway_report(void);

/** Reports a security event. */
pump_status_t pump_gateway_report_event(const char *event);

/** Handles one message; separate from the network for the sake of tests. */
pump_status_t pump_gateway_dispatch(const char *topic, const uint8_t *data, size_t size);

/** Call once a second: connects again, reports, reads. */
void pump_gateway_tick(void);

#endif
