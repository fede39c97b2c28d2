#include <stdio.h>

static int *last;

static int *counter(void)
{
    int count = 3;
    int *p = &count;
    return p;
}

int read_it(void)
{
    int *p = counter();
    // ruleid: out-of-scope-use
    return *p;
}

static int *kept(void)
{
    static int count = 3;
    return &count;
}

int read_kept(void)
{
    int *p = kept();
    // ok: out-of-scope-use
    return *p;
}

static void use(int *p)
{
    // ok: out-of-scope-use
    *p = 1;
}

int lend(void)
{
    int value = 0;
    use(&value);
    return value;
}
