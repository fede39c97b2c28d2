#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
    int operation;
    int *where;
    struct request *next;
};

struct order {
    unsigned operation;
    unsigned slot;
};

static int slots[8];

static int handle(const struct request *request)
{
    // ruleid: pointer-in-input
    return request->operation == 1 ? *request->where : -1;
}

int serve(int client)
{
    struct request request;
    if (recv(client, &request, sizeof(request), 0) != (ssize_t)sizeof(request))
        return -1;
    return handle(&request);
}

int serve_list(void)
{
    struct request request;
    if (read(STDIN_FILENO, &request, sizeof(request)) != (ssize_t)sizeof(request))
        return -1;
    // ruleid: pointer-in-input
    return request.next->operation;
}

int serve_slot(int client)
{
    struct order order;
    if (recv(client, &order, sizeof(order), 0) != (ssize_t)sizeof(order) || order.slot >= 8)
        return -1;
    // ok: pointer-in-input
    return slots[order.slot];
}

int serve_own(int client)
{
    static int here;
    struct request request;
    if (recv(client, &request, sizeof(request), 0) != (ssize_t)sizeof(request))
        return -1;
    request.where = &here;
    // ok: pointer-in-input
    return *request.where;
}

int from_thread(int pipe)
{
    struct request request;
    if (read(pipe, &request, sizeof(request)) != (ssize_t)sizeof(request))
        return -1;
    // ok: pointer-in-input
    return *request.where;
}

struct command {
    void (*run)(int);
    int argument;
};

int serve_command(int client)
{
    struct command command;
    if (recv(client, &command, sizeof(command), 0) != (ssize_t)sizeof(command))
        return -1;
    // ruleid: pointer-in-input
    command.run(command.argument);
    return 0;
}

int serve_saved(FILE *saved)
{
    struct request request;
    if (fread(&request, sizeof(request), 1, saved) != 1)
        return -1;
    // ruleid: pointer-in-input
    return *request.where;
}

int serve_number(int client)
{
    struct request request;
    if (recv(client, &request, sizeof(request), 0) != (ssize_t)sizeof(request))
        return -1;
    // ok: pointer-in-input
    return request.operation;
}

int serve_copy(struct request *own)
{
    // ok: pointer-in-input
    return *own->where;
}

int serve_asked(int client)
{
    struct order order;
    if (recv(client, &order, sizeof(order), 0) != (ssize_t)sizeof(order))
        return -1;
    // ok: pointer-in-input
    return slots[order.slot % 8];
}

struct message {
    unsigned char digest[16];
    struct order orders[4];
    int *where;
};

int serve_arrays(int client, const unsigned char *expected)
{
    struct message message;
    if (recv(client, &message, sizeof(message), 0) != (ssize_t)sizeof(message))
        return -1;
    // ok: pointer-in-input
    if (*message.digest != *expected)
        return -1;
    // ok: pointer-in-input
    return message.orders->slot < 8 ? slots[message.orders->slot] : -1;
}

int serve_write(int client)
{
    struct message message;
    if (recv(client, &message, sizeof(message), 0) != (ssize_t)sizeof(message))
        return -1;
    // ruleid: pointer-in-input
    *message.where = 1;
    return 0;
}

int serve_element(int client)
{
    struct message message;
    if (recv(client, &message, sizeof(message), 0) != (ssize_t)sizeof(message))
        return -1;
    // ruleid: pointer-in-input
    return message.where[2];
}

int serve_chosen(int client)
{
    static int *const places[2] = {&slots[0], &slots[4]};
    struct message message;
    if (recv(client, &message, sizeof(message), 0) != (ssize_t)sizeof(message) || message.orders[0].slot >= 2)
        return -1;
    message.where = places[message.orders[0].slot];
    // ok: pointer-in-input
    return *message.where;
}

struct pending {
    void (*run)(int);
    int argument;
    int delay;
};

static void blink(int times)
{
    printf("%d\n", times);
}

static int restore(struct pending *p)
{
    FILE *f = fopen("state.bin", "rb");
    if (f == NULL)
        return -1;
    size_t n = fread(p, 1, sizeof *p, f);
    fclose(f);
    return n == sizeof *p ? 0 : -1;
}

static void step(struct pending *p)
{
    if (p->delay > 0)
        p->delay--;
    if (p->run != NULL)
        // ruleid: pointer-in-input
        p->run(p->argument);
}

int go_on(void)
{
    struct pending p = {blink, 3, 0};
    if (restore(&p) != 0)
        return -1;
    step(&p);
    return 0;
}

static void step_known(struct pending *p)
{
    // ok: pointer-in-input
    p->run(p->argument);
}

int go_on_with_what_is_known(void)
{
    struct pending p = {blink, 3, 0};
    if (restore(&p) != 0)
        return -1;
    p.run = blink;
    step_known(&p);
    return 0;
}

struct device {
    struct {
        unsigned char bytes[16];
        int length;
    } answer;
    int (*done)(struct device *);
};

int answered(struct device *d, int socket)
{
    if (recv(socket, &d->answer, sizeof d->answer, 0) <= 0)
        return -1;
    // ok: pointer-in-input
    return d->done(d);
}
