/* Scenes: processes that stand still at the ends of channels, so that an observer can be asked who is where. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#define SCENE_OPTION "--scene" /* ipcscope-workload --scene NAME */
#define STAY_OPTION  "--stay"  /* the image after an exec in a scene */

#define STAY_NAME "second-image" /* its name */

struct scene {
    const char *name;
    void (*set)(void);
};

extern const struct scene descriptor_scenes[], image_scenes[], handed_scenes[], unix_scenes[], inet_scenes[],
    other_scenes[], container_scenes[], crowd_scenes[];

/* Numbers that processes of a scene tell each other: a channel would be seen. */
extern volatile int *board;
#define BOARD_SIZE 4096

int scene_run(const char *name);
int scene_stay(void);

/* What is true, a line each on standard output: ROLE CHANNEL PID CERTAINTY. Roles are those of
 * src/Agent/Ends/ChannelEnds.cs. */
void say_channel(const char *channel, int fd);
void say_inode(const char *channel, unsigned long inode);
unsigned long inode_of(int fd);
void say(const char *role, const char *channel, pid_t pid, const char *certainty);
void say_exact(const char *role, const char *channel, pid_t pid);
void say_peer(const char *channel, const char *peer);
void say_name(pid_t pid, const char *name);

/* A child that runs `body` and then stays. Returns once it stays. */
pid_t stand(void (*body)(void *), void *argument);
/* The same with flags of clone(2), without a new stack. */
pid_t stand_cloned(unsigned long flags, void (*body)(void *), void *argument);
/* Says that all is done, and stays: for processes that nobody waits for. */
_Noreturn void stay(void);
/* Waits until a number on the board is not 0. */
int await(volatile int *number);
/* A process that the scene must end, because its parent is not there to do so. */
void end_later(pid_t pid);
