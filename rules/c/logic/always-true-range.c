int port_valid(int port)
{
    // ruleid: always-true-range
    return port > 0 || port < 65536;
}

int outside(int value)
{
    // ruleid: always-true-range
    return value < 10 && value > 200;
}

int not_a_sign(char c)
{
    // ruleid: always-true-range
    if (c != '+' || c != '-')
        return 1;
    return 0;
}

int level_valid(int level)
{
    // ruleid: always-true-range
    if (level >= 1 || level <= 5)
        return 1;
    return 0;
}

int clean(int port, char c)
{
    // ok: always-true-range
    if (port > 0 && port < 65536)
        return 1;
    // ok: always-true-range
    if (port < 1 || port > 65535)
        return 2;
    // ok: always-true-range
    if (c != '+' && c != '-')
        return 3;
    // ok: always-true-range
    if (c == '+' || c == '-')
        return 4;
    // ok: always-true-range
    if (port < 100 || port > 10000)
        return 5;
    return 0;
}

int different(int a, int b)
{
    // ok: always-true-range
    return a != 3 || b != 4;
}

enum level { GUEST, USER, ADMIN };

int may_write(enum level level)
{
    // ruleid: always-true-range
    if (level != USER || level != ADMIN) {
        return 1;
    }
    // ruleid: always-true-range
    if (level == USER && level == ADMIN) {
        return 2;
    }
    // ok: always-true-range
    return level == USER || level == ADMIN;
}

int greeting(const char *p, const signed char *q)
{
    // ok: always-true-range
    if (*p++ != 'O' || *p++ != 'K') {
        return 1;
    }
    // ok: always-true-range
    return *q++ < 0 && *q++ > 9;
}
