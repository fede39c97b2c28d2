#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

struct job {
    int priority;
    struct job *next;
};

#define SLOTS 300

static int without_a_step(void)
{
    int values[4] = {1, 2, 3, 4};
    int i = 0;
    int sum = 0;
    // ruleid: endless-loop
    while (i < 4) {
        sum += values[i];
    }
    return sum;
}

static int with_a_step(void)
{
    int values[4] = {1, 2, 3, 4};
    int i = 0;
    int sum = 0;
    // ok: endless-loop
    while (i < 4) {
        sum += values[i++];
    }
    return sum;
}

static int urgent(const struct job *job)
{
    int count = 0;
    // ruleid: endless-loop
    while (job != NULL) {
        if (job->priority > 5) {
            count++;
        }
    }
    return count;
}

static int all(const struct job *job)
{
    int count = 0;
    // ok: endless-loop
    while (job != NULL) {
        count++;
        job = job->next;
    }
    return count;
}

static void a_narrow_counter(int *table)
{
    // ruleid: endless-loop
    for (uint8_t i = 0; i < SLOTS; i++) {
        table[i] = i;
    }
}

static void a_wide_counter(int *table)
{
    // ok: endless-loop
    for (uint16_t i = 0; i < SLOTS; i++) {
        table[i] = i;
    }
}

static int options(const uint8_t *data, int length)
{
    int at = 0;
    int count = 0;
    // ruleid: endless-loop
    while (at < length) {
        count++;
        at += data[at];
    }
    return count;
}

static int options_checked(const uint8_t *data, int length)
{
    int at = 0;
    int count = 0;
    // ok: endless-loop
    while (at < length) {
        if (data[at] == 0) {
            break;
        }
        count++;
        at += data[at];
    }
    return count;
}

static int a_flag_that_stays(int *queue)
{
    int done = 0;
    int i = 0;
    // ruleid: endless-loop
    while (!done) {
        if (i < 4) {
            queue[i++] = 0;
        }
    }
    return i;
}

static int a_flag_that_is_set(int *queue)
{
    int done = 0;
    int i = 0;
    // ok: endless-loop
    while (!done) {
        if (i < 4) {
            queue[i++] = 0;
        } else {
            done = 1;
        }
    }
    return i;
}

static int by_a_switch(int mode)
{
    int state = 0;
    // ruleid: endless-loop
    while (state != 3) {
        switch (state) {
        case 0:
            state = 1;
            break;
        case 1:
            state = mode > 4 ? 1 : 2;
            break;
        default:
            state = 0;
            break;
        }
    }
    return state;
}

static volatile int stop;

static void until_an_interrupt(void)
{
    // ok: endless-loop
    while (!stop) {
        usleep(1000);
    }
}

static void for_ever(void)
{
    // ok: endless-loop
    for (;;) {
        usleep(1000);
    }
}

static int until_the_end_of_the_input(void)
{
    int c;
    int lines = 0;
    // ok: endless-loop
    while ((c = getchar()) != EOF) {
        lines += c == '\n';
    }
    return lines;
}

static int until_a_helper_says_so(int n)
{
    // ok: endless-loop
    while (n != 1) {
        n = n % 2 ? 3 * n + 1 : n / 2;
    }
    return n;
}

int main(int argc, char **argv)
{
    static int table[SLOTS];
    int queue[4] = {1, 2, 3, 4};
    struct job last = {9, NULL};
    struct job first = {2, &last};
    uint8_t data[4] = {2, 1, 0, 4};
    (void)argv;
    switch (argc) {
    case 1:
        return without_a_step();
    case 2:
        return with_a_step();
    case 3:
        return urgent(&first);
    case 4:
        return all(&first);
    case 5:
        a_narrow_counter(table);
        return 0;
    case 6:
        a_wide_counter(table);
        return 0;
    case 7:
        return options(data, 4);
    case 8:
        return options_checked(data, 4);
    case 9:
        return a_flag_that_stays(queue);
    case 10:
        return a_flag_that_is_set(queue);
    case 11:
        return by_a_switch(argc);
    case 12:
        until_an_interrupt();
        return 0;
    case 13:
        return until_the_end_of_the_input();
    case 14:
        return until_a_helper_says_so(argc);
    default:
        for_ever();
    }
}

#define ONE_STEP done++;

int macro_on_a_line_of_its_own(void)
{
    int done = 0;
    // ok: endless-loop
    while (done < 10) {
        ONE_STEP
        ONE_STEP
    }
    return done;
}

// A length of 0 in what was received: the step is none.
unsigned records(int client)
{
    unsigned char data[512];
    unsigned count = 0;
    ssize_t size = read(client, data, sizeof data);
    ssize_t at = 0;
    // ruleid: endless-loop
    while (at < size) {
        unsigned char length = data[at];
        count++;
        at += length;
    }
    return count;
}

unsigned records_by_pointer(int client)
{
    unsigned char data[512];
    unsigned char *next = data;
    ssize_t left = read(client, data, sizeof data);
    unsigned kinds = 0;
    // ruleid: endless-loop
    while (left > 1) {
        kinds |= next[0];
        left -= next[1];
        next += next[1];
    }
    return kinds;
}

unsigned records_checked(int client)
{
    unsigned char data[512];
    unsigned count = 0;
    ssize_t size = read(client, data, sizeof data);
    ssize_t at = 0;
    // ok: endless-loop
    while (at < size) {
        unsigned char length = data[at];
        if (length == 0)
            break;
        count++;
        at += length;
    }
    return count;
}

unsigned records_with_heads(int client)
{
    unsigned char data[512];
    ssize_t size = read(client, data, sizeof data);
    ssize_t at = 0;
    unsigned count = 0;
    // ok: endless-loop
    while (at + 1 < size) {
        at += data[at] + 2;
        count++;
    }
    return count;
}

unsigned records_at_most(int client)
{
    unsigned char data[512];
    ssize_t size = read(client, data, sizeof data);
    unsigned count = 0;
    // ok: endless-loop
    for (ssize_t at = 0; at < size; at += data[at])
        if (++count > 64)
            break;
    return count;
}

// Once the client has closed, 0 is read, again and again.
unsigned read_all(int client, unsigned char *to, size_t size)
{
    size_t at = 0;
    while (at < size) {
        // ruleid: endless-loop
        ssize_t got = read(client, to + at, size - at);
        if (got < 0)
            return 0;
        at += (size_t)got;
    }
    return (unsigned)at;
}

// Each round reads something new.
unsigned read_whole(int client, unsigned char *to, size_t size)
{
    size_t at = 0;
    // ok: endless-loop
    while (at < size) {
        ssize_t got = read(client, to + at, size - at);
        if (got <= 0)
            return 0;
        at += (size_t)got;
    }
    return 1;
}

// A kind without a length goes on by one, in rounds of its own.
int segment_size(int client)
{
    unsigned char options[40];
    ssize_t size = read(client, options, sizeof options);
    size_t at = 0;

    if (size < 0)
        return 0;
    // ruleid: endless-loop
    while (at < (size_t)size) {
        unsigned char kind = options[at];
        unsigned char length;

        if (kind == 0)
            break;
        if (kind == 1) {
            at++;
            continue;
        }
        if (at + 1 >= (size_t)size)
            return -1;
        length = options[at + 1];
        if (length > (size_t)size - at)
            return -1;
        at += length;
    }
    return 536;
}

// Without a sign, nothing is below 0.
void from_last(const int *values, unsigned count)
{
    // ruleid: endless-loop
    for (unsigned i = count; i >= 0; i--)
        show(values[i % 32]);
}

void from_last_but_zero(const int *values, unsigned count)
{
    // ok: endless-loop
    for (unsigned i = count; i-- > 0;)
        show(values[i]);
}

// A way back to the head takes no step.
int words_of(const char *text)
{
    int words = 0;

    while (*text != '\0') {
        if (*text == '"') {
            const char *end = strchr(text + 1, '"');
            // ruleid: endless-loop
            if (end == NULL)
                continue;
            text = end + 1;
        } else {
            text++;
        }
        words++;
    }
    return words;
}

int sum_of(const int *values, int count, int left_out)
{
    int i = 0, sum = 0;

    while (i < count) {
        // ruleid: endless-loop
        if (i == left_out)
            continue;
        sum += values[i++];
    }
    // ok: endless-loop
    for (i = 0; i < count; i++) {
        if (i == left_out)
            continue;
        sum -= values[i];
    }
    return sum;
}

int spaces_of(const char *text)
{
    int spaces = 0;

    // ok: endless-loop
    while (*text != '\0') {
        if (*text == ' ') {
            text++;
            spaces++;
            continue;
        }
        text++;
    }
    return spaces;
}

// What another one changes ends the wait.
extern int stopped;
int wait_until(int tries)
{
    // ok: endless-loop
    while (tries > 0) {
        if (!stopped)
            continue;
        tries--;
    }
    return tries;
}

/* A variable that the loop only sets does not tell the rounds apart. */
int is_there(const int *values, int count, int wanted)
{
    int i = 0, found = 0;

    while (i < count) {
        // ruleid: endless-loop
        if (count == wanted) {
            found = 1;
            continue;
        }
        i += values[0] > 0 ? values[0] : 1;
    }
    return found;
}

int is_asked(const int *values, int count, int wanted)
{
    int i = 0, found = 0;

    while (i < count) {
        // ok: endless-loop
        if (count == wanted && !found) {
            found = 1;
            continue;
        }
        i++;
    }
    return found + values[0];
}

int is_read(int count, int wanted)
{
    int i = 0, step = 0;

    while (i < count) {
        // ok: endless-loop
        if (count == wanted && step == 0) {
            step = 2;
            continue;
        }
        i += step + 1;
    }
    return i;
}
