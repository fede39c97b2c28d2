#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *next;
    char *name;
    uint32_t id;
};

struct session {
    uint8_t *buffer;
    struct node *head;
    size_t size;
};

void close_node(struct node *node)
{
    free(node);
    // ruleid: use-after-free
    printf("closed %u\n", node->id);
}

size_t send_last(uint8_t *frame, size_t size)
{
    free(frame);
    // ruleid: use-after-free
    return radio_send(frame, size);
}

int first_byte(uint8_t *frame)
{
    free(frame);
    // ruleid: use-after-free
    if (frame[0] == 0x7eU) {
        return 1;
    }
    return 0;
}

void release(struct session *session)
{
    free(session->buffer);
    // ruleid: use-after-free
    memset(session->buffer, 0, session->size);
    session->buffer = NULL;
}

void drop(struct node *node, int verbose)
{
    free(node);
    if (verbose) {
        // ruleid: use-after-free
        log_line(node->name);
    }
    node = NULL;
}

void free_list(struct node *head)
{
    free(head);
    // ruleid: use-after-free
    head = head->next;
}

static void drop_node(struct node *node)
{
    free(node->name);
    free(node);
}

int through_helper(struct node *node)
{
    struct node *alias = node;
    drop_node(node);
    // ruleid: use-after-free
    return (int)alias->id;
}

/* Clean code. */

void walk(struct node *head)
{
    while (head != NULL) {
        struct node *next = head->next;
        // ok: use-after-free
        free(head->name);
        // ok: use-after-free
        free(head);
        head = next;
    }
}

void renew(struct session *session, size_t size)
{
    free(session->buffer);
    session->buffer = malloc(size);
    if (session->buffer != NULL) {
        // ok: use-after-free
        memset(session->buffer, 0, size);
    }
}

void renew_perhaps(struct session *session, int grow)
{
    uint8_t *buffer = session->buffer;
    free(buffer);
    if (grow) {
        buffer = malloc(64);
    } else {
        buffer = malloc(32);
    }
    // ok: use-after-free
    consume(buffer);
}

int parse(struct node *node, int error)
{
    if (error) {
        free(node);
        return -1;
    }
    // ok: use-after-free
    return (int)node->id;
}

void read_line(FILE *in, char *line, size_t size)
{
    free(line);
    getline(&line, &size, in);
    // ok: use-after-free
    puts(line);
}

void each_name(struct session *session)
{
    struct node *node = session->head;
    free(node->name);
    node = node->next;
    // ok: use-after-free
    puts(node->name);
}

struct node *replace(struct node *node)
{
    free(node);
    // ok: use-after-free
    node = calloc(1, sizeof(*node));
    if (node == NULL) {
        return NULL;
    }
    // ok: use-after-free
    node->id = 1;
    return node;
}

int with_labels(struct session *session, int kind)
{
    struct node *node = session->head;
    if (kind == 0)
        goto failed;
    free(node);
    return 0;
failed:
    // ok: use-after-free
    puts(node->name);
    return -1;
}

void by_kind(struct node *node, int kind)
{
    switch (kind) {
    case 0:
        free(node);
        break;
    case 1:
        // ok: use-after-free
        puts(node->name);
        break;
    default:
        break;
    }
}

void release_all(struct session *session)
{
    // ok: use-after-free
    free(session->buffer), session->buffer = NULL;
    // ok: use-after-free
    session_reset(session->buffer);
    free(session->head);
    session_clear(session);
    // ok: use-after-free
    puts(session->head->name);
}

void read_again(struct session *session, char *text)
{
    free(text);
    if (session_text(session, &text) > 0) {
        // ok: use-after-free
        puts(text);
    }
}

void found_again(struct session *session, struct node *node)
{
    free(node);
    // ok: use-after-free
    if ((node = find(session)) != NULL && node->id != 0U) {
        // ok: use-after-free
        puts(node->name);
    }
    for (node = session->head; node != NULL; node = node->next) {
        // ok: use-after-free
        puts(node->name);
    }
}

// Freed in one round, used in the next one.
void fill_until(int rounds)
{
    char *buffer = malloc(16);
    if (buffer == NULL)
        return;
    for (int i = 0; i < rounds; i++) {
        // ruleid: use-after-free
        buffer[0] = (char)i;
        if (i > 50)
            free(buffer);
    }
}

void fill_and_stop(int rounds)
{
    char *buffer = malloc(16);
    if (buffer == NULL)
        return;
    for (int i = 0; i < rounds; i++) {
        // ok: use-after-free
        buffer[0] = (char)i;
        if (i == 50)
            break;
    }
    free(buffer);
}

void fill_anew(int rounds)
{
    char *buffer = malloc(16);
    for (int i = 0; buffer != NULL && i < rounds; i++) {
        // ok: use-after-free
        buffer[0] = (char)i;
        if (i == 50) {
            free(buffer);
            buffer = NULL;
        }
    }
    free(buffer);
}

int sent_twice(size_t size)
{
    uint8_t *frame = malloc(size);
    free(frame);
    frame = malloc(size);
    if (frame == NULL)
        return -1;
    if (radio_ready()) {
        // ok: use-after-free
        radio_send(frame, size);
    }
    free(frame);
    return 0;
}

void forget_session(struct session *session)
{
    free(session);
    // ok: use-after-free
    printf("freed %p\n", (void *)session);
}
