#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define TOPIC_ROOT "hospital/pumps/"

struct message {
    char topic[64];
    const char *serial;
    const char *event;
};

void build_topic(struct message *message)
{
    // ok: unbounded-string-concatenation
    strcpy(message->topic, TOPIC_ROOT);
    // ruleid: unbounded-string-concatenation
    strcat(message->topic, message->serial);
    // ok: unbounded-string-concatenation
    strcat(message->topic, "/");
    // ruleid: unbounded-string-concatenation
    strcat(message->topic, message->event);
}

void log_alarm(const char *alarm_text)
{
    char line[60] = "";
    // ok: unbounded-string-concatenation
    strcat(line, "ALARM: ");
    // ruleid: unbounded-string-concatenation
    (void)strcat(line, alarm_text);
}

void join(char *out, char *const parts[], int count)
{
    out[0] = '\0';
    for (int i = 0; i < count; i++) {
        // ok: unbounded-string-concatenation
        strcat(strcat(out, parts[i]), ",");
    }
}

void show_line(const wchar_t *drug)
{
    wchar_t line[40] = L"";
    // ruleid: unbounded-string-concatenation
    wcscat(line, drug);
    // ok: unbounded-string-concatenation
    wcscat(line, L" ml/h");
}

void mark_state(char *line, int running)
{
    // ok: unbounded-string-concatenation
    strcat(line, running ? " [running]" : " [stopped]");
    // ok: unbounded-string-concatenation
    strcat(line, TOPIC_ROOT);
}

char *full_name(const char *first, const char *last)
{
    char *name = malloc(strlen(first) + strlen(last) + 2);
    if (name == NULL) {
        return NULL;
    }
    sprintf(name, "%c", first[0]);
    // ok: unbounded-string-concatenation
    strcat(name, first + 1 > first ? " " : "");
    // ok: unbounded-string-concatenation
    strcat(name, last);
    return name;
}

int append_checked(char *line, size_t size, const char *text)
{
    if (strlen(line) + strlen(text) + 1 > size) {
        return -1;
    }
    // ok: unbounded-string-concatenation
    strcat(line, text);
    return 0;
}

void append_bounded(char *line, size_t size, const char *text)
{
    // ok: unbounded-string-concatenation
    strncat(line, text, size - strlen(line) - 1);
}

void known_pieces(int both)
{
    const char *const pieces[] = {"daemon", "messages"};
    char path[64] = "/var/log/";
    char narrow[16] = "/var/log/";

    for (int index = 0; index < 2; index++) {
        // ok: unbounded-string-concatenation
        strcat(path, pieces[index]);
        // ruleid: unbounded-string-concatenation
        strcat(narrow, pieces[index]);
    }
    show(path);
    show(narrow);
}
