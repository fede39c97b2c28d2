#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct meter {
    pthread_mutex_t lock;
    unsigned long samples;
    unsigned long dropped;
    int stop;
};

typedef struct {
    int value;
    int age;
} reading_t;

static struct meter meter = { .lock = PTHREAD_MUTEX_INITIALIZER };
static pthread_mutex_t latest_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static reading_t latest;
static unsigned lines;
static _Atomic unsigned beats;

static void *sampler(void *arg)
{
    struct meter *m = arg;

    for (;;) {
        pthread_mutex_lock(&m->lock);
        if (m->stop) {
            pthread_mutex_unlock(&m->lock);
            break;
        }
        // ok: unguarded-access
        m->samples++;
        m->dropped++;
        beats++;
        pthread_mutex_unlock(&m->lock);
    }
    return NULL;
}

static unsigned long take_total(struct meter *m)
{
    unsigned long total = m->samples;
    // ruleid: unguarded-access
    m->samples = 0;
    // ok: unguarded-access
    beats = 0;
    return total;
}

void reading_store(const reading_t *reading)
{
    pthread_mutex_lock(&latest_lock);
    latest = *reading;
    pthread_mutex_unlock(&latest_lock);
}

void reading_fetch(reading_t *out)
{
    pthread_mutex_lock(&latest_lock);
    *out = latest;
    pthread_mutex_unlock(&latest_lock);
}

void reading_grow_old(void)
{
    pthread_mutex_lock(&log_lock);
    // ruleid: unguarded-access
    latest.age++;
    lines++;
    pthread_mutex_unlock(&log_lock);
}

unsigned lines_written(void)
{
    // ruleid: unguarded-access
    return lines;
}

/* Who calls this holds the lock. */
void reading_clear(void)
{
    // ok: unguarded-access
    latest.value = 0;
}

struct queue {
    pthread_mutex_t lock;
    int items[8];
    int count;
};

int queue_init(struct queue *queue)
{
    // ok: unguarded-access
    queue->count = 0;
    return pthread_mutex_init(&queue->lock, NULL);
}

static void queue_lock(struct queue *queue) { pthread_mutex_lock(&queue->lock); }
static void queue_unlock(struct queue *queue) { pthread_mutex_unlock(&queue->lock); }

static void put(struct queue *queue, int item)
{
    // ok: unguarded-access
    queue->items[queue->count++] = item;
}

int queue_push(struct queue *queue, int item)
{
    int is_full;

    queue_lock(queue);
    is_full = queue->count == 8;
    if (!is_full)
        put(queue, item);
    queue_unlock(queue);
    return is_full;
}

int queue_drop(struct queue *queue)
{
    if (queue->count > 0) {
        // ruleid: unguarded-access
        queue->count--;
    }
    return 0;
}

struct queue *queue_copy(void)
{
    struct queue *queue = calloc(1, sizeof(*queue));
    if (queue != NULL) {
        // ok: unguarded-access
        queue->count = 0;
    }
    return queue;
}

int main(void)
{
    pthread_t thread;

    // ok: unguarded-access
    meter.dropped = 0;
    if (pthread_create(&thread, NULL, sampler, &meter) != 0) {
        return 1;
    }
    take_total(&meter);
    pthread_mutex_lock(&meter.lock);
    meter.stop = 1;
    pthread_mutex_unlock(&meter.lock);
    pthread_join(thread, NULL);
    // ok: unguarded-access
    return meter.dropped > 3;
}

struct sample {
    int value;
};

struct ring {
    pthread_mutex_t lock;
    struct sample items[4];
    int head;
};

int ring_put(struct ring *ring, int value)
{
    pthread_mutex_lock(&ring->lock);
    ring->items[ring->head & 3].value = value;
    ring->head++;
    pthread_mutex_unlock(&ring->lock);
    return 0;
}

int ring_last(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    int value = ring->items[(ring->head - 1) & 3].value;
    pthread_mutex_unlock(&ring->lock);
    return value;
}

void sample_fill(struct sample *sample, int value)
{
    // ok: unguarded-access
    sample->value = value;
}
