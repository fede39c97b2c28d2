#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void restart(void)
{
    // ruleid: unsafe-search-path
    setenv("PATH", ".:/usr/local/bin:/usr/bin", 1);
    // ruleid: unsafe-search-path
    setenv("PATH", "/usr/bin:.", 1);
    // ruleid: unsafe-search-path
    setenv("LD_LIBRARY_PATH", "/tmp/codecs", 1);
    // ruleid: unsafe-search-path
    putenv("PATH=/usr/bin:");
    // ok: unsafe-search-path
    setenv("PATH", "/usr/sbin:/usr/bin", 1);
    // ok: unsafe-search-path
    setenv("LANG", ".", 1);
    // ok: unsafe-search-path
    putenv("PATH=/usr/bin:/opt/v1.2/bin");
}

void *load(int which)
{
    if (which == 0) {
        // ruleid: unsafe-search-path
        return dlopen("./codec.so", RTLD_NOW);
    }
    if (which == 1) {
        // ruleid: unsafe-search-path
        system("/tmp/update.sh");
    }
    // ok: unsafe-search-path
    return dlopen("/usr/lib/monitor/codec.so", RTLD_NOW);
}

void start(const char *program)
{
    // ok: unsafe-search-path
    execl("/usr/sbin/netrestart", "netrestart", (char *)NULL);
    // ok: unsafe-search-path
    execl(program, program, (char *)NULL);
}
