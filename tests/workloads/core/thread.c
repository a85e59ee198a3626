#include "thread.h"

#include <errno.h>

#include "require.h"

pthread_t thread_run(void *(*body)(void *), void *argument)
{
    pthread_t thread;

    errno = pthread_create(&thread, NULL, body, argument);
    require(errno == 0, "pthread_create");
    return thread;
}

void thread_join(pthread_t thread)
{
    errno = pthread_join(thread, NULL);
    require(errno == 0, "pthread_join");
}
