#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct session {
    int count;
    char *name;
    struct session *next;
};

int tested_late(struct session *session)
{
    if (session == NULL) {
        puts("no session");
    }
    // ruleid: null-pointer-use
    return session->count;
}

void never_set(void)
{
    int *value = NULL;
    // ruleid: null-pointer-use
    *value = 1;
}

static int length_of(const char *text)
{
    // ruleid: null-pointer-use
    return (int)strlen(text);
}

int through_helper(int kind)
{
    const char *text = NULL;
    if (kind == 1) {
        text = "one";
    } else if (kind == 2) {
        text = "two";
    }
    return length_of(text);
}

int reported_but_used(void)
{
    struct session *session = malloc(sizeof(*session));
    if (!session) {
        fprintf(stderr, "out of memory\n");
    }
    // ruleid: null-pointer-use
    session->count = 0;
    free(session);
    return 0;
}

/* Clean code. */

int tested_first(struct session *session)
{
    if (session == NULL) {
        return -1;
    }
    // ok: null-pointer-use
    return session->count;
}

int not_tested(struct session *session)
{
    // ok: null-pointer-use
    return session->count;
}

int both_tested(struct session *session)
{
    // ok: null-pointer-use
    if (session != NULL && session->count > 0) {
        // ok: null-pointer-use
        return session->name[0];
    }
    return 0;
}

int by_flag(int kind)
{
    const char *text = NULL;
    int known = 0;
    if (kind == 1) {
        text = "one";
        known = 1;
    }
    if (known) {
        // ok: null-pointer-use
        return text[0];
    }
    return 0;
}

int walk(struct session *head)
{
    int sum = 0;
    for (struct session *each = head; each != NULL; each = each->next) {
        // ok: null-pointer-use
        sum += each->count;
    }
    return sum;
}

int ends(struct session *session)
{
    if (session == NULL) {
        exit(1);
    }
    // ok: null-pointer-use
    return session->count;
}

void digest_given_up(void)
{
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    if (digest == NULL)
        goto done;
    EVP_DigestUpdate(digest, "a", 1);
done:
    // ok: null-pointer-use
    EVP_MD_CTX_free(digest);
}

void file_given_up(const char *name)
{
    FILE *in = fopen(name, "r");
    if (in == NULL)
        goto done;
    fgetc(in);
done:
    // ruleid: null-pointer-use
    fclose(in);
}
