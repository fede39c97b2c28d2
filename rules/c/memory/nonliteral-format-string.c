#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>

#define BANNER "service console\n"
#define _(text) translate(text)

static const char usage[] = "usage: pumpctl COMMAND\n";
static const char *const farewell = "bye\n";

const char *translate(const char *text);
const char *topic_of(int channel);

struct event {
    char text[64];
    int code;
};

void show(const char *received)
{
    // ruleid: nonliteral-format-string
    printf(received);
    // ruleid: nonliteral-format-string
    (void)fprintf(stderr, received);
}

void publish(struct event *event)
{
    // ruleid: nonliteral-format-string
    syslog(LOG_INFO, event->text);
    // ruleid: nonliteral-format-string
    printf((const char *)event->text);
}

int store(char *line, size_t size, char **argv)
{
    // ruleid: nonliteral-format-string
    int used = snprintf(line, size, argv[1]);
    // ruleid: nonliteral-format-string
    used += sprintf(line, topic_of(2));
    return used;
}

void clean(const char *received, struct event *event, char *line, size_t size)
{
    // ok: nonliteral-format-string
    printf("%s", received);
    // ok: nonliteral-format-string
    printf("ready\n");
    // ok: nonliteral-format-string
    printf(BANNER);
    // ok: nonliteral-format-string
    printf(usage);
    // ok: nonliteral-format-string
    fputs(received, stdout);
    // ok: nonliteral-format-string
    fprintf(stderr, farewell);
    // ok: nonliteral-format-string
    printf(_("pump ready\n"));
    // ok: nonliteral-format-string
    printf(event->code == 0 ? "ok\n" : "failed\n");
    // ok: nonliteral-format-string
    syslog(LOG_ERR, "code " BANNER);
    // ok: nonliteral-format-string
    snprintf(line, size, received, event->code);
    // ok: nonliteral-format-string
    sprintf(line, "%d", event->code);
}

int prefer(char *line, int n, const char *name)
{
    // ok: nonliteral-format-string
    snprintf(line, n, REQUEST_FORMAT(name, n));
    char ready[16];
    strcpy(ready, "ready");
    // ok: nonliteral-format-string
    return printf(ready);
}
