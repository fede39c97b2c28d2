#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const days[] = {"mon", "tue", "wed"};

struct frame { unsigned char kind; unsigned char length; };

const char *day(const char *text)
{
    int n = atoi(text);
    // ruleid: assertion-on-input
    assert(n >= 0 && n < 3);
    return days[n];
}

int receive(int client)
{
    struct frame frame;
    if (read(client, &frame, sizeof(frame)) != sizeof(frame))
        return -1;
    // ruleid: assertion-on-input
    assert(frame.length <= 16);
    // ruleid: assertion-on-input
    assert(frame.kind == 1);
    return frame.length;
}

int ask(void)
{
    int count = 0;
    if (scanf("%d", &count) != 1)
        return -1;
    // ruleid: assertion-on-input
    assert(count > 0);
    return 100 / count;
}

const char *day_checked(const char *text)
{
    int n = atoi(text);
    if (n < 0 || n >= 3)
        return NULL;
    // ok: assertion-on-input
    assert(n >= 0 && n < 3);
    return days[n];
}

int inner(int level, const char *text)
{
    // ok: assertion-on-input
    assert(level >= 0);
    // ok: assertion-on-input
    assert(text != NULL);
    int *block = malloc(sizeof(*block));
    // ok: assertion-on-input
    assert(block != NULL);
    free(block);
    int sum = level + 1;
    // ok: assertion-on-input
    assert(sum > level);
    // ok: assertion-on-input
    assert(sizeof(days) == 3 * sizeof(days[0]));
    return sum;
}

// What is looked for in a text from outside is perhaps not there.
int header(int client)
{
    char request[256];
    ssize_t size = read(client, request, sizeof request - 1);
    if (size <= 0)
        return -1;
    request[size] = '\0';
    // ruleid: assertion-on-input
    assert(request[0] == 'G');
    char *space = strchr(request, ' ');
    // ruleid: assertion-on-input
    assert(space != NULL);
    *space = '\0';
    return 0;
}

int header_checked(int client)
{
    char request[256];
    ssize_t size = read(client, request, sizeof request - 1);
    if (size <= 0)
        return -1;
    request[size] = '\0';
    char *space = strchr(request, ' ');
    if (space == NULL || request[0] != 'G')
        return -1;
    // ok: assertion-on-input
    assert(space != NULL);
    // ok: assertion-on-input
    assert(request[0] == 'G');
    return 0;
}

int own_text(const char *name)
{
    const char *dot = strchr(name, '.');
    // ok: assertion-on-input
    assert(dot != NULL);
    return dot[1];
}
