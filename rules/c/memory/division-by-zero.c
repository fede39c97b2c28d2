#include <stdio.h>
#include <stdlib.h>

int rate(int volume, int interval)
{
    if (interval == 0) {
        printf("no interval\n");
    }
    // ruleid: division-by-zero
    return volume / interval;
}

int rate_checked(int volume, int interval)
{
    if (interval == 0) {
        return -1;
    }
    // ok: division-by-zero
    return volume / interval;
}

int slots(const char *text)
{
    int size = atoi(text);
    // ruleid: division-by-zero
    return 4096 % size;
}

int slots_checked(const char *text)
{
    int size = atoi(text);
    if (size <= 0) {
        return 0;
    }
    // ok: division-by-zero
    return 4096 % size;
}

static int share(int total, int parts)
{
    // ruleid: division-by-zero
    return total / parts;
}

int nothing(void)
{
    return share(100, 0);
}

int mean(const int *values, int count)
{
    int sum = 0;
    int used = 0;
    for (int i = 0; i < count; i++) {
        sum += values[i];
        used++;
    }
    // ok: division-by-zero
    return used > 0 ? sum / used : 0;
}

int unknown(int a, int b)
{
    // ok: division-by-zero
    return a / b;
}

int step_of(int total, int flag)
{
    int parts = 0;
    if (flag) {
        parts = 4;
    }
    // ruleid: division-by-zero
    return total / parts;
}

int constant_step(int total)
{
    int parts = 4;
    // ok: division-by-zero
    return total / parts;
}

int guarded_step(int total, int parts)
{
    if (parts < 1) {
        parts = 1;
    }
    // ok: division-by-zero
    return total / parts;
}

// There may be nothing to read: the loop then runs not once.
int mean(FILE *file)
{
    int sum = 0, count = 0, value;
    while (fscanf(file, "%d", &value) == 1) {
        sum = (sum + value % 100) % 1000;
        count++;
    }
    // ruleid: division-by-zero
    return sum / count;
}

int mean_checked(FILE *file)
{
    int sum = 0, count = 0, value;
    while (fscanf(file, "%d", &value) == 1) {
        sum = (sum + value % 100) % 1000;
        count++;
    }
    // ok: division-by-zero
    return count == 0 ? 0 : sum / count;
}

// Whoever calls it may know that there is something in the table.
int mean_of_table(const int *table, int size)
{
    int sum = 0, count = 0;
    for (int i = 0; i < size; i++) {
        sum = (sum + table[i] % 100) % 1000;
        count++;
    }
    // ok: division-by-zero
    return sum / count;
}
