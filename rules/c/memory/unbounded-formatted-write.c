#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FW_PREFIX "fw-"

struct record {
    char line[80];
    const char *user;
    uint32_t dose_ul;
};

void audit_line(struct record *record)
{
    // ruleid: unbounded-formatted-write
    sprintf(record->line, "user %s set the rate", record->user);
}

void status_topic(const char *serial, int channel)
{
    char topic[40];
    // ruleid: unbounded-formatted-write
    int used = sprintf(topic, "pump/%s/%d/status", serial, channel);
    if (used < 0) {
        topic[0] = '\0';
    }
}

void padded(const char *ward)
{
    char out[24];
    // ruleid: unbounded-formatted-write
    sprintf(out, "%-20s|", ward);
    // ruleid: unbounded-formatted-write
    sprintf(out, "100%%%s", ward);
}

void split_format(const char *name, uint32_t id)
{
    char out[32];
    // ruleid: unbounded-formatted-write
    sprintf(out, FW_PREFIX "%" PRIu32
                 "-%s", id, name);
}

void log_format(const char *format, ...)
{
    char line[120];
    va_list arguments;
    va_start(arguments, format);
    // ruleid: unbounded-formatted-write
    vsprintf(line, format, arguments);
    va_end(arguments);
}

void numbers(struct record *record, const char *user)
{
    // ok: unbounded-formatted-write
    sprintf(record->line, "dose %u ul", (unsigned)record->dose_ul);
    // ok: unbounded-formatted-write
    sprintf(record->line, "%02x%02x", 0x12, 0x34);
    // ok: unbounded-formatted-write
    sprintf(record->line, "user %.16s", user);
    // ok: unbounded-formatted-write
    sprintf(record->line, "user %.*s", 16, user);
    // ok: unbounded-formatted-write
    sprintf(record->line, "100%%s of %d", 5);
    // ok: unbounded-formatted-write
    sprintf(record->line, "ready");
    // ok: unbounded-formatted-write
    sprintf(record->line, "%s", "ready");
}

void on_off(char *text, int on)
{
    // ok: unbounded-formatted-write
    sprintf(text, "pump %s", on ? "running" : "stopped");
}

void numbered(char *out, int channel)
{
    // ok: unbounded-formatted-write
    sprintf(out, "%s%d", FW_PREFIX, channel);
}

void bounded(struct record *record)
{
    // ok: unbounded-formatted-write
    (void)snprintf(record->line, sizeof(record->line), "user %s", record->user);
}

char *greeting(const char *name)
{
    char *text = (char *)malloc(strlen(name) + sizeof("hello "));
    if (text != NULL) {
        // ok: unbounded-formatted-write
        sprintf(text, "hello %s", name);
    }
    return text;
}

void bounded_list(char *line, size_t size, const char *format, va_list arguments)
{
    // ok: unbounded-formatted-write
    (void)vsnprintf(line, size, format, arguments);
}

void known_text(void)
{
    const char *const name = "pump";
    char wide[16];
    char narrow[8];

    // ok: unbounded-formatted-write
    sprintf(wide, "%s-%s", name, name);
    // ruleid: unbounded-formatted-write
    sprintf(narrow, "%s-%s", name, name);
}

struct path { struct path *next; char text[1]; };

struct path *path_of(const char *folder, const char *file)
{
    struct path *p = xmalloc(sizeof(*p) + strlen(folder) + 1 + strlen(file));
    // ok: unbounded-formatted-write
    sprintf(p->text, "%s/%s", folder, file);
    const char *text = alloca(strlen(folder) + 8);
    // ok: unbounded-formatted-write
    sprintf((char *)text, "%s/log", folder);
    return p;
}

struct path *short_path(const char *folder)
{
    struct path *p = xmalloc(sizeof(*p));
    // ruleid: unbounded-formatted-write
    sprintf(p->text, "%s/log", folder);
    return p;
}

void write_command(const struct call *call)
{
    char command[64];
    if (strcmp(call->name, "open") == 0)
        // ok: unbounded-formatted-write
        sprintf(command, "F%s,%x", call->name, call->flags);
    else if (strcmp(call->name, call->other) == 0)
        // ruleid: unbounded-formatted-write
        sprintf(command, "F%s,%x", call->name, call->flags);
    send_command(command);
}
