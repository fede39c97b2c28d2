#include <stdio.h>

int set_alarm();
int counted(int first, int second);

int early(int low, int high)
{
    // ruleid: wrong-argument-count
    return set_alarm(low, high);
}

int set_alarm(low, high, channel)
    int low;
    int high;
    int channel;
{
    return high > low ? channel : -1;
}

int counted(first, second)
    int first, second;
{
    return first + second;
}

int ready()
{
    return 1;
}

int late(int low, int high, int (*ready_now)(int))
{
    // ruleid: wrong-argument-count
    int all = set_alarm(low, high, 1, 2);
    // ok: wrong-argument-count
    all += set_alarm(low, high, 1);
    // ok: wrong-argument-count
    all += counted(low, high);
    // ruleid: wrong-argument-count
    all += ready(low);
    // ok: wrong-argument-count
    return all + ready() + ready_now(low);
}

long scaled(value, by)
    long value, by;
{
    return value * by;
}

void stop_all()
{
    // ruleid: wrong-argument-count
    printf("%ld\n", scaled(3L));
    // ok: wrong-argument-count
    printf("%ld\n", scaled(3L, 4L));
}

int with_prototype(int first)
{
    // ok: wrong-argument-count
    stop_all();
    // ok: wrong-argument-count
    return first + with_prototype(first);
}
