#include <errno.h>
#include <stdlib.h>

long every(const char *text)
{
    char *end;
    // ruleid: unchecked-number-end
    return strtol(text, &end, 10);
}

unsigned long port(const char *text)
{
    char *end = NULL;
    unsigned long value;

    errno = 0;
    // ruleid: unchecked-number-end
    value = strtoul(text, &end, 0);
    if (errno != 0 || value > 65535) {
        return 0;
    }
    return value;
}

long checked(const char *text)
{
    char *end;
    // ok: unchecked-number-end
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0') {
        return -1;
    }
    return value;
}

long next(const char **text)
{
    char *end;
    // ok: unchecked-number-end
    long value = strtol(*text, &end, 10);
    *text = end;
    return value;
}

long handed_on(const char *text, char **end)
{
    // ok: unchecked-number-end
    return strtol(text, end, 10);
}

double share(const char *text)
{
    char *rest;
    // ruleid: unchecked-number-end
    double value = strtod(text, &rest);
    return value / 100;
}

long long big(const char *text)
{
    char *rest;
    // ruleid: unchecked-number-end
    long long value = strtoll(text, &rest, 10);
    return value > 0 ? value : 0;
}

int all_of_it(const char *rest);

long helped(const char *text)
{
    char *rest;
    // ok: unchecked-number-end
    long value = strtol(text, &rest, 10);
    return all_of_it(rest) ? value : -1;
}

long without(const char *text)
{
    // ok: unchecked-number-end
    return strtol(text, NULL, 10);
}

long own_text(void)
{
    char *rest;
    // ok: unchecked-number-end
    return strtol("0600", &rest, 8);
}

int cast_away(const char *text)
{
    char *rest;
    // ok: unchecked-number-end
    long value = strtol(text, &rest, 10);
    const char *behind = (const char *)rest;
    return *behind == '\0' ? (int)value : -1;
}

struct rest {
    const char *text;
};

int kept(const char *text)
{
    char *rest;
    // ok: unchecked-number-end
    long value = strtol(text, &rest, 10);
    struct rest behind = { rest };
    return *behind.text == '\0' ? (int)value : -1;
}

const char *chosen(const char *text, long *value)
{
    char *rest;
    // ok: unchecked-number-end
    *value = strtol(text, &rest, 10);
    return *value < 0 ? text : rest;
}

struct cursor { const char *at; int line; };

long next_number(struct cursor *cursor)
{
    char *end;
    // ok: unchecked-number-end
    long value = strtol(cursor->at, &end, 10);
    *cursor = (struct cursor){ .line = 1, .at = end };
    return value;
}
