#include <stdio.h>
#include <string.h>

struct ring { char bytes[64]; unsigned used; };

void shift(void)
{
    char line[32] = "0123456789abcdef";
    // ruleid: overlapping-copy
    memcpy(line + 2, line, 12);
    // ok: overlapping-copy
    memmove(line + 2, line, 12);
    // ok: overlapping-copy
    memcpy(line + 16, line, 16);
    // ok: overlapping-copy
    memcpy(line, line + 16, 16);
}

void drop(struct ring *ring)
{
    unsigned n = 10;
    // ruleid: overlapping-copy
    memcpy(ring->bytes, ring->bytes + n, sizeof(ring->bytes) - n);
    // ok: overlapping-copy
    memmove(ring->bytes, ring->bytes + n, sizeof(ring->bytes) - n);
}

void trim(void)
{
    char text[32] = "  value";
    char *from = text;
    while (*from == ' ')
        from++;
    // ruleid: overlapping-copy
    strcpy(text, text + 2);
    char other[32];
    // ok: overlapping-copy
    strcpy(other, from);
    puts(other);
}

void append(char *line, const char *word, char *next)
{
    // ruleid: overlapping-copy
    sprintf(line, "%s;%s", line, word);
    // ok: overlapping-copy
    sprintf(next, "%s;%s", line, word);
    // ok: overlapping-copy
    memcpy(next, line, 4);
    // ok: overlapping-copy
    snprintf(line, 8, "%zu", strlen(line));
}
