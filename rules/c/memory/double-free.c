#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct image {
    uint8_t *data;
    uint8_t *signature;
    char *parts[4];
};

int install(struct image *image, int bad)
{
    uint8_t *copy = malloc(64);
    free(copy);
    if (bad) {
        // ruleid: double-free
        free(copy);
        return -1;
    }
    return 0;
}

void discard(struct image *image)
{
    free(image->data);
    free(image->signature);
    // ruleid: double-free
    free(image->data);
}

void discard_text(char *text)
{
    free(text);
    log_line("discarded");
    // ruleid: double-free
    free(text);
}

int swap(uint8_t *first, uint8_t *second)
{
    free(first);
    second = NULL;
    // ruleid: double-free
    free(first);
    free(second);
    return 0;
}

/* Clean code. */

void release(struct image *image)
{
    // ok: double-free
    free(image->data);
    image->data = NULL;
    // ok: double-free
    free(image->signature);
    // ok: double-free
    free(image->data);
}

void rebuild(uint8_t *buffer)
{
    // ok: double-free
    free(buffer);
    buffer = malloc(16);
    // ok: double-free
    free(buffer);
}

void rebuild_in_branch(uint8_t *buffer, int large)
{
    free(buffer);
    if (large) {
        buffer = malloc(160);
    } else {
        buffer = malloc(16);
    }
    // ok: double-free
    free(buffer);
}

int load(const char *path)
{
    uint8_t *buffer = malloc(16);
    if (read_into(path, buffer) < 0) {
        // ok: double-free
        free(buffer);
        return -1;
    }
    // ok: double-free
    free(buffer);
    return 0;
}

int load_with_label(const char *path)
{
    char *name = strdup(path);
    if (name == NULL)
        goto failed;
    // ok: double-free
    free(name);
    return 0;
failed:
    // ok: double-free
    free(name);
    return -1;
}

void by_kind(char *text, int kind)
{
    switch (kind) {
    case 0:
        // ok: double-free
        free(text);
        break;
    default:
        // ok: double-free
        free(text);
        break;
    }
}

void refill(struct image *image)
{
    free(image->data);
    image_load(image);
    // ok: double-free
    free(image->data);
    image++;
    for (int i = 0; i < 4; i++) {
        // ok: double-free
        free(image->parts[i]);
    }
}

void renamed(const char *name)
{
    free((char *)name);
    name = strdup("unnamed");
    // ok: double-free
    free((char *)name);
}

void reread(char *line, size_t size)
{
    free(line);
    next_line(&line, &size);
    // ok: double-free
    free(line);
}
