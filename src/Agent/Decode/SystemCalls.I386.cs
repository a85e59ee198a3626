namespace Ipcscope.Decode;

internal static partial class SystemCalls
{
    // i386: arch/x86/entry/syscalls/syscall_32.tbl
    private static readonly Entry[] I386 =
    [
        new("read", 3, Call.Read), new("readv", 145, Call.Read), new("preadv2", 378, Call.Read),
        new("write", 4, Call.Write), new("writev", 146, Call.Write), new("pwritev2", 379, Call.Write),
        new("socketcall", 102, Call.SocketCall),
        new("sendto", 369, Call.SendTo), new("recvfrom", 371, Call.RecvFrom),
        new("sendmsg", 370, Call.SendMsg), new("recvmsg", 372, Call.RecvMsg),
        new("sendmmsg", 345, Call.SendMmsg), new("recvmmsg", 337, Call.RecvMmsg), new("recvmmsg_time64", 417, Call.RecvMmsg),
        new("connect", 362, Call.Connect), new("accept4", 364, Call.Accept), new("shutdown", 373, Call.Shutdown),
        new("splice", 313, Call.Splice), new("tee", 315, Call.Tee), new("vmsplice", 316, Call.VmSplice),
        new("sendfile", 187, Call.SendFile), new("sendfile64", 239, Call.SendFile),
        new("open", 5, Call.Open), new("creat", 8, Call.Open), new("openat", 295, Call.OpenAt),
        new("openat2", 437, Call.OpenAt),
        new("memfd_create", 356, Call.MemFd), new("mmap", 90, Call.MMapBlock), new("mmap2", 192, Call.MMap),
        new("munmap", 91, Call.MUnmap), new("mremap", 163, Call.MRemap), new("msync", 144, Call.MSync),
        new("ftruncate", 93, Call.FTruncate), new("ftruncate64", 194, Call.FTruncate),
        new("mq_open", 277, Call.MqOpen), new("mq_unlink", 278, Call.MqUnlink), new("mq_timedsend", 279, Call.MqSend),
        new("mq_timedsend_time64", 418, Call.MqSend), new("mq_timedreceive", 280, Call.MqReceive), new("mq_timedreceive_time64", 419, Call.MqReceive),
        new("mq_notify", 281, Call.MqNotify), new("mq_getsetattr", 282, Call.MqAttributes),
        new("ipc", 117, Call.Ipc), new("msgget", 399, Call.MsgGet), new("msgsnd", 400, Call.MsgSnd),
        new("msgrcv", 401, Call.MsgRcv), new("msgctl", 402, Call.MsgCtl),
        new("semget", 393, Call.SemGet), new("semtimedop_time64", 420, Call.SemOp), new("semctl", 394, Call.SemCtl),
        new("shmget", 395, Call.ShmGet), new("shmat", 397, Call.ShmAt), new("shmdt", 398, Call.ShmDt),
        new("shmctl", 396, Call.ShmCtl),
        new("futex", 240, Call.Futex), new("futex_time64", 422, Call.Futex), new("futex_waitv", 449, Call.FutexWaitV),
        new("futex_wake", 454, Call.FutexWake), new("futex_wait", 455, Call.FutexWait), new("futex_requeue", 456, Call.FutexRequeue),
        new("kill", 37, Call.Kill), new("tkill", 238, Call.Kill), new("tgkill", 270, Call.TgKill),
        new("rt_sigqueueinfo", 178, Call.Kill), new("rt_tgsigqueueinfo", 335, Call.TgKill), new("pidfd_send_signal", 424, Call.PidFdSignal),
        new("rt_sigtimedwait", 177, Call.SigWait), new("rt_sigtimedwait_time64", 421, Call.SigWait),
        new("process_vm_readv", 347, Call.VmRead), new("process_vm_writev", 348, Call.VmWrite), new("ptrace", 26, Call.PTrace),
        new("pidfd_getfd", 438, Call.GetFd), new("io_uring_enter", 426, Call.UringEnter),
        new("restart_syscall", 0, Call.Restart),
    ];
}
