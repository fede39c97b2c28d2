#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void fetch(const char *target)
{
    // ruleid: option-from-input
    execl("/usr/bin/wget", "wget", "-q", target, (char *)NULL);
}

static void fetch_after_options(const char *target)
{
    // ok: option-from-input
    execl("/usr/bin/wget", "wget", "-q", "--", target, (char *)NULL);
}

static void fetch_looked_at(const char *target)
{
    if (target[0] == '-') {
        return;
    }
    // ok: option-from-input
    execl("/usr/bin/wget", "wget", "-q", target, (char *)NULL);
}

void from_console(FILE *in)
{
    char url[200];

    if (fgets(url, sizeof(url), in) == NULL) {
        return;
    }
    fetch(url);
    fetch_after_options(url);
    fetch_looked_at(url);
    // ok: option-from-input
    execl("/usr/bin/wget", "wget", "-q", "https://updates.example", (char *)NULL);
}

int name_is_valid(const char *name);

void ping(FILE *in)
{
    char host[64];

    if (fgets(host, sizeof(host), in) == NULL || !name_is_valid(host)) {
        return;
    }
    // ok: option-from-input
    execlp("ping", "ping", "-c", "1", host, (char *)NULL);
}

void mail(int sock)
{
    char to[64];

    if (recv(sock, to, sizeof(to) - 1, 0) <= 0) {
        return;
    }
    to[sizeof(to) - 1] = '\0';
    // ruleid: option-from-input
    execlp("sendmail", "sendmail", to, (char *)NULL);
}

void archive(FILE *in)
{
    char name[64];
    char copy[64];

    if (fscanf(in, "%63s", name) != 1) {
        return;
    }
    strcpy(copy, name);
    // ruleid: option-from-input
    execl("/bin/tar", "tar", "-cf", "/var/backup.tar", copy, (char *)NULL);
}

void remove_one(int fd)
{
    char name[64];
    ssize_t n = read(fd, name, sizeof(name) - 1);

    if (n <= 0) {
        return;
    }
    name[n] = '\0';
    // ruleid: option-from-input
    execl("/bin/rm", "rm", name, (char *)NULL);
    if (strcmp(name, "cache") == 0) {
        // ok: option-from-input
        execl("/bin/rm", "rm", "cache", (char *)NULL);
    }
}

void of_user(char **argv)
{
    // ok: option-from-input
    execl("/bin/ls", "ls", argv[1], (char *)NULL);
    // ok: option-from-input
    execv(argv[1], argv + 1);
}

int fetch_listed(FILE *in)
{
    char name[64];
    if (!fgets(name, sizeof name, in))
        return -1;
    // ruleid: option-from-input
    char *list[] = {"curl", "-sS", name, NULL};
    return execv("/usr/bin/curl", list);
}

int fetch_behind_dashes(FILE *in)
{
    char name[64];
    if (!fgets(name, sizeof name, in))
        return -1;
    // ok: option-from-input
    char *list[] = {"curl", "-sS", "--", name, NULL};
    return execv("/usr/bin/curl", list);
}
