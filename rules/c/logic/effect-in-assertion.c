#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct queue;
int queue_put(struct queue *queue, int item);
int queue_is_open(const struct queue *queue);
int queue_length(const struct queue *queue);

void fill(struct queue *queue, FILE *file, pthread_mutex_t *lock, int *left)
{
    // ruleid: effect-in-assertion
    assert(queue_put(queue, 3) == 0);
    // ruleid: effect-in-assertion
    assert(fclose(file) == 0);
    // ruleid: effect-in-assertion
    assert(--*left > 0);
    // ruleid: effect-in-assertion
    assert(!pthread_mutex_lock(lock));
    int n = 4;
    // ruleid: effect-in-assertion
    assert(n++ < 10);
    int result = queue_put(queue, n);
    // ok: effect-in-assertion
    assert(result == 0);
    // ok: effect-in-assertion
    assert(queue_length(queue) > 0 && strlen("a") == 1);
    // ok: effect-in-assertion
    assert(queue_is_open(queue));
    // ok: effect-in-assertion
    assert(*left >= 0 && n <= 10 && n != 3);
}

void look(struct queue *queue, int n)
{
    // ok: effect-in-assertion
    assert(n == 3 || queue != NULL);
    // ok: effect-in-assertion
    assert(!queue_is_open(queue) || n > 4);
}
