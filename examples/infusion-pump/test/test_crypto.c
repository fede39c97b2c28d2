/**
 * @file test_crypto.c
 * @brief The wrapper's rules and the key store. The algorithms themselves are the library's and tested there.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "fake_tls.h"
#include "pump_crypto.h"
#include "pump_key_store.h"

#include <string.h>

static const uint8_t sample[20] = "sample of plain text";

/* No noise, no random bytes. [TC-CRY-001] [verifies SR-CRY-001] */
static void test_fails_without_hardware_noise(void)
{
    uint8_t out[16];

    CHECK_STATUS(PUMP_OK, pump_crypto_random(out, sizeof(out)));
    fake_board.entropy_works = false;
    CHECK_STATUS(PUMP_ERR_CRYPTO, pump_crypto_random(out, sizeof(out)));
    CHECK_STATUS(PUMP_ERR_CRYPTO, pump_crypto_init());
    fake_board.entropy_works = true;
    CHECK_STATUS(PUMP_ERR_CRYPTO, pump_crypto_random(out, sizeof(out)));
}

/* Sealed twice, the same text differs; altered anywhere, it does not open. [TC-CRY-002] [verifies SR-CRY-002] */
static void test_seals_with_fresh_nonces(void)
{
    uint8_t material[PUMP_KEY_SIZE];
    uint8_t first[sizeof(sample) + PUMP_SEAL_OVERHEAD];
    uint8_t second[sizeof(sample) + PUMP_SEAL_OVERHEAD];
    uint8_t opened[sizeof(sample)];

    memset(material, 0x33, sizeof(material));
    CHECK_STATUS(PUMP_OK, pump_crypto_seal(material, sample, sizeof(sample), first, sizeof(first)));
    CHECK_STATUS(PUMP_OK, pump_crypto_seal(material, sample, sizeof(sample), second, sizeof(second)));
    CHECK(!pump_crypto_equal(first, second, sizeof(first)));
    CHECK_STATUS(PUMP_OK, pump_crypto_open(material, first, sizeof(first), opened, sizeof(opened)));
    CHECK(pump_crypto_equal(opened, sample, sizeof(sample)));
    for (size_t i = 0U; i < sizeof(first); i++) {
        first[i] ^= 0x80U;
        CHECK_STATUS(PUMP_ERR_INTEGRITY, pump_crypto_open(material, first, sizeof(first), opened, sizeof(opened)));
        first[i] ^= 0x80U;
    }
}

/* [TC-CRY-003] [verifies SR-CRY-003] */
static void test_digests_depend_on_every_byte(void)
{
    uint8_t material[PUMP_KEY_SIZE];
    uint8_t changed[sizeof(sample)];
    uint8_t first[PUMP_DIGEST_SIZE];
    uint8_t second[PUMP_DIGEST_SIZE];

    memset(material, 0x33, sizeof(material));
    memcpy(changed, sample, sizeof(changed));
    changed[0] ^= 1U;
    CHECK_STATUS(PUMP_OK, pump_crypto_digest(sample, sizeof(sample), first));
    CHECK_STATUS(PUMP_OK, pump_crypto_digest(changed, sizeof(changed), second));
    CHECK(!pump_crypto_equal(first, second, sizeof(first)));
    CHECK_STATUS(PUMP_OK, pump_crypto_mac(material, sample, sizeof(sample), first));
    material[31] ^= 1U;
    CHECK_STATUS(PUMP_OK, pump_crypto_mac(material, sample, sizeof(sample), second));
    CHECK(!pump_crypto_equal(first, second, sizeof(first)));
}

/* Two users with the same PIN have different digests. [TC-CRY-004] [verifies SR-CRY-004] */
static void test_stretching_depends_on_the_salt(void)
{
    uint8_t salt[PUMP_SALT_SIZE] = {1};
    uint8_t first[PUMP_DIGEST_SIZE];
    uint8_t second[PUMP_DIGEST_SIZE];

    CHECK_STATUS(PUMP_OK, pump_crypto_stretch("2580", salt, first));
    salt[0] = 2U;
    CHECK_STATUS(PUMP_OK, pump_crypto_stretch("2580", salt, second));
    CHECK(!pump_crypto_equal(first, second, sizeof(first)));
}

/* [TC-CRY-005] [verifies SR-CRY-005] */
static void test_refuses_a_wrong_signature(void)
{
    const uint8_t verifier[4] = {1, 2, 3, 4};
    const uint8_t written[8] = {9, 9, 9, 9};
    uint8_t digest[PUMP_DIGEST_SIZE] = {0};

    CHECK_STATUS(PUMP_OK,
                 pump_crypto_verify_signature(verifier, sizeof(verifier), digest, written, sizeof(written)));
    fake_tls.signature_valid = false;
    CHECK_STATUS(PUMP_ERR_INTEGRITY,
                 pump_crypto_verify_signature(verifier, sizeof(verifier), digest, written, sizeof(written)));
}

/* [TC-CRY-006] [verifies SR-CRY-006] */
static void test_compares_all_bytes_and_clears(void)
{
    uint8_t left[4] = {1, 2, 3, 4};
    const uint8_t right[4] = {1, 2, 3, 4};
    const uint8_t zeros[4] = {0, 0, 0, 0};

    CHECK(pump_crypto_equal(left, right, sizeof(left)));
    for (size_t i = 0U; i < sizeof(left); i++) {
        left[i] ^= 0x10U;
        CHECK(!pump_crypto_equal(left, right, sizeof(left)));
        left[i] ^= 0x10U;
    }
    CHECK(!pump_crypto_equal(left, NULL, sizeof(left)));
    pump_crypto_clear(left, sizeof(left));
    CHECK(pump_crypto_equal(left, zeros, sizeof(left)));
}

/* Each slot has its own key, and a damaged slot gives none. [TC-CRY-008] [verifies SR-CRY-008] */
static void test_keeps_one_key_a_purpose(void)
{
    uint8_t audit[PUMP_KEY_SIZE];
    uint8_t record[PUMP_KEY_SIZE];

    CHECK_STATUS(PUMP_OK, pump_key_store_get(PUMP_SLOT_AUDIT, audit));
    CHECK_STATUS(PUMP_OK, pump_key_store_get(PUMP_SLOT_RECORD, record));
    CHECK(!pump_crypto_equal(audit, record, sizeof(audit)));
    fake_flash_damage(0x40U, 20U);
    CHECK_STATUS(PUMP_ERR_INTEGRITY, pump_key_store_get(PUMP_SLOT_AUDIT, audit));
    CHECK_STATUS(PUMP_ERR_ARGUMENT, pump_key_store_get(PUMP_SLOT_COUNT, audit));
}

/* Either side's nonce changes the key. [TC-CRY-009] [verifies SR-CRY-009] */
static void test_link_key_depends_on_both_nonces(void)
{
    uint8_t shared[PUMP_KEY_SIZE];
    uint8_t ours[PUMP_CHALLENGE_SIZE] = {1};
    uint8_t theirs[PUMP_CHALLENGE_SIZE] = {2};
    uint8_t first[PUMP_KEY_SIZE];
    uint8_t second[PUMP_KEY_SIZE];

    memset(shared, 0x77, sizeof(shared));
    CHECK_STATUS(PUMP_OK, pump_crypto_derive_link_key(shared, ours, theirs, first));
    ours[15] = 1U;
    CHECK_STATUS(PUMP_OK, pump_crypto_derive_link_key(shared, ours, theirs, second));
    CHECK(!pump_crypto_equal(first, second, sizeof(first)));
    ours[15] = 0U;
    theirs[15] = 1U;
    CHECK_STATUS(PUMP_OK, pump_crypto_derive_link_key(shared, ours, theirs, second));
    CHECK(!pump_crypto_equal(first, second, sizeof(first)));
}

void run_crypto_tests(void)
{
    RUN(test_fails_without_hardware_noise);
    RUN(test_seals_with_fresh_nonces);
    RUN(test_digests_depend_on_every_byte);
    RUN(test_stretching_depends_on_the_salt);
    RUN(test_refuses_a_wrong_signature);
    RUN(test_compares_all_bytes_and_clears);
    RUN(test_keeps_one_key_a_purpose);
    RUN(test_link_key_depends_on_both_nonces);
}
