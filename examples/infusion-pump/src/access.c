/**
 * @file access.c
 * @brief Users, roles, PIN entry with lock-out, automatic log-out.
 */
#define PUMP_LOG_MODULE "access"

#include "pump_access.h"

#include "pump_audit_log.h"
#include "pump_clock.h"
#include "pump_crypto.h"
#include "pump_log.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define PIN_MIN_DIGITS 4U
#define PIN_MAX_DIGITS 8U

typedef struct {
    char name[PUMP_ACCESS_NAME_SIZE];
    pump_role_t role;
    uint8_t salt[PUMP_SALT_SIZE];
    uint8_t pin_digest[PUMP_DIGEST_SIZE];
    bool used;
} user_t;

#define MAY(action) (1U << (unsigned int)(action))

/** What each role may do. The gateway reads and nothing else. */
static const uint32_t permissions[PUMP_ROLE_COUNT] = {
    [PUMP_ROLE_NONE] = MAY(PUMP_ACTION_READ_STATUS) | MAY(PUMP_ACTION_STOP),
    [PUMP_ROLE_NURSE] = MAY(PUMP_ACTION_READ_STATUS) | MAY(PUMP_ACTION_PROGRAM) | MAY(PUMP_ACTION_START) |
                        MAY(PUMP_ACTION_STOP) | MAY(PUMP_ACTION_SILENCE),
    [PUMP_ROLE_PHARMACIST] = MAY(PUMP_ACTION_READ_STATUS) | MAY(PUMP_ACTION_LOAD_LIBRARY),
    [PUMP_ROLE_ADMIN] = MAY(PUMP_ACTION_READ_STATUS) | MAY(PUMP_ACTION_CONFIGURE) | MAY(PUMP_ACTION_SET_CLOCK) |
                        MAY(PUMP_ACTION_UPDATE) | MAY(PUMP_ACTION_ERASE),
    [PUMP_ROLE_SERVICE] = MAY(PUMP_ACTION_READ_STATUS) | MAY(PUMP_ACTION_UPDATE),
    [PUMP_ROLE_GATEWAY] = MAY(PUMP_ACTION_READ_STATUS),
};

static user_t users[PUMP_ACCESS_MAX_USERS];
static const user_t *current;
static unsigned int failed_attempts;
static bool locked;
static uint32_t locked_at_ms;
static uint32_t active_at_ms;

static user_t *find_user(const char *name)
{
    for (size_t i = 0U; i < PUMP_ACCESS_MAX_USERS; i++) {
        if (users[i].used && strncmp(users[i].name, name, PUMP_ACCESS_NAME_SIZE) == 0) {
            return &users[i];
        }
    }
    return NULL;
}

static bool well_formed_pin(const char *pin)
{
    const size_t length = strlen(pin);

    if (length < PIN_MIN_DIGITS || length > PIN_MAX_DIGITS) {
        return false;
    }
    for (size_t i = 0U; i < length; i++) {
        if (!isdigit((unsigned char)pin[i])) {
            return false;
        }
    }
    return true;
}

void pump_access_init(void)
{
    pump_crypto_clear(users, sizeof(users));
    current = NULL;
    failed_attempts = 0U;
    locked = false;
}

/**
 * Stores a salted, stretched digest; the digits themselves are kept nowhere.
 * [SR-CRY-004]
 */
pump_status_t pump_access_add_user(const char *name, pump_role_t role, const char *pin)
{
    if (name == NULL || pin == NULL || name[0] == '\0' || strlen(name) >= PUMP_ACCESS_NAME_SIZE ||
        role <= PUMP_ROLE_NONE || role >= PUMP_ROLE_COUNT || !well_formed_pin(pin)) {
        return PUMP_ERR_ARGUMENT;
    }
    if (find_user(name) != NULL) {
        return PUMP_ERR_STATE;
    }
    for (size_t i = 0U; i < PUMP_ACCESS_MAX_USERS; i++) {
        user_t *user = &users[i];
        if (user->used) {
            continue;
        }
        pump_status_t status = pump_crypto_random(user->salt, sizeof(user->salt));
        if (status == PUMP_OK) {
            status = pump_crypto_stretch(pin, user->salt, user->pin_digest);
        }
        if (status != PUMP_OK) {
            return status;
        }
        (void)snprintf(user->name, sizeof(user->name), "%s", name);
        user->role = role;
        user->used = true;
        return PUMP_OK;
    }
    return PUMP_ERR_FULL;
}

static void note_failure(const char *name)
{
    failed_attempts++;
    (void)pump_audit_append(PUMP_AUDIT_LOGIN_FAILED, name);
    if (failed_attempts >= PUMP_ACCESS_MAX_ATTEMPTS) {
        locked = true;
        locked_at_ms = pump_clock_uptime_ms();
        LOG_WARN("entry locked after %u attempts", failed_attempts);
        (void)pump_audit_append(PUMP_AUDIT_LOGIN_LOCKED, name);
    }
}

/**
 * Three wrong PINs in a row lock the entry for a minute, whoever tries, so that guessing takes weeks.
 * [SR-AUTH-003@2, SR-LOG-001]
 */
pump_status_t pump_access_login(const char *name, const char *pin)
{
    uint8_t digest[PUMP_DIGEST_SIZE];

    if (name == NULL || pin == NULL) {
        return PUMP_ERR_ARGUMENT;
    }
    if (locked) {
        if (pump_clock_uptime_ms() - locked_at_ms < PUMP_ACCESS_LOCK_MS) {
            return PUMP_ERR_LOCKED;
        }
        locked = false;
        failed_attempts = 0U;
    }

    const user_t *user = find_user(name);
    if (user == NULL) {
        note_failure("unknown user");
        return PUMP_ERR_AUTH;
    }
    const pump_status_t status = pump_crypto_stretch(pin, user->salt, digest);
    if (status != PUMP_OK) {
        return status;
    }
    if (memcmp(digest, user->pin_digest, sizeof(digest)) != 0) {
        pump_crypto_clear(digest, sizeof(digest));
        note_failure(user->name);
        return PUMP_ERR_AUTH;
    }
    pump_crypto_clear(digest, sizeof(digest));
    failed_attempts = 0U;
    current = user;
    active_at_ms = pump_clock_uptime_ms();
    (void)pump_audit_append(PUMP_AUDIT_LOGIN, user->name);
    return PUMP_OK;
}

void pump_access_logout(void)
{
    if (current != NULL) {
        (void)pump_audit_append(PUMP_AUDIT_LOGOUT, current->name);
        current = NULL;
    }
}

void pump_access_touch(void)
{
    active_at_ms = pump_clock_uptime_ms();
}

/**
 * A pump left alone at the bedside must not stay open for the next passer-by.
 * [SR-AUTH-004]
 */
void pump_access_tick(void)
{
    if (current != NULL && pump_clock_uptime_ms() - active_at_ms >= PUMP_ACCESS_IDLE_MS) {
        LOG_INFO("logged out after inactivity");
        pump_access_logout();
    }
}

pump_role_t pump_access_current_role(void)
{
    return (current != NULL) ? current->role : PUMP_ROLE_NONE;
}

const char *pump_access_current_user(void)
{
    return (current != NULL) ? current->name : "-";
}

/**
 * Everything that is not granted in the table is refused.
 * [SR-ACC-001]
 */
bool pump_access_permits(pump_role_t role, pump_action_t action)
{
    if (role < PUMP_ROLE_NONE || role >= PUMP_ROLE_COUNT || action >= PUMP_ACTION_COUNT) {
        return false;
    }
    return (permissions[role] & MAY(action)) != 0U;
}
