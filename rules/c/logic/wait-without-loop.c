#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static int items;
static int open_doors;

void take(void)
{
    pthread_mutex_lock(&lock);
    if (items == 0)
        // ruleid: wait-without-loop
        pthread_cond_wait(&filled, &lock);
    items--;
    pthread_mutex_unlock(&lock);
}

void take_block(void)
{
    pthread_mutex_lock(&lock);
    if (items == 0) {
        // ruleid: wait-without-loop
        pthread_cond_wait(&filled, &lock);
    }
    items--;
    pthread_mutex_unlock(&lock);
}

void close_door(void)
{
    pthread_mutex_lock(&lock);
    if (!open_doors) {
        // ruleid: wait-without-loop
        pthread_cond_wait(&filled, &lock);
    }
    open_doors -= 1;
    pthread_mutex_unlock(&lock);
}

void take_portable(mtx_t *mutex, cnd_t *changed)
{
    if (items < 1)
        // ruleid: wait-without-loop
        cnd_wait(changed, mutex);
    items--;
}

void take_in_loop(void)
{
    pthread_mutex_lock(&lock);
    while (items == 0)
        // ok: wait-without-loop
        pthread_cond_wait(&filled, &lock);
    items--;
    pthread_mutex_unlock(&lock);
}

void serve(void)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        if (items == 0) {
            // ok: wait-without-loop
            pthread_cond_wait(&filled, &lock);
            continue;
        }
        items--;
    }
}

void take_and_close(void)
{
    pthread_mutex_lock(&lock);
    do {
        if (items == 0)
            // ok: wait-without-loop
            pthread_cond_wait(&filled, &lock);
    } while (items == 0);
    while (items == 0 || open_doors > 0) {
        // ok: wait-without-loop
        pthread_cond_wait(&filled, &lock);
    }
    pthread_mutex_unlock(&lock);
}

void wait_once(int (*ready)(void))
{
    // ok: wait-without-loop
    pthread_cond_wait(&filled, &lock);
    if (ready())
        // ok: wait-without-loop
        pthread_cond_signal(&filled);
}
