#include <stdint.h>

#define IRQ_RX 0x04u
#define IRQ_TX (1u << 1)
#define IRQ_ERROR (1 << 3)
#define TRACE 1
#define MODE_NONE 0x00
#define LEVEL 3
#define DEBUG_LEVEL 2

int handle(uint32_t pending, int enabled)
{
    int n = 0;
    // ruleid: constant-in-logical-and
    if (pending && IRQ_RX)
        n++;
    // ruleid: constant-in-logical-and
    if (pending && IRQ_TX)
        n++;
    // ruleid: constant-in-logical-and
    if (enabled || pending && IRQ_ERROR)
        n++;
    // ruleid: constant-in-logical-and
    if (pending && 0x80)
        n++;
    // ok: constant-in-logical-and
    if (pending & IRQ_RX)
        n++;
    // ok: constant-in-logical-and
    if (enabled && (pending & IRQ_TX) != 0)
        n++;
    // A switch of the build.
    // ok: constant-in-logical-and
    if (enabled && TRACE)
        n++;
    // ok: constant-in-logical-and
    if (enabled && MODE_NONE)
        n++;
    // ok: constant-in-logical-and
    if (enabled && DEBUG_LEVEL)
        n++;
    // ok: constant-in-logical-and
    if (enabled && n < LEVEL)
        n++;
    return n;
}

int count(uint32_t pending)
{
    // ok: constant-in-logical-and
    return pending && pending < 0x10;
}
