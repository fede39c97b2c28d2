#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *data;
    size_t size;
    int kind;
} frame_t;

frame_t *frame_new(int kind)
{
    frame_t *frame = malloc(sizeof(*frame));
    // ruleid: unchecked-allocation
    frame->kind = kind;
    return frame;
}

uint8_t *copy_payload(const uint8_t *payload, size_t size)
{
    uint8_t *copy;
    copy = (uint8_t *)malloc(size);
    // ruleid: unchecked-allocation
    memcpy(copy, payload, size);
    return copy;
}

int *zeroes(size_t count)
{
    int *values = calloc(count, sizeof(int));
    // ruleid: unchecked-allocation
    values[0] = 1;
    return values;
}

void fill(frame_t *frame, size_t size)
{
    frame->data = (uint8_t *)calloc(size, 1U);
    for (size_t i = 0; i < size; i++) {
        // ruleid: unchecked-allocation
        frame->data[i] = 0xffU;
    }
}

/* Clean code. */

frame_t *frame_checked(int kind)
{
    // ok: unchecked-allocation
    frame_t *frame = malloc(sizeof(*frame));
    if (frame == NULL) {
        return NULL;
    }
    frame->kind = kind;
    return frame;
}

frame_t *frame_if(int kind)
{
    // ok: unchecked-allocation
    frame_t *frame = malloc(sizeof(*frame));
    if (frame) {
        frame->kind = kind;
        frame->size = 0;
    }
    return frame;
}

int two(size_t size)
{
    // ok: unchecked-allocation
    uint8_t *a = malloc(size);
    // ok: unchecked-allocation
    uint8_t *b = malloc(size);
    if (!a || !b)
        goto out;
    a[0] = 1;
    b[0] = 2;
out:
    free(a);
    free(b);
    return 0;
}

int in_condition(frame_t *frame, size_t size)
{
    // ok: unchecked-allocation
    if ((frame->data = malloc(size)) == NULL) {
        return -1;
    }
    frame->data[0] = 0;
    return 0;
}

uint8_t *asserted(size_t size)
{
    // ok: unchecked-allocation
    uint8_t *data = malloc(size);
    assert(data != NULL);
    data[0] = 0;
    return data;
}

int status_of(size_t size)
{
    // ok: unchecked-allocation
    uint8_t *data = malloc(size);
    int status = (data == NULL) ? -1 : 0;
    if (status == 0) {
        data[0] = 1;
    }
    free(data);
    return status;
}

void nested(frame_t *frame, int large)
{
    // ok: unchecked-allocation
    uint8_t *data = malloc(16);
    if (large) {
        if (data == NULL) {
            return;
        }
        data[0] = 1;
    }
    free(data);
}

int chained(frame_t *frame, size_t size)
{
    // ok: unchecked-allocation
    uint8_t *data = frame->data = malloc(size);
    if (!data) {
        return -1;
    }
    frame->data[0] = 0;
    return 0;
}

int last_in_block(frame_t *frame, size_t size)
{
    if (frame->data == NULL) {
        // ok: unchecked-allocation
        frame->data = malloc(size);
        if (frame->data) {
            frame->data[0] = 0;
        }
    }
    return 0;
}

uint8_t *handed_on(size_t size)
{
    // ok: unchecked-allocation
    uint8_t *data = malloc(size);
    return data;
}

uint8_t *own_allocator(size_t size)
{
    // ok: unchecked-allocation
    uint8_t *data = checked_malloc(size);
    data[0] = 0;
    return data;
}
