namespace Ipcscope.Decode;

internal static partial class SystemCalls
{
    // x86-64: arch/x86/entry/syscalls/syscall_64.tbl
    private static readonly Entry[] X64 =
    [
        new("read", 0, Call.Read), new("readv", 19, Call.Read), new("preadv2", 327, Call.Read),
        new("write", 1, Call.Write), new("writev", 20, Call.Write), new("pwritev2", 328, Call.Write),
        new("sendto", 44, Call.SendTo), new("recvfrom", 45, Call.RecvFrom),
        new("sendmsg", 46, Call.SendMsg), new("recvmsg", 47, Call.RecvMsg),
        new("sendmmsg", 307, Call.SendMmsg), new("recvmmsg", 299, Call.RecvMmsg),
        new("connect", 42, Call.Connect), new("accept", 43, Call.Accept), new("accept4", 288, Call.Accept),
        new("shutdown", 48, Call.Shutdown), new("splice", 275, Call.Splice), new("tee", 276, Call.Tee),
        new("vmsplice", 278, Call.VmSplice), new("sendfile", 40, Call.SendFile),
        new("open", 2, Call.Open), new("creat", 85, Call.Open), new("openat", 257, Call.OpenAt),
        new("openat2", 437, Call.OpenAt),
        new("memfd_create", 319, Call.MemFd), new("mmap", 9, Call.MMap), new("munmap", 11, Call.MUnmap),
        new("mremap", 25, Call.MRemap), new("msync", 26, Call.MSync), new("ftruncate", 77, Call.FTruncate),
        new("mq_open", 240, Call.MqOpen), new("mq_unlink", 241, Call.MqUnlink), new("mq_timedsend", 242, Call.MqSend),
        new("mq_timedreceive", 243, Call.MqReceive), new("mq_notify", 244, Call.MqNotify), new("mq_getsetattr", 245, Call.MqAttributes),
        new("msgget", 68, Call.MsgGet), new("msgsnd", 69, Call.MsgSnd), new("msgrcv", 70, Call.MsgRcv),
        new("msgctl", 71, Call.MsgCtl),
        new("semget", 64, Call.SemGet), new("semop", 65, Call.SemOp), new("semtimedop", 220, Call.SemOp),
        new("semctl", 66, Call.SemCtl),
        new("shmget", 29, Call.ShmGet), new("shmat", 30, Call.ShmAt), new("shmdt", 67, Call.ShmDt),
        new("shmctl", 31, Call.ShmCtl),
        new("futex", 202, Call.Futex), new("futex_waitv", 449, Call.FutexWaitV), new("futex_wake", 454, Call.FutexWake),
        new("futex_wait", 455, Call.FutexWait), new("futex_requeue", 456, Call.FutexRequeue),
        new("kill", 62, Call.Kill), new("tkill", 200, Call.Kill), new("tgkill", 234, Call.TgKill),
        new("rt_sigqueueinfo", 129, Call.Kill), new("rt_tgsigqueueinfo", 297, Call.TgKill), new("pidfd_send_signal", 424, Call.PidFdSignal),
        new("rt_sigtimedwait", 128, Call.SigWait),
        new("process_vm_readv", 310, Call.VmRead), new("process_vm_writev", 311, Call.VmWrite), new("ptrace", 101, Call.PTrace),
        new("pidfd_getfd", 438, Call.GetFd), new("io_uring_enter", 426, Call.UringEnter),
        new("restart_syscall", 219, Call.Restart),
    ];
}
