#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int copy(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    if (length > 64) {
        return -1;
    }
    // ruleid: negative-size
    memcpy(to, from, length);
    return 0;
}

int copy_checked(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    if (length < 0 || length > 64) {
        return -1;
    }
    // ok: negative-size
    memcpy(to, from, length);
    return 0;
}

void copy_some(char *to, const char *from, int length)
{
    // ok: negative-size
    memcpy(to, from, length);
}

void memmove_some(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    (void)from;
    if (length > 64) {
        return;
    }
    // ruleid: negative-size
    memmove(to, from, length);
}

void memset_some(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    (void)from;
    if (length > 64) {
        return;
    }
    // ruleid: negative-size
    memset(to, 0, length);
}

void memcmp_some(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    (void)from;
    if (length > 64) {
        return;
    }
    // ruleid: negative-size
    memcpy(to + 1, from, length);
}

void checked_0(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    if (length < 1 || length > 64) {
        return;
    }
    // ok: negative-size
    memcpy(to, from, length);
}

void checked_1(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    if (length <= 0 || length >= 64) {
        return;
    }
    // ok: negative-size
    memcpy(to, from, length);
}

void checked_2(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    if (length != 8) {
        return;
    }
    // ok: negative-size
    memcpy(to, from, length);
}

void checked_3(char *to, const char *from, const char *text)
{
    int length = atoi(text);
    if ((unsigned)length > 64U) {
        return;
    }
    // ok: negative-size
    memcpy(to, from, length);
}

// A product of three that was too large, and one that was limited.
unsigned char *picture(FILE *file)
{
    unsigned size[3];
    if (fscanf(file, "%u %u %u", &size[0], &size[1], &size[2]) != 3)
        return NULL;
    unsigned bytes = size[0] * size[1] * size[2];
    // ruleid: negative-size
    return malloc(bytes);
}

unsigned char *picture_checked(FILE *file)
{
    unsigned width, height, depth;
    if (fscanf(file, "%u %u %u", &width, &height, &depth) != 3)
        return NULL;
    if (width > 4096 || height > 4096 || depth > 4)
        return NULL;
    unsigned bytes = width * height * depth;
    // ok: negative-size
    return malloc(bytes);
}
