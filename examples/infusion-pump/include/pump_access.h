/**
 * @file pump_access.h
 * @brief Users, roles, PIN entry with lock-out, automatic log-out.
 */
#ifndef PUMP_ACCESS_H
#define PUMP_ACCESS_H

#include "pump_status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUMP_ACCESS_MAX_USERS 8U
#define PUMP_ACCESS_NAME_SIZE 16U
#define PUMP_ACCESS_MAX_ATTEMPTS 3U
#define PUMP_ACCESS_LOCK_MS 60000U
#define PUMP_ACCESS_IDLE_MS 120000U

typedef enum {
    PUMP_ROLE_NONE = 0,
    PUMP_ROLE_NURSE,
    PUMP_ROLE_PHARMACIST,
    PUMP_ROLE_ADMIN,
    PUMP_ROLE_SERVICE,
    PUMP_ROLE_GATEWAY,
    PUMP_ROLE_COUNT
} pump_role_t;

typedef enum {
    PUMP_ACTION_READ_STATUS = 0,
    PUMP_ACTION_PROGRAM,
    PUMP_ACTION_START,
    PUMP_ACTION_STOP,
    PUMP_ACTION_SILENCE,
    PUMP_ACTION_LOAD_LIBRARY,
    PUMP_ACTION_CONFIGURE,
    PUMP_ACTION_SET_CLOCK,
    PUMP_ACTION_UPDATE,
    PUMP_ACTION_ERASE,
    PUMP_ACTION_COUNT
} pump_action_t;

/** Forgets all users and attempts. */
void pump_access_init(void);

/** Adds a user; the PIN has 4 to 8 digits and is kept as a slow digest only. */
pump_status_t pump_access_add_user(const char *name, pump_role_t role, const char *pin);

/** Logs a user in. PUMP_ERR_LOCKED while the lock-out lasts. */
pump_status_t pump_access_login(const char *name, const char *pin);

/** Ends the present user's log-in. */
void pump_access_logout(void);

/** Tells that the present user did something. */
void pump_access_touch(void);

/** Call once a second: logs an inactive user out. */
void pump_access_tick(void);

/** @return the present user's role, PUMP_ROLE_NONE when nobody is logged in. */
pump_role_t pump_access_current_role(void);

/** @return the present user's name, "-" when nobody is logged in. */
const char *pump_access_current_user(void);

/** @return whether @p role may do @p action. */
bool pump_access_permits(pump_role_t role, pump_action_t action);

#endif
