/**
 * @file test_firmware_update.c
 * @brief Updates: signature, version, state of the pump, records.
 */
#include "pump_test.h"

#include "fake_hal.h"
#include "fake_tls.h"
#include "pump_access.h"
#include "pump_audit_log.h"
#include "pump_firmware_update.h"

#include <string.h>

#define SLOT_INACTIVE 0x10U
#define SLOT_BOOT_CHOICE 0x12U

static const uint8_t image[32] = "an image of the next version";

static pump_update_manifest_t manifest_of(uint32_t version)
{
    pump_update_manifest_t manifest;

    memset(&manifest, 0, sizeof(manifest));
    manifest.version = version;
    manifest.size = sizeof(image);
    manifest.signature_size = 64U;
    CHECK_STATUS(PUMP_OK, pump_crypto_digest(image, sizeof(image), manifest.digest));
    return manifest;
}

static pump_status_t send_image(const pump_update_manifest_t *manifest)
{
    pump_status_t status = pump_update_begin(manifest);
    if (status == PUMP_OK) {
        status = pump_update_chunk(0U, image, 20U);
    }
    if (status == PUMP_OK) {
        status = pump_update_chunk(20U, image + 20, sizeof(image) - 20U);
    }
    return (status == PUMP_OK) ? pump_update_finish() : status;
}

/* Neither a wrong signature nor a wrong digest reaches the boot choice. [TC-UPD-001] [verifies SR-UPD-001] */
static void test_installs_signed_images_only(void)
{
    pump_update_manifest_t manifest = manifest_of(PUMP_FIRMWARE_VERSION + 1U);

    pump_test_login_admin();
    fake_tls.signature_valid = false;
    CHECK_STATUS(PUMP_ERR_INTEGRITY, send_image(&manifest));
    fake_tls.signature_valid = true;
    manifest.digest[0] ^= 1U;
    CHECK_STATUS(PUMP_ERR_INTEGRITY, send_image(&manifest));
    CHECK(!fake_flash_filled(SLOT_BOOT_CHOICE));
    manifest.digest[0] ^= 1U;
    CHECK_STATUS(PUMP_OK, send_image(&manifest));
    CHECK(fake_flash_filled(SLOT_INACTIVE));
    CHECK(fake_flash_filled(SLOT_BOOT_CHOICE));
}

/* [TC-UPD-002] [verifies SR-UPD-002] */
static void test_refuses_older_and_equal_versions(void)
{
    const pump_update_manifest_t equal = manifest_of(PUMP_FIRMWARE_VERSION);
    const pump_update_manifest_t older = manifest_of(PUMP_FIRMWARE_VERSION - 1U);

    pump_test_login_admin();
    CHECK_STATUS(PUMP_ERR_RANGE, send_image(&equal));
    CHECK_STATUS(PUMP_ERR_RANGE, send_image(&older));
}

/* [TC-UPD-003] [verifies SR-UPD-003] */
static void test_refuses_updates_during_an_infusion(void)
{
    const pump_update_manifest_t manifest = manifest_of(PUMP_FIRMWARE_VERSION + 1U);

    pump_test_start_infusion();
    pump_test_login_admin();
    CHECK_STATUS(PUMP_ERR_STATE, send_image(&manifest));
}

/* Beginning and outcome are both on record. [TC-UPD-005] [verifies SR-UPD-005] */
static void test_records_the_update(void)
{
    const pump_update_manifest_t manifest = manifest_of(PUMP_FIRMWARE_VERSION + 1U);

    pump_test_login_admin();
    const uint32_t before = pump_audit_count();
    CHECK_STATUS(PUMP_OK, send_image(&manifest));
    CHECK(pump_audit_count() == before + 2U);
}

static void test_takes_the_pieces_in_order_only(void)
{
    const pump_update_manifest_t manifest = manifest_of(PUMP_FIRMWARE_VERSION + 1U);

    CHECK_STATUS(PUMP_ERR_DENIED, pump_update_begin(&manifest));
    pump_test_login_admin();
    CHECK_STATUS(PUMP_OK, pump_update_begin(&manifest));
    CHECK_STATUS(PUMP_ERR_RANGE, pump_update_chunk(4U, image, 4U));
    CHECK_STATUS(PUMP_ERR_RANGE, pump_update_chunk(0U, image, sizeof(image) + 1U));
    CHECK_STATUS(PUMP_ERR_STATE, pump_update_finish());
}

void run_firmware_update_tests(void)
{
    RUN(test_installs_signed_images_only);
    RUN(test_refuses_older_and_equal_versions);
    RUN(test_refuses_updates_during_an_infusion);
    RUN(test_records_the_update);
    RUN(test_takes_the_pieces_in_order_only);
}
