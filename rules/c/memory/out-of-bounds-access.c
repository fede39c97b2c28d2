#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES 8

static int samples[SAMPLES];

struct frame {
    uint8_t kind;
    uint8_t payload[16];
};

void clear_all(void)
{
    for (int i = 0; i <= SAMPLES; i++) {
        // ruleid: out-of-bounds-access
        samples[i] = 0;
    }
}

int sample_at(int index)
{
    if (index < 0 || index > SAMPLES) {
        return -1;
    }
    // ruleid: out-of-bounds-access
    return samples[index];
}

void fill(struct frame *frame, const uint8_t *data, size_t size)
{
    if (size > sizeof(*frame)) {
        return;
    }
    // ruleid: out-of-bounds-access
    memcpy(frame->payload, data, size);
}

static void put(char *text, int at)
{
    // ruleid: out-of-bounds-access
    text[at] = '\0';
}

void close_text(void)
{
    char text[4] = "abc";
    put(text, 4);
}

void copy_name(const char *name)
{
    char copy[8];
    if (strlen(name) > sizeof(copy)) {
        return;
    }
    // ruleid: out-of-bounds-access
    strcpy(copy, name);
}

int *squares(size_t count)
{
    int *table = malloc(count * sizeof(int));
    if (table == NULL) {
        return NULL;
    }
    for (size_t i = 0; i <= count; i++) {
        // ruleid: out-of-bounds-access
        table[i] = 1;
    }
    return table;
}

int from_text(const char *text)
{
    int index = atoi(text);
    if (index < SAMPLES) {
        // ruleid: out-of-bounds-access
        return samples[index];
    }
    return 0;
}

/* Clean code. */

void clear_each(void)
{
    for (int i = 0; i < SAMPLES; i++) {
        // ok: out-of-bounds-access
        samples[i] = 0;
    }
}

int checked_sample(int index)
{
    if (index < 0 || index >= SAMPLES) {
        return -1;
    }
    // ok: out-of-bounds-access
    return samples[index];
}

void fill_checked(struct frame *frame, const uint8_t *data, size_t size)
{
    if (size > sizeof(frame->payload)) {
        size = sizeof(frame->payload);
    }
    // ok: out-of-bounds-access
    memcpy(frame->payload, data, size);
}

int unknown_caller(const int *table, int index)
{
    // ok: out-of-bounds-access
    return table[index];
}

void copy_checked(const char *name)
{
    char copy[8];
    if (strlen(name) >= sizeof(copy)) {
        return;
    }
    // ok: out-of-bounds-access
    strcpy(copy, name);
}

int *table_of(size_t count)
{
    int *table = malloc(count * sizeof(int));
    if (table == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        // ok: out-of-bounds-access
        table[i] = 1;
    }
    return table;
}

int last_of(const char *text)
{
    int index = atoi(text);
    if (index >= 0 && index < SAMPLES) {
        // ok: out-of-bounds-access
        return samples[index];
    }
    return 0;
}

struct pump_slot {
    int dose;
};

static struct pump_slot slots[4];

void set_dose(const unsigned char *request, unsigned request_len)
{
    if (request_len < 2)
        return;
    // ruleid: out-of-bounds-access
    slots[request[0]].dose = request[1];
    if (request[1] < 4)
        // ok: out-of-bounds-access
        slots[request[1]].dose = 0;
}

static unsigned sum_of(const unsigned char *from, unsigned count)
{
    unsigned sum = 0;
    while (count--)
        // ok: out-of-bounds-access
        sum += *from++;
    return sum;
}

unsigned window(void)
{
    unsigned char frame[64];
    if (fread(frame, 1, sizeof(frame), stdin) != sizeof(frame))
        return 0;
    unsigned start = frame[2], count = frame[3];
    if (start > sizeof(frame) || count > sizeof(frame) - start)
        return 0;
    return sum_of(frame + start, count);
}

// A default, or what is read, in one of several rounds.
int channel_of_options(int argc, char **argv)
{
    static int channels[8];
    int at = 2;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == 'c')
            at = atoi(argv[i] + 1);
    // ruleid: out-of-bounds-access
    channels[at] = 1;
    return channels[0];
}

int tested_channel_of_options(int argc, char **argv)
{
    static int channels[8];
    int at = 2;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == 'c')
            at = atoi(argv[i] + 1);
    if (at < 0 || at >= 8)
        return -1;
    // ok: out-of-bounds-access
    channels[at] = 1;
    return channels[0];
}

// What says that none was found hangs together with a flag.
int channel_if_found(int argc, char **argv)
{
    static int channels[8];
    int at = -1;
    int found = 0;
    for (int i = 1; i < argc; i++) {
        int number = atoi(argv[i]);
        if (number >= 0 && number < 8) {
            at = number;
            found = 1;
        }
    }
    // ok: out-of-bounds-access
    return found ? channels[at] : -1;
}
