#include <stdio.h>
#include <syslog.h>

#define LOG(...) printf(__VA_ARGS__)
#define SHOW(format, value) printf(format, value)

struct pump { const char *name; int rate; };

void report(const struct pump *pump, const char *how, int code)
{
    char line[64];
    // ruleid: format-mismatch
    printf("%s runs at %d\n", pump->name);
    // ruleid: format-mismatch
    fprintf(stderr, "%d %d %d\n", code, pump->rate);
    // ruleid: format-mismatch
    snprintf(line, sizeof(line), "%s", pump->rate);
    // ruleid: format-mismatch
    syslog(LOG_INFO, "code %d of %s", code, code);
    // ruleid: format-mismatch
    printf("%*d\n", 5);
    // ok: format-mismatch
    printf("%s runs at %d\n", pump->name, pump->rate);
    // ok: format-mismatch
    printf("version %s, %s\n", VERSION, name_of(code));
    // ok: format-mismatch
    printf("100%%\n");
    // ok: format-mismatch
    syslog(LOG_ERR, "open: %m");
    // ok: format-mismatch
    printf(how, code);
    // ok: format-mismatch
    LOG("%s\n", pump->name);
    // ok: format-mismatch
    SHOW("%d\n", code);
    // ok: format-mismatch
    printf("%*d\n", 5, code);
    // ok: format-mismatch
    printf("%s %s\n", line, code > 3 ? "high" : "low");
}
