#include <stdbool.h>
#include <string.h>

struct user {
    char name[16];
    char pin[8];
};

bool pin_right(const struct user *user, const char *entered)
{
    // ruleid: timing-unsafe-text-comparison
    if (strcmp(entered, user->pin) != 0) {
        return false;
    }
    return true;
}

int login(const char *password, const char *typed)
{
    // ruleid: timing-unsafe-text-comparison
    if (0 == strncmp((const char *)typed, password, 16)) {
        return 0;
    }
    return -1;
}

int session_right(const char *sessionToken, const char *given)
{
    // ruleid: timing-unsafe-text-comparison
    return strcmp(sessionToken, given) == 0;
}

int otp_right(const char *entered, const char *otp)
{
    // ruleid: timing-unsafe-text-comparison
    return !strncmp(entered, otp, 6);
}

int configure(const char *key, const char *value, const char *const keys[])
{
    // ok: timing-unsafe-text-comparison
    if (strcmp(key, "rate") == 0) {
        return 1;
    }
    // ok: timing-unsafe-text-comparison
    return strcmp(key, keys[2]) == 0;
}

int option(const char *part)
{
    // ok: timing-unsafe-text-comparison
    return strcmp("password", part) == 0 || strcmp(part, "local_password") == 0;
}

bool same_name(const struct user *user, const char *name)
{
    // ok: timing-unsafe-text-comparison
    return strcmp(user->name, name) == 0;
}

int lookup(const char *tokenizer, const char *keyboard, const char *spin, const char *pinout)
{
    // ok: timing-unsafe-text-comparison
    int found = strcmp(tokenizer, keyboard);
    // ok: timing-unsafe-text-comparison
    found |= strcmp(spin, pinout);
    return found;
}
