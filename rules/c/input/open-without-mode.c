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

int gathered(const char *path, int is_new, int directory)
{
    int flags = O_WRONLY | O_CREAT | O_APPEND;
    int more = O_RDWR;

    more |= O_CREAT | O_EXCL;
    // ruleid: open-without-mode
    int fd = open(path, flags);
    if (fd < 0)
        // ruleid: open-without-mode
        fd = openat(directory, path, more);
    // ok: open-without-mode
    fd += open(path, flags, 0600);
    more &= ~O_CREAT;
    // ok: open-without-mode
    fd += open(path, more);
    return fd;
}

int anew(const char *path)
{
    int flags = O_WRONLY | O_CREAT;
    int fd = open(path, flags, 0600);

    flags = O_RDONLY;
    // ok: open-without-mode
    return fd + open(path, flags);
}

int decided(const char *path, int flags, int is_new)
{
    int fd;

    if (is_new) {
        flags |= O_CREAT;
        // ok: open-without-mode
        fd = open(path, flags, 0600);
    } else {
        // ok: open-without-mode
        fd = open(path, flags);
    }
    return fd;
}
