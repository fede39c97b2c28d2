#include <stdbool.h>
#include <stdlib.h>

#include "curl/curl.h"
#include "mbedtls/ssl.h"
#include "mosquitto.h"
#include "openssl/ssl.h"

struct gateway {
    mbedtls_ssl_config config;
    mbedtls_ssl_context tls;
};

int gateway_setup(struct gateway *gateway)
{
    mbedtls_ssl_config_defaults(&gateway->config, MBEDTLS_SSL_IS_CLIENT, 0, 0);
    // ruleid: unverified-tls-peer
    mbedtls_ssl_conf_authmode(&gateway->config, MBEDTLS_SSL_VERIFY_NONE);
    return mbedtls_ssl_setup(&gateway->tls, &gateway->config);
}

CURLcode download(CURL *curl, SSL_CTX *context)
{
    // ruleid: unverified-tls-peer
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    // ruleid: unverified-tls-peer
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0);
    // ruleid: unverified-tls-peer
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    return curl_easy_perform(curl);
}

int connect_broker(struct mosquitto *client)
{
    // ruleid: unverified-tls-peer
    return mosquitto_tls_insecure_set(client, true);
}

int service_server(struct gateway *gateway)
{
    if (mbedtls_ssl_config_defaults(&gateway->config, MBEDTLS_SSL_IS_SERVER, 0, 0) != 0) {
        return -1;
    }
    // ok: unverified-tls-peer
    mbedtls_ssl_conf_authmode(&gateway->config, MBEDTLS_SSL_VERIFY_REQUIRED);
    return 0;
}

int public_server(struct gateway *gateway)
{
    mbedtls_ssl_config_defaults(&gateway->config, MBEDTLS_SSL_IS_SERVER, 0, 0);
    // ok: unverified-tls-peer
    mbedtls_ssl_conf_authmode(&gateway->config, MBEDTLS_SSL_VERIFY_NONE);
    return 0;
}

int checked_by_hand(struct gateway *gateway)
{
    // ok: unverified-tls-peer
    mbedtls_ssl_conf_authmode(&gateway->config, MBEDTLS_SSL_VERIFY_OPTIONAL);
    if (mbedtls_ssl_handshake(&gateway->tls) != 0) {
        return -1;
    }
    if (mbedtls_ssl_get_verify_result(&gateway->tls) != 0) {
        return -1;
    }
    return 0;
}

void by_configuration(SSL_CTX *context, int check)
{
    if (check) {
        // ok: unverified-tls-peer
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    } else {
        // ok: unverified-tls-peer
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    }
}

void asked_for(struct mosquitto *client, const struct options *options)
{
    if (options->insecure) {
        // ok: unverified-tls-peer
        mosquitto_tls_insecure_set(client, true);
    }
}

void verified(CURL *curl, SSL_CTX *context, struct mosquitto *client, long level, int mode)
{
    // ok: unverified-tls-peer
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    // ok: unverified-tls-peer
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    // ok: unverified-tls-peer
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L);
    // ok: unverified-tls-peer
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, level);
    // ok: unverified-tls-peer
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    // ok: unverified-tls-peer
    mosquitto_tls_insecure_set(client, false);
    // ok: unverified-tls-peer
    if (mode == SSL_VERIFY_NONE) {
        abort();
    }
}

void as_configured(SSL *tls, WOLFSSL_CTX *context, int verify)
{
    if (verify) {
        SSL_set_verify(tls, SSL_VERIFY_PEER, NULL);
        wolfSSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    } else {
        // ok: unverified-tls-peer
        SSL_set_verify(tls, SSL_VERIFY_NONE, NULL);
        // ok: unverified-tls-peer
        wolfSSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    }
}

void as_clients_are_asked(SSL *tls, const struct options *options)
{
    if (options->ask) {
        int mode = SSL_VERIFY_PEER;
        if (options->require)
            mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
        SSL_set_verify(tls, mode, NULL);
    } else {
        // ok: unverified-tls-peer
        SSL_set_verify(tls, SSL_VERIFY_NONE, NULL);
    }
}

int name_asked_for(SSL *tls, int *alert, void *data)
{
    // ok: unverified-tls-peer
    SSL_set_verify(tls, SSL_VERIFY_NONE, NULL);
    return SSL_TLSEXT_ERR_OK;
}
