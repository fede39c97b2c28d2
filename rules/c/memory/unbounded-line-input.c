#include <stdio.h>
#include <string.h>

char *gets(char *s);

static char service_line[32];

struct console {
    char input[64];
    int (*getc)(void);
};

int read_service_command(void)
{
    // ruleid: unbounded-line-input
    gets(service_line);
    return service_line[0];
}

int wait_for_confirmation(void)
{
    char answer[8];
    // ruleid: unbounded-line-input
    if (gets(answer) == NULL) {
        return 0;
    }
    return answer[0] == 'y';
}

void console_loop(struct console *console)
{
    // ruleid: unbounded-line-input
    while (gets(console->input)) {
        puts(console->input);
    }
}

char *ask(char *buffer)
{
    // ruleid: unbounded-line-input-to-pointer
    // ok: unbounded-line-input
    return gets(buffer);
}

#define READ_LINE gets
#define READ_ANSWER(buffer) gets(buffer)
#define READ_SIZED(buffer) console_gets(buffer, sizeof(buffer))

int read_through_macros(void)
{
    char line[16];
    // ok: unbounded-line-input
    READ_SIZED(line);
    // ruleid: unbounded-line-input
    READ_LINE(line);
    // ruleid: unbounded-line-input
    return READ_ANSWER(line) != NULL;
}

int read_bounded(void)
{
    // ok: unbounded-line-input
    if (fgets(service_line, sizeof(service_line), stdin) == NULL) {
        return -1;
    }
    service_line[strcspn(service_line, "\r\n")] = '\0';
    // ok: unbounded-line-input
    return console_gets(service_line, sizeof(service_line));
}

int read_key(struct console *console)
{
    // ok: unbounded-line-input
    int key = console->getc();
    // ok: unbounded-line-input
    const char *hint = "gets(line) is gone";
    // ok: unbounded-line-input
    puts(hint); /* gets(service_line); */
    // ok: unbounded-line-input
    widgets(service_line);
    return key;
}
