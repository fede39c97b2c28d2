#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct limits {
    long low;
    long high;
};

static int read_limit(const char *text, long *out)
{
    char *end;
    if (*text == '\0')
        return -EINVAL;
    errno = 0;
    long v = strtol(text, &end, 10);
    if (errno == ERANGE)
        return -ERANGE;
    *out = v;
    return *end == '\0' ? 0 : -EINVAL;
}

static int claim(int slot, unsigned char *busy)
{
    int rc = 0;
    if (slot < 0 || slot > 7) {
        rc = -ENODEV;
        goto out;
    }
    if (busy[slot])
        rc = -EBUSY;
    else
        busy[slot] = 1;
out:
    return rc;
}

static bool ready(const struct limits *l)
{
    if (l->low >= l->high)
        return false;
    return true;
}

static int known(const char *name)
{
    if (strcmp(name, "pump") == 0)
        return 1;
    return 0;
}

/* -EPERM is -1. */
static int allowed(int user)
{
    if (user != 0)
        return -EPERM;
    return 0;
}

static int either(int user)
{
    if (user < 0)
        return -EINVAL;
    if (user > 9)
        return -1;
    return 0;
}

static int passed_on(const char *text, long *out)
{
    if (text == NULL)
        return -EINVAL;
    return read_limit(text, out);
}

static int number_of(const char *name)
{
    int rc = 0;
    if (name == NULL)
        return -EINVAL;
    rc = atoi(name);
    return rc;
}

static int count(const char *name)
{
    if (name == NULL)
        return 0;
    if (*name == '\0')
        return 1;
    return (int)strlen(name);
}

int set(struct limits *l, const char *low, const char *high, unsigned char *busy)
{
    struct limits next;
    int rc;
    // ruleid: unreturned-failure-value
    if (read_limit(low, &next.low) == -1)
        return -1;
    // ruleid: unreturned-failure-value
    if ((rc = read_limit(high, &next.high)) == -1 || next.high < 0)
        return -1;
    rc = claim(2, busy);
    // ruleid: unreturned-failure-value
    if (rc == -1)
        return -1;
    // ruleid: unreturned-failure-value
    while (claim(3, busy) != -1)
        busy[3] = 0;
    // ruleid: unreturned-failure-value
    if (ready(&next) < 0)
        return -1;
    int is = known(low);
    // ruleid: unreturned-failure-value
    if (is < 0)
        return -1;
    *l = next;
    // ruleid: unreturned-failure-value
    return known(high) == -1 ? -1 : 0;
}

int log_code(int code);

int handed_on(const char *low, long *to)
{
    int rc = read_limit(low, to);
    // ok: unreturned-failure-value
    if (log_code(rc) == -1)
        return -1;
    // ok: unreturned-failure-value
    return log_code(-EINVAL) != -1 ? rc : 0;
}

int set_right(struct limits *l, const char *low, const char *high, unsigned char *busy)
{
    // ok: unreturned-failure-value
    if (read_limit(low, &l->low) < 0)
        return -1;
    // ok: unreturned-failure-value
    if (claim(2, busy) != 0)
        return -1;
    // ok: unreturned-failure-value
    if (read_limit(high, &l->high) == -EINVAL)
        return -1;
    // ok: unreturned-failure-value
    if (!ready(l) || known(low) == 0)
        return -1;
    // ok: unreturned-failure-value
    if (allowed(3) == -1 || either(4) == -1)
        return -1;
    // ok: unreturned-failure-value
    if (passed_on(low, &l->low) == -1)
        return -1;
    // ok: unreturned-failure-value
    if (number_of(high) == -1 || count(high) < 0)
        return -1;
    int rc = claim(4, busy);
    // ok: unreturned-failure-value
    if (rc != 0)
        rc = either(3);
    // ok: unreturned-failure-value
    return rc == -1 ? -1 : 0;
}
