#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *gets(char *s);

struct menu {
    char *answer;
    char title[16];
};

char *ask(char *buffer)
{
    // ruleid: unbounded-line-input-to-pointer
    return gets(buffer);
}

void ask_all(struct menu *menus, int count)
{
    for (int i = 0; i < count; i++) {
        // ruleid: unbounded-line-input-to-pointer
        gets(menus[i].answer);
    }
}

int confirm(void)
{
    static char line[80];
    char *at = line;
    // ruleid: unbounded-line-input-to-pointer
    if (gets(at + 2) == NULL) {
        return 0;
    }
    return line[2] == 'y';
}

char *ask_on_heap(void)
{
    char *line = malloc(80);
    if (line == NULL) {
        return NULL;
    }
    // ruleid: unbounded-line-input-to-pointer
    return gets(line);
}

char *ask_bounded(char *buffer, int size)
{
    // ok: unbounded-line-input-to-pointer
    if (fgets(buffer, size, stdin) == NULL) {
        return NULL;
    }
    buffer[strcspn(buffer, "\r\n")] = '\0';
    return buffer;
}

void ask_title(struct menu *menu)
{
    // ok: unbounded-line-input-to-pointer
    menu_gets(menu->title);
    // ruleid: unbounded-line-input
    // ok: unbounded-line-input-to-pointer
    gets(menu->title);
}

int ask_local(void)
{
    char local[8];
    static char kept[8];
    // ruleid: unbounded-line-input
    // ok: unbounded-line-input-to-pointer
    gets(local);
    // ruleid: unbounded-line-input
    // ok: unbounded-line-input-to-pointer
    gets(kept);
    // ok: unbounded-line-input-to-pointer
    puts("gets(line)");
    return local[0] + kept[0];
}
