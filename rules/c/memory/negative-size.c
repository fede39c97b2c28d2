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
