#include <stdlib.h>
#include <unistd.h>

static int restart(const char *interface)
{
    // ruleid: program-without-path
    execlp("ifup", "ifup", interface, (char *)0);
    // ok: program-without-path
    execl("/sbin/ifup", "ifup", interface, (char *)0);
    // ok: program-without-path
    execlp("/sbin/ifup", "ifup", interface, (char *)0);
    return 127;
}

static int stop(char **list)
{
    // ruleid: program-without-path
    execvp("ifdown", list);
    // ok: program-without-path
    execvp(list[0], list);
    return 127;
}

static int again(void)
{
    // ok: program-without-path
    system("/sbin/reboot now");
    // ruleid: program-without-path
    return system("reboot now");
}

static int look(void)
{
    // ruleid: program-without-path
    FILE *out = popen("ip link", "r");
    // ok: program-without-path
    FILE *all = popen("/sbin/ip addr", "r");
    // ok: program-without-path
    return system("LANG=C");
}

int main(int argc, char **argv)
{
    if (setuid(0) != 0)
        return 1;
    return argc > 2 ? again() : restart(argv[1]);
}
