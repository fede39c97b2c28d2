#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

static long hits, misses, kept;
static atomic_long exact;
static _Thread_local int own;
static int results[2];
static int ready;
static struct { int balance; } account = { 100 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void count(void)
{
    // ruleid: data-race
    misses += 2;
}

static void *worker(void *argument)
{
    int *index = argument;
    // ruleid: data-race
    hits++;
    // ruleid: data-race
    account.balance = account.balance - 10;
    count();
    // ok: data-race
    exact++;
    // ok: data-race
    own++;
    // ok: data-race
    results[*index]++;
    // ok: data-race
    ready = 1;
    return NULL;
}

static long spare;

static void *other(void *argument)
{
    // ruleid: data-race
    --spare;
    return argument;
}

static void *careful(void *argument)
{
    pthread_mutex_lock(&lock);
    // ok: data-race
    kept++;
    pthread_mutex_unlock(&lock);
    return argument;
}

static long alone;

static void *single(void *argument)
{
    // ok: data-race
    alone++;
    return argument;
}

int main(void)
{
    pthread_t threads[5];
    int one = 0, two = 1;
    if (pthread_create(&threads[0], NULL, worker, &one) != 0 || pthread_create(&threads[1], NULL, worker, &two) != 0)
        return 1;
    for (int i = 2; i < 4; i++)
        if (pthread_create(&threads[i], NULL, careful, NULL) != 0)
            return 1;
    for (int i = 2; i < 4; i++)
        if (pthread_create(&threads[i], NULL, other, NULL) != 0)
            return 1;
    if (pthread_create(&threads[4], NULL, single, NULL) != 0)
        return 1;
    for (int i = 0; i < 5; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

static pthread_mutex_t counts_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned handled;
static unsigned failed;

static void *counting(void *arg)
{
    for (int job = 0; job < 1000; job++) {
        if (job % 7 == *(int *)arg) {
            pthread_mutex_lock(&counts_lock);
            // ok: data-race
            failed++;
            pthread_mutex_unlock(&counts_lock);
            continue;
        }
        // ruleid: data-race
        handled++;
    }
    return NULL;
}

int run_workers(void)
{
    pthread_t threads[4];
    static int first = 3;

    for (int i = 0; i < 4; i++)
        if (pthread_create(&threads[i], NULL, counting, &first) != 0)
            return -1;
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    return failed > handled;
}
