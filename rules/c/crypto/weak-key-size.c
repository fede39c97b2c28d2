#include <openssl/ec.h>
#include <openssl/rsa.h>

#define OLD_BITS 1024
#define NEW_BITS 3072

void rsa(EVP_PKEY_CTX *context, RSA *key, BIGNUM *e)
{
    const int bits = 512;
    // ruleid: weak-key-size
    EVP_PKEY_CTX_set_rsa_keygen_bits(context, 1024);
    // ruleid: weak-key-size
    EVP_PKEY_CTX_set_rsa_keygen_bits(context, OLD_BITS);
    // ruleid: weak-key-size
    RSA_generate_key_ex(key, bits, e, NULL);
    // ok: weak-key-size
    EVP_PKEY_CTX_set_rsa_keygen_bits(context, NEW_BITS);
    // ok: weak-key-size
    RSA_generate_key_ex(key, 2048, e, NULL);
}

void sized(EVP_PKEY_CTX *context, int bits)
{
    // ok: weak-key-size
    EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits);
}

EC_KEY *curve(int old)
{
    if (old)
        // ruleid: weak-key-size
        return EC_KEY_new_by_curve_name(NID_secp160r1);
    // ok: weak-key-size
    return EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
}

int mbed(mbedtls_ecp_group *group, mbedtls_rsa_context *key, mbedtls_ctr_drbg_context *random)
{
    // ruleid: weak-key-size
    int rc = mbedtls_ecp_group_load(group, MBEDTLS_ECP_DP_SECP192R1);
    // ok: weak-key-size
    rc |= mbedtls_ecp_group_load(group, MBEDTLS_ECP_DP_SECP256R1);
    // ruleid: weak-key-size
    return rc | mbedtls_rsa_gen_key(key, mbedtls_ctr_drbg_random, random, 1024, 65537);
}

EVP_PKEY *made(void)
{
    // ok: weak-key-size
    return EVP_RSA_gen(4096);
}

int mbedtls_ecp_self_test(int verbose)
{
    mbedtls_ecp_group group;
    // ok: weak-key-size
    return verbose + mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP192R1);
}
