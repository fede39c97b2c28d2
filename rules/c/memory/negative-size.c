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
