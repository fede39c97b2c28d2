#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int path_is_allowed(const char *path);

void restart(void)
{
    char path[200];
    const char *home = getenv("AGENT_HOME");
    if (home == NULL)
        home = "/opt/agent";
    snprintf(path, sizeof(path), "%s/bin/restart", home);
    // ruleid: program-from-environment
    execl(path, "restart", (char *)NULL);
}

void *codec(void)
{
    // ruleid: program-from-environment
    return dlopen(getenv("CODEC_LIBRARY"), RTLD_NOW);
}

int apply(int connection)
{
    char line[160];
    char key[32];
    char value[96];
    ssize_t size = recv(connection, line, sizeof(line) - 1, 0);
    if (size <= 0)
        return -1;
    line[size] = '\0';
    if (sscanf(line, "%31[^=]=%95s", key, value) != 2)
        return -1;
    // ruleid: program-from-environment
    return setenv(key, value, 1);
}

int search(void)
{
    const char *directory = getenv("TOOLS");
    // ruleid: program-from-environment
    return directory == NULL ? -1 : setenv("PATH", directory, 1);
}

void restart_right(char **arguments)
{
    // ok: program-from-environment
    execl("/opt/agent/bin/restart", "restart", (char *)NULL);
    // ok: program-from-environment
    execvp(arguments[1], arguments + 1);
}

void edit(const char *file)
{
    const char *editor = getenv("EDITOR");
    // ok: program-from-environment
    execlp(editor, editor, file, (char *)NULL);
}

void *codec_right(void)
{
    const char *path = getenv("CODEC_LIBRARY");
    if (path == NULL || !path_is_allowed(path))
        return NULL;
    // ok: program-from-environment
    return dlopen(path, RTLD_NOW);
}

int apply_right(char *line, int size, FILE *in)
{
    char key[32];
    char zone[96];
    if (fgets(line, size, in) == NULL || sscanf(line, "%31[^=]=%95s", key, zone) != 2)
        return -1;
    if (strcmp(key, "TZ") != 0)
        return -1;
    // ok: program-from-environment
    if (setenv(key, zone, 1) != 0)
        return -1;
    // ok: program-from-environment
    return setenv("LANG", zone, 1);
}

int driver_of_job(const char *path)
{
    char module[128];
    FILE *job = fopen(path, "r");
    void *library;
    if (job == NULL || fscanf(job, "%127s", module) != 1)
        return -1;
    // ruleid: program-from-environment
    library = dlopen(module, RTLD_NOW);
    return library == NULL;
}

int chosen(int fd)
{
    unsigned char which;
    if (read(fd, &which, 1) != 1 || which >= 2)
        return -1;
    // ok: program-from-environment
    return execl(commands[which].program, commands[which].name, (char *)NULL);
}

int numbered(void)
{
    char text[8];
    fgets(text, sizeof text, stdin);
    // ok: program-from-environment
    return execl(commands[atoi(text) & 1].program, "show", (char *)NULL);
}
