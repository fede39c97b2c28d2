#include <stdio.h>

int rate_of(const char *line)
{
    int rate = 0;
    // ruleid: input-result-as-condition
    if (sscanf(line, "rate=%d", &rate))
        return rate;
    return -1;
}

int pair_of(const char *line, int *low, int *high)
{
    // ruleid: input-result-as-condition
    if (!sscanf(line, "%d-%d", low, high))
        return -1;
    // ruleid: input-result-as-condition
    return sscanf(line, "%d %d", low, high) ? 0 : -1;
}

int sum(FILE *file)
{
    int value, all = 0;
    // ruleid: input-result-as-condition
    while (fscanf(file, "%d", &value))
        all += value;
    // ruleid: input-result-as-condition
    for (; scanf("%d", &value);)
        all += value;
    // ruleid: input-result-as-condition
    while (all < 100 && scanf("%d", &value))
        all += value;
    do {
        all += value;
        // ruleid: input-result-as-condition
    } while (scanf("%d", &value));
    return all;
}

int right(const char *line, FILE *file)
{
    int rate = 0, all = 0;
    // ok: input-result-as-condition
    if (sscanf(line, "rate=%d", &rate) == 1)
        return rate;
    // ok: input-result-as-condition
    while (fscanf(file, "%d", &rate) > 0)
        all += rate;
    // ok: input-result-as-condition
    if (sscanf(line, "%d", &rate) < 1)
        return -1;
    // ok: input-result-as-condition
    if (feof(file))
        return all;
    // ok: input-result-as-condition
    int count = sscanf(line, "%d", &rate);
    // ok: input-result-as-condition
    return (scanf("%d", &rate) != 1) ? -1 : count;
}

int word_of(const char *date, char *word)
{
    if (isalpha((unsigned char)*date)) {
        // ok: input-result-as-condition
        if (sscanf(date, "%31[a-z]", word))
            return 1;
    } else if (date[0] == '+') {
        // ok: input-result-as-condition
        return sscanf(date, "%31s", word) ? 1 : 0;
    }
    // ok: input-result-as-condition
    if (*date != '\0' && sscanf(date, "%31s", word))
        return 1;
    // ruleid: input-result-as-condition
    return !sscanf(date, "%31s", word);
}

int rate(int *to)
{
    // ruleid: input-result-as-condition
    if (scanf("%d", to) == 0)
        return -1;
    // ok: input-result-as-condition
    return scanf("%d", to) == 1 ? 0 : -1;
}
