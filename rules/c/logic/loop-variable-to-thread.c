#include <pthread.h>
#include <stddef.h>

void *work(void *argument);

int start(pthread_t *threads, int count)
{
    for (int i = 0; i < count; i++) {
        // ruleid: loop-variable-to-thread
        if (pthread_create(&threads[i], NULL, work, &i) != 0)
            return -1;
    }
    return 0;
}

int start_cast(pthread_t *threads)
{
    int number;
    for (number = 0; number < 4; ++number)
    {
        // ruleid: loop-variable-to-thread
        pthread_create(threads + number, NULL, work, (void *)&number);
    }
    return 0;
}

int start_portable(thrd_t *threads)
{
    for (size_t i = 0; i < 4; i += 1) {
        // ruleid: loop-variable-to-thread
        thrd_create(&threads[i], worker, &i);
    }
    return 0;
}

int start_cast_portable(thrd_t *threads)
{
    for (size_t i = 0; i < 4; i++) {
        // ruleid: loop-variable-to-thread
        thrd_create(&threads[i], worker, (void *)&i);
    }
    return 0;
}

int start_own(pthread_t *threads, int count)
{
    static int ids[16];
    for (int i = 0; i < count && i < 16; i++) {
        ids[i] = i;
        // ok: loop-variable-to-thread
        if (pthread_create(&threads[i], NULL, work, &ids[i]) != 0)
            return -1;
    }
    return 0;
}

int start_one(pthread_t *thread)
{
    static int number = 3;
    // ok: loop-variable-to-thread
    return pthread_create(thread, NULL, work, &number);
}

int one_after_the_other(void)
{
    for (int i = 0; i < 4; i++) {
        pthread_t thread;
        // ok: loop-variable-to-thread
        pthread_create(&thread, NULL, work, &i);
        pthread_join(thread, NULL);
    }
    for (long i = 0; i < 4; i++) {
        pthread_t thread;
        // ok: loop-variable-to-thread
        pthread_create(&thread, NULL, work, (void *)i);
    }
    return 0;
}

int start_pointers(pthread_t *threads, struct job *jobs)
{
    int started = 0;
    for (struct job *job = jobs; job->name != NULL; job++) {
        // ok: loop-variable-to-thread
        started += pthread_create(&threads[started], NULL, work, job) == 0;
    }
    for (int i = 0; i < 4; i++) {
        // ok: loop-variable-to-thread
        started += pthread_create(&threads[i], NULL, work, &jobs[i]) == 0;
    }
    return started;
}
