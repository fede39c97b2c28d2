/**
 * @file fake_diagnostics.c
 * @brief Stands in for the support report, which writes to the pump's file system.
 */
#include "pump_diagnostics.h"

#include <stddef.h>

pump_status_t pump_diagnostics_export(const char *note)
{
    return (note == NULL) ? PUMP_ERR_ARGUMENT : PUMP_OK;
}
