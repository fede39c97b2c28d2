#include <stddef.h>

#include "curl/curl.h"
#include "mbedtls/ssl.h"
#include "mosquitto.h"
#include "openssl/ssl.h"

void gateway_versions(mbedtls_ssl_config *config)
{
    // ruleid: legacy-tls-version
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_1);
}

void old_server(mbedtls_ssl_config *config)
{
    // ruleid: legacy-tls-version
    mbedtls_ssl_conf_max_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_2);
}

int context_versions(SSL_CTX **context)
{
    // ruleid: legacy-tls-version
    *context = SSL_CTX_new(TLSv1_client_method());
    // ruleid: legacy-tls-version
    return SSL_CTX_set_min_proto_version(*context, TLS1_1_VERSION) == 1;
}

void download(CURL *curl)
{
    // ruleid: legacy-tls-version
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0);
}

int broker(struct mosquitto *client)
{
    // ruleid: legacy-tls-version
    return mosquitto_tls_opts_set(client, 1, "tlsv1.1", NULL);
}

int present(mbedtls_ssl_config *config, SSL_CTX *context, CURL *curl, struct mosquitto *client, int version)
{
    // ok: legacy-tls-version
    mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    // ok: legacy-tls-version
    mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
    // ok: legacy-tls-version
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    // ok: legacy-tls-version
    SSL_CTX_set_options(context, SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1);
    // ok: legacy-tls-version
    SSL_CTX *client_context = SSL_CTX_new(TLS_client_method());
    // ok: legacy-tls-version
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    // ok: legacy-tls-version
    mosquitto_tls_opts_set(client, 1, "tlsv1.2", NULL);
    // ok: legacy-tls-version
    if (version == TLS1_1_VERSION || version == MBEDTLS_SSL_MINOR_VERSION_1) {
        return -1;
    }
    return client_context == NULL ? -1 : 0;
}
