#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

int first(const char *path)
{
    // ruleid: resource-leak
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    int c = fgetc(file);
    if (c == EOF) {
        return -2;
    }
    fclose(file);
    return c;
}

int first_closed(const char *path)
{
    // ok: resource-leak
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    int c = fgetc(file);
    fclose(file);
    return c == EOF ? -2 : c;
}

int write_both(const char *a, const char *b)
{
    // ok: resource-leak
    FILE *in = fopen(a, "r");
    if (in == NULL) {
        return -1;
    }
    int c = fgetc(in);
    (void)fclose(in);
    if (c == EOF) {
        return -2;
    }
    // ok: resource-leak
    FILE *out = fopen(b, "w");
    if (out == NULL) {
        return -3;
    }
    int written = fputc(c, out) == c;
    return (fclose(out) == 0 && written) ? 0 : -4;
}

static void done(FILE *file)
{
    fclose(file);
}

void through_helper(const char *path)
{
    // ok: resource-leak
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        done(file);
    }
}

FILE *given_away(const char *path)
{
    // ok: resource-leak
    FILE *file = fopen(path, "r");
    return file;
}

int count(const char *path)
{
    int n = 0;
    // ruleid: resource-leak
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return -1;
    }
    while (readdir(directory) != NULL) {
        n++;
    }
    return n;
}

int read_mode(const char *path, int wanted)
{
    // ruleid: resource-leak
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    switch (wanted) {
    case 1:
        fclose(file);
        return 1;
    case 2:
        return 2;
    default:
        fclose(file);
        return 0;
    }
}

static FILE *opened(const char *path)
{
    return fopen(path, "r");
}

int through_a_wrapper(const char *path)
{
    // ruleid: resource-leak
    FILE *file = opened(path);
    return file == NULL ? -1 : fgetc(file);
}

struct log {
    FILE *file;
};

int kept(struct log *log)
{
    // ok: resource-leak
    log->file = fopen("log", "a");
    return log->file == NULL ? -1 : 0;
}

int a_descriptor(const char *path)
{
    char c;
    // ruleid: resource-leak
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        return -1;
    }
    if (read(fd, &c, 1) != 1) {
        return -1;
    }
    close(fd);
    return c;
}

int a_connection(const struct sockaddr *to, socklen_t length)
{
    // ruleid: resource-leak
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s == -1 || connect(s, to, length) == -1) {
        return -1;
    }
    return s;
}

int a_connection_closed(const struct sockaddr *to, socklen_t length)
{
    // ok: resource-leak
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s == -1) {
        return -1;
    }
    if (connect(s, to, length) == -1) {
        close(s);
        return -1;
    }
    return s;
}

int kept_by_its_lock(const char *path)
{
    // ok: resource-leak
    int fd = open(path, O_RDWR);
    if (fd < 0) {
        return -1;
    }
    return flock(fd, LOCK_EX);
}

static int listeners[4];

void kept_in_a_table(int at)
{
    // ok: resource-leak
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s >= 0) {
        listeners[at] = s;
    }
}
