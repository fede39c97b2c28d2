#include <limits.h>
#include <stdlib.h>

int next(const char *text)
{
    int value = atoi(text);
    // ruleid: integer-overflow
    return value + 1;
}

int next_checked(const char *text)
{
    int value = atoi(text);
    if (value >= INT_MAX) {
        return -1;
    }
    // ok: integer-overflow
    return value + 1;
}

int sum(int a, int b)
{
    // ok: integer-overflow
    return a + b;
}

int most(void)
{
    int value = INT_MAX;
    // ruleid: integer-overflow
    return value + 1;
}
