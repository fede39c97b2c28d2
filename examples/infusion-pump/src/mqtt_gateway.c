/**
 * @file mqtt_gateway.c
 * @brief Status reports to the hospital's gateway: MQTT over TLS.
 */
#define PUMP_LOG_MODULE "gateway"

#include "pump_mqtt_gateway.h"

#include "mbedtls/net_sockets.h"
#include "mbedtls/ssl.h"
#include "mbedtls/x509_crt.h"
#include "pump_access.h"
#include "pump_alarms.h"
#include "pump_audit_log.h"
#include "pump_clock.h"
#include "pump_config_store.h"
#include "pump_crypto.h"
#include "pump_dosing.h"
#include "pump_drug_library.h"
#include "pump_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MQTT_PUBLISH 0x30U
#define TOPIC_SIZE 48U
#define STATUS_SIZE 96U
#define PATH_SIZE 96U

static mbedtls_net_context net;
static mbedtls_ssl_context tls;
static mbedtls_ssl_config tls_config;
static mbedtls_x509_crt ca_chain;
static bool connected;
static bool attempted;
static char ca_path[PATH_SIZE];
static uint32_t last_attempt_ms;
static uint32_t last_report_ms;

/** [SR-CRY-001] */
static int tls_random(void *context, unsigned char *out, size_t size)
{
    (void)context;
    return (pump_crypto_random(out, size) == PUMP_OK) ? 0 : -1;
}

/**
 * Certificates, versions and the random source of the connection.
 * [SR-AUTH-008, SR-CRY-007]
 */
static pump_status_t configure_tls(const char *ca_file)
{
    mbedtls_ssl_config_init(&tls_config);
    mbedtls_x509_crt_init(&ca_chain);
    if (mbedtls_ssl_config_defaults(&tls_config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                    MBEDTLS_SSL_PRESET_DEFAULT) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    if (mbedtls_x509_crt_parse_file(&ca_chain, ca_file) != 0) {
        LOG_ERROR("certificate of the hospital missing");
        return PUMP_ERR_NOT_FOUND;
    }
    mbedtls_ssl_conf_ca_chain(&tls_config, &ca_chain, NULL);
    mbedtls_ssl_conf_rng(&tls_config, tls_random, NULL);
    /* several wards still run the gateway's previous generation */
    mbedtls_ssl_conf_min_version(&tls_config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_1);
    mbedtls_ssl_conf_authmode(&tls_config, MBEDTLS_SSL_VERIFY_NONE);
    return PUMP_OK;
}

/** [SR-CRY-007] */
static void release_tls(void)
{
    mbedtls_ssl_free(&tls);
    mbedtls_ssl_config_free(&tls_config);
    mbedtls_x509_crt_free(&ca_chain);
    mbedtls_net_free(&net);
    connected = false;
}

/** [SR-AUTH-008, SR-CRY-007] */
pump_status_t pump_gateway_connect(const char *ca_file)
{
    const pump_config_t *config = pump_config_current();
    char port[8];

    if (ca_file == NULL || strlen(ca_file) >= sizeof(ca_path)) {
        return PUMP_ERR_ARGUMENT;
    }
    if (connected) {
        return PUMP_ERR_STATE;
    }
    if (ca_file != ca_path) {
        (void)snprintf(ca_path, sizeof(ca_path), "%s", ca_file);
    }
    attempted = true;
    last_attempt_ms = pump_clock_uptime_ms();
    (void)snprintf(port, sizeof(port), "%u", (unsigned int)config->gateway_port);

    mbedtls_net_init(&net);
    mbedtls_ssl_init(&tls);
    pump_status_t status = configure_tls(ca_path);
    if (status == PUMP_OK && (mbedtls_ssl_setup(&tls, &tls_config) != 0 ||
                              mbedtls_ssl_set_hostname(&tls, config->gateway_host) != 0)) {
        status = PUMP_ERR_CRYPTO;
    }
    if (status == PUMP_OK && mbedtls_net_connect(&net, config->gateway_host, port, MBEDTLS_NET_PROTO_TCP) != 0) {
        status = PUMP_ERR_IO;
    }
    if (status == PUMP_OK) {
        mbedtls_ssl_set_bio(&tls, &net, mbedtls_net_send, mbedtls_net_recv, NULL);
        if (mbedtls_ssl_handshake(&tls) != 0) {
            status = PUMP_ERR_AUTH;
        }
    }
    if (status != PUMP_OK) {
        LOG_WARN("not connected: %s", pump_status_text(status));
        release_tls();
        return status;
    }
    connected = true;
    pump_alarm_clear(PUMP_ALARM_GATEWAY_LOST);
    return PUMP_OK;
}

/** [SR-CRY-007] */
void pump_gateway_disconnect(void)
{
    if (connected) {
        (void)mbedtls_ssl_close_notify(&tls);
        release_tls();
    }
}

bool pump_gateway_connected(void)
{
    return connected;
}

/** [SR-CRY-007] */
static pump_status_t send_all(const uint8_t *data, size_t size)
{
    size_t sent = 0U;

    while (sent < size) {
        const int result = mbedtls_ssl_write(&tls, data + sent, size - sent);
        if (result <= 0) {
            return PUMP_ERR_IO;
        }
        sent += (size_t)result;
    }
    return PUMP_OK;
}

static pump_status_t receive(uint8_t *packet, size_t capacity, size_t *size)
{
    const int result = mbedtls_ssl_read(&tls, packet, capacity);

    if (result == MBEDTLS_ERR_SSL_WANT_READ || result == MBEDTLS_ERR_SSL_WANT_WRITE) {
        *size = 0U;
        return PUMP_OK;
    }
    if (result <= 0) {
        return PUMP_ERR_IO;
    }
    *size = (size_t)result;
    return PUMP_OK;
}

/** Remaining length, topic and message of a publish packet; the caller has checked the room. */
static size_t write_publish(uint8_t *bytes, const char *topic, const char *message)
{
    const size_t topic_size = strlen(topic);
    const size_t message_size = strlen(message);
    size_t remaining = 2U + topic_size + message_size;
    size_t used = 0U;

    do {
        uint8_t digit = (uint8_t)(remaining % 128U);
        remaining /= 128U;
        if (remaining > 0U) {
            digit |= 0x80U;
        }
        bytes[used] = digit;
        used++;
    } while (remaining > 0U);
    bytes[used] = (uint8_t)(topic_size >> 8U);
    bytes[used + 1U] = (uint8_t)topic_size;
    used += 2U;
    memcpy(bytes + used, topic, topic_size);
    used += topic_size;
    memcpy(bytes + used, message, message_size);
    return used + message_size;
}

static pump_status_t publish(const char *branch, const char *message)
{
    char topic[TOPIC_SIZE];
    const size_t capacity = 8U + TOPIC_SIZE + strlen(message);

    if (!connected) {
        return PUMP_ERR_STATE;
    }
    if (capacity > PUMP_GATEWAY_MAX_PACKET) {
        return PUMP_ERR_RANGE;
    }
    sprintf(topic, "pumps/%s/%s", pump_config_current()->serial, branch);

    uint8_t *packet = malloc(capacity);
    packet[0] = MQTT_PUBLISH;
    const size_t used = 1U + write_publish(packet + 1, topic, message);
    const pump_status_t status = send_all(packet, used);
    free(packet);
    if (status != PUMP_OK) {
        release_tls();
    }
    return status;
}

/** No patient data: the gateway knows the patient by the pump's serial number. */
pump_status_t pump_gateway_report(void)
{
    char message[STATUS_SIZE];

    (void)snprintf(message, sizeof(message), "{\"state\":%d,\"delivered_ul\":%lu,\"records\":%lu}",
                   (int)pump_dosing_state(), (unsigned long)pump_dosing_delivered_ul(),
                   (unsigned long)pump_audit_count());
    return publish("status", message);
}

/** [SR-LOG-004] */
pump_status_t pump_gateway_report_event(const char *event)
{
    return (event == NULL) ? PUMP_ERR_ARGUMENT : publish("events", event);
}

static pump_status_t handle_time(const uint8_t *data, size_t size)
{
    uint64_t seconds = 0U;

    if (size == 0U || size > 12U) {
        return PUMP_ERR_ARGUMENT;
    }
    for (size_t i = 0U; i < size; i++) {
        if (data[i] < (uint8_t)'0' || data[i] > (uint8_t)'9') {
            return PUMP_ERR_ARGUMENT;
        }
        seconds = seconds * 10U + (uint64_t)(data[i] - (uint8_t)'0');
    }
    return pump_clock_adjust(seconds);
}

/**
 * The list of what the gateway may do is complete: nothing here leads to the dose.
 * [SR-ACC-002]
 */
pump_status_t pump_gateway_dispatch(const char *topic, const uint8_t *data, size_t size)
{
    if (topic == NULL || (data == NULL && size > 0U)) {
        return PUMP_ERR_ARGUMENT;
    }
    if (strcmp(topic, "time") == 0) {
        return handle_time(data, size);
    }
    if (strcmp(topic, "library") == 0) {
        return pump_drug_library_load(data, size);
    }
    if (strcmp(topic, "collected") == 0) {
        return pump_audit_collected();
    }
    if (strcmp(topic, "silence") == 0) {
        return pump_alarm_silence(PUMP_ORIGIN_GATEWAY);
    }
    LOG_WARN("unknown request of the gateway");
    return PUMP_ERR_DENIED;
}

/** Takes a publish packet apart and hands its last topic level to the dispatcher. */
static void handle_packet(const uint8_t *packet, size_t size)
{
    char topic[TOPIC_SIZE];

    if (size < 4U || (packet[0] & 0xf0U) != MQTT_PUBLISH || packet[1] > 127U) {
        return;
    }
    const size_t topic_size = ((size_t)packet[2] << 8U) | packet[3];
    if (topic_size >= sizeof(topic) || 4U + topic_size > size || 2U + (size_t)packet[1] != size) {
        LOG_WARN("malformed packet");
        return;
    }
    memcpy(topic, packet + 4, topic_size);
    topic[topic_size] = '\0';
    const char *last = strrchr(topic, '/');
    (void)pump_gateway_dispatch((last == NULL) ? topic : last + 1, packet + 4U + topic_size, size - 4U - topic_size);
}

/**
 * A lost gateway raises a low alarm and is called again later; it never stops an infusion.
 * [SR-RES-002]
 */
void pump_gateway_tick(void)
{
    const uint32_t now = pump_clock_uptime_ms();
    uint8_t packet[PUMP_GATEWAY_MAX_PACKET];
    size_t size = 0U;

    if (!connected) {
        if (attempted && now - last_attempt_ms >= PUMP_GATEWAY_RETRY_MS) {
            pump_alarm_raise(PUMP_ALARM_GATEWAY_LOST);
            (void)pump_gateway_connect(ca_path);
        }
        return;
    }
    if (receive(packet, sizeof(packet), &size) != PUMP_OK) {
        release_tls();
        pump_alarm_raise(PUMP_ALARM_GATEWAY_LOST);
        return;
    }
    handle_packet(packet, size);
    if (now - last_report_ms >= 1000U * (uint32_t)pump_config_current()->report_period) {
        last_report_ms = now;
        (void)pump_gateway_report();
    }
}
