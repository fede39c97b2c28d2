#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mbedtls/platform_util.h"

struct session {
    uint8_t link_key[32];
    char pin[8];
    uint32_t keypad_state;
    uint8_t frame[64];
};

int derive(const uint8_t *shared, uint8_t *out)
{
    uint8_t session_key[32];
    int status = kdf(shared, session_key, sizeof(session_key));
    memcpy(out, session_key, 16);
    // ruleid: secret-cleared-with-memset
    memset(session_key, 0, sizeof(session_key));
    return status;
}

void session_end(struct session *session)
{
    // ruleid: secret-cleared-with-memset
    (void)memset(session->pin, 0, sizeof(session->pin));
    // ruleid: secret-cleared-with-memset
    memset(&session->link_key, 0x00, sizeof(session->link_key));
    free(session);
}

void session_reset(struct session *session)
{
    // What the caller has is still there afterwards.
    // ok: secret-cleared-with-memset
    (void)memset(session->pin, 0, sizeof(session->pin));
    // ok: secret-cleared-with-memset
    memset(&session->link_key, 0x00, sizeof(session->link_key));
    session->keypad_state = 0U;
}

void key_clear(uint8_t key[32])
{
    // ok: secret-cleared-with-memset
    memset(key, 0, 32);
}

int read_password(FILE *in)
{
    char *password = malloc(64);
    if (password == NULL) {
        return -1;
    }
    // ok: secret-cleared-with-memset
    memset(password, 0, 64);
    int status = fgets(password, 64, in) == NULL ? -1 : try_login(password);
    // ruleid: secret-cleared-with-memset
    memset(password, '\0', 64);
    free(password);
    return status;
}

void prepare(struct session *session, const uint8_t *stored)
{
    uint8_t key[32];
    // ok: secret-cleared-with-memset
    memset(key, 0, sizeof(key));
    memcpy(key, stored, 16);
    use(key, session);
    // ok: secret-cleared-with-memset
    mbedtls_platform_zeroize(key, sizeof(key));
    // ok: secret-cleared-with-memset
    memset(session->frame, 0, sizeof(session->frame));
    // ok: secret-cleared-with-memset
    memset(&session->keypad_state, 0, sizeof(session->keypad_state));
}

void fill(uint8_t *aes_key, uint8_t *public_key, const char *text)
{
    // ok: secret-cleared-with-memset
    memset(aes_key, 0, 16);
    for (size_t i = 0; text[i] != '\0' && i < 16U; i++) {
        aes_key[i] = (uint8_t)text[i];
    }
    // ok: secret-cleared-with-memset
    memset(public_key, 0, 64);
    // ok: secret-cleared-with-memset
    explicit_bzero(aes_key, 16);
    // ok: secret-cleared-with-memset
    memset(aes_key, 0xff, 16);
}

void counters(uint32_t *tokens_used, uint32_t *spin, uint32_t *key_count)
{
    // ok: secret-cleared-with-memset
    memset(tokens_used, 0, sizeof(*tokens_used));
    // ok: secret-cleared-with-memset
    memset(spin, 0, sizeof(*spin));
    // ok: secret-cleared-with-memset
    memset(key_count, 0, sizeof(*key_count));
}

int derive(unsigned char *key, FILE *in)
{
    char phrase[64];
    int done;
    if (!fgets(phrase, sizeof phrase, in))
        return -1;
    done = derive_key(phrase, key);
    // ruleid: secret-cleared-with-memset
    memset(phrase, 0, sizeof phrase);
    return done;
}

int sumOfPasses(const int *results)
{
    int pass[8];
    int sum = run(results, pass);
    // ok: secret-cleared-with-memset
    memset(pass, 0, sizeof pass);
    return sum;
}
