#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_WAITING 100

struct event {
    char text[64];
    struct event *next;
};
static struct event *queue;
static struct event *short_queue;
static int waiting;

static void enqueue(const char *text, size_t size)
{
    struct event *event = malloc(sizeof *event);
    if (event == NULL)
        return;
    memcpy(event->text, text, size);
    event->next = queue;
    // ruleid: unlimited-list
    queue = event;
}

static void enqueue_some(const char *text, size_t size)
{
    struct event *event;
    if (waiting >= MAX_WAITING)
        return;
    event = malloc(sizeof *event);
    if (event == NULL)
        return;
    memcpy(event->text, text, size);
    event->next = short_queue;
    // ok: unlimited-list
    short_queue = event;
    waiting++;
}

static void remember(const char *name)
{
    struct event *event = malloc(sizeof *event);
    if (event == NULL)
        return;
    strcpy(event->text, name);
    event->next = queue;
    // ok: unlimited-list
    queue = event;
}

int listen_to(int socket)
{
    char bytes[64];
    remember("begin");
    for (;;) {
        ssize_t size = recv(socket, bytes, sizeof bytes, 0);
        if (size > 0)
            enqueue(bytes, (size_t)size);
        if (size > 0)
            enqueue_some(bytes, (size_t)size);
    }
}

struct reading {
    int value;
    struct reading *after;
};
static struct reading *first, *last;
static struct reading *kept;
static int kept_count;

static void append(int value)
{
    struct reading *reading;
    reading = calloc(1, sizeof *reading);
    if (!reading)
        return;
    reading->value = value;
    if (last)
        last->after = reading;
    // ruleid: unlimited-list
    last = reading;
}

static void append_first(int value)
{
    struct reading *reading = calloc(1, sizeof(struct reading));
    if (!reading)
        return;
    reading->value = value;
    reading->after = first;
    // ruleid: unlimited-list
    first = reading;
}

static void keep(int value)
{
    struct reading *reading;
    if (kept_count == 50) {
        reading = kept;
        kept = kept->after;
        free(reading);
        kept_count--;
    }
    reading = malloc(sizeof *reading);
    if (!reading)
        return;
    reading->value = value;
    reading->after = kept;
    // ok: unlimited-list
    kept = reading;
    kept_count++;
}

static void push(int value)
{
    struct reading *reading = malloc(sizeof *reading);
    if (!reading)
        return;
    reading->value = value;
    reading->after = first;
    // ok: unlimited-list
    first = reading;
}

int collect(int socket)
{
    unsigned char byte;
    while (1) {
        if (recvfrom(socket, &byte, 1, 0, NULL, NULL) != 1)
            continue;
        append(byte);
        append_first(byte);
        keep(byte);
    }
}

/* Only so many. */
int collect_some(int socket, int most)
{
    unsigned char byte;
    int count = 0;
    while (1) {
        if (recv(socket, &byte, 1, 0) != 1 || count >= most)
            return count;
        push(byte);
        count++;
    }
}

/* Worked off at once. */
static struct reading *pending;

static void note(int value)
{
    struct reading *reading = malloc(sizeof *reading);
    if (!reading)
        return;
    reading->value = value;
    reading->after = pending;
    // ok: unlimited-list
    pending = reading;
}

int work_off(int socket)
{
    unsigned char byte;
    for (;;) {
        if (recv(socket, &byte, 1, 0) == 1)
            note(byte);
        while (pending != NULL) {
            struct reading *next = pending->after;
            free(pending);
            pending = next;
        }
    }
}

/* From a table of the program, not from others. */
static struct reading *table;

static void enter(int value)
{
    struct reading *reading = malloc(sizeof *reading);
    if (!reading)
        return;
    reading->value = value;
    reading->after = table;
    // ok: unlimited-list
    table = reading;
}

void fill(const int *values, int count)
{
    for (int i = 0; i < count; i++)
        enter(values[i]);
}

static void enqueue_last(const char *text, size_t size)
{
    struct event *event = malloc(sizeof(struct event));
    if (event == NULL || size > sizeof event->text)
        return;
    memcpy(event->text, text, size);
    event->next = queue;
    // ruleid: unlimited-list
    queue = event;
}

int listen_again(int socket)
{
    char bytes[64];
    for (;;) {
        ssize_t size = recv(socket, bytes, sizeof bytes, 0);
        if (size > 0)
            enqueue_last(bytes, (size_t)size);
    }
}
