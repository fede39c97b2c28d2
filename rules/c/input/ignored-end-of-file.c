#include <stdio.h>

void skip_comment(FILE *file)
{
    // ruleid: ignored-end-of-file
    while (fgetc(file) != '\n')
        ;
}

int length_of_field(FILE *file)
{
    int c, count = 0;
    // ruleid: ignored-end-of-file
    while ((c = getc(file)) != ';') {
        if (c != ' ')
            count++;
    }
    return count;
}

void skip_line(FILE *file)
{
    int c;
    do {
        c = fgetc(file);
    // ruleid: ignored-end-of-file
    } while (c != '\n');
}

void skip_comment_or_rest(FILE *file)
{
    int c;
    // ok: ignored-end-of-file
    while ((c = fgetc(file)) != '\n' && c != EOF)
        ;
}

int length_or_failure(FILE *file)
{
    int c, count = 0;
    // ok: ignored-end-of-file
    while ((c = getc(file)) != ';') {
        if (c == EOF)
            return -1;
        count++;
    }
    return count;
}

int length_or_end(FILE *file)
{
    int c, count = 0;
    // ok: ignored-end-of-file
    while ((c = getc(file)) != ';') {
        if (c < 0)
            break;
        count++;
    }
    return count;
}

int count_all(FILE *file)
{
    int c, count = 0;
    // ok: ignored-end-of-file
    while ((c = getc(file)) != EOF)
        count++;
    return count;
}

void wait_for_enter(void)
{
    // ok: ignored-end-of-file
    while (getc(stdin) != '\n')
        ;
}

unsigned read_number(FILE *file)
{
    unsigned number = 0;
    int c;
    do
        number++;
    // ruleid: ignored-end-of-file
    while ((c = getc(file)) != '\t');
    return number;
}

int count_until_failure(FILE *file)
{
    int c, count = 0;
    // ok: ignored-end-of-file
    do {
        c = getc(file);
        count++;
    } while (c != '\n' && !feof(file));
    return count;
}

int count_of_known(const char *text)
{
    int count = 0;
    // ok: ignored-end-of-file
    while (text[count] != '\n' && text[count] != '\0')
        count++;
    return count;
}
