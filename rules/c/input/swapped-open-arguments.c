#include <fcntl.h>
#include <sys/stat.h>

#define LOG_MODE 0640
#define LOG_FLAGS (O_WRONLY | O_APPEND)

int make(const char *path, int directory, mode_t mode)
{
    // ruleid: swapped-open-arguments
    int fd = open(path, 0600, O_CREAT | O_WRONLY | O_EXCL);
    // ruleid: swapped-open-arguments
    fd += open(path, S_IRUSR | S_IWUSR, O_RDWR | O_CREAT);
    // ruleid: swapped-open-arguments
    fd += open(path, mode, O_RDWR | O_CREAT);
    // ruleid: swapped-open-arguments
    fd += open(path, LOG_MODE, O_APPEND | O_CREAT);
    // ruleid: swapped-open-arguments
    return fd + openat(directory, path, 0644, O_CREAT | O_WRONLY);
}

int right(const char *path, int directory, mode_t mode, int flags)
{
    // ok: swapped-open-arguments
    int fd = open(path, O_CREAT | O_WRONLY | O_EXCL, 0600);
    // ok: swapped-open-arguments
    fd += open(path, flags, mode);
    // ok: swapped-open-arguments
    fd += open(path, LOG_FLAGS | O_CREAT, LOG_MODE);
    // ok: swapped-open-arguments
    fd += open(path, O_RDONLY);
    // ok: swapped-open-arguments
    return fd + openat(directory, path, O_CREAT | O_WRONLY, mode);
}

int no_file(struct door *door, int mode)
{
    // ok: swapped-open-arguments
    return door->open(door, mode, O_RDWR);
}
