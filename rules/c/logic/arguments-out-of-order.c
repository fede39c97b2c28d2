#include <stdint.h>

struct limits { int low; int high; };

static int window_set(struct limits *limits, int low, int high)
{
    limits->low = low;
    limits->high = high;
    return low <= high;
}

int uart_open(uint32_t baud, uint32_t timeout);
static int compare(const char *a, const char *b);
static int area_of(int width, int height);

int start(struct limits *limits)
{
    int low = 88;
    int high = 100;
    uint32_t baud = 9600;
    uint32_t timeout = 250;

    // ruleid: arguments-out-of-order
    window_set(limits, high, low);
    // ruleid: arguments-out-of-order
    uart_open(timeout, baud);
    // ok: arguments-out-of-order
    uart_open(baud, timeout);
    // ok: arguments-out-of-order
    return window_set(limits, low, high);
}

int of_fields(struct limits *limits, const struct limits *other)
{
    // ruleid: arguments-out-of-order
    window_set(limits, other->high, other->low);
    // ok: arguments-out-of-order
    window_set(limits, other->low, other->high);
    // ok: arguments-out-of-order
    return window_set(limits, other->high, other->high);
}

int later(struct limits *limits, int *high, int *low)
{
    // ruleid: arguments-out-of-order
    return window_set(limits, *high, *low);
}

int descending(const char *a, const char *b)
{
    // ok: arguments-out-of-order
    return compare(b, a);
}

int area_turned(int width, int height)
{
    // ok: arguments-out-of-order
    return area_of(height, width);
}

int area_upright(int width, int height)
{
    /* The panel is rotated by 90 degrees. */
    // ok: arguments-out-of-order
    return area_of(height, width);
}

int contains(const struct limits *limits, int first, int second);
int span_of(int low, int high);

int both_ways(const struct limits *limits, int first, int second, int low, int high)
{
    // ok: arguments-out-of-order
    if (contains(limits, first, second) && contains(limits, second, first)) {
        return 0;
    }
    if (low > high) {
        // ok: arguments-out-of-order
        return span_of(high, low);
    }
    return span_of(low, high);
}

int compare(const void *first, const void *second);

int compare_keys(const void *first, const void *second)
{
    // ok: arguments-out-of-order
    return compare(second, first);
}

void answer(int sequence, int acknowledged);

/* What one side has sent, the other one has received. */
void answers(int sequence, int acknowledged, int kind)
{
    if (kind == 1) {
        // ok: arguments-out-of-order
        answer(acknowledged, sequence);
    } else if (kind == 2) {
        // ok: arguments-out-of-order
        answer(acknowledged, sequence);
    } else if (kind == 3) {
        // ok: arguments-out-of-order
        answer(acknowledged, sequence);
    } else {
        // ok: arguments-out-of-order
        answer(acknowledged, sequence);
    }
}

void send_segment(int source, int destination, int number);
void send_ack(int source, int destination, int number);

void received(int source, int destination, int number)
{
    // What is answered goes back to where it came from.
    // ok: arguments-out-of-order
    send_ack(destination, source, number);
}

void received_last(int source, int destination, int number)
{
    // ok: arguments-out-of-order
    send_ack(destination, source, number);
    note(number);
}

void resent(int source, int destination, int number)
{
    // ruleid: arguments-out-of-order
    send_segment(destination, source, number);
}

void send_part(int sequence, int acknowledged);

/* Who turns the same two again and again means it, also where some of these are answers. */
void parts(int sequence, int acknowledged, int kind)
{
    if (kind == 1) {
        // ok: arguments-out-of-order
        send_part(acknowledged, sequence);
    } else if (kind == 2) {
        // ok: arguments-out-of-order
        send_part(acknowledged, sequence);
    }
}

void reply_to_part(int sequence, int acknowledged)
{
    // ok: arguments-out-of-order
    send_part(acknowledged, sequence);
}

void reply_to_last_part(int sequence, int acknowledged)
{
    // ok: arguments-out-of-order
    send_part(acknowledged, sequence);
}

static int schedule(const char *name, int dose, int minutes)
{
    return dose > 0 && minutes > 0 ? printf("%s %d %d", name, dose, minutes) : -1;
}

/* A condition that fills two variables does not ask for them. */
void plan(void)
{
    char name[20];
    int dose, minutes;
    while (scanf("%19s %d %d", name, &dose, &minutes) == 3) {
        // ruleid: arguments-out-of-order
        if (schedule(name, minutes, dose) != 0)
            continue;
        // ok: arguments-out-of-order
        schedule(name, dose, minutes);
        if (dose > minutes)
            // ok: arguments-out-of-order
            schedule(name, minutes, dose);
    }
}
