#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct reading {
    uint32_t time;
    float value;
};

static char shared_line[32];

const char *describe(unsigned code)
{
    char text[32];
    snprintf(text, sizeof(text), "alarm %u", code);
    // ruleid: returned-stack-address
    return text;
}

static uint8_t *next_frame(size_t skip)
{
    uint8_t frame[64] = {0};
    frame[0] = 0x7eU;
    if (skip > 0U) {
        // ruleid: returned-stack-address
        return frame + skip;
    }
    // ruleid: returned-stack-address
    return &frame[1];
}

struct reading *latest(void)
{
    struct reading reading;
    reading.time = 0U;
    // ruleid: returned-stack-address
    return &reading;
}

const void *raw_value(float value)
{
    struct reading reading = {0U, value};
    // ruleid: returned-stack-address
    return &reading.value;
}

char *name_of(int channel)
{
    char name[] = "channel 0";
    name[8] = (char)('0' + channel);
    // ruleid: returned-stack-address
    return (char *)name;
}

/* Clean code. */

const char *kept(unsigned code)
{
    static char text[32];
    snprintf(text, sizeof(text), "alarm %u", code);
    // ok: returned-stack-address
    return text;
}

const char *shared(void)
{
    // ok: returned-stack-address
    return shared_line;
}

const char *constant(void)
{
    static const char name[] = "pump";
    // ok: returned-stack-address
    return name;
}

char *trimmed(char *text)
{
    char *start = text;
    while (*start == ' ') {
        start++;
    }
    // ok: returned-stack-address
    return start;
}

char *parameter(char text[32])
{
    // ok: returned-stack-address
    return text;
}

struct reading *in_table(int index)
{
    static struct reading table[4];
    // ok: returned-stack-address
    return &table[index];
}

uint8_t checksum(void)
{
    uint8_t frame[4] = {1, 2, 3, 4};
    uint8_t sum = 0;
    // ok: returned-stack-address
    return frame[0] + sum;
}

int first(void)
{
    int values[2] = {1, 2};
    // ok: returned-stack-address
    return values[0];
}

struct reading *of_pointer(struct reading *readings)
{
    struct reading *reading = readings;
    // ok: returned-stack-address
    return &reading[1];
}
