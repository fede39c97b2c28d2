#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_own(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return 0;
    return S_ISREG(info.st_mode) && info.st_uid == 0;
}

static int may_write(const char *path)
{
    return access(path, W_OK) == 0;
}

static int is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static int is_long(const char *path)
{
    return strlen(path) > 64;
}

int open_own(const char *path)
{
    if (!is_own(path))
        return -1;
    // ruleid: check-elsewhere-then-open
    return open(path, O_RDONLY);
}

FILE *open_log(const char *path)
{
    if (!may_write(path))
        return NULL;
    // ruleid: check-elsewhere-then-open
    return fopen(path, "a");
}

int start_anew(const char *path)
{
    if (may_write(path) == 0)
        return -1;
    // ruleid: check-elsewhere-then-open
    return truncate(path, 0);
}

int make_anew(const char *path)
{
    if (is_own(path))
        // ruleid: check-elsewhere-then-open
        return creat(path, 0600);
    // ruleid: check-elsewhere-then-open
    return open(path, O_RDWR);
}

int open_short(const char *path)
{
    if (is_long(path))
        return -1;
    // ok: check-elsewhere-then-open
    return open(path, O_RDONLY);
}

FILE *open_there(const char *path)
{
    if (!is_there(path))
        return NULL;
    // ok: check-elsewhere-then-open
    return fopen(path, "r");
}

int open_and_ask(const char *path)
{
    struct stat info;
    if (!is_own(path))
        return -1;
    // ok: check-elsewhere-then-open
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &info) != 0 || info.st_uid != 0)
        return -1;
    return fd;
}

int make_new(const char *path)
{
    if (is_own(path))
        return -1;
    // ok: check-elsewhere-then-open
    return open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

FILE *open_other(const char *path)
{
    if (!is_own(path))
        return NULL;
    // ok: check-elsewhere-then-open
    return fopen("/etc/pump.conf", "r");
}

FILE *open_before(const char *path)
{
    // ok: check-elsewhere-then-open
    FILE *file = fopen(path, "r");
    return file != NULL && is_own(path) ? file : NULL;
}

static int size_of(const char *path, long *size)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return UPDATER_OK;
    *size = info.st_size;
    return 0;
}

FILE *open_sized(const char *path, long *size)
{
    if (size_of(path, size) != 0)
        return NULL;
    // ok: check-elsewhere-then-open
    return fopen(path, "r");
}
