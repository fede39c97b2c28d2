#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_MODE 0640

int open_log(const char *path)
{
    // ruleid: world-writable-file
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0666);
    // ruleid: world-writable-file
    (void)chmod("/etc/pump/settings", 0777);
    return fd;
}

void make_directories(void)
{
    // ruleid: world-writable-file
    mkdir("/var/lib/pump", 0777);
    // ruleid: world-writable-file
    mkdir("/var/lib/pump/updates", S_IRWXU | S_IRWXG | S_IRWXO);
    // ruleid: world-writable-file
    umask(0);
    // ruleid: world-writable-file
    umask(0000);
}

int make_pipe(const char *path)
{
    // ruleid: world-writable-file
    return mkfifo(path, 0622);
}

int share(int fd)
{
    // ruleid: world-writable-file
    return fchmod(fd, S_IRUSR | S_IWUSR | S_IWOTH);
}

int clean(const char *path, mode_t mode, int fd)
{
    // ok: world-writable-file
    int status = open(path, O_WRONLY | O_CREAT, 0600);
    // ok: world-writable-file
    status |= open(path, O_RDONLY);
    // ok: world-writable-file
    status |= chmod(path, 0644);
    // ok: world-writable-file
    status |= chmod(path, 0755);
    // ok: world-writable-file
    status |= chmod(path, 0664);
    // ok: world-writable-file
    status |= mkdir(path, S_IRWXU | S_IRGRP | S_IXGRP);
    // ok: world-writable-file
    status |= fchmod(fd, mode & ~S_IWOTH);
    // ok: world-writable-file
    status |= creat(path, LOG_MODE);
    // ok: world-writable-file
    status |= (int)umask(077);
    // ok: world-writable-file
    status |= (int)umask(mode);
    return status;
}

struct file_mode { const char *path; mode_t mode; };

static const struct file_mode modes[] = {
    // ruleid: world-writable-file
    { "/etc/monitor/device.key", 0666 },
    // ok: world-writable-file
    { "/etc/monitor/motd", 0644 },
    // ok: world-writable-file
    { "limit", 0666 },
};
