#include <stdlib.h>
#include <string.h>

#define GREETING "hello"

struct profile {
    char patient[24];
    char *notes;
};

void set_patient(struct profile *profile, const char *patient)
{
    // ruleid: copy-length-from-source
    strncpy(profile->patient, patient, strlen(patient));
    // ruleid: copy-length-from-source
    strncpy(profile->patient, patient, strlen(patient) + 1);
}

void set_from_packet(char *out, const char *packet)
{
    // ruleid: copy-length-from-source
    memcpy(out, packet + 2, strlen(packet + 2));
    // ruleid: copy-length-from-source
    (void)memcpy(out, packet, 1 + strlen(packet));
    // ruleid: copy-length-from-source
    memmove(out, packet, strlen(packet) + 1);
}

void copy_name(struct profile *profile)
{
    char scratch[64] = {0};
    // ruleid: copy-length-from-source
    strncpy(profile->patient, scratch, sizeof(scratch));
    // ruleid: copy-length-from-source
    strncat(profile->patient, scratch, strlen(scratch));
}

void bounded(struct profile *profile, const char *patient, size_t length)
{
    // ok: copy-length-from-source
    strncpy(profile->patient, patient, sizeof(profile->patient) - 1);
    // ok: copy-length-from-source
    memcpy(profile->patient, patient, length);
    // ok: copy-length-from-source
    memcpy(profile->patient, "nobody", strlen("nobody"));
    // ok: copy-length-from-source
    memcpy(profile->patient, GREETING, strlen(GREETING));
    // ok: copy-length-from-source
    memcpy(profile->patient, patient, strlen(profile->patient));
}

int set_notes(struct profile *profile, const char *notes)
{
    profile->notes = malloc(strlen(notes) + 1);
    if (profile->notes == NULL) {
        return -1;
    }
    // ok: copy-length-from-source
    memcpy(profile->notes, notes, strlen(notes) + 1);
    return 0;
}

int set_checked(struct profile *profile, const char *patient)
{
    if (strlen(patient) < sizeof(profile->patient)) {
        // ok: copy-length-from-source
        memcpy(profile->patient, patient, strlen(patient) + 1);
        return 0;
    }
    return -1;
}

void squeeze(char *path)
{
    char *at = path;
    while ((at = strstr(at, "//")) != NULL) {
        char *rest = at + 1;
        // ok: copy-length-from-source
        memmove(at, rest, strlen(rest) + 1);
    }
    if (path[0] == '"') {
        // ok: copy-length-from-source
        memmove(path, path + 1, strlen(path + 1) + 1);
    }
}

void record(struct record *record, const char *tag, const char *value)
{
    record->length = strlen(tag) + 2;
    record->text = own_alloc(record->length);
    record->text[0] = 1;
    // ok: copy-length-from-source
    memcpy(&record->text[2], tag, strlen(tag));
    // ruleid: copy-length-from-source
    memcpy(&record->text[2], value, strlen(value));
}

void mark(const char *name, struct user_data *data)
{
    char copy[strlen(name) + 1];
    char *other = malloc(strlen(name) + 2);
    // ok: copy-length-from-source
    strncpy(copy, name, strlen(name) + 1);
    // ok: copy-length-from-source
    memcpy(other + 1, name, strlen(name) + 1);
    data->hook(other);
}

uint8_t *answer(uint8_t *packet)
{
    char response[65] = {0};
    respond(response, "INFO");
    // ok: copy-length-from-source
    memcpy(packet, response, strlen(response));
    return packet + strlen(response);
}
