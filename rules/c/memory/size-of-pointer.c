#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_SIZE 32

typedef struct {
    uint8_t key[KEY_SIZE];
    char *peer;
    uint8_t *buffer;
} session_t;

void session_clear(session_t *session)
{
    // ruleid: size-of-pointer
    memset(session, 0, sizeof(session));
}

void key_load(uint8_t key[KEY_SIZE], const uint8_t *stored)
{
    // ruleid: size-of-pointer
    memcpy(key, stored, sizeof(key));
}

void buffer_clear(size_t size)
{
    uint8_t *buffer = malloc(size);
    if (buffer == NULL) {
        return;
    }
    // ruleid: size-of-pointer
    memset(buffer, 0xff, sizeof buffer);
    free(buffer);
}

int mac_matches(const unsigned char *expected, const unsigned char *received)
{
    // ruleid: size-of-pointer
    return memcmp(expected, received, sizeof(expected)) == 0;
}

void name_line(char *line, const char *name)
{
    // ruleid: size-of-pointer
    snprintf(line, sizeof(line), "%s", name);
    // ruleid: size-of-pointer
    strncpy(line, name, sizeof(line));
}

static const char *label(char text[16])
{
    // ruleid: size-of-pointer
    memset(text, ' ', sizeof(text));
    return text;
}

void clean(session_t *session, const uint8_t *stored)
{
    session_t local;
    uint8_t key[KEY_SIZE];
    char *names[4];
    uint8_t *const cursor = session->buffer;

    // ok: size-of-pointer
    memset(session, 0, sizeof(*session));
    // ok: size-of-pointer
    memset(&local, 0, sizeof(local));
    // ok: size-of-pointer
    memset(key, 0, sizeof(key));
    // ok: size-of-pointer
    memset(names, 0, sizeof(names));
    // ok: size-of-pointer
    memcpy(session->key, stored, sizeof(session->key));
    // ok: size-of-pointer
    memcpy(key, &cursor, sizeof(cursor));
    // ok: size-of-pointer
    memset(cursor, 0, KEY_SIZE);
    // ok: size-of-pointer
    memset(session, 0, sizeof(session_t));
}

void scaled(void)
{
    uint8_t block[KEY_SIZE * 2];
    // ok: size-of-pointer
    memset(block, 0, sizeof(block));
}

void copy_local(const uint8_t *key_material)
{
    uint8_t key[KEY_SIZE];
    // ok: size-of-pointer
    memcpy(key, key_material, sizeof(key));
    // ok: size-of-pointer
    memset(key, 0, sizeof(key));
}

int total(int values[10])
{
    int sum = 0;
    // ruleid: size-of-pointer
    for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        sum += values[i];
    return sum;
}

int total_of(const int *values)
{
    int sum = 0;
    // ruleid: size-of-pointer
    for (unsigned i = 0; i < sizeof(values) / sizeof(*values); i++)
        sum += values[i];
    int local[4] = {1, 2, 3, 4};
    // ok: size-of-pointer
    for (unsigned i = 0; i < sizeof(local) / sizeof(local[0]); i++)
        sum += local[i];
    return sum;
}

struct sample { int value[8]; };

struct sample *sample_new(unsigned n)
{
    // ruleid: size-of-pointer
    struct sample *one = malloc(sizeof(one));
    // ok: size-of-pointer
    struct sample *right = malloc(sizeof(*right));
    // ok: size-of-pointer
    struct sample **table = malloc(n * sizeof(*table));
    return one != NULL && right != NULL && table != NULL ? one : right;
}
