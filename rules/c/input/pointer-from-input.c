#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

uint32_t peek(void)
{
    unsigned long address;
    if (scanf("%lx", &address) != 1)
        return 0;
    // ruleid: pointer-from-input
    return *(uint32_t *)address;
}

void poke(const char *text, uint8_t value)
{
    uintptr_t address = strtoul(text, NULL, 16);
    // ruleid: pointer-from-input
    uint8_t *place = (uint8_t *)address;
    *place = value;
}

static uint32_t registers[8];

uint32_t looked_up(void)
{
    unsigned long index;
    if (scanf("%lu", &index) != 1 || index >= 8)
        return 0;
    // ok: pointer-from-input
    return *(uint32_t *)&registers[index];
}

uint32_t of_the_chip(uintptr_t base)
{
    // ok: pointer-from-input
    return *(volatile uint32_t *)(base + 0x40);
}

void *copy(const void *from)
{
    // ok: pointer-from-input
    return (char *)from + 4;
}

void call_it(char **argv)
{
    unsigned long long place = strtoull(argv[1], NULL, 0);
    // ruleid: pointer-from-input
    char *text = (char *)place;
    puts(text);
}

int next_of(void)
{
    unsigned long at;
    if (scanf("%lu", &at) != 1 || at == 0)
        return 0;
    // ruleid: pointer-from-input
    int *place = (int *)(uintptr_t)at;
    return *place;
}

void filled(char *to)
{
    // ok: pointer-from-input
    unsigned char *bytes = (unsigned char *)to;
    bytes[0] = 1;
    // ok: pointer-from-input
    bytes = (unsigned char *)0x40020000;
    bytes[0] = 1;
}

static uint32_t memory[64];

uint32_t limited(void)
{
    unsigned int offset;
    if (scanf("%u", &offset) != 1 || offset >= sizeof memory)
        return 0;
    // ok: pointer-from-input
    return *(uint32_t *)((char *)memory + offset / 4 * 4);
}

const char *member(const void *message)
{
    // ok: pointer-from-input
    const char *text = (const char *)message;
    return text + 2;
}
