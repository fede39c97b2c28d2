#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct pump {
    pthread_mutex_t lock;
    int rate;
    int limit;
};

#define LOCK(p) pthread_mutex_lock(&(p)->lock)
#define UNLOCK(p) pthread_mutex_unlock(&(p)->lock)

static pthread_mutex_t table_lock, list_lock, queue_lock, part_lock;
static pthread_rwlock_t config_lock;
static char owner[32];
static int taken, depth;

int take(const char *who)
{
    pthread_mutex_lock(&table_lock);
    if (taken) {
        // ruleid: lock-kept
        return -1;
    }
    taken = 1;
    strncpy(owner, who, sizeof owner - 1);
    pthread_mutex_unlock(&table_lock);
    return 0;
}

void reset(int hard)
{
    pthread_mutex_lock(&table_lock);
    if (!hard)
        // ruleid: lock-kept
        return;
    taken = 0;
    pthread_mutex_unlock(&table_lock);
}

int in_order(const char *who)
{
    int result = 0;
    pthread_mutex_lock(&table_lock);
    if (taken)
        result = -1;
    else
        taken = who != NULL;
    pthread_mutex_unlock(&table_lock);
    // ok: lock-kept
    return result;
}

int each_way(void)
{
    pthread_mutex_lock(&table_lock);
    if (taken) {
        pthread_mutex_unlock(&table_lock);
        // ok: lock-kept
        return -1;
    }
    taken = 1;
    pthread_mutex_unlock(&table_lock);
    return 0;
}

// Through macros, of a field.
int set_rate(struct pump *pump, int rate)
{
    LOCK(pump);
    if (rate > pump->limit)
        // ruleid: lock-kept
        return -1;
    pump->rate = rate;
    UNLOCK(pump);
    return 0;
}

// Through helpers.
static void enter(void)
{
    // What it does on each way is what it is for.
    pthread_mutex_lock(&list_lock);
}

static void leave(void)
{
    pthread_mutex_unlock(&list_lock);
}

int push(int value)
{
    enter();
    switch (value) {
    case 0:
        leave();
        // ok: lock-kept
        return 0;
    case 1:
        // ruleid: lock-kept
        return -1;
    default:
        depth += value;
        break;
    }
    leave();
    return depth;
}

// In a loop.
int find(const int *list, int count, int wanted)
{
    pthread_rwlock_rdlock(&config_lock);
    for (int i = 0; i < count; i++) {
        if (list[i] == wanted)
            // ruleid: lock-kept
            return i;
    }
    pthread_rwlock_unlock(&config_lock);
    return -1;
}

// Handed over to who asks for it, and released by another function.
int begin_part(void)
{
    pthread_mutex_lock(&part_lock);
    if (!taken)
        // ok: lock-kept
        return 1;
    pthread_mutex_unlock(&part_lock);
    return 0;
}

void end_part(void)
{
    pthread_mutex_unlock(&part_lock);
}

struct pump *locked_pump(struct pump *pump)
{
    pthread_mutex_lock(&pump->lock);
    if (pump->rate > 0)
        // ok: lock-kept
        return pump;
    pthread_mutex_unlock(&pump->lock);
    return NULL;
}

int *rate_of(struct pump *pump)
{
    pthread_mutex_lock(&pump->lock);
    if (pump->rate == 0)
        // ruleid: lock-kept
        return NULL;
    pthread_mutex_unlock(&pump->lock);
    return &pump->rate;
}

// Released on the way that failed: kept where it went well.
int open_queue(void)
{
    pthread_mutex_lock(&queue_lock);
    if (taken) {
        pthread_mutex_unlock(&queue_lock);
        return -1;
    }
    // ok: lock-kept
    return 0;
}

// What is not held is not kept.
int perhaps(int with_lock)
{
    if (with_lock)
        pthread_mutex_lock(&table_lock);
    taken++;
    if (with_lock)
        pthread_mutex_unlock(&table_lock);
    // ok: lock-kept
    return taken;
}
