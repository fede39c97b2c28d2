/**
 * @file drug_library.c
 * @brief The hospital's drug limits.
 */
#define PUMP_LOG_MODULE "drugs"

#include "pump_drug_library.h"

#include "pump_access.h"
#include "pump_crypto.h"
#include "pump_log.h"

#include <stdlib.h>
#include <string.h>

#define IMAGE_HEADER_SIZE 4U
#define ENTRY_FIXED_SIZE 6U

static pump_drug_t *drugs;
static size_t drug_count;

static uint16_t read_u16(const uint8_t *bytes)
{
    return (uint16_t)(((uint16_t)bytes[0] << 8U) | bytes[1]);
}

static uint32_t read_u32(const uint8_t *bytes)
{
    return ((uint32_t)read_u16(bytes) << 16U) | read_u16(bytes + 2);
}

/**
 * The digest at the image's end covers all that comes before it.
 * [SR-INT-001]
 */
static pump_status_t check_image(const uint8_t *image, size_t size)
{
    uint8_t computed[PUMP_DIGEST_SIZE];

    if (size < IMAGE_HEADER_SIZE + PUMP_DIGEST_SIZE) {
        return PUMP_ERR_ARGUMENT;
    }
    const size_t covered = size - PUMP_DIGEST_SIZE;
    const pump_status_t status = pump_crypto_digest(image, covered, computed);
    if (status != PUMP_OK) {
        return status;
    }
    return pump_crypto_equal(computed, image + covered, sizeof(computed)) ? PUMP_OK : PUMP_ERR_INTEGRITY;
}

static void read_entry(const uint8_t *bytes, uint16_t entry_size, pump_drug_t *drug)
{
    const size_t stored = (size_t)entry_size - ENTRY_FIXED_SIZE;
    const size_t name_size = (stored < PUMP_DRUG_NAME_SIZE) ? stored : PUMP_DRUG_NAME_SIZE - 1U;

    drug->id = read_u16(bytes);
    drug->hard_max_ulh = read_u32(bytes + 2);
    memset(drug->name, 0, sizeof(drug->name));
    memcpy(drug->name, bytes + ENTRY_FIXED_SIZE, name_size);
    drug->name[PUMP_DRUG_NAME_SIZE - 1U] = '\0';
}

/** [SR-INT-001, SR-ACC-001] */
pump_status_t pump_drug_library_load(const uint8_t *image, size_t size)
{
    if (image == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!pump_access_permits(pump_access_current_role(), PUMP_ACTION_LOAD_LIBRARY)) {
        return PUMP_ERR_DENIED;
    }
    const pump_status_t status = check_image(image, size);
    if (status != PUMP_OK) {
        LOG_WARN("library refused: %s", pump_status_text(status));
        return status;
    }
    const uint16_t entry_count = read_u16(image);
    const uint16_t entry_size = read_u16(image + 2);
    if (entry_count == 0U || entry_size <= ENTRY_FIXED_SIZE) {
        return PUMP_ERR_RANGE;
    }

    /* the entries are copied first: the image may lie in the receive buffer of the gateway */
    uint8_t *entries = malloc(entry_count * entry_size);
    if (entries == NULL) {
        return PUMP_ERR_MEMORY;
    }
    const size_t entries_size = (size_t)entry_count * entry_size;
    if (entries_size > size - IMAGE_HEADER_SIZE - PUMP_DIGEST_SIZE) {
        free(entries);
        return PUMP_ERR_RANGE;
    }
    pump_drug_t *loaded = calloc(entry_count, sizeof(pump_drug_t));
    if (loaded == NULL) {
        free(entries);
        return PUMP_ERR_MEMORY;
    }
    memcpy(entries, image + IMAGE_HEADER_SIZE, entries_size);
    for (uint16_t i = 0U; i < entry_count; i++) {
        read_entry(entries + (size_t)i * entry_size, entry_size, &loaded[i]);
    }
    pump_drug_library_clear();
    drugs = loaded;
    drug_count = entry_count;
    free(entries);
    LOG_INFO("%u drugs", (unsigned int)entry_count);
    return PUMP_OK;
}

/** [SR-ACC-001] */
pump_status_t pump_drug_library_add(const pump_drug_t *drug)
{
    if (drug == NULL || drug->hard_max_ulh == 0U) {
        return PUMP_ERR_ARGUMENT;
    }
    if (!pump_access_permits(pump_access_current_role(), PUMP_ACTION_LOAD_LIBRARY)) {
        return PUMP_ERR_DENIED;
    }
    drugs = realloc(drugs, (drug_count + 1U) * sizeof(pump_drug_t));
    if (drugs == NULL) {
        drug_count = 0U;
        return PUMP_ERR_MEMORY;
    }
    drugs[drug_count] = *drug;
    drugs[drug_count].name[PUMP_DRUG_NAME_SIZE - 1U] = '\0';
    drug_count++;
    return PUMP_OK;
}

pump_status_t pump_drug_library_find(uint16_t id, pump_drug_t *drug)
{
    if (drug == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    for (size_t i = 0U; i < drug_count; i++) {
        if (drugs[i].id == id) {
            *drug = drugs[i];
            return PUMP_OK;
        }
    }
    return PUMP_ERR_NOT_FOUND;
}

size_t pump_drug_library_count(void)
{
    return drug_count;
}

void pump_drug_library_clear(void)
{
    free(drugs);
    drugs = NULL;
    drug_count = 0U;
}
