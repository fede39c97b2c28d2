#include <fcntl.h>
#include <sys/stat.h>

int open_log(const char *path)
{
    // ruleid: decimal-file-mode
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 600);
    // ok: decimal-file-mode
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    // ok: decimal-file-mode
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND, S_IRUSR | S_IWUSR);
    return fd;
}

void rights(const char *path)
{
    // ruleid: decimal-file-mode
    chmod(path, 644);
    // ruleid: decimal-file-mode
    mkdir(path, 755);
    // ok: decimal-file-mode
    mkdir(path, 0755);
    // ok: decimal-file-mode
    chmod(path, 0);
}

void masks(int fd, mode_t mode)
{
    // ruleid: decimal-file-mode
    umask(177);
    // ok: decimal-file-mode
    umask(0177);
    // ok: decimal-file-mode
    fchmod(fd, mode);
}
