/* eventfd(2): one inode serves all of them, and other things besides; a context is each one's own. */
#pragma once

#include "maps.h"
#include "text.h"

/* The name in the file's directory entry tells what an anonymous inode is used for (anon_inode_getfile,
 * fs/anon_inodes.c). */
static __always_inline bool is_eventfd(struct file *file, struct inode *inode)
{
    return FIELD(inode, i_sb, s_magic) == ANON_INODE_FS_MAGIC &&
           kernel_text_begins(FIELD(file, f_path.dentry, d_name.name), "[eventfd]");
}

static __always_inline struct eventfd_ctx *eventfd_of(struct file *file)
{
    return kernel_cast(FIELD(file, private_data), struct eventfd_ctx);
}
