#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RESTART_COMMAND "/etc/init.d/pump restart"

static const char sync_command[] = "/bin/sync";

/* Declared by the C library: int system(const char *command); */
int system(const char *command);

struct wifi {
    char ssid[33];
    char command[128];
};

int join_network(struct wifi *wifi)
{
    snprintf(wifi->command, sizeof(wifi->command), "wpa_cli select %s", wifi->ssid);
    // ruleid: shell-command-execution
    return system(wifi->command);
}

int ping(const char *host)
{
    char line[64];
    snprintf(line, sizeof(line), "ping -c 1 %s", host);
    // ruleid: shell-command-execution
    FILE *out = popen(line, "r");
    return out == NULL ? -1 : pclose(out);
}

void service_command(char **argv)
{
    // ruleid: shell-command-execution
    if (system(argv[1]) != 0) {
        exit(1);
    }
    // ruleid: shell-command-execution
    (void)system(getenv("PUMP_HOOK"));
}

void run_script(const char *script)
{
    // ruleid: shell-command-execution
    execl("/bin/sh", "sh", "-c", script, (char *)NULL);
}

int clean(const char *interface, int reboot)
{
    // ok: shell-command-execution
    int status = system("/sbin/reboot");
    // ok: shell-command-execution
    status |= system(RESTART_COMMAND);
    // ok: shell-command-execution
    status |= system(NULL);
    // ok: shell-command-execution
    status |= system(sync_command);
    // ok: shell-command-execution
    status |= system(reboot ? "/sbin/reboot" : "/sbin/halt");
    // ok: shell-command-execution
    FILE *uptime = popen("/usr/bin/uptime", "r");
    // ok: shell-command-execution
    execl("/sbin/ip", "ip", "link", "set", interface, "up", (char *)NULL);
    // ok: shell-command-execution
    filesystem(interface);
    return uptime == NULL ? -1 : status;
}

static int is_valid_host(const char *host)
{
    for (; *host != '\0'; host++)
        if (strchr("abcdefghijklmnopqrstuvwxyz.", *host) == NULL)
            return 0;
    return 1;
}

int page(const char *pager)
{
    // ruleid: shell-command-execution
    FILE *out = popen(pager != NULL ? pager : "cat", "w");
    return out == NULL ? -1 : pclose(out);
}

int ping_checked(const char *host)
{
    char line[64];
    if (!is_valid_host(host))
        return -1;
    snprintf(line, sizeof(line), "ping -c 1 %s", host);
    // ok: shell-command-execution
    return system(line);
}

int stop(int process)
{
    char line[64];
    snprintf(line, sizeof(line), "kill -%d %5d", 9, process);
    // ok: shell-command-execution
    return system(line);
}

int synchronise(const char *server)
{
    char line[64];
    if (!server_ok(server))
        return -1;
    snprintf(line, sizeof(line), "ntpdate %s", server);
    // ok: shell-command-execution
    return system(line);
}

static const char *const HOOKS[] = {"up", "down", "renew"};

int hook(unsigned which)
{
    char line[64];
    snprintf(line, sizeof(line), "/etc/hooks/run %s", HOOKS[which % 3]);
    // ok: shell-command-execution
    return system(line);
}

int hook_of(char **argv)
{
    char line[64];
    snprintf(line, sizeof(line), "/etc/hooks/run %s", argv[1]);
    // ruleid: shell-command-execution
    return system(line);
}

static int digits_only(const char *s)
{
    for (; *s; s++)
        if (*s < '0' || *s > '9')
            return 0;
    return 1;
}

static int pack(const char *id)
{
    char line[80];
    snprintf(line, sizeof(line), "tar czf /media/%s.tgz /data/%s", id, id);
    // ok: shell-command-execution
    return system(line);
}

static int unpack(const char *id)
{
    char line[80];
    snprintf(line, sizeof(line), "tar xzf /media/%s.tgz", id);
    // ruleid: shell-command-execution
    return system(line);
}

int menu(const char *id, int way)
{
    switch (way) {
    case 1:
        if (!digits_only(id))
            return -1;
        return pack(id);
    default:
        return unpack(id);
    }
}

static const struct { const char *word; const char *program; } PROGRAMS[] = { { "start", "run" }, { "stop", "halt" } };

static const char *program_for(const char *word)
{
    for (unsigned i = 0; i < 2; i++)
        if (strcmp(PROGRAMS[i].word, word) == 0)
            return PROGRAMS[i].program;
    return NULL;
}

static const char *last_word(const char *text)
{
    const char *space = strrchr(text, ' ');
    return space == NULL ? text : space + 1;
}

int act_on(const char *word)
{
    char line[64];
    const char *program = program_for(word);
    if (program == NULL)
        return -1;
    snprintf(line, sizeof(line), "/etc/init.d/pump %s %d", program, 3);
    // ok: shell-command-execution
    return system(line);
}

int act_on_last(const char *word)
{
    char line[64];
    const char *program = last_word(word);
    snprintf(line, sizeof(line), "/etc/init.d/pump %s", program);
    // ruleid: shell-command-execution
    return system(line);
}

int run_hook(const char *hook)
{
    char *arguments[] = { "sh", "-c", NULL, NULL };
    arguments[2] = (char *)hook;
    // ruleid: shell-command-execution
    return execv("/bin/sh", arguments);
}

int run_fixed(void)
{
    char *arguments[] = { "sh", "-c", "sync", NULL };
    // ok: shell-command-execution
    return execv("/bin/sh", arguments);
}

int run_script(char *file)
{
    char *arguments[] = { "sh", file, NULL };
    // ok: shell-command-execution
    return execv("/bin/sh", arguments);
}

typedef struct {
    const char *word;
    const char *shell;
} verb;

static const verb verbs[] = {
    {"uptime", "/usr/bin/uptime"},
    {"disk", "/bin/df -k /"},
};

static verb learned[8];

static const char *shell_of(const char *word)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; ++i)
        if (strcmp(verbs[i].word, word) == 0)
            return verbs[i].shell;
    return NULL;
}

static const verb *verb_of(const char *word)
{
    for (size_t i = 0; i < 2; ++i)
        if (strcmp(verbs[i].word, word) == 0)
            return &verbs[i];
    return NULL;
}

static const char *learned_of(const char *word)
{
    for (size_t i = 0; i < 8; ++i)
        if (strcmp(learned[i].word, word) == 0)
            return learned[i].shell;
    return NULL;
}

int run_verb(const char *word, int number)
{
    const char *cmd = shell_of(word);
    if (cmd == NULL)
        return -1;
    // ok: shell-command-execution
    int rc = system(cmd);
    const verb *v = verb_of(word);
    // ok: shell-command-execution
    rc += v ? system(v->shell) : 1;
    // ok: shell-command-execution
    return rc + system(verbs[number].shell);
}

int run_learned(const char *word)
{
    const char *cmd = learned_of(word);
    // ruleid: shell-command-execution
    int rc = system(cmd);
    // ruleid: shell-command-execution
    return rc + system(learned[0].shell);
}

static const char *const offered[][2] = {
    {"uptime", "/usr/bin/uptime"},
    {"disk", "/bin/df -k /"},
};

static const char *offered_as(const char *word)
{
    for (size_t i = 0; i < 2; ++i)
        if (strcmp(offered[i][0], word) == 0)
            return offered[i][1];
    return NULL;
}

int run_offered(const char *word)
{
    const char *cmd = offered_as(word);
    if (cmd == NULL)
        return -1;
    // ok: shell-command-execution
    return system(cmd);
}

static int is_valid_link(const char *name)
{
    size_t i = 0;
    for (; name[i] != '\0'; ++i)
        if (!isalnum((unsigned char)name[i]))
            return 0;
    return i <= 15;
}

static int show_link(const char *name)
{
    char cmd[80];
    snprintf(cmd, sizeof(cmd), "/sbin/ip link show dev %s", name);
    // ok: shell-command-execution
    return system(cmd);
}

int ask_for_link(const char *name)
{
    if (!is_valid_link(name)) {
        return -1;
    }
    return show_link(name) == 0 ? 0 : 1;
}

static int show_route(const char *name)
{
    char cmd[80];
    snprintf(cmd, sizeof(cmd), "/sbin/ip route show dev %s", name);
    // ruleid: shell-command-execution
    return system(cmd);
}

int ask_for_route(const char *name)
{
    if (name == NULL) {
        return -1;
    }
    return show_route(name) == 0 ? 0 : 1;
}
