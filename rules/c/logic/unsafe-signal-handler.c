#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <syslog.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static char *buffer;

static void on_interrupt(int number)
{
    // ruleid: unsafe-signal-handler
    printf("stopping on %d\n", number);
    stop = 1;
}

static void release(void)
{
    // ruleid: unsafe-signal-handler
    free(buffer);
}

static void on_terminate(int number)
{
    (void)number;
    release();
    _exit(1);
}

static void on_hangup(int number)
{
    // ruleid: unsafe-signal-handler
    syslog(LOG_INFO, "signal %d", number);
}

static void on_child(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    (void)context;
    // ruleid: unsafe-signal-handler
    buffer = malloc(10);
}

static void on_alarm(int number)
{
    static const char text[] = "alarm\n";
    (void)number;
    // ok: unsafe-signal-handler
    (void)write(2, text, sizeof(text) - 1);
    // ok: unsafe-signal-handler
    _exit(2);
}

static void on_user(int number)
{
    (void)number;
    // ok: unsafe-signal-handler
    stop = 2;
}

void signal_name(int number)
{
    // ok: unsafe-signal-handler
    printf("%d\n", number);
}

int main(void)
{
    struct sigaction action = {0};
    struct sigaction hangup = {.sa_handler = on_hangup};
    signal(SIGINT, on_interrupt);
    signal(SIGALRM, &on_alarm);
    signal(SIGUSR1, on_user);
    signal(SIGPIPE, SIG_IGN);
    action.sa_handler = on_terminate;
    sigaction(SIGTERM, &action, NULL);
    action.sa_sigaction = on_child;
    sigaction(SIGCHLD, &action, NULL);
    sigaction(SIGHUP, &hangup, NULL);
    // ok: unsafe-signal-handler
    printf("waiting\n");
    while (!stop)
        sleep(1);
    // ok: unsafe-signal-handler
    free(buffer);
    signal_name(3);
    return 0;
}

static void lost(int signo)
{
    if (signo)
        _exit(1);
    else
        // ok: unsafe-signal-handler
        exit(1);
}

static void end_child(int signo)
{
    if (signo != 0)
        _exit(1);
    // ok: unsafe-signal-handler
    exit(1);
}

static void end_after_child(int signo)
{
    if (signo)
        wait_for_child();
    // ruleid: unsafe-signal-handler
    exit(1);
}

void handle_ends(void)
{
    signal(SIGPIPE, lost);
    signal(SIGTERM, end_child);
    signal(SIGINT, end_after_child);
}
