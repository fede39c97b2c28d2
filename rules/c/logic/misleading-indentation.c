struct peer { int failures; int trusted; };

int signature_ok(const char *message);
void report(const char *text);

int accept_message(struct peer *peer, const char *message)
{
    if (!signature_ok(message))
        peer->failures++;
        // ruleid: misleading-indentation
        return -1;
    peer->trusted = 1;
    return 0;
}

int loops(struct peer *peer, int n)
{
    for (int i = 0; i < n; i++)
        peer[i].failures = 0;
        // ruleid: misleading-indentation
        report("reset");
    while (n > 0)
        n--;
        // ruleid: misleading-indentation
        report("one less");
    if (n == 0)
        report("none");
    else
        report("some");
        // ruleid: misleading-indentation
        peer->trusted = 0;
    return n;
}

int right(struct peer *peer, int n)
{
    // ok: misleading-indentation
    if (n < 0)
        return -1;
    // ok: misleading-indentation
    peer->failures = n;
    if (n > 3) {
        peer->trusted = 0;
        // ok: misleading-indentation
        return -2;
    }
    if (n > 2) report("three");
    // ok: misleading-indentation
    report("next");
    if (n > 1)
        report("two");

        // ok: misleading-indentation
        report("a block of its own");
#ifdef WITH_CHECK
    if (signature_ok("x"))
#endif
        report("maybe");
    // ok: misleading-indentation
    return 0;
}
