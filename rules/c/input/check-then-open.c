#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct storage {
    char path[64];
};

FILE *open_settings(const char *path)
{
    if (access(path, R_OK) == 0) {
        // ruleid: check-then-open
        return fopen(path, "r");
    }
    return NULL;
}

int open_image(struct storage *storage)
{
    struct stat info;
    if (stat(storage->path, &info) != 0 || info.st_size == 0) {
        return -1;
    }
    // ruleid: check-then-open
    return open(storage->path, O_RDONLY);
}

int truncate_log(const char *path)
{
    int present = access(path, W_OK);
    if (present != 0) {
        return -1;
    }
    // ruleid: check-then-open
    FILE *log = fopen(path, "w");
    return log == NULL ? -1 : fclose(log);
}

int create_once(const char *path)
{
    struct stat info;
    if (lstat(path, &info) == 0)
        return -1;
    // ruleid: check-then-open
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    return fd;
}

int open_then_check(const char *path)
{
    struct stat info;
    // ok: check-then-open
    int fd = open(path, O_RDONLY | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &info) != 0) {
        return -1;
    }
    return fd;
}

FILE *other_file(const char *path, const char *backup)
{
    if (access(backup, F_OK) == 0) {
        // ok: check-then-open
        return fopen(path, "r");
    }
    // ok: check-then-open
    return fopen("/etc/pump/defaults", "r");
}

int create_exclusively(const char *path)
{
    if (access(path, F_OK) == 0) {
        return -1;
    }
    // ok: check-then-open
    return open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

long size_of(const char *path)
{
    struct stat info;
    // ok: check-then-open
    return stat(path, &info) == 0 ? (long)info.st_size : -1L;
}

FILE *open_first(const char *path)
{
    // ok: check-then-open
    FILE *file = fopen(path, "r");
    if (file == NULL && access(path, F_OK) == 0) {
        perror(path);
    }
    return file;
}

int open_the_same(const char *path)
{
    struct stat checked;
    struct stat opened;
    int fd;
    if (lstat(path, &checked) != 0) {
        return -1;
    }
    // ok: check-then-open
    if ((fd = open(path, O_RDWR)) < 0) {
        return -1;
    }
    if (fstat(fd, &opened) < 0 || checked.st_ino != opened.st_ino || checked.st_dev != opened.st_dev) {
        close(fd);
        return -1;
    }
    return fd;
}

int open_another(const char *path)
{
    struct stat checked;
    int fd;
    if (lstat(path, &checked) != 0) {
        return -1;
    }
    // ruleid: check-then-open
    if ((fd = open(path, O_RDWR)) < 0) {
        return -1;
    }
    return fd;
}
