#include <openssl/ssl.h>

static SSL_CTX *context_new(void)
{
    return SSL_CTX_new(TLS_client_method());
}

static int dial(const char *host);

int plain(int fd)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    // ruleid: tls-client-without-check
    return SSL_connect(tls);
}

int named(const char *host)
{
    SSL_CTX *context = context_new();
    SSL *tls;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_load_verify_locations(context, "/etc/ca.pem", NULL);
    tls = SSL_new(context);
    SSL_set_tlsext_host_name(tls, host);
    SSL_set_fd(tls, dial(host));
    // ruleid: tls-client-without-check
    if (SSL_connect(tls) != 1)
        return -1;
    return 0;
}

struct link {
    SSL_CTX *context;
    SSL *tls;
};

int kept(struct link *l, int fd)
{
    l->context = SSL_CTX_new(TLS_method());
    l->tls = SSL_new(l->context);
    SSL_set_fd(l->tls, fd);
    // ruleid: tls-client-without-check
    return SSL_connect(l->tls);
}

static int handshake(SSL *tls)
{
    // ruleid: tls-client-without-check
    return SSL_connect(tls);
}

int by_helper(int fd)
{
    SSL *tls = SSL_new(context_new());
    SSL_set_fd(tls, fd);
    return handshake(tls);
}

int checked(int fd)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *tls;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    // ok: tls-client-without-check
    return SSL_connect(tls);
}

int checked_late(int fd)
{
    SSL *tls = SSL_new(context_new());
    SSL_set_verify(tls, SSL_VERIFY_PEER, NULL);
    SSL_set_fd(tls, fd);
    // ok: tls-client-without-check
    return SSL_connect(tls);
}

int set_up(int fd)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *tls;
    configure_tls(context);
    tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    // ok: tls-client-without-check
    return SSL_connect(tls);
}

int given(SSL_CTX *context, int fd)
{
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    // ok: tls-client-without-check
    return SSL_connect(tls);
}

int shared(int fd)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *tls = SSL_new(context);
    SSL_set_psk_client_callback(tls, shared_key);
    SSL_set_fd(tls, fd);
    // ok: tls-client-without-check
    return SSL_connect(tls);
}

int served(int fd)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    // ok: tls-client-without-check
    return SSL_accept(tls);
}

static SSL_CTX *shared_context;

void begin(void)
{
    shared_context = SSL_CTX_new(TLS_client_method());
    SSL *tls = SSL_new(shared_context);
    // ok: tls-client-without-check
    SSL_connect(tls);
}

void askForPeer(void)
{
    SSL_CTX_set_verify(shared_context, SSL_VERIFY_PEER, NULL);
}

static void wantPeer(SSL_CTX *context)
{
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
}

int asked(struct connection *connection, int fd)
{
    connection->context = SSL_CTX_new(TLS_client_method());
    wantPeer(connection->context);
    connection->tls = SSL_new(connection->context);
    SSL_set_fd(connection->tls, fd);
    // ok: tls-client-without-check
    return SSL_connect(connection->tls);
}

static void named(SSL_CTX *context)
{
    SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
}

int notAsked(struct connection *connection, int fd)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    named(context);
    connection->tls = SSL_new(context);
    SSL_set_fd(connection->tls, fd);
    // ruleid: tls-client-without-check
    return SSL_connect(connection->tls);
}
