#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MAC_SIZE 16U
#define DEFAULT_NAME "pump"

struct frame {
    uint8_t payload[64];
    uint8_t mac[MAC_SIZE];
    char tag[4];
};

struct user {
    char name[16];
    char pin[8];
    uint8_t pin_digest[32];
    char sessionToken[32];
};

bool frame_genuine(const struct frame *frame, const uint8_t *expected)
{
    // ruleid: timing-unsafe-comparison
    return memcmp(frame->mac, expected, MAC_SIZE) == 0;
}

bool digest_right(const struct user *user, const uint8_t digest[32])
{
    // ruleid: timing-unsafe-comparison
    return !memcmp(user->pin_digest, digest, sizeof(user->pin_digest));
}

int token_right(const struct user *user, const char *given, size_t size)
{
    // ruleid: timing-unsafe-comparison
    return memcmp(user->sessionToken, given, size);
}

bool image_genuine(const uint8_t *image_signature, const uint8_t *computed)
{
    // ruleid: timing-unsafe-comparison
    int difference = memcmp(&image_signature[0], computed, 64);
    return difference == 0;
}

/* Clean code. */

int configure(const char *key, const char *value, const char *const keys[])
{
    // ok: timing-unsafe-comparison
    if (strcmp(key, "rate") == 0) {
        return 1;
    }
    // ok: timing-unsafe-comparison
    if (strcmp(key, keys[2]) == 0 || strcmp(value, DEFAULT_NAME) == 0) {
        return 2;
    }
    return 0;
}

struct pin_name {
    const char *Name;
};

const struct pin_name *find_pin(const struct pin_name *pin, const char *wanted)
{
    // ok: timing-unsafe-comparison
    while (pin->Name != NULL && strcmp(pin->Name, wanted) != 0) {
        pin++;
    }
    return pin;
}

int option(const char *part)
{
    // ok: timing-unsafe-comparison
    return strcmp("password", part) == 0 || strcmp(part, "local_password") == 0;
}

int mac_self_test(const uint8_t *mac, const uint8_t *known)
{
    // ok: timing-unsafe-comparison
    return memcmp(mac, known, 16);
}

int parse(const char *token, const struct frame *frame, const uint8_t *peer_mac, const uint8_t *own)
{
    // ok: timing-unsafe-comparison
    if (strcmp(token, "on") == 0) {
        return 1;
    }
    // ok: timing-unsafe-comparison
    if (memcmp(frame->tag, "RIFF", 4) == 0) {
        return 2;
    }
    // ok: timing-unsafe-comparison
    if (memcmp(peer_mac, own, 6) == 0) {
        return 3;
    }
    return 0;
}

int lookup(const char *tokenizer, const char *keyboard, const char *spin, const char *pinout, const char *key_name)
{
    // ok: timing-unsafe-comparison
    int found = strcmp(tokenizer, keyboard);
    // ok: timing-unsafe-comparison
    found |= strcmp(spin, pinout);
    // ok: timing-unsafe-comparison
    found |= memcmp(key_name, pinout, 4);
    // ok: timing-unsafe-comparison
    found |= memcmp(spin, keyboard, 4);
    return found;
}

bool pin_right_in_constant_time(const struct user *user, const uint8_t digest[32])
{
    // ok: timing-unsafe-comparison
    return mbedtls_ct_memcmp(user->pin_digest, digest, 32) == 0;
}

bool same_peer(const uint8_t *public_key, const uint8_t *other_public_key, const struct user *user, const char *name)
{
    // ok: timing-unsafe-comparison
    if (memcmp(public_key, other_public_key, 32) != 0) {
        return false;
    }
    // ok: timing-unsafe-comparison
    return strcmp(user->name, name) == 0;
}

static bool known_image(const uint8_t *hash, const uint8_t *expected, const part_t *part, const uint8_t *read)
{
    // A digest of what everybody may read is no secret.
    // ok: timing-unsafe-comparison
    if (memcmp(hash, expected, 32) != 0) {
        return false;
    }
    // The signature of a chip: its kind.
    // ok: timing-unsafe-comparison
    return memcmp(read, part->signature, 3) == 0;
}

static bool known_password(const uint8_t *password_hash, const uint8_t *expected)
{
    // ruleid: timing-unsafe-comparison
    return memcmp(password_hash, expected, 32) == 0;
}

bool known_images(const struct context *context, const uint8_t *digest, const struct table_header *hdr, const char *name)
{
    // ok: timing-unsafe-comparison
    if (memcmp(context->digest, digest, context->size) != 0) {
        return false;
    }
    // ok: timing-unsafe-comparison
    return !memcmp(hdr->signature, name, ACPI_NAME_LEN);
}

bool known_frame(const struct context *context, const uint8_t *frame, size_t size)
{
    uint8_t digest[32];
    hmac_sha256(context->key, 32, frame, size, digest);
    // ruleid: timing-unsafe-comparison
    return memcmp(frame + size, digest, 32) == 0;
}

bool before(const uint8_t *mac, const uint8_t *other, const struct entry *entry, size_t size)
{
    // ok: timing-unsafe-comparison
    if (memcmp(mac, other, size) < 0) {
        return true;
    }
    // ok: timing-unsafe-comparison
    return memcmp(entry->hwaddr, mac, size) == 0;
}

int check_image(const struct image *image, const struct manifest *expected)
{
    uint8_t digest[32];
    image_digest(image, digest);
    // ruleid: timing-unsafe-comparison
    if (memcmp(digest, expected->digest, 32) != 0) {
        return -1;
    }
    return crypto_verify_signature(digest, expected->signature);
}
