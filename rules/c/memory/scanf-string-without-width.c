#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setting {
    char name[16];
    char value[32];
};

int parse_setting(const char *line, struct setting *setting)
{
    // ruleid: scanf-string-without-width
    return sscanf(line, "%s = %s", setting->name, setting->value) == 2;
}

int parse_assignment(const char *line, struct setting *setting)
{
    // ruleid: scanf-string-without-width
    if (sscanf(line, "%15s %[^\n]", setting->name, setting->value) != 2) {
        return -1;
    }
    return 0;
}

int read_user(FILE *in, char *user)
{
    // ruleid: scanf-string-without-width
    return fscanf(in, "user %s", user);
}

int prompt(char *answer)
{
    // ruleid: scanf-string-without-width
    (void)scanf(" %s", answer);
    // ruleid: scanf-string-without-width
    return scanf("%" SCNu32 " %s", (uint32_t *)0, answer);
}

int parse_percent(const char *line, char *unit)
{
    // ruleid: scanf-string-without-width
    return sscanf(line, "100%%%s", unit);
}

int parse_bounded(const char *line, struct setting *setting, unsigned *rate, char **text)
{
    // ok: scanf-string-without-width
    int fields = sscanf(line, "%15s %31s", setting->name, setting->value);
    // ok: scanf-string-without-width
    fields += sscanf(line, "%15[a-z]=%31[^;]", setting->name, setting->value);
    // ok: scanf-string-without-width
    fields += sscanf(line, "%*s %u", rate);
    // ok: scanf-string-without-width
    fields += sscanf(line, "rate %u ml", rate);
    // ok: scanf-string-without-width
    fields += sscanf(line, "%u%%s", rate);
    // ok: scanf-string-without-width
    fields += sscanf(line, "%ms", text);
    // ok: scanf-string-without-width
    printf("%s\n", setting->name);
    return fields;
}

int parse_words(const char *line)
{
    size_t room = strlen(line) + 1;
    char *name = malloc(room);
    char *value = malloc(room);
    int fields = 0;
    if (name != NULL && value != NULL) {
        // ok: scanf-string-without-width
        fields = sscanf(line, "%[^ ] %s", name, value);
    }
    free(name);
    free(value);
    return fields;
}

int parse_words_short(const char *line)
{
    char *name = malloc(strlen(line));
    int fields = 0;
    if (name != NULL) {
        // ruleid: scanf-string-without-width
        fields = sscanf(line, "%s", name);
    }
    free(name);
    return fields;
}

int parse_request(struct request *request)
{
    size_t room = strlen(request->line) + 1;
    request->method = (char *)own_allocator(room);
    request->url = (char *)own_allocator(room);
    // ok: scanf-string-without-width
    return sscanf(request->line, "%[^ ] %[^ ]", request->method, request->url);
}

char *parse_name(const char *equals, const char *kind)
{
    char *name = calloc(1, strlen(equals) + strlen(kind) + 2);
    if (name == NULL) {
        return NULL;
    }
    strcpy(name, kind);
    // ok: scanf-string-without-width
    if (sscanf(equals, "%[_a-z]", name + strlen(kind)) != 1) {
        name[0] = 0;
    }
    return name;
}
