#include <stdint.h>
#include <stdlib.h>

#define ROWS 8U
#define COLUMNS 16U

struct image_header {
    uint32_t width;
    uint32_t height;
};

uint8_t *image_buffer(const struct image_header *header)
{
    // ruleid: allocation-size-product
    return malloc(header->width * header->height);
}

int16_t *samples_new(size_t channels, size_t length)
{
    // ruleid: allocation-size-product
    int16_t *samples = (int16_t *)malloc(channels * length);
    return samples;
}

void *table_new(uint16_t count, uint16_t entry_size)
{
    // ruleid: allocation-size-product
    void *table = malloc((size_t)count * entry_size);
    return table;
}

uint8_t *rgb_buffer(uint32_t width, uint32_t height)
{
    // ruleid: allocation-size-product
    return malloc((width * height) * bytes_per_pixel());
}

int grow(struct image_header *header, uint8_t **out)
{
    // ruleid: allocation-size-product
    if ((*out = malloc(header->height * header->width)) == NULL) {
        return -1;
    }
    return 0;
}

void clean(size_t count, uint8_t **out, const struct image_header *header)
{
    // ok: allocation-size-product
    out[0] = malloc(count * sizeof(uint32_t));
    // ok: allocation-size-product
    out[1] = malloc(sizeof(struct image_header) * count);
    // ok: allocation-size-product
    out[2] = malloc(ROWS * COLUMNS);
    // ok: allocation-size-product
    out[3] = malloc(16U * count);
    // ok: allocation-size-product
    out[4] = malloc(count * 2UL);
    // ok: allocation-size-product
    out[5] = malloc(count + count);
    // ok: allocation-size-product
    out[6] = calloc(count, header->width);
    // ok: allocation-size-product
    out[7] = malloc(count * COLUMNS);
}

uint8_t *tested(size_t rows, size_t columns)
{
    if (rows != 0U && columns > SIZE_MAX / rows) {
        return NULL;
    }
    // ok: allocation-size-product
    return malloc(rows * columns);
}

uint8_t *small_image(const struct image_header *header)
{
    if (header->width > 4096 || header->height > 4096)
        return NULL;
    // ok: allocation-size-product
    return malloc((size_t)header->width * header->height);
}

uint8_t *wide_image(const struct image_header *header)
{
    if (header->width > 4096)
        return NULL;
    // ruleid: allocation-size-product
    return malloc(header->width * header->height);
}

uint8_t *limited_image(size_t width, size_t height)
{
    if (width * height > 100000)
        return NULL;
    // ok: allocation-size-product
    return malloc(width * height);
}

void *byte_table(uint8_t rows, uint8_t columns)
{
    // ok: allocation-size-product
    return malloc((size_t)rows * columns);
}
