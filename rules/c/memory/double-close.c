#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

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

int by_jump(const char *path)
{
    int result = -1;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    if (fgetc(file) == EOF) {
        fclose(file);
        goto out;
    }
    result = 0;
out:
    // ruleid: double-close
    fclose(file);
    return result;
}

struct log {
    FILE *file;
};

void in_a_field(struct log *log)
{
    log->file = fopen("log", "a");
    if (log->file == NULL) {
        return;
    }
    fclose(log->file);
    // ruleid: double-close
    fclose(log->file);
}

int on_each_way(const char *path, int mode)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return -1;
    }
    switch (mode) {
    case 1:
        // ok: double-close
        fclose(file);
        return 1;
    default:
        // ok: double-close
        fclose(file);
        return 0;
    }
}

void opened_again(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return;
    }
    fclose(file);
    file = fopen(path, "w");
    if (file != NULL) {
        // ok: double-close
        fclose(file);
    }
}

int a_descriptor(const char *from, const char *to)
{
    int out;
    int in = open(from, O_RDONLY);
    if (in < 0) {
        return -1;
    }
    out = open(to, O_WRONLY);
    if (out < 0) {
        // ok: double-close
        close(in);
        goto done;
    }
    // ok: double-close
    close(out);
done:
    // ruleid: double-close
    close(in);
    return 0;
}

int a_descriptor_closed_once(const char *from)
{
    int in = open(from, O_RDONLY);
    char c = 0;
    if (in >= 0 && read(in, &c, 1) != 1) {
        // ok: double-close
        close(in);
        in = -1;
    }
    if (in >= 0) {
        // ok: double-close
        close(in);
    }
    return c;
}
