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
