#include <stdio.h>
#include <string.h>

void show_four(void)
{
    char code[4] = {'a', 'b', 'c', 'd'};
    // ruleid: unterminated-string
    printf("%s\n", code);
}

void show_three(void)
{
    char code[4] = {'a', 'b', 'c'};
    // ok: unterminated-string
    printf("%s\n", code);
}

size_t cut(void)
{
    char name[4];
    strncpy(name, "pressure", sizeof(name));
    // ruleid: unterminated-string
    return strlen(name);
}

size_t cut_and_closed(void)
{
    char name[4];
    strncpy(name, "pressure", sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    // ok: unterminated-string
    return strlen(name);
}

size_t short_enough(void)
{
    char name[16];
    strncpy(name, "flow", sizeof(name));
    // ok: unterminated-string
    return strlen(name);
}

size_t all_four(void)
{
    char text[4];
    memcpy(text, "abcd", 4);
    // ruleid: unterminated-string
    return strlen(text);
}

void filled(void)
{
    char text[8];
    memset(text, 65, sizeof(text));
    // ruleid: unterminated-string
    puts(text);
}

size_t room(void)
{
    char text[8];
    memcpy(text, "abcd", 5);
    // ok: unterminated-string
    return strlen(text);
}

size_t cleared(void)
{
    char text[8];
    memset(text, 0, sizeof(text));
    // ok: unterminated-string
    return strlen(text);
}

size_t written(int value)
{
    char text[16];
    snprintf(text, sizeof(text), "%d", value);
    // ok: unterminated-string
    return strlen(text);
}
