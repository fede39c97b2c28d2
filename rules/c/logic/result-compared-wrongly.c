#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int keep(int file, const char *line, size_t length)
{
    // ruleid: result-compared-wrongly
    if (!write(file, line, length))
        return -1;
    // ruleid: result-compared-wrongly
    if (send(file, line, length, 0))
        return 0;
    // ok: result-compared-wrongly
    if (write(file, "\n", 1)) {
        /* nothing to be done */
    }
    // ok: result-compared-wrongly
    return write(file, "\n", 1) == 1 ? 0 : -1;
}

int keep_in(const char *path, const char *line)
{
    int file = open(path, O_WRONLY);
    if (file < 0)
        return -1;
    // ruleid: result-compared-wrongly
    if (!write(file, line, strlen(line))) {
        close(file);
        return -1;
    }
    return close(file);
}

int forward(int file, const char *line, size_t length)
{
    // ruleid: result-compared-wrongly
    ssize_t sent = send(file, line, length, 0);
    if (sent == 0)
        return -1;
    return 0;
}

int forward_right(int file, const char *line, size_t length)
{
    // ok: result-compared-wrongly
    ssize_t sent = send(file, line, length, 0);
    if (sent == 0)
        return -1;
    if (sent < 0)
        return -2;
    return 0;
}

int copy(int from, char *bytes, size_t room)
{
    int rounds = 0;
    // ruleid: result-compared-wrongly
    while (read(from, bytes, room))
        rounds++;
    // ok: result-compared-wrongly
    while (read(from, bytes, room) > 0)
        rounds++;
    return rounds;
}

int numbers(const char *text, int *rate)
{
    char word[8];
    int read_so_far;
    // ruleid: result-compared-wrongly
    while (scanf("%d", rate) != EOF)
        printf("%d\n", *rate);
    // ruleid: result-compared-wrongly
    if (sscanf(text, "rate %d", rate) < 0)
        return -1;
    // ok: result-compared-wrongly
    while (scanf("%7s", word) != EOF)
        puts(word);
    // ok: result-compared-wrongly
    while ((read_so_far = scanf("%d", rate)) != EOF)
        if (read_so_far != 1)
            return -1;
    return 0;
}

int header(FILE *file, char (*bytes)[16])
{
    // ruleid: result-compared-wrongly
    if (fread(bytes, sizeof *bytes, 1, file) != sizeof *bytes)
        return -1;
    // ruleid: result-compared-wrongly
    if (fread(bytes, 4, 4, file) != 16)
        return -1;
    // ok: result-compared-wrongly
    if (fread(bytes, 1, sizeof *bytes, file) != sizeof *bytes)
        return -1;
    // ok: result-compared-wrongly
    return fread(bytes, sizeof *bytes, 1, file) == 1 ? 0 : -1;
}

int name(char *to, size_t room, const char *text)
{
    int length;
    // ruleid: result-compared-wrongly
    length = snprintf(to, room, "<%s>", text);
    if (length < 0 || (size_t)length > room)
        return -1;
    // ok: result-compared-wrongly
    length = snprintf(to, room, "<%s>", text);
    if (length < 0 || (size_t)length >= room)
        return -1;
    return 0;
}

int address(const char *text, struct in_addr *to)
{
    // ruleid: result-compared-wrongly
    if (inet_pton(AF_INET, text, to) < 0)
        return -1;
    // ok: result-compared-wrongly
    return inet_pton(AF_INET, text, to) == 1 ? 0 : -1;
}

int order(const char *one, const char *other)
{
    // ruleid: result-compared-wrongly
    if (strcmp(one, other) == 1)
        return 1;
    // ok: result-compared-wrongly
    return strcmp(one, other) > 0;
}

int says_both(const char *text, struct in_addr *to)
{
    // ok: result-compared-wrongly
    int known = inet_pton(AF_INET, text, to);
    if (known < 0)
        return -1;
    if (known == 0)
        return -2;
    return 0;
}

int one_byte(FILE *file, uint8_t *to)
{
    uint8_t byte;
    // ok: result-compared-wrongly
    if (fread(&byte, sizeof(byte), 1, file) != sizeof(byte))
        return -1;
    // ok: result-compared-wrongly
    return fread(to, sizeof(uint8_t), 1, file) != sizeof(uint8_t);
}

int as_long_as(int rate)
{
    // ok: result-compared-wrongly
    int length = snprintf(NULL, 0, "rate %d", rate);
    if (length > 0)
        return length;
    return -1;
}

int to_display(unsigned char byte)
{
    // ok: result-compared-wrongly
    if (!send(byte))
        return -1;
    return 0;
}

struct label {
    char text[24];
    int id;
};

int make_label(struct label *label, const char *name, int id)
{
    // ruleid: result-compared-wrongly
    int n = snprintf(label->text, sizeof label->text, "%s-%04d", name, id);

    label->id = id;
    if (n < 0 || (size_t)n > sizeof label->text)
        return -1;
    return 0;
}

int label_that_fits(struct label *label, const char *name, int id)
{
    // ok: result-compared-wrongly
    int n = snprintf(label->text, sizeof label->text, "%s-%04d", name, id);

    label->id = id;
    if (n < 0 || (size_t)n >= sizeof label->text)
        return -1;
    return 0;
}

int label_and_line(struct label *label, const char *name, int door)
{
    // ok: result-compared-wrongly
    int n = snprintf(label->text, sizeof label->text, "%s", name);

    if (n < 0)
        return -1;
    n = read_line(door);
    if ((size_t)n > sizeof label->text)
        return -1;
    return 0;
}
