/**
 * @file pump_drug_library.h
 * @brief The hospital's drug limits.
 *
 * Image: count (2 bytes, big endian), entry size (2), entries, SHA-256 digest of all before it.
 * Entry: id (2), highest rate in microlitres an hour (4), name (the rest, padded with zeros).
 */
#ifndef PUMP_DRUG_LIBRARY_H
#define PUMP_DRUG_LIBRARY_H

#include "pump_status.h"

#include <stddef.h>
#include <stdint.h>

#define PUMP_DRUG_NAME_SIZE 24U

typedef struct {
    uint16_t id;
    uint32_t hard_max_ulh;
    char name[PUMP_DRUG_NAME_SIZE];
} pump_drug_t;

/** Replaces the library by the image when its digest is right. */
pump_status_t pump_drug_library_load(const uint8_t *image, size_t size);

/** Adds a drug of the ward's own list; the name is cut at PUMP_DRUG_NAME_SIZE - 1. */
pump_status_t pump_drug_library_add(const pump_drug_t *drug);

/** Looks a drug up. */
pump_status_t pump_drug_library_find(uint16_t id, pump_drug_t *drug);

/** @return the number of drugs. */
size_t pump_drug_library_count(void);

/** Empties the library. */
void pump_drug_library_clear(void);

#endif
