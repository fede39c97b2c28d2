#include <stddef.h>
#include <stdio.h>

enum mode { MODE_IDLE, MODE_SERVICE };

struct pump { int state; const char *name; };

int next_frame(char *frame);

int is_service(int mode, int wanted)
{
    // ruleid: assignment-in-condition
    if (mode = MODE_SERVICE) {
        return 1;
    }
    // ruleid: assignment-in-condition
    if (mode = wanted)
        return 1;
    // ok: assignment-in-condition
    if (mode == MODE_SERVICE)
        return 1;
    return 0;
}

int alarm_raised(struct pump *pump, int level)
{
    // ruleid: assignment-in-condition
    if (pump->state = 2)
        return 1;
    // ruleid: assignment-in-condition
    if (level = -1)
        return 1;
    // ruleid: assignment-in-condition
    else if (level = 'x')
        return 2;
    // ruleid: assignment-in-condition
    for (level = 0; level = 10; level++)
        printf("%d\n", level);
    // ruleid: assignment-in-condition
    while (pump->state = 0)
        printf("waiting\n");
    do {
        level++;
        // ruleid: assignment-in-condition
    } while (pump->name = NULL);
    return 0;
}

void copy(char *to, const char *from, struct pump *pump)
{
    int n, on;
    // ok: assignment-in-condition
    while (*to++ = *from++)
        ;
    // ok: assignment-in-condition
    while ((n = next_frame(to)) > 0)
        printf("%d\n", n);
    // ok: assignment-in-condition
    if ((on = pump->state))
        printf("%d\n", on);
    // ok: assignment-in-condition
    if (n = next_frame(to))
        printf("%d\n", n);
    // ok: assignment-in-condition
    for (n = 0, on = 1; n < on; n = n + 1)
        // ok: assignment-in-condition
        on = 2;
    // ok: assignment-in-condition
    if (n == 3 && (on = 1))
        printf("%d\n", on);
}

enum link_state { LINK_DOWN, LINK_AUTH };

struct link_of { enum link_state state; int up; };

int link_up(struct link_of *link, int ok, int (*next)(void))
{
    int n;
    // ruleid: assignment-in-condition
    if (link->state = LINK_AUTH) {
        link->up = 1;
    }
    // ruleid: assignment-in-condition
    if (ok && (link->state = LINK_AUTH)) {
        link->up = 1;
    }
    // ok: assignment-in-condition
    while (ok && (n = next())) {
        ok = n;
    }
    // ok: assignment-in-condition
    return ok && link->state == LINK_AUTH;
}
