#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct peer {
    char name[32];
    char *label;
};

void copy_name(char *to, const char *from)
{
    // ruleid: unbounded-write-to-pointer
    strcpy(to, from);
    // ruleid: unbounded-write-to-pointer
    strcat(to, from);
}

void show(char *line, const struct peer *peer)
{
    // ruleid: unbounded-write-to-pointer
    sprintf(line, "peer %s", peer->label);
}

void show_all(char *line, const char *format, va_list values)
{
    // ruleid: unbounded-write-to-pointer
    vsprintf(line, format, values);
}

char *joined(const char *first, const char *second, size_t size)
{
    char *both = malloc(size);
    if (both == NULL) {
        return NULL;
    }
    // ruleid: unbounded-write-to-pointer
    strcpy(both, first);
    // ruleid: unbounded-write-to-pointer
    strcat(both, second);
    return both;
}

/* Clean code, and code of which other rules tell. */

void into_array(struct peer *peer, const char *name)
{
    // ok: unbounded-write-to-pointer
    strcpy(peer->name, name);
}

void into_part(const char *name)
{
    char line[64];
    size_t used = strlen("peer ");
    memcpy(line, "peer ", used);
    // ok: unbounded-write-to-pointer
    strcpy(line + used, name);
    puts(line);
}

void literal(char *to)
{
    // ok: unbounded-write-to-pointer
    strcpy(to, "unnamed");
}

char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy == NULL) {
        return NULL;
    }
    // ok: unbounded-write-to-pointer
    strcpy(copy, text);
    return copy;
}

void number(char *to, int value)
{
    // ok: unbounded-write-to-pointer
    sprintf(to, "%d", value);
}

void formatted_array(struct peer *peer, const char *name)
{
    // ok: unbounded-write-to-pointer
    sprintf(peer->name, "%s!", name);
}

void mode(char *to, int is_on)
{
    // ok: unbounded-write-to-pointer
    strcpy(to, is_on ? "on" : "off");
}
