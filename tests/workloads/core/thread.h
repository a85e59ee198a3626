/* Threads of a scenario. */
#pragma once

#include <pthread.h>

pthread_t thread_run(void *(*body)(void *), void *argument);
void thread_join(pthread_t thread);
