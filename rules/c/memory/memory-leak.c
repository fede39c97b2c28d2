#include <stdlib.h>
#include <string.h>

int handle(const char *text, size_t size)
{
    // ruleid: memory-leak
    char *copy = malloc(size + 1);
    if (copy == NULL) {
        return -1;
    }
    memcpy(copy, text, size);
    copy[size] = '\0';
    if (copy[0] != '{') {
        return -1;
    }
    free(copy);
    return 0;
}

int handle_all_ways(const char *text, size_t size)
{
    // ok: memory-leak
    char *copy = malloc(size + 1);
    if (copy == NULL) {
        return -1;
    }
    memcpy(copy, text, size);
    copy[size] = '\0';
    int result = copy[0] == '{' ? 0 : -1;
    free(copy);
    return result;
}

char *given_away(size_t size)
{
    // ok: memory-leak
    char *block = malloc(size);
    return block;
}

struct box {
    char *text;
};

int kept(struct box *box)
{
    // ok: memory-leak
    box->text = malloc(8);
    return box->text == NULL ? -1 : 0;
}

void overwritten(void)
{
    // ruleid: memory-leak
    char *p = malloc(4);
    p = malloc(8);
    free(p);
}

static void release(char *p)
{
    free(p);
}

void through_helper(void)
{
    // ok: memory-leak
    char *p = malloc(4);
    release(p);
}

int on_error(int code)
{
    // ruleid: memory-leak
    char *block = malloc(16);
    if (block == NULL) {
        return -1;
    }
    if (code > 3) {
        return -2;
    }
    free(block);
    return 0;
}

void never(void)
{
    // ruleid: memory-leak
    char *block = malloc(16);
    if (block != NULL) {
        block[0] = 0;
    }
}

void in_a_loop(int count)
{
    for (int i = 0; i < count; i++) {
        // ok: memory-leak
        char *block = malloc(16);
        free(block);
    }
}

void into_a_list(char **list)
{
    // ok: memory-leak
    char *block = malloc(16);
    list[0] = block;
}
