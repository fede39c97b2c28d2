#include <fcntl.h>

int make(const char *path, int directory)
{
    // ruleid: open-without-mode
    int fd = open(path, O_CREAT | O_WRONLY);
    // ruleid: open-without-mode
    return fd + openat(directory, path, O_RDWR | O_CREAT | O_TRUNC);
}

int right(const char *path, int directory)
{
    // ok: open-without-mode
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    // ok: open-without-mode
    fd += openat(directory, path, O_RDWR);
    // ok: open-without-mode
    return fd + open(path, O_RDONLY);
}

int more(const char *path, int directory, int flags)
{
    // ruleid: open-without-mode
    int fd = open(path, O_CREAT);
    // ruleid: open-without-mode
    fd += open(path, O_TMPFILE | O_RDWR);
    // ok: open-without-mode
    fd += open(path, flags);
    // ok: open-without-mode
    fd += open(path, O_WRONLY | O_TRUNC);
    // ok: open-without-mode
    return fd + openat(directory, path, O_CREAT | O_RDWR, S_IRUSR | S_IWUSR);
}

int no_file(struct door *door, int flags)
{
    // ok: open-without-mode
    door->open(door, O_CREAT);
    // ok: open-without-mode
    return open("/dev/null", O_RDWR | O_CLOEXEC);
}
