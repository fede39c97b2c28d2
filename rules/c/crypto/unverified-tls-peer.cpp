#include "mbedtls/ssl.h"
#include "openssl/ssl.h"

class Gateway {
  public:
    void configure();
    void relax(SSL *tls);

  private:
    mbedtls_ssl_config config;
};

void Gateway::configure()
{
    // ruleid: unverified-tls-peer
    mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_OPTIONAL);
}

void Gateway::relax(SSL *tls)
{
    // ruleid: unverified-tls-peer
    SSL_set_verify(tls, SSL_VERIFY_NONE, nullptr);
    // ok: unverified-tls-peer
    SSL_set_verify(tls, SSL_VERIFY_PEER, nullptr);
    // ok: unverified-tls-peer
    mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_REQUIRED);
}
