#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define DEVICE_NAME "infusion-node"
#define NAME_SIZE 32

struct peer {
    char name[NAME_SIZE];
    char *label;
    wchar_t display[NAME_SIZE];
};

static char last_command[64];

int on_pairing_request(struct peer *peer, const char *advertised_name)
{
    // ruleid: unbounded-string-copy
    strcpy(peer->name, advertised_name);
    return 0;
}

void remember_command(const char *frame)
{
    // ruleid: unbounded-string-copy
    (void)strcpy(last_command, frame + 1);
}

char *append_unit(char *out, const struct peer *peer)
{
    // ok: unbounded-string-copy
    char *end = stpcpy(out, peer->label);
    return end;
}

void show_patient(struct peer *peer, const wchar_t *surname)
{
    // ruleid: unbounded-string-copy
    wcscpy(peer->display, surname);
}

int main(int argc, char **argv)
{
    char config_path[128];
    if (argc > 1) {
        // ruleid: unbounded-string-copy
        strcpy(config_path, argv[1]);
    } else {
        // ruleid: unbounded-string-copy
        strcpy(config_path, getenv("PUMP_CONFIG"));
    }
    return config_path[0] == '\0';
}

void set_defaults(struct peer *peer)
{
    // ok: unbounded-string-copy
    strcpy(peer->name, "unnamed");
    // ok: unbounded-string-copy
    strcpy(last_command, DEVICE_NAME);
    // ok: unbounded-string-copy
    strcpy(last_command, DEVICE_NAME " rev B");
    // ok: unbounded-string-copy
    wcscpy(peer->display, L"unnamed");
}

void set_mode(char *text, int battery)
{
    // ok: unbounded-string-copy
    strcpy(text, battery ? "battery" : "mains");
}

void set_label(struct peer *peer, const char *label)
{
    peer->label = (char *)malloc(strlen(label) + 1);
    if (peer->label != NULL) {
        // ok: unbounded-string-copy
        strcpy(peer->label, label);
    }
}

char *duplicate(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy == NULL) {
        return NULL;
    }
    // ok: unbounded-string-copy
    strcpy(copy, text);
    return copy;
}

int set_name(struct peer *peer, const char *name)
{
    if (strlen(name) >= sizeof(peer->name))
        return -1;
    // ok: unbounded-string-copy
    strcpy(peer->name, name);
    return 0;
}

int set_short_name(struct peer *peer, const char *name)
{
    const size_t length = strlen(name);
    if (length >= NAME_SIZE) {
        return -1;
    }
    // ok: unbounded-string-copy
    strcpy(peer->name, name);
    return 0;
}

char *with_length(const char *first, size_t first_len, const char *rest)
{
    char *joined = malloc(first_len + 64U);
    if (joined != NULL) {
        // ok: unbounded-string-copy
        strcpy(joined, rest);
    }
    return joined;
}

int set_encoded(struct peer *peer, const char *encoded, size_t encoded_size)
{
    if (encoded_size >= sizeof(peer->name)) {
        return -1;
    }
    // ok: unbounded-string-copy
    strcpy(peer->name, encoded);
    return 0;
}

void bounded(struct peer *peer, const char *name)
{
    // ok: unbounded-string-copy
    strncpy(peer->name, name, sizeof(peer->name) - 1);
    /* never again: strcpy(peer->name, name); */
    // ok: unbounded-string-copy
    const char *advice = "do not use strcpy(dst, src)";
    (void)advice;
}

struct message {
    size_t length;
    char text[];
};

struct message *room_for_all_of_it(const char *text)
{
    size_t length = strlen(text);
    struct message *made = malloc(sizeof(struct message) + length + 1);
    if (made == NULL) {
        return NULL;
    }
    made->length = length;
    // ok: unbounded-string-copy
    strcpy(made->text, text);
    return made;
}

struct message *room_without_the_end(const char *text)
{
    size_t length = strlen(text);
    struct message *made = malloc(sizeof(struct message) + length);
    if (made == NULL) {
        return NULL;
    }
    made->length = length;
    // ruleid: unbounded-string-copy
    strcpy(made->text, text);
    return made;
}

void shown_in_this_file_only(char *to, const char *from)
{
    // ruleid: unbounded-string-copy
    strcpy(to, from);
}

void with_room(const char *from)
{
    char to[8];
    shown_in_this_file_only(to, "short");
}

struct named { struct named *next; char name[1]; };

struct named *named(const char *name)
{
    struct named *n;
    n = xmalloc(sizeof(*n) + strlen(name));
    // ok: unbounded-string-copy
    strcpy(n->name, name);
    return n;
}

void rename_to(struct named *other, const char *name)
{
    struct named *n = xmalloc(sizeof(*n));
    // ruleid: unbounded-string-copy
    strcpy(n->name, name);
    n->next = other;
}

void name_thread(struct thread *thread)
{
    char text[] = "Current Execution";
    thread->details = new_details();
    thread->details->name = malloc(sizeof(text));
    // ok: unbounded-string-copy
    strcpy(thread->details->name, text);
}
