#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <syslog.h>
#include <unistd.h>

struct child {
    pid_t pid;
    int stop_signal;
};

#define TO_END(f) fseek((f), 0, SEEK_END)

long size_of(FILE *journal)
{
    // ruleid: swapped-number-arguments
    if (fseek(journal, SEEK_END, 0) != 0)
        return -1;
    // ruleid: swapped-number-arguments
    fseek(journal, SEEK_SET, 200L);
    // ok: swapped-number-arguments
    if (fseek(journal, 0, SEEK_END) != 0)
        return -1;
    // ok: swapped-number-arguments
    return TO_END(journal) ? -1 : ftell(journal);
}

off_t back(int fd, off_t offset, int whence)
{
    // ruleid: swapped-number-arguments
    lseek(fd, SEEK_SET, offset);
    // ruleid: swapped-number-arguments
    off_t at = lseek(fd, SEEK_CUR, -4);
    // ruleid: swapped-number-arguments
    at += lseek(fd, whence, offset);
    // ok: swapped-number-arguments
    at += lseek(fd, offset, whence);
    // ok: swapped-number-arguments
    return at + lseek(fd, -(off_t)sizeof(at), SEEK_CUR);
}

void stop(struct child *children, int count, pid_t pid, int sig)
{
    // ruleid: swapped-number-arguments
    kill(SIGTERM, pid);
    // ruleid: swapped-number-arguments
    kill(sig, pid);
    for (int i = 0; i < count; i++) {
        // ruleid: swapped-number-arguments
        kill(SIGUSR1, children[i].pid);
        // ok: swapped-number-arguments
        kill(children[i].pid, children[i].stop_signal);
    }
    // ok: swapped-number-arguments
    kill(pid, SIGTERM);
    // ok: swapped-number-arguments
    kill(0, sig);
    // ok: swapped-number-arguments
    kill(getppid(), sig);
}

int serve(int fd, char *bytes, size_t length, int flags)
{
    int yes = 1;
    // ruleid: swapped-number-arguments
    int s = socket(SOCK_STREAM, AF_INET, 0);
    // ruleid: swapped-number-arguments
    setsockopt(s, SO_REUSEADDR, SOL_SOCKET, &yes, sizeof yes);
    // ruleid: swapped-number-arguments
    listen(SOMAXCONN, s);
    // ruleid: swapped-number-arguments
    recv(fd, bytes, 0, length);
    // ruleid: swapped-number-arguments
    send(fd, bytes, MSG_NOSIGNAL, strlen(bytes));
    // ruleid: swapped-number-arguments
    shutdown(SHUT_WR, s);
    // ok: swapped-number-arguments
    int t = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // ok: swapped-number-arguments
    setsockopt(t, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    // ok: swapped-number-arguments
    listen(t, SOMAXCONN);
    // ok: swapped-number-arguments
    recv(fd, bytes, length, 0);
    // ok: swapped-number-arguments
    send(fd, bytes, length, flags);
    // ok: swapped-number-arguments
    send(fd, bytes, 0, flags);
    // ok: swapped-number-arguments
    return shutdown(t, SHUT_WR);
}

int keep(int fd, char *page, size_t length, uid_t uid, gid_t gid)
{
    // ruleid: swapped-number-arguments
    flock(LOCK_EX, fd);
    // ruleid: swapped-number-arguments
    fcntl(F_GETFL, fd);
    // ruleid: swapped-number-arguments
    fchmod(0600, fd);
    // ruleid: swapped-number-arguments
    fchown(fd, gid, uid);
    // ruleid: swapped-number-arguments
    mmap(NULL, length, MAP_SHARED, PROT_READ | PROT_WRITE, fd, 0);
    // ruleid: swapped-number-arguments
    mprotect(page, PROT_READ, length);
    // ruleid: swapped-number-arguments
    char *end = memchr(page, length, '\n');
    // ruleid: swapped-number-arguments
    openlog("pump", LOG_DAEMON, LOG_PID | LOG_CONS);
    // ok: swapped-number-arguments
    openlog("pump", LOG_PID | LOG_CONS, LOG_DAEMON);
    // ok: swapped-number-arguments
    end = memchr(page, '\n', length);
    // ok: swapped-number-arguments
    mprotect(page, length, PROT_READ);
    // ok: swapped-number-arguments
    mmap(NULL, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    // ok: swapped-number-arguments
    fchown(fd, uid, gid);
    // ok: swapped-number-arguments
    fchmod(fd, 0600);
    // ok: swapped-number-arguments
    fcntl(fd, F_SETFL, O_NONBLOCK);
    // ok: swapped-number-arguments
    return end != NULL && flock(fd, LOCK_EX) == 0;
}
