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

static char *label(void)
{
    char text[8] = "pump";
    char *p = text;
    return p;
}

int first_of_label(void)
{
    char *p = label();
    // ruleid: out-of-scope-use
    return p[0];
}

static int *pick(int which)
{
    int a = 1;
    static int b = 2;
    int *p = which ? &a : &b;
    return p;
}

int picked(void)
{
    int *p = pick(1);
    // ruleid: out-of-scope-use
    return *p;
}

static void keep(int **out)
{
    int value = 4;
    *out = &value;
}

int read_out(void)
{
    int *p = 0;
    keep(&p);
    // ruleid: out-of-scope-use
    return *p;
}

static int *same(int *p)
{
    return p;
}

int given_back(void)
{
    int value = 1;
    int *p = same(&value);
    // ok: out-of-scope-use
    return *p;
}

int in_block_0(int value)
{
    int *p = &value;
    // ok: out-of-scope-use
    return *p;
}

int in_block_1(int value)
{
    int *p = &value;
    *p = 3;
    // ok: out-of-scope-use
    return *p;
}

int in_block_2(int value)
{
    int *p = &value;
    p[0]++;
    // ok: out-of-scope-use
    return *p;
}

int of_an_inner_block(int verbose)
{
    const char *mode = "";
    if (verbose) {
        char text[8] = "verbose";
        mode = text;
    }
    // ruleid: out-of-scope-use
    return mode[0];
}

int largest(const int *values, int count)
{
    const int *best = NULL;
    for (int i = 0; i < count; i++) {
        int value = values[i];
        if (best == NULL || value > *best) {
            best = &value;
        }
    }
    // ruleid: out-of-scope-use
    return best == NULL ? 0 : *best;
}

int of_the_same_block(int verbose)
{
    int length = 0;
    if (verbose) {
        char text[8] = "verbose";
        const char *mode = text;
        // ok: out-of-scope-use
        length = (int)strlen(mode);
    }
    return length;
}
