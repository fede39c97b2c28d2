#include <stdint.h>

uint32_t mask_of(unsigned bit)
{
    if (bit > 32) {
        return 0;
    }
    // ruleid: shift-out-of-range
    return (uint32_t)1 << bit;
}

uint32_t mask_checked(unsigned bit)
{
    if (bit >= 32) {
        return 0;
    }
    // ok: shift-out-of-range
    return (uint32_t)1 << bit;
}

uint32_t mask_unknown(unsigned bit)
{
    // ok: shift-out-of-range
    return (uint32_t)1 << bit;
}
