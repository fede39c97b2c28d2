#include <signal.h>
#include <stdio.h>
#include <unistd.h>

struct reading {
    int pulse, oxygen;
};
static struct reading current;
static int beats;
static int only_here;
static volatile sig_atomic_t stop;
static volatile int ticks;

static void count(void)
{
    // ruleid: variable-shared-with-handler
    beats++;
}

static void on_alarm(int number)
{
    (void)number;
    count();
    // ruleid: variable-shared-with-handler
    current.pulse = 60;
    // ok: variable-shared-with-handler
    only_here++;
    // ok: variable-shared-with-handler
    stop = 1;
    // ok: variable-shared-with-handler
    ticks = 0;
}

int main(void)
{
    int own = 0;
    signal(SIGALRM, on_alarm);
    while (!stop && ticks == 0) {
        pause();
        // ok: variable-shared-with-handler
        own++;
        printf("%d %d %d\n", current.pulse, beats, own);
    }
    return 0;
}

static long total;
static char last[16];
static int set_before;
static struct reading worst;

static void on_user(int number)
{
    // ruleid: variable-shared-with-handler
    total = total + number;
    // ok: variable-shared-with-handler
    last[0] = 'x';
    // ok: variable-shared-with-handler
    if (set_before)
        stop = 2;
}

static void on_child(int number)
{
    // ruleid: variable-shared-with-handler
    worst.oxygen = number;
}

int watch(void)
{
    struct sigaction action = {.sa_handler = on_user};
    set_before = 1;
    sigaction(SIGUSR1, &action, NULL);
    action.sa_handler = &on_child;
    sigaction(SIGCHLD, &action, NULL);
    return (int)total + worst.oxygen;
}
