namespace Ipcscope.Decode;

internal static partial class SystemCalls
{
    // 32-bit arm (EABI): arch/arm/tools/syscall.tbl
    private static readonly Entry[] Arm =
    [
        new("read", 3, Call.Read), new("readv", 145, Call.Read), new("preadv2", 392, Call.Read),
        new("write", 4, Call.Write), new("writev", 146, Call.Write), new("pwritev2", 393, Call.Write),
        new("send", 289, Call.SendTo), new("recv", 291, Call.RecvFrom),
        new("sendto", 290, Call.SendTo), new("recvfrom", 292, Call.RecvFrom),
        new("sendmsg", 296, Call.SendMsg), new("recvmsg", 297, Call.RecvMsg),
        new("sendmmsg", 374, Call.SendMmsg), new("recvmmsg", 365, Call.RecvMmsg), new("recvmmsg_time64", 417, Call.RecvMmsg),
        new("connect", 283, Call.Connect), new("accept", 285, Call.Accept), new("accept4", 366, Call.Accept),
        new("shutdown", 293, Call.Shutdown), new("splice", 340, Call.Splice), new("tee", 342, Call.Tee),
        new("vmsplice", 343, Call.VmSplice), new("sendfile", 187, Call.SendFile), new("sendfile64", 239, Call.SendFile),
        new("open", 5, Call.Open), new("creat", 8, Call.Open), new("openat", 322, Call.OpenAt),
        new("openat2", 437, Call.OpenAt),
        new("memfd_create", 385, Call.MemFd), new("mmap2", 192, Call.MMap), new("munmap", 91, Call.MUnmap),
        new("mremap", 163, Call.MRemap), new("msync", 144, Call.MSync), new("ftruncate", 93, Call.FTruncate),
        new("ftruncate64", 194, Call.FTruncate),
        new("mq_open", 274, Call.MqOpen), new("mq_unlink", 275, Call.MqUnlink), new("mq_timedsend", 276, Call.MqSend),
        new("mq_timedsend_time64", 418, Call.MqSend), new("mq_timedreceive", 277, Call.MqReceive), new("mq_timedreceive_time64", 419, Call.MqReceive),
        new("mq_notify", 278, Call.MqNotify), new("mq_getsetattr", 279, Call.MqAttributes),
        new("msgget", 303, Call.MsgGet), new("msgsnd", 301, Call.MsgSnd), new("msgrcv", 302, Call.MsgRcv),
        new("msgctl", 304, Call.MsgCtl),
        new("semget", 299, Call.SemGet), new("semop", 298, Call.SemOp), new("semtimedop", 312, Call.SemOp),
        new("semtimedop_time64", 420, Call.SemOp), new("semctl", 300, Call.SemCtl),
        new("shmget", 307, Call.ShmGet), new("shmat", 305, Call.ShmAt), new("shmdt", 306, Call.ShmDt),
        new("shmctl", 308, Call.ShmCtl),
        new("futex", 240, Call.Futex), new("futex_time64", 422, Call.Futex), new("futex_waitv", 449, Call.FutexWaitV),
        new("futex_wake", 454, Call.FutexWake), new("futex_wait", 455, Call.FutexWait), new("futex_requeue", 456, Call.FutexRequeue),
        new("kill", 37, Call.Kill), new("tkill", 238, Call.Kill), new("tgkill", 268, Call.TgKill),
        new("rt_sigqueueinfo", 178, Call.Kill), new("rt_tgsigqueueinfo", 363, Call.TgKill), new("pidfd_send_signal", 424, Call.PidFdSignal),
        new("rt_sigtimedwait", 177, Call.SigWait), new("rt_sigtimedwait_time64", 421, Call.SigWait),
        new("process_vm_readv", 376, Call.VmRead), new("process_vm_writev", 377, Call.VmWrite), new("ptrace", 26, Call.PTrace),
        new("pidfd_getfd", 438, Call.GetFd), new("io_uring_enter", 426, Call.UringEnter),
        new("restart_syscall", 0, Call.Restart),
    ];
}
