#include <grp.h>
#include <stdlib.h>
#include <unistd.h>

void serve(void);

void drop(uid_t uid, gid_t gid)
{
    // ruleid: unchecked-privilege-drop
    setgroups(0, NULL);
    // ruleid: unchecked-privilege-drop
    setgid(gid);
    // ruleid: unchecked-privilege-drop
    setuid(uid);
    // ruleid: unchecked-privilege-drop
    if (geteuid() == 0) seteuid(uid);
    serve();
}

int confine(const char *root)
{
    // ruleid: unchecked-privilege-drop
    chroot(root);
    return chdir("/");
}

int drop_checked(uid_t uid, gid_t gid)
{
    // ok: unchecked-privilege-drop
    if (setgroups(0, NULL) != 0)
        return -1;
    // ok: unchecked-privilege-drop
    if (setgid(gid) != 0 || setuid(uid) != 0)
        return -1;
    // ok: unchecked-privilege-drop
    int failed = setegid(gid);
    // ok: unchecked-privilege-drop
    failed |= seteuid(uid);
    // ok: unchecked-privilege-drop
    (void)setsid();
    // ok: unchecked-privilege-drop
    getuid();
    // ok: unchecked-privilege-drop
    return setuid(uid) + failed;
}
