#include <stdio.h>

int twice(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    int c = fgetc(file);
    fclose(file);
    if (c == EOF) {
        // ruleid: double-close
        fclose(file);
    }
    return c;
}

int once(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    int c = fgetc(file);
    if (c == EOF) {
        // ok: double-close
        fclose(file);
        return -1;
    }
    // ok: double-close
    fclose(file);
    return c;
}

static void done(FILE *file)
{
    // ruleid: double-close
    fclose(file);
}

void through_helper(const char *path)
{
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        fclose(file);
        done(file);
    }
}

static FILE *trace;

void stop_trace(void)
{
    if (trace != NULL) {
        // ok: double-close
        fclose(trace);
        trace = NULL;
    }
}
