#include <unistd.h>

int restart(const char *interface)
{
    // ok: program-without-path
    return execlp("ifup", "ifup", interface, (char *)0);
}

static char *own[] = { path, nullptr };

int again()
{
    if (setuid(0) != 0)
        return -1;
    environ = own;
    // ok: program-without-path
    return system("ifup wlan0");
}
