#include <stdlib.h>
#include <string.h>

enum role { ROLE_NONE, ROLE_ADMIN };

const char *cookie_value(const char *cookies, const char *key, char *out, size_t size);
int session_role(const char *id);

int by_text(const char *header)
{
    // ruleid: rights-from-input
    if (strstr(header, "role=admin") != NULL) {
        return ROLE_ADMIN;
    }
    // ok: rights-from-input
    if (strstr(header, "lang=en") != NULL) {
        return ROLE_NONE;
    }
    // ok: rights-from-input
    return strstr(header, "role=") != NULL;
}

int by_cookie(const char *cookies)
{
    char value[32];
    int is_admin = 0;
    int is_long = 0;

    if (cookie_value(cookies, "admin", value, sizeof(value)) != NULL) {
        // ruleid: rights-from-input
        is_admin = strcmp(value, "1") == 0;
        // ok: rights-from-input
        is_long = strcmp(value, "1") == 0;
    }
    if (cookie_value(cookies, "sid", value, sizeof(value)) != NULL) {
        // ok: rights-from-input
        is_admin = session_role(value) == ROLE_ADMIN;
    }
    return is_admin + is_long;
}

int by_environment(void)
{
    const char *level = getenv("HTTP_X_LEVEL");
    int role = 0;

    if (level != NULL) {
        // ruleid: rights-from-input
        role = atoi(level);
    }
    return role;
}

int from_file(const char *field)
{
    // ok: rights-from-input
    int role = atoi(field);
    return role;
}

int more(const char *header, const char *query, char *value)
{
    int privileged = 0;

    // ruleid: rights-from-input
    if (strcasestr(header, "X-Auth: yes")) {
        return 1;
    }
    if (query_param(query, "level", value)) {
        // ruleid: rights-from-input
        privileged = atoi(value) > 3;
    }
    return privileged;
}

int others(const char *header, int asked)
{
    // ok: rights-from-input
    int role = asked ? session_role(header) : ROLE_NONE;
    return role;
}
