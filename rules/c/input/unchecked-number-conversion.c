#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

struct order {
    uint16_t rate;
    uint32_t volume;
    double concentration;
};

void parse_order(struct order *order, char *const fields[])
{
    // ruleid: unchecked-number-conversion
    order->rate = (uint16_t)atoi(fields[0]);
    // ruleid: unchecked-number-conversion
    order->volume = (uint32_t)atol(fields[1]);
    // ruleid: unchecked-number-conversion
    order->concentration = atof(fields[2]);
}

int main(int argc, char **argv)
{
    // ruleid: unchecked-number-conversion
    int port = argc > 1 ? atoi(argv[1]) : 1883;
    // ruleid: unchecked-number-conversion
    if (atoll(argv[2]) > 0) {
        port++;
    }
    return port;
}

int parse_rate(const char *text, uint16_t *rate)
{
    char *end = NULL;
    errno = 0;
    // ok: unchecked-number-conversion
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno == ERANGE || value < 0 || value > 999) {
        return -1;
    }
    *rate = (uint16_t)value;
    return 0;
}

struct parser {
    int (*atoi)(const char *text, int *out);
};

int others(struct parser *parser, const char *text, int *out)
{
    // ok: unchecked-number-conversion
    double value = strtod(text, NULL);
    // ok: unchecked-number-conversion
    int status = parser->atoi(text, out);
    // ok: unchecked-number-conversion
    status += checked_atoi(text, out);
    // ok: unchecked-number-conversion
    const char *hint = "atoi(text) checks nothing";
    // ok: unchecked-number-conversion
    unsigned long long big = strtoull(text, NULL, 16);
    return hint != NULL && big > 0U && value > 0.0 ? status : -1;
}
