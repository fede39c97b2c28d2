#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void of_a_variable(void)
{
    char buffer[16];
    buffer[0] = 0;
    // ruleid: invalid-free
    free(buffer);
}

void of_the_middle(void)
{
    char *text = malloc(16);
    if (text == NULL) {
        return;
    }
    text++;
    // ruleid: invalid-free
    free(text);
}

void of_the_start(void)
{
    char *text = malloc(16);
    char *at = text;
    if (text == NULL) {
        return;
    }
    at++;
    *at = 0;
    // ok: invalid-free
    free(text);
}

void of_a_literal(int custom)
{
    const char *name = "default";
    if (custom) {
        name = strdup("custom");
    }
    // ruleid: invalid-free
    free((void *)name);
}

void of_null(void)
{
    char *p = NULL;
    // ok: invalid-free
    free(p);
}

void of_a_file(void)
{
    FILE *file = fopen("a", "r");
    if (file == NULL) {
        return;
    }
    // ruleid: invalid-free
    free(file);
}

void of_a_copy(const char *text)
{
    char *copy = strdup(text);
    // ok: invalid-free
    free(copy);
}

void of_a_block(void)
{
    int *block = calloc(4, sizeof(int));
    // ok: invalid-free
    free(block);
}

void of_a_parameter(void *block)
{
    // ok: invalid-free
    free(block);
}

void of_a_grown_block(void)
{
    char *block = malloc(4);
    char *larger = realloc(block, 8);
    if (larger == NULL) {
        free(block);
        return;
    }
    // ok: invalid-free
    free(larger);
}

void of_what_stands_behind_a_dot(const char *path)
{
    char *copy = strdup(path);
    char *end;
    if (copy == NULL) {
        return;
    }
    end = strrchr(copy, '.');
    if (end == NULL) {
        free(copy);
        return;
    }
    *end++ = '\0';
    // ruleid: invalid-free
    free(end);
}

static char *value_of(char *line)
{
    char *at = strchr(line, '=');
    return at == NULL ? NULL : at + 1;
}

void of_a_value(const char *text)
{
    char *line = strdup(text);
    char *value;
    if (line == NULL) {
        return;
    }
    value = value_of(line);
    if (value == NULL) {
        free(line);
        return;
    }
    // ruleid: invalid-free
    free(value);
}

void of_a_copy_of_a_value(const char *text)
{
    char *line = strdup(text);
    char *value, *copy;
    if (line == NULL) {
        return;
    }
    value = value_of(line);
    copy = value == NULL ? NULL : strdup(value);
    // ok: invalid-free
    free(line);
    // ok: invalid-free
    free(copy);
}

void of_the_beginning_again(size_t size, size_t count)
{
    char *block = malloc(size);
    char *at = block;
    if (block == NULL) {
        return;
    }
    if (count > 0 && count < size) {
        at += count;
        at -= count;
    }
    // ok: invalid-free
    free(at);
}
