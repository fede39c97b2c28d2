#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct account {
    char user[32];
    char password[64];
};

static int dial(const struct sockaddr *to, socklen_t length)
{
    int s = socket(to->sa_family, SOCK_STREAM, 0);
    if (s >= 0 && connect(s, to, length) != 0)
        return -1;
    return s;
}

static int say(int s, const char *line)
{
    // ruleid: secret-sent-in-clear
    return send(s, line, strlen(line), 0) < 0;
}

static int login(int s, const struct account *a)
{
    char line[128];
    snprintf(line, sizeof line, "LOGIN %s %s\r\n", a->user, a->password);
    return say(s, line);
}

static int login_directly(int s, const char *password)
{
    // ruleid: secret-sent-in-clear
    return write(s, password, strlen(password)) < 0;
}

static int login_by_token(int s)
{
    char line[256] = "Authorization: Bearer ";
    const char *value = getenv("DEVICE_TOKEN");
    if (!value)
        return -1;
    strncat(line, value, 200);
    // ruleid: secret-sent-in-clear
    return send(s, line, strlen(line), 0) < 0;
}

static int greet(int s, const struct account *a)
{
    char line[64];
    snprintf(line, sizeof line, "USER %s, %zu\r\n", a->user, strlen(a->password));
    // ok: secret-sent-in-clear
    return send(s, line, strlen(line), 0) < 0;
}

static int answer(int s, const struct account *a, const char *given)
{
    int right = strcmp(given, a->password) == 0;
    char line[8];
    snprintf(line, sizeof line, "%d\n", right);
    // ok: secret-sent-in-clear
    return send(s, line, strlen(line), 0) < 0;
}

static int confirm(int s, const char *passphrase)
{
    int n = (int)strlen(passphrase);
    // ruleid: secret-sent-in-clear
    return send(s, passphrase, (size_t)n, 0) == n ? 0 : -1;
}

static int hello(int s, const struct account *a)
{
    // ok: secret-sent-in-clear
    return send(s, a->user, strlen(a->user), 0) < 0;
}

static int report(int s, const char *text, const char *password)
{
    if (password == NULL)
        return -1;
    // ok: secret-sent-in-clear
    return send(s, text, strlen(text), 0) < 0;
}

static int length_of(int s, const char *password)
{
    unsigned char n = (unsigned char)strlen(password);
    // ok: secret-sent-in-clear
    return send(s, &n, 1, 0) < 0;
}

static int ask(int s)
{
    // ok: secret-sent-in-clear
    return send(s, "password: ", 10, 0) < 0;
}

int answer(int client, const char *user, const char *password)
{
    char line[64];
    int known = verify_login(user, password);
    int length = snprintf(line, sizeof line, "login %s: %d\n", user, known);
    // ok: secret-sent-in-clear
    return send(client, line, length, 0);
}

struct filter {
    int socket;
    int pass;
};

int tell(struct filter *filter)
{
    char line[64];
    int length = snprintf(line, sizeof line, "pass %d\n", filter->pass);
    // ok: secret-sent-in-clear
    return send(filter->socket, line, length, 0);
}

int keep(const char *password)
{
    int file = open("/etc/device/upload", O_WRONLY);
    // ok: secret-sent-in-clear
    return write(file, password, strlen(password));
}
