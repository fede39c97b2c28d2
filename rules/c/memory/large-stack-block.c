#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int checksum(size_t length)
{
    // ruleid: large-stack-block
    unsigned char scratch[length];
    memset(scratch, 7, length);
    return scratch[0];
}

int by_argument(char **argv)
{
    return checksum(strtoul(argv[1], NULL, 0));
}

int by_message(int client)
{
    unsigned length = 0;
    if (read(client, &length, sizeof(length)) != sizeof(length))
        return -1;
    // ruleid: large-stack-block
    char *block = alloca(length);
    block[0] = 0;
    return 0;
}

int by_text(const char *text)
{
    int count = atoi(text);
    if (count <= 0)
        return -1;
    // ruleid: large-stack-block
    int values[count];
    values[0] = 1;
    return values[0];
}

int tested_badly(const char *text)
{
    int count = atoi(text);
    if (count <= 0 || count > 10000000)
        return -1;
    // ruleid: large-stack-block
    double values[count];
    values[0] = 1;
    return values[0] > 0;
}

int tested(const char *text)
{
    int count = atoi(text);
    if (count <= 0 || count > 64)
        return -1;
    // ok: large-stack-block
    int values[count];
    values[0] = 1;
    return values[0];
}

int given(int count)
{
    // ok: large-stack-block
    char values[count];
    values[0] = 1;
    return values[0];
}

int fixed(void)
{
    // ok: large-stack-block
    char frame[4096];
    int n = 20;
    // ok: large-stack-block
    char more[n];
    // ok: large-stack-block
    char *block = alloca(16);
    // ok: large-stack-block
    char *heap = malloc(100);
    frame[0] = more[0] = block[0] = 0;
    free(heap);
    return frame[0];
}
