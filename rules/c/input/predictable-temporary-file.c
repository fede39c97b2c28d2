#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct report {
    char path[64];
    FILE *file;
};

int report_open(struct report *report)
{
    // ruleid: predictable-temporary-file
    if (tmpnam(report->path) == NULL) {
        return -1;
    }
    report->file = fopen(report->path, "w");
    return report->file == NULL ? -1 : 0;
}

char *scratch_name(void)
{
    // ruleid: predictable-temporary-file
    return tempnam("/var/tmp", "pump");
}

FILE *update_package(void)
{
    char path[] = "/tmp/update.XXXXXX";
    // ruleid: predictable-temporary-file
    return fopen(mktemp(path), "wb");
}

FILE *scratch(void)
{
    // ruleid: predictable-temporary-file
    FILE *file = tmpfile();
    return file;
}

struct maker {
    char *(*mktemp)(const char *prefix, int size);
};

int clean(struct report *report, const struct maker *maker)
{
    char path[] = "/run/pump/report.XXXXXX";
    // ok: predictable-temporary-file
    int fd = mkstemp(path);
    // ok: predictable-temporary-file
    report->file = fdopen(fd, "w");
    // ok: predictable-temporary-file
    char *name = maker->mktemp("report", 16);
    // ok: predictable-temporary-file
    char *directory = mkdtemp(path);
    // ok: predictable-temporary-file
    int temperature = read_temp(fd);
    // ok: predictable-temporary-file
    puts("mktemp(path) is not used");
    return name != NULL && directory != NULL ? temperature : -1;
}

int export_trend(void)
{
    char path[64];
    char other[64];

    snprintf(path, sizeof(path), "/tmp/trend-%ld.csv", (long)getpid());
    snprintf(other, sizeof(other), "/var/lib/monitor/trend-%ld.csv", (long)getpid());
    // ok: predictable-temporary-file
    open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    // ok: predictable-temporary-file
    open(path, O_RDONLY);
    // ok: predictable-temporary-file
    open(other, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    // ruleid: predictable-temporary-file
    fopen("/tmp/trend.csv", "w");
    // ok: predictable-temporary-file
    fopen("/tmp/trend.csv", "r");
    // ruleid: predictable-temporary-file
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
}
