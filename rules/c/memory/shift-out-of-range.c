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

uint32_t bits_0(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit > 40) {
        return 0;
    }
    // ruleid: shift-out-of-range
    return (uint32_t)1 << bit;
}

uint32_t bits_1(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit > 32) {
        return 0;
    }
    // ruleid: shift-out-of-range
    return 0xffu << bit;
}

uint32_t bits_2(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit > 63) {
        return 0;
    }
    // ruleid: shift-out-of-range
    return (uint32_t)value >> bit;
}

uint32_t fine_0(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit > 31) {
        return 0;
    }
    // ok: shift-out-of-range
    return (uint32_t)1 << bit;
}

uint32_t fine_1(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit > 7) {
        return 0;
    }
    // ok: shift-out-of-range
    return 0xffu << bit;
}

uint32_t fine_2(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit >= 32) {
        return 0;
    }
    // ok: shift-out-of-range
    return value >> bit;
}

uint32_t fine_3(unsigned bit, uint32_t value)
{
    (void)value;
    if (bit > 3) {
        return 0;
    }
    // ok: shift-out-of-range
    return value << (bit + 8);
}
