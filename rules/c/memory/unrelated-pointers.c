#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static char store[64];
static char spare[64];

ptrdiff_t apart(void)
{
    char local[16] = "a/b";
    // ruleid: unrelated-pointers
    return local - store;
}

static size_t prefix(const char *text, const char *other)
{
    const char *slash = strchr(other, '/');
    if (slash == NULL)
        return 0;
    // ruleid: unrelated-pointers
    return (size_t)(slash - text);
}

size_t of_two(void)
{
    char one[] = "usr/bin";
    char two[] = "home/x";
    return prefix(one, two);
}

ptrdiff_t blocks(void)
{
    char *first = malloc(8);
    char *second = malloc(8);
    // ruleid: unrelated-pointers
    ptrdiff_t distance = second - first;
    free(first);
    free(second);
    return distance;
}

ptrdiff_t spares(int n)
{
    char *at = spare + 3;
    // ruleid: unrelated-pointers
    return at - store + n;
}

static size_t directory(const char *text)
{
    const char *slash = strrchr(text, '/');
    // ok: unrelated-pointers
    return slash == NULL ? 0 : (size_t)(slash - text);
}

size_t of_one(void)
{
    char path[] = "usr/bin";
    // ok: unrelated-pointers
    return directory(path) + (size_t)(&path[3] - path);
}

ptrdiff_t given(const char *from, const char *to)
{
    // ok: unrelated-pointers
    return to - from;
}

ptrdiff_t index_of(const int *item, const int *items)
{
    // ok: unrelated-pointers
    ptrdiff_t index = item - items;
    const char *at = store;
    while (*at != '\0')
        at++;
    // ok: unrelated-pointers
    index += at - store;
    // ok: unrelated-pointers
    return index;
}
