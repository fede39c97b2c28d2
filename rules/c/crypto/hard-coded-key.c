#include <stdint.h>
#include <string.h>

#define KEY_SIZE 16

// ruleid: hard-coded-key
#define UPDATE_AES_KEY { 0x3a, 0x91, 0x5c, 0x07, 0xee, 0x42, 0xb8, 0x1d, 0x66, 0xf0, 0x2b, 0x97, 0x84, 0x5e, 0xc3, 0x19 }
// ruleid: hard-coded-key
#define LINK_KEY_HEX "2b7e151628aed2a6abf7158809cf4f3c"
// ok: hard-coded-key
#define CONFIG_KEY "configuration"
// ok: hard-coded-key
#define PUBLIC_KEY_FILE "/etc/pump/update.pub"
// ok: hard-coded-key
#define DEVICE_KEY "device"

// ruleid: hard-coded-key
static const uint8_t fallback_root_key[KEY_SIZE] = {
    0x3a, 0x91, 0x5c, 0x07, 0xee, 0x42, 0xb8, 0x1d, /* first half */
    0x66, 0xf0, 0x2b, 0x97, 0x84, 0x5e, 0xc3, 0x19,
};

// ruleid: hard-coded-key
const unsigned char sharedSecret[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

// ruleid: hard-coded-key
static const char *hmac_key = "pump-to-gateway-2024";

// ruleid: hard-coded-key
static uint32_t kek[8] = {0x01020304U, 0x05060708U, 0x090a0b0cU, 0x0d0e0f10U,
                          0x11121314U, 0x15161718U, 0x191a1b1cU, 0x1d1e1f20U};

static const char certificate[] = "-----BEGIN CERTIFICATE-----\n"
                                  "MIIBszCCAVmgAwIBAgIUQk5vdCBhIHJlYWwgY2VydGlmaWNhdGU\n";

static const char device_identity[] =
    // ruleid: hard-coded-key
    "-----BEGIN EC PRIVATE KEY-----\r\n"
    "MHcCAQEEIExhbXBlIG1pdCBlaW5lbSBTY2hsdWVzc2VsIGF1cyBQYXBpZXI=\r\n";

// ok: hard-coded-key
static const uint8_t update_public_key[] = {0x04, 0x1a, 0x2b, 0x3c, 0x4d, 0x5e, 0x6f, 0x70, 0x81, 0x92};

// ok: hard-coded-key
static const uint8_t keyboard[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

// ok: hard-coded-key
static const uint8_t key_codes[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

// ok: hard-coded-key
static const uint8_t self_test_key[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

// ok: hard-coded-key
static const char *key = "temperature";

// ok: hard-coded-key
static uint8_t session_key[KEY_SIZE] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

#if defined(PUMP_SELF_TEST)
// ok: hard-coded-key
static const uint8_t known_aes_key[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab};
#endif

void renew(uint8_t *out, const char *settings)
{
    // ok: hard-coded-key
    uint8_t link_key[KEY_SIZE] = {0};
    // ok: hard-coded-key
    uint8_t device_key[KEY_SIZE];
    // ok: hard-coded-key
    const char *key_file = "/var/lib/pump/keys";
    // ok: hard-coded-key
    const char *session_key_name = "session-of-the-day";
    // ok: hard-coded-key
    const uint8_t gpio_key[4] = {1, 2, 3, 4};
    // ok: hard-coded-key
    if (strstr(settings, "-----BEGIN EC PRIVATE KEY-----") != NULL) {
        return;
    }
    derive(link_key, device_key, key_file, session_key_name, gpio_key, key, certificate);
    memcpy(out, session_key, sizeof(session_key));
}

int block_cipher_test(void)
{
    // ok: hard-coded-key
    static const unsigned char key[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    return cipher_matches(key);
}

int block_cipher_latest(void)
{
    // ruleid: hard-coded-key
    static const unsigned char key[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    return cipher_start(key);
}

// ok: hard-coded-key
static const char fnAuthKey[] = "write_usmUserAuthKeyChange";
// ruleid: hard-coded-key
static const char fallback_auth_key[] = "write_usmUserAuth8412";

int test_unwrap(void)
{
    // ok: hard-coded-key
    const uint8_t kek[] = { 0x99, 0xca, 0xd3, 0x58, 0x8d, 0xa0, 0xf1, 0xe6 };
    return unwrap(kek, sizeof(kek));
}

int protest_unwrap(void)
{
    // ruleid: hard-coded-key
    const uint8_t kek[] = { 0x99, 0xca, 0xd3, 0x58, 0x8d, 0xa0, 0xf1, 0xe6 };
    return unwrap(kek, sizeof(kek));
}

int begin_seal(EVP_CIPHER_CTX *context, const unsigned char *stored, const unsigned char *iv)
{
    // ruleid: hard-coded-key
    EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), NULL, (const unsigned char *)"0123456789abcdef", iv);
    // ok: hard-coded-key
    return EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), NULL, stored, iv);
}

// ok: hard-coded-key
static const uint8_t wrap_kek[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x03, 0x09 };
int hkdf_extract(const unsigned char *secret, size_t length, unsigned char *out)
{
    unsigned int n = 32;
    // ok: hard-coded-key
    return HMAC(EVP_sha256(), "sensor-link-v1", 14, secret, length, out, &n) != NULL;
}

int master(const unsigned char *seed, size_t length, unsigned char *out)
{
    unsigned int n = 64;
    // ok: hard-coded-key
    return HMAC(EVP_sha512(), "ed25519 seed", 12, seed, length, out, &n) != NULL;
}
