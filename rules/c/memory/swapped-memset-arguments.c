#include <stdint.h>
#include <string.h>

#define FRAME_SIZE 64U

struct frame {
    uint8_t bytes[FRAME_SIZE];
    uint16_t length;
};

void frame_reset(struct frame *frame)
{
    // ruleid: swapped-memset-arguments
    memset(frame, sizeof(*frame), 0);
}

void frame_clear(struct frame *frame)
{
    // ruleid: swapped-memset-arguments
    (void)memset(frame->bytes, FRAME_SIZE, 0);
    // ruleid: swapped-memset-arguments
    memset(frame->bytes, frame->length, 0U);
}

void scratch_clear(uint8_t *scratch, size_t size)
{
    // ruleid: swapped-memset-arguments
    memset(scratch, size, 0x00);
    // ruleid: swapped-memset-arguments
    memset(scratch, 0xff, 0);
}

void frame_fill(struct frame *frame, int fill)
{
    // ruleid: swapped-memset-arguments
    memset(frame->bytes, sizeof frame->bytes, fill);
    // ruleid: swapped-memset-arguments
    memset(frame, sizeof(struct frame), 1);
    // ok: swapped-memset-arguments
    memset(frame->bytes, fill, sizeof frame->bytes);
    // ok: swapped-memset-arguments
    memset(frame->bytes, sizeof(int), sizeof frame->bytes);
}

void clean(struct frame *frame, size_t size, int value)
{
    // ok: swapped-memset-arguments
    memset(frame, 0, sizeof(*frame));
    // ok: swapped-memset-arguments
    memset(frame->bytes, 0xff, FRAME_SIZE);
    // ok: swapped-memset-arguments
    memset(frame->bytes, value, size);
    // ok: swapped-memset-arguments
    memset(frame->bytes, 0, size);
    // ok: swapped-memset-arguments
    memset(frame->bytes, 0, 0);
    // ok: swapped-memset-arguments
    memcpy(frame->bytes, frame, 0);
    // ok: swapped-memset-arguments
    memset(frame->bytes, ' ', sizeof(frame->bytes));
}

void fill_scalar(uint32_t k[8])
{
    // ok: swapped-memset-arguments
    memset(k, 0x77, 8 * sizeof(k[0]));
    // ok: swapped-memset-arguments
    memset(k, '\0', 8 * sizeof(k[0]));
    // ruleid: swapped-memset-arguments
    memset(k, 8 * sizeof(k[1]), '\0');
}

void erase(struct flash *flash, uint8_t *page, size_t page_size, uint8_t pad_value)
{
    // ruleid: swapped-memset-arguments
    memset(page, page_size, 0xff);
    // ruleid: swapped-memset-arguments
    memset(flash->page, flash->length, ' ');
    // ruleid: swapped-memset-arguments
    memset(page, strlen(flash->name), '*');
    // ok: swapped-memset-arguments
    memset(page, pad_value, 0xff);
    // ok: swapped-memset-arguments
    memset(page, page_size, 16);
    // ok: swapped-memset-arguments
    memset(page, 0xff, page_size);
    // ok: swapped-memset-arguments
    memset(page, ' ', flash->length);
    // Padding whose bytes say how long it is.
    // ok: swapped-memset-arguments
    memset(page, flash->length, flash->length);
}
