#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define FINISH(fd) close(fd)

struct port {
    int fd;
};

int after_closing(const char *path)
{
    char c;
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        return -1;
    }
    close(fd);
    // ruleid: use-after-close
    return read(fd, &c, 1) == 1 ? c : -1;
}

int before_closing(const char *path)
{
    char c;
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        return -1;
    }
    // ok: use-after-close
    int got = read(fd, &c, 1) == 1;
    close(fd);
    return got ? c : -1;
}

static void port_close(struct port *port)
{
    close(port->fd);
}

void through_a_helper_and_a_field(struct port *port, const char *path)
{
    port->fd = open(path, O_WRONLY);
    if (port->fd == -1) {
        return;
    }
    port_close(port);
    // ruleid: use-after-close
    write(port->fd, "bye", 3);
}

void through_a_macro(const char *path)
{
    int fd = open(path, O_WRONLY);
    if (fd == -1) {
        return;
    }
    FINISH(fd);
    // ruleid: use-after-close
    write(fd, "bye", 3);
}

int in_a_switch(int mode)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s < 0) {
        return -1;
    }
    switch (mode) {
    case 1:
        close(s);
        // fall through
    case 2:
        // ruleid: use-after-close
        send(s, "x", 1, 0);
        break;
    default:
        // ok: use-after-close
        send(s, "y", 1, 0);
        break;
    }
    return s;
}

void in_a_loop(const char *path)
{
    int fd = open(path, O_WRONLY);
    if (fd < 0) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        // ruleid: use-after-close
        if (write(fd, "x", 1) != 1) {
            close(fd);
        }
    }
}

void opened_again(const char *path)
{
    int fd = open(path, O_WRONLY);
    if (fd < 0) {
        return;
    }
    close(fd);
    fd = open(path, O_WRONLY | O_APPEND);
    if (fd < 0) {
        return;
    }
    // ok: use-after-close
    write(fd, "x", 1);
    close(fd);
}

int a_stream(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    int c = fgetc(file);
    fclose(file);
    // ruleid: use-after-close
    return ferror(file) ? -1 : c;
}

int a_stream_closed_last(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    int c = fgetc(file);
    // ok: use-after-close
    int failed = ferror(file);
    fclose(file);
    return failed ? -1 : c;
}

void in_a_loop_that_ends(const char *path)
{
    int fd = open(path, O_WRONLY);
    if (fd < 0) {
        return;
    }
    for (int i = 0; i < 3; i++) {
        // ok: use-after-close
        if (write(fd, "x", 1) != 1) {
            break;
        }
    }
    close(fd);
}

void through_a_helper_last(struct port *port, const char *path)
{
    port->fd = open(path, O_WRONLY);
    if (port->fd == -1) {
        return;
    }
    // ok: use-after-close
    write(port->fd, "bye", 3);
    port_close(port);
}
