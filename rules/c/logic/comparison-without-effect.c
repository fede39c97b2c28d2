#include <stdio.h>

enum state { IDLE, RUNNING };

struct pump { enum state state; int tries[4]; };

void reset(struct pump *pump, int *left)
{
    int rounds = 7;
    // ruleid: comparison-without-effect
    rounds == 0;
    // ruleid: comparison-without-effect
    pump->state == IDLE;
    // ruleid: comparison-without-effect
    pump->tries[2] == 0;
    // ruleid: comparison-without-effect
    *left == 3;
    // ok: comparison-without-effect
    rounds = 0;
    // ok: comparison-without-effect
    pump->state = IDLE;
    // ok: comparison-without-effect
    int is_idle = pump->state == IDLE;
    // ok: comparison-without-effect
    if (rounds == 0)
        printf("%d\n", is_idle);
    // ok: comparison-without-effect
    (void)(rounds == 0);
    // ok: comparison-without-effect
    for (rounds = 0; rounds == 0; rounds++)
        printf("once\n");
    // ok: comparison-without-effect
    rounds == 0 ? reset(NULL, left) : (void)0;
}
