/* Who maps what: every shared mapping of a file, shared anonymous memory and System V segments included. */
#include "describe_object.h"

struct holder_record mapping SEC(".bss.objects") = {};

/* ipc/shm.c names the file of a segment SYSV and its key. */
static __always_inline bool is_segment_file(struct file___object *file)
{
    char name[4] = {};

    bpf_probe_read_kernel(name, sizeof(name), BPF_CORE_READ(file, f_path.dentry, d_name.name));
    return name[0] == 'S' && name[1] == 'Y' && name[2] == 'S' && name[3] == 'V';
}

static __always_inline u8 mapped_mechanism(struct file___object *file, struct inode___object *inode)
{
    bool hidden = BPF_CORE_READ(inode, i_sb, s_flags) & SB_KERNMOUNT;

    if ((BPF_CORE_READ(inode, i_mode) & S_IFMT) != S_IFREG)
        return MECHANISM_NONE;
    switch (BPF_CORE_READ(inode, i_sb, s_magic)) {
    case ANON_INODE_MAGIC: /* rings of io_uring, eBPF maps, … */
    case DMA_BUF_MAGIC:
        return MECHANISM_NONE;
    case TMPFS_MAGIC:
    case HUGETLBFS_MAGIC:
        return hidden && is_segment_file(file) ? MECHANISM_SYSV_SHM : MECHANISM_SHM;
    }
    return MECHANISM_FILE_MAP;
}

SEC("?iter/task_vma")
int ipcscope_mappings(struct bpf_iter__task_vma___object *context)
{
    struct task_struct___object *task = context->task;
    struct vm_area_struct___object *vma = context->vma;
    struct file___object *file;
    struct inode___object *inode;
    u8 mechanism;

    if (!task || !vma || !(vma->vm_flags & VM_MAYSHARE))
        return 0;
    file = vma->vm_file;
    if (!file)
        return 0;
    inode = BPF_CORE_READ(file, f_inode);
    mechanism = mapped_mechanism(file, inode);
    if (!mechanism)
        return 0;
    __builtin_memset(&mapping, 0, sizeof(mapping));
    describe_holder(&mapping, task);
    describe_object_file(&mapping.file, file, inode);
    mapping.file.mechanism = mechanism;
    mapping.start = vma->vm_start;
    mapping.mode = vma->vm_flags & (FMODE_READ | FMODE_WRITE);
    mapping.length = vma->vm_end - vma->vm_start;
    name_by_path(&mapping.file, file);
    bpf_seq_write(context->meta->seq, &mapping, sizeof(mapping));
    return 0;
}
