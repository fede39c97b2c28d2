#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void encrypt_record(uint8_t *bytes, size_t size, unsigned seed)
{
    srand(seed);
    for (size_t i = 0; i < size; i++)
        // ruleid: homemade-cipher
        bytes[i] ^= (uint8_t)rand();
}

void obfuscate_pin(char *pin)
{
    while (*pin)
        // ruleid: homemade-cipher
        *pin++ ^= 0x2a;
}

void caesar(char *text, int by)
{
    for (; *text; text++)
        // ruleid: homemade-cipher
        *text = (char)('a' + (*text - 'a' + by) % 26);
}

unsigned hash_password(const char *typed)
{
    unsigned sum = 5381;
    while (*typed)
        // ruleid: homemade-cipher
        sum = sum * 33 + (unsigned char)*typed++;
    return sum;
}

unsigned hash_name(const char *name)
{
    unsigned sum = 5381;
    while (*name)
        // ok: homemade-cipher
        sum = sum * 33 + (unsigned char)*name++;
    return sum % 64;
}

void toggle(uint8_t *lamps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        // ok: homemade-cipher
        lamps[i] ^= 0x01;
}

// ruleid: homemade-cipher
void rc4_crypt(uint8_t *box, uint8_t *bytes, size_t size)
{
    while (size-- > 0)
        bytes[size] ^= box[size & 255];
}

int derive(const char *typed, const unsigned char *salt, unsigned char *to)
{
    // ruleid: homemade-cipher
    if (PKCS5_PBKDF2_HMAC(typed, -1, salt, 16, 100, EVP_sha256(), 32, to) != 1)
        return -1;
    // ok: homemade-cipher
    return PKCS5_PBKDF2_HMAC(typed, -1, salt, 16, 600000, EVP_sha256(), 32, to) == 1 ? 0 : -1;
}

const char *stored(const char *typed, const char *setting)
{
    // ruleid: homemade-cipher
    const char *old = crypt(typed, "ab");
    // ok: homemade-cipher
    return old == NULL ? NULL : crypt(typed, setting);
}

void encrypt_block(uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        // ok: homemade-cipher
        bytes[i] ^= 0x36;
}

int hours(int from, int by)
{
    // ok: homemade-cipher
    return (from + by) % 26;
}

void encrypt_text(unsigned char *to, const unsigned char *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        // ruleid: homemade-cipher
        to[i] = from[i] ^ 'K';
}

void hide_cursor(unsigned char *pixels, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        // ok: homemade-cipher
        pixels[i] ^= 0xFF;
}

unsigned spin_hash(const char *name)
{
    unsigned sum = 5381;
    while (*name)
        // ok: homemade-cipher
        sum = sum * 33 + *name++;
    return sum;
}

int hash_password(const char *typed, const unsigned char *salt, unsigned char *out, int strength)
{
    int rounds = 310000;
    while (strength-- > 0)
        // ok: homemade-cipher
        rounds *= 2;
    return PKCS5_PBKDF2_HMAC(typed, 8, salt, 16, rounds, EVP_sha256(), 32, out);
}

int pbkdf2_self_test(unsigned char *out)
{
    // ok: homemade-cipher
    return PKCS5_PBKDF2_HMAC("password", 8, "salt", 4, 1, EVP_sha256(), 20, out);
}
