#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "mbedtls/ctr_drbg.h"

struct generator {
    uint32_t (*rand)(void);
    int (*random)(uint8_t *out, size_t size);
};

uint32_t pairing_code(void)
{
    // ruleid: predictable-random
    srand((unsigned)time(NULL));
    // ruleid: predictable-random
    return (uint32_t)rand() % 1000000U;
}

void session_id(uint8_t id[8])
{
    for (int i = 0; i < 8; i++) {
        // ruleid: predictable-random
        id[i] = (uint8_t)(random() >> 4);
    }
}

double jitter(unsigned *state)
{
    // ok: predictable-random
    if (rand_r(state) == 0) {
        return 0.0;
    }
    // ok: predictable-random
    return drand48();
}

void fill(uint8_t *key, unsigned *state, uint8_t salt[4])
{
    for (int i = 0; i < 16; i++) {
        // ruleid: predictable-random
        key[i] = (uint8_t)(rand() & 0xff);
    }
    // ruleid: predictable-random
    salt[0] = (uint8_t)rand_r(state);
    // ruleid: predictable-random
    long token = lrand48();
    // ok: predictable-random
    int delay = rand() % 100;
    // ok: predictable-random
    salt[1] = (uint8_t)(token + delay);
}

int nonce(mbedtls_ctr_drbg_context *drbg, const struct generator *generator, uint8_t out[12], unsigned seed)
{
    // ok: predictable-random
    int status = mbedtls_ctr_drbg_random(drbg, out, 12);
    // ok: predictable-random
    status |= generator->random(out, 12);
    // ok: predictable-random
    out[0] = (uint8_t)generator->rand();
    // ok: predictable-random
    srand(seed);
    // ok: predictable-random
    status |= random(out, 12);
    // ok: predictable-random
    status |= operand();
    // ok: predictable-random
    status |= getrandom(out, 12, 0);
    return status;
}
