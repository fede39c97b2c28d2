/**
 * @file pump_session.h
 * @brief The treatment of one patient: who, where, which drug, how much.
 */
#ifndef PUMP_SESSION_H
#define PUMP_SESSION_H

#include "pump_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUMP_SESSION_PATIENT_SIZE 24U
#define PUMP_SESSION_BED_SIZE 12U

/** Size of an exported record: a whole number of cipher blocks. */
#define PUMP_SESSION_EXPORT_SIZE 64U

/** Begins a session; one at a time. */
pump_status_t pump_session_open(const char *patient_id);

/** Notes the bed that the pump stands at. */
pump_status_t pump_session_move(const char *bed);

/** Notes what was given. */
pump_status_t pump_session_note(uint16_t drug_id, uint32_t delivered_ul);

/** Writes the encrypted record. */
pump_status_t pump_session_export(uint8_t *out, size_t capacity);

/** Keeps the encrypted record in flash, where the hospital's record system collects it. */
pump_status_t pump_session_archive(void);

/** Ends the session and removes the patient's data from memory. */
pump_status_t pump_session_close(void);

/** @return whether a session is open. */
bool pump_session_is_open(void);

/** @return the bed, "-" when unknown. */
const char *pump_session_bed(void);

#endif
