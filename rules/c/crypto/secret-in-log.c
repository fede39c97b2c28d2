#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "pump_log.h"

struct user {
    char name[16];
    char password[32];
    char pin[8];
    uint8_t sessionKey[16];
};

void login_refused(const struct user *user, const char *password)
{
    // ruleid: secret-in-log
    LOG_WARN("login of %s refused: '%s'", user->name, password);
    // ruleid: secret-in-log
    syslog(LOG_NOTICE, "%s/%s", user->name, user->password);
}

void pairing(uint32_t pairing_pin, const char *pin)
{
    // ruleid: secret-in-log
    LOG_DEBUG("comparing %06u", pairing_pin);
    // ruleid: secret-in-log
    printf("PIN is %s\n", pin);
}

void cloud(const char *auth_token, const struct user *user)
{
    // ruleid: secret-in-log
    ESP_LOGI("cloud", "token %s", auth_token);
    // ruleid: secret-in-log
    fprintf(stderr, "key %02x...\n", user->sessionKey[0]);
    // ruleid: secret-in-log
    pump_log_write(PUMP_LOG_INFO, "users", "new secret %s", (const char *)user->password);
    // ruleid: secret-in-log
    log__printf(NULL, 4, "Password %s", user->password);
}

/* Clean code. */

void clean(const struct user *user, const char *password, const char *token, int pin, int key_count)
{
    // ok: secret-in-log
    LOG_WARN("login of %s refused: wrong password", user->name);
    // ok: secret-in-log
    printf("password has %zu characters\n", strlen(password));
    // ok: secret-in-log
    LOG_INFO("password %s", password != NULL ? "set" : "not set");
    // ok: secret-in-log
    printf("pin %d is high\n", pin);
    // ok: secret-in-log
    fprintf(stderr, "unexpected token '%s'\n", token);
    // ok: secret-in-log
    LOG_DEBUG("%d keys", key_count);
    // ok: secret-in-log
    LOG_DEBUG("size %u", (unsigned)sizeof(user->password));
    // ok: secret-in-log
    login(user->name, password);
    // ok: secret-in-log
    catalog(password);
    char line[64];
    // ok: secret-in-log
    snprintf(line, sizeof(line), "%s", password);
    // ok: secret-in-log
    hal_uart_write("secret");
}

void drive(const char *spin, int pinout, const char *password_file)
{
    // ok: secret-in-log
    printf("%s %d\n", spin, pinout);
    // ok: secret-in-log
    LOG_ERROR("cannot read %s", password_file);
}

int load_private_key_file(void *context, const char *name);

int load_key(void *context, const char *private_key)
{
    if (load_private_key_file(context, private_key) != 0) {
        // ok: secret-in-log
        LOG_WARN("cannot load the key from %s", private_key);
        return -1;
    }
    return 0;
}

void key_in_log(const char *private_key)
{
    // ruleid: secret-in-log
    LOG_WARN("the key is %s", private_key);
}

void print_config_usage(const struct line *line)
{
    // ok: secret-in-log
    snmp_log(LOG_INFO, "%s %s\n", line->config_token, line->help);
}

void forward(const char *token)
{
    // ruleid: secret-in-log
    snmp_log(LOG_INFO, "sent with %s\n", token);
}

void refused(const char *name, const char *pw, const char *pin, int pass)
{
    // ruleid: secret-in-log
    syslog(LOG_INFO, "login of %s refused: %s", name, pw);
    // ruleid: secret-in-log
    debug("pin", pin);
    // ok: secret-in-log
    debug("name", name);
    // ok: secret-in-log
    printf("user %s: %d passed\n", name, pass);
}

void log_value(const char *name, int value);
void tell(int ok, const char *name, int pin)
{
    const char *pass = ok ? "PASS" : "FAIL";
    // ok: secret-in-log
    printf("login test %s: %s\n", name, pass);
    // ok: secret-in-log
    log_value("pin", pin);
}
