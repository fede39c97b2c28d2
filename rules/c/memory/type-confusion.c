#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { NUMBER, TEXT };

struct value {
    enum kind kind;
    union { long number; char *text; struct value *next; } as;
};

static char first(const struct value *value)
{
    // ruleid: type-confusion
    return value->as.text[0];
}

char number_as_text(void)
{
    struct value value;
    value.kind = NUMBER;
    value.as.number = 42;
    return first(&value);
}

size_t length(int kind)
{
    struct value value = {NUMBER, {0}};
    value.as.number = kind + 1000L;
    // ruleid: type-confusion
    return strlen(value.as.text);
}

int follow(const char *text)
{
    struct value value;
    value.as.number = atol(text);
    // ruleid: type-confusion
    return value.as.next->kind;
}

void set(long n)
{
    struct value value;
    value.kind = NUMBER;
    value.as.number = n + 1;
    // ruleid: type-confusion
    puts(value.as.text);
}

char asks_first(const struct value *value)
{
    if (value->kind == TEXT)
        // ok: type-confusion
        return value->as.text[0];
    // ok: type-confusion
    return (char)value->as.number;
}

char written_again(char *text)
{
    struct value value;
    value.as.number = 42;
    value.as.text = text;
    // ok: type-confusion
    return value.as.text[0];
}

void prints(long n)
{
    struct value value;
    value.as.number = n;
    // ok: type-confusion
    printf("%ld\n", value.as.number);
    // ok: type-confusion
    char *copy = value.as.text;
    // ok: type-confusion
    value.as.text = "done";
    // ok: type-confusion
    puts(value.as.text);
    (void)copy;
}
