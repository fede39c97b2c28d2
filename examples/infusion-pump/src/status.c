/**
 * @file status.c
 * @brief Texts of the result codes.
 */
#include "pump_status.h"

const char *pump_status_text(pump_status_t status)
{
    switch (status) {
    case PUMP_OK:
        return "ok";
    case PUMP_ERR_ARGUMENT:
        return "bad argument";
    case PUMP_ERR_RANGE:
        return "out of range";
    case PUMP_ERR_STATE:
        return "not possible now";
    case PUMP_ERR_AUTH:
        return "not authenticated";
    case PUMP_ERR_DENIED:
        return "not permitted";
    case PUMP_ERR_LOCKED:
        return "locked";
    case PUMP_ERR_CRYPTO:
        return "cryptographic failure";
    case PUMP_ERR_INTEGRITY:
        return "data altered";
    case PUMP_ERR_IO:
        return "input/output failure";
    case PUMP_ERR_MEMORY:
        return "out of memory";
    case PUMP_ERR_FULL:
        return "full";
    case PUMP_ERR_NOT_FOUND:
        return "not found";
    case PUMP_ERR_TIMEOUT:
        return "timed out";
    }
    return "unknown";
}
