#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_CLIENTS 8

static int active;
void *serve(void *client);
void work(int client);

int serve_all(int listening)
{
    for (;;) {
        pthread_t thread;
        int client = accept(listening, NULL, NULL);
        if (client < 0)
            continue;
        // ruleid: unlimited-connections
        if (pthread_create(&thread, NULL, serve, (void *)(long)client) != 0) {
            close(client);
            continue;
        }
        pthread_detach(thread);
    }
}

int serve_by_processes(int listening)
{
    while (1) {
        int client = accept(listening, NULL, NULL);
        if (client == -1)
            break;
        // ruleid: unlimited-connections
        if (fork() == 0) {
            work(client);
            _exit(0);
        }
        close(client);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
    }
    return 0;
}

int serve_some(int listening)
{
    for (;;) {
        pthread_t thread;
        int client = accept(listening, NULL, NULL);
        if (client < 0)
            continue;
        if (active >= MAX_CLIENTS) {
            close(client);
            continue;
        }
        active++;
        // ok: unlimited-connections
        if (pthread_create(&thread, NULL, serve, (void *)(long)client) != 0)
            close(client);
    }
}

int serve_one_by_one(int listening)
{
    for (;;) {
        int status;
        int client = accept(listening, NULL, NULL);
        // ok: unlimited-connections
        pid_t child = fork();
        if (child == 0) {
            work(client);
            _exit(0);
        }
        close(client);
        waitpid(child, &status, 0);
    }
}

int start_workers(int count)
{
    pthread_t thread;
    for (int i = 0; i < count; i++)
        // ok: unlimited-connections
        pthread_create(&thread, NULL, serve, NULL);
    return 0;
}

int serve_by_fork(int listening)
{
    do {
        int client = accept(listening, NULL, NULL);
        // ruleid: unlimited-connections
        pid_t child = fork();
        if (child == 0) {
            close(listening);
            work(client);
            _exit(0);
        }
        close(client);
    } while (1);
}

int serve_from(int *listening)
{
    pthread_t thread;
    int client;
    while ((client = accept(*listening, NULL, NULL)) >= 0) {
        int *given = malloc(sizeof *given);
        if (given == NULL)
            continue;
        *given = client;
        // ok: unlimited-connections
        pthread_create(&thread, NULL, serve, given);
        pthread_join(thread, NULL);
    }
    return 0;
}

int serve_five(int listening)
{
    for (int i = 0; i < 5; i++) {
        pthread_t thread;
        long client = accept(listening, NULL, NULL);
        // ok: unlimited-connections
        pthread_create(&thread, NULL, serve, (void *)client);
    }
    return 0;
}

int serve_with_slots(int listening, sem_t *slots)
{
    for (;;) {
        pthread_t thread;
        long client;
        sem_wait(slots);
        client = accept(listening, NULL, NULL);
        // ok: unlimited-connections
        pthread_create(&thread, NULL, serve, (void *)client);
    }
}

int serve_forever(int listening)
{
    pthread_t thread;
    for (;;) {
        long client = accept4(listening, NULL, NULL, 0);
        // ruleid: unlimited-connections
        if (client >= 0 && pthread_create(&thread, NULL, serve, (void *)client) == 0)
            pthread_detach(thread);
    }
}

int ask(void)
{
    // ok: unlimited-connections
    return fork() == 0;
}

struct worker *worker_get(void);
int too_many(void);

void with_places(int listener)
{
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        struct worker *worker = worker_get();
        if (worker == NULL) {
            close(fd);
            continue;
        }
        pthread_t thread;
        // ok: unlimited-connections
        pthread_create(&thread, NULL, serve, worker);
    }
}

void refused(int listener)
{
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (too_many()) {
            close(fd);
            continue;
        }
        // ok: unlimited-connections
        if (fork() == 0)
            _exit(0);
        close(fd);
    }
}
