#include <unistd.h>

int bare(const char *root)
{
    // ruleid: chroot-without-chdir
    return chroot(root);
}

int tested(const char *root)
{
    // ruleid: chroot-without-chdir
    if (chroot(root) != 0)
        return -1;
    return setuid(100);
}

void discarded(void)
{
    // ruleid: chroot-without-chdir
    (void)chroot("/srv");
}

int nested(const char *root, int wanted)
{
    if (wanted) {
        // ruleid: chroot-without-chdir
        if (chroot(root))
            return -1;
    }
    return 0;
}

int before(const char *root)
{
    if (chdir(root) != 0)
        return -1;
    // ok: chroot-without-chdir
    return chroot(root);
}

int after(const char *root)
{
    // ok: chroot-without-chdir
    if (chroot(root) != 0)
        return -1;
    return chdir("/");
}

int together(const char *root)
{
    // ok: chroot-without-chdir
    if (chroot(root) != 0 || chdir("/") != 0)
        return -1;
    return 0;
}

int inner(const char *root, int wanted)
{
    if (wanted) {
        // ok: chroot-without-chdir
        if (chroot(root))
            return -1;
        if (chdir("/"))
            return -1;
    }
    return 0;
}

int by_handle(const char *root, int directory)
{
    // ok: chroot-without-chdir
    int failed = chroot(root);
    failed |= fchdir(directory);
    // ok: chroot-without-chdir
    return failed | my_chroot(root);
}
