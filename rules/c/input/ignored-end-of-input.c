#include <sys/socket.h>
#include <unistd.h>

long count_all(int in)
{
    char bytes[64];
    long all = 0;
    // ruleid: ignored-end-of-input
    for (;;) {
        ssize_t got = read(in, bytes, sizeof(bytes));
        if (got < 0)
            return -1;
        all += got;
    }
}

void serve(int client)
{
    char bytes[64];
    ssize_t got;
    // ruleid: ignored-end-of-input
    while ((got = recv(client, bytes, sizeof(bytes), 0)) >= 0)
        send(client, bytes, (size_t)got, 0);
}

void serve_until_closed(int client)
{
    char bytes[64];
    ssize_t got;
    // ok: ignored-end-of-input
    while ((got = recv(client, bytes, sizeof(bytes), 0)) > 0)
        send(client, bytes, (size_t)got, 0);
}

long count_to_end(int in)
{
    char bytes[64];
    long all = 0;
    // ok: ignored-end-of-input
    for (;;) {
        ssize_t got = read(in, bytes, sizeof(bytes));
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        all += got;
    }
    return all;
}

int wait_for(int in, char sign)
{
    char byte;
    // ok: ignored-end-of-input
    for (;;) {
        ssize_t got = read(in, &byte, 1);
        if (got < 0)
            return -1;
        if (byte == sign)
            return 0;
    }
}

void relay(int from, int to)
{
    char bytes[64];
    ssize_t got;
    // ruleid: ignored-end-of-input
    while (1) {
        if ((got = recv(from, bytes, sizeof(bytes), 0)) < 0)
            break;
        send(to, bytes, (size_t)got, 0);
    }
}

void drain(int in)
{
    char bytes[64];
    // ruleid: ignored-end-of-input
    while (read(in, bytes, sizeof(bytes)) != -1)
        ;
}

void drain_right(int in)
{
    char bytes[64];
    // ok: ignored-end-of-input
    while (read(in, bytes, sizeof(bytes)) > 0)
        ;
}

void relay_right(int from, int to)
{
    char bytes[64];
    // ok: ignored-end-of-input
    for (;;) {
        ssize_t got = recv(from, bytes, sizeof(bytes), 0);
        if (got <= 0)
            break;
        send(to, bytes, (size_t)got, 0);
    }
}

void wait_and_read(int in)
{
    char bytes[64];
    // ok: ignored-end-of-input
    for (;;) {
        ssize_t got = read(in, bytes, sizeof(bytes));
        if (got < 0)
            return;
        if (!got)
            continue_elsewhere(in);
    }
}

int count_turned(int file)
{
    char bytes[64];
    int all = 0;
    // ok: ignored-end-of-input
    for (;;) {
        ssize_t got = read(file, bytes, sizeof(bytes));
        if (got < 0)
            return -1;
        all++;
        if (0 == got)
            return all;
    }
}
/root/.pyenv/libexec/pyenv-hooks: line 24: enable: cannot open shared object /root/.pyenv/libexec/pyenv-realpath.dylib: /root/.pyenv/libexec/pyenv-realpath.dylib: cannot open shared object file: No such file or directory
