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

// The opcode is an element of what was read.
static void step(long *sum, unsigned char code)
{
    switch (code) {
    case 1:
        ++*sum;
        break;
    default:
        // ruleid: assertion-on-input
        assert(!"unknown opcode");
    }
}

long run(void)
{
    long sum = 0;
    unsigned char program[64];
    ssize_t size = read(0, program, sizeof program);

    for (ssize_t i = 0; i < size; i++)
        step(&sum, program[i]);
    return sum;
}

static void step_known(long *sum, unsigned char code)
{
    switch (code) {
    case 1:
        ++*sum;
        break;
    default:
        // ok: assertion-on-input
        assert(!"unknown opcode");
    }
}

long run_known(void)
{
    long sum = 0;
    unsigned char program[64];
    ssize_t size = read(0, program, sizeof program);

    for (ssize_t i = 0; i < size; i++) {
        if (program[i] != 1)
            return -1;
        step_known(&sum, program[i]);
    }
    return sum;
}

static void select_unit(int code)
{
    switch (code) {
    case 1:
        break;
    default:
        // ruleid: assertion-on-input
        assert(!"unknown unit");
    }
}

// That a number was there says nothing of the number.
int unit(const char *line)
{
    int code;

    if (sscanf(line, "unit %d", &code) != 1)
        return -1;
    select_unit(code);
    return 0;
}

int short_line(void)
{
    char line[64];

    if (fgets(line, sizeof line, stdin) == NULL)
        return -1;
    // ok: assertion-on-input
    assert(strlen(line) < sizeof line);
    // ruleid: assertion-on-input
    assert(strncmp(line, "rate=", 5) == 0);
    return 0;
}
