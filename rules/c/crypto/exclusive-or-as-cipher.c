#include <stddef.h>
#include <string.h>

static unsigned char key;

void hide(unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        // ruleid: exclusive-or-as-cipher
        bytes[i] ^= key;
}

void hide_with(char *to, const char *text, const char *password)
{
    size_t length = strlen(password);
    for (size_t i = 0; i < strlen(text); i++)
        // ruleid: exclusive-or-as-cipher
        to[i] = text[i] ^ password[i % length];
}

unsigned char checksum(const unsigned char *bytes, size_t count)
{
    unsigned char sum = 0;
    for (size_t i = 0; i < count; i++)
        // ok: exclusive-or-as-cipher
        sum ^= bytes[i];
    return sum;
}

void add_round_key(unsigned char *state, const unsigned char *round_key)
{
    for (size_t i = 0; i < 16; i++)
        // ok: exclusive-or-as-cipher
        state[i] ^= round_key[i];
}

void unmask(unsigned char *payload, const unsigned char *masking_key, size_t count)
{
    for (size_t i = 0; i < count; i++)
        // ok: exclusive-or-as-cipher
        payload[i] ^= masking_key[i % 4];
}

void pads(unsigned char *inner, const unsigned char *key_block)
{
    for (size_t i = 0; i < 64; i++)
        // ok: exclusive-or-as-cipher
        inner[i] = key_block[i] ^ 0x36;
}

struct link {
    unsigned char key;
};

void send_hidden(struct link *link, unsigned char *bytes, size_t count)
{
    while (count-- > 0)
        // ruleid: exclusive-or-as-cipher
        *bytes++ ^= link->key;
}

#define SECRET_KEY 0x5a

void hide_settings(unsigned char *to, const unsigned char *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        // ruleid: exclusive-or-as-cipher
        to[i] = from[i] ^ SECRET_KEY;
}

void swap(unsigned char *a, unsigned char *b)
{
    // ok: exclusive-or-as-cipher
    *a ^= *b;
}

void once(unsigned char *bytes)
{
    // ok: exclusive-or-as-cipher
    bytes[0] ^= key;
}

void chain(unsigned char *block, const unsigned char *before)
{
    for (size_t i = 0; i < 16; i++)
        // ok: exclusive-or-as-cipher
        block[i] ^= before[i];
}

void counter_mode(unsigned char *to, const unsigned char *from, const unsigned char *key_stream, size_t size)
{
    for (size_t i = 0; i < size; i++)
        // ok: exclusive-or-as-cipher
        to[i] = from[i] ^ key_stream[i % 16];
}

void light(unsigned char *leds, unsigned char pressed_key, const unsigned char *table, unsigned char *to, unsigned char key)
{
    for (size_t i = 0; i < 8; i++) {
        // ok: exclusive-or-as-cipher
        leds[i] ^= pressed_key;
        // ok: exclusive-or-as-cipher
        to[i] = table[i] ^ key;
    }
}

void protect(unsigned char *bytes, size_t count, const char *pass, size_t length)
{
    for (size_t i = 0; i < count; i++)
        // ruleid: exclusive-or-as-cipher
        bytes[i] ^= (unsigned char)pass[i % length];
}

void protect_phrase(unsigned char *to, const unsigned char *bytes, size_t count, const char *passphrase, size_t length)
{
    for (size_t i = 0; i < count; i++)
        // ruleid: exclusive-or-as-cipher
        to[i] = bytes[i] ^ passphrase[i % length];
}

void frame(unsigned char *bytes, size_t count, const unsigned char *mask)
{
    for (size_t i = 0; i < count; i++)
        // ok: exclusive-or-as-cipher
        bytes[i] ^= (unsigned char)mask[i % 4];
}
