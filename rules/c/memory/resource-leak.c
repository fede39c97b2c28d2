#include <stdio.h>

int first_byte(const char *path)
{
    // ruleid: resource-leak
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return -1;
    }
    int byte = fgetc(file);
    if (byte == EOF) {
        return -1;
    }
    fclose(file);
    return byte;
}

int first_byte_closed(const char *path)
{
    // ok: resource-leak
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return -1;
    }
    int byte = fgetc(file);
    fclose(file);
    return byte;
}

FILE *opened(const char *path)
{
    // ok: resource-leak
    FILE *file = fopen(path, "rb");
    return file;
}
