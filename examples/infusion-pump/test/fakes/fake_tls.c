/**
 * @file fake_tls.c
 * @brief A pretended TLS library: the right shapes and dependences, no security whatsoever.
 */
#include "fake_tls.h"

#include "mbedtls/aes.h"
#include "mbedtls/ctr_drbg.h"
#include "mbedtls/gcm.h"
#include "mbedtls/md.h"
#include "mbedtls/net_sockets.h"
#include "mbedtls/pk.h"
#include "mbedtls/pkcs5.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/sha1.h"
#include "mbedtls/sha256.h"
#include "mbedtls/ssl.h"

#include <stdint.h>
#include <string.h>

fake_tls_t fake_tls;

static int (*noise_source)(void *, unsigned char *, size_t);

void fake_tls_reset(void)
{
    memset(&fake_tls, 0, sizeof(fake_tls));
    fake_tls.signature_valid = true;
}

/** Mixes bytes into a running value (FNV-1a, 64 bits). */
static uint64_t mix(uint64_t value, const unsigned char *data, size_t size)
{
    for (size_t i = 0U; i < size; i++) {
        value = (value ^ data[i]) * 1099511628211ULL;
    }
    return value;
}

static uint64_t mix_all(const unsigned char *a, size_t a_size, const unsigned char *b, size_t b_size)
{
    const uint64_t value = mix(14695981039346656037ULL, a, a_size);
    return mix(value + a_size, b, b_size);
}

/** Spreads a value over @p size bytes. */
static void spread(uint64_t value, unsigned char *out, size_t size)
{
    for (size_t i = 0U; i < size; i++) {
        value = value * 6364136223846793005ULL + 1442695040888963407ULL;
        out[i] = (unsigned char)(value >> 56U);
    }
}

static void mask(uint64_t value, const unsigned char *input, unsigned char *output, size_t size)
{
    unsigned char stream[512];
    spread(value, stream, sizeof(stream));
    for (size_t i = 0U; i < size; i++) {
        output[i] = (unsigned char)(input[i] ^ stream[i % sizeof(stream)]);
    }
}

void mbedtls_platform_zeroize(void *buf, size_t len)
{
    memset(buf, 0, len);
}

void mbedtls_ctr_drbg_init(mbedtls_ctr_drbg_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
    noise_source = NULL;
}

void mbedtls_ctr_drbg_free(mbedtls_ctr_drbg_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

int mbedtls_ctr_drbg_seed(mbedtls_ctr_drbg_context *ctx, int (*f_entropy)(void *, unsigned char *, size_t),
                          void *p_entropy, const unsigned char *custom, size_t len)
{
    (void)custom;
    (void)len;
    noise_source = f_entropy;
    return f_entropy(p_entropy, ctx->state, sizeof(ctx->state));
}

int mbedtls_ctr_drbg_random(void *p_rng, unsigned char *output, size_t output_len)
{
    (void)p_rng;
    return noise_source(NULL, output, output_len);
}

int mbedtls_sha256(const unsigned char *input, size_t ilen, unsigned char *output, int is224)
{
    (void)is224;
    spread(mix_all(NULL, 0U, input, ilen), output, 32U);
    return 0;
}

int mbedtls_sha1(const unsigned char *input, size_t ilen, unsigned char output[20])
{
    spread(mix_all(NULL, 0U, input, ilen), output, 20U);
    return 0;
}

const mbedtls_md_info_t *mbedtls_md_info_from_type(mbedtls_md_type_t md_type)
{
    static mbedtls_md_info_t info;
    info.type = md_type;
    return &info;
}

int mbedtls_md(const mbedtls_md_info_t *md_info, const unsigned char *input, size_t ilen, unsigned char *output)
{
    (void)md_info;
    spread(mix_all(NULL, 0U, input, ilen), output, 16U);
    return 0;
}

int mbedtls_md_hmac(const mbedtls_md_info_t *md_info, const unsigned char *key, size_t keylen,
                    const unsigned char *input, size_t ilen, unsigned char *output)
{
    (void)md_info;
    spread(mix_all(key, keylen, input, ilen), output, 32U);
    return 0;
}

int mbedtls_pkcs5_pbkdf2_hmac_ext(mbedtls_md_type_t md_type, const unsigned char *password, size_t plen,
                                  const unsigned char *salt, size_t slen, unsigned int iteration_count,
                                  uint32_t key_length, unsigned char *output)
{
    (void)md_type;
    (void)iteration_count;
    spread(mix_all(password, plen, salt, slen), output, key_length);
    return 0;
}

void mbedtls_aes_init(mbedtls_aes_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

void mbedtls_aes_free(mbedtls_aes_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

int mbedtls_aes_setkey_enc(mbedtls_aes_context *ctx, const unsigned char *key, unsigned int keybits)
{
    memcpy(ctx->state, key, keybits / 8U);
    return 0;
}

int mbedtls_aes_crypt_ecb(mbedtls_aes_context *ctx, int mode, const unsigned char input[16], unsigned char output[16])
{
    (void)mode;
    mask(mix_all(ctx->state, sizeof(ctx->state), NULL, 0U), input, output, 16U);
    return 0;
}

void mbedtls_gcm_init(mbedtls_gcm_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

void mbedtls_gcm_free(mbedtls_gcm_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

int mbedtls_gcm_setkey(mbedtls_gcm_context *ctx, mbedtls_cipher_id_t cipher, const unsigned char *key,
                       unsigned int keybits)
{
    (void)cipher;
    memcpy(ctx->state, key, keybits / 8U);
    return 0;
}

int mbedtls_gcm_crypt_and_tag(mbedtls_gcm_context *ctx, int mode, size_t length, const unsigned char *iv,
                              size_t iv_len, const unsigned char *add, size_t add_len, const unsigned char *input,
                              unsigned char *output, size_t tag_len, unsigned char *tag)
{
    (void)mode;
    (void)add;
    (void)add_len;
    const uint64_t value = mix_all(ctx->state, sizeof(ctx->state), iv, iv_len);
    spread(mix(value, input, length), tag, tag_len);
    mask(value, input, output, length);
    return 0;
}

int mbedtls_gcm_auth_decrypt(mbedtls_gcm_context *ctx, size_t length, const unsigned char *iv, size_t iv_len,
                             const unsigned char *add, size_t add_len, const unsigned char *tag, size_t tag_len,
                             const unsigned char *input, unsigned char *output)
{
    unsigned char computed[16];
    unsigned char difference = 0U;

    (void)add;
    (void)add_len;
    const uint64_t value = mix_all(ctx->state, sizeof(ctx->state), iv, iv_len);
    mask(value, input, output, length);
    spread(mix(value, output, length), computed, sizeof(computed));
    for (size_t i = 0U; i < tag_len; i++) {
        difference |= (unsigned char)(computed[i] ^ tag[i]);
    }
    return (difference == 0U) ? 0 : -1;
}

void mbedtls_pk_init(mbedtls_pk_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

void mbedtls_pk_free(mbedtls_pk_context *ctx)
{
    memset(ctx, 0, sizeof(*ctx));
}

int mbedtls_pk_parse_public_key(mbedtls_pk_context *ctx, const unsigned char *key, size_t keylen)
{
    (void)ctx;
    return (key != NULL && keylen > 0U) ? 0 : -1;
}

int mbedtls_pk_verify(mbedtls_pk_context *ctx, mbedtls_md_type_t md_alg, const unsigned char *hash, size_t hash_len,
                      const unsigned char *sig, size_t sig_len)
{
    (void)ctx;
    (void)md_alg;
    (void)hash;
    (void)hash_len;
    return (fake_tls.signature_valid && sig != NULL && sig_len > 0U) ? 0 : -1;
}

void mbedtls_x509_crt_init(mbedtls_x509_crt *crt)
{
    memset(crt, 0, sizeof(*crt));
}

void mbedtls_x509_crt_free(mbedtls_x509_crt *crt)
{
    memset(crt, 0, sizeof(*crt));
}

int mbedtls_x509_crt_parse_file(mbedtls_x509_crt *chain, const char *path)
{
    (void)chain;
    return (path[0] != '\0') ? 0 : -1;
}

void mbedtls_ssl_init(mbedtls_ssl_context *ssl)
{
    memset(ssl, 0, sizeof(*ssl));
}

void mbedtls_ssl_free(mbedtls_ssl_context *ssl)
{
    memset(ssl, 0, sizeof(*ssl));
}

void mbedtls_ssl_config_init(mbedtls_ssl_config *conf)
{
    memset(conf, 0, sizeof(*conf));
}

void mbedtls_ssl_config_free(mbedtls_ssl_config *conf)
{
    memset(conf, 0, sizeof(*conf));
}

int mbedtls_ssl_config_defaults(mbedtls_ssl_config *conf, int endpoint, int transport, int preset)
{
    (void)conf;
    (void)endpoint;
    (void)transport;
    (void)preset;
    return 0;
}

void mbedtls_ssl_conf_authmode(mbedtls_ssl_config *conf, int authmode)
{
    conf->state[0] = (unsigned char)authmode;
}

void mbedtls_ssl_conf_ca_chain(mbedtls_ssl_config *conf, mbedtls_x509_crt *ca_chain, void *ca_crl)
{
    (void)conf;
    (void)ca_chain;
    (void)ca_crl;
}

void mbedtls_ssl_conf_min_version(mbedtls_ssl_config *conf, int major, int minor)
{
    conf->state[1] = (unsigned char)major;
    conf->state[2] = (unsigned char)minor;
}

void mbedtls_ssl_conf_rng(mbedtls_ssl_config *conf, int (*f_rng)(void *, unsigned char *, size_t), void *p_rng)
{
    (void)conf;
    (void)f_rng;
    (void)p_rng;
}

int mbedtls_ssl_setup(mbedtls_ssl_context *ssl, const mbedtls_ssl_config *conf)
{
    (void)ssl;
    (void)conf;
    return 0;
}

int mbedtls_ssl_set_hostname(mbedtls_ssl_context *ssl, const char *hostname)
{
    (void)ssl;
    return (hostname != NULL) ? 0 : -1;
}

void mbedtls_ssl_set_bio(mbedtls_ssl_context *ssl, void *p_bio, int (*f_send)(void *, const unsigned char *, size_t),
                         int (*f_recv)(void *, unsigned char *, size_t),
                         int (*f_recv_timeout)(void *, unsigned char *, size_t, unsigned int))
{
    (void)ssl;
    (void)p_bio;
    (void)f_send;
    (void)f_recv;
    (void)f_recv_timeout;
}

int mbedtls_ssl_handshake(mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return 0;
}

int mbedtls_ssl_read(mbedtls_ssl_context *ssl, unsigned char *buf, size_t len)
{
    (void)ssl;
    (void)buf;
    (void)len;
    return fake_tls.network_up ? MBEDTLS_ERR_SSL_WANT_READ : -1;
}

int mbedtls_ssl_write(mbedtls_ssl_context *ssl, const unsigned char *buf, size_t len)
{
    (void)ssl;
    (void)buf;
    if (!fake_tls.network_up) {
        return -1;
    }
    fake_tls.written += len;
    return (int)len;
}

int mbedtls_ssl_close_notify(mbedtls_ssl_context *ssl)
{
    (void)ssl;
    return 0;
}

void mbedtls_net_init(mbedtls_net_context *ctx)
{
    ctx->fd = -1;
}

void mbedtls_net_free(mbedtls_net_context *ctx)
{
    ctx->fd = -1;
}

int mbedtls_net_connect(mbedtls_net_context *ctx, const char *host, const char *port, int proto)
{
    (void)host;
    (void)port;
    (void)proto;
    ctx->fd = 3;
    return fake_tls.network_up ? 0 : -1;
}

int mbedtls_net_send(void *ctx, const unsigned char *buf, size_t len)
{
    (void)ctx;
    (void)buf;
    return (int)len;
}

int mbedtls_net_recv(void *ctx, unsigned char *buf, size_t len)
{
    (void)ctx;
    (void)buf;
    (void)len;
    return 0;
}
