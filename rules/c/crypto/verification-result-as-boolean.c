#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509_vfy.h>

int image_is_genuine(EVP_MD_CTX *context, const unsigned char *signature, size_t size)
{
    // ruleid: verification-result-as-boolean
    if (!EVP_DigestVerifyFinal(context, signature, size))
        return 0;
    return 1;
}

int update_is_genuine(EVP_MD_CTX *context, const unsigned char *signature, size_t size, const unsigned char *image, size_t length)
{
    int genuine = 0;
    // ruleid: verification-result-as-boolean
    if (EVP_DigestVerify(context, signature, size, image, length)) {
        genuine = 1;
    }
    // ruleid: verification-result-as-boolean
    if (genuine && EVP_DigestVerify(context, signature, size, image, length)) {
        genuine = 2;
    }
    return genuine;
}

int digest_is_genuine(const unsigned char *digest, const unsigned char *signature, int size, EC_KEY *key, X509_STORE_CTX *store)
{
    // ruleid: verification-result-as-boolean
    if (ECDSA_verify(0, digest, 32, signature, size, key) == 0)
        return -1;
    // ruleid: verification-result-as-boolean
    return X509_verify_cert(store) ? 0 : -1;
}

int clean(EVP_MD_CTX *context, const unsigned char *signature, size_t size, X509_STORE_CTX *store, RSA *rsa)
{
    // ok: verification-result-as-boolean
    if (EVP_DigestVerifyFinal(context, signature, size) != 1)
        return -1;
    // ok: verification-result-as-boolean
    if (X509_verify_cert(store) <= 0)
        return -1;
    // ok: verification-result-as-boolean
    if (EVP_VerifyFinal(context, signature, size, 0) == 1)
        return 1;
    // ok: verification-result-as-boolean
    if (!RSA_verify(NID_sha256, signature, 32, signature, size, rsa))
        return -1;
    // ok: verification-result-as-boolean
    if (EVP_PKEY_verify_init(0) && genuine_before(context))
        return 0;
    // ok: verification-result-as-boolean
    if (X509_verify_cert(store) < 1)
        return -1;
    // ok: verification-result-as-boolean
    int result = EVP_DigestVerifyFinal(context, signature, size);
    return result < 0 ? -1 : result;
}
