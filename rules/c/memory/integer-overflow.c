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

int twice(const char *text)
{
    int value = atoi(text);
    // ruleid: integer-overflow
    return value * 2;
}

int less(const char *text)
{
    int value = atoi(text);
    // ruleid: integer-overflow
    return value - 10;
}

int in_range_0(const char *text)
{
    int value = atoi(text);
    if (value < -1000 || value > 1000) {
        return 0;
    }
    // ok: integer-overflow
    return value * 2;
}

int in_range_1(const char *text)
{
    int value = (int)(text[0] - 48);
    // ok: integer-overflow
    return value + 1;
}

int in_range_2(const char *text)
{
    int value = atoi(text) % 100;
    // ok: integer-overflow
    return value + 1;
}

int in_range_3(const char *text)
{
    int value = 5;
    (void)text;
    // ok: integer-overflow
    return value * 2;
}

int halved(const char *text)
{
    int value = atoi(text);
    // ok: integer-overflow
    return value / 2;
}
