#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void split(char *line)
{
    char *colon = strchr(line, ':');
    // ruleid: unchecked-lookup-result
    *colon = '\0';
}

int split_checked(char *line)
{
    char *colon = strchr(line, ':');
    if (colon == NULL) {
        return -1;
    }
    // ok: unchecked-lookup-result
    *colon = '\0';
    return 0;
}

size_t home_length(void)
{
    // ruleid: unchecked-lookup-result
    return strlen(getenv("HOME"));
}

int first(const char *path)
{
    FILE *file = fopen(path, "r");
    // ruleid: unchecked-lookup-result
    int c = fgetc(file);
    fclose(file);
    return c;
}

char extension(const char *name)
{
    const char *dot = strrchr(name, 46);
    // ruleid: unchecked-lookup-result
    return dot[1];
}

char found_0(char *name)
{
    char *at = strchr(name, 58);
    if (at == NULL) {
        return 0;
    }
    // ok: unchecked-lookup-result
    return *at;
}

char found_1(char *name)
{
    char *at = strrchr(name, 46);
    if (!at) {
        return 0;
    }
    // ok: unchecked-lookup-result
    return *at;
}

char found_2(char *name)
{
    char *at = strstr(name, "id");
    if (at == 0) {
        return 0;
    }
    // ok: unchecked-lookup-result
    return *at;
}

char found_3(char *name)
{
    char *at = getenv(name);
    if (at == NULL) {
        return 0;
    }
    // ok: unchecked-lookup-result
    return *at;
}

char found_4(char *name)
{
    char *at = strpbrk(name, ";,");
    if (NULL == at) {
        return 0;
    }
    // ok: unchecked-lookup-result
    return *at;
}
