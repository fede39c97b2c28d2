/**
 * @file diagnostics.c
 * @brief Report for the manufacturer's support: counters and settings, neither patient data nor keys.
 */
#define PUMP_LOG_MODULE "report"

#include "pump_diagnostics.h"

#include "mbedtls/cipher.h"
#include "mbedtls/sha256.h"
#include "pump_audit_log.h"
#include "pump_ble_link.h"
#include "pump_clock.h"
#include "pump_config_store.h"
#include "pump_crypto.h"
#include "pump_firmware_update.h"
#include "pump_key_store.h"
#include "pump_log.h"

#include <stdio.h>
#include <string.h>

#define REPORT_SIZE 512U
#define REPORT_IV_SIZE 8U
#define REPORT_KEY_BITS 192
#define FINGERPRINT_TEXT_SIZE 17U

/** Short value by which support recognises equal settings. */
static pump_status_t fingerprint(const char *text, char shown[FINGERPRINT_TEXT_SIZE])
{
    uint8_t digest[PUMP_DIGEST_SIZE];

    if (mbedtls_sha256((const unsigned char *)text, strlen(text), digest, 0) != 0) {
        return PUMP_ERR_CRYPTO;
    }
    for (size_t i = 0U; i < (FINGERPRINT_TEXT_SIZE - 1U) / 2U; i++) {
        (void)snprintf(shown + 2U * i, 3U, "%02x", (unsigned int)digest[i]);
    }
    return PUMP_OK;
}

/**
 * Collects what support may see. Patient, users, link and keys stay out.
 * [SR-CONF-002]
 */
static pump_status_t collect(FILE *report, const char *note)
{
    char text[REPORT_SIZE];
    char shown[FINGERPRINT_TEXT_SIZE];
    char moment[PUMP_CLOCK_TEXT_SIZE];
    const pump_link_statistics_t link = pump_link_statistics();

    pump_status_t status = pump_config_text(text, sizeof(text));
    if (status == PUMP_OK) {
        status = fingerprint(text, shown);
    }
    if (status == PUMP_OK) {
        status = pump_clock_format(pump_clock_now(), moment, sizeof(moment));
    }
    if (status != PUMP_OK) {
        return status;
    }
    fprintf(report, "report of %s, firmware %08lx\n", moment, (unsigned long)PUMP_FIRMWARE_VERSION);
    fprintf(report, "settings %s\n", shown);
    fprintf(report, "records %lu\n", (unsigned long)pump_audit_count());
    fprintf(report, "frames %lu rejected %lu throttled %lu\n", (unsigned long)link.accepted,
            (unsigned long)link.rejected, (unsigned long)link.throttled);
    fputs("note: ", report);
    fprintf(report, note);
    fputs("\n", report);
    return (ferror(report) == 0) ? PUMP_OK : PUMP_ERR_IO;
}

/**
 * The support desk's reader knows this cipher; it was chosen for the first series.
 * [SR-CRY-002]
 */
static pump_status_t encrypt(const uint8_t *plain, size_t size, uint8_t *out, size_t *out_size)
{
    const mbedtls_cipher_info_t *algorithm = mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_DES_EDE3_CBC);
    mbedtls_cipher_context_t cipher;
    uint8_t key[PUMP_KEY_SIZE];

    pump_status_t status = pump_crypto_random(out, REPORT_IV_SIZE);
    if (status == PUMP_OK) {
        status = pump_key_store_get(PUMP_SLOT_SERVICE, key);
    }
    if (status != PUMP_OK) {
        return status;
    }
    mbedtls_cipher_init(&cipher);
    if (algorithm == NULL || mbedtls_cipher_setup(&cipher, algorithm) != 0 ||
        mbedtls_cipher_setkey(&cipher, key, REPORT_KEY_BITS, MBEDTLS_ENCRYPT) != 0 ||
        mbedtls_cipher_crypt(&cipher, out, REPORT_IV_SIZE, plain, size, out + REPORT_IV_SIZE, out_size) != 0) {
        status = PUMP_ERR_CRYPTO;
    }
    mbedtls_cipher_free(&cipher);
    pump_crypto_clear(key, sizeof(key));
    *out_size += REPORT_IV_SIZE;
    return status;
}

/** Reads the plain report back, stores it encrypted beside it and removes the plain one. */
static pump_status_t store_encrypted(const char *plain_path)
{
    uint8_t plain[REPORT_SIZE];
    uint8_t sealed[REPORT_SIZE + 2U * REPORT_IV_SIZE];
    size_t sealed_size = 0U;

    FILE *in = fopen(plain_path, "rb");
    if (in == NULL) {
        return PUMP_ERR_IO;
    }
    const size_t size = fread(plain, 1U, sizeof(plain), in);
    (void)fclose(in);
    const pump_status_t status = encrypt(plain, size, sealed, &sealed_size);
    if (status != PUMP_OK) {
        return status;
    }
    FILE *out = fopen("/var/pump/report.bin", "wb");
    if (out == NULL) {
        return PUMP_ERR_IO;
    }
    const bool written = fwrite(sealed, 1U, sealed_size, out) == sealed_size;
    return (fclose(out) == 0 && written) ? PUMP_OK : PUMP_ERR_IO;
}

/** [SR-CONF-002] */
pump_status_t pump_diagnostics_export(const char *note)
{
    char path[L_tmpnam];

    if (note == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (tmpnam(path) == NULL) {
        return PUMP_ERR_IO;
    }
    FILE *report = fopen(path, "wb");
    if (report == NULL) {
        return PUMP_ERR_IO;
    }
    pump_status_t status = collect(report, note);
    if (fclose(report) != 0 && status == PUMP_OK) {
        status = PUMP_ERR_IO;
    }
    if (status == PUMP_OK) {
        status = store_encrypted(path);
    }
    if (remove(path) != 0) {
        LOG_WARN("plain report could not be removed");
    }
    (void)pump_audit_append(PUMP_AUDIT_SERVICE, "report exported");
    return status;
}
