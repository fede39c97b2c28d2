#include <string.h>

#define BACKDOOR "letmein99"
#define NOTHING ""
static const char *const field = "service-2020";

int login(const char *password)
{
    // ruleid: hard-coded-credential-use
    if (strcmp(password, BACKDOOR) == 0)
        return 1;
    // ok: hard-coded-credential-use
    if (strcmp(password, NOTHING) == 0)
        return 0;
    // ruleid: hard-coded-credential-use
    return strcmp(password, field) == 0;
}

int find(const char *name, const char *password, const char *stored)
{
    // ok: hard-coded-credential-use
    if (strcmp(name, BACKDOOR) == 0)
        return 1;
    // ok: hard-coded-credential-use
    return strcmp(password, stored) == 0;
}

static const char master[] = "ward-5-west";

int unlock(const char *user_pin, const char *const *names, char *pw)
{
    // ruleid: hard-coded-credential-use
    if (strncmp(user_pin, master, sizeof master) == 0)
        return 1;
    // ok: hard-coded-credential-use
    if (strcmp(names[0], master) == 0)
        return 1;
    // ok: hard-coded-credential-use
    if (strcmp(pw, names[1]) == 0)
        return 1;
    // ok: hard-coded-credential-use
    if (strlen(pw) == sizeof master)
        return 2;
    // ruleid: hard-coded-credential-use
    return strcmp(BACKDOOR, pw) == 0;
}

#define ROOT_DIR "/srv/device"
#define NOT_SET "nothing"
#define LED "PA13"

int not_secret(const char *pwd, const char *password, const char *pin)
{
    // ok: hard-coded-credential-use
    if (strcmp(pwd, ROOT_DIR) == 0)
        return 1;
    // ok: hard-coded-credential-use
    if (strcmp(password, NOT_SET) == 0)
        return 2;
    // ok: hard-coded-credential-use
    return strcmp(pin, LED) == 0;
}
