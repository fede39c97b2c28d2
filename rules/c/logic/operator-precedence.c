#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define READY 0x04
#define ERROR_MASK 0x30

struct port { unsigned status; int fd; };

int is_ready(struct port *port, unsigned flags, int count, int limit)
{
    // ruleid: operator-precedence
    if (port->status & READY == 0)
        return 0;
    // ruleid: operator-precedence
    if (flags & 3 != 2)
        return 0;
    // ruleid: operator-precedence
    if (!flags & READY)
        return 0;
    // ruleid: operator-precedence
    if (0 == flags & ERROR_MASK)
        return 0;
    // ruleid: operator-precedence
    if (!count > limit)
        return 0;
    // ok: operator-precedence
    if ((port->status & READY) == 0)
        return 0;
    // ok: operator-precedence
    if (flags & (READY == 0x04))
        return 0;
    // ok: operator-precedence
    if (!(flags & READY))
        return 0;
    // ok: operator-precedence
    if (count == 0 && limit == 0)
        return 0;
    // ok: operator-precedence
    if (count == 0 | limit == 0 | flags == 0)
        return 0;
    // ok: operator-precedence
    return count == 0 & limit;
}

void echo(struct port *port)
{
    int c;
    // ruleid: operator-precedence
    while ((c = getchar() != EOF))
        putchar(c);
    // ok: operator-precedence
    while ((c = getchar()) != EOF)
        putchar(c);
    char *line;
    // ruleid: operator-precedence
    if ((line = malloc(10) == NULL))
        return;
    // ruleid: operator-precedence
    if ((c = read(port->fd, line, 10) < 0))
        return;
    int failed;
    // ok: operator-precedence
    if ((failed = read(port->fd, line, 10) != 10))
        return;
    // ok: operator-precedence
    failed = read(port->fd, line, 10) < 0;
    printf("%d\n", failed);
}

unsigned word(const unsigned char *bytes, unsigned n)
{
    // ruleid: operator-precedence
    unsigned wrong = bytes[1] << 8 + bytes[0];
    // ok: operator-precedence
    unsigned right = (bytes[1] << 8) + bytes[0];
    // ok: operator-precedence
    unsigned bit = 1u << n - 1;
    return wrong + right + bit;
}
