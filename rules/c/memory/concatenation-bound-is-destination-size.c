#include <stdio.h>
#include <string.h>

#define LINE_SIZE 80

struct frame {
    char topic[48];
    char payload[128];
};

void add_serial(struct frame *frame, const char *serial)
{
    // ruleid: concatenation-bound-is-destination-size
    strncat(frame->topic, serial, sizeof(frame->topic));
    // ruleid: concatenation-bound-is-destination-size
    strncat(frame->topic, serial, sizeof frame->topic);
}

void add_payload(struct frame *frame, const char *text)
{
    // ruleid: concatenation-bound-is-destination-size
    strncat(frame->payload, text, sizeof(frame->payload) - strlen(frame->payload));
}

void report(const char *user)
{
    char line[LINE_SIZE];
    line[0] = '\0';
    // ruleid: concatenation-bound-is-destination-size
    (void)strncat(line, user, LINE_SIZE);
    // ruleid: concatenation-bound-is-destination-size
    puts(strncat(line, user, sizeof(line)));
}

void add_bounded(struct frame *frame, const char *serial, size_t room)
{
    char line[LINE_SIZE] = "";
    // ok: concatenation-bound-is-destination-size
    strncat(frame->topic, serial, sizeof(frame->topic) - strlen(frame->topic) - 1);
    // ok: concatenation-bound-is-destination-size
    strncat(frame->topic, serial, room);
    // ok: concatenation-bound-is-destination-size
    strncat(line, serial, sizeof(line) - 1);
    // ok: concatenation-bound-is-destination-size
    strncat(frame->topic, serial, 8);
    // ok: concatenation-bound-is-destination-size
    strncat(frame->payload, serial, sizeof(frame->topic));
    // ok: concatenation-bound-is-destination-size
    strncpy(line, serial, sizeof(line));
    // ok: concatenation-bound-is-destination-size
    snprintf(line, sizeof(line), "%s", serial);
}
