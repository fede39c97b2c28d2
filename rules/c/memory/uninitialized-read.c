#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int level_of(int kind)
{
    int level;
    if (kind == 1) {
        level = 10;
    } else if (kind == 2) {
        level = 20;
    }
    // ruleid: uninitialized-read
    return level;
}

int level_with_default(int kind)
{
    int level;
    switch (kind) {
    case 1:
        level = 10;
        break;
    default:
        level = 0;
        break;
    }
    // ok: uninitialized-read
    return level;
}

int sum_of(int count)
{
    int sum;
    for (int i = 0; i < count; i++) {
        // ruleid: uninitialized-read
        sum += i;
    }
    return 0;
}

int first_of_block(void)
{
    int *block = malloc(4 * sizeof(int));
    if (block == NULL) {
        return -1;
    }
    // ruleid: uninitialized-read
    int first = block[0];
    free(block);
    return first;
}

int first_of_cleared(void)
{
    int *block = calloc(4, sizeof(int));
    if (block == NULL) {
        return -1;
    }
    // ok: uninitialized-read
    int first = block[0];
    free(block);
    return first;
}

static void fill(int *out)
{
    *out = 3;
}

int through_helper(void)
{
    int value;
    fill(&value);
    // ok: uninitialized-read
    return value;
}

int from_input(void)
{
    int value;
    if (scanf("%d", &value) != 1) {
        return -1;
    }
    // ok: uninitialized-read
    return value;
}

struct point {
    int x;
    int y;
};

int half_a_struct(void)
{
    struct point p;
    p.x = 1;
    // ruleid: uninitialized-read
    return p.x + p.y;
}

int whole_struct(void)
{
    struct point p = {0};
    // ok: uninitialized-read
    return p.x + p.y;
}

int declared_with_value(void)
{
    int value = 2;
    // ok: uninitialized-read
    return value;
}

int level_of_some_builds(int kind)
{
    int level;
#if WITH_SIX
    if (kind > 6)
        level = 6;
    else
#endif
#if WITH_FOUR
        level = 4;
#else
        kind++;
#endif
    // ok: uninitialized-read
    return level + kind;
}

int level_of_two_builds(int kind)
{
    int level;
#if WITH_SIX
    level = 6;
#else
    kind++;
#endif
    // ruleid: uninitialized-read
    return level + kind;
}
