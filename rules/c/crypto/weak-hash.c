#include <stddef.h>
#include <stdint.h>

#include "mbedtls/md.h"
#include "mbedtls/md5.h"
#include "mbedtls/sha1.h"
#include "mbedtls/sha256.h"
#include "openssl/evp.h"

struct image {
    const uint8_t *data;
    size_t size;
    uint8_t digest[32];
};

int settings_digest(const unsigned char *text, size_t size, unsigned char sum[20])
{
    // ruleid: weak-hash
    return mbedtls_sha1(text, size, sum);
}

int image_digest(struct image *image)
{
    mbedtls_md5_context md5;
    mbedtls_md5_init(&md5);
    // ruleid: weak-hash
    if (mbedtls_md5_starts_ret(&md5) != 0) {
        return -1;
    }
    mbedtls_md5_update_ret(&md5, image->data, image->size);
    return mbedtls_md5_finish_ret(&md5, image->digest);
}

int frame_mac(const uint8_t *key, const uint8_t *frame, size_t size, uint8_t *mac)
{
    // ruleid: weak-hash
    return mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA1), key, 16, frame, size, mac);
}

const EVP_MD *digest_of(int legacy)
{
    if (legacy) {
        // ruleid: weak-hash
        return EVP_md5();
    }
    // ruleid: weak-hash
    return EVP_get_digestbyname("sha1");
}

void tag(struct image *image)
{
    // ruleid: weak-hash
    MD5(image->data, image->size, image->digest);
}

/* The library's own function for a self-test. */
int mbedtls_sha1_self_test(unsigned char sum[20])
{
    // ok: weak-hash
    return mbedtls_sha1_ret((const unsigned char *)"abc", 3, sum);
}

OCSP_CERTID *status_of(X509 *certificate, X509 *issuer)
{
    // ok: weak-hash
    return OCSP_cert_to_id(EVP_sha1(), certificate, issuer);
}

int strong(struct image *image, mbedtls_md_type_t type)
{
    // ok: weak-hash
    int status = mbedtls_sha256(image->data, image->size, image->digest, 0);
    // ok: weak-hash
    const mbedtls_md_info_t *info = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    // ok: weak-hash
    const EVP_MD *digest = EVP_sha256();
    // ok: weak-hash
    if (type == MBEDTLS_MD_MD5 || type == MBEDTLS_MD_SHA1) {
        return -1;
    }
    switch (type) {
    // ok: weak-hash
    case MBEDTLS_MD_SHA1:
        return -2;
    default:
        break;
    }
    // ok: weak-hash
    const char *name = "MD5";
    // ok: weak-hash
    info = mbedtls_md_info_from_string("SHA256");
    return info != NULL && digest != NULL && name != NULL ? status : -1;
}

int digest(const char *algorithm, const void *data, int size);
int print_digest_name(const char *algorithm);

int of_image(const void *image, int size)
{
    // ruleid: weak-hash
    if (digest("md5", image, size) != 0) {
        return -1;
    }
    // ok: weak-hash
    print_digest_name("md5");
    // ok: weak-hash
    return digest("sha256", image, size);
}

int websocket_accept(const char *key, unsigned char digest[20])
{
    SHA_CTX sha;
    // ok: weak-hash
    SHA1_Init(&sha);
    SHA1_Update(&sha, key, strlen(key));
    SHA1_Update(&sha, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
    return SHA1_Final(digest, &sha);
}

int digest_by(int algorithm, struct image *image)
{
    switch (algorithm) {
    case ALG_SHA1:
        // ok: weak-hash
        return hash_calculate("sha1", image->data, image->size, image->digest);
    case ALG_ANY:
        // ruleid: weak-hash
        return hash_calculate("sha1", image->data, image->size, image->digest);
    }
    return -1;
}

/* The name of another library for the same. */
int MD5_Init(MD5_CTX *context)
{
    // ok: weak-hash
    return mbedtls_md5_starts_ret(context) == 0;
}
