#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MAX_DEPTH 16

struct reader {
    const char *text;
    size_t at, size;
    int depth;
};

static const char *cursor;

// Through a variable of the file, and through another function.
static int sum(void);

static int term(void)
{
    if (*cursor == '(') {
        cursor++;
        // ruleid: recursion-on-input
        int value = sum();
        return value;
    }
    return *cursor++ - '0';
}

static int sum(void)
{
    // ruleid: recursion-on-input
    int value = term();
    while (*cursor == '+') {
        cursor++;
        // ruleid: recursion-on-input
        value = (value + term()) % 100;
    }
    return value;
}

// Through a structure.
static int item(struct reader *reader)
{
    if (reader->at >= reader->size)
        return -1;
    if (reader->text[reader->at++] != '[')
        return 0;
    // ruleid: recursion-on-input
    return item(reader);
}

// A depth that is handed on, and that nothing asks for.
static int nested(const char *text, int depth)
{
    switch (*text) {
    case '{':
        // ruleid: recursion-on-input
        return nested(text + 1, depth + 1);
    default:
        return depth;
    }
}

static int nested_checked(const char *text, int depth)
{
    if (depth > MAX_DEPTH)
        return -1;
    // ok: recursion-on-input
    return *text == '{' ? nested_checked(text + 1, depth + 1) : depth;
}

static int counted_down(const char *text, int left)
{
    if (left == 0)
        return -1;
    // ok: recursion-on-input
    return *text == '{' ? counted_down(text + 1, left - 1) : 0;
}

static int item_checked(struct reader *reader)
{
    int result = 0;
    if (reader->at >= reader->size || ++reader->depth > MAX_DEPTH)
        return -1;
    if (reader->text[reader->at++] == '[')
        // ok: recursion-on-input
        result = item_checked(reader);
    reader->depth--;
    return result;
}

// A number from outside.
static long triangle(long n)
{
    if (n <= 0)
        return 0;
    // ruleid: recursion-on-input
    return (n + triangle(n - 1)) % 1000;
}

static long triangle_checked(long n)
{
    if (n <= 0)
        return 0;
    // ok: recursion-on-input
    return (n + triangle_checked(n - 1)) % 1000;
}

static long common(long a, long b)
{
    // ok: recursion-on-input
    return b == 0 ? a : common(b, a % b);
}

// A text that is short.
static int short_text(const char *text)
{
    // ok: recursion-on-input
    return *text == '{' ? short_text(text + 1) : 0;
}

// What the program made itself.
struct node {
    struct node *next;
    int value;
};

static int length(const struct node *node)
{
    // ok: recursion-on-input
    return node == NULL ? 0 : 1 + length(node->next);
}

int main(int argc, char **argv)
{
    static char text[1 << 16];
    char line[80];
    struct node last = { NULL, 1 }, first = { &last, 2 };
    size_t size = fread(text, 1, sizeof text - 1, stdin);
    text[size] = '\0';
    struct reader reader = { text, 0, size, 0 };
    long n = atol(argv[1]);
    cursor = text;
    switch (argc) {
    case 2:
        return sum();
    case 3:
        return item(&reader);
    case 4:
        return item_checked(&reader);
    case 5:
        return nested(text, 0);
    case 6:
        return nested_checked(text, 0);
    case 7:
        return counted_down(text, 20);
    case 8:
        return (int)triangle(n);
    case 9:
        return n > 100 ? 1 : (int)triangle_checked(n);
    case 10:
        return (int)common(n, 12);
    case 11:
        return fgets(line, sizeof line, stdin) == NULL ? 1 : short_text(line);
    default:
        return length(&first);
    }
}
