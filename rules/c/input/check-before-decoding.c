#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void url_decode(char *text);
int percent_decode(char *to, size_t size, const char *from);
char *unescape(const char *text);
void lower(char *text);

static int open_page(char *uri, FILE **out)
{
    char path[400];
    if (strstr(uri, "..") != NULL)
        return 403;
    url_decode(uri);
    int n = snprintf(path, sizeof path, "/srv/www%s", uri);
    if (n < 0 || (size_t)n >= sizeof path)
        return 414;
    // ruleid: check-before-decoding
    *out = fopen(path, "rb");
    return *out ? 200 : 404;
}

static int open_page_right(char *uri, FILE **out)
{
    char path[400];
    url_decode(uri);
    if (strstr(uri, "..") != NULL)
        return 403;
    snprintf(path, sizeof path, "/srv/www%s", uri);
    // ok: check-before-decoding
    *out = fopen(path, "rb");
    return *out ? 200 : 404;
}

static int open_page_checked_twice(char *uri)
{
    char path[400];
    if (strstr(uri, "..") != NULL)
        return -1;
    url_decode(uri);
    if (strstr(uri, "../") != NULL)
        return -1;
    snprintf(path, sizeof path, "/srv/www%s", uri);
    // ok: check-before-decoding
    return open(path, O_RDONLY);
}

struct request {
    char target[200];
    char file[256];
};

static int has_dotdot(const char *path)
{
    for (const char *p = path; *p != '\0'; p++)
        if (p[0] == '.' && p[1] == '.')
            return 1;
    return 0;
}

static int load(const char *file)
{
    // ruleid: check-before-decoding
    return open(file, O_RDONLY);
}

int answer(struct request *r)
{
    char name[200];
    if (has_dotdot(r->target))
        return -1;
    if (percent_decode(name, sizeof name, r->target) != 0)
        return -1;
    strcpy(r->file, "/var/lib/pump/");
    strncat(r->file, name, 100);
    return load(r->file);
}

FILE *by_copy(const char *asked)
{
    char path[256];
    const char *up = strstr(asked, "../");
    if (up)
        return NULL;
    char *name = unescape(asked);
    snprintf(path, sizeof path, "logs/%s", name);
    free(name);
    // ruleid: check-before-decoding
    return fopen(path, "r");
}

FILE *by_copy_right(const char *asked)
{
    char path[256], whole[4096];
    if (strstr(asked, ".."))
        return NULL;
    char *name = unescape(asked);
    snprintf(path, sizeof path, "logs/%s", name);
    free(name);
    if (!realpath(path, whole) || strncmp(whole, "/srv/logs/", 10) != 0)
        return NULL;
    // ok: check-before-decoding
    return fopen(whole, "r");
}

static int drop(char *item)
{
    char path[128];
    url_decode(item);
    snprintf(path, sizeof path, "spool/%s", item);
    // ruleid: check-before-decoding
    return unlink(path);
}

int drop_item(char *line)
{
    if (strstr(line, "..") || line[0] == '/')
        return -1;
    return drop(line);
}

int in_small_letters(char *name)
{
    char path[128];
    if (strstr(name, ".."))
        return -1;
    lower(name);
    snprintf(path, sizeof path, "spool/%s", name);
    // ok: check-before-decoding
    return unlink(path);
}

int another_text(char *name, char *query)
{
    char path[128];
    if (strstr(name, ".."))
        return -1;
    url_decode(query);
    snprintf(path, sizeof path, "spool/%s", name);
    puts(query);
    // ok: check-before-decoding
    return unlink(path);
}

int once(char *name)
{
    char path[128];
    if (strstr(name, "%2e") != NULL)
        return -1;
    url_decode(name);
    for (char *p = name; *p; p++)
        if (!isalnum((unsigned char)*p))
            *p = '_';
    if (strchr(name, '/') != NULL)
        return -1;
    snprintf(path, sizeof path, "spool/%s", name);
    // ok: check-before-decoding
    return unlink(path);
}
