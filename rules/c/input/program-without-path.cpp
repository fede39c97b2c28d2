#include <unistd.h>

int restart(const char *interface)
{
    // ok: program-without-path
    return execlp("ifup", "ifup", interface, (char *)0);
}
