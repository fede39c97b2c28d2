#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>

struct device { char *label; };

static void note(const char *how, ...)
{
    char line[128];
    va_list rest;
    va_start(rest, how);
    // ok: tainted-format-string
    vsnprintf(line, sizeof(line), how, rest);
    va_end(rest);
    fputs(line, stderr);
}

static void trace(const char *how, ...)
{
    va_list rest;
    va_start(rest, how);
    // ok: tainted-format-string
    vfprintf(stderr, how, rest);
    va_end(rest);
}

void greet(int argc, char **argv)
{
    if (argc > 1)
        // ruleid: tainted-format-string
        note(argv[1]);
    // ok: tainted-format-string
    note("%s", argv[0]);
    trace("%s", argc > 1 ? argv[1] : "");
    trace("started\n");
}

void receive(int socket, struct device *device)
{
    char text[64], line[128];
    ssize_t length = recv(socket, text, sizeof(text) - 1, 0);
    if (length <= 0)
        return;
    text[length] = '\0';
    // ruleid: tainted-format-string
    syslog(LOG_INFO, text);
    // ok: tainted-format-string
    syslog(LOG_INFO, "%s", text);
    snprintf(line, sizeof(line), "from peer: %s", text);
    // ruleid: tainted-format-string
    fprintf(stderr, line);
    device->label = getenv("DEVICE_LABEL");
    // ruleid: tainted-format-string
    printf(device->label, length);
}

void configured(FILE *file)
{
    char line[64] = "";
    // ok: tainted-format-string
    printf(line);
    if (fgets(line, sizeof(line), file) == NULL)
        return;
    // ok: tainted-format-string
    printf("%s", line);
    // ruleid: tainted-format-string
    printf(line);
    strcpy(line, "ready\n");
    char other[64];
    strcpy(other, "none\n");
    // ok: tainted-format-string
    printf(other);
}

int number(char **argv)
{
    // ok: tainted-format-string
    return printf("%d\n", atoi(argv[1]));
}

static const char *format_for(int wide)
{
    return wide ? "%10s|%10s\n" : "%s,%s\n";
}

void show(char **argv, const char *a, const char *b)
{
    int wide = strcmp(argv[1], "-w") == 0;
    // ok: tainted-format-string
    printf(format_for(wide), a, b);
}

static int column_of(char *format, size_t size, const char *text)
{
    char *end;
    long width = strtol(text, &end, 10);
    if (end == text || width < 1)
        return -1;
    snprintf(format, size, "%%-%lds|\n", width);
    return 0;
}

void columns(char **argv)
{
    char format[16];
    if (column_of(format, sizeof(format), argv[1]) == 0)
        // ok: tainted-format-string
        printf(format, argv[2]);
    int digit = argv[1][0] - '0';
    snprintf(format, sizeof(format), "%%%ds\n", digit);
    // ok: tainted-format-string
    printf(format, argv[2]);
    snprintf(format, sizeof(format), "%%%s\n", argv[1]);
    // ruleid: tainted-format-string
    printf(format, argv[2]);
}

static const char *const greetings[] = {"%d messages\n", "%d Nachrichten\n"};

static const char *greeting_in(const char *language)
{
    return language != NULL && language[0] == 'd' ? greetings[1] : greetings[0];
}

void greet(int count)
{
    // ok: tainted-format-string
    printf(greeting_in(getenv("LANG")), count);
    // ruleid: tainted-format-string
    printf(getenv("GREETING"), count);
}
