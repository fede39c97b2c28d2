#include <stdio.h>

struct valve { int open; int locked; };

void audit(const struct valve *valve, const char *why);

int valve_close(struct valve *valve)
{
    if (valve->locked) {
        return -1;
        // ruleid: unreachable-statement
        audit(valve, "refused");
    }
    valve->open = 0;
    return 0;
}

int of_loop(struct valve *valve, int n)
{
    for (int i = 0; i < n; i++) {
        if (valve[i].locked) {
            break;
            // ruleid: unreachable-statement
            valve[i].open = 0;
        }
        continue;
        // ruleid: unreachable-statement
        if (valve[i].open) {
            audit(valve, "open");
        }
    }
    switch (n) {
    case 1:
        return 1;
        // ruleid: unreachable-statement
        valve->open = 1;
    // ok: unreachable-statement
    case 2:
        return 2;
        break;
    default:
        break;
    }
    return 0;
}

int meant(struct valve *valve, int n)
{
    if (n < 0) {
        goto out;
    }
    if (n == 0) {
        return 0;
        // ok: unreachable-statement
        __builtin_unreachable();
    }
    if (n == 1) {
        return 1;
        // ok: unreachable-statement
        NOT_REACHED();
    }
#ifdef WITH_VALVE
    return n;
#else
    // ok: unreachable-statement
    audit(valve, "none");
#endif
    return -1;
out:
    // ok: unreachable-statement
    audit(valve, "out");
    return -2;
}

int last(struct valve *valve)
{
    do {
        if (valve->open) {
            // ok: unreachable-statement
            continue;
        }
        // ok: unreachable-statement
        break;
    } while (valve->locked);
    // ok: unreachable-statement
    audit(valve, "end");
    return 0;
}

int in_some_builds(int *value)
{
    switch (*value) {
    case 1:
#if NO_DUMMY_VALUES
        return 0; /* not known here */
#endif
        // ok: unreachable-statement
        *value = 0;
        return 1;
    case 2:
#if defined(LINUX)
        *value = 5;
#elif defined(NO_DUMMY_VALUES)
        return 0;
#endif
        // ok: unreachable-statement
        if (*value > 3)
            *value = 2;
        return 2;
    }
    return 0;
}

#if CHECKED
int in_one_build(int *value)
{
    return *value;
    // ruleid: unreachable-statement
    *value = 0;
}
#endif
