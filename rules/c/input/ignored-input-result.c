#include <stdio.h>
#include <stdlib.h>

struct settings {
    unsigned magic;
    char name[16];
};

#define READ(to, file) fread(&(to), sizeof(to), 1, file)

int load(FILE *file, struct settings *settings)
{
    // ruleid: ignored-input-result
    fread(settings, sizeof(*settings), 1, file);
    return settings->magic == 4711;
}

int load_checked(FILE *file, struct settings *settings)
{
    // ok: ignored-input-result
    if (fread(settings, sizeof(*settings), 1, file) != 1)
        return -1;
    return settings->magic == 4711;
}

int level(void)
{
    int value;
    // ruleid: ignored-input-result
    scanf("%d", &value);
    return value;
}

int level_checked(void)
{
    int value;
    // ok: ignored-input-result
    int count = scanf("%d", &value);
    return count == 1 ? value : -1;
}

void in_a_loop(FILE *file)
{
    char line[80];
    for (int i = 0; i < 3; i++)
        // ruleid: ignored-input-result
        fgets(line, sizeof(line), file);
    puts(line);
}

void until_the_end(FILE *file)
{
    char line[80];
    // ok: ignored-input-result
    while (fgets(line, sizeof(line), file) != NULL)
        fputs(line, stdout);
}

void by_a_switch(FILE *file, int kind, int *value)
{
    switch (kind) {
    case 1:
        // ruleid: ignored-input-result
        fscanf(file, "%d", value);
        break;
    default:
        *value = 0;
        break;
    }
}

// Whoever writes this has looked at it.
void skip(FILE *file)
{
    char rest[16];
    // ok: ignored-input-result
    (void)fread(rest, 1, sizeof(rest), file);
}

// A text of the program itself.
int number(const char *text)
{
    int value = 0;
    // ok: ignored-input-result
    sscanf(text, "%d", &value);
    return value;
}

size_t macro(FILE *file, struct settings *settings)
{
    // ok: ignored-input-result
    return READ(*settings, file);
}

int looked_at_elsewhere(FILE *file, struct settings *settings)
{
    // ok: ignored-input-result
    fread(settings, sizeof(*settings), 1, file);
    if (ferror(file) || feof(file))
        return -1;
    return 0;
}

int without_headings(FILE *file)
{
    char line[80];
    // ok: ignored-input-result
    fgets(line, sizeof(line), file); /* headings */
    // ok: ignored-input-result
    fgets(line, sizeof(line), file);
    while (fgets(line, sizeof(line), file) != NULL)
        fputs(line, stdout);
    return 0;
}

int version_of(FILE *file)
{
    char line[80];
    // ok: ignored-input-result
    fgets(line, sizeof(line), file);
    // A line with the version.
    // ruleid: ignored-input-result
    fgets(line, sizeof(line), file);
    return atoi(line);
}

int of_two_texts(FILE *file)
{
    char name[80], line[80];
    // ruleid: ignored-input-result
    fgets(name, sizeof(name), file);
    while (fgets(line, sizeof(line), file) != NULL)
        fputs(line, stdout);
    return name[0];
}
