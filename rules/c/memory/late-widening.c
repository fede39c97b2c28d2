#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t ticks_per_ms = 72000;

uint64_t ticks(uint32_t ms)
{
    if (ms > 86400000u)
        return 0;
    // ruleid: late-widening
    uint64_t n = ms * ticks_per_ms;
    return n;
}

uint64_t area(void)
{
    unsigned width, height;
    if (scanf("%u %u", &width, &height) != 2)
        return 0;
    // ruleid: late-widening
    return width * height;
}

long long balance(void)
{
    int count, price;
    if (scanf("%d %d", &count, &price) != 2)
        return 0;
    // ruleid: late-widening
    long long all = count * price;
    return all;
}

int64_t offset(void)
{
    int row;
    if (scanf("%d", &row) != 1 || row < 0)
        return 0;
    // ruleid: late-widening
    return row * 4096;
}

uint64_t ticks_wide(uint32_t ms)
{
    if (ms > 86400000u)
        return 0;
    // ok: late-widening
    uint64_t n = (uint64_t)ms * ticks_per_ms;
    return n;
}

uint64_t ticks_limited(uint32_t ms)
{
    if (ms > 1000u)
        return 0;
    // ok: late-widening
    uint64_t n = ms * 1000u;
    return n;
}

uint64_t any(uint32_t a, uint32_t b)
{
    // ok: late-widening
    return a * b;
}

uint32_t hash(uint32_t h)
{
    if (h > 0xfffffffeu)
        return 0;
    // ok: late-widening
    uint32_t next = h * 16777619u;
    return next;
}

size_t small(void)
{
    unsigned rows;
    if (scanf("%u", &rows) != 1 || rows > 64)
        return 0;
    // ok: late-widening
    size_t all = rows * 32;
    return all;
}

uint32_t area_of(uint32_t width, uint32_t height)
{
    // ok: late-widening
    uint32_t all = width * height;
    return all;
}
