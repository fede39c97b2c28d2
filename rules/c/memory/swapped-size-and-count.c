#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct sample {
    uint32_t time;
    int16_t value;
};

int by_time(const void *a, const void *b);

int load(FILE *in, struct sample *samples, int max)
{
    int count = 0;
    // ruleid: swapped-size-and-count
    while (count < max && fread(&samples[count], 1, sizeof(samples[count]), in) == 1)
        count++;
    // ruleid: swapped-size-and-count
    qsort(samples, sizeof(*samples), (size_t)count, by_time);
    return count;
}

int store(FILE *out, const struct sample *sample)
{
    // ruleid: swapped-size-and-count
    if (fwrite(sample, 1, sizeof(struct sample), out) != 1)
        return -1;
    // ruleid: swapped-size-and-count
    return fwrite(sample, 1, sizeof(*sample), out) < 1 ? -1 : 0;
}

int load_right(FILE *in, struct sample *samples, int max, char *text, uint8_t bytes[8])
{
    int count = 0;
    char letters[8];
    // ok: swapped-size-and-count
    while (count < max && fread(&samples[count], sizeof(samples[count]), 1, in) == 1)
        count++;
    // ok: swapped-size-and-count
    if (fread(samples, 1, sizeof(*samples), in) != sizeof(*samples))
        return -1;
    // ok: swapped-size-and-count
    if (fread(text, 1, sizeof(char), in) != 1)
        return -1;
    // ok: swapped-size-and-count
    if (fread(bytes, 1, 1, in) != 1)
        return -1;
    // ok: swapped-size-and-count
    qsort(samples, (size_t)count, sizeof(*samples), by_time);
    // ok: swapped-size-and-count
    qsort(letters, sizeof(letters), 1, by_time);
    // ok: swapped-size-and-count
    qsort(letters, sizeof(letters), sizeof(letters[0]), by_time);
    return count;
}
