/* Pseudo-terminals: both sides are one channel, known by the slave. */
#pragma once

#include "maps.h"

/* Documentation/admin-guide/devices.txt; kernel encoding of a device: major << 20 | minor */
#define TTYAUX_MAJOR            5 /* /dev/tty, /dev/ptmx */
#define UNIX98_PTY_SLAVE_MAJOR  136
#define UNIX98_PTY_MAJOR_COUNT  8
#define UNIX98_PTY_MASTER_MAJOR 128

static __always_inline bool is_terminal(struct inode *inode)
{
    u32 major = FIELD(inode, i_rdev) >> 20;

    return major == TTYAUX_MAJOR || major - UNIX98_PTY_SLAVE_MAJOR < UNIX98_PTY_MAJOR_COUNT;
}

static __always_inline struct tty_struct *tty_of(struct file *file)
{
    return kernel_cast(FIELD(kernel_cast(FIELD(file, private_data), struct tty_file_private), tty), struct tty_struct);
}

static __always_inline int driver_major(struct tty_struct *tty)
{
    return FIELD(kernel_cast(FIELD(tty, driver), struct tty_driver), major);
}

static __always_inline bool is_pty(struct file *file)
{
    int major = driver_major(tty_of(file));

    return major == UNIX98_PTY_MASTER_MAJOR || major == UNIX98_PTY_SLAVE_MAJOR;
}

/* The slave, whichever side is open. */
static __always_inline struct tty_struct *slave_of(struct file *file)
{
    struct tty_struct *tty = tty_of(file);

    if (driver_major(tty) == UNIX98_PTY_MASTER_MAJOR)
        return kernel_cast(FIELD(tty, link), struct tty_struct);
    return tty;
}
