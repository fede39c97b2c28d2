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
    int c = fgetc(file);
    // ruleid: unchecked-lookup-result
    fclose(file);
    return c;
}
