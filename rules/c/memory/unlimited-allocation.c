#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *by_argument(char **argv)
{
    long size = strtol(argv[1], NULL, 10);
    if (size <= 0)
        return NULL;
    // ruleid: unlimited-allocation
    return malloc((size_t)size);
}

double *by_number(void)
{
    unsigned int count;
    if (scanf("%u", &count) != 1)
        return NULL;
    // ruleid: unlimited-allocation
    return calloc(count, sizeof(double));
}

char *limited(char **argv)
{
    long size = strtol(argv[1], NULL, 10);
    if (size <= 0 || size > 65536)
        return NULL;
    // ok: unlimited-allocation
    return malloc((size_t)size);
}

char *given(size_t size)
{
    // ok: unlimited-allocation
    return malloc(size);
}

unsigned char *of_a_message(FILE *in)
{
    unsigned char head[2];
    if (fread(head, 1, 2, in) != 2)
        return NULL;
    // ok: unlimited-allocation
    return malloc((size_t)(head[0] << 8 | head[1]) + 1);
}

char *grown(char *old)
{
    int more;
    if (scanf("%d", &more) != 1 || more < 0)
        return old;
    // ruleid: unlimited-allocation
    char *next = realloc(old, (size_t)more);
    return next == NULL ? old : next;
}

char *of_the_environment(void)
{
    const char *text = getenv("BUFFER_SIZE");
    unsigned long size = text == NULL ? 512 : strtoul(text, NULL, 10);
    if (text == NULL)
        return NULL;
    // ruleid: unlimited-allocation
    return malloc(size);
}

char *copy(const char *text)
{
    // ok: unlimited-allocation
    char *all = malloc(strlen(text) + 1);
    return all;
}

char *of_an_argument(char **argv)
{
    // ok: unlimited-allocation
    return malloc(strlen(argv[1]) + 1);
}

int *few(void)
{
    unsigned short count;
    if (scanf("%hu", &count) != 1)
        return NULL;
    // ok: unlimited-allocation
    return calloc(count, sizeof(int));
}

// What is received in parts is from outside as a whole.
static int receive_all(int client, void *to, size_t size)
{
    size_t have = 0;
    while (have < size) {
        ssize_t got = recv(client, (char *)to + have, size - have, 0);
        if (got <= 0)
            return -1;
        have += (size_t)got;
    }
    return 0;
}

char *body_received_in_parts(int client)
{
    uint32_t length;
    if (receive_all(client, &length, sizeof length) != 0)
        return NULL;
    // ruleid: unlimited-allocation
    return malloc((size_t)length + 1);
}

char *limited_body_received_in_parts(int client)
{
    uint32_t length;
    if (receive_all(client, &length, sizeof length) != 0 || length > 4096)
        return NULL;
    // ok: unlimited-allocation
    return malloc((size_t)length + 1);
}

/* That a size fits its type is no limit. */
unsigned char *picture(FILE *in)
{
    unsigned int width, height;
    size_t size;
    if (fread(&width, sizeof width, 1, in) != 1 || fread(&height, sizeof height, 1, in) != 1)
        return NULL;
    int depth = fgetc(in);
    if (depth < 1 || depth > 4)
        return NULL;
    if (__builtin_mul_overflow((size_t)width, (size_t)height, &size) || __builtin_mul_overflow(size, (size_t)depth, &size))
        return NULL;
    // ruleid: unlimited-allocation
    return malloc(size);
}

unsigned char *message(FILE *in)
{
    size_t length, size;
    if (fread(&length, sizeof length, 1, in) != 1)
        return NULL;
    if (ckd_add(&size, length, 16))
        return NULL;
    // ruleid: unlimited-allocation
    return malloc(size);
}

double *samples_that_fit(FILE *in)
{
    unsigned int count, bytes;
    if (fread(&count, sizeof count, 1, in) != 1 || __builtin_umul_overflow(count, sizeof(double), &bytes))
        return NULL;
    // ruleid: unlimited-allocation
    return malloc(bytes);
}

unsigned char *small_picture(FILE *in)
{
    unsigned int width, height;
    size_t size;
    if (fread(&width, sizeof width, 1, in) != 1 || fread(&height, sizeof height, 1, in) != 1)
        return NULL;
    if (width > 4096 || height > 4096)
        return NULL;
    if (__builtin_mul_overflow((size_t)width, (size_t)height, &size))
        return NULL;
    // ok: unlimited-allocation
    return malloc(size);
}

double *few_samples(FILE *in)
{
    size_t count, bytes;
    if (fread(&count, sizeof count, 1, in) != 1)
        return NULL;
    if (__builtin_mul_overflow(count, sizeof(double), &bytes) || bytes > 65536)
        return NULL;
    // ok: unlimited-allocation
    return malloc(bytes);
}
