#include <stdint.h>
#include <stdlib.h>

typedef struct entry entry_t;

struct queue {
    uint8_t *data;
    entry_t *entries;
    size_t size;
};

int queue_grow(struct queue *queue)
{
    // ruleid: self-assigned-realloc
    queue->data = realloc(queue->data, queue->size * 2U);
    if (queue->data == NULL) {
        return -1;
    }
    queue->size *= 2U;
    return 0;
}

char *read_all(char *text, size_t size)
{
    // ruleid: self-assigned-realloc
    text = (char *)realloc(text, size);
    return text;
}

int list_grow(uint8_t **list, size_t size)
{
    // ruleid: self-assigned-realloc
    *list = realloc(*list, size);
    // ruleid: self-assigned-realloc
    if ((list[1] = realloc(list[1], size)) == NULL) {
        return -1;
    }
    return 0;
}

int queue_grow_safely(struct queue *queue)
{
    // ok: self-assigned-realloc
    uint8_t *larger = realloc(queue->data, queue->size * 2U);
    if (larger == NULL) {
        return -1;
    }
    // ok: self-assigned-realloc
    queue->data = larger;
    return 0;
}

void others(struct queue *queue, struct queue *other, char *text)
{
    // ok: self-assigned-realloc
    queue->data = realloc(other->data, 16);
    // ok: self-assigned-realloc
    queue->data = realloc(NULL, 16);
    // ok: self-assigned-realloc
    queue->data = malloc(16);
    // ok: self-assigned-realloc
    text = checked_realloc(text, 16);
    // ok: self-assigned-realloc
    entry_t *moved = (entry_t *)realloc(queue->entries, 64);
    queue->entries = moved;
}

void grow_or_end(struct queue *queue, size_t size)
{
    // ok: self-assigned-realloc
    queue->data = realloc(queue->data, size);
    assert_there(queue->data != NULL);
    // ok: self-assigned-realloc
    queue->entries = (entry_t *)realloc(queue->entries, size);
    if (queue->entries == NULL) {
        abort();
    }
}

void grow_or_log(struct queue *queue, size_t size)
{
    // ruleid: self-assigned-realloc
    queue->data = realloc(queue->data, size);
    if (queue->data == NULL) {
        log_line("no memory");
    }
}
