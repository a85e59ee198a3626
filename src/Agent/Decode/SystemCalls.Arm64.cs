namespace Ipcscope.Decode;

internal static partial class SystemCalls
{
    // arm64: include/uapi/asm-generic/unistd.h
    private static readonly Entry[] Arm64 =
    [
        new("read", 63, Call.Read), new("readv", 65, Call.Read), new("preadv2", 286, Call.Read),
        new("write", 64, Call.Write), new("writev", 66, Call.Write), new("pwritev2", 287, Call.Write),
        new("sendto", 206, Call.SendTo), new("recvfrom", 207, Call.RecvFrom),
        new("sendmsg", 211, Call.SendMsg), new("recvmsg", 212, Call.RecvMsg),
        new("sendmmsg", 269, Call.SendMmsg), new("recvmmsg", 243, Call.RecvMmsg),
        new("connect", 203, Call.Connect), new("accept", 202, Call.Accept), new("accept4", 242, Call.Accept),
        new("shutdown", 210, Call.Shutdown), new("splice", 76, Call.Splice), new("tee", 77, Call.Tee),
        new("vmsplice", 75, Call.VmSplice), new("sendfile", 71, Call.SendFile),
        new("openat", 56, Call.OpenAt), new("openat2", 437, Call.OpenAt),
        new("memfd_create", 279, Call.MemFd), new("mmap", 222, Call.MMap), new("munmap", 215, Call.MUnmap),
        new("mremap", 216, Call.MRemap), new("msync", 227, Call.MSync), new("ftruncate", 46, Call.FTruncate),
        new("mq_open", 180, Call.MqOpen), new("mq_unlink", 181, Call.MqUnlink), new("mq_timedsend", 182, Call.MqSend),
        new("mq_timedreceive", 183, Call.MqReceive), new("mq_notify", 184, Call.MqNotify), new("mq_getsetattr", 185, Call.MqAttributes),
        new("msgget", 186, Call.MsgGet), new("msgsnd", 189, Call.MsgSnd), new("msgrcv", 188, Call.MsgRcv),
        new("msgctl", 187, Call.MsgCtl),
        new("semget", 190, Call.SemGet), new("semop", 193, Call.SemOp), new("semtimedop", 192, Call.SemOp),
        new("semctl", 191, Call.SemCtl),
        new("shmget", 194, Call.ShmGet), new("shmat", 196, Call.ShmAt), new("shmdt", 197, Call.ShmDt),
        new("shmctl", 195, Call.ShmCtl),
        new("futex", 98, Call.Futex), new("futex_waitv", 449, Call.FutexWaitV), new("futex_wake", 454, Call.FutexWake),
        new("futex_wait", 455, Call.FutexWait), new("futex_requeue", 456, Call.FutexRequeue),
        new("kill", 129, Call.Kill), new("tkill", 130, Call.Kill), new("tgkill", 131, Call.TgKill),
        new("rt_sigqueueinfo", 138, Call.Kill), new("rt_tgsigqueueinfo", 240, Call.TgKill), new("pidfd_send_signal", 424, Call.PidFdSignal),
        new("rt_sigtimedwait", 137, Call.SigWait),
        new("process_vm_readv", 270, Call.VmRead), new("process_vm_writev", 271, Call.VmWrite), new("ptrace", 117, Call.PTrace),
        new("pidfd_getfd", 438, Call.GetFd), new("io_uring_enter", 426, Call.UringEnter),
        new("restart_syscall", 128, Call.Restart),
    ];
}
