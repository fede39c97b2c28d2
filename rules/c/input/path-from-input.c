#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STORE "/var/lib/pump/"

static FILE *open_log(const char *name)
{
    char path[256];
    snprintf(path, sizeof(path), "/var/log/pump/%s", name);
    // ruleid: path-from-input
    return fopen(path, "r");
}

FILE *by_argument(int argc, char **argv)
{
    return argc > 1 ? open_log(argv[1]) : NULL;
}

int by_request(int client)
{
    char name[64], path[128];
    ssize_t length = read(client, name, sizeof(name) - 1);
    if (length <= 0)
        return -1;
    name[length] = '\0';
    strcpy(path, STORE);
    strcat(path, name);
    // ruleid: path-from-input
    return unlink(path);
}

FILE *by_line(FILE *in, const char *directory)
{
    char name[64], path[128];
    if (fgets(name, sizeof(name), in) == NULL)
        return NULL;
    name[strcspn(name, "\n")] = '\0';
    sprintf(path, "%s/%s.txt", directory, name);
    // ruleid: path-from-input
    return fopen(path, "w");
}

int by_environment(void)
{
    char path[128];
    const char *profile = getenv("PROFILE");
    if (profile == NULL)
        return -1;
    snprintf(path, sizeof(path), "/etc/pump/profiles/%s.conf", profile);
    // ruleid: path-from-input
    return access(path, R_OK) == 0 ? remove(path) : -1;
}

FILE *checked(char **argv)
{
    char path[128];
    const char *name = argv[1];
    if (strchr(name, '/') != NULL)
        return NULL;
    snprintf(path, sizeof(path), "/var/log/pump/%s", name);
    // ok: path-from-input
    return fopen(path, "r");
}

static int is_valid_name(const char *name)
{
    for (; *name != '\0'; name++)
        if (!isalnum((unsigned char)*name))
            return 0;
    return 1;
}

FILE *checked_by_function(char **argv)
{
    char path[128];
    if (!is_valid_name(argv[1]))
        return NULL;
    snprintf(path, sizeof(path), "/var/log/pump/%s", argv[1]);
    // ok: path-from-input
    return fopen(path, "r");
}

FILE *whole_path(char **argv)
{
    // ok: path-from-input
    return fopen(argv[1], "r");
}

FILE *home(void)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/.pumprc", getenv("HOME"));
    // ok: path-from-input
    return fopen(path, "r");
}

FILE *numbered(char **argv)
{
    char path[128];
    snprintf(path, sizeof(path), "/var/log/pump/%d.log", atoi(argv[1]));
    // ok: path-from-input
    return fopen(path, "r");
}

FILE *fixed(void)
{
    char path[128];
    snprintf(path, sizeof(path), "/var/log/pump/%s", "events.log");
    // ok: path-from-input
    return fopen(path, "r");
}

int remove_numbered(char **argv)
{
    char name[24], path[128];
    unsigned long number = strtoul(argv[1], NULL, 10);
    snprintf(name, sizeof(name), "%lu", number);
    snprintf(path, sizeof(path), "/var/log/pump/%s", name);
    // ok: path-from-input
    return unlink(path);
}

#define LOG_DIR "/var/log/gateway/"

FILE *open_named(int sock)
{
    char name[64];
    char path[128];

    if (recv(sock, name, sizeof(name) - 1, 0) <= 0)
        return NULL;
    name[sizeof(name) - 1] = '\0';
    snprintf(path, sizeof(path), "%s%s", LOG_DIR, name);
    // ruleid: path-from-input
    return fopen(path, "r");
}

static int keep(const char *directory, const char *name)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", directory, name);
    // ok: path-from-input
    return open(path, O_RDONLY);
}

static int take(const char *directory, const char *name)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", directory, name);
    // ruleid: path-from-input
    return open(path, O_RDONLY);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 1;
    return keep(argv[1], "state") + take("/var/lib/pump", argv[2]);
}

static int drop(const char *name)
{
    char path[300];
    strcpy(path, "/var/log/pump/");
    strncat(path, name, 200);
    // ok: path-from-input
    return unlink(path);
}

int drop_what_is_asked_for(int socket)
{
    char name[128];
    ssize_t got = recv(socket, name, sizeof name - 1, 0);
    if (got <= 0)
        return -1;
    name[got] = '\0';
    for (const char *p = name; *p != '\0'; p++)
        if ((*p < 'a' || *p > 'z') && (*p < '0' || *p > '9'))
            return -1;
    return drop(name);
}

static const char *value_of(const char *query, const char *key)
{
    size_t length = strlen(key);
    while (query && *query) {
        if (strncmp(query, key, length) == 0 && query[length] == '=')
            return query + length + 1;
        query = strchr(query, '&');
        if (query)
            query++;
    }
    return NULL;
}

FILE *by_query(void)
{
    char path[300];
    const char *page = value_of(getenv("QUERY_STRING"), "page");
    if (!page || page[0] == '/')
        return NULL;
    int n = snprintf(path, sizeof path, "pages/%s.html", page);
    if (n < 0 || n >= (int)sizeof path)
        return NULL;
    // ruleid: path-from-input
    return fopen(path, "r");
}

FILE *by_query_without_directories(void)
{
    char path[300];
    const char *page = value_of(getenv("QUERY_STRING"), "page");
    if (!page)
        return NULL;
    for (const char *p = page; *p; p++)
        if (*p == '/')
            return NULL;
    snprintf(path, sizeof path, "pages/%s.html", page);
    // ok: path-from-input
    return fopen(path, "r");
}
