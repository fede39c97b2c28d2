#include <pthread.h>

static pthread_mutex_t queue_lock, log_lock, clock_lock, unused_lock;

struct pump {
    pthread_mutex_t state_lock;
    pthread_mutex_t rate_lock;
    int rate;
};

static pthread_mutex_t table[2];

void put(void)
{
    // ok: lock-order
    pthread_mutex_lock(&queue_lock);
    // ok: lock-order
    pthread_mutex_lock(&log_lock);
    pthread_mutex_unlock(&log_lock);
    pthread_mutex_unlock(&queue_lock);
}

void report(void)
{
    pthread_mutex_lock(&log_lock);
    // ruleid: lock-order
    pthread_mutex_lock(&queue_lock);
    pthread_mutex_unlock(&queue_lock);
    pthread_mutex_unlock(&log_lock);
}

static void tick(void)
{
    // ok: lock-order
    pthread_mutex_lock(&log_lock);
    pthread_mutex_unlock(&log_lock);
}

void first(void)
{
    pthread_mutex_lock(&log_lock);
    // ruleid: lock-order
    pthread_mutex_lock(&clock_lock);
    pthread_mutex_unlock(&clock_lock);
    pthread_mutex_unlock(&log_lock);
}

void through_helper(void)
{
    pthread_mutex_lock(&clock_lock);
    tick();
    pthread_mutex_unlock(&clock_lock);
}

void set_rate(struct pump *pump)
{
    pthread_mutex_lock(&pump->state_lock);
    // ok: lock-order
    pthread_mutex_lock(&pump->rate_lock);
    pump->rate = 1;
    pthread_mutex_unlock(&pump->rate_lock);
    pthread_mutex_unlock(&pump->state_lock);
}

void stop(struct pump *pump)
{
    pthread_mutex_lock(&pump->rate_lock);
    // ruleid: lock-order
    pthread_mutex_lock(&pump->state_lock);
    pump->rate = 0;
    pthread_mutex_unlock(&pump->state_lock);
    pthread_mutex_unlock(&pump->rate_lock);
}

void elements(void)
{
    pthread_mutex_lock(&table[0]);
    // ok: lock-order
    pthread_mutex_lock(&table[1]);
    pthread_mutex_unlock(&table[1]);
    pthread_mutex_unlock(&table[0]);
}

void elements_again(void)
{
    pthread_mutex_lock(&table[1]);
    // ruleid: lock-order
    pthread_mutex_lock(&table[0]);
    pthread_mutex_unlock(&table[0]);
    pthread_mutex_unlock(&table[1]);
}

void one_after_the_other(void)
{
    pthread_mutex_lock(&clock_lock);
    pthread_mutex_unlock(&clock_lock);
    // ok: lock-order
    pthread_mutex_lock(&queue_lock);
    pthread_mutex_unlock(&queue_lock);
    // ok: lock-order
    pthread_mutex_lock(&unused_lock);
    pthread_mutex_unlock(&unused_lock);
}
