#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct clock {
    time_t now;
    struct tm *(*localtime)(time_t now, int zone);
};

int split(char *line, char *fields[], int capacity)
{
    int count = 0;
    // ruleid: non-reentrant-call
    for (char *field = strtok(line, ","); field != NULL && count < capacity; count++) {
        fields[count] = field;
        // ruleid: non-reentrant-call
        field = strtok(NULL, ",");
    }
    return count;
}

void stamp(const struct clock *clock, char *line, size_t size)
{
    // ruleid: non-reentrant-call
    struct tm *parts = gmtime(&clock->now);
    strftime(line, size, "%Y-%m-%dT%H:%M:%SZ", parts);
    // ruleid: non-reentrant-call
    puts(asctime(localtime(&clock->now)));
    // ruleid: non-reentrant-call
    fputs(ctime(&clock->now), stderr);
}

void report(void)
{
    // ruleid: non-reentrant-call
    fprintf(stderr, "flash: %s\n", strerror(errno));
}

int clean(const struct clock *clock, char *line, char *line_end[], size_t size)
{
    struct tm parts;
    char *rest = NULL;
    // ok: non-reentrant-call
    char *field = strtok_r(line, ",", &rest);
    // ok: non-reentrant-call
    if (gmtime_r(&clock->now, &parts) == NULL) {
        return -1;
    }
    // ok: non-reentrant-call
    localtime_r(&clock->now, &parts);
    // ok: non-reentrant-call
    line_end[0] = (char *)clock->localtime(clock->now, 0);
    // ok: non-reentrant-call
    strerror_r(errno, line, size);
    // ok: non-reentrant-call
    time_t seconds = mktime(&parts);
    // ok: non-reentrant-call
    puts("gmtime(&now)");
    return field != NULL && seconds > 0 ? 0 : -1;
}
