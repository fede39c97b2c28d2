#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int level;

static void set_level(int value)
{
    // ruleid: lock-misuse
    pthread_mutex_lock(&lock);
    level = value;
    pthread_mutex_unlock(&lock);
}

void reset(void)
{
    pthread_mutex_lock(&lock);
    set_level(0);
}

int take(int value)
{
    pthread_mutex_lock(&lock);
    if (value < 0) {
        pthread_mutex_unlock(&lock);
    }
    level = value;
    // ruleid: lock-misuse
    pthread_mutex_unlock(&lock);
    return 0;
}

int take_once(int value)
{
    pthread_mutex_lock(&lock);
    if (value < 0) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    level = value;
    // ok: lock-misuse
    pthread_mutex_unlock(&lock);
    return 0;
}

void twice(void)
{
    pthread_mutex_lock(&lock);
    level++;
    // ruleid: lock-misuse
    pthread_mutex_lock(&lock);
    level++;
}

void unlock_twice(void)
{
    pthread_mutex_lock(&lock);
    level++;
    pthread_mutex_unlock(&lock);
    // ruleid: lock-misuse
    pthread_mutex_unlock(&lock);
}

void once_0(int value)
{
    pthread_mutex_lock(&lock);
    level = value;
    // ok: lock-misuse
    pthread_mutex_unlock(&lock);
}

void once_1(int value)
{
    pthread_mutex_lock(&lock);
    if (value > 0) {
        level = value;
    }
    // ok: lock-misuse
    pthread_mutex_unlock(&lock);
}

void once_2(int value)
{
    pthread_mutex_lock(&lock);
    level += value;
    // ok: lock-misuse
    pthread_mutex_unlock(&lock);
}

void once_3(int value)
{
    pthread_mutex_lock(&lock);
    while (value-- > 0) {
        level++;
    }
    // ok: lock-misuse
    pthread_mutex_unlock(&lock);
}

void once_4(int value)
{
    pthread_mutex_lock(&lock);
    level = value > 3 ? 3 : value;
    // ok: lock-misuse
    pthread_mutex_unlock(&lock);
}
