/**
 * @file pump_diagnostics.h
 * @brief Report for the manufacturer's support: counters and settings, neither patient data nor keys.
 */
#ifndef PUMP_DIAGNOSTICS_H
#define PUMP_DIAGNOSTICS_H

#include "pump_status.h"

/** Collects, encrypts and stores a report; @p note is the technician's remark. */
pump_status_t pump_diagnostics_export(const char *note);

#endif
