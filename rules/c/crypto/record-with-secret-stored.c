#include <stdio.h>

struct account {
    char name[32];
    char pass[32];
};

struct result {
    const char *name;
    int pass;
};

int keep(FILE *file, const struct account *a, const struct result *result)
{
    struct account copy = *a;
    // ok: record-with-secret-stored
    fwrite(result, sizeof *result, 1, file);
    // ruleid: record-with-secret-stored
    if (fwrite(a, sizeof *a, 1, file) != 1)
        return -1;
    // ruleid: record-with-secret-stored
    return fwrite(&copy, sizeof copy, 1, file) == 1 ? 0 : -1;
}

struct network {
    char name[33];
    char wifi_password[64];
};

struct request {
    int number;
    char pin_text[9];
};

struct chip {
    int pin;
    char name[8];
};

struct tag {
    char name[8];
    char pinned[4];
};

int keep_more(FILE *file, const struct network *n, const struct request *r, const struct chip *c, const struct tag *t)
{
    struct network all[4] = {*n};
    // ruleid: record-with-secret-stored
    if (fwrite(n, sizeof(struct network), 1, file) != 1)
        return -1;
    // ruleid: record-with-secret-stored
    if (fwrite(r, 1, sizeof *r, file) != sizeof *r)
        return -1;
    // ok: record-with-secret-stored
    if (fwrite(c, sizeof *c, 1, file) != 1)
        return -1;
    // ok: record-with-secret-stored
    if (fwrite(t, sizeof *t, 1, file) != 1)
        return -1;
    // ok: record-with-secret-stored
    if (fwrite(n->name, sizeof n->name, 1, file) != 1)
        return -1;
    // ok: record-with-secret-stored
    if (fread(all, sizeof all[0], 4, file) != 4)
        return -1;
    // ok: record-with-secret-stored
    return fwrite(&r->number, sizeof r->number, 1, file) == 1 ? 0 : -1;
}

struct test_result {
    char name[32];
    char pass[5];
};

struct mapping {
    char function[16];
    char pin[8];
};

int keep_results(FILE *file, const struct test_result *result, struct mapping mapping)
{
    // ok: record-with-secret-stored
    if (fwrite(result, sizeof *result, 1, file) != 1)
        return -1;
    // ok: record-with-secret-stored
    return fwrite(&mapping, sizeof mapping, 1, file) == 1 ? 0 : -1;
}
