#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

struct session { char token[33]; uint8_t nonce[12]; char label[33]; int delay; };

static void fill(uint8_t *out, size_t size)
{
    for (size_t i = 0; i < size; i++)
        out[i] = (uint8_t)(random() >> 7);
}

static int fill_well(uint8_t *out, size_t size)
{
    return getrandom(out, size, 0) == (ssize_t)size ? 0 : -1;
}

void session_open(struct session *session)
{
    uint8_t raw[16];

    fill(raw, sizeof(raw));
    for (size_t i = 0; i < sizeof(raw); i++) {
        // ruleid: secret-from-random
        snprintf(&session->token[i * 2], 3, "%02x", raw[i]);
        // ok: secret-from-random
        snprintf(&session->label[i * 2], 3, "%02x", raw[i]);
    }
    // ruleid: secret-from-random
    memcpy(session->nonce, raw, sizeof(session->nonce));
    // ok: secret-from-random
    session->delay = raw[0];
}

int session_open_well(struct session *session)
{
    uint8_t raw[16];

    if (fill_well(raw, sizeof(raw)) != 0)
        return -1;
    for (size_t i = 0; i < sizeof(raw); i++) {
        // ok: secret-from-random
        snprintf(&session->token[i * 2], 3, "%02x", raw[i]);
    }
    // ok: secret-from-random
    memcpy(session->nonce, raw, sizeof(session->nonce));
    return 0;
}

static int draw(void)
{
    return rand() % 1000000;
}

void pair(char *otp, char *text, int *challenge)
{
    int number = draw();

    // ruleid: secret-from-random
    sprintf(otp, "%06d", number);
    // ruleid: secret-from-random
    *challenge = number;
    // ok: secret-from-random
    sprintf(text, "%06d", number);
    // ok: secret-from-random
    strcpy(otp, "none");
}

static unsigned next_random(void)
{
    return (unsigned)rand();
}

void make_pairing_code(char *code)
{
    for (int i = 0; i < 8; i++)
        // ruleid: secret-from-random
        code[i] = "0123456789"[next_random() % 10];
    // ok: secret-from-random
    code[8] = 0;
}

void make_pause(unsigned *pause)
{
    // ok: secret-from-random
    *pause = next_random() % 10;
}

static int jitter(void)
{
    return rand() % 10;
}

int next_token(struct lexer *lexer)
{
    // ok: secret-from-random
    int wait = jitter();
    return advance(lexer, wait);
}
