#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

int load(FILE *in, const char *path)
{
    char line[64];
    // ruleid: impossible-failure-check
    if (fgets(line, sizeof(line), in) < 0)
        return -1;
    // ruleid: impossible-failure-check
    if (fread(line, 1, sizeof(line), in) < 0)
        return -1;
    FILE *other;
    // ruleid: impossible-failure-check
    if ((other = fopen(path, "r")) == -1)
        return -1;
    int handle;
    // ruleid: impossible-failure-check
    if (!(handle = open(path, O_RDONLY)))
        return -1;
    // ruleid: impossible-failure-check
    if (socket(AF_INET, SOCK_STREAM, 0) == NULL)
        return -1;
    // ruleid: impossible-failure-check
    if (fputs(line, stderr) == 0)
        return -1;
    return handle;
}

int load_right(FILE *in, const char *path)
{
    char line[64];
    // ok: impossible-failure-check
    if (fgets(line, sizeof(line), in) == NULL)
        return -1;
    // ok: impossible-failure-check
    if (fread(line, 1, sizeof(line), in) != sizeof(line))
        return -1;
    FILE *other;
    // ok: impossible-failure-check
    if ((other = fopen(path, "r")) == NULL)
        return -1;
    // ok: impossible-failure-check
    if (!fopen(path, "r"))
        return -1;
    int handle;
    // ok: impossible-failure-check
    if ((handle = open(path, O_RDONLY)) < 0)
        return -1;
    // ok: impossible-failure-check
    if (open(path, O_RDONLY) == -1)
        return -1;
    // ok: impossible-failure-check
    if (fputs(line, stderr) == EOF)
        return -1;
    // ok: impossible-failure-check
    return fgetc(in) == EOF ? -1 : handle;
}

int load_byte(FILE *in)
{
    unsigned char c;
    int letter;
    int sum = 0;
    // ruleid: impossible-failure-check
    while ((c = fgetc(in)) != EOF)
        sum += c;
    // ok: impossible-failure-check
    while ((letter = fgetc(in)) != EOF)
        sum += letter;
    return sum;
}

int open_it(const char *path)
{
    // ruleid: impossible-failure-check
    int handle = open(path, O_RDONLY);
    if (handle == 0) {
        perror("open");
        return -1;
    }
    return handle;
}

int open_right(const char *path)
{
    // ok: impossible-failure-check
    int handle = open(path, O_RDONLY);
    if (handle < 0) {
        perror("open");
        return -1;
    }
    return handle;
}

long count_fields(FILE *in, char separator)
{
    long count = 0;
    char c;
    int letter;
    // ruleid: impossible-failure-check
    while ((c = fgetc(in)) != EOF)
        count += c == separator;
    // ruleid: impossible-failure-check
    if ((c = getc(in)) == EOF)
        return -1;
    // ok: impossible-failure-check
    if ((letter = getc(in)) == EOF)
        return -1;
    return count;
}

void *map_file(int handle, size_t size)
{
    void *bytes;
    // ruleid: impossible-failure-check
    bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, handle, 0);
    close(handle);
    if (bytes == NULL)
        return NULL;
    return bytes;
}

void *map_right(int handle, size_t size)
{
    // ok: impossible-failure-check
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, handle, 0);
    if (bytes == MAP_FAILED)
        bytes = NULL;
    if (bytes == NULL)
        return NULL;
    return bytes;
}

struct received {
    unsigned char bytes[64];
    size_t length;
};

int receive(struct received *to, int socket)
{
    // ruleid: impossible-failure-check
    to->length = recv(socket, to->bytes, sizeof to->bytes, 0);
    if (to->length < 0)
        return -1;
    return 0;
}

int receive_and_count(int socket)
{
    unsigned char bytes[64];
    unsigned int got;
    int count = 0;
    // ruleid: impossible-failure-check
    while ((got = read(socket, bytes, sizeof bytes)) < 0)
        count++;
    return count;
}

int receive_right(struct received *to, int socket)
{
    // ok: impossible-failure-check
    ssize_t got = recv(socket, to->bytes, sizeof to->bytes, 0);
    if (got < 0)
        return -1;
    to->length = (size_t)got;
    return 0;
}

int empty(const char *name)
{
    size_t length;
    // ok: impossible-failure-check
    length = strlen(name);
    return length <= 0;
}

int receive_or_fail(int socket, unsigned char *bytes, size_t room)
{
    size_t got;
    // ok: impossible-failure-check
    got = recv(socket, bytes, room, 0);
    if (got == (size_t)-1)
        return -1;
    if (got <= 0)
        return 0;
    return (int)got;
}

int leave_root(uid_t user)
{
    // ruleid: impossible-failure-check
    if (setuid(user) > 0)
        return -1;
    // ok: impossible-failure-check
    if (setgid(user) != 0)
        return -1;
    // ok: impossible-failure-check
    return chdir("/") < 0;
}

int begin(pthread_mutex_t *lock, pthread_t *thread, void *(*run)(void *))
{
    int failed;
    // ruleid: impossible-failure-check
    if (pthread_mutex_init(lock, NULL) < 0)
        return -1;
    // ruleid: impossible-failure-check
    failed = pthread_create(thread, NULL, run, NULL);
    if (failed == -1)
        return -1;
    // ok: impossible-failure-check
    return pthread_mutex_lock(lock) != 0 ? -1 : 0;
}

int keep_line(FILE *out, const char *line)
{
    int written = 0;
    written = fputs(line, out);
    // ok: impossible-failure-check
    if (written < 0)
        return -1;
    // ruleid: impossible-failure-check
    written = fputs("\n", out);
    if (written == 0)
        return -1;
    return 0;
}

unsigned long sum_of(FILE *in)
{
    unsigned char block[512];
    unsigned long sum = 0;
    for (;;) {
        size_t n = fread(block, 1, sizeof block, in);
        // ruleid: impossible-failure-check
        if (n < 0)
            return 0;
        if (n == 0)
            break;
        for (size_t i = 0; i < n; i++)
            sum += block[i];
    }
    return sum;
}

int store(FILE *out, const char *line, size_t length)
{
    int written = fwrite(line, 1, length, out);
    // ruleid: impossible-failure-check
    if (written == -1 || line[0] == '#')
        return -1;
    size_t more;
    more = fwrite("\n", 1, 1, out);
    fflush(out);
    // ruleid: impossible-failure-check
    if (0 > more)
        return -1;
    char *copy = malloc(length + 1);
    // ruleid: impossible-failure-check
    if (copy < 0)
        return -1;
    free(copy);
    return 0;
}

int each_line(FILE *in)
{
    char line[80];
    int count = 0;
    // ruleid: impossible-failure-check
    while (fgets(line, sizeof line, in) != EOF)
        count++;
    // ruleid: impossible-failure-check
    while (fread(line, 1, sizeof line, in) >= 0)
        count++;
    return count;
}

int store_right(FILE *out, const char *line, size_t length)
{
    int written = fwrite(line, 1, length, out);
    written = fflush(out);
    // ok: impossible-failure-check
    if (written < 0)
        return -1;
    written = fwrite(line, 1, length, out);
    // ok: impossible-failure-check
    if (written < 1)
        return -1;
    char *found = strchr(line, ':');
    // ok: impossible-failure-check
    if (found != NULL)
        return 1;
    return 0;
int read_block(FILE *in, char *bytes, size_t size)
{
    size_t got;
    FILE *other;
    got = fread(bytes, 1, size, in);
    // ruleid: impossible-failure-check
    if (got < 0)
        return -1;
    other = fopen("log", "a");
    // ruleid: impossible-failure-check
    if (other == EOF)
        return -1;
    // ruleid: impossible-failure-check
    return fprintf(other, "%d", (int)got) == 0 ? -1 : 0;
}

int next_block(FILE *in, char *bytes, int size)
{
    int left = size;
    left -= (int)fread(bytes, 1, (size_t)left, in);
    // ok: impossible-failure-check
    if (left < 0)
        return -1;
    // ok: impossible-failure-check
    return printf("%s", bytes) == 0 ? 0 : 1;
}

int one_byte(FILE *in)
{
    unsigned char byte;
    byte = fgetc(in);
    // ruleid: impossible-failure-check
    if (byte == EOF)
        return -1;
    return byte;
}
